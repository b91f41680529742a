"""Views of staff as of a day: single people with what they hold, their history, and counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.staff_views import StaffViewRows
from xuequ.registry.rules.staff import Record
from xuequ.registry.schemas.staff import (
    EmploymentView,
    HeldCount,
    PlacementView,
    SchoolStaffCount,
    StaffHistory,
    StaffOnDay,
    StaffOverview,
)
from xuequ.registry.service.standings import standing_view
from xuequ.registry.states.people import Sex
from xuequ.registry.states.staff import Entry, PlacementKind, StandingKind


def on_day(views: StaffViewRows, people: Sequence[AnyRow], day: date) -> list[StaffOnDay]:
    """Return people as of a day with what they hold, in one more statement."""
    held: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    for row in views.held_on([row.id for row in people], day) if people else ():
        kind = StandingKind(row.kind)
        held[row.staff_id][kind.value] = kind.codes(row.code)
    return [_on_day(row, day, held[row.id]) for row in people]


def _on_day(row: AnyRow, day: date, held: dict[str, Any]) -> StaffOnDay:
    return StaffOnDay(
        id=row.id,
        staff_no=row.staff_no,
        name=row.name,
        sex=Sex(row.sex),
        birth_date=row.birth_date,
        as_of=day,
        employer_id=row.employer_id,
        employer=row.employer,
        employed_since=row.employed_since,
        entry=Entry(row.entry) if row.entry else None,
        school_id=row.school_id,
        school=row.school,
        placed_since=row.placed_since,
        placed_until=row.placed_until,
        kind=PlacementKind(row.kind) if row.kind else None,
        **held,
    )


def history(record: Record, views: StaffViewRows) -> StaffHistory:
    """Return everything that is written of somebody's service."""
    return StaffHistory(
        staff_id=record.staff_id,
        staff_no=record.staff_no,
        employments=tuple(
            EmploymentView(
                id=one.row_id or 0,
                school_id=one.what.by.id if one.what.by else None,
                school=one.what.by.name if one.what.by else None,
                since=one.since,
                until=one.until,
                entry=one.what.entry,
                authority=one.what.authority,
                exit=one.what.exit,
                exit_authority=one.what.exit_authority,
            )
            for one in record.employments
        ),
        placements=tuple(
            PlacementView(
                id=one.row_id or 0,
                school_id=one.what.at.id,
                school=one.what.at.name,
                since=one.since,
                until=one.until,
                kind=one.what.kind,
                authority=one.what.authority,
            )
            for one in record.placements
        ),
        standings=tuple(standing_view(row) for row in views.standings([record.staff_id])),
    )


def overview(views: StaffViewRows, day: date) -> StaffOverview:
    """Count staff by school and by what they hold, in four statements whatever their number."""
    employed = {row.school_id: row.staff for row in views.employed_counts(day)}
    working = {row.school_id: row for row in views.working_counts(day)}
    schools = tuple(
        SchoolStaffCount(
            school_id=row.id,
            school=row.code,
            employed=employed.get(row.id, 0),
            working=working[row.id].staff if row.id in working else 0,
            from_elsewhere=working[row.id].from_elsewhere if row.id in working else 0,
        )
        for row in views.schools()
    )
    at_work = sum(row.staff for row in working.values())
    counts = {(row.kind, row.code): row.staff for row in views.held_counts(day)}
    held = tuple(line for kind in StandingKind for line in _held(kind, counts, at_work))
    return StaffOverview(
        as_of=day, employed=sum(employed.values()), working=at_work, schools=schools, held=held
    )


def _held(kind: StandingKind, counts: dict[tuple[str, str], int], at_work: int) -> list[HeldCount]:
    """Return the counts of a kind in the order of its list, and behind them who has none recorded."""
    codes = ((code.code, code.label, counts.get((kind.code, code.code), 0)) for code in kind.codes)
    lines = [HeldCount(kind=kind, code=code, label=label, staff=n) for code, label, n in codes]
    without = at_work - sum(line.staff for line in lines)
    return [*lines, HeldCount(kind=kind, code=None, label="未登记", staff=without)]
