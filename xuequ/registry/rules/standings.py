"""Pure decisions about standings: what somebody holds from a day, one of a kind at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from xuequ.core.errors import Problem
from xuequ.registry.errors.staff import (
    NothingToCorrect,
    ShiftedOver,
    StandingEnded,
    StandingHeld,
    StandingThatDay,
)
from xuequ.registry.rules.timeline import Stretch, at, lay, room, shift
from xuequ.registry.states.staff import StandingKind


@dataclass(frozen=True, slots=True)
class Held:
    """What is held: its kind, its code in the list of the kind, and on what authority."""

    kind: StandingKind
    code: str
    authority: str = ""

    @property
    def label(self) -> str:
        """What people call it."""
        return self.kind.codes(self.code).label


Timeline = Sequence[Stretch[Held]]


def check_begin(staff: str, timeline: Timeline, held: Held, since: date, until: date | None) -> list[Problem]:
    """Refuse what is held already, and something else of the kind from the very day on which one began.

    Source: our decision; the second is a correction and no change.
    """
    now = at(timeline, since)
    if now is not None and (now.what.code == held.code or now.since == since):
        error = StandingHeld if now.what.code == held.code else StandingThatDay
        said = {"held": now.what.label, "since": str(now.since)}
        return [Problem(error(staff=staff, kind=held.kind.label, **said))]
    free = room(timeline, since)
    if until is not None and free is not None and free < until:
        return [Problem(ShiftedOver(staff=staff, on=str(free)))]
    return []


def begin(timeline: Timeline, held: Held, since: date, until: date | None) -> tuple[Stretch[Held], ...]:
    """Let somebody hold something from a day, until what comes next.

    What was held before does not come back behind a planned end.

    Source: our decision.
    """
    laid = lay(timeline, held, since)
    if until is None:
        return laid
    return tuple(replace(one, until=until) if one.since == since else one for one in laid)


def check_end(staff: str, one: Stretch[Held], on: date) -> list[Problem]:
    """Refuse to end what has not begun by then, or has ended.

    Source: our decision.
    """
    if one.since < on and (one.until is None or on < one.until):
        return []
    return [Problem(StandingEnded(staff=staff, held=one.what.label, on=str(on)))]


def end(timeline: Timeline, one: Stretch[Held], on: date) -> tuple[Stretch[Held], ...]:
    """Let something be held no longer from a day; nothing of its kind takes its place.

    Source: our decision.
    """
    return tuple(replace(each, until=on) if each is one else each for each in timeline)


def check_correction(
    staff: str, timeline: Timeline, one: Stretch[Held], what: Held, since: date
) -> list[Problem]:
    """Refuse a correction that changes nothing, or leaves something else without a day.

    Source: our decision.
    """
    if (what, since) == (one.what, one.since):
        return [Problem(NothingToCorrect(staff=staff))]
    if shift(timeline, one, since) is None:
        return [Problem(ShiftedOver(staff=staff, on=str(since)))]
    return []


def correct(timeline: Timeline, one: Stretch[Held], what: Held, since: date) -> tuple[Stretch[Held], ...]:
    """Set right what and since when something was held; what was held before ends there too.

    Source: our decision.
    """
    shifted = shift(timeline, one, since)
    assert shifted is not None, "check_correction has found room"
    return tuple(replace(each, what=what) if each.row_id == one.row_id else each for each in shifted)
