"""Pure decisions about a branch and who is a member of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from xuequ.core.errors import IllegalTransition, Problem, XuequError
from xuequ.core.spans import DaySpan, months_later
from xuequ.core.standards import Standards
from xuequ.unified.party.errors.members import (
    BranchTooSmall,
    ContactNotLostLongEnough,
    DatesOutOfOrder,
    ExitNotFor,
    ExtendedAlready,
    ExtensionUnlawful,
    FullDayMissing,
    FullDayTooMuch,
    ProbationNotOver,
    RemovalTooEarly,
)
from xuequ.unified.party.states.members import EXITS, STEPS, MemberExit, MemberState


def check_founding(full_members: int, standards: Standards, on: date) -> list[Problem]:
    """Refuse a branch of its own for too few full members.

    Source: 《中国共产党支部工作条例（试行）》第二章 (正式党员 3 人以上); ``party.branch.members_least``.
    """
    least = standards.entry("party.branch.members_least", on=on)
    count = standards.whole("party.branch.members_least", on=on)
    if full_members >= count:
        return []
    return [Problem(BranchTooSmall(members=full_members, least=count, authority=least.authority))]


@dataclass(frozen=True, slots=True)
class Entered:
    """A membership under way, as it is entered: who, what they are, and the days of it."""

    who: str
    state: MemberState
    joined_on: date
    full_on: date | None
    since: date
    suspended_on: date | None
    lost_since: date | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """What somebody is over some days."""

    state: MemberState
    span: DaySpan
    lost_since: date | None = None


def entering_problems(entered: Entered, founded_on: date, today: date) -> list[Problem]:
    """Return what is wrong with the days of a membership that is entered.

    Args:
        founded_on: when the branch was founded, before which it was responsible for nobody.
        today: after which nothing has happened yet.

    Source: domain rules A §2: membership counts from the meeting, a full member from the conversion.
    """
    errors = _state_days(entered)
    days: list[tuple[str, date | None]] = [
        ("入党", entered.joined_on),
        ("转正", entered.full_on),
        ("失去联系", entered.lost_since),
        ("停止党籍", entered.suspended_on),
        ("今天", today),
    ]
    errors += _unordered(entered.who, days)
    errors += _unordered(entered.who, [("党支部成立", founded_on), ("编入本支部", entered.since)])
    errors += _unordered(
        entered.who, [("入党", entered.joined_on), ("编入本支部", entered.since), ("今天", today)]
    )
    return [Problem(error) for error in errors]


def _state_days(entered: Entered) -> list[XuequError]:
    errors: list[XuequError] = []
    if entered.state is MemberState.FULL and entered.full_on is None:
        errors.append(FullDayMissing(person=entered.who))
    if entered.state is MemberState.PROBATIONARY and entered.full_on is not None:
        errors.append(FullDayTooMuch(person=entered.who))
    suspended = entered.state is MemberState.SUSPENDED
    if suspended != (entered.suspended_on is not None):
        errors.append(IllegalTransition(machine="党员状态", from_=entered.state.label, to="停止党籍日期"))
    return errors


def _unordered(who: str, days: Sequence[tuple[str, date | None]]) -> list[XuequError]:
    """Return an error for every known day that comes before the known one listed ahead of it."""
    known = [(what, day) for what, day in days if day is not None]
    return [
        DatesOutOfOrder(person=who, first=what, first_day=str(day), then=then, then_day=str(later))
        for (what, day), (then, later) in pairwise(known)
        if later < day
    ]


def stretches(entered: Entered) -> list[Stretch]:
    """Return what somebody has been, without a gap from joining until now.

    Source: domain rules A §2, invariants (status spans unbroken).
    """
    begun = [(MemberState.PROBATIONARY, entered.joined_on), (MemberState.FULL, entered.full_on)]
    begun.append((MemberState.SUSPENDED, entered.suspended_on))
    known = [(state, day) for state, day in begun if day is not None]
    ends = [*(day for _, day in known[1:]), None]
    return [
        Stretch(state, DaySpan(day, until), entered.lost_since if state is MemberState.SUSPENDED else None)
        for (state, day), until in zip(known, ends, strict=True)
        if until is None or until > day
    ]


def probation_ends(joined_on: date, standards: Standards) -> date:
    """Return the first day on which a member who joined that day may become a full one.

    Source: 《中国共产党发展党员工作细则》 (预备期为一年, 从支部大会通过其为预备党员之日算起);
    ``party.development.probation_months``.
    """
    return months_later(joined_on, standards.whole("party.development.probation_months", on=joined_on))


def check_confirmation(member: str, ends_on: date, on: date) -> list[Problem]:
    """Refuse to make somebody a full member before the probation is over.

    Source: 《中国共产党发展党员工作细则》 (预备期满后方可转正); domain rules A §2, refuse.
    """
    if on >= ends_on:
        return []
    return [Problem(ProbationNotOver(member=member, ends_on=str(ends_on), on=str(on)))]


def check_extension(
    member: str, months: int, extended_on: date | None, standards: Standards, on: date
) -> list[Problem]:
    """Refuse to extend a probation twice, or by too little or too much.

    Source: 《中国共产党发展党员工作细则》 (延长一次, 半年以上一年以下);
    ``party.development.extension_least_months``, ``…extension_most_months``, ``…extensions_most``.
    """
    problems: list[Problem] = []
    least = standards.whole("party.development.extension_least_months", on=on)
    most = standards.whole("party.development.extension_most_months", on=on)
    times = standards.whole("party.development.extensions_most", on=on)
    if extended_on is not None:
        problems.append(Problem(ExtendedAlready(member=member, extended_on=str(extended_on), most=times)))
    if not least <= months <= most:
        problems.append(Problem(ExtensionUnlawful(member=member, months=months, least=least, most=most)))
    return problems


def check_step(now: MemberState, to: MemberState) -> list[Problem]:
    """Refuse a step that a membership does not take.

    Source: 《中国共产党章程》第一章; `states.members.STEPS`.
    """
    return [] if to in STEPS[now] else [Problem(_illegal(now, to))]


def check_on_probation(now: MemberState) -> list[Problem]:
    """Refuse to confirm, or to extend the probation of, whoever is not on probation.

    Source: 《中国共产党发展党员工作细则》; that a suspended one is restored first is our decision.
    """
    return [] if now is MemberState.PROBATIONARY else [Problem(_illegal(now, MemberState.FULL))]


def check_restoring(now: MemberState) -> list[Problem]:
    """Refuse to restore a membership that is not suspended.

    Source: 《中国共产党党员教育管理工作条例》第二十四条.
    """
    return [] if now is MemberState.SUSPENDED else [Problem(_illegal(now, now))]


def _illegal(now: MemberState, to: MemberState) -> IllegalTransition:
    return IllegalTransition(machine="党员状态", from_=now.label, to=to.label)


def check_suspension(member: str, lost_since: date, on: date, standards: Standards) -> list[Problem]:
    """Refuse to suspend a membership before contact was lost for long enough.

    Source: 《中国共产党党员教育管理工作条例》第二十四条; ``party.lost_contact.months``.
    """
    earliest = months_later(lost_since, standards.whole("party.lost_contact.months", on=on))
    if on >= earliest:
        return []
    error = ContactNotLostLongEnough(
        member=member, lost_since=str(lost_since), earliest=str(earliest), on=str(on)
    )
    return [Problem(error)]


def removable_from(suspended_on: date, standards: Standards, on: date) -> date:
    """Return the day from which somebody who is still not found may be proposed for removal 除名.

    Source: 《中国共产党党员教育管理工作条例》第二十四条; ``party.lost_contact.removal_years``.
    """
    return months_later(suspended_on, 12 * standards.whole("party.lost_contact.removal_years", on=on))


def check_ending(
    member: str, state: MemberState, since: date, exit_: MemberExit, on: date, standards: Standards
) -> list[Problem]:
    """Refuse a way out that is none for the state, and the removal of a suspended member too early.

    Args:
        since: since when the member is what the state says.

    Source: 《中国共产党章程》第一章、第七章; 《党员教育管理工作条例》第二十四条.
    """
    if state not in EXITS[exit_]:
        return [Problem(ExitNotFor(member=member, exit=exit_.label, state=state.label))]
    if state is MemberState.SUSPENDED and exit_ is MemberExit.REMOVED:
        earliest = removable_from(since, standards, on)
        if on < earliest:
            error = RemovalTooEarly(
                member=member, suspended_on=str(since), earliest=str(earliest), on=str(on)
            )
            return [Problem(error)]
    return []
