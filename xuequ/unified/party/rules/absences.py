"""Pure decisions about who stays away: absences in a row, and months without the branch's life."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from xuequ.core.standards import Standards
from xuequ.unified.party.states.meetings import AlarmLevel, Mark

Month = tuple[int, int]
"""Year and month."""


@dataclass(frozen=True, slots=True)
class Attended:
    """One line of somebody's attendance: the day of the meeting and the mark."""

    on: date
    mark: Mark


@dataclass(frozen=True, slots=True)
class Absence:
    """Absences in a row up to the last meeting: how many, and of which day the first was."""

    count: int
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Idle:
    """Months in a row without any meeting attended, and the first of them."""

    months: int
    since: Month | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """That somebody has stayed away, or paid nothing, for months; a person decides what follows.

    `months` is the larger of the two, `grounds` says in Chinese of what they are.
    """

    level: AlarmLevel
    months: int
    grounds: tuple[str, ...]
    authority: str


def absences_in_a_row(lines: Sequence[Attended]) -> Absence:
    """Count the absences since somebody last came; leave granted before is neither absence nor presence.

    Source: domain rules A §2, reports; our decision on leave.

    >>> day = date(2026, 9, 1)
    >>> marks = [Mark.PRESENT, Mark.ABSENT, Mark.EXCUSED, Mark.ABSENT]
    >>> absences_in_a_row([Attended(day, mark) for mark in marks]).count
    2
    """
    count, since = 0, None
    for line in reversed(lines):
        if line.mark is Mark.PRESENT:
            break
        if line.mark is Mark.ABSENT:
            count, since = count + 1, line.on
    return Absence(count, since)


def is_flagged(absence: Absence, standards: Standards, on: date) -> bool | None:
    """Tell whether absences in a row are to be flagged; None where the district has set no number.

    Source: ``party.absences_flagged_from``, which the district sets.
    """
    entry = standards.find("party.absences_flagged_from", on=on)
    if entry is None:
        return None
    return absence.count >= standards.whole("party.absences_flagged_from", on=on)


def months_without_meetings(lines: Iterable[Attended], today: date) -> Idle:
    """Count the months in a row, up to the last whole one, in which somebody came to nothing.

    A month in which nothing was held for somebody, or in which the whole of it was missed with leave
    granted before, is no month of staying away: without a meeting it neither counts nor ends the row, with
    good reason for all of it the row ends. Whoever has come in the current month has ended it too.

    Source: 《中国共产党章程》 §9 (没有正当理由，连续六个月不参加党的组织生活); what a month without meetings
    means is our decision.
    """
    months: list[tuple[Month, set[Mark]]] = []
    ordered = sorted(lines, key=lambda line: line.on)
    for month, some in groupby(ordered, key=lambda line: (line.on.year, line.on.month)):
        months.append((month, {line.mark for line in some}))
    count, since = 0, None
    for month, marks in reversed(months):
        if Mark.PRESENT in marks or marks == {Mark.EXCUSED}:
            break
        if month < (today.year, today.month):
            count, since = count + 1, month
    return Idle(count, since)


def withdrawal_alarm(meetings: int, dues: int, standards: Standards, on: date) -> Alarm | None:
    """Return what to say of somebody with months in a row without meetings, and without dues.

    Each row counts by itself: three months without the one and three without the other are not six. From
    ``party.withdrawal.warn_from_month`` on it warns, from ``party.withdrawal.months`` on it proposes that the
    branch meeting decides and the higher body approves; it never acts.

    Args:
        meetings: months in a row without a meeting attended and without good reason.
        dues: months in a row without dues and without good reason.

    Source: 《中国共产党章程》 §9; domain rules A §2 (flags at months 3–5, proposes at 6, removes nobody).
    """
    warn = standards.whole("party.withdrawal.warn_from_month", on=on)
    entry = standards.entry("party.withdrawal.months", on=on)
    limit = standards.whole("party.withdrawal.months", on=on)
    months = max(meetings, dues)
    if months < min(warn, limit):
        return None
    said = ((meetings, "未参加组织生活"), (dues, "未交党费"))
    grounds = tuple(f"连续{count}个月{what}" for count, what in said if count >= min(warn, limit))
    level = AlarmLevel.PROPOSE if months >= limit else AlarmLevel.WARN
    return Alarm(level, months, grounds, f"{entry.authority}{entry.article}")
