"""What is printed of development cases: the funnel and ledger, and the public notice of candidates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from xuequ.core.context import reading
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.schemas.calendar import WorkingDayView
from xuequ.registry.service.calendar import CalendarService
from xuequ.registry.states.people import Sex
from xuequ.unified.party.actions.development import VIEW_CASES
from xuequ.unified.party.errors.development import NoBranch
from xuequ.unified.party.rules.development import Law, Step, cited, last_of, phase, probation_end
from xuequ.unified.party.schemas.development_views import (
    CandidateLine,
    CandidateNotice,
    DevelopmentLedger,
    LedgerLine,
    NextStep,
    PhaseCount,
)
from xuequ.unified.party.service.development.views import DevelopmentViews, redo_words
from xuequ.unified.party.states.development import Outcome, Phase, Role, StepKind

_S = StepKind


class DevelopmentReports(DevelopmentViews):
    """The forms of development."""

    @reading(VIEW_CASES)
    def ledger(self, on: date | None = None) -> DevelopmentLedger:
        """Return the funnel and the ledger of a day 发展党员台账: who is how far, and what is due until when.

        Raises:
            NoBranch: when the district had no branch that day.
        """
        day, rows = on or self.context.today, self._rows
        branch = self._branch_of(day)
        found = rows.cases(day)
        ids = [row.id for row in found]
        histories = self._histories(ids, day)
        exceptions = [one for one in self._exceptions(found) if one.on <= day]
        counts = Counter(one.case_id for one in exceptions)
        schools = rows.school_names([row.person_id for row in found], day)
        hung = self._hung(day) if found else None
        lines = [
            self._line(row, histories[row.id], day, hung).model_copy(
                update={"exceptions": counts[row.id], "school": schools.get(row.person_id, "")}
            )
            for row in found
        ]
        phases = Counter(line.phase for line in lines)
        return DevelopmentLedger(
            district=rows.district_name(),
            branch=branch.name,
            as_of=day,
            phases=tuple(PhaseCount(phase=phase, count=phases[phase]) for phase in Phase),
            lines=tuple(lines),
            exceptions=tuple(exceptions),
            sponsors=tuple(self._to_replace(found, day)),
        )

    def _branch_of(self, day: date) -> AnyRow:
        branch = self._rows.branch(day)
        if branch is None:
            raise NoBranch(on=str(day))
        return branch

    def _line(
        self, row: AnyRow, history: Sequence[Step], day: date, hung: WorkingDayView | None
    ) -> LedgerLine:
        following = self._windows(history, day, hung)
        forward = following[-1] if following else None
        due = min((one for one in following if one.latest), key=lambda one: one.latest or day, default=None)
        return LedgerLine(
            case_id=row.id,
            staff_no=row.staff_no or "",
            name=row.name,
            school="",
            phase=phase(history),
            applied_on=row.applied_on,
            activist_on=_day(history, _S.ACTIVIST),
            candidate_on=_day(history, _S.CANDIDATE),
            admitted_on=_day(history, _S.MEETING, Outcome.PASSED),
            next_step=forward.kind if forward else None,
            earliest=forward.earliest if forward else None,
            due_step=due.kind if due else None,
            latest=due.latest if due else None,
            overdue="逾期" if any(one.overdue for one in following) else "",
            exceptions=0,
            remark=self._remark(history, following, day),
        )

    def _remark(self, history: Sequence[Step], following: Sequence[NextStep], day: date) -> str:
        law = Law(self.context.standards, day)
        end = probation_end(history, law) if phase(history) is Phase.PROBATIONARY else None
        said = [
            f"预备期至 {end.day - timedelta(days=1)}" if end else "",
            *(text for one in following for text in (*one.missing, one.provisional) if text),
            redo_words(history, law),
        ]
        return "；".join(text for text in said if text)

    @reading(VIEW_CASES)
    def candidate_notice(self, on: date | None = None, contact: str = "") -> CandidateNotice:
        """Return the notice of those whose publicity begins on a day 发展对象公示.

        Args:
            on: the day on which it goes up; today when left out.
            contact: who takes objections, and how to reach them; the branch when left out.

        Raises:
            NoBranch: when the district had no branch that day.
        """
        day, rows = on or self.context.today, self._rows
        branch, law = self._branch_of(day), Law(self.context.standards, day)
        cases = {row.id: row for row in rows.cases(day)}
        histories = self._histories(list(cases), day)
        shown = [
            (cases[case_id], history, notice)
            for case_id, history in histories.items()
            if (notice := last_of(history, _S.NOTICE)) is not None and notice.on == day
        ]
        days, calendar = law.whole("notice_working_days"), CalendarService(self.context)
        last = max((notice.until or day for _, _, notice in shown), default=day)
        if not shown and days:
            last = calendar.last_day_of_notice(day, days).day
        counted = calendar.count_working_days(day, last + timedelta(days=1))
        return CandidateNotice(
            district=rows.district_name(),
            branch=branch.name,
            as_of=day,
            last=last,
            working_days=counted.days,
            lines=tuple(self._candidates([(row, history) for row, history, _ in shown], day)),
            contact=contact or branch.name,
            provisional=counted.provisional,
            authority=cited(law.entry("notice_working_days")),
        )

    def _candidates(self, shown: Sequence[tuple[AnyRow, Sequence[Step]]], day: date) -> list[CandidateLine]:
        rows, found = self._rows, [row for row, _ in shown]
        people = [row.person_id for row in found]
        portraits, schools = rows.portraits(people), rows.school_names(people, day)
        sponsors = self._sponsor_views(found, day)
        lines: list[CandidateLine] = []
        for row, history in shown:
            born = portraits[row.person_id].birth_date
            contacts = [
                one.name for one in sponsors[row.id] if one.role is Role.CONTACT and one.until is None
            ]
            lines.append(
                CandidateLine(
                    name=row.name,
                    sex=Sex(portraits[row.person_id].sex).label,
                    born=born.strftime("%Y.%m") if born else "",
                    school=schools.get(row.person_id, ""),
                    applied_on=row.applied_on,
                    activist_on=_day(history, _S.ACTIVIST),
                    contacts="、".join(contacts),
                )
            )
        return sorted(lines, key=lambda line: (line.applied_on, line.name))


def _day(history: Sequence[Step], kind: StepKind, outcome: Outcome | None = None) -> date | None:
    found = last_of(history, kind, outcome=outcome)
    return found.on if found else None
