"""Queries of study: programmes, sessions with hours, and lessons on the party's statutes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, func, or_, select

from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.staff import Placement, Staff
from xuequ.registry.repository.basis import AnyRow, AnySelect, open_on, owns, same
from xuequ.unified.party.models.members import CommitteeSeat
from xuequ.unified.party.models.study import StatuteLesson, StudyHours, StudyProgramme, StudySession
from xuequ.unified.party.repository.meetings import MeetingRows


class StudyRows(MeetingRows):
    """What the branch studies, and teaches."""

    def programmes(self) -> Sequence[AnyRow]:
        """Return the programmes of the district with sessions and hours together, the latest first."""
        counted: Any = func.count(StudySession.id.distinct())
        summed: Any = func.sum(StudyHours.hours)
        sessions = and_(
            owns(StudySession, StudySession.programme_id, StudyProgramme), StudySession.voided_on.is_(None)
        )
        columns = (StudyProgramme.id, StudyProgramme.name, StudyProgramme.since, StudyProgramme.until)
        query = (
            select(*columns, counted.label("sessions"), summed.label("hours"))
            .outerjoin(StudySession, sessions)
            .outerjoin(StudyHours, owns(StudyHours, StudyHours.session_id, StudySession))
            .group_by(*columns)
            .order_by(StudyProgramme.since.desc(), StudyProgramme.id)
        )
        return self.session.execute(self.here(query, StudyProgramme)).all()

    def programme_named(self, name: str) -> AnyRow | None:
        """Return a programme by its name."""
        query = select(StudyProgramme.id).where(StudyProgramme.name == name)
        return self.session.execute(self.here(query, StudyProgramme)).one_or_none()

    def lock_programme(self, programme_id: int) -> AnyRow | None:
        """Return a programme, so that nobody else records its sessions meanwhile."""
        query = select(StudyProgramme.id, StudyProgramme.since, StudyProgramme.until).where(
            StudyProgramme.id == programme_id
        )
        locked = self.here(query, StudyProgramme).with_for_update(key_share=True)
        return self.session.execute(locked).one_or_none()

    def sessions(self, programme_id: int) -> Sequence[AnyRow]:
        """Return the sessions of a programme with members and hours, by day; the voided ones too."""
        summed: Any = func.sum(StudyHours.hours)
        counted: Any = func.count(StudyHours.id)
        columns = (
            *(StudySession.id, StudySession.programme_id, StudySession.studied_on, StudySession.topic),
            *(StudySession.meeting_id, StudySession.voided_on, StudySession.reason),
        )
        query = (
            select(*columns, counted.label("members"), summed.label("hours"))
            .join(StudyHours, owns(StudyHours, StudyHours.session_id, StudySession))
            .where(StudySession.programme_id == programme_id)
            .group_by(*columns)
            .order_by(StudySession.studied_on, StudySession.id)
        )
        return self.session.execute(self.here(query, StudySession)).all()

    def lock_session(self, session_id: int) -> AnyRow | None:
        """Return a session, so that nobody else voids it meanwhile."""
        query = select(StudySession.id, StudySession.topic, StudySession.voided_on).where(
            StudySession.id == session_id
        )
        locked = self.here(query, StudySession).with_for_update(key_share=True)
        return self.session.execute(locked).one_or_none()

    def hours_between(
        self, since: date, until: date, member_ids: Collection[int] | None = None
    ) -> dict[int, Decimal]:
        """Return by member the hours of study in some days, in every programme of the district."""
        summed: Any = func.sum(StudyHours.hours)
        query = (
            select(StudyHours.member_id, summed.label("hours"))
            .join(StudySession, same(StudySession, StudyHours.session_id, StudyHours))
            .where(
                StudySession.studied_on >= since,
                StudySession.studied_on < until,
                StudySession.voided_on.is_(None),
            )
            .group_by(StudyHours.member_id)
        )
        if member_ids is not None:
            query = query.where(StudyHours.member_id.in_(sorted(member_ids)))
        return {row.member_id: row.hours for row in self.session.execute(self.here(query, StudySession))}

    def officers_between(self, branch_id: int, since: date, until: date) -> set[int]:
        """Return who sat in the committee on any of some days."""
        query = select(CommitteeSeat.member_id).where(
            CommitteeSeat.county_id == self.scope.county_id,
            CommitteeSeat.branch_id == branch_id,
            CommitteeSeat.since < until,
            or_(CommitteeSeat.until.is_(None), CommitteeSeat.until > since),
        )
        return set(self.session.scalars(query))

    # lessons

    def classes_of(self, class_ids: Iterable[int], day: date) -> dict[int, int]:
        """Return the schools of those classes of the district that there are on a day."""
        query = select(SchoolClass.id, SchoolClass.school_id).where(
            SchoolClass.id.in_(sorted(set(class_ids))),
            or_(SchoolClass.formed_on.is_(None), SchoolClass.formed_on <= day),
            or_(SchoolClass.dissolved_on.is_(None), SchoolClass.dissolved_on > day),
        )
        return {row.id: row.school_id for row in self.session.execute(self.here(query, SchoolClass))}

    def working(self, staff_ids: Iterable[int], day: date) -> set[int]:
        """Return those who work at a school of the district on a day."""
        query = select(Placement.staff_id).where(
            Placement.staff_id.in_(sorted(set(staff_ids))), open_on(Placement.since, Placement.until, day)
        )
        return set(self.session.scalars(self.here(query, Placement)))

    def lessons(self, since: date, until: date) -> Sequence[AnyRow]:
        """Return the lessons that are planned for some days, by day and school."""
        named = (SchoolClass.stage, SchoolClass.entry_year, SchoolClass.number)
        query: AnySelect = (
            select(
                StatuteLesson.__table__,
                *named,
                *(School.code.label("school"), Staff.staff_no, Person.name.label("teacher")),
            )
            .join(SchoolClass, same(SchoolClass, StatuteLesson.class_id, StatuteLesson))
            .join(School, same(School, StatuteLesson.school_id, StatuteLesson))
            .join(Staff, same(Staff, StatuteLesson.staff_id, StatuteLesson))
            .join(Person, same(Person, Staff.person_id, Staff))
            .where(StatuteLesson.planned_on >= since, StatuteLesson.planned_on < until)
        )
        ordered = self.here(query, StatuteLesson).order_by(
            StatuteLesson.planned_on, School.code, StatuteLesson.id
        )
        return self.session.execute(ordered).all()

    def lock_lesson(self, lesson_id: int) -> AnyRow | None:
        """Return a lesson, so that nobody else gives it or calls it off meanwhile."""
        columns = (StatuteLesson.id, StatuteLesson.class_id, StatuteLesson.staff_id, StatuteLesson.given_on)
        query = select(*columns, StatuteLesson.called_off_on).where(StatuteLesson.id == lesson_id)
        locked = self.here(query, StatuteLesson).with_for_update(key_share=True)
        return self.session.execute(locked).one_or_none()
