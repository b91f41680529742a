"""Pure decisions about what a branch has to see to; an alarm says so and does nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from xuequ.core.standards import Standards
from xuequ.unified.party.rules.members import removable_from
from xuequ.unified.party.rules.transfers import must_transfer_from
from xuequ.unified.party.states.members import Alarm, MemberState, Office


@dataclass(frozen=True, slots=True)
class Belonging:
    """A member of a branch as the register shows them on a day.

    `employed_in` and `placed_in` are districts, `staff` whether they ever were in service here.
    """

    state: MemberState
    state_since: date
    grouped: bool
    staff: bool
    employed: bool
    employed_in: int | None
    employed_since: date | None
    placed_in: int | None
    placed_since: date | None
    away_since: date | None


def member_alarms(
    member: Belonging, district_id: int, standards: Standards, on: date
) -> list[tuple[Alarm, date | None]]:
    """Return what is to be seen to about a member, and since when.

    Who was employed elsewhere must transfer at once; who is away at a fixed place after some months; the
    removal of who was not found is proposed, and never done here.

    Source: 《中国共产党党员教育管理工作条例》第二十四条、第二十五条; domain rules A §2.
    """
    found: list[tuple[Alarm, date | None]] = []
    if member.state is MemberState.SUSPENDED:
        due = removable_from(member.state_since, standards, on)
        if on >= due:
            found.append((Alarm.REMOVAL_DUE, due))
    elsewhere = member.employed_in is not None and member.employed_in != district_id
    if elsewhere:
        found.append((Alarm.UNIT_CHANGED, member.employed_since))
    lent = member.placed_since if member.placed_in not in (None, district_id) and not elsewhere else None
    began = [day for day in (member.away_since, lent) if day is not None]
    if began:
        due = must_transfer_from(min(began), standards, on)
        if on >= due:
            found.append((Alarm.AWAY, due))
    if member.staff and not member.employed:
        found.append((Alarm.LEFT_SERVICE, None))
    if not member.grouped:
        found.append((Alarm.WITHOUT_GROUP, None))
    return found


@dataclass(frozen=True, slots=True)
class Organised:
    """A branch as it is organised on a day: its size, its committee, and when the term ends."""

    members: int
    full: int
    offices: Sequence[Office]
    term_ends_on: date | None


def organisation_alarms(branch: Organised, standards: Standards, on: date) -> Iterator[Alarm]:
    """Yield what is to be seen to about a branch: size, committee, term.

    Source: 《中国共产党支部工作条例（试行）》第二章、第六章; ``party.branch.*``, ``party.committee.*``.
    """

    def figure(key: str) -> int:
        return standards.whole(key, on=on)

    if branch.full < figure("party.branch.members_least"):
        yield Alarm.TOO_FEW
    if branch.members > figure("party.branch.members_most"):
        yield Alarm.TOO_MANY
    size, due = len(branch.offices), branch.full >= figure("party.committee.from_members")
    others = [one for one in branch.offices if one not in (Office.SECRETARY, Office.DEPUTY)]
    if due and not others:
        yield Alarm.COMMITTEE_MISSING
    elif not due and others:
        yield Alarm.COMMITTEE_NOT_DUE
    elif due and not figure("party.committee.size_least") <= size <= figure("party.committee.size_usual"):
        yield Alarm.COMMITTEE_SIZE
    if Office.SECRETARY not in branch.offices:
        yield Alarm.SECRETARY_MISSING
    if branch.term_ends_on is not None and on >= branch.term_ends_on:
        yield Alarm.TERM_OVER
