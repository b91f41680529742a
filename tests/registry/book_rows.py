"""What the tests of workbooks share: rows as if they had been read from a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xuequ.core.errors import Place, Problem
from xuequ.core.fields import Command
from xuequ.core.plan import Decision, Outcome, Plan
from xuequ.core.workbook import Reading, Sourced, Template


def reading(template: Template, **rows: Iterable[Command]) -> Reading:
    """Return rows by sheet as a file would give them, from its second line on."""
    sourced = {
        sheet.name: [Sourced(row, Place(sheet.title, n)) for n, row in enumerate(rows.get(sheet.name, ()), 2)]
        for sheet in template.sheets
    }
    return Reading(template, sourced)


def take(
    door: Any, template: Template, decision: Decision = Decision.ASK, /, **rows: Iterable[Command]
) -> Plan:
    plan: Plan = door.registry.books.take(reading(template, **rows), decision)
    return plan


def refused(door: Any, template: Template, **rows: Iterable[Command]) -> list[Problem]:
    """Return the problems of a plan."""
    return list(door.registry.books.plan(reading(template, **rows)).problems)


def places(problems: Iterable[Problem]) -> list[tuple[str, int | None, str]]:
    """Return sheet, row and column of problems."""
    return [(p.place.sheet, p.place.row, p.place.column) for p in problems if p.place is not None]


def errors(problems: Iterable[Problem]) -> list[Any]:
    """Return the kinds of problems."""
    return [type(problem.error) for problem in problems]


def outcomes(plan: Plan) -> dict[Outcome, int]:
    return {outcome: n for outcome in Outcome if (n := plan.count(outcome))}


def exported(door: Any, template: Template, school: str | None = None) -> dict[str, list[Any]]:
    """Return what is registered as rows, by sheet."""
    return {name: list(rows) for name, rows in door.registry.books.export(template.name, school).rows.items()}


def blamed(problems: Iterable[Problem]) -> dict[tuple[str, int | None, str], Any]:
    """Return the kinds of problems by sheet, row and column."""
    found = list(problems)
    return dict(zip(places(found), errors(found), strict=True))
