"""What is put on an agenda: what items name, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from xuequ.core.errors import Problem
from xuequ.core.money import Money
from xuequ.core.spans import DaySpan
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.errors.council import CeilingMissing, DecisionUnknown, LineOfOtherSchool
from xuequ.unified.budget.errors.ledger import LineUnknown
from xuequ.unified.budget.schemas.council import ItemProposal
from xuequ.unified.budget.states.council import SPENDABLE, ItemState


@dataclass(frozen=True, slots=True)
class Named:
    """What items name: schools by code, budget lines by id, and which emergencies there are."""

    schools: Mapping[str, int]
    lines: Mapping[int, AnyRow]
    emergencies: Collection[int] = ()

    def problems(self, item: ItemProposal) -> list[Problem]:
        """Say what is wrong with an item that is proposed."""
        found: list[Problem] = []
        if item.matter in SPENDABLE and item.ceiling == Money(0):
            found.append(Problem(CeilingMissing(subject=item.subject, matter=item.matter.label)))
        if item.ratifies_id is not None and item.ratifies_id not in self.emergencies:
            found.append(Problem(DecisionUnknown(item=str(item.ratifies_id))))
        return found + self.place_problems(item.school, item.line_id)

    def place_problems(self, school: str | None, line_id: int | None) -> list[Problem]:
        """Say what is wrong with the school and the line that are named."""
        found: list[Problem] = []
        if school is not None and school not in self.schools:
            found.append(Problem(SchoolUnknown(school=school)))
        if line_id is not None and line_id not in self.lines:
            found.append(Problem(LineUnknown(line=str(line_id))))
        if found or school is None or line_id is None:
            return found
        line = self.lines[line_id]
        if line.school_id in (None, self.schools[school]):
            return []
        return [Problem(LineOfOtherSchool(line=line.name, school=school))]

    def school_of(self, school: str | None, line_id: int | None) -> int | None:
        """Return the id of the school that an item is for: the one that is named, or its line's."""
        if school is not None:
            return self.schools[school]
        return None if line_id is None else self.lines[line_id].school_id


def proposal_values(meeting: AnyRow, number: int, item: ItemProposal, named: Named) -> dict[str, Any]:
    """Return the values of an item on the agenda of a meeting; it is good from the day of the meeting.

    Raises:
        SpanBackwards: it would expire before that.
    """
    span = DaySpan(meeting.day, item.until)
    return {
        **item.model_dump(include={"subject", "line_id", "ratifies_id"}),
        "district_id": meeting.district_id,
        "meeting_id": meeting.id,
        "number": number,
        "matter": item.matter.code,
        "school_id": named.school_of(item.school, item.line_id),
        "ceiling": item.ceiling,
        "drawn": Money(0),
        "since": span.since,
        "until": span.until,
        "state": ItemState.PROPOSED.code,
        "reason": "",
    }
