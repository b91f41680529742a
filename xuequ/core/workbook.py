"""Workbooks, declared: what sheets a template has, and what was read from one.

A part declares templates over its commands; `xuequ.exchange` writes and reads them without knowing the
part, and hands the reading to the use case that the template names.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from xuequ.core.codes import CodeEnum
from xuequ.core.errors import Place, Problem
from xuequ.core.fields import Command

C = TypeVar("C", bound=Command, covariant=True)


class Kind(Enum):
    """What a column's cells hold; the value is the Chinese name for it."""

    TEXT = "文字"
    WHOLE = "整数"
    DECIMAL = "数字"
    DAY = "日期（如 2026-09-01）"
    FLAG = "是或否"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the command's field, the kind of its cells, or the list they are from.

    `blamed` are the codes of errors that this column's cell is the cause of, so that a refusal which knows
    only its row can name the cell. `example` is what its cell of the example row says; a sensible one is
    found where it is left out, and the cell is empty where it is None, as not every kind of row has it.
    """

    heading: str
    field: str
    kind: Kind = Kind.TEXT
    codes: type[CodeEnum] | None = None
    required: bool = True
    note: str = ""
    blamed: tuple[str, ...] = ()
    example: str | None = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: rows of one command, told apart by the fields `key`.

    A sheet that is not `required` may be missing from a file; one with `filled` must have a row. Fields
    that say one thing `together`, as school and first day do, are changed or kept as one.
    """

    name: str
    title: str
    command: type[Command]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    required: bool = True
    filled: bool = False
    together: tuple[tuple[str, ...], ...] = ()

    @property
    def units(self) -> tuple[tuple[str, ...], ...]:
        """The fields that are not the key, those that say one thing put together."""
        grouped = {name for some in self.together for name in some}
        fields = (column.field for column in self.columns)
        return (*self.together, *((name,) for name in fields if name not in grouped and name not in self.key))

    def heading(self, field_name: str) -> str:
        """Return the heading of a field."""
        return next((column.heading for column in self.columns if column.field == field_name), field_name)

    def blamed(self, code: str) -> Column | None:
        """Return the column whose cell is the cause of an error, if it is known."""
        return next((column for column in self.columns if code in column.blamed), None)


@dataclass(frozen=True, slots=True)
class Template:
    """One workbook, and the service's verbs that plan and apply it.

    `part` is the service's path from the door: ``"registry"``, ``"registry.attendance"``. `take`, where
    there is one, plans and applies in one go. `fill` gives a school's rows of a day, for people to fill in
    the rest; `export` gives what is there, as rows that read back without a change. `county` says that a
    county's door takes it as well as a district's.
    """

    name: str
    title: str
    sheets: tuple[Sheet, ...]
    part: str
    plan: str
    apply: str
    take: str = ""
    fill: str = ""
    export: str = ""
    county: bool = False

    def sheet(self, name: str) -> Sheet:
        """Return a sheet by its name."""
        return next(sheet for sheet in self.sheets if sheet.name == name)


@dataclass(frozen=True, slots=True)
class Sourced(Generic[C]):
    """A command and the row that it was read from."""

    command: C
    place: Place


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of a sheet, in the file's order, and what could not be read between them."""

    rows: Sequence[Sourced[Command]]
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class SourceFile:
    """Which file a reading is of: its name without the folder, and the SHA-256 of its content in hex."""

    name: str
    digest: str


class Reading:
    """What was read: the good rows by sheet, and every problem with its place.

    This one holds its rows. A reading of a file hands them out in chunks and reads again when asked again.

    Attributes:
        template: what it was read by.
        file: the file that it is of, if it is of one.
        base: by what a row is called in the table of imprints, the imprint of what stood in the registry when
            the file was exported; empty for a file that was not.
    """

    file: SourceFile | None = None

    def __init__(
        self,
        template: Template,
        rows: Mapping[str, Sequence[Sourced[Command]]],
        problems: Sequence[Problem] = (),
    ) -> None:
        self.template = template
        self.base: Mapping[int, bytes] = {}
        self._rows = rows
        self._problems = tuple(problems)

    @property
    def rows(self) -> Mapping[str, Sequence[Sourced[Command]]]:
        """The good rows of every sheet."""
        return self._rows

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that could not be read."""
        return self._problems

    def walk(self) -> Generator[tuple[Sheet, Chunk]]:
        """Hand out every sheet in the template's order, each in one chunk or more."""
        for number, sheet in enumerate(self.template.sheets):
            yield sheet, Chunk(self.rows.get(sheet.name, ()), () if number else self.problems)
