"""Use cases of pupils' records 学籍: from application to exit, and what is to be seen of them on any day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from xuequ.core.access import Action
from xuequ.core.context import At, Service, reading, use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.registry.actions.figures import VIEW_OVERVIEW
from xuequ.registry.actions.pupils import ADMIT_PUPILS, RECORD_MOVES, VIEW_PUPIL
from xuequ.registry.repository.records import RecordRows
from xuequ.registry.repository.rolls import RollRows
from xuequ.registry.schemas.pupils import (
    ClassMember,
    Departure,
    MoveRow,
    PupilApplication,
    PupilAsOf,
    PupilHistory,
    RecordView,
    RollChanges,
    SchoolRoll,
    Suspension,
)
from xuequ.registry.service.admitting import Admitting
from xuequ.registry.service.move_lists import record_list
from xuequ.registry.service.moving import Moving
from xuequ.registry.service.records import Record, take_class, take_records, view_of
from xuequ.registry.service.roll_views import RollViews
from xuequ.registry.states.pupils import Step


class PupilService(Service):
    """Pupils' records 学籍: on every day a pupil on the roll is in exactly one class, any other in none.

    `on` is everywhere the first day on which it holds; today when left out.
    """

    @property
    def _rows(self) -> RecordRows:
        return RecordRows(self.context.session, self.context.scope, self.context.place)

    @property
    def _views(self) -> RollViews:
        rows = RollRows(self.context.session, self.context.scope, self.context.place)
        return RollViews(self.context, rows)

    @property
    def _admitting(self) -> Admitting:
        return Admitting(self.context, self._rows)

    def _step(
        self, pupil_id: int, action: Action, step: Callable[[Moving, Record], list[Problem]]
    ) -> RecordView:
        """Take one step of one pupil: locked, permitted at the school, decided, written, announced."""
        moving = Moving(self.context, self._rows)
        record = take_records(self.context, moving.rows, [pupil_id], action)[0]
        refuse_if(step(moving, record))
        moving.finish()
        return view_of(record, moving.schooling(self.context.today))

    # coming in

    @use_case(ADMIT_PUPILS, at=At.SCHOOL)
    def apply(self, command: PupilApplication, on: date | None = None) -> RecordView:
        """Record an application to a school 报名.

        Raises:
            SchoolUnknown, DistrictNeeded, SchoolNotOpen: for the school.
            PupilKnown: when somebody of that number is on a roll, or applies, already.
            PersonDiffers: when the number is known as somebody else's.
        """
        self.context.permit(ADMIT_PUPILS, school=command.school)
        return self._admitting.apply(command, on or self.context.today)

    @use_case(ADMIT_PUPILS, at=At.SCHOOL)
    def admit(
        self, pupil_ids: Sequence[int], on: date | None = None, *, authority: str = ""
    ) -> list[RecordView]:
        """Admit applicants 录取, all or none."""
        return self._admitting.decide(pupil_ids, Step.ADMIT, on or self.context.today, authority)

    @use_case(ADMIT_PUPILS, at=At.SCHOOL)
    def turn_away(
        self, pupil_ids: Sequence[int], on: date | None = None, *, authority: str = ""
    ) -> list[RecordView]:
        """Record that applicants are not admitted, or did not come 未入学; all or none."""
        return self._admitting.decide(pupil_ids, Step.TURN_AWAY, on or self.context.today, authority)

    @use_case(ADMIT_PUPILS, at=At.SCHOOL)
    def register(self, pupil_ids: Sequence[int], class_id: int, on: date | None = None) -> list[RecordView]:
        """Register those who were admitted in a class of the cohort that they applied for 注册学籍.

        Raises:
            ClassUnknown, CohortDiffers, ClassNotBegun, ClassDissolved, SchoolNotOpen: for the class.
        """
        day = on or self.context.today
        klass = take_class(self._rows, class_id, pupil_ids, day)
        return self._admitting.register(pupil_ids, klass, day)

    # within the school

    @use_case(RECORD_MOVES, at=At.SCHOOL)
    def change_class(self, pupil_id: int, class_id: int, on: date | None = None) -> RecordView:
        """Put a pupil into another class of the cohort at the same school 调班."""
        day = on or self.context.today
        klass = take_class(self._rows, class_id, [pupil_id], day)
        return self._step(pupil_id, RECORD_MOVES, lambda moving, r: moving.change_class(r, klass, day))

    @use_case(RECORD_MOVES, at=At.SCHOOL)
    def suspend(self, pupil_id: int, command: Suspension, on: date | None = None) -> RecordView:
        """Suspend a pupil 休学, who keeps record and class.

        Raises:
            SuspensionTooLong: when it is planned beyond ``status.suspension_months``.
        """
        day = on or self.context.today
        return self._step(pupil_id, RECORD_MOVES, lambda moving, r: moving.suspend(r, day, command))

    @use_case(RECORD_MOVES, at=At.SCHOOL)
    def extend_suspension(self, pupil_id: int, planned_until: date, on: date | None = None) -> RecordView:
        """Put off the first day back from a suspension 续休, once.

        Raises:
            ExtensionSpent, ExtensionTooShort, SuspensionTooLong: for what is asked.
        """
        day = on or self.context.today
        return self._step(pupil_id, RECORD_MOVES, lambda moving, r: moving.extend(r, planned_until, day))

    @use_case(RECORD_MOVES, at=At.SCHOOL)
    def resume(
        self, pupil_id: int, on: date | None = None, *, class_id: int | None = None, decision: str = ""
    ) -> RecordView:
        """Let a pupil come back from suspension 复学.

        Args:
            class_id: another class of the cohort, or of a lower grade; the own one when left out.
            decision: who decided on the lower grade, and when; without it there is none.

        Raises:
            ResumptionUnfit, DecisionMissing: for the class.
        """
        day = on or self.context.today
        klass = None if class_id is None else take_class(self._rows, class_id, [pupil_id], day)
        return self._step(pupil_id, RECORD_MOVES, lambda moving, r: moving.resume(r, day, klass, decision))

    # dropping out

    @use_case(RECORD_MOVES, at=At.SCHOOL)
    def suspect_dropout(
        self, pupil_id: int, absent_since: date, on: date | None = None, *, remark: str = ""
    ) -> RecordView:
        """Record that a pupil is absent without excuse 疑似辍学; persuasion begins."""
        day = on or self.context.today
        return self._step(pupil_id, RECORD_MOVES, lambda m, r: m.suspect(r, day, absent_since, remark))

    @use_case(RECORD_MOVES, at=At.SCHOOL)
    def confirm_dropout(self, pupil_id: int, persuasion: str, on: date | None = None) -> RecordView:
        """Confirm a dropout 辍学; the pupil keeps the record, and township and county are to be told.

        Args:
            persuasion: who tried to persuade, when, and what came of it.

        Raises:
            AbsenceTooShort, PersuasionMissing: as long as it cannot be said.
        """
        day = on or self.context.today
        return self._step(pupil_id, RECORD_MOVES, lambda moving, r: moving.drop(r, day, persuasion))

    @use_case(RECORD_MOVES, at=At.SCHOOL)
    def bring_back(self, pupil_id: int, on: date | None = None, *, remark: str = "") -> RecordView:
        """Record that a pupil who was absent or had dropped out is back 劝返复学."""
        day = on or self.context.today
        return self._step(pupil_id, RECORD_MOVES, lambda moving, r: moving.come_back(r, day, remark))

    # leaving

    @use_case(RECORD_MOVES, at=At.SCHOOL)
    def graduate(self, pupil_ids: Sequence[int], on: date | None = None) -> list[RecordView]:
        """Let pupils of the last grade graduate 毕业, all or none."""
        return self._leave(pupil_ids, Step.GRADUATE, on)

    @use_case(RECORD_MOVES, at=At.SCHOOL)
    def leave_preschool(self, pupil_ids: Sequence[int], on: date | None = None) -> list[RecordView]:
        """Let children leave preschool at its end 离园, all or none."""
        return self._leave(pupil_ids, Step.LEAVE_PRESCHOOL, on)

    def _leave(self, pupil_ids: Sequence[int], step: Step, on: date | None) -> list[RecordView]:
        day = on or self.context.today
        return self._admitting.each(pupil_ids, RECORD_MOVES, lambda moving, r: moving.leave(r, step, day))

    @use_case(RECORD_MOVES, at=At.SCHOOL)
    def leave_abroad(self, pupil_id: int, on: date | None = None, *, authority: str = "") -> RecordView:
        """Record that a pupil went abroad to school 出国（境）."""
        day = on or self.context.today
        return self._step(pupil_id, RECORD_MOVES, lambda m, r: m.leave(r, Step.GO_ABROAD, day, authority))

    @use_case(RECORD_MOVES, at=At.SCHOOL)
    def leave_county(self, pupil_id: int, command: Departure, on: date | None = None) -> RecordView:
        """Record that a school outside the county has taken a pupil in 转出县外.

        A departure that is still to be agreed on is a transfer with its own steps.

        Raises:
            TransferForced: when no guardian has applied.
        """
        day = on or self.context.today
        return self._step(pupil_id, RECORD_MOVES, lambda moving, r: moving.leave_county(r, day, command))

    @use_case(RECORD_MOVES, at=At.SCHOOL)
    def record_death(self, pupil_id: int, on: date | None = None, *, authority: str = "") -> RecordView:
        """Record that a pupil died; an open transfer ends with it."""
        day = on or self.context.today
        return self._step(pupil_id, RECORD_MOVES, lambda m, r: m.leave(r, Step.DIE, day, authority))

    @use_case(RECORD_MOVES, at=At.SCHOOL)
    def record_moves(self, school: str, rows: Sequence[MoveRow]) -> list[RecordView]:
        """Record a school office's list of moves 学生异动, whole or not at all, in a few statements.

        Args:
            school: the code of the school whose list it is.
            rows: in the order in which things happened; a pupil may stand in several.

        Raises:
            Problems: every problem with its row.
        """
        self.context.permit(RECORD_MOVES, school=school)
        moving = Moving(self.context, self._rows)
        records = record_list(moving, school, rows)
        return [view_of(record, moving.schooling(self.context.today)) for record in records.values()]

    # views

    @reading(VIEW_PUPIL, at=At.SCHOOL)
    def pupil_as_of(self, pupil_id: int, on: date | None = None) -> PupilAsOf:
        """Return all that is to be said of a pupil on a day.

        A district that a pupil has left goes on seeing the days that were its own.

        Raises:
            PupilUnknown: when this scope had none of that id on that day.
        """
        return self._views.pupil(pupil_id, on or self.context.today)

    @reading(VIEW_PUPIL, at=At.SCHOOL)
    def history(self, pupil_id: int) -> PupilHistory:
        """Return a pupil's statuses and classes from the beginning.

        A district that a pupil has left sees those that were its own.
        """
        return self._views.history(pupil_id)

    @reading(VIEW_PUPIL, at=At.SCHOOL)
    def class_list(self, class_id: int, on: date | None = None) -> list[ClassMember]:
        """List who is in a class on a day, by number.

        Raises:
            ClassUnknown: when this scope has none of that id.
        """
        return self._views.class_list(class_id, on or self.context.today)

    @reading(VIEW_OVERVIEW)
    def rolls(self, on: date | None = None) -> list[SchoolRoll]:
        """Count the pupils of every school on a day, by class, sex, status and trait; in two statements."""
        return self._views.rolls(on or self.context.today)

    @reading(VIEW_PUPIL, at=At.SCHOOL)
    def school_roll(self, school: str, on: date | None = None) -> SchoolRoll:
        """Count the pupils of one school on a day.

        Raises:
            SchoolUnknown, DistrictNeeded: for the school.
        """
        self.context.permit(VIEW_PUPIL, school=school)
        return self._views.school_roll(school, on or self.context.today)

    @reading(VIEW_PUPIL, at=At.SCHOOL)
    def roll_changes(self, school: str, first: date, last: date) -> RollChanges:
        """Explain how a school's count went from that of one day to that of a later one 学生增减.

        Raises:
            SchoolUnknown, DistrictNeeded: for the school.
            SpanBackwards: when the days are in the wrong order.
        """
        self.context.permit(VIEW_PUPIL, school=school)
        return self._views.changes(school, first, last)
