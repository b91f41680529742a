"""Allotments as views."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xuequ.core.money import Money
from xuequ.core.standards import Standards
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.rules.allotments import AllottedLine
from xuequ.unified.budget.schemas.allotments import (
    AllotmentLineView,
    AllotmentSchoolView,
    AllotmentView,
    UsedStandardView,
)
from xuequ.unified.budget.service.allotments.computing import Computed
from xuequ.unified.budget.states.allotments import AllotmentItem


def allotment_view(
    year: int, computed: Computed, standards: Standards, adopted: AnyRow | None = None
) -> AllotmentView:
    """Return an allotment as its view; one that is only computed was adopted by nobody."""
    kept: dict[str, Any] = {"id": None, "number": 0, "reason": "", "document_no": "", "adopted_on": None}
    if adopted is not None:
        kept = {name: getattr(adopted, name) for name in kept}
    return AllotmentView(
        **kept,
        year=year,
        headcount_id=computed.headcount_id,
        count_date=computed.count_date,
        total=computed.total,
        lines=tuple(_line(computed, line) for line in computed.lines),
        schools=tuple(_schools(computed)),
        standards=tuple(_standards(computed, standards)),
    )


def _line(computed: Computed, line: AllottedLine) -> AllotmentLineView:
    school = computed.schools[line.school_id]
    return AllotmentLineView(
        school=school.code,
        school_name=school.name,
        stage=line.stage,
        item=line.item,
        standard_key=line.key,
        rate=line.rate,
        actual=line.actual,
        counted=line.counted,
        amount=line.amount,
    )


def _schools(computed: Computed) -> Iterator[AllotmentSchoolView]:
    for school_id, school in computed.schools.items():
        lines = [line for line in computed.lines if line.school_id == school_id]
        if not lines:
            continue
        amounts = {
            item: Money.total(line.amount for line in lines if line.item is item) for item in AllotmentItem
        }
        base = [line for line in lines if line.item is AllotmentItem.BASE]
        judged = computed.judged[school_id]
        yield AllotmentSchoolView(
            school=school.code,
            school_name=school.name,
            eligible=judged.eligible,
            basis=judged.basis,
            actual=sum(line.actual for line in base),
            counted=sum(line.counted for line in base),
            **{item.code: amount for item, amount in amounts.items()},
            amount=Money.total(amounts.values()),
        )


def _standards(computed: Computed, standards: Standards) -> Iterator[UsedStandardView]:
    for used in computed.used:
        declared = standards.declared.get(used.key)
        yield UsedStandardView(
            key=used.key,
            label=declared.label if declared else used.key,
            since=used.since,
            place=used.place or "全国",
            value=used.value,
            authority=used.authority,
            checked=used.checked,
        )
