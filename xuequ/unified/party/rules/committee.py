"""Pure decisions about the branch committee."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from xuequ.core.errors import Problem
from xuequ.core.spans import months_later
from xuequ.core.standards import Standards
from xuequ.unified.party.errors.members import (
    CommitteeNotDue,
    CommitteeTooLarge,
    CommitteeUnusual,
    NotInGoodStanding,
    SecretaryNotOne,
)
from xuequ.unified.party.states.members import MemberState, Office

LEADING = frozenset({Office.SECRETARY, Office.DEPUTY})
"""The offices that a branch without a committee may have."""


def committee_due(full_members: int, standards: Standards, on: date) -> bool:
    """Tell whether a branch of so many full members has a committee.

    Source: 《中国共产党支部工作条例（试行）》第六章 (正式党员 7 人以上); ``party.committee.from_members``.
    """
    return full_members >= standards.whole("party.committee.from_members", on=on)


def committee_problems(
    seats: Sequence[tuple[int, Office]],
    full_members: int,
    standards: Standards,
    on: date,
    *,
    reason: str = "",
) -> list[Problem]:
    """Return everything that stands against a committee as it was elected.

    A size beyond the most is refused; one that is only unusual needs a reason on record.

    Source: 《中国共产党支部工作条例（试行）》第六章; ``party.committee.*``.
    """
    problems: list[Problem] = []
    secretaries = sum(office is Office.SECRETARY for _, office in seats)
    if secretaries != 1:
        problems.append(Problem(SecretaryNotOne(secretaries=secretaries)))
    if standards.find("party.committee.from_members", on=on) is None:
        return problems  # a committee of before the rule, entered as it stands
    if not committee_due(full_members, standards, on):
        if any(office not in LEADING for _, office in seats):
            due = standards.entry("party.committee.from_members", on=on)
            wanted = standards.whole("party.committee.from_members", on=on)
            error = CommitteeNotDue(members=full_members, wanted=wanted, authority=due.authority)
            problems.append(Problem(error))
        return problems
    return problems + size_problems(len(seats), standards, on, reason=reason)


def size_problems(size: int, standards: Standards, on: date, *, reason: str = "") -> list[Problem]:
    """Return what is wrong with the number of a committee.

    Source: 《中国共产党支部工作条例（试行）》第六章 (一般 3 至 5 人, 最多不超过 7 人).
    """
    most = standards.entry("party.committee.size_most", on=on)
    ceiling = standards.whole("party.committee.size_most", on=on)
    if size > ceiling:
        return [Problem(CommitteeTooLarge(size=size, most=ceiling, authority=most.authority))]
    least = standards.whole("party.committee.size_least", on=on)
    usual = standards.whole("party.committee.size_usual", on=on)
    if least <= size <= usual or reason:
        return []
    error = CommitteeUnusual(size=size, least=least, usual=usual, authority=most.authority)
    return [Problem(error)]


def standing_problems(seated: Iterable[tuple[str, MemberState]], on: date) -> list[Problem]:
    """Refuse an office to whoever is not a full member in good standing.

    Source: 《中国共产党章程》第一章 (预备党员没有表决权、选举权和被选举权).
    """
    return [
        Problem(NotInGoodStanding(member=member, state=state.label, on=str(on)))
        for member, state in seated
        if state is not MemberState.FULL
    ]


def term_end(since: date, standards: Standards) -> date:
    """Return the first day after the usual term of a committee that took office on a day.

    Source: 《中国共产党支部工作条例（试行）》第六章 (每届任期一般为 3 年); ``party.committee.term_years``.
    """
    return months_later(since, 12 * standards.whole("party.committee.term_years", on=since))
