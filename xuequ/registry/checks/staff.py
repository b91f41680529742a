"""Data checks of staff: work within the employment, and teaching where somebody works."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.core.spans import DaySpan
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.staff import StaffRows
from xuequ.registry.rules.timeline import uncovered


def _by_staff(rows: Iterable[AnyRow]) -> defaultdict[int, list[AnyRow]]:
    found: defaultdict[int, list[AnyRow]] = defaultdict(list)
    for row in rows:
        found[row.staff_id].append(row)
    return found


def _span(row: AnyRow) -> DaySpan:
    return DaySpan(row.since, row.until)


def _outside_employment(ground: Ground) -> Iterator[Finding]:
    rows = StaffRows(ground.session, ground.scope, ground.place)
    numbers = {row.id: row.staff_no for row in rows.everybody()}
    employed = _by_staff(rows.employments(numbers))
    for row in rows.placements(numbers):
        day = uncovered(_span(row), map(_span, employed[row.staff_id]))
        if day is not None:
            yield Finding(
                "xq_registry_placement", row.id, f"{numbers[row.staff_id]} 在 {day} 有工作学校而不在职"
            )


def _teaching_elsewhere(ground: Ground) -> Iterator[Finding]:
    rows = StaffRows(ground.session, ground.scope, ground.place)
    numbers = {row.id: row.staff_no for row in rows.everybody()}
    placed = _by_staff(rows.placements(numbers))
    for row in rows.teachings(numbers):
        there = (p for p in placed[row.staff_id] if row.itinerant or p.school_id == row.school_id)
        day = uncovered(_span(row), map(_span, there))
        if day is not None:
            yield Finding(
                "xq_registry_teaching", row.id, f"{numbers[row.staff_id]} 在 {day} 有任课而不在该校"
            )


CHECKS = (
    DataCheck(
        "registry.placements_within_employment",
        "工作学校的时段都在任用期内",
        _outside_employment,
        "请核对任用和工作学校的起止日期，更正其中之一。",
    ),
    DataCheck(
        "registry.teachers_where_they_teach",
        "任课教师当日在该校工作，或登记为走教",
        _teaching_elsewhere,
        "请交接或终止该任课，或更正工作学校；到别校上课的登记为走教。",
    ),
)
