"""Raw tables of files."""

from __future__ import annotations

import csv
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from xuequ.core.errors import UnreadableWorkbook
from xuequ.core.extras import load


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that holds a formula."""

    text: str


class Tables(Protocol):
    """The tables of a file."""

    titles: tuple[str, ...]

    def lines(self, title: str) -> Iterator[tuple[int, Sequence[Any]]]:
        """Walk the rows of a table."""
        ...


@dataclass
class _Csv:
    path: Path
    titles: tuple[str, ...]

    def lines(self, title: str) -> Iterator[tuple[int, Sequence[Any]]]:
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            yield from enumerate(csv.reader(file), 1)


@dataclass
class _Folder:
    path: Path
    titles: tuple[str, ...]

    def lines(self, title: str) -> Iterator[tuple[int, Sequence[Any]]]:
        return _Csv(self.path / f"{title}.csv", (title,)).lines(title)


class _Xlsx:
    def __init__(self, path: Path, book: Any) -> None:
        self.path = path
        self.book = book
        self.titles = tuple(book.sheetnames)

    def lines(self, title: str) -> Iterator[tuple[int, Sequence[Any]]]:
        cells = self.book[title]
        cells.reset_dimensions()
        with _as_unreadable(self.path):
            for number, line in enumerate(cells.iter_rows(), 1):
                yield number, [_raw(cell) for cell in line]


def _raw(cell: Any) -> Any:
    if getattr(cell, "data_type", None) in ("f", "e"):
        value = getattr(cell, "value", None)
        return Formula(str(getattr(value, "text", value)))
    return getattr(cell, "value", None)


@contextmanager
def open_tables(path: Path) -> Generator[Tables]:
    """Open a file."""
    if path.is_dir():
        yield _Folder(path, tuple(sorted(one.stem for one in path.glob("*.csv"))))
        return
    if path.suffix == ".csv":
        yield _Csv(path, (path.stem,))
        return
    openpyxl = load("openpyxl")
    with ExitStack() as opened:
        with _as_unreadable(path):
            book = openpyxl.load_workbook(opened.enter_context(path.open("rb")), read_only=True)
            opened.callback(book.close)
        yield _Xlsx(path, book)


@contextmanager
def _as_unreadable(path: Path) -> Generator[None]:
    try:
        yield
    except FileNotFoundError:
        raise UnreadableWorkbook(file=path.name, reason="没有这个文件") from None
    except Exception as error:
        reason = f"打不开，或不是完好的 xlsx 工作簿（{type(error).__name__}）"
        raise UnreadableWorkbook(file=path.name, reason=reason) from error
