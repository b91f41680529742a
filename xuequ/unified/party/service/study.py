"""Use cases of study: programmes, sessions with hours, and lessons on the party's statutes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from xuequ.core.context import reading, use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.ids import take_ids
from xuequ.core.spans import DaySpan
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.rules.classes import Schooling, class_name
from xuequ.registry.states.classes import Stage
from xuequ.unified.party.actions.study import PLAN_LESSONS, RECORD_STUDY, VIEW_LESSONS, VIEW_STUDY
from xuequ.unified.party.errors.study import (
    ClassNotTaught,
    LessonUnknown,
    ProgrammeKnown,
    ProgrammeUnknown,
    SessionUnknown,
    SessionVoidedAlready,
    TeacherNotHere,
)
from xuequ.unified.party.facts.study import (
    LessonCalledOff,
    LessonGiven,
    LessonsPlanned,
    ProgrammeOpened,
    StudyRecorded,
    StudyVoided,
)
from xuequ.unified.party.models.study import StatuteLesson, StudyHours, StudyProgramme, StudySession
from xuequ.unified.party.repository.meetings import values_of
from xuequ.unified.party.repository.study import StudyRows
from xuequ.unified.party.rules.study import (
    Studied,
    day_problems,
    given_problems,
    hours_short,
    hours_wanted,
    lesson_problems,
    session_problems,
)
from xuequ.unified.party.schemas.meetings import Voiding
from xuequ.unified.party.schemas.study import (
    HoursLedger,
    HoursLine,
    LessonList,
    LessonPlan,
    LessonProof,
    LessonView,
    ProgrammeOpening,
    ProgrammeView,
    SessionView,
    StudyRecord,
)
from xuequ.unified.party.service.meetings.steps import MeetingSteps

__all__ = ["StudyService"]

_LESSON = ("district_id", "school_id", "class_id", "staff_id", "topic", "planned_on", "proof", "reason")


class StudyService(MeetingSteps):
    """Study 学习教育: 两学一做 and other programmes, yearly hours, and 《党章》进课堂."""

    @property
    def _rows(self) -> StudyRows:
        return StudyRows(self.context.session, self.context.scope, self.context.place)

    @use_case(RECORD_STUDY)
    def open_programme(self, command: ProgrammeOpening) -> int:
        """Open a programme of study; return its id.

        Raises:
            SpanBackwards, ProgrammeKnown: for its days, and its name.
        """
        rows, span = self._rows, DaySpan(command.since, command.until)
        rows.lock_district()
        if rows.programme_named(command.name) is not None:
            raise ProgrammeKnown(programme=command.name)
        values = {"name": command.name, "since": span.since, "until": span.until}
        programme_id = rows.add(StudyProgramme, district_id=rows.district_id, **values)
        self.context.announce(ProgrammeOpened(programme_id=programme_id, since=span.since))
        return programme_id

    @use_case(RECORD_STUDY)
    def record_study(self, programme_id: int, rows: Sequence[StudyRecord]) -> list[int]:
        """Record sessions with the hours of each member; return their ids in the order of the rows.

        Raises:
            ProgrammeUnknown, MeetingUnknown, BranchMissing: for what is named.
            StudyOutsideProgramme, StudiedByStranger, TooManyHours: for the sessions; or Problems with all.
        """
        programme = self._rows.lock_programme(programme_id)
        if programme is None:
            raise ProgrammeUnknown(programme=str(programme_id))
        span = DaySpan(programme.since, programme.until)
        for meeting_id in {row.meeting_id for row in rows if row.meeting_id is not None}:
            self._meeting(meeting_id)
        refuse_if(self._session_problems(rows, span))
        ids = list(take_ids(len(rows)))
        columns = ("id", "district_id", "programme_id", "meeting_id", "studied_on", "topic", "reason")
        district_id = self._rows.district_id
        self._rows.load_given(
            StudySession,
            columns,
            [
                (one, district_id, programme_id, row.meeting_id, row.studied_on, row.topic, "")
                for one, row in zip(ids, rows, strict=True)
            ],
        )
        listed = [
            (one, member_id, hours)
            for one, row in zip(ids, rows, strict=True)
            for member_id, hours in row.hours.items()
        ]
        self._rows.load(StudyHours, ("session_id", "member_id", "hours"), listed)
        self.context.announce(StudyRecorded(programme_id=programme_id, session_ids=tuple(ids)))
        return ids

    def _session_problems(self, rows: Sequence[StudyRecord], span: DaySpan) -> list[Problem]:
        problems: list[Problem] = []
        for day in sorted({row.studied_on for row in rows}):
            of_day = [row for row in rows if row.studied_on == day]
            branch = self._branch(day)
            members = {row.member_id for row in self._rows.members(branch.id, day)}
            hours: dict[int, Decimal] = {}
            for row in of_day:
                said = Studied(day, row.topic, row.hours)
                problems += session_problems(said, span, members, self.context.today)
                for member_id, some in row.hours.items():
                    hours[member_id] = hours.get(member_id, Decimal(0)) + some
            there = self._rows.hours_between(day, day + timedelta(days=1), set(hours))
            sums = {one: some + there.get(one, Decimal(0)) for one, some in hours.items()}
            problems += day_problems(day, sums)
        return problems

    @use_case(RECORD_STUDY)
    def void_session(self, session_id: int, command: Voiding) -> None:
        """Void a session that was recorded in error, with a reason; its hours no longer count.

        Raises:
            SessionUnknown, SessionVoidedAlready: for which.
        """
        row = self._rows.lock_session(session_id)
        if row is None:
            raise SessionUnknown(session=str(session_id))
        if row.voided_on is not None:
            raise SessionVoidedAlready(session=str(session_id), on=str(row.voided_on))
        values = {"voided_on": self.context.today, "reason": command.reason}
        self._rows.change(StudySession, session_id, **values)
        self.context.announce(StudyVoided(session_id=session_id))

    @reading(VIEW_STUDY)
    def programmes(self) -> list[ProgrammeView]:
        """List the programmes of the district, the latest first."""
        return [
            ProgrammeView(
                id=row.id,
                name=row.name,
                since=row.since,
                until=row.until,
                sessions=row.sessions,
                hours=row.hours or Decimal(0),
            )
            for row in self._rows.programmes()
        ]

    @reading(VIEW_STUDY)
    def sessions(self, programme_id: int) -> list[SessionView]:
        """List the sessions of a programme by day, the voided ones too."""
        return [SessionView(**values_of(row)) for row in self._rows.sessions(programme_id)]

    @reading(VIEW_STUDY)
    def hours_of_year(self, year: int | None = None) -> HoursLedger:
        """Return the 学时台账 of a year: each member's hours beside what is usual for them.

        Whoever sat in the committee on any day of the year is wanted with an officer's hours.

        Args:
            year: which; the current one when left out.

        Raises:
            BranchMissing: when there is no branch at its end, or today.
        """
        year = year or self.context.today.year
        since, until = date(year, 1, 1), date(year + 1, 1, 1)
        on, rows = min(self.context.today, date(year, 12, 31)), self._rows
        branch = self._branch(on)
        officers = rows.officers_between(branch.id, since, until)
        studied = rows.hours_between(since, until)
        lines = tuple(
            self._hours_line(row, row.member_id in officers, studied, on)
            for row in rows.members(branch.id, on)
        )
        return HoursLedger(
            district=self._rows.district_name(), branch=branch.name, year=year, as_of=on, lines=lines
        )

    def _hours_line(self, row: AnyRow, officer: bool, studied: dict[int, Decimal], on: date) -> HoursLine:
        hours = studied.get(row.member_id, Decimal(0))
        wanted = hours_wanted(officer, self.context.standards, on)
        return HoursLine(
            member_id=row.member_id,
            staff_no=row.staff_no,
            name=row.name,
            officer=officer,
            hours=hours,
            wanted=wanted,
            short=hours_short(hours, wanted),
        )

    # 《党章》进课堂

    @use_case(PLAN_LESSONS)
    def plan_lessons(self, rows: Sequence[LessonPlan]) -> list[int]:
        """Plan lessons on the party's statutes for classes 《党章》进课堂; return their ids.

        Raises:
            ClassNotTaught, TeacherNotHere: for class and teacher on the day; or Problems with all of them.
        """
        schools: dict[tuple[int, date], int] = {}
        problems: list[Problem] = []
        for day in sorted({row.planned_on for row in rows}):
            of_day = [row for row in rows if row.planned_on == day]
            classes = self._rows.classes_of([row.class_id for row in of_day], day)
            working = self._rows.working([row.staff_id for row in of_day], day)
            for row in of_day:
                if row.class_id not in classes:
                    problems.append(Problem(ClassNotTaught(class_id=str(row.class_id), on=str(day))))
                if row.staff_id not in working:
                    problems.append(Problem(TeacherNotHere(teacher=str(row.staff_id), on=str(day))))
            schools |= {(one, day): school_id for one, school_id in classes.items()}
        refuse_if(problems)
        ids, district_id = list(take_ids(len(rows))), self._rows.district_id
        listed = [
            (
                *(one, district_id, schools[row.class_id, row.planned_on], row.class_id, row.staff_id),
                *(row.topic, row.planned_on, "", ""),
            )
            for one, row in zip(ids, rows, strict=True)
        ]
        self._rows.load_given(StatuteLesson, ("id", *_LESSON), listed)
        self.context.announce(LessonsPlanned(lesson_ids=tuple(ids)))
        return ids

    @use_case(PLAN_LESSONS)
    def give_lesson(self, lesson_id: int, command: LessonProof) -> None:
        """Record that a planned lesson was given, with what one sees it by.

        Raises:
            LessonUnknown, LessonSettled, LessonAhead: for which, how it stands, and the day.
        """
        row = self._lesson(lesson_id)
        refuse_if(given_problems(str(lesson_id), command.given_on, self.context.today))
        values = {"given_on": command.given_on, "proof": command.proof}
        self._rows.change(StatuteLesson, lesson_id, **values)
        fact = LessonGiven(
            lesson_id=lesson_id, class_id=row.class_id, staff_id=row.staff_id, given_on=command.given_on
        )
        self.context.announce(fact)

    @use_case(PLAN_LESSONS)
    def call_off_lesson(self, lesson_id: int, command: Voiding) -> None:
        """Call off a planned lesson, with a reason.

        Raises:
            LessonUnknown, LessonSettled: for which, and how it stands.
        """
        self._lesson(lesson_id)
        values = {"called_off_on": self.context.today, "reason": command.reason}
        self._rows.change(StatuteLesson, lesson_id, **values)
        self.context.announce(LessonCalledOff(lesson_id=lesson_id))

    def _lesson(self, lesson_id: int) -> AnyRow:
        """Return a lesson under lock that was neither given nor called off."""
        row = self._rows.lock_lesson(lesson_id)
        if row is None:
            raise LessonUnknown(lesson=str(lesson_id))
        refuse_if(lesson_problems(str(lesson_id), row.given_on, row.called_off_on))
        return row

    @reading(VIEW_LESSONS)
    def lessons(self, since: date | None = None, until: date | None = None) -> LessonList:
        """Return what was planned for some days and what of it was given.

        Args:
            since: the first day; that of the current year when left out.
            until: the first day after the last; a year later when left out.
        """
        today = self.context.today
        since = since or date(today.year, 1, 1)
        until = until or date(since.year + 1, 1, 1)
        schooling = Schooling.of(self.context.standards, today)
        lines = tuple(_lesson_view(row, today, schooling) for row in self._rows.lessons(since, until))
        return LessonList(
            district=self._rows.district_name(),
            since=since,
            until=until,
            planned=sum(line.called_off_on is None for line in lines),
            given=sum(line.given_on is not None for line in lines),
            lines=lines,
        )


def _lesson_view(row: AnyRow, today: date, schooling: Schooling) -> LessonView:
    names = ("id", "school", "class_id", "staff_no", "teacher", "topic", "planned_on", "given_on")
    values = {name: getattr(row, name) for name in (*names, "proof", "called_off_on", "reason")}
    open_still = row.given_on is None and row.called_off_on is None
    name = class_name(Stage(row.stage), row.entry_year, row.number, today, schooling)
    return LessonView(**values, class_name=name, overdue=open_still and row.planned_on < today)
