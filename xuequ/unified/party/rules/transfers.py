"""Pure decisions about memberships on the move: letters, and the group that follows the school."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from xuequ.core.errors import Problem
from xuequ.core.spans import DaySpan, months_later
from xuequ.core.standards import Standards
from xuequ.unified.party.errors.transfers import (
    LetterClosed,
    LetterExpired,
    LetterTooLong,
    NotForTransfer,
    ReceivedBeforeIssued,
)
from xuequ.unified.party.states.members import LetterState, MemberState


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of transfer as it stands."""

    number: str
    state: LetterState
    issued_on: date
    valid_until: date
    closed_on: date | None


def check_letter_days(
    number: str, issued_on: date, valid_until: date, standards: Standards, *, reason: str = ""
) -> list[Problem]:
    """Refuse a letter that is valid for longer than usual without a reason on record.

    Source: 中组发〔2004〕10号 (介绍信的有效期一般不超过三个月); ``party.transfer.letter_months_most``.
    """
    found = standards.find("party.transfer.letter_months_most", on=issued_on)
    if found is None:
        return []
    months = standards.whole("party.transfer.letter_months_most", on=issued_on)
    latest = months_later(issued_on, months)
    if reason or valid_until <= latest + timedelta(days=1):
        return []
    days = (valid_until - issued_on).days
    return [Problem(LetterTooLong(number=number, days=days, latest=str(latest), authority=found.authority))]


def check_transferable(member: str, state: MemberState) -> list[Problem]:
    """Refuse to transfer a suspended membership.

    Source: 《中国共产党党员教育管理工作条例》第二十四条; that it is restored first is our decision.
    """
    if state is not MemberState.SUSPENDED:
        return []
    return [Problem(NotForTransfer(member=member, state=state.label))]


def closing_problems(letter: Letter, on: date) -> list[Problem]:
    """Return what stands against closing a letter on a day, whichever way: it has one effect.

    Source: domain rules A §2 (one responsible branch at every instant).
    """
    if letter.closed_on is not None:
        closed = str(letter.closed_on)
        return [Problem(LetterClosed(number=letter.number, state=letter.state.label, closed_on=closed))]
    if on < letter.issued_on:
        issued = str(letter.issued_on)
        return [Problem(ReceivedBeforeIssued(number=letter.number, issued_on=issued, on=str(on)))]
    return []


def receiving_problems(letter: Letter, on: date) -> list[Problem]:
    """Return what stands against receiving a letter on a day.

    Source: 《中国共产党党员教育管理工作条例》第二十五条; an expired letter goes back.
    """
    problems = closing_problems(letter, on)
    if not problems and on >= letter.valid_until:
        last = str(letter.valid_until - timedelta(days=1))
        return [Problem(LetterExpired(number=letter.number, last_day=last, on=str(on)))]
    return problems


def must_transfer_from(away_since: date, standards: Standards, on: date) -> date:
    """Return the day from which a member who is away at a fixed place must transfer.

    Source: 《中国共产党党员教育管理工作条例》第二十五条 (6 个月以上); ``party.transfer.away_months``.
    """
    return months_later(away_since, standards.whole("party.transfer.away_months", on=on))


@dataclass(frozen=True, slots=True)
class InGroup:
    """A member's days in a group."""

    group_id: int
    span: DaySpan


@dataclass(frozen=True, slots=True)
class AtSchool:
    """A member's days at a school."""

    school_id: int
    span: DaySpan


def follow_schools(
    days: DaySpan,
    places: Sequence[InGroup],
    schools: Sequence[AtSchool],
    serving: Callable[[int, date], int | None],
) -> list[InGroup]:
    """Return in which group a member is, once the group follows the school where they work.

    A school without a group of the branch, as one of another district, leaves the member in the old group;
    so do days without a school. The branch is the same throughout.

    Args:
        days: from which day on, and as long as the branch is responsible.
        places: the groups so far, by day, in or after those days.
        schools: where the member works, by day, in or after those days.
        serving: which group of the branch a school belongs to on a day.

    Source: the article, （二）统一党组织活动 (组织关系统一管理); domain rules A §2 (轮岗 changes the group).
    """
    before = next((one for one in places if days.since in one.span), None)
    group = before.group_id if before is not None else None
    begun = before.span.since if before is not None else days.since
    found: list[InGroup] = []
    for school in sorted(schools, key=lambda one: one.span.since):
        begin = max(school.span.since, days.since)
        if days.until is not None and begin >= days.until:
            break
        wanted = serving(school.school_id, begin)
        if wanted is None or wanted == group:
            continue
        if group is not None and begin > begun:
            found.append(InGroup(group, DaySpan(begun, begin)))
        group, begun = wanted, begin
    if group is not None:
        found.append(InGroup(group, DaySpan(begun, days.until)))
    return found
