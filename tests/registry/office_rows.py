"""What tests of workbooks share: rows as if they had been read from a file, and exports read back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xuequ.core.errors import Place
from xuequ.core.fields import Command
from xuequ.core.plan import Decision, Outcome, Plan
from xuequ.core.workbook import Reading, Sourced, Template


def reading(template: Template, **sheets: Sequence[Command]) -> Reading:
    """Return rows as if they stood from row 2 on."""
    rows = {
        sheet.name: tuple(
            Sourced(command, Place(sheet.title, number))
            for number, command in enumerate(sheets.get(sheet.name, ()), 2)
        )
        for sheet in template.sheets
    }
    return Reading(template, rows)


def plan(
    door: Any, template: Template, decision: Decision = Decision.ASK, **sheets: Sequence[Command]
) -> Plan:
    """Plan rows."""
    planned: Plan = door.registry.books.plan(reading(template, **sheets), decision)
    return planned


def take(
    door: Any, template: Template, decision: Decision = Decision.ASK, **sheets: Sequence[Command]
) -> Plan:
    """Plan and apply rows in one go."""
    taken: Plan = door.registry.books.take(reading(template, **sheets), decision)
    return taken


def exported(door: Any, template: Template, school: str | None = None) -> Reading:
    """Return an export as it is read back."""
    export = door.registry.books.export(template.name, school)
    book = reading(template, **{name: tuple(rows) for name, rows in export.rows.items()})
    book.base = export.base
    return book


def outcomes(planned: Plan) -> dict[str, int]:
    """Return how many rows have which outcome, those that have some."""
    found = {one.name: planned.count(one) for one in Outcome}
    return {name: count for name, count in found.items() if count}


def places(planned: Plan) -> list[tuple[Any, ...]]:
    """Return where problems are and what they are: sheet, row, column, code."""
    return [
        (p.place.sheet, p.place.row, p.place.column, p.error.code)
        for p in planned.problems
        if p.place is not None
    ]
