"""Rows of workbooks as if they had been read, and an export as if it had been read back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xuequ.core.errors import Place, Problem
from xuequ.core.fields import Command
from xuequ.core.plan import Decision, Outcome, Plan
from xuequ.core.workbook import Reading, Sourced, Template


def reading(template: Template, /, **rows: Iterable[Command]) -> Reading:
    """Return rows as if they stood in a file."""
    sourced = {
        sheet.name: tuple(
            Sourced(command, Place(sheet.title, number))
            for number, command in enumerate(rows.get(sheet.name, ()), 2)
        )
        for sheet in template.sheets
    }
    return Reading(template, sourced)


def planned(
    door: Any, template: Template, decision: Decision = Decision.ASK, /, **rows: Iterable[Command]
) -> Plan:
    """Plan rows."""
    plan: Plan = door.registry.books.plan(reading(template, **rows), decision)
    return plan


def taken(
    door: Any, template: Template, decision: Decision = Decision.ASK, /, **rows: Iterable[Command]
) -> Plan:
    """Take rows in."""
    plan: Plan = door.registry.books.take(reading(template, **rows), decision)
    return plan


def refused(door: Any, template: Template, /, **rows: Iterable[Command]) -> list[Problem]:
    """Return the problems of a plan."""
    return list(planned(door, template, **rows).problems)


def edited(door: Any, template: Template, /, **rows: Iterable[Command]) -> Plan:
    """Plan rows as if somebody had written them into an export of now."""
    book = reading(template, **rows)
    book.base = door.registry.books.export(template.name).base
    plan: Plan = door.registry.books.plan(book)
    return plan


def exported(door: Any, template: Template, school: str | None = None) -> Reading:
    """Return an export as if it had been read back."""
    export = door.registry.books.export(template.name, school)
    book = reading(template, **export.rows)
    book.base = export.base
    return book


def listed(door: Any, template: Template, school: str | None = None) -> dict[str, list[Any]]:
    """Return what an export lists, by sheet."""
    return {name: list(rows) for name, rows in door.registry.books.export(template.name, school).rows.items()}


def read_back(door: Any, template: Template) -> Plan:
    """Plan an export."""
    plan: Plan = door.registry.books.plan(exported(door, template))
    return plan


def outcomes(plan: Plan) -> dict[Outcome, int]:
    """Count the rows of every outcome that there is."""
    counted = {outcome: plan.count(outcome) for outcome in Outcome}
    return {outcome: count for outcome, count in counted.items() if count}


def named(plan: Plan) -> list[tuple[str, int | None, str, str]]:
    """Return sheet, row, column and code of every problem."""
    return [
        (p.place.sheet, p.place.row, p.place.column, p.error.code)
        for p in plan.problems
        if p.place is not None
    ]


def places(problems: Iterable[Problem]) -> list[tuple[str, int | None, str]]:
    """Return sheet, row and column of problems."""
    return [(p.place.sheet, p.place.row, p.place.column) for p in problems if p.place is not None]


def errors(problems: Iterable[Problem]) -> list[type[Exception]]:
    """Return the kinds of problems."""
    return [type(problem.error) for problem in problems]


def blamed(problems: Iterable[Problem]) -> dict[tuple[str, int | None, str], type[Exception]]:
    """Return the kinds of problems by sheet, row and column."""
    found = list(problems)
    return dict(zip(places(found), errors(found), strict=True))
