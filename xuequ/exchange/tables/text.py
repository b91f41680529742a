"""Text tables: csv and tsv in the encodings that Chinese offices save, streamed."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from xuequ.exchange.tables import limits
from xuequ.exchange.tables.kinds import LOCK, FileKind, kind_of, mark_of
from xuequ.exchange.tables.refusals import Refused, TooLarge, refusing
from xuequ.exchange.tables.values import Line

DELIMITERS = ",\t;"
SUFFIXES = (".csv", ".tsv", ".txt")


@dataclass(frozen=True)
class TextTables:
    """Text files by title; of each its encoding and delimiter, found when it was opened."""

    files: Mapping[str, TextFile]

    @property
    def titles(self) -> tuple[str, ...]:
        """The files' names without suffix."""
        return tuple(self.files)

    def lines(self, title: str) -> Iterator[Line]:
        """Stream the rows of a file."""
        return self.files[title].lines()


@contextmanager
def open_text(path: Path) -> Generator[TextTables]:
    """Open one csv file: a table with the name of the file."""
    yield TextTables({path.stem: TextFile.known(path)})


@contextmanager
def open_folder(path: Path) -> Generator[TextTables]:
    """Open the csv files of a folder: a table a file, in the order of their names."""
    found = [
        file
        for file in sorted(path.iterdir())
        if file.suffix.lower() in SUFFIXES and not file.name.startswith((".", LOCK))
    ]
    if not found:
        raise Refused("文件夹里没有 csv 文件")
    if len(found) > limits.SHEETS:
        raise TooLarge(f"文件夹里有 {len(found)} 个 csv 文件，至多 {limits.SHEETS} 个")
    files: dict[str, TextFile] = {}
    for file in found:
        if file.stem in files:
            raise Refused(f"文件夹里有两个名为“{file.stem}”的表")
        with refusing(file):
            files[file.stem] = TextFile.known(file)
    yield TextTables(files)


@dataclass(frozen=True, slots=True)
class TextFile:
    """One file of text with its encoding and the sign between its cells."""

    path: Path
    encoding: str
    delimiter: str

    @classmethod
    def known(cls, path: Path) -> TextFile:
        """Look through a file once; nothing of it is kept."""
        if kind_of(path) is not FileKind.TEXT:
            raise Refused("不是文本文件")
        if path.stat().st_size > limits.TEXT:
            raise TooLarge(f"文件超过 {limits.TEXT // limits.GIB} GB")
        with path.open("rb") as file:
            encoding = _encoding_of(file)
        with path.open(encoding=encoding, newline="") as text:
            first = next((line for line in _Watched(text) if line.strip()), "")
        return cls(path, encoding, _delimiter_of(first))

    def lines(self) -> Iterator[Line]:
        """Stream the rows with their numbers: a cell with line breaks makes one row, as in Excel."""
        with refusing(self.path), self.path.open(encoding=self.encoding, newline="") as text:
            watched = _Watched(text)
            rows = csv.reader(iter(watched), delimiter=self.delimiter, strict=True)
            try:
                for number, row in enumerate(rows, 1):
                    if watched.long or number > limits.ROWS:
                        _refuse_excess(number, row)
                        watched.long = False
                    if any(row):
                        yield number, row
            except csv.Error as error:
                raise _quoting(rows.line_num, error) from None


class _Watched:
    """The lines of a file, none of them so long that it would fill the memory."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self.text = text
        self.long = False

    def __iter__(self) -> Iterator[str]:
        readline = self.text.readline
        number = 0
        while line := readline(limits.TEXT_LINE):
            number += 1
            if len(line) > limits.COLUMNS:  # fewer signs can neither fill a cell nor part so many columns
                self.long = True
                if len(line) >= limits.TEXT_LINE:
                    raise TooLarge(f"第 {number} 行超过 {limits.TEXT_LINE:,} 个字符")
            yield line


def _refuse_excess(number: int, row: Sequence[str]) -> None:
    if number > limits.ROWS:
        raise TooLarge(f"超过 {limits.ROWS:,} 行，Excel 打不开全部")
    if len(row) > limits.COLUMNS:
        raise TooLarge(f"第 {number} 行超过 {limits.COLUMNS:,} 栏")
    if any(len(cell) > limits.CELL for cell in row):
        raise TooLarge(f"第 {number} 行有超过 {limits.CELL:,} 个字符的格")


def _quoting(line: int, error: csv.Error) -> Refused:
    if "field larger" in str(error):
        return TooLarge(f"至第 {line} 行有一格过长，多半是前面某格的引号没有配对")
    return Refused(f"第 {line} 行的引号没有配对，或引号之后还有文字")


def _delimiter_of(line: str) -> str:
    """Return what parts the first line's cells most often, outside quotes; a comma where nothing does."""
    outside = "".join(line.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _encoding_of(file: BinaryIO) -> str:
    """Return the encoding that the whole file is in, by one rule: its mark, UTF-8, GB18030, or none."""
    marked = mark_of(file.read(4))
    if marked is not None:
        return _sure(file, marked, marked.removesuffix("-sig").upper())
    in_utf8 = _failure(file, "utf-8")
    if in_utf8 is None:
        return "utf-8"
    if in_utf8.wide >= _BEYOND_CHANCE:
        raise Refused(f"第 {in_utf8.line} 行不是 UTF-8 文字，而以前各行都是")
    in_gb18030 = _failure(file, "gb18030")
    if in_gb18030 is None:
        return "gb18030"
    line = max(in_utf8.line, in_gb18030.line)
    raise Refused(f"第 {line} 行不是文字（既非 UTF-8、GB18030，也不是带 BOM 的 UTF-16）")


_BEYOND_CHANCE = 24
"""Bytes beyond one a character, by which a file has shown that it is in UTF-8, before a byte is wrong.

Without this a file in UTF-8 with one damaged byte would be read as GB18030, which takes nearly any bytes, and
every name in it would be another. Of Chinese text in GB18030 not one file in a billion gets so far.
"""


def _sure(file: BinaryIO, encoding: str, name: str) -> str:
    failure = _failure(file, encoding)
    if failure is not None:
        raise Refused(f"第 {failure.line} 行不是 {name} 文字")
    return encoding


@dataclass(frozen=True, slots=True)
class _Failure:
    """The first line that is not text, and how many bytes beyond one a character were text before it."""

    line: int
    wide: int


def _failure(file: BinaryIO, encoding: str) -> _Failure | None:
    """Read the whole file in an encoding; nothing is kept of it.

    NUL is no text: it is in files of another kind, and in UTF-16 without its mark.
    """
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    line, wide = 1, 0
    while True:
        chunk = file.read(limits.MIB)
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            good = error.object[: error.start]
            text = good.decode(encoding, "ignore")
            return _Failure(line + text.count("\n"), wide + len(good) - len(text))
        if "\0" in text:
            return _Failure(line + text[: text.index("\0")].count("\n"), 0)
        if not chunk:
            return None
        line += text.count("\n")
        wide += len(chunk) - len(text)
