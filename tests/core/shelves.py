"""An invented book for the tests of intake: instruments and their rooms, in a table of the test's own.

The table is temporary and stands on the Session's connection, so a SAVEPOINT takes it back as any other.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Column as Cell
from sqlalchemy import Date, Integer, MetaData, String, Table, delete, insert, select, update
from sqlalchemy.orm import Session

from xuequ.core.access import Actor, Post, action
from xuequ.core.context import Context, Scope, Service, use_case
from xuequ.core.errors import (
    CellRequired,
    IllegalTransition,
    Place,
    Problem,
    Problems,
    SpanBackwards,
    XuequError,
    refuse_if,
)
from xuequ.core.facts import Fact
from xuequ.core.fields import Code, Command, Name, Number
from xuequ.core.imports import Export
from xuequ.core.intake import Book, Desk, Hidden, apply_book, export_book, plan_book, take_book
from xuequ.core.plan import Decision, Plan, PlannedRow, State, Values
from xuequ.core.settings import FixedClock, Settings
from xuequ.core.workbook import Chunk, Column, Kind, Reading, Sheet, Sourced, SourceFile, Template

PLACE = "530921/qianfeng"
FILE = SourceFile("instruments.xlsx", "d" * 64)
ACT = action("test.instruments", "登记仪器", [Post.PRINCIPAL])

SHELF = Table(
    "test_shelf",
    MetaData(),
    Cell("sheet", String(20), primary_key=True),
    Cell("code", String(40), primary_key=True),
    Cell("room", String(40)),
    Cell("name", String(100), unique=True),
    Cell("count", Integer),
    Cell("since", Date),
    Cell("until", Date),
    Cell("keeper", String(40)),
    prefixes=["TEMPORARY"],
)


class RoomRow(Command):
    """A room 仪器室."""

    code: Code
    name: Name | None = None


class InstrumentRow(Command):
    """An instrument 仪器: how many of it stand in a room, for how long, and the keeper's secret number."""

    code: Code
    room: Code | None = None
    name: Name | None = None
    count: int | None = None
    since: date | None = None
    until: date | None = None
    keeper: Number | None = None


ROOMS = Sheet(
    "rooms",
    "仪器室",
    RoomRow,
    (Column("编号", "code"), Column("名称", "name", required=False)),
    key=("code",),
    required=False,
)
INSTRUMENTS = Sheet(
    "instruments",
    "仪器",
    InstrumentRow,
    (
        Column("编号", "code"),
        Column("仪器室", "room", required=False),
        Column("名称", "name", required=False),
        Column("件数", "count", Kind.WHOLE, required=False, blamed=("core.illegal_transition",)),
        Column("启用日期", "since", Kind.DAY, required=False, blamed=("core.span_backwards",)),
        Column("停用日期", "until", Kind.DAY, required=False),
        Column("保管人证件号", "keeper", required=False),
    ),
    key=("code",),
    filled=True,
    together=(("since", "until"),),
)
TEMPLATE = Template("test.shelf", "仪器", (ROOMS, INSTRUMENTS), part="test", plan="plan", apply="apply")

TOO_MANY = 99
"""A count that is refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved(Fact):
    """Rows of a sheet were written."""

    name: ClassVar[str] = "test.shelved"
    rows: int


def secret(value: str | None) -> Any:
    """Return what stands for a sealed value."""
    return None if value is None else Hidden(value.encode())


class Shelf(Desk):
    """Rows of one sheet; says what speaks against them in `check` or, where it is tried, in `write`."""

    def __init__(self, context: Context, sheet: Sheet, book: Shelves) -> None:
        self.context = context
        self.sheet = sheet
        self.book = book
        self.fields = [column.field for column in sheet.columns]
        self.changeable = book.changeable  # type: ignore[misc]
        self.nothing_yet = book.nothing_yet

    def said(self, rows: Sequence[Command]) -> Sequence[Values]:
        return [hide(row.__dict__) for row in rows]

    def standing(self, rows: Sequence[Command]) -> State:
        keys = [row.code for row in rows if isinstance(row, RoomRow | InstrumentRow)]
        query = select(SHELF).where(SHELF.c.sheet == self.sheet.name, SHELF.c.code.in_(keys))
        found = self.context.session.execute(query).mappings()
        return {(row["code"],): hide({name: row[name] for name in self.fields}) for row in found}

    def write(self, planned: Sequence[PlannedRow]) -> None:
        self.book.tried.append([row.source.place.row or 0 for row in planned])
        if not self.judged:
            refuse_if([Problem(error) for row in planned for error in against(row.source.command)])
        standing = self.standing([row.source.command for row in planned])
        for row in planned:
            said = {k: v for k, v in row.source.command.__dict__.items() if v is not None}
            if (said["code"],) in standing:
                here = (SHELF.c.sheet == self.sheet.name, SHELF.c.code == said["code"])
                self.context.session.execute(update(SHELF).where(*here).values(said))
            else:
                self.context.session.execute(insert(SHELF).values(sheet=self.sheet.name, **said))
        self.context.announce(Shelved(rows=len(planned)))

    def finish(self) -> None:
        super().finish()
        self.book.finished.append(self.sheet.name)

    def listed(self, school: str | None) -> Iterable[Command]:
        query = select(SHELF).where(SHELF.c.sheet == self.sheet.name).order_by(SHELF.c.code)
        for row in self.context.session.execute(query).mappings():
            if school in (None, row["room"]):
                said = {name: row[name] for name in self.fields} | {"keeper": None}
                yield self.sheet.command(**{k: v for k, v in said.items() if k in self.fields})


class JudgedShelf(Shelf):
    """The same, which knows everything beforehand."""

    judged = True

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        return [Problem(error, row.source.place) for row in planned for error in against(row.source.command)]


def hide(values: Values) -> dict[str, Any]:
    """Return values with the sealed one hidden."""
    return {name: secret(value) if name == "keeper" else value for name, value in values.items()}


def against(row: Command) -> list[XuequError]:
    """Say what speaks against a row."""
    if not isinstance(row, InstrumentRow):
        return []
    found: list[XuequError] = []
    if row.since and row.until and row.until <= row.since:
        found.append(SpanBackwards(since=str(row.since), until=str(row.until)))
    if row.count == TOO_MANY:
        found.append(IllegalTransition(machine="仪器", from_="架上", to="架外"))
    if row.room == "nowhere":
        found.append(CellRequired())
    return found


@dataclass
class Shelves:
    """The book, and what its desks were asked to do."""

    desk: type[Shelf] = Shelf
    changeable: frozenset[str] | None = None
    nothing_yet: bool = False
    tried: list[list[int]] = field(default_factory=list[list[int]])
    finished: list[str] = field(default_factory=list[str])
    held: int = 0

    @property
    def book(self) -> Book:
        return Book(TEMPLATE, self.desks, hold=self.hold, stale="仪器登记")

    def desks(self, context: Context) -> Mapping[str, Desk]:
        return {sheet.name: self.desk(context, sheet, self) for sheet in TEMPLATE.sheets}

    def hold(self, context: Context) -> None:
        self.held += 1


class Store(Service):
    """The use cases of the book, as a part has them."""

    def __init__(self, context: Context, shelves: Shelves) -> None:
        super().__init__(context)
        self.shelves = shelves

    @use_case(ACT)
    def plan(self, reading: Reading, decision: Decision = Decision.ASK) -> Plan:
        return plan_book(self.context, self.shelves.book, reading, decision)

    @use_case(ACT)
    def apply(self, plan: Plan) -> Plan:
        return apply_book(self.context, self.shelves.book, plan)

    @use_case(ACT)
    def take(self, reading: Reading, decision: Decision = Decision.ASK) -> Plan:
        return take_book(self.context, self.shelves.book, reading, decision)

    @use_case(ACT)
    def export(self, school: str | None = None) -> Export:
        return export_book(self.context, self.shelves.book, school)

    def refused(self, reading: Reading, decision: Decision = Decision.ASK) -> list[Problem]:
        """Take a file that is refused; make sure that nothing of it stays, and its plan says the same."""
        before = self.rows()
        planned = self.plan(reading, decision).problems
        try:
            self.take(reading, decision)
        except Problems as error:
            assert self.rows() == before, "whole or not at all"
            assert [problem.text() for problem in error.problems] == [problem.text() for problem in planned]
            return list(error.problems)
        raise AssertionError("it was taken")

    def rows(self, sheet: str = "instruments") -> dict[str, dict[str, Any]]:
        """Return what is there, by code."""
        query = select(SHELF).where(SHELF.c.sheet == sheet).order_by(SHELF.c.code)
        return {row["code"]: dict(row) for row in self.context.session.execute(query).mappings()}

    def by_hand(self, code: str, **values: Any) -> None:
        """Change a row of an instrument, or add it, as a person does who knows no file."""
        here = (SHELF.c.sheet == "instruments", SHELF.c.code == code)
        if code in self.rows():
            self.context.session.execute(update(SHELF).where(*here).values(values))
        else:
            self.context.session.execute(insert(SHELF).values(sheet="instruments", code=code, **values))

    def taken_away(self, code: str) -> None:
        """Take an instrument off its shelf, and say it to no file."""
        here = (SHELF.c.sheet == "instruments", SHELF.c.code == code)
        self.context.session.execute(delete(SHELF).where(*here))


def open_store(session: Session, shelves: Shelves | None = None, scope: Scope | None = None) -> Store:
    """Make the table, unless it is there, and open a store."""
    SHELF.create(session.connection(), checkfirst=True)
    context = Context(
        session,
        PLACE,
        lambda _, place: scope or Scope(1, 2),
        actor=Actor.system("test"),
        settings=Settings(clock=FixedClock.at(date(2026, 9, 1))),
    )
    return Store(context, shelves or Shelves())


class Chunked(Reading):
    """A reading of a file that hands out its rows a few at a time, as one of a large file does."""

    file = FILE

    def __init__(self, rows: Mapping[str, Sequence[Command]], size: int) -> None:
        sourced = {sheet.name: sourced_rows(sheet, rows.get(sheet.name, ())) for sheet in TEMPLATE.sheets}
        super().__init__(TEMPLATE, sourced)
        self.size = size
        self.walked = 0

    def walk(self) -> Generator[tuple[Sheet, Chunk]]:
        for sheet in self.template.sheets:
            rows = self.rows[sheet.name]
            for start in range(0, len(rows) or 1, self.size):
                self.walked += 1
                yield sheet, Chunk(rows[start : start + self.size])


def sourced_rows(sheet: Sheet, rows: Iterable[Command]) -> tuple[Sourced[Command], ...]:
    """Return rows with their places; the first stands below the headings."""
    return tuple(Sourced(row, Place(sheet.title, number)) for number, row in enumerate(rows, 2))


def read(
    *rows: InstrumentRow, rooms: Iterable[RoomRow] = (), base: Mapping[int, bytes] | None = None
) -> Reading:
    """Return rows as if they had been read from a file."""
    reading = Reading(
        TEMPLATE, {"rooms": sourced_rows(ROOMS, rooms), "instruments": sourced_rows(INSTRUMENTS, rows)}
    )
    reading.file = FILE
    reading.base = base or {}
    return reading


def one(code: str = "a", /, **values: Any) -> InstrumentRow:
    """Return a row."""
    return InstrumentRow(code=code, **values)
