"""An allotment as a value: computed from standards and a frozen headcount, or read as it was adopted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xuequ.core.context import Context
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.money import Money
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.places import SchoolKind
from xuequ.unified.budget.errors.allotments import NoAutumnReturn
from xuequ.unified.budget.repository.allotments import AllotmentRows
from xuequ.unified.budget.rules.allotments import (
    AllottedLine,
    Heads,
    SchoolHeads,
    UsedStandard,
    allot,
    autumn_of,
    rates_of,
    small_kinds,
    standards_of,
)
from xuequ.unified.budget.rules.years import twice
from xuequ.unified.budget.schemas.allotments import Eligibility
from xuequ.unified.budget.states.allotments import AllotmentItem


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether a school may count as a small rural one, and why."""

    eligible: bool
    basis: str


@dataclass(frozen=True, slots=True)
class Computed:
    """An allotment's lines, and everything that they follow from."""

    headcount_id: int
    count_date: date
    used: tuple[UsedStandard, ...]
    schools: Mapping[int, AnyRow]
    judged: Mapping[int, Judged]
    lines: Sequence[AllottedLine]

    @property
    def total(self) -> Money:
        """What the lines come to."""
        return Money.total(line.amount for line in self.lines)


def compute(context: Context, rows: AllotmentRows, year: int, decided: Sequence[Eligibility]) -> Computed:
    """Compute a year's allotment by the standards of its first day and last autumn's statistical return.

    Raises:
        NoAutumnReturn: none was frozen.
        Problems: schools that are unknown or decided on twice.
    """
    since, until = autumn_of(year, context.standards)
    headcount = rows.autumn_return(since, until)
    if headcount is None:
        raise NoAutumnReturn(year=year, autumn=since.year)
    heads = rows.heads(headcount.id)
    kinds = small_kinds(year, context.standards)
    judged = _judge(heads, kinds, rows.schools(), decided)
    counted = (headcount.id, headcount.count_date)
    return _computed(counted, standards_of(year, context.standards), heads, judged)


def recompute(rows: AllotmentRows, adopted: AnyRow) -> Computed:
    """Compute an allotment again by the entries and the headcount that it keeps, whatever holds today."""
    heads, used = rows.heads(adopted.headcount_id), _used_by(rows, adopted)
    counted = (adopted.headcount_id, adopted.count_date)
    return _computed(counted, used, heads, _kept(rows, adopted))


def stored(rows: AllotmentRows, adopted: AnyRow) -> Computed:
    """Read an allotment as it was adopted."""
    lines = [
        AllottedLine(
            *(row.school_id, Stage(row.stage), AllotmentItem(row.item), row.standard_key),
            *(row.rate, row.actual, row.counted),
        )
        for row in rows.lines_allotted(adopted.id)
    ]
    schools = {row.school_id: row for row in rows.heads(adopted.headcount_id)}
    return Computed(
        adopted.headcount_id,
        adopted.count_date,
        _used_by(rows, adopted),
        schools,
        _kept(rows, adopted),
        lines,
    )


def _kept(rows: AllotmentRows, adopted: AnyRow) -> dict[int, Judged]:
    return {row.school_id: Judged(row.eligible, row.basis) for row in rows.schools_judged(adopted.id)}


def _used_by(rows: AllotmentRows, adopted: AnyRow) -> tuple[UsedStandard, ...]:
    """Read the entries that an allotment was computed by."""
    return tuple(
        UsedStandard(row.key, row.since, row.place, row.value, row.authority, row.checked)
        for row in rows.standards_used(adopted.id)
    )


def _judge(
    heads: Iterable[AnyRow],
    kinds: frozenset[str],
    known: Mapping[str, Any],
    decided: Sequence[Eligibility],
) -> dict[int, Judged]:
    unknown = [Problem(SchoolUnknown(school=one.school)) for one in decided if one.school not in known]
    refuse_if([*unknown, *twice(one.school for one in decided)])
    said = {one.school: Judged(one.eligible, one.reason) for one in decided}
    return {
        row.school_id: said.get(row.code)
        or Judged(row.kind in kinds, f"学校类别：{SchoolKind(row.kind).label}")
        for row in heads
    }


def _computed(
    counted: tuple[int, date],
    used: tuple[UsedStandard, ...],
    heads: Sequence[AnyRow],
    judged: Mapping[int, Judged],
) -> Computed:
    by_school: defaultdict[int, dict[Stage, Heads]] = defaultdict(dict)
    for row in heads:
        pupils = Heads(int(row.in_school), int(row.boarders), int(row.special_needs))
        by_school[row.school_id][Stage(row.stage)] = pupils
    schools = [
        SchoolHeads(school_id, judged[school_id].eligible, by_school[school_id]) for school_id in by_school
    ]
    lines = allot(schools, rates_of(used))
    return Computed(*counted, used, {row.school_id: row for row in heads}, judged, lines)
