"""A plan 导入计划: what applying a file would add and change, looked at before anything is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from xuequ.core.errors import Problem, RowTwice
from xuequ.core.fields import Command
from xuequ.core.text import plain_number
from xuequ.core.workbook import Sheet, Sourced, Template

Key = tuple[Any, ...]
State = Mapping[Key, Mapping[str, Any]]
"""What is there already: key → field → value."""


class Outcome(Enum):
    """What becomes of a row; the value is the Chinese word."""

    ADDED = "新增"
    CHANGED = "变更"
    UNCHANGED = "不变"


@dataclass(frozen=True, slots=True)
class Change:
    """One field that would change."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of the file and what becomes of it."""

    sheet: str
    source: Sourced[Command]
    outcome: Outcome
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole: rows, problems, and a fingerprint of the data that it was made over."""

    template: Template
    rows: tuple[PlannedRow, ...]
    problems: tuple[Problem, ...]
    fingerprint: str

    def of(self, sheet: str, *outcomes: Outcome) -> list[PlannedRow]:
        """Return the rows of one sheet with one of the outcomes, in the file's order."""
        return [row for row in self.rows if row.sheet == sheet and row.outcome in outcomes]

    def count(self, outcome: Outcome, sheet: str | None = None) -> int:
        """Count rows with an outcome, of one sheet or of all."""
        return sum(row.outcome is outcome and sheet in (None, row.sheet) for row in self.rows)

    @property
    def changes_nothing(self) -> bool:
        """Whether applying it would write nothing."""
        return all(row.outcome is Outcome.UNCHANGED for row in self.rows)


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
        values = row.command.model_dump()
        key = tuple(values[name] for name in sheet.key)
        if key in first:
            shown = " ".join(str(part) for part in key)
            problems.append(Problem(RowTwice(key=shown, first_row=first[key]), row.place))
            continue
        first[key] = row.place.row or 0
        planned.append(_compare_row(sheet, row, values, there.get(key)))
    return planned, problems


def _compare_row(
    sheet: Sheet, row: Sourced[Command], values: Mapping[str, Any], there: Mapping[str, Any] | None
) -> PlannedRow:
    if there is None:
        return PlannedRow(sheet.name, row, Outcome.ADDED)
    changes = tuple(
        Change(name, there[name], values[name])
        for name in there
        if values.get(name) not in (None, "") and there[name] != values[name]
    )
    return PlannedRow(sheet.name, row, Outcome.CHANGED if changes else Outcome.UNCHANGED, changes)


def fingerprint(states: Iterable[tuple[str, State]]) -> str:
    """Return a hash of what is there, so that a plan is not applied over data changed since."""
    digest = hashlib.sha256()
    for name, state in states:
        digest.update(name.encode())
        for key in sorted(state, key=repr):
            line = [[_text(part) for part in key], {k: _text(v) for k, v in state[key].items()}]
            digest.update(json.dumps(line, ensure_ascii=False, sort_keys=True).encode())
    return digest.hexdigest()


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, Decimal):
        return plain_number(value)
    return value.isoformat() if isinstance(value, date) else str(value)
