"""Commands and views of attendance."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator

from xuequ.core.fields import Code, Command, Id, Name, SourceField, View
from xuequ.core.halfdays import Half
from xuequ.registry.states.attendance import DropoutLevel, PupilAttendance, StaffAttendance
from xuequ.registry.states.classes import Stage


def _exception(kind: PupilAttendance | StaffAttendance) -> PupilAttendance | StaffAttendance:
    if kind.value == "present":
        raise ValueError("到校、到岗的人不用登记，只登记例外")
    return kind


class PupilMark(Command):
    """A pupil who was not simply present."""

    pupil_id: Id
    kind: Annotated[PupilAttendance, AfterValidator(_exception)]


class RollCall(Command):
    """The roll of a class for a half-day 点名; who is not named was present."""

    class_id: Id
    day: date
    half: Half
    exceptions: tuple[PupilMark, ...] = ()


class RollCorrection(RollCall):
    """What a roll should have said: all its exceptions, the edition that was seen, and why it was wrong."""

    edition: int
    reason: Name


class StaffMark(Command):
    """A member of staff who was not simply present; `source` is the record that says why, such as a leave."""

    staff_id: Id
    kind: Annotated[StaffAttendance, AfterValidator(_exception)]
    source: SourceField | None = None


class StaffRollCall(Command):
    """The roll of those who work at a school for a half-day; who is not named was there."""

    school: Code
    day: date
    half: Half
    exceptions: tuple[StaffMark, ...] = ()


class StaffRollCorrection(StaffRollCall):
    """What a roll of staff should have said, the edition that was seen, and why it was wrong."""

    edition: int
    reason: Name


class _RollView(View):
    id: Id
    school: str
    day: date
    half: Half
    edition: int
    due: int
    present: int
    called_at: datetime
    called_by: str
    reason: str


class RollView(_RollView):
    """One edition of the roll of a class."""

    class_id: Id
    class_name: str
    exceptions: tuple[PupilMark, ...]


class StaffRollView(_RollView):
    """One edition of the roll of a school's staff."""

    exceptions: tuple[StaffMark, ...]


class HeadsView(View):
    """Heads on a day; None where a roll is missing, 0 when school does not run.

    `at_all` counts who was there on one half-day at least: the eaters of the day are no more than these.
    """

    due: int
    am: int | None
    pm: int | None
    at_all: int | None


class ClassHeads(HeadsView):
    """Heads of a class."""

    class_id: Id
    class_name: str
    stage: Stage


class StageHeads(HeadsView):
    """Heads of a stage."""

    stage: Stage


class MissingRoll(View):
    """A class of which no roll was called for a half-day on which school runs."""

    class_id: Id
    class_name: str
    half: Half


class PresentView(View):
    """Who was at a school on a day, as far as rolls were called."""

    school: str
    day: date
    runs: tuple[Half, ...]
    classes: tuple[ClassHeads, ...]
    stages: tuple[StageHeads, ...]
    missing: tuple[MissingRoll, ...]
    provisional: str

    @property
    def complete(self) -> bool:
        """Whether every roll of the day was called."""
        return not self.missing

    def heads(self, stages: Iterable[Stage]) -> int | None:
        """Return who was there at all of some stages, such as those with a subsidy; None if unknown."""
        wanted = set(stages)
        known = [one.at_all for one in self.stages if one.stage in wanted]
        return None if None in known else sum(head for head in known if head is not None)


class WatchedPupil(View):
    """A pupil whose unexcused absence goes on; uncertain when it depends on rolls that are missing.

    `since`, `half_days`, `weeks` and `level` are what the rolls prove; the `possible_*` are so if the
    pupil was away on every half-day without a roll too.
    """

    pupil_id: Id
    pupil_no: str
    name: str
    school: str
    class_name: str
    since: date
    half_days: int
    weeks: int
    level: DropoutLevel | None
    possible_since: date
    possible_half_days: int
    possible_weeks: int
    possible_level: DropoutLevel
    missing_rolls: int

    @property
    def uncertain(self) -> bool:
        """Whether the missing rolls decide how far it has gone."""
        return self.level is not self.possible_level


class DropoutWatch(View):
    """Pupils whose unexcused absence has reached the warning, the longest first."""

    as_of: date
    warning_half_days: int
    dropout_weeks: int
    pupils: tuple[WatchedPupil, ...]
    provisional: str


class KindCount(View):
    """Half-days of one kind."""

    kind: StaffAttendance
    half_days: int


class StaffLedgerLine(View):
    """A month of one member of staff at one school, in half-days; `unknown` are those without a roll."""

    staff_id: Id
    staff_no: str
    name: str
    due: int
    there: int
    unknown: int
    kinds: tuple[KindCount, ...]


class StaffLedger(View):
    """The staff of a school over a month 月考勤, up to now when the month has not ended."""

    school: str
    first: date
    last: date
    school_half_days: int
    missing_rolls: int
    lines: tuple[StaffLedgerLine, ...]
    provisional: str
