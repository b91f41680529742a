"""Views of lists of members: what is to be seen to, a year's turnover, backbone teachers and members."""

from __future__ import annotations

from datetime import date

from xuequ.core.fields import Id, View
from xuequ.standards.codes.staff import BackboneLevel
from xuequ.unified.party.schemas.members import GroupView, MemberView, SeatView
from xuequ.unified.party.states.members import Alarm, MemberState, Turn


class AlarmView(View):
    """Something that the branch has to see to; `since` is from when."""

    alarm: Alarm
    since: date | None
    member_id: Id | None = None
    name: str = ""
    what: str = ""


class BranchRoster(View):
    """The roster 党员花名册 of a branch on a day; schools are named, as on paper, and not coded."""

    branch: str
    on: date
    committee: tuple[SeatView, ...]
    groups: tuple[GroupView, ...]
    members: tuple[MemberView, ...]


class TurnLine(View):
    """One member who came or went in a year, and how."""

    member_id: Id
    name: str
    turn: Turn
    on: date


class TurnCount(View):
    """How many came or went one way in a year."""

    turn: Turn
    count: int

    @property
    def sign(self) -> str:
        """Whether it adds or takes away, as a form prints it."""
        return "增" if self.turn.grows else "减"


class YearFlow(View):
    """How the number of members changed in a year 年度党员变动; opening and turns add up to closing."""

    branch: str
    year: int
    opening: int
    closing: int
    lines: tuple[TurnLine, ...]

    def count(self, turn: Turn) -> int:
        """Return how many came or went that way."""
        return sum(line.turn is turn for line in self.lines)

    @property
    def counts(self) -> tuple[TurnCount, ...]:
        """How many came or went, every way there is."""
        return tuple(TurnCount(turn=turn, count=self.count(turn)) for turn in Turn)


class CultivationLine(View):
    """Somebody on one side of the two-way list: a backbone teacher, a member, or both."""

    name: str
    staff_no: str
    school: str | None
    level: BackboneLevel | None
    state: MemberState | None


class CultivationView(View):
    """The two-way list 骨干教师⇄党员: who to make a member, who to make a backbone teacher, who is both."""

    branch: str
    on: date
    to_admit: tuple[CultivationLine, ...]
    to_train: tuple[CultivationLine, ...]
    both: tuple[CultivationLine, ...]
