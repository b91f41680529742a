"""Files by hash: once, whole or not at all, and proved when they are read."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.storage import (
    ContentDiffers,
    ContentMissing,
    FileTooLarge,
    FolderStorage,
    Peeked,
    StorageUnreachable,
    Stored,
)

MANY = 1 << 30
HELLO = b"hello"
HASH = hashlib.sha256(HELLO).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> FolderStorage:
    return FolderStorage(tmp_path / "files")


def put(folder: FolderStorage, content: bytes, largest: int = MANY) -> Stored:
    return folder.put(io.BytesIO(content), largest)


def kept(folder: FolderStorage) -> list[str]:
    return sorted(path.name for path in folder.folder.rglob("*") if path.is_file())


def path_of(folder: FolderStorage, sha256: str = HASH) -> Path:
    return folder.folder / sha256[:2] / sha256[2:4] / sha256


def test_a_content_is_kept_two_levels_deep_under_its_hash(folder: FolderStorage) -> None:
    assert put(folder, HELLO) == Stored(HASH, 5)
    assert path_of(folder).read_bytes() == HELLO
    with folder.open(HASH) as file:
        assert file.read() == HELLO
    assert folder.exists(HASH)
    assert path_of(folder).stat().st_mode & 0o077 == 0


def test_the_same_content_is_kept_once(folder: FolderStorage) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(put, [folder] * 40, [HELLO] * 40)) == {Stored(HASH, 5)}
    assert kept(folder) == [HASH]


@given(st.binary(max_size=70), st.integers(1, 40))
def test_whatever_the_pieces_are_the_hash_is_of_the_whole(tmp_path: Path, content: bytes, piece: int) -> None:
    class Slow:
        """Gives fewer bytes than it is asked for, as sockets do."""

        def __init__(self) -> None:
            self.rest = io.BytesIO(content)

        def read(self, size: int, /) -> bytes:
            return self.rest.read(min(size, piece))

    folder = FolderStorage(tmp_path)
    stored = folder.put(Peeked(Slow(), 16), MANY)
    assert stored == Stored(hashlib.sha256(content).hexdigest(), len(content))
    with folder.open(stored.sha256) as file:
        assert file.read() == content


def test_a_stream_that_was_looked_at_is_given_whole() -> None:
    peeked = Peeked(io.BytesIO(b"%PDF-1.7 rest"), 5)
    assert peeked.head == b"%PDF-"
    assert b"".join(iter(lambda: peeked.read(4), b"")) == b"%PDF-1.7 rest"
    empty = Peeked(io.BytesIO(b""), 5)
    assert (empty.head, empty.read(1)) == (b"", b"")


@pytest.mark.parametrize(("size", "fits"), [(9, True), (10, True), (11, False), (10_000_000, False)])
def test_a_file_may_have_just_so_many_bytes(folder: FolderStorage, size: int, fits: bool) -> None:
    if fits:
        assert put(folder, b"x" * size, 10).size == size
        return
    with pytest.raises(FileTooLarge):
        put(folder, b"x" * size, 10)
    assert kept(folder) == []


def test_a_stream_that_breaks_off_leaves_nothing(folder: FolderStorage) -> None:
    class Broken:
        def read(self, size: int, /) -> bytes:
            raise ConnectionResetError("reset by peer")

    with pytest.raises(StorageUnreachable):
        folder.put(Broken(), MANY)
    assert kept(folder) == []


def test_what_is_not_there_is_named(folder: FolderStorage) -> None:
    for sha256 in (HASH, "../../etc/passwd", "", HASH.upper(), HASH + "\n"):
        assert not folder.exists(sha256)
        with pytest.raises(ContentMissing):
            folder.open(sha256)


def test_a_content_that_was_changed_is_not_given_out_and_is_mended_by_the_original(
    folder: FolderStorage,
) -> None:
    put(folder, HELLO)
    path_of(folder).write_bytes(b"hallo")
    with pytest.raises(ContentDiffers):
        folder.open(HASH)
    put(folder, HELLO)
    folder.open(HASH).close()


def test_a_content_that_is_let_go_is_gone(folder: FolderStorage) -> None:
    put(folder, HELLO)
    folder.delete(HASH)
    folder.delete(HASH)
    assert not folder.exists(HASH)
    with pytest.raises(ContentMissing):
        folder.delete("../x")


def test_a_folder_that_cannot_be_written_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with pytest.raises(StorageUnreachable) as caught:
        put(FolderStorage(tmp_path / "file"), HELLO)
    assert caught.value.reason


def test_a_full_disk_is_an_error_of_ours_and_leaves_nothing(
    folder: FolderStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageUnreachable, match="No space left"):
        put(folder, HELLO)
    assert kept(folder) == []


def test_a_system_that_cannot_open_folders_flushes_them_itself(
    folder: FolderStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def refuse(path: str | Path, flags: int, *rest: int) -> int:
        if Path(path).is_dir():
            raise PermissionError(13, "a folder")
        return opened(path, flags, *rest)

    monkeypatch.setattr(os, "open", refuse)
    assert put(folder, HELLO).sha256 == HASH


KILLED = """
import sys
from xuequ.core.storage import FolderStorage

class Endless:
    def read(self, size):
        print("writing", flush=True)
        return b"x" * 65536

FolderStorage(sys.argv[1]).put(Endless(), 1 << 40)
"""


def test_who_is_killed_in_the_middle_leaves_no_half_content(folder: FolderStorage) -> None:
    command = [sys.executable, "-c", KILLED, str(folder.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        for _ in range(20):
            writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
        writer.stdout.read()
    assert [path.parent.name for path in folder.folder.rglob("*") if path.is_file()] == ["unfinished"]
    put(folder, HELLO)
    assert folder.clear_unfinished(before=time.time() - 3600) == 0
    assert folder.clear_unfinished(before=time.time() + 1) == 1
    assert kept(folder) == [HASH]


def test_two_who_clear_up_at_once_do_not_trip(folder: FolderStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    put(folder, HELLO)
    left = folder.folder / FolderStorage.UNFINISHED / "left"
    left.write_bytes(b"x")
    unlink: Callable[..., None] = Path.unlink

    def twice(path: Path, missing_ok: bool = False) -> None:
        unlink(path)
        unlink(path)

    monkeypatch.setattr(Path, "unlink", twice)
    assert folder.clear_unfinished(before=time.time() + 1) == 0
