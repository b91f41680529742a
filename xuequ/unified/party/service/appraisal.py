"""Use cases of 民主评议党员: self, mutual, ballot, grade; and of what a 组织生活会 finds and puts right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from xuequ.core.context import reading, use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.ids import take_ids
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.party.actions.appraisal import (
    APPRAISE_MEMBERS,
    RECORD_RECTIFICATION,
    VIEW_APPRAISALS,
    VIEW_RECTIFICATION,
)
from xuequ.unified.party.errors.appraisal import (
    AppraisalOpenAlready,
    AppraisalUnknown,
    CriticismUnknown,
    NotAppraised,
    RectificationDoneAlready,
    RectificationUnknown,
)
from xuequ.unified.party.errors.members import MemberNamedTwice, MemberUnknown
from xuequ.unified.party.facts.appraisal import (
    AppraisalOpened,
    AppraisalStepped,
    CriticismRecorded,
    RectificationAssigned,
    RectificationDone,
)
from xuequ.unified.party.models.appraisal import Appraisal, Appraised, Criticism, Rectification
from xuequ.unified.party.repository.appraisal import AppraisalRows
from xuequ.unified.party.repository.meetings import values_of
from xuequ.unified.party.rules.appraisal import (
    Stand,
    ballot_meeting_problems,
    ballot_problems,
    criticism_problems,
    done_problems,
    grade_problems,
    is_overdue,
    step_problems,
)
from xuequ.unified.party.schemas.appraisal import (
    AppraisalView,
    AppraisedView,
    CriticismRecord,
    CriticismView,
    GradeBallot,
    GradeGiven,
    RectificationList,
    RectificationPlan,
    RectificationProof,
    RectificationView,
    StepRecord,
)
from xuequ.unified.party.service.meetings.steps import MeetingSteps
from xuequ.unified.party.states.appraisal import AppraisalStep
from xuequ.unified.party.states.meetings import Mark, MeetingKind, MeetingState

__all__ = ["AppraisalService"]

_SHOWN = tuple(AppraisedView.model_fields)


class AppraisalService(MeetingSteps):
    """The yearly appraisal of members 民主评议党员, and the 整改清单 of the 组织生活会."""

    @property
    def _rows(self) -> AppraisalRows:
        return AppraisalRows(self.context.session, self.context.scope, self.context.place)

    @use_case(APPRAISE_MEMBERS)
    def open_year(self, year: int, on: date | None = None) -> AppraisalView:
        """Begin the appraisal of a year; whoever is in the branch on that day takes part.

        Args:
            year: of which year.
            on: the day on which it begins; today when left out.

        Raises:
            BranchMissing, DayAhead: for the day.
            AppraisalOpenAlready: when it is under way.
        """
        rows, on = self._rows, self._past(on)
        branch = self._branch(on)
        rows.lock_branch(branch.id)
        if rows.of_year(branch.id, year) is not None:
            raise AppraisalOpenAlready(year=str(year))
        values = {"district_id": rows.district_id, "branch_id": branch.id, "year": year, "opened_on": on}
        appraisal_id = rows.add(Appraisal, **values)
        ids = [row.member_id for row in rows.members(branch.id, on) if row.state != "suspended"]
        listed = [(appraisal_id, one, AppraisalStep.OPEN.code, "") for one in ids]
        rows.load(Appraised, ("appraisal_id", "member_id", "step", "opinion"), listed)
        self.context.announce(AppraisalOpened(appraisal_id=appraisal_id, year=year, members=len(ids)))
        return self._year(branch.id, year)

    @use_case(APPRAISE_MEMBERS)
    def record_self(self, appraisal_id: int, rows: Sequence[StepRecord]) -> None:
        """Record who has appraised themselves 自评, and when.

        Raises:
            AppraisalUnknown, NotAppraised, MemberNamedTwice: for which, and whom.
            IllegalTransition, StepBackwards, StepAhead: for the step; or Problems with all of them.
        """
        fields = {row.member_id: {"self_on": row.on} for row in rows}
        self._step(appraisal_id, AppraisalStep.SELF, {row.member_id: row.on for row in rows}, rows, fields)

    @use_case(APPRAISE_MEMBERS)
    def record_mutual(self, appraisal_id: int, rows: Sequence[StepRecord]) -> None:
        """Record whom the others have appraised 互评, and when.

        Raises:
            As `record_self`.
        """
        fields = {row.member_id: {"mutual_on": row.on} for row in rows}
        self._step(appraisal_id, AppraisalStep.MUTUAL, {row.member_id: row.on for row in rows}, rows, fields)

    @use_case(APPRAISE_MEMBERS)
    def record_ballots(self, appraisal_id: int, meeting_id: int, rows: Sequence[GradeBallot]) -> None:
        """Record the ballot 民主测评 of a meeting that was held: how many gave which grade, never who.

        Raises:
            MeetingUnknown, MeetingNotOfAppraisal, BallotsExceedPresent: for the meeting and its ballots.
            Others as `record_self`.
        """
        meeting = self._locked(meeting_id)
        kind, state = MeetingKind(meeting.kind), MeetingState(meeting.state)
        refuse_if(ballot_meeting_problems(meeting.number, kind, state))
        present = sum(line.mark == Mark.PRESENT for line in self._rows.rolls([meeting_id]))
        problems = [one for row in rows for one in ballot_problems(str(row.member_id), row.cast, present)]
        refuse_if(problems)
        fields = {
            row.member_id: {"meeting_id": meeting_id, **row.model_dump(exclude={"member_id"})} for row in rows
        }
        held_on: date = meeting.held_on
        days = dict.fromkeys(fields, held_on)
        self._step(appraisal_id, AppraisalStep.BALLOTED, days, rows, fields)

    @use_case(APPRAISE_MEMBERS)
    def grade(self, appraisal_id: int, rows: Sequence[GradeGiven], on: date | None = None) -> None:
        """Record the grades that the branch committee gives, once the ballot is known.

        Args:
            appraisal_id: of which year.
            rows: the grades.
            on: the day of the committee's opinion; today when left out.

        Raises:
            GradeNotInForce: for a grade that is not among those in force.
            Others as `record_self`.
        """
        on = on or self.context.today
        standards = self.context.standards
        refuse_if([one for row in rows for one in grade_problems(row.grade, standards, on)])
        fields = {
            row.member_id: {"grade": row.grade.code, "graded_on": on, "opinion": row.opinion} for row in rows
        }
        self._step(appraisal_id, AppraisalStep.GRADED, dict.fromkeys(fields, on), rows, fields)

    def _step(
        self,
        appraisal_id: int,
        to: AppraisalStep,
        days: Mapping[int, date],
        said: Sequence[StepRecord] | Sequence[GradeBallot] | Sequence[GradeGiven],
        fields: Mapping[int, Mapping[str, Any]],
    ) -> None:
        """Take members one step on, all of them or none."""
        appraisal = self._rows.lock_appraisal(appraisal_id)
        if appraisal is None:
            raise AppraisalUnknown(appraisal=str(appraisal_id))
        there = {row.member_id: row for row in self._rows.appraised(appraisal_id)}
        problems: list[Problem] = []
        if len(fields) < len(said):
            ids = [row.member_id for row in said]
            twice = sorted({one for one in ids if ids.count(one) > 1})
            problems += [Problem(MemberNamedTwice(member=str(one))) for one in twice]
        for member_id, day in days.items():
            if member_id not in there:
                error = NotAppraised(member=str(member_id), year=str(appraisal.year))
                problems.append(Problem(error))
                continue
            problems += step_problems(_stand(there[member_id]), to, day, self.context.today)
        refuse_if(problems)
        if not fields:
            return
        self._rows.step([{"at": there[one].id, "step": to.code, **values} for one, values in fields.items()])
        ids_ = tuple(fields)
        self.context.announce(AppraisalStepped(appraisal_id=appraisal_id, step=to, member_ids=ids_))

    @reading(VIEW_APPRAISALS)
    def year(self, year: int) -> AppraisalView:
        """Return the appraisal of a year.

        Raises:
            BranchMissing, AppraisalUnknown: when there is none.
        """
        return self._year(self._branch(min(self.context.today, date(year, 12, 31))).id, year)

    def _year(self, branch_id: int, year: int) -> AppraisalView:
        found = self._rows.of_year(branch_id, year)
        if found is None:
            raise AppraisalUnknown(appraisal=str(year))
        members = tuple(
            AppraisedView(**{name: getattr(row, name) for name in _SHOWN})
            for row in self._rows.appraised(found.id)
        )
        return AppraisalView(id=found.id, year=year, opened_on=found.opened_on, members=members)

    # criticism and what is put right

    @use_case(RECORD_RECTIFICATION)
    def record_criticism(self, meeting_id: int, rows: Sequence[CriticismRecord]) -> list[int]:
        """Record what a 组织生活会 or 民主评议会 raised; return the ids in the order of the rows.

        Raises:
            MeetingUnknown, CriticismNotOfLifeMeeting: for the meeting.
            MemberUnknown: for whom an item is of.
        """
        meeting = self._locked(meeting_id)
        kind, state = MeetingKind(meeting.kind), MeetingState(meeting.state)
        refuse_if(criticism_problems(meeting.number, kind, state))
        self._refuse_strangers([row.member_id for row in rows if row.member_id is not None])
        ids = [
            self._rows.add(
                Criticism,
                meeting_id=meeting_id,
                member_id=row.member_id,
                kind=row.kind.code,
                text=row.text,
            )
            for row in rows
        ]
        self.context.announce(CriticismRecorded(meeting_id=meeting_id, criticism_ids=tuple(ids)))
        return ids

    @use_case(RECORD_RECTIFICATION)
    def assign_rectification(self, rows: Sequence[RectificationPlan]) -> list[int]:
        """Say who puts right what was criticised, how, and until when; return the ids in the rows' order.

        Raises:
            CriticismUnknown, MemberUnknown: for what, and whom; or Problems with all of them.
        """
        known = self._rows.known_criticisms({row.criticism_id for row in rows})
        missing = sorted({row.criticism_id for row in rows} - known)
        refuse_if([Problem(CriticismUnknown(criticism=str(one))) for one in missing])
        self._refuse_strangers([row.owner_id for row in rows])
        ids = list(take_ids(len(rows)))
        district_id = self._rows.district_id
        columns = ("id", "district_id", "criticism_id", "owner_id", "measure", "due_on", "proof")
        self._rows.load_given(
            Rectification,
            columns,
            [
                (one, district_id, row.criticism_id, row.owner_id, row.measure, row.due_on, "")
                for one, row in zip(ids, rows, strict=True)
            ],
        )
        for one, row in zip(ids, rows, strict=True):
            fact = RectificationAssigned(
                rectification_id=one,
                criticism_id=row.criticism_id,
                owner_id=row.owner_id,
                due_on=row.due_on,
            )
            self.context.announce(fact)
        return ids

    @use_case(RECORD_RECTIFICATION)
    def complete_rectification(self, rectification_id: int, command: RectificationProof) -> None:
        """Record that something was put right, with what one sees it by 销号.

        Raises:
            RectificationUnknown, RectificationDoneAlready: for which.
            DoneAhead: when the day has not come.
        """
        row = self._rows.lock_rectification(rectification_id)
        if row is None:
            raise RectificationUnknown(rectification=str(rectification_id))
        if row.done_on is not None:
            raise RectificationDoneAlready(rectification=str(rectification_id), on=str(row.done_on))
        refuse_if(done_problems(str(rectification_id), command.done_on, self.context.today))
        self._rows.change(Rectification, rectification_id, done_on=command.done_on, proof=command.proof)
        fact = RectificationDone(rectification_id=rectification_id, done_on=command.done_on)
        self.context.announce(fact)

    def _refuse_strangers(self, member_ids: Sequence[int]) -> None:
        known = self._rows.ever_here(member_ids)
        strangers = [one for one in dict.fromkeys(member_ids) if one not in known]
        refuse_if([Problem(MemberUnknown(member=str(one))) for one in strangers])

    @reading(VIEW_RECTIFICATION)
    def criticisms(self, meeting_id: int) -> list[CriticismView]:
        """List what a meeting raised.

        Raises:
            MeetingUnknown: when there is none of that id.
        """
        self._meeting(meeting_id)
        return [CriticismView(**values_of(row)) for row in self._rows.criticisms(meeting_id)]

    @reading(VIEW_RECTIFICATION)
    def rectifications(self, *, undone: bool = False) -> RectificationList:
        """Return the 整改清单, what is due first at its head.

        Args:
            undone: only what was not put right yet.
        """
        today = self.context.today
        lines = tuple(
            _rectification(row, today)
            for row in self._rows.rectifications()
            if not undone or row.done_on is None
        )
        overdue = sum(line.overdue and line.done_on is None for line in lines)
        return RectificationList(
            district=self._rows.district_name(), as_of=today, overdue=overdue, lines=lines
        )


def _stand(row: AnyRow) -> Stand:
    last = row.mutual_on or row.self_on
    return Stand(str(row.member_id), AppraisalStep(row.step), last)


def _rectification(row: AnyRow, today: date) -> RectificationView:
    names = ("id", "criticism_id", "number", "criticism", "owner_id", "owner", "measure", "due_on")
    values = {name: getattr(row, name) for name in (*names, "done_on", "proof")}
    return RectificationView(**values, overdue=is_overdue(row.due_on, row.done_on, today))
