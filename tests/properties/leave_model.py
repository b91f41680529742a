"""A plain model of leave: half-days by number, leaves as small records, every rule told once more."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

FIRST = date(2026, 9, 1)
"""The Tuesday on which the model's half-day 0 is the morning."""
OFF = {date(2026, 9, 25), *(date(2026, 10, day) for day in range(1, 8))}
MADE_UP = {date(2026, 9, 20), date(2026, 10, 10)}

P, D, H, T, U = "s1-T1", "s1-T2", "s2-T1", "s2-T2", "s2-T3"
"""The principal, the academic director, the first head of s2, and two who teach there at first."""
PEOPLE = (P, D, H, T, U)
ACTIVE, GRANTED = ("submitted", "approved", "returned"), ("approved", "returned")


class Refused(Exception):
    """The model refuses, for these reasons."""

    def __init__(self, *codes: str) -> None:
        super().__init__(codes)
        self.codes = {code if "." in code else f"leadership.{code}" for code in codes}


def day_of(half: int) -> date:
    return FIRST + timedelta(days=half // 2)


def works(half: int) -> bool:
    """Tell whether school runs: Monday to Friday without holidays, and the days made up."""
    day = day_of(half)
    return day in MADE_UP or (day.isoweekday() <= 5 and day not in OFF)


@dataclass
class Leave:
    """One leave as the model has it."""

    who: str
    kind: str
    first: int
    last: int
    reach: int
    slots: set[int]
    state: str = "submitted"
    asks: list[str] = field(default_factory=lambda: ["submitted"])
    grounds: list[str | None] = field(default_factory=lambda: [None])
    reported: bool = False
    told: set[int] = field(default_factory=set[int])
    """Half-days that `record_taken` has told of, without those that were taken back."""

    @property
    def waits(self) -> bool:
        return self.asks[-1] == "submitted"


@dataclass
class Model:
    """All leaves, who heads school s2 from when, and where people work from when."""

    leaves: dict[int, Leave] = field(default_factory=dict[int, Leave])
    heads: list[tuple[date, str | None]] = field(default_factory=lambda: [(FIRST, H)])
    places: dict[str, list[tuple[date, str]]] = field(
        default_factory=lambda: {who: [(FIRST, who[:2])] for who in PEOPLE}
    )
    now: int = 0

    @property
    def today(self) -> date:
        return day_of(self.now)

    def head(self, on: date) -> str | None:
        return [who for since, who in self.heads if since <= on][-1]

    def school(self, who: str, on: date) -> str:
        return [school for since, school in self.places[who] if since <= on][-1]

    def counted(self, kind: str, first: int, last: int) -> set[int]:
        return {half for half in range(first, last + 1) if kind == "maternity" or works(half)}

    def others(self, who: str, but: int | None = None) -> list[Leave]:
        return [
            one for key, one in self.leaves.items() if one.who == who and one.state in ACTIVE and key != but
        ]

    def total(self, leave: Leave) -> int:
        """Flood from the leave over what is leave or no work; add up what counts of the leaves reached."""
        every = self.others(leave.who)
        taken = {half for one in every for half in range(one.first, one.reach + 1)}
        low, high = leave.first, leave.reach
        while low > -80 and (low - 1 in taken or not works(low - 1)):
            low -= 1
        while high < 400 and (high + 1 in taken or not works(high + 1)):
            high += 1
        reached = [one for one in every if one.first <= high and low <= one.reach]
        return len(set[int]().union(*(one.slots for one in reached)))

    # acts

    def request(self, key: int, who: str, kind: str, first: int, last: int, *, reason: bool) -> None:
        slots = self.counted(kind, first, last)
        wrong = [] if slots else ["nothing_to_take"]
        wrong += ["leave_overlaps" for o in self.others(who) if o.first <= last and first <= o.reach]
        wrong += ["late_reason_missing"] if self.now > first and not reason else []
        if wrong:
            raise Refused(*wrong)
        self.leaves[key] = Leave(who, kind, first, last, last, slots)

    def may_enter(self, leave: Leave, by: str, *, posts: tuple[str, ...]) -> None:
        """Refuse who holds no post at the school of the leave today."""
        school = self.school(leave.who, day_of(leave.first))
        chief = "principal" in posts and by == P
        office = "office" in posts and by == D
        head = "head" in posts and by == self.head(self.today) and school == "s2"
        if not (chief or office or head):
            raise Refused("core.action_not_permitted")

    def ground(self, leave: Leave, by: str) -> str:
        """Return as what somebody may decide today."""
        self.may_enter(leave, by, posts=("principal", "head"))
        if not leave.waits:
            raise Refused("leave_decided")
        if by == leave.who:
            raise Refused("own_leave")
        if leave.who == P:
            raise Refused("not_the_approver")
        if by == P:
            return "principal"
        schools = {self.school(leave.who, day_of(half)) for half in leave.slots}
        plain = leave.who not in (D, self.head(self.today))
        if self.total(leave) <= 1 and schools == {"s2"} and plain:
            return "head"
        raise Refused("not_the_approver")

    def decide(self, key: int, by: str, *, approved: bool) -> None:
        leave = self.leaves[key]
        leave.grounds[-1] = self.ground(leave, by)
        if approved:
            self.settle(leave)
        else:
            self.drop(leave, "rejected")

    def record(self, key: int) -> None:
        """The office records the bureau's decision."""
        leave = self.leaves[key]
        if leave.who == D:
            raise Refused("own_leave")
        if not leave.waits:
            raise Refused("leave_decided")
        if leave.who != P:
            raise Refused("not_the_approver")
        leave.grounds[-1] = "bureau"
        self.settle(leave)

    def settle(self, leave: Leave) -> None:
        leave.asks[-1], leave.state, leave.last = "approved", "approved", leave.reach

    def drop(self, leave: Leave, how: str) -> None:
        """End what waits: the leave itself, or its extension."""
        leave.asks[-1] = how
        if len(leave.asks) == 1:
            leave.state, leave.slots = how, set()
        else:
            leave.slots = {half for half in leave.slots if half <= leave.last}
        leave.reach = leave.last

    def extend(self, key: int, last: int) -> None:
        leave = self.leaves[key]
        if leave.state != "approved":
            raise Refused("core.illegal_transition")
        if leave.waits:
            raise Refused("extension_waits")
        if last <= leave.last:
            raise Refused("extension_not_later")
        more = self.counted(leave.kind, leave.last + 1, last)
        wrong = [] if more else ["nothing_to_take"]
        others = self.others(leave.who, key)
        wrong += ["leave_overlaps" for o in others if o.first <= last and leave.last < o.reach + 0.5]
        if wrong:
            raise Refused(*wrong)
        leave.reach, leave.slots = last, leave.slots | more
        leave.asks.append("submitted")
        leave.grounds.append(None)

    def withdraw(self, key: int) -> None:
        leave = self.leaves[key]
        extension = leave.state == "approved" and leave.waits
        if not extension and leave.state not in ("submitted", "approved"):
            raise Refused("core.illegal_transition")
        if self.now >= (leave.last + 1 if extension else leave.first):
            raise Refused("leave_begun")
        if leave.waits:
            self.drop(leave, "withdrawn")
        else:
            leave.state, leave.slots = "withdrawn", set()

    def cancel(self, key: int) -> None:
        leave = self.leaves[key]
        if leave.who == D:
            raise Refused("own_leave")
        if leave.state not in GRANTED:
            raise Refused("core.illegal_transition")
        if leave.waits:
            self.drop(leave, "withdrawn")
        leave.state, leave.slots, leave.told = "cancelled", set(), set()

    def come_back(self, key: int, back: int) -> None:
        leave = self.leaves[key]
        if leave.who == D:
            raise Refused("own_leave")
        if leave.state != "approved":
            raise Refused("core.illegal_transition")
        if not leave.first < back <= self.now:
            raise Refused("not_back_yet")
        if leave.waits:
            self.drop(leave, "withdrawn")
        leave.state = "returned"
        if back <= leave.last:
            leave.last = leave.reach = back - 1
            leave.slots = {half for half in leave.slots if half < back}
            leave.told = {half for half in leave.told if half < back}

    def report(self, key: int) -> None:
        leave = self.leaves[key]
        owed = [a == "approved" and g == "head" for a, g in zip(leave.asks, leave.grounds, strict=True)]
        if not any(owed):
            raise Refused("nothing_to_report")
        if leave.reported:
            raise Refused("reported_already")
        leave.reported = True

    def take(self) -> None:
        """What has passed of what was approved is told."""
        for leave in self.leaves.values():
            leave.told |= self.passed(leave)

    def passed(self, leave: Leave) -> set[int]:
        if leave.state not in GRANTED:
            return set()
        return {half for half in leave.slots if half < self.now and half <= leave.last}
