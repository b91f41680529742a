"""Readings of development cases: the steps so far, what may come next, who must be replaced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xuequ.core.context import At, Service, reading
from xuequ.core.source import Source
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.schemas.calendar import WorkingDayView
from xuequ.registry.service.calendar import CalendarService
from xuequ.unified.party.actions.development import VIEW_CASES, VIEW_OWN_CASE
from xuequ.unified.party.errors.development import CaseUnknown
from xuequ.unified.party.repository.development import DevelopmentRows
from xuequ.unified.party.rules.development import (
    Law,
    Step,
    Vote,
    phase,
    probation_end,
    redo_after,
    standing_of,
)
from xuequ.unified.party.rules.development_windows import Window, windows
from xuequ.unified.party.schemas.development_views import (
    CaseView,
    ExceptionView,
    NextStep,
    OwnCase,
    OwnStep,
    SponsorToReplace,
    SponsorView,
    StandardUsed,
    StepView,
)
from xuequ.unified.party.states.development import CaseEnd, Outcome, Phase, Role, StepKind


@dataclass(frozen=True, slots=True)
class Roll:
    """Who was a full member in good standing of a branch on which days, read once."""

    rows: Sequence[AnyRow]

    def on(self, day: date) -> frozenset[int]:
        """Return the full members of a day."""
        return frozenset(
            row.member_id
            for row in self.rows
            if _holds(row.since, row.until, day) and _holds(row.full_since, row.full_until, day)
        )


def _holds(since: date, until: date | None, day: date) -> bool:
    return since <= day and (until is None or day < until)


class DevelopmentViews(Service):
    """What is recorded of cases, and what follows from it."""

    @property
    def _rows(self) -> DevelopmentRows:
        return DevelopmentRows(self.context.session, self.context.scope, self.context.place)

    @reading(VIEW_CASES)
    def case(self, case_id: int) -> CaseView:
        """Return a case with its steps, voided ones too, and what may come next.

        Raises:
            CaseUnknown: when the district has none of that id.
        """
        return self._views([self._case(case_id)])[0]

    @reading(VIEW_CASES)
    def cases(self, phase: Phase | None = None, on: date | None = None) -> list[CaseView]:
        """List the cases that are open on a day, the earliest application first; of one phase when given."""
        views = self._views(self._rows.cases(on or self.context.today))
        return [view for view in views if phase in (None, view.phase)]

    @reading(VIEW_CASES)
    def exceptions(self, on: date | None = None) -> list[ExceptionView]:
        """List in what open cases depart from the rule texts, with the recorded reasons, by day."""
        return self._exceptions(self._rows.cases(on or self.context.today))

    @reading(VIEW_CASES)
    def sponsors_to_replace(self, on: date | None = None) -> list[SponsorToReplace]:
        """List contacts and introducers of open cases who are no full members of the branch on a day.

        Contacts until the case has introducers, then these until the probation is over.
        """
        day = on or self.context.today
        return self._to_replace(self._rows.cases(day), day)

    @reading(VIEW_OWN_CASE, at=At.SCHOOL)
    def own_cases(self, school: str) -> list[OwnCase]:
        """Return the cases of whoever asks, the latest first 本人入党进度.

        Args:
            school: where they work.
        """
        self.context.permit(VIEW_OWN_CASE, school=school)
        number = self.context.acting.staff_no
        found = self._rows.cases_of(number) if number else ()
        histories = self._histories([row.id for row in found])
        return [self._own_case(row, histories[row.id]) for row in found]

    def _own_case(self, row: AnyRow, history: Sequence[Step]) -> OwnCase:
        following = () if row.closed_on else self._windows(history, self.context.today, None)
        return OwnCase(
            id=row.id,
            applied_on=row.applied_on,
            phase=phase(history),
            closed_on=row.closed_on,
            end=CaseEnd(row.ended) if row.ended else None,
            steps=tuple(OwnStep(kind=s.kind, on=s.on, outcome=s.outcome) for s in history),
            next_steps=tuple(following),
        )

    # what the readings share

    def _case(self, case_id: int) -> AnyRow:
        row = self._rows.case(case_id)
        if row is None:
            raise CaseUnknown(case=str(case_id))
        return row

    def _histories(self, case_ids: Sequence[int], until: date | None = None) -> defaultdict[int, list[Step]]:
        """Return the standing steps of cases, up to a day when one is given."""
        found = defaultdict[int, list[Step]](list)
        for row in self._rows.steps(case_ids):
            if until is None or row.day <= until:
                found[row.case_id].append(step_of_row(row))
        return found

    def _hung(self, day: date) -> WorkingDayView | None:
        """Return the last day of a notice that is put up on a day, where the text of the day asks for one."""
        days = Law(self.context.standards, day).whole("notice_working_days")
        return CalendarService(self.context).last_day_of_notice(day, days) if days else None

    def _windows(self, history: Sequence[Step], day: date, hung: WorkingDayView | None) -> list[NextStep]:
        """Return what may come next; a notice that has not hung is reckoned as `hung` on the day."""
        found = windows(history, self.context.standards, day, hung.day if hung else None)
        provisional = hung.provisional if hung else ""
        return [_next_step(window, day, provisional) for window in found]

    def _views(self, found: Sequence[AnyRow]) -> list[CaseView]:
        rows, today = self._rows, self.context.today
        ids = [row.id for row in found]
        histories, steps = self._histories(ids), rows.steps(ids, voided=True)
        views = defaultdict[int, list[StepView]](list)
        for row, view in zip(steps, self._step_views(ids, steps), strict=True):
            views[row.case_id].append(view)
        sponsors = self._sponsor_views(found, today)
        schools = rows.school_names([row.person_id for row in found], today)
        hung = self._hung(today) if any(row.closed_on is None for row in found) else None
        return [
            self._view(row, histories[row.id], hung).model_copy(
                update={
                    "school": schools.get(row.person_id, ""),
                    "steps": tuple(views[row.id]),
                    "sponsors": tuple(sponsors[row.id]),
                }
            )
            for row in found
        ]

    def _view(self, row: AnyRow, history: Sequence[Step], hung: WorkingDayView | None) -> CaseView:
        law = Law(self.context.standards, self.context.today)
        end = probation_end(history, law) if phase(history) is Phase.PROBATIONARY else None
        own = ("id", "staff_id", "staff_no", "name", "applied_on", "taken_over", "member_id", "closed_on")
        return CaseView(
            **{name: getattr(row, name) for name in own},
            school="",
            phase=phase(history),
            probation_ends=end.day if end else None,
            end=CaseEnd(row.ended) if row.ended else None,
            closing_reason=row.closing_reason,
            steps=(),
            sponsors=(),
            next_steps=() if row.closed_on else tuple(self._windows(history, law.on, hung)),
            redo_proposed="" if row.closed_on else redo_words(history, law),
        )

    def _step_views(self, case_ids: Sequence[int], steps: Sequence[AnyRow]) -> list[StepView]:
        said = defaultdict[int, list[str]](list)
        for row in self._rows.exceptions(case_ids):
            said[row.step_id].append(row.says)
        used = defaultdict[int, list[StandardUsed]](list)
        for row in self._rows.standards_used([step.id for step in steps]):
            names = StandardUsed.model_fields
            used[row.step_id].append(StandardUsed(**{name: getattr(row, name) for name in names}))
        return [_step_view(row, said[row.id], used[row.id]) for row in steps]

    def _sponsor_views(self, found: Sequence[AnyRow], day: date) -> defaultdict[int, list[SponsorView]]:
        rows = self._rows
        sponsors = rows.sponsors([row.id for row in found])
        names = rows.sponsor_names({row.member_id for row in sponsors})
        rolls = self._rolls(found)
        branches = {row.id: row.branch_id for row in found}
        views = defaultdict[int, list[SponsorView]](list)
        for row in sponsors:
            view = SponsorView(
                role=Role(row.role),
                member_id=row.member_id,
                staff_no=names[row.member_id].staff_no,
                name=names[row.member_id].name,
                since=row.since,
                until=row.until,
                replaces_id=row.replaces_id,
                reason=row.reason,
                fit=row.member_id in rolls[branches[row.case_id]].on(day),
            )
            views[row.case_id].append(view)
        return views

    def _rolls(self, found: Iterable[AnyRow]) -> dict[int, Roll]:
        return {branch: Roll(self._rows.full_members(branch)) for branch in {row.branch_id for row in found}}

    def _to_replace(self, found: Sequence[AnyRow], day: date) -> list[SponsorToReplace]:
        histories = self._histories([row.id for row in found], day)
        sponsors = self._sponsor_views(found, day)
        return [
            SponsorToReplace(
                case_id=row.id,
                staff_no=row.staff_no or "",
                name=row.name,
                role=one.role,
                member_id=one.member_id,
                sponsor=one.name,
            )
            for row in found
            for one in sponsors[row.id]
            if not one.fit and _holds(one.since, one.until, day) and one.role is _needed(histories[row.id])
        ]

    def _exceptions(self, found: Sequence[AnyRow]) -> list[ExceptionView]:
        named = {row.id: row for row in found}
        return [
            ExceptionView(
                case_id=row.case_id,
                staff_no=named[row.case_id].staff_no or "",
                name=named[row.case_id].name,
                step=StepKind(row.kind),
                on=row.day,
                code=row.code,
                says=row.says,
                reason=row.reason,
            )
            for row in self._rows.exceptions(list(named))
        ]


def _needed(history: Sequence[Step]) -> Role:
    return Role.INTRODUCER if phase(history) is Phase.PROBATIONARY else Role.CONTACT


def redo_words(history: Sequence[Step], law: Law) -> str:
    """Propose to do an admission anew whose approval took too long; empty when there is nothing to."""
    last = standing_of(history)
    if last.reached != (StepKind.MEETING, Outcome.PASSED) or law.on <= (until := redo_after(last, law)):
        return ""
    return f"{last.on} 支部大会决议至 {until} 未获审批，建议请示上级党委后重新履行预审和支部大会手续。"


def step_of_row(row: AnyRow) -> Step:
    """Return a step as the rules take it; whom it named is not among what they ask of the past."""
    return Step(
        kind=StepKind(row.kind),
        on=row.day,
        outcome=Outcome(row.outcome),
        until=row.until,
        hours=row.hours,
        months=row.months,
        document=row.document,
        document_on=row.document_on,
        leaving_on=row.leaving_on,
        vote=None if row.due is None else Vote(row.due, row.present, row.yes),
    )


def _next_step(window: Window, day: date, provisional: str) -> NextStep:
    return NextStep(
        kind=window.kind,
        earliest=window.earliest,
        latest=window.latest,
        overdue=window.overdue(day),
        reasons=window.reasons,
        missing=window.missing,
        provisional=provisional if window.missing else "",
    )


def _step_view(row: AnyRow, said: Sequence[str], used: Sequence[StandardUsed]) -> StepView:
    own = ("id", "until", "hours", "months", "document", "document_on", "leaving_on", "due", "present", "yes")
    more = ("reason", "remark", "provisional", "void_reason")
    values: dict[str, Any] = {name: getattr(row, name) for name in (*own, *more)}
    return StepView(
        **values,
        kind=StepKind(row.kind),
        on=row.day,
        outcome=Outcome(row.outcome),
        vote=None if row.vote_kind is None else Source(row.vote_kind, row.vote_id),
        voided=row.voided_at is not None,
        exceptions=tuple(said),
        standards=tuple(used),
    )
