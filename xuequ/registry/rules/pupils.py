"""Pure decisions about pupils: what may become of a record, and from when."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from xuequ.core.errors import IllegalTransition, Problem
from xuequ.core.standards import Standards
from xuequ.registry.errors.pupils import (
    AbsenceTooShort,
    NotInSchool,
    PersuasionMissing,
    StandingBackwards,
    SuspensionTooLong,
)
from xuequ.registry.states.pupils import TRANSITIONS, PupilState

MACHINE = "学籍"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a pupil stands: the open status with its first day, and since when in the present class."""

    status: PupilState | None
    since: date | None = None
    enrolled_since: date | None = None


def check_step(standing: Standing, to: PupilState, on: date) -> list[Problem]:
    """Refuse a step that the table of states does not have, or one before the present status began.

    On the very day on which the present status began the new one takes its place. Who leaves must have
    been in the class for a day at least.

    Source: 《中小学生学籍管理办法》 (变动类型); the table is our decision.
    """
    found: list[Problem] = []
    if to not in TRANSITIONS[standing.status]:
        label = standing.status.label if standing.status else "未登记"
        found.append(Problem(IllegalTransition(machine=MACHINE, from_=label, to=to.label)))
    first = standing.since
    if not to.on_roll and standing.enrolled_since is not None:
        first = max(first or date.min, standing.enrolled_since + timedelta(days=1))
    if first is not None and on < first:
        found.append(Problem(StandingBackwards(on=str(on), since=str(first))))
    return found


def check_in_class(standing: Standing, pupil: str) -> list[Problem]:
    """Refuse what only a pupil with a class can do.

    Source: our decision.
    """
    if standing.enrolled_since is not None:
        return []
    return [Problem(NotInSchool(pupil=pupil))]


def check_set_up_move(standing: Standing, since: date) -> list[Problem]:
    """Refuse a workbook that moves a pupil whose status is more than an ordinary one.

    One who had left may come back; a suspension, a transfer or a dropout is ended by its own verb first.

    Source: our decision.
    """
    if standing.status is None or standing.status is PupilState.REGISTERED:
        return []
    return (
        check_step(standing, PupilState.REGISTERED, since)
        if not standing.status.on_roll
        else [
            Problem(
                IllegalTransition(
                    machine=MACHINE, from_=standing.status.label, to=PupilState.REGISTERED.label
                )
            )
        ]
    )


def check_shift(standing: Standing, since: date, *, follows: bool) -> list[Problem]:
    """Refuse to correct the first day in a class when the status would contradict it.

    The status that began on that day is corrected with it, unless another one goes before it.

    Args:
        standing: as it stands; `since` is the corrected day.
        follows: whether the pupil had another status before.

    Source: our decision.
    """
    begun = standing.since
    if begun is None or begun < min(since, standing.enrolled_since or since):
        return []
    if begun == standing.enrolled_since and not follows:
        return []
    return [Problem(StandingBackwards(on=str(since), since=str(begun)))]


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of that month where it is shorter.

    Source: 《民法典》 art. 202 (没有对应日的，月末日为期间的最后一日).

    >>> months_later(date(2024, 2, 29), 12), months_later(date(2026, 8, 31), 6)
    (datetime.date(2025, 2, 28), datetime.date(2027, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def check_suspension(
    since: date, planned_until: date, standards: Standards, *, extended: bool
) -> list[Problem]:
    """Refuse a suspension 休学 that is planned for longer than it may last; one extension may be added.

    Args:
        planned_until: the first day back.

    Source: 学籍管理 rules of provinces (休学期限一般不超过 1 年，可续 1 年); ``status.suspension_months``,
    ``status.suspension_extension_months``.
    """
    months = standards.whole("status.suspension_months", on=since)
    if extended:
        months += standards.whole("status.suspension_extension_months", on=since)
    latest = months_later(since, months)
    if since < planned_until <= latest:
        return []
    return [Problem(SuspensionTooLong(since=str(since), until=str(planned_until), latest=str(latest)))]


def check_dropout(absent_since: date, on: date, persuasion: str, standards: Standards) -> list[Problem]:
    """Refuse to confirm a dropout 辍学 before the weeks of absence are over and persuasion has failed.

    Source: Liaoning's 学籍 rules (连续 4 周无故不到校，经劝返无效); ``status.dropout_weeks``.
    """
    found: list[Problem] = []
    weeks = standards.whole("status.dropout_weeks", on=on)
    earliest = absent_since + timedelta(weeks=weeks)
    if on < earliest:
        error = AbsenceTooShort(since=str(absent_since), weeks=weeks, earliest=str(earliest))
        found.append(Problem(error))
    if not persuasion.strip():
        found.append(Problem(PersuasionMissing()))
    return found
