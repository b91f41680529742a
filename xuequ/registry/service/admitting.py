"""Coming onto the roll: application, admission, registration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from xuequ.core.access import Action
from xuequ.core.context import Context
from xuequ.core.errors import Place, Problem, refuse_if
from xuequ.core.facts import Fact
from xuequ.registry.actions.pupils import ADMIT_PUPILS
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.errors.pupils import PersonDiffers, PupilKnown
from xuequ.registry.facts.pupils import PupilAdmitted, PupilApplied, PupilsEnrolled, PupilTurnedAway
from xuequ.registry.models.people import Person
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.records import RecordRows
from xuequ.registry.rules.people import check_person, check_record_number
from xuequ.registry.rules.seats import Klass, check_applied
from xuequ.registry.schemas.pupils import NewPupil, PupilApplication, RecordView
from xuequ.registry.service.moving import Moving, placed
from xuequ.registry.service.open_schools import keep_open
from xuequ.registry.service.records import Record, record_of, take_records, view_of
from xuequ.registry.states.pupils import STEPS, Entered, Reason, Step

_DECIDED: dict[Step, Callable[..., Fact]] = {Step.ADMIT: PupilAdmitted, Step.TURN_AWAY: PupilTurnedAway}


class Admitting:
    """What leads to a place in a class."""

    def __init__(self, context: Context, rows: RecordRows) -> None:
        self.context = context
        self.rows = rows

    def school(self, code: str) -> AnyRow:
        """Return a school of the door's district.

        Raises:
            SchoolUnknown: when it has none of that code.
        """
        found = self.rows.school(code)
        if found is None:
            raise SchoolUnknown(school=code)
        return found

    def apply(self, command: PupilApplication, on: date) -> RecordView:
        """Record an application."""
        school = self.school(command.school)
        moving = Moving(self.context, self.rows)
        refuse_if(check_person(command.pupil.birth_date, on))
        keep_open(self.rows, [school.id], on)
        record = self.newcomer(command.pupil, Step.APPLY)
        refuse_if(moving.check(record, Step.APPLY, on))
        applied = {"stage": command.stage, "entry_year": command.entry_year, "reason": Reason.NEW}
        at = {"district_id": school.district_id, "school_id": school.id}
        moving.draft.stand(record, Step.APPLY.to, on, **at, **applied)
        record.school = school.code
        moving.announce(PupilApplied(school_id=school.id, pupil_id=record.pupil_id, since=on))
        moving.finish()
        return view_of(record, moving.schooling(on))

    def newcomer(self, pupil: NewPupil, step: Step) -> Record:
        """Return the record of somebody who comes: of a former pupil of the county, or one made now.

        A former pupil's record is kept by this district from now on.

        Raises:
            PupilKnown: when somebody of that number is on a roll, or applies, already.
            PersonDiffers: when the number is known as somebody else's.
            NumberHoldsCitizenNumber: when the number must not stand in clear.
        """
        refuse_if(check_record_number("学号", pupil.pupil_no))
        county = self.rows.county
        known = county.ids_of([pupil.pupil_no])
        if not known:
            person = Person(
                county_id=self.rows.scope.county_id,
                name=pupil.name,
                sex=pupil.sex.code,
                birth_date=pupil.birth_date,
            )
            pupil_id = self.rows.add_pupil(person, pupil.pupil_no)
            if pupil_id is None:  # somebody has just registered the same number
                raise PupilKnown(pupil=pupil.pupil_no)
            return Record(pupil_id, pupil.pupil_no, person.id, self.rows.district_id, "", None, None)
        county.lock_pupils(known.values())
        row = county.records(known.values())[0]
        record = record_of(row)
        if record.standing.status not in STEPS[step][0]:
            raise PupilKnown(pupil=pupil.pupil_no)
        if (row.name, row.sex) != (pupil.name, pupil.sex) or pupil.birth_date not in (None, row.birth_date):
            raise PersonDiffers(pupil=pupil.pupil_no)
        self.rows.rehome(record.pupil_id, self.rows.district_id)
        return record

    def each(
        self, pupil_ids: Sequence[int], action: Action, step: Callable[[Moving, Record], list[Problem]]
    ) -> list[RecordView]:
        """Take the same step of several pupils, all or none; every problem names its pupil."""
        moving = Moving(self.context, self.rows)
        records = take_records(self.context, self.rows, pupil_ids, action)
        problems: list[Problem] = []
        for record in records:
            problems += placed(step(moving, record), Place(column="学号", value=record.pupil_no))
        refuse_if(problems)
        moving.finish()
        return [view_of(record, moving.schooling(self.context.today)) for record in records]

    def decide(self, pupil_ids: Sequence[int], step: Step, on: date, authority: str) -> list[RecordView]:
        """Admit applicants, or turn them away."""

        def take(moving: Moving, record: Record) -> list[Problem]:
            found = moving.check(record, step, on)
            if found or record.status is None:
                return found
            applied = {"stage": record.status.stage, "entry_year": record.status.entry_year}
            moving.draft.stand(record, step.to, on, reason=Reason.NEW, authority=authority, **applied)
            fact = _DECIDED[step](school_id=record.school_id, pupil_id=record.pupil_id, since=on)
            moving.announce(fact)
            return []

        if step is Step.ADMIT:
            keep_open(self.rows, self.rows.schools_of(pupil_ids), on)
        return self.each(pupil_ids, ADMIT_PUPILS, take)

    def register(self, pupil_ids: Sequence[int], klass: Klass, on: date) -> list[RecordView]:
        """Register those who were admitted in a class, and say so once for all."""

        def take(moving: Moving, record: Record) -> list[Problem]:
            found = moving.check(record, Step.REGISTER, on)
            status = record.status
            if found or status is None or status.stage is None or status.entry_year is None:
                return found
            applied = (record.school_id, status.stage, status.entry_year)
            found = check_applied(*applied, klass, on, moving.schooling(on))
            if found or status.district_id is None:
                return found
            moving.draft.stand(record, Step.REGISTER.to, on, reason=Reason.NEW)
            moving.draft.sit(record, klass, status.district_id, on, Entered.NEW)
            return []

        views = self.each(pupil_ids, ADMIT_PUPILS, take)
        if views:
            ids = tuple(view.id for view in views)
            fact = PupilsEnrolled(school_id=klass.school_id, class_id=klass.id, pupil_ids=ids, since=on)
            self.context.announce(fact)
        return views
