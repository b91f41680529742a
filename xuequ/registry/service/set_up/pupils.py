"""The sheet of pupils: the class that they are in, and their status."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from xuequ.core.errors import Problem
from xuequ.core.fields import Command
from xuequ.core.ids import take_ids
from xuequ.core.plan import Outcome, PlannedRow, State
from xuequ.registry.errors.classes import ClassUnknown
from xuequ.registry.facts.pupils import PupilsEnrolled
from xuequ.registry.models.pupils import Enrolment, Pupil, PupilStatus
from xuequ.registry.rules.pupils import Standing, check_correction, check_set_up_move, check_shift
from xuequ.registry.rules.seats import Klass, check_seat
from xuequ.registry.rules.set_up import Move, decide_move
from xuequ.registry.schemas.set_up import PupilRow
from xuequ.registry.service.set_up.people import PersonDesk, has_left
from xuequ.registry.service.set_up.working import (
    CLASS_FIELDS,
    SPAN,
    ClassKey,
    Working,
    at_row,
    class_key,
    sheet_of,
)
from xuequ.registry.states.pupils import Entered, Left, PupilState, Reason

Begun = tuple[int, PupilRow, Entered]


class PupilDesk(PersonDesk):
    """The sheet of pupils."""

    number = "pupil_no"
    number_label = "学号"
    model = Pupil
    sheet = sheet_of("pupils")

    def __init__(self, working: Working) -> None:
        super().__init__(working)
        self._there: State = {}
        self._seats: dict[tuple[ClassKey, date], list[Problem]] = {}
        self._enrolled: dict[tuple[int, int, date], array[int]] = {}

    def read_there(self, numbers: Sequence[str]) -> State:
        """Return pupils by number."""
        return self.rows.pupil_state(numbers)

    def standing(self, rows: Sequence[Command]) -> State:
        """Return pupils with their open enrolment and status."""
        self._there = super().standing(rows)
        return self._there

    # judging

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Check class, school and person, and what another class or day means for the status."""
        found: list[Problem] = []
        for row in planned:
            command = cast(PupilRow, row.source.command)
            if has_left(row):
                continue
            wrong = self._seat_problems(command)
            if row.outcome is not Outcome.UNCHANGED:
                wrong = wrong + self.working.open_problems(command.school, command.since)
            if row.outcome is Outcome.CHANGED:
                wrong = wrong + self._move_problems(row)
            if wrong:
                found += at_row(row, wrong)
        return [*found, *self.check_people(planned, self._there)]

    def _seat_problems(self, row: PupilRow) -> list[Problem]:
        """Check that the class is there or in the file, and may have the pupil from that day on."""
        key = class_key(row)
        if (key, row.since) not in self._seats:
            self._seats[key, row.since] = self._check_seat(key, row)
        return self._seats[key, row.since]

    def _check_seat(self, key: ClassKey, row: PupilRow) -> list[Problem]:
        working = self.working
        there = working.classes.get(key, {})
        days = (there.get("dissolved_on"), there.get("formed_on"))
        at = (there.get("id", 0), there.get("school_id", 0))
        klass = Klass(*at, row.stage, row.entry_year, row.number, *days)
        found = check_seat(klass, row.since, working.schooling)
        if key not in working.classes:
            name = klass.name(row.since, working.schooling)
            found.append(Problem(ClassUnknown(name=f"{row.school} {row.entry_year}级 {name}")))
        return found

    def _of(self, row: PlannedRow) -> Mapping[str, Any]:
        return self._there[(cast(PupilRow, row.source.command).pupil_no,)]

    def _move(self, row: PlannedRow) -> Move | Problem:
        """Tell what a changed row means for the open span; somebody without one begins anew."""
        command, there = cast(PupilRow, row.source.command), self._of(row)
        at = tuple(there[name] for name in CLASS_FIELDS)
        return decide_move(at, there["since"], class_key(command), command.since, there["free_from"])

    def _move_problems(self, row: PlannedRow) -> list[Problem]:
        """Check what a move means for the status, which it must not contradict."""
        move, there, command = self._move(row), self._of(row), cast(PupilRow, row.source.command)
        if isinstance(move, Problem):
            return [move]
        standing = Standing(there["status"], there["status_since"], there["since"])
        if move is Move.MOVED:
            return check_set_up_move(standing, command.since)
        if move is Move.CORRECTED and there["school"] != command.school:
            return check_correction(standing)
        if move is Move.CORRECTED and there["since"] != command.since:
            return check_shift(standing, command.since, follows=there["status_before"])
        return []

    # writing

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Enrol who is new; correct or move who is there."""
        added = [cast(PupilRow, row.source.command) for row in planned if row.outcome is Outcome.ADDED]
        people, ids = self.load_people(added), take_ids(len(added))
        rows = ((person_id, row.pupil_no) for person_id, row in zip(people, added, strict=True))
        self.working.load(Pupil, ("person_id", "pupil_no"), self.working.keyed(ids, rows))
        begun: list[Begun] = [(i, row, Entered.SET_UP) for i, row in zip(ids, added, strict=True)]
        registered = list(zip(ids, added, strict=True))
        for row in planned:
            if row.outcome is Outcome.CHANGED:
                registered += self._change(row, begun)
        self._begin_enrolments(begun)
        self._begin_statuses(registered)

    def _change(self, row: PlannedRow, begun: list[Begun]) -> list[tuple[int, PupilRow]]:
        """Correct or move a pupil; note the enrolment that begins, and return the status that does."""
        command, there = cast(PupilRow, row.source.command), self._of(row)
        self.correct_person(row, there)
        if has_left(row):
            return []
        if self._end_or_correct(row, there):
            begun.append((there["id"], command, self._way_in(there, command)))
            return self._registered_again(there, command)
        if there["school"] != command.school and there["status_since"] < there["since"]:
            return self._registered_again(there, command)
        self._correct_status(there, command)
        return []

    def _end_or_correct(self, row: PlannedRow, there: Mapping[str, Any]) -> bool:
        """Correct the open enrolment, or end it where a new one is to begin; tell whether one is to begin."""
        command, move = cast(PupilRow, row.source.command), self._move(row)
        if move is Move.CORRECTED:
            changed = {change.field for change in row.changes}
            at = {
                "school_id": self.working.school_ids[command.school],
                "class_id": self.working.class_ids[class_key(command)],
            }
            values: dict[str, Any] = at if changed & {*CLASS_FIELDS} else {}
            if "since" in changed:
                values["since"] = command.since
            self.correct("enrolment", Enrolment, there["span_id"], values)
        if move is Move.MOVED and there["span_id"] is not None:
            self.rows.change(Enrolment, there["span_id"], {"until": command.since})
        return move is Move.MOVED

    def _way_in(self, there: Mapping[str, Any], row: PupilRow) -> Entered:
        """Tell how a pupil comes into a class, and say of the one they leave how they left it."""
        if there["span_id"] is None:
            return Entered.RETURNED
        same_school = there["school"] == row.school
        left = Left.CLASS_CHANGE if same_school else Left.TRANSFER_OUT
        self.rows.change(Enrolment, there["span_id"], {"left_as": left.code})
        return Entered.CLASS_CHANGE if same_school else Entered.TRANSFER_IN

    def _registered_again(self, there: Mapping[str, Any], row: PupilRow) -> list[tuple[int, PupilRow]]:
        """End the status of a pupil who had left or changes school, so that a new one begins there."""
        status: PupilState | None = there["status"]
        if status is not None and status.on_roll and there["school"] == row.school:
            return []
        if status is not None and there["status_since"] < row.since:
            self.rows.change(PupilStatus, there["status_id"], {"until": row.since})
        elif status is not None:
            self.rows.remove(PupilStatus, there["status_id"])
        return [(there["id"], row)]

    def _correct_status(self, there: Mapping[str, Any], row: PupilRow) -> None:
        """Let the status that began with the class be at its school and from its day, as corrected.

        What went before goes on until that day, so that no day falls out between them.
        """
        values: dict[str, Any] = {}
        if there["since"] != row.since:
            values["since"] = row.since
        if there["school"] != row.school:
            values["school_id"] = self.working.school_ids[row.school]
        if values and there["status_since"] == there["since"]:
            self.rows.change(PupilStatus, there["status_id"], values)
        for model in (Enrolment, PupilStatus):
            self.rows.stretch(model, there["id"], there["since"], row.since)

    def _begin_statuses(self, registered: Sequence[tuple[int, PupilRow]]) -> None:
        said = (PupilState.REGISTERED.code, Reason.SET_UP.code, "")
        schools = self.working.school_ids
        rows = ((schools[row.school], pupil_id, row.since, None, *said) for pupil_id, row in registered)
        columns = ("school_id", "pupil_id", *SPAN, "status", "reason", "authority")
        self.working.load(PupilStatus, columns, self.working.keyed(take_ids(len(registered)), rows))

    def _begin_enrolments(self, begun: Sequence[Begun]) -> None:
        schools, classes = self.working.school_ids, self.working.class_ids
        rows: list[tuple[Any, ...]] = []
        for pupil_id, row, way in begun:
            at = (schools[row.school], classes[class_key(row)])
            rows.append((*at, pupil_id, row.since, None, way.code))
            self._enrolled.setdefault((*at, row.since), array("q")).append(pupil_id)
        columns = ("school_id", "class_id", "pupil_id", *SPAN, "entered_as")
        self.working.load(Enrolment, columns, self.working.keyed(take_ids(len(begun)), rows))

    def finish(self) -> None:
        """Say who was enrolled in which class, and what was corrected."""
        for (school_id, class_id, since), pupil_ids in self._enrolled.items():
            self.context.announce(
                PupilsEnrolled(
                    school_id=school_id, class_id=class_id, pupil_ids=tuple(pupil_ids), since=since
                )
            )
        super().finish()

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return the pupils who are in a class, with their documents masked."""
        there = self.rows.pupil_state()
        shown = self.identities.masked(there.values())
        for (pupil_no,), one in there.items():
            if one["since"] is not None and school in (None, one["school"]):
                fields = {k: v for k, v in one.items() if k in PupilRow.model_fields and k not in _SEALED}
                yield PupilRow(pupil_no=pupil_no, **fields, **shown.get(one["person_id"], {}))


_SEALED = ("document_kind", "document_number", "phone")
