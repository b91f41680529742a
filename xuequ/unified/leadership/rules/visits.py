"""Pure decisions about supervision visits: who may make them, and how many of those planned there were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from xuequ.core.errors import Problem
from xuequ.core.standards import Standards
from xuequ.unified.leadership.errors.visits import NotInTheTeam


@dataclass(frozen=True, slots=True)
class Paid:
    """A visit that was paid: by whom, to which school."""

    visitor_id: int
    school_id: int


@dataclass(frozen=True, slots=True)
class Link:
    """A school and the leader who is linked with it 挂钩, if it is known."""

    school_id: int
    leader_id: int | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Visits to a school in a term beside those planned; of its linked leader alone when there is one."""

    link: Link
    visits: int
    planned: int

    @property
    def rate(self) -> Fraction | None:
        """Visits ÷ planned; None where none are planned."""
        return Fraction(self.visits, self.planned) if self.planned else None


def check_visitor(staff: str, staff_id: int, team: Collection[int], on: date) -> list[Problem]:
    """Refuse a visit of somebody who is not in the leadership team that day.

    Source: the article, 三、（一） (班子成员挂钩联系、督导); domain rules A §1, entities (visitor).
    """
    return [] if staff_id in team else [Problem(NotInTheTeam(staff=staff, on=str(on)))]


def coverage(links: Iterable[Link], paid: Iterable[Paid], standards: Standards, on: date) -> list[Coverage]:
    """Return for each school how many visits it had of those planned.

    A visit of somebody else does not count for the leader who is linked with the school; a school without a
    link counts every visit.

    Source: domain rules A §1, figures (visit coverage); ``leadership.visits_per_term``, set by the district.
    """
    planned = standards.whole("leadership.visits_per_term", on=on)
    visits = list(paid)
    by_school = Counter(one.school_id for one in visits)
    by_leader = Counter((one.school_id, one.visitor_id) for one in visits)
    return [
        Coverage(
            link,
            by_school[link.school_id]
            if link.leader_id is None
            else by_leader[link.school_id, link.leader_id],
            planned,
        )
        for link in links
    ]
