"""Pure decisions about pupils: what may become of a record, and from when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from xuequ.core.errors import IllegalTransition, Problem
from xuequ.core.spans import months_later
from xuequ.core.standards import Standards
from xuequ.registry.errors.pupils import (
    AbsenceTooShort,
    AbsentLater,
    ExtensionSpent,
    ExtensionTooShort,
    NotInSchool,
    NotYetHappened,
    PersuasionMissing,
    StandingBackwards,
    SuspensionTooLong,
)
from xuequ.registry.states.pupils import STEPS, TRANSITIONS, PupilState, Step

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
        found.append(_illegal(standing, to))
    return found + _check_day(standing, on, leaves=not to.on_roll)


def _illegal(standing: Standing, to: PupilState) -> Problem:
    label = standing.status.label if standing.status else "未登记"
    return Problem(IllegalTransition(machine=MACHINE, from_=label, to=to.label))


def _check_day(standing: Standing, on: date, *, leaves: bool) -> list[Problem]:
    first = standing.since
    if leaves and standing.enrolled_since is not None:
        first = max(first or date.min, standing.enrolled_since + timedelta(days=1))
    if first is not None and on < first:
        return [Problem(StandingBackwards(on=str(on), since=str(first)))]
    return []


def check_act(standing: Standing, step: Step, on: date, today: date) -> list[Problem]:
    """Refuse a step from a state that it does not start from, at a day that cannot be, or not yet.

    Source: as `check_step`; the states that a step starts from stand in ``STEPS``.
    """
    sources, to = STEPS[step]
    found: list[Problem] = []
    if standing.status not in sources:
        found.append(_illegal(standing, to))
    if step.past_only and on > today:
        found.append(Problem(NotYetHappened(what=step.label, on=str(on), today=str(today))))
    return found + _check_day(standing, on, leaves=not to.on_roll or step is Step.CHANGE_SCHOOL)


def check_seat_day(standing: Standing, on: date) -> list[Problem]:
    """Refuse to leave a class before the day on which it was entered.

    On that very day another class takes its place.

    Source: our decision.
    """
    since = standing.enrolled_since
    if since is None or on >= since:
        return []
    return [Problem(StandingBackwards(on=str(on), since=str(since)))]


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
    if standing.status is None:
        return []
    if standing.status is PupilState.REGISTERED:
        return _check_day(standing, since, leaves=False)
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


def check_correction(standing: Standing) -> list[Problem]:
    """Refuse to correct the school of a class when more has become of the pupil in it meanwhile.

    Source: our decision.
    """
    since, enrolled = standing.since, standing.enrolled_since
    if since is None or enrolled is None:
        return []
    if since > enrolled:
        return [Problem(StandingBackwards(on=str(enrolled), since=str(since)))]
    return check_set_up_move(standing, enrolled)


def check_shift(standing: Standing, since: date, *, follows: bool) -> list[Problem]:
    """Refuse to correct the first day in a class when the status would contradict it.

    The status that began on that day is corrected with it; one that goes before it can be longer by that,
    but not shorter.

    Args:
        standing: as it stands; `since` is the corrected day.
        follows: whether the pupil had another status before.

    Source: our decision.
    """
    begun = standing.since
    if begun is None or begun < min(since, standing.enrolled_since or since):
        return []
    if begun == standing.enrolled_since and (since >= begun or not follows):
        return []
    return [Problem(StandingBackwards(on=str(since), since=str(begun)))]


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


def check_extension(
    since: date, planned: date, until: date, extended_on: date | None, standards: Standards
) -> list[Problem]:
    """Refuse to put off the end of a suspension a second time, beyond the limit, or to no later day.

    Args:
        since: the first day of the suspension.
        planned, until: the first day back, as it was planned and as it is to be.
        extended_on: when it was put off before.

    Source: 学籍管理 rules of provinces (期满可续 1 年); as `check_suspension`.
    """
    if extended_on is not None:
        return [Problem(ExtensionSpent(on=str(extended_on)))]
    if until <= planned:
        return [Problem(ExtensionTooShort(planned=str(planned), until=str(until)))]
    return check_suspension(since, until, standards, extended=True)


def check_absence(absent_since: date, on: date) -> list[Problem]:
    """Refuse an absence that would begin after the day on which it is noticed.

    Source: our decision.
    """
    return [Problem(AbsentLater(since=str(absent_since), on=str(on)))] if absent_since > on else []


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
