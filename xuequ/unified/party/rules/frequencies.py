"""Pure decisions about how often: what was held in a whole month, quarter or year, and what was missed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import combinations

from xuequ.core.errors import Problem
from xuequ.core.spans import DaySpan
from xuequ.core.standards import Standard, Standards
from xuequ.unified.party.errors.meetings import NoReasonExcuses, ReasonNotNeeded
from xuequ.unified.party.states.meetings import Completion, MeetingKind


class Per(Enum):
    """The period in which so many meetings are held; the value is its months."""

    MONTH = 1
    QUARTER = 3
    YEAR = 12


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often meetings of a kind are held: the rule parameter with the number, and the period.

    `by_leaders` counts only lectures that the secretary or a member of the committee gives.
    """

    kind: MeetingKind
    key: str
    per: Per
    by_leaders: bool = False

    @property
    def label(self) -> str:
        """What people call it."""
        return "书记等讲党课" if self.by_leaders else self.kind.label


K = MeetingKind
FREQUENCIES = (
    Frequency(K.BRANCH, "party.branch_meeting.per_quarter", Per.QUARTER),
    Frequency(K.COMMITTEE, "party.committee.per_month", Per.MONTH),
    Frequency(K.GROUP, "party.group_meeting.per_month", Per.MONTH),
    Frequency(K.LECTURE, "party.lecture.per_quarter", Per.QUARTER),
    Frequency(K.LECTURE, "party.lecture.by_leaders_per_year", Per.YEAR, by_leaders=True),
    Frequency(K.THEME_DAY, "party.theme_day.per_month", Per.MONTH),
    Frequency(K.LIFE, "party.life_meeting.per_year", Per.YEAR),
    Frequency(K.APPRAISAL, "party.appraisal.per_year", Per.YEAR),
    Frequency(K.TALK, "party.talks.per_year", Per.YEAR),
)
"""Every kind of meeting with its frequency, in the order of the regulation."""

STRENGTHS = {"must": "应当", "usually": "一般", "may": "可以", "": "自定"}


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting that was held and counts: the day, and whether a leader lectured."""

    on: date
    by_leader: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """How a kind of meeting stands in one period, by which entry of the rule parameters."""

    period: DaySpan
    state: Completion
    held: tuple[date, ...] = ()
    reason: str = ""
    entry: Standard | None = None

    @property
    def wording(self) -> str:
        """What a form prints."""
        days = "、".join(f"{day.month}月{day.day}日" for day in self.held)
        more = days or self.reason
        return f"{self.state.label}：{more}" if more else self.state.label


def period_of(day: date, per: Per) -> DaySpan:
    """Return the whole calendar month, quarter or year that holds a day.

    Source: domain rules A §2, caution (c): judged by whole calendar quarters and months.

    >>> str(period_of(date(2026, 8, 20), Per.QUARTER))
    '2026-07-01 至 2026-09-30'
    """
    first = (day.month - 1) // per.value * per.value + 1
    years, month = divmod(first - 1 + per.value, 12)
    return DaySpan(date(day.year, first, 1), date(day.year + years, month + 1, 1))


def periods_of_year(year: int, per: Per) -> Iterator[DaySpan]:
    """Walk the months, the quarters or the one period of a year.

    Source: as `period_of`.
    """
    for month in range(1, 13, per.value):
        yield period_of(date(year, month, 1), per)


def judge(
    frequency: Frequency,
    period: DaySpan,
    held: Iterable[Held],
    standing: Iterable[DaySpan],
    standards: Standards,
    today: date,
    reason: str = "",
) -> Judged:
    """Judge one kind of meeting in one period.

    What was held in a period counts also where it was not due. It is due only where whoever holds it stood
    all through the period and the rule held from its first day on; until the period is over it is not
    missed. Holidays of the school suspend nothing.

    Args:
        frequency: the kind and how often.
        period: a whole month, quarter or year.
        held: the meetings of that body that count.
        standing: the days on which the branch, the committee or the group stood.
        standards: the rule parameters.
        today: by the context's clock.
        reason: why it was not held, where that is recorded.

    Source: 《支部工作条例（试行）》 §11–19; domain rules A §2, cautions (a), (c), (d).
    """
    days = tuple(
        sorted(one.on for one in held if one.on in period and (one.by_leader or not frequency.by_leaders))
    )
    entry = standards.find(frequency.key, on=period.since)
    if entry is None or not isinstance(entry.value, int) or not _whole(period, standing):
        return Judged(period, Completion.MET if days else Completion.NOT_APPLICABLE, days, entry=entry)
    if len(days) >= entry.value:
        return Judged(period, Completion.MET, days, entry=entry)
    if period.until is None or today < period.until:
        return Judged(period, Completion.NOT_YET_DUE, days, entry=entry)
    excused = bool(reason) and entry.strength != "must"
    state = Completion.REASONED if excused else Completion.MISSED
    return Judged(period, state, days, reason if excused else "", entry)


def _whole(period: DaySpan, standing: Iterable[DaySpan]) -> bool:
    """Tell whether something stood on every day of a period, whether or not its people changed within it."""
    reached = period.since
    for span in sorted(standing, key=lambda one: one.since):
        if span.since <= reached and (span.until is None or span.until > reached):
            if span.until is None:
                return True
            reached = span.until
    return period.until is not None and reached >= period.until


def missed_reason_problems(frequency: Frequency, judged: Judged) -> list[Problem]:
    """Refuse a reason where none is needed, and where none helps.

    Source: house rule: 一般 allows with a recorded reason, 应当 and 至少 do not.
    """
    entry = judged.entry
    if entry is not None and entry.strength == "must" and judged.state is Completion.MISSED:
        authority = f"{entry.authority}{entry.article}"
        return [Problem(NoReasonExcuses(kind=frequency.label, authority=authority))]
    if judged.state in (Completion.MISSED, Completion.REASONED):
        return []
    return [
        Problem(ReasonNotNeeded(kind=frequency.label, period=str(judged.period), state=judged.state.label))
    ]


def talks_missing(
    talks: Iterable[Collection[int]], committee: Collection[int], members: Collection[int]
) -> tuple[list[tuple[int, int]], list[int]]:
    """Return who has not talked in a year: pairs of the committee, and members with nobody of it.

    Where there is no committee, a member has talked who has talked with anybody.

    Source: 《支部工作条例（试行）》 §19 (支部委员之间、委员和党员之间、党员之间), read as: each pair of the
    committee, and each member with one of it.
    """
    pairs = {frozenset(pair) for talk in talks for pair in combinations(sorted(set(talk)), 2)}
    missing = [pair for pair in combinations(sorted(committee), 2) if frozenset(pair) not in pairs]
    partners = frozenset(committee)
    spoken: set[int] = set()
    for pair in pairs:
        if not partners or pair & partners:
            spoken |= pair
    return missing, sorted(set(members) - partners - spoken)


def requirement(entry: Standard | None) -> str:
    """Write how often something is held: “一般 1 次/季度”.

    Source: our wording.
    """
    if entry is None:
        return "当地未规定次数"
    return f"{STRENGTHS[entry.strength]} {entry.value} {entry.unit}"


def by_period(judged: Iterable[Judged]) -> Mapping[int, Judged]:
    """Return what was judged by every month of a year that its period holds.

    Source: our layout of the grid.
    """
    return {
        month: one
        for one in judged
        for month in range(1, 13)
        if date(one.period.since.year, month, 1) in one.period
    }
