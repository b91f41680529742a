"""A plan 导入计划: what applying a file would add and change, looked at before anything is written."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from xuequ.core.codes import CodeEnum
from xuequ.core.errors import Place, Problem, RowTwice
from xuequ.core.fields import Command
from xuequ.core.text import plain_number
from xuequ.core.workbook import Reading, Sheet, Sourced, Template

Key = tuple[Any, ...]
Values = Mapping[str, Any]
State = Mapping[Key, Values]
"""What is there already: key → field → value."""


class Outcome(Enum):
    """What becomes of a row; the value is the Chinese word."""

    ADDED = "新增"
    CHANGED = "变更"
    UNCHANGED = "不变"
    KEPT = "保留"
    """The file says what it said before; what a person has decided since then stays."""
    CONFLICT = "冲突"
    """The file says something new of what a person has decided in the meantime."""
    REFUSED = "退回"


class Decision(Enum):
    """Who is right where a file and what was decided by hand disagree; the value is what a person types."""

    ASK = "ask"
    FILE = "file"
    REGISTERED = "registered"


@dataclass(frozen=True, slots=True)
class Change:
    """One field that would change."""

    field: str
    before: Any
    after: Any


def prints_of(unit: Sequence[str], rows: Sequence[Values], there: Sequence[Values]) -> list[int]:
    """Return the print of fields of many rows: enough to see whether they say something else, not what.

    What a row leaves empty is what is there; nothing there is nothing, however it is kept.
    """
    columns = [_column(name, rows, there) for name in unit]
    texts = columns[0] if len(unit) == 1 else map("\0".join, zip(*columns, strict=True))
    begun = zlib.crc32("".join(f"{name}\0" for name in unit).encode())
    return [zlib.crc32(text.encode("utf-8", "surrogatepass"), begun) for text in texts]


def _column(name: str, rows: Sequence[Values], there: Sequence[Values]) -> list[str]:
    """Write what rows say of one field; a column at a time, since there may be a hundred thousand rows."""
    said = [values.get(name) for values in rows]
    if None in said or "" in said:
        both = zip(said, there, strict=True)
        said = [stands.get(name) if value in _NOTHING else value for value, stands in both]
    return [value if type(value) is str else _text(value) or "" for value in said]


_NOTHING = (None, "")


@dataclass(frozen=True, slots=True)
class Base:
    """What a file and the registry last agreed on of one row, as prints, and who decides where they part.

    Where one side says what both said then, the other side may change it.
    """

    units: tuple[tuple[str, ...], ...]
    prints: frozenset[int]
    decision: Decision = Decision.ASK

    def judge(self, unit: Sequence[str], values: Values, there: Values) -> Outcome:
        """Tell whether fields that differ are changed, kept, or have to be decided."""
        if self.decision is Decision.FILE:
            return Outcome.CHANGED
        said, stands = prints_of(unit, (values, there), (there, there))
        if said in self.prints:
            return Outcome.KEPT
        nothing_there = all(there.get(name) in _NOTHING for name in unit)
        if nothing_there or stands in self.prints:
            return Outcome.CHANGED
        return Outcome.KEPT if self.decision is Decision.REGISTERED else Outcome.CONFLICT


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of the file and what becomes of it.

    `changes` are made when the plan is applied, `kept` are not; `conflicts` wait for a decision.
    """

    sheet: str
    source: Sourced[Command]
    outcome: Outcome
    changes: tuple[Change, ...] = ()
    kept: tuple[Change, ...] = ()
    conflicts: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole: rows, problems, and a fingerprint of the data that it was made over.

    Of a large file `rows` holds those that change or disagree with what is there, up to a limit; `counts`
    says how many there are of every outcome.
    """

    template: Template
    rows: tuple[PlannedRow, ...]
    problems: tuple[Problem, ...]
    fingerprint: str
    reading: Reading | None = None
    decision: Decision = Decision.ASK
    counts: Mapping[tuple[str, Outcome], int] = field(default_factory=dict[tuple[str, Outcome], int])

    def of(self, sheet: str, *outcomes: Outcome) -> list[PlannedRow]:
        """Return the rows of one sheet with one of the outcomes, in the file's order."""
        return [row for row in self.rows if row.sheet == sheet and row.outcome in outcomes]

    def count(self, outcome: Outcome, sheet: str | None = None) -> int:
        """Count rows with an outcome, of one sheet or of all."""
        if self.counts:
            return sum(
                n for (name, what), n in self.counts.items() if what is outcome and sheet in (None, name)
            )
        return sum(row.outcome is outcome and sheet in (None, row.sheet) for row in self.rows)

    @property
    def changes_nothing(self) -> bool:
        """Whether applying it would write nothing."""
        return not any(self.count(outcome) for outcome in (Outcome.ADDED, Outcome.CHANGED))


def book_of(plan: Plan) -> Reading:
    """Return the rows that a plan was made from, of one that holds them all."""
    rows = {
        sheet.name: tuple(row.source for row in plan.of(sheet.name, *Outcome))
        for sheet in plan.template.sheets
    }
    return Reading(plan.template, rows)


def compare(
    sheet: Sheet, rows: Sequence[Sourced[Command]], there: State
) -> tuple[list[PlannedRow], list[Problem]]:
    """Compare rows with what is there, by key; a key that stands twice in the file is a problem.

    An empty cell says nothing: it leaves what is there.
    """
    planned: list[PlannedRow] = []
    problems: list[Problem] = []
    first: dict[Key, int] = {}
    for row in rows:
        values = row.command.__dict__
        key = tuple(values[name] for name in sheet.key)
        if key in first:
            problems.append(row_twice(key, first[key], row.place))
            continue
        first[key] = row.place.row or 0
        planned.append(compare_row(sheet.name, row, values, there.get(key)))
    return planned, problems


def row_twice(key: Key, first_row: int, place: Place) -> Problem:
    """Say that two rows of one file have the same key."""
    return Problem(RowTwice(key=" ".join(str(part) for part in key), first_row=first_row), place)


def compare_row(
    sheet: str,
    row: Sourced[Command],
    values: Values,
    there: Values | None,
    base: Base | None = None,
) -> PlannedRow:
    """Compare one row with what is there.

    Args:
        values: what the row says, comparable with what is there.
        base: what a file and the registry last agreed on; without one the file is right.
    """
    if there is None:
        return PlannedRow(sheet, row, Outcome.ADDED)
    differ = [
        Change(name, before, values[name])
        for name, before in there.items()
        if values.get(name) not in _NOTHING and before != values[name]
    ]
    if not differ:
        return PlannedRow(sheet, row, Outcome.UNCHANGED)
    if base is None:
        return PlannedRow(sheet, row, Outcome.CHANGED, tuple(differ))
    return _judge(sheet, row, differ, base, values, there)


def _judge(
    sheet: str, row: Sourced[Command], differ: Sequence[Change], base: Base, values: Values, there: Values
) -> PlannedRow:
    """Tell of each difference which side has said something new since both agreed."""
    found: dict[Outcome, list[Change]] = {Outcome.CHANGED: [], Outcome.KEPT: [], Outcome.CONFLICT: []}
    units = {name: unit for unit in base.units for name in unit}
    judged = {unit: base.judge(unit, values, there) for unit in {units[change.field] for change in differ}}
    for change in differ:
        found[judged[units[change.field]]].append(change)
    changes, kept, conflicts = (tuple(some) for some in found.values())
    outcome = Outcome.CONFLICT if conflicts else Outcome.CHANGED if changes else Outcome.KEPT
    return PlannedRow(sheet, row, outcome, changes, kept, conflicts)


def fingerprint(states: Iterable[tuple[str, State]]) -> str:
    """Return a hash of what is there, so that a plan is not applied over data changed since."""
    digest = hashlib.sha256()
    for name, state in states:
        add_state(digest, name, state)
    return digest.hexdigest()


def add_state(digest: Any, name: str, state: State) -> None:
    """Go on with a hash of what is there."""
    digest.update(name.encode())
    for key in sorted(state, key=repr):
        line = [[_text(part) for part in key], {k: _text(v) for k, v in state[key].items()}]
        digest.update(json.dumps(line, ensure_ascii=False, sort_keys=True).encode())


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, CodeEnum):
        return value.code
    return plain_number(value) if isinstance(value, Decimal) else str(value)
