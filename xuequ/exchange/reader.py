"""Reading a file by a template: columns by heading in any order, every problem with its place.

A file is read in chunks and never held whole; whoever walks it again reads it again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from xuequ.core.errors import (
    CellUnreadable,
    HeadingMissing,
    HeadingTwice,
    Place,
    Problem,
    SheetMissing,
    Stale,
    UnreadableWorkbook,
    XuequError,
)
from xuequ.core.fields import Command
from xuequ.core.text import half_width
from xuequ.core.workbook import Chunk, Column, Kind, Reading, Sheet, Sourced, SourceFile, Template
from xuequ.exchange.cells import cell_text, read_cell, shown
from xuequ.exchange.examples import example_row
from xuequ.exchange.tables import Tables, open_tables
from xuequ.exchange.tables.values import Line

MARK = "＊"
"""Stands before the heading of a required column."""

BASE = "＿基准"
"""The hidden sheet of an exported file, with the imprints of its rows."""

CHUNK = 5_000
"""How many rows are read, compared and written at a time."""

LINES_OF_HEADINGS = 6
"""In how many lines the headings are looked for: a title and notes may stand above them."""

Progress = Callable[[str, int], None]
"""Called with a sheet's title and the number of its rows so far."""


def read_workbook(path: Path, template: Template, progress: Progress | None = None) -> Reading:
    """Read a file by a template: xlsx, xls, csv, or a folder of csv files named like the sheets.

    Returns:
        A reading, which reads the file again each time it is walked.

    Raises:
        UnreadableWorkbook: when the file is no table at all.
        ExtraMissing: without openpyxl.
    """
    return FileReading(path, template, progress)


class FileReading(Reading):
    """The reading of a file.

    Raises:
        UnreadableWorkbook: when the file is no table at all.
    """

    def __init__(self, path: Path, template: Template, progress: Progress | None = None) -> None:
        super().__init__(template, {})
        self.path = path
        self.progress = progress
        self.file = SourceFile(path.name, digest_of(path))
        with open_tables(path) as tables:
            self.base = _read_base(tables)

    @cached_property
    def _whole(self) -> tuple[dict[str, tuple[Sourced[Command], ...]], tuple[Problem, ...]]:
        rows: dict[str, list[Sourced[Command]]] = {}
        problems: list[Problem] = []
        for sheet, chunk in self.walk():
            rows.setdefault(sheet.name, []).extend(chunk.rows)
            problems += chunk.problems
        return {name: tuple(some) for name, some in rows.items()}, tuple(problems)

    @property
    def rows(self) -> Mapping[str, Sequence[Sourced[Command]]]:
        """The good rows of every sheet, all at once."""
        return self._whole[0]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that could not be read."""
        return self._whole[1]

    def walk(self) -> Generator[tuple[Sheet, Chunk]]:
        """Read the file from its beginning, a chunk at a time.

        Raises:
            Stale: when the file is no longer what it was when the reading was made.
        """
        assert self.file is not None, "a reading of a file knows which"
        if digest_of(self.path) != self.file.digest:
            raise Stale(what=f"文件“{self.path.name}”")
        with open_tables(self.path) as tables:
            for sheet in self.template.sheets:
                for chunk in self._read_sheet(tables, sheet):
                    yield sheet, chunk

    def _read_sheet(self, tables: Tables, sheet: Sheet) -> Iterator[Chunk]:
        title = title_of(tables, sheet, alone=len(self.template.sheets) == 1)
        if title is None:
            found = "、".join(tables.titles)
            missing = Problem(SheetMissing(sheet=sheet.title, found=found), Place(sheet.title))
            yield Chunk((), (missing,) if sheet.required else ())
            return
        heading, first, lines = find_headings(sheet, tables.lines(title))
        columns, problems = _match_headings(sheet, heading, first)
        if problems:
            yield Chunk((), problems)
            return
        reader = RowReader(sheet, columns)
        done = 0
        while True:
            chunk = reader.read(islice(lines, CHUNK))
            if chunk is None and done:
                return
            yield chunk or Chunk(())
            if chunk is None:
                return
            done += CHUNK
            if self.progress is not None:
                self.progress(sheet.title, reader.last)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, or of the files of a folder.

    Raises:
        UnreadableWorkbook: when there is none, or it may not be read.
    """
    digest = hashlib.sha256()
    try:
        for one in sorted(filter(Path.is_file, path.iterdir())) if path.is_dir() else [path]:
            digest.update(f"{one.name}\0".encode("utf-8", "surrogateescape") if path.is_dir() else b"")
            with one.open("rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
    except FileNotFoundError:
        raise UnreadableWorkbook(file=path.name, reason="没有这个文件") from None
    except OSError as error:
        raise UnreadableWorkbook(file=path.name, reason=f"读不了（{error.strerror}）") from error
    return digest.hexdigest()


def _read_base(tables: Tables) -> dict[int, bytes]:
    """Read what an export has noted of its rows; what cannot be read says nothing."""
    base: dict[int, bytes] = {}
    for _, line in tables.lines(BASE) if BASE in tables.titles else ():
        try:
            base[int(str(line[0]), 16)] = bytes.fromhex(str(line[1]))
        except (IndexError, ValueError):
            continue
    return base


def title_of(tables: Tables, sheet: Sheet, *, alone: bool) -> str | None:
    """Return which table a sheet is: by its title, or at the end of a file's name; one alone is the one."""
    if sheet.title in tables.titles:
        return sheet.title
    visible = [title for title in tables.titles if not title.startswith("＿")]
    named = [title for title in visible if title.endswith(sheet.title)]
    if len(named) == 1:
        return named[0]
    return visible[0] if alone and len(visible) == 1 else None


def normal_heading(value: Any) -> str:
    """Return a heading without mark and blanks, so that full-width brackets and half-width ones agree."""
    text = half_width(str(value or ""))
    return "".join(text.split()).removeprefix("*").removesuffix("*")


def find_headings(sheet: Sheet, lines: Iterator[Line]) -> tuple[Sequence[Any], int, Iterator[Line]]:
    """Return the line of headings with its number, and the lines after it."""
    wanted = {normal_heading(column.heading) for column in sheet.columns}
    first = list(islice(lines, LINES_OF_HEADINGS))
    if not first:
        return (), 1, iter(())
    hits = [len(wanted.intersection(map(normal_heading, line))) for _, line in first]
    at = hits.index(max(hits))
    number, heading = first[at]
    return heading, number, chain(first[at + 1 :], lines)


def _match_headings(
    sheet: Sheet, line: Sequence[Any], number: int
) -> tuple[dict[int, Column], list[Problem]]:
    wanted = {normal_heading(column.heading): column for column in sheet.columns}
    columns: dict[int, Column] = {}
    problems: list[Problem] = []
    for index, cell in enumerate(line):
        column = wanted.get(normal_heading(cell))
        if column is None:
            continue
        if column in columns.values():
            problems.append(_heading_problem(sheet, column, number, HeadingTwice(heading=column.heading)))
        columns[index] = column
    for column in sheet.columns:
        if column.required and column not in columns.values():
            problems.append(_heading_problem(sheet, column, number, HeadingMissing(heading=column.heading)))
    return columns, problems


def _heading_problem(sheet: Sheet, column: Column, number: int, error: XuequError) -> Problem:
    return Problem(error, Place(sheet.title, number, column.heading))


class RowReader:
    """Reads the rows of a sheet whose columns are known."""

    def __init__(self, sheet: Sheet, columns: Mapping[int, Column]) -> None:
        self.sheet = sheet
        self.columns = [(index, _reader_of(column), column) for index, column in sorted(columns.items())]
        self.width = 1 + max(columns, default=0)
        self.validate = sheet.command.model_validate
        self.example = dict(zip(sheet.columns, example_row(sheet), strict=True))
        self.last = 0

    def read(self, lines: Iterable[Line]) -> Chunk | None:
        """Read some lines; None when there are none left."""
        rows: list[Sourced[Command]] = []
        problems: list[Problem] = []
        number = None
        for number, line in lines:
            if _says_something(line) and not self._is_example(line):
                command = self._read_row(number, line, problems)
                if command is not None:
                    rows.append(Sourced(command, Place(self.sheet.title, number)))
        if number is None:
            return None
        self.last = number
        return Chunk(rows, problems)

    def _is_example(self, line: Sequence[Any]) -> bool:
        """Tell whether a line is the example of an empty template."""
        index, _, column = self.columns[0]
        if index >= len(line) or cell_text(line[index]) != self.example[column]:
            return False
        return all(
            cell_text(line[index] if index < len(line) else None) == self.example[column]
            for index, _, column in self.columns
        )

    def _read_row(self, number: int, line: Sequence[Any], problems: list[Problem]) -> Command | None:
        values: dict[str, Any] = {}
        wrong = False
        if len(line) < self.width:
            line = [*line, *[None] * (self.width - len(line))]
        for index, read, column in self.columns:
            value = read(line[index])
            if value is None:
                continue
            if isinstance(value, XuequError):
                place = Place(self.sheet.title, number, column.heading, shown(line[index]))
                problems.append(Problem(value, place))
                wrong = True
            else:
                values[column.field] = value
        if wrong:
            return None
        try:
            return self.validate(values)
        except ValidationError as error:
            problems += _field_problems(self.sheet, number, values, error)
        except XuequError as error:
            problems.append(_row_problem(self.sheet, number, values, error))
        return None


def _says_something(line: Sequence[Any]) -> bool:
    return any(line) and any(map(cell_text, line))


MOST_KNOWN = 10_000
"""How many different texts of a column are remembered."""


def _reader_of(column: Column) -> Callable[[Any], Any]:
    """Return what reads the cells of a column; texts that come again and again are read once."""
    if column.codes is None and column.kind is Kind.TEXT:
        return partial(read_cell, column=column)
    known: dict[str, Any] = {}

    def read(cell: Any) -> Any:
        if type(cell) is not str:
            return read_cell(cell, column)
        if cell not in known:
            if len(known) > MOST_KNOWN:
                known.clear()
            known[cell] = read_cell(cell, column)
        return known[cell]

    return read


def _field_problems(
    sheet: Sheet, number: int, values: Mapping[str, Any], error: ValidationError
) -> Iterator[Problem]:
    for wrong in error.errors(include_url=False):
        field = str(wrong["loc"][0]) if wrong["loc"] else ""
        text = cell_text(values.get(field))
        place = Place(sheet.title, number, sheet.heading(field), text)
        yield Problem(CellUnreadable(expected=in_chinese(wrong), text=text), place)


def _row_problem(sheet: Sheet, number: int, values: Mapping[str, Any], error: XuequError) -> Problem:
    """Place what a command says against its values at the column that is to blame, if it is known."""
    column = sheet.blamed(error.code)
    if column is None:
        return Problem(error, Place(sheet.title, number))
    return Problem(error, Place(sheet.title, number, column.heading, cell_text(values.get(column.field))))


_SAYINGS = {
    "greater_than_equal": "不小于 {ge} 的数",
    "less_than_equal": "不大于 {le} 的数",
    "string_too_long": "不超过 {max_length} 个字符的文字",
    "string_too_short": "至少 {min_length} 个字符的文字",
    "too_long": "不超过 {max_length} 个字符的文字",
    "too_short": "至少 {min_length} 个字符的文字",
    "string_pattern_mismatch": "小写字母、数字、连字符、下划线组成的代码",
    "decimal_max_places": "至多 {decimal_places} 位小数的数",
    "decimal_max_digits": "至多 {max_digits} 位的数",
    "decimal_whole_digits": "整数部分至多 {whole_digits} 位的数",
}


def in_chinese(wrong: Any) -> str:
    """Say what pydantic wants instead: one entry of its errors."""
    saying = _SAYINGS.get(wrong["type"])
    if saying is not None:
        return saying.format(**wrong.get("ctx", {}))
    if wrong["type"] == "value_error":
        return f"合格的内容（{wrong['ctx']['error']}）"
    return f"合格的内容（{wrong['msg']}）"
