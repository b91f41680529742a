"""Files of a county's or district's own values: read from TOML, planned, checked for freshness."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from xuequ.core.errors import Place, Problem, Stale, XuequError
from xuequ.core.plan import Outcome, Plan, PlannedRow, State, compare, fingerprint
from xuequ.core.standards import Standards
from xuequ.core.workbook import Reading, Sourced
from xuequ.standards.loader import read_pack
from xuequ.standards.notation import parse_value, read_kind, write_value
from xuequ.standards.repository import OwnValueRows
from xuequ.standards.schemas import StandardValue
from xuequ.standards.states import Checked
from xuequ.standards.templates import VALUES

SHEET = VALUES.sheet("values")
Check = Callable[[StandardValue], list[Problem]]


def read_toml(file: str, text: str, known: Standards) -> Reading:
    """Read a file in the notation of the packs as if it were a workbook; see `loader` for the notation.

    Args:
        file: its name, for problems.
        known: whose declared keys the file may name.
    """
    pack = read_pack(file, text, known.declared)
    rows = tuple(
        Sourced(
            StandardValue(
                key=one.key,
                value=write_value(one.value),
                since=one.span.since,
                until=one.span.until,
                authority=one.authority,
                article=one.article,
                checked=Checked(one.checked),
                reason=one.note,
            ),
            Place(sheet=file, column=one.key, value=str(one.span.since)),
        )
        for one in pack.standards
    )
    return Reading(VALUES, {SHEET.name: rows}, pack.problems)


def make_plan(book: Reading, rows: OwnValueRows, known: Standards, check: Check) -> Plan:
    """Compare a file with what is set, and collect every problem.

    Args:
        check: says what speaks against one value.
    """
    state = _state(rows)
    given = cast("tuple[Sourced[StandardValue], ...]", book.rows.get(SHEET.name, ()))
    planned, problems = compare(SHEET, [_usual(row, known) for row in given], state)
    for row in planned:
        if row.outcome is not Outcome.UNCHANGED:
            problems += _problems(row, check)
    return Plan(VALUES, tuple(planned), (*book.problems, *problems), fingerprint([(SHEET.name, state)]))


def _usual(row: Sourced[StandardValue], known: Standards) -> Sourced[StandardValue]:
    """Write the value as the database holds it, so that 0.5 and 1/2 are no change; `check` refuses others."""
    declared = known.declared.get(row.command.key)
    try:
        kind = read_kind(declared.kind if declared else "")
        value = write_value(parse_value(kind, row.command.value))
    except XuequError:
        return row
    return replace(row, command=row.command.model_copy(update={"value": value}))


def _problems(row: PlannedRow, check: Check) -> list[Problem]:
    try:
        found = check(cast(StandardValue, row.source.command))
    except XuequError as error:
        found = [Problem(error)]
    return [replace(problem, place=row.source.place) for problem in found]


def check_fresh(plan: Plan, rows: OwnValueRows) -> None:
    """Refuse a plan that was made over other values.

    Raises:
        Stale: when what is set has changed.
    """
    if fingerprint([(SHEET.name, _state(rows))]) != plan.fingerprint:
        raise Stale(what=VALUES.title)


def _state(rows: OwnValueRows) -> State:
    """Return what counts at the door's own place."""
    fields = ("value", "until", "authority", "article", "checked")
    return {
        (row.key, row.since): {name: getattr(row, name) for name in fields}
        for row in rows.counting()
        if row.district_id == rows.scope.district_id
    }
