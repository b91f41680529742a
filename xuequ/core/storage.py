"""Where files are kept: by the hash of their content, behind a protocol that a host may fulfil itself."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from xuequ.core.errors import Busy, Conflict, Invalid, NotFound

CHUNK = 1 << 20
_SHA256 = re.compile("[0-9a-f]{64}")


class NoStorage(Invalid):
    """Files were to be kept or read, and the host has handed over no storage."""

    code = "core.no_storage"


class ContentMissing(NotFound):
    """The storage has no content of that hash."""

    code = "core.content_missing"
    sha256: str


class ContentDiffers(Conflict):
    """What the storage holds under a hash is not what was put there."""

    code = "core.content_differs"
    sha256: str


class FileTooLarge(Invalid):
    """A file has more bytes than the host allows."""

    code = "core.file_too_large"
    largest: int


class StorageUnreachable(Busy):
    """The folder cannot be read or written: full, not mounted, no rights."""

    code = "core.storage_unreachable"
    reason: str


class Readable(Protocol):
    """Whatever gives bytes: an open file, an upload, a socket's file."""

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes, none at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Stored:
    """What was put: its hash and how many bytes it has."""

    sha256: str
    size: int


class Storage(Protocol):
    """Keeps contents by their SHA-256; the same content is kept once."""

    def put(self, stream: Readable, largest: int) -> Stored:
        """Keep what a stream gives; after it returns the content survives a power cut.

        Raises:
            FileTooLarge: when there are more than `largest` bytes; nothing is kept then.
        """
        ...

    def open(self, sha256: str) -> BinaryIO:
        """Return the content, proved to be what was put; the caller closes it.

        Raises:
            ContentMissing: when there is none of that hash.
            ContentDiffers: when it was changed.
        """
        ...

    def exists(self, sha256: str) -> bool:
        """Tell whether there is content of that hash."""
        ...

    def delete(self, sha256: str) -> None:
        """Let go of a content; one that is not there is no error. The library itself never calls it."""
        ...


class FolderStorage:
    """Keeps contents in a folder of the machine, two levels deep: ``ab/cd/abcd…``.

    A content is written beside its place, flushed to the disk and then moved there in one step, so who is
    killed in the middle leaves at most an unfinished file (`clear_unfinished` takes those away), never a
    half content. Files can be read by the process's own user only.

    Args:
        folder: it is made when it is not there.
    """

    UNFINISHED = "unfinished"

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)

    def _path(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise ContentMissing(sha256=sha256)
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def put(self, stream: Readable, largest: int) -> Stored:
        """Keep what a stream gives."""
        with _as_ours():
            waiting = self.folder / self.UNFINISHED
            waiting.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=waiting)
            try:
                with os.fdopen(handle, "wb") as file:
                    stored = _copy(stream, file, largest)
                    file.flush()
                    os.fsync(file.fileno())
                self._move(Path(name), self._path(stored.sha256))
            except BaseException:
                with suppress(FileNotFoundError):
                    Path(name).unlink()
                raise
        return stored

    def _move(self, made: Path, path: Path) -> None:
        """Move into place; content that was damaged there is mended by it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        made.replace(path)
        for folder in (path.parent, path.parent.parent, self.folder):
            _flush_folder(folder)

    def open(self, sha256: str) -> BinaryIO:
        """Return the content after reading it once to prove that it is what was put."""
        path = self._path(sha256)
        with _as_ours():
            try:
                file = path.open("rb")
            except FileNotFoundError:
                raise ContentMissing(sha256=sha256) from None
            try:
                if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                    raise ContentDiffers(sha256=sha256)
                file.seek(0)
            except BaseException:
                file.close()
                raise
        return file

    def exists(self, sha256: str) -> bool:
        """Tell whether there is content of that hash."""
        with _as_ours():
            return bool(_SHA256.fullmatch(sha256)) and self._path(sha256).is_file()

    def delete(self, sha256: str) -> None:
        """Let go of a content."""
        with _as_ours():
            self._path(sha256).unlink(missing_ok=True)

    def clear_unfinished(self, before: float) -> int:
        """Take away what killed writers left behind; return how many.

        Args:
            before: only files last written before this instant, in seconds since 1970, so that no
                writer at work loses its file.
        """
        count = 0
        with _as_ours():
            for path in (self.folder / self.UNFINISHED).glob("*"):
                with suppress(FileNotFoundError):
                    if path.stat().st_mtime < before:
                        path.unlink()
                        count += 1
        return count


def _copy(stream: Readable, file: BinaryIO, largest: int) -> Stored:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > largest:
            raise FileTooLarge(largest=largest)
        digest.update(chunk)
        file.write(chunk)
    return Stored(digest.hexdigest(), size)


def _flush_folder(folder: Path) -> None:
    """Make a rename survive a power cut; systems that cannot open a folder do so by themselves."""
    with suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _as_ours() -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise StorageUnreachable(reason=error.strerror or type(error).__name__) from error


class Peeked:
    """A stream whose first bytes were looked at and are given again."""

    def __init__(self, stream: Readable, size: int) -> None:
        self._stream = stream
        self.head = stream.read(size)
        self._given = False

    def read(self, size: int, /) -> bytes:
        """Return the first bytes, and then the rest."""
        if self._given:
            return self._stream.read(size)
        self._given = True
        return self.head or self._stream.read(size)
