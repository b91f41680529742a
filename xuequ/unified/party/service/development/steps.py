"""How a step of a case is recorded: judged by the text of its day, written with what it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from xuequ.core.errors import refuse_if
from xuequ.core.settings import CHINA
from xuequ.core.source import Source
from xuequ.core.spans import months_later
from xuequ.core.standards import Standard
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.service.calendar import CalendarService
from xuequ.unified.party.errors.development import (
    CaseOver,
    CaseUnknown,
    MemberAlready,
    NoBranch,
    TallyDiffers,
)
from xuequ.unified.party.facts.development import CaseClosed, StepRecorded
from xuequ.unified.party.models.development import (
    DevelopmentException,
    DevelopmentSponsor,
    DevelopmentStandard,
)
from xuequ.unified.party.repository.votes import VoteRows
from xuequ.unified.party.rules.developing import Finding, Ground, judge, refused, vote_problems
from xuequ.unified.party.rules.development import (
    VOTES,
    Law,
    Step,
    Vote,
    check_order,
    last_of,
    probation_end,
)
from xuequ.unified.party.schemas.development import StepRecord, Tally
from xuequ.unified.party.schemas.members import Admission
from xuequ.unified.party.service.development.views import DevelopmentViews, Roll, step_of_row
from xuequ.unified.party.service.members import MembersService
from xuequ.unified.party.states.development import CASE_KIND, CaseEnd, Outcome, Role, StepKind
from xuequ.unified.party.states.votes import SOURCE_KIND

_S, _O = StepKind, Outcome
_FIELDS = frozenset(
    ("kind", "on", "outcome", "until", "hours", "months", "document", "document_on", "leaving_on", "sponsors")
)
_ROLES = {_S.ACTIVIST: Role.CONTACT, _S.MEETING: Role.INTRODUCER}


@dataclass(slots=True)
class Held:
    """A case under lock, with its standing steps, its contacts and the roll of its branch.

    `taken_on` is the day on which it was taken over, `closed` set when one of the steps has closed it.
    """

    row: AnyRow
    history: list[Step]
    contacts: Sequence[AnyRow]
    roll: Roll
    member_id: int | None
    taken_on: date | None = None
    closed: bool = False


def step_of(record: StepRecord) -> Step:
    """Return a step as the rules take it."""
    said = {name: value for name, value in record if name in _FIELDS and value is not None}
    return Step(**said)


class DevelopmentSteps(DevelopmentViews):
    """What recording a step is made of."""

    def _branch(self, day: date) -> AnyRow:
        found = self._rows.branch(day)
        if found is None:
            raise NoBranch(on=str(day))
        self._rows.lock_branch(found.id)
        return found

    def _hold(self, case_id: int) -> Held:
        """Lock a case that is open, its branch before it."""
        rows = self._rows
        rows.lock_branch(self._case(case_id).branch_id)
        row = rows.lock_case(case_id)
        if row is None:
            raise CaseUnknown(case=str(case_id))
        if row.closed_on is not None:
            raise CaseOver(closed=str(row.closed_on), end=CaseEnd(row.ended).label)
        return self._held(row)

    def _held(self, row: AnyRow) -> Held:
        rows = self._rows
        contacts = [one for one in rows.sponsors([row.id]) if one.role == Role.CONTACT.code]
        steps = rows.steps([row.id])
        taken_on = steps[0].recorded_at.astimezone(CHINA).date() if steps and row.taken_over else None
        history = [step_of_row(step) for step in steps]
        roll = Roll(rows.full_members(row.branch_id))
        return Held(row, history, contacts, roll, row.member_id, taken_on)

    def _record(self, held: Held, record: StepRecord, *, past: bool = False) -> None:
        """Judge a step and write it with what follows from it.

        With `past` a step of before the case was taken over departs from any rule with a reason.
        """
        step, standards = self._prepared(held, step_of(record)), self.context.standards
        refuse_if(check_order(step, held.history, self.context.today))
        taken_over = past and held.taken_on is not None and step.on <= held.taken_on
        tally: Tally | None = getattr(record, "tally", None)
        step, vote_id = self._voted(held, step, tally, taken_over=taken_over)
        ground, provisional = self._ground(held, step)
        findings = judge(step, held.history, ground, standards)
        problems = refused(findings, record.reason, taken_over=taken_over)
        refuse_if(problems + vote_problems(step, standards, taken_over=taken_over))
        said = {"reason": record.reason, "remark": record.remark, "provisional": provisional}
        voted = {} if vote_id is None else {"vote_kind": SOURCE_KIND, "vote_id": vote_id}
        self._write(held, step, findings, {**said, **voted})
        self._follow(held, step)

    def _voted(
        self, held: Held, step: Step, tally: Tally | None, *, taken_over: bool
    ) -> tuple[Step, int | None]:
        """Return a meeting with the vote on the case that is recorded of its day, and that vote's id.

        Where there is none, a tally as it is said counts of a meeting of before the case was taken over.
        """
        if step.kind not in VOTES:
            return step, None
        votes = VoteRows(self.context.session, self.context.scope, self.context.place)
        row = votes.decided(Source(CASE_KIND, held.row.id), VOTES[step.kind], step.on)
        said = None if tally is None else (tally.due, tally.present, tally.yes)
        if row is None:
            return (replace(step, vote=Vote(*said)), None) if said and taken_over else (step, None)
        numbers = (row.due, row.present, row.yes + row.written_yes)
        if said not in (None, numbers):
            raise TallyDiffers(on=str(step.on), due=row.due, present=row.present, yes=numbers[2])
        return replace(step, vote=Vote(*numbers, passed=row.passed)), row.id

    def _prepared(self, held: Held, step: Step) -> Step:
        """Fill in what follows: the last day of a notice, when somebody leaves, when a probation ends."""
        if step.kind is _S.NOTICE and step.until is None:
            days = Law(self.context.standards, step.on).whole("notice_working_days")
            if not days:
                return replace(step, until=step.on)
            return replace(step, until=CalendarService(self.context).last_day_of_notice(step.on, days).day)
        if step.kind is _S.PRE_REVIEW:
            planned = self._leaving(held.row.person_id, step.on)
            known = [day for day in (step.leaving_on, planned) if day is not None]
            return replace(step, leaving_on=min(known, default=None))
        if step.outcome is _O.EXTEND:
            end = probation_end(held.history, Law(self.context.standards, step.on))
            return replace(step, until=None if end is None else months_later(end.day, step.months))
        return step

    def _leaving(self, person_id: int, day: date) -> date | None:
        """Return from which day on somebody is no longer employed by the district, if that is planned."""
        own = [row for row in self._rows.employments(person_id) if row.district_id == self._rows.district_id]
        left: date | None = None
        for row in own:
            if row.until is None:
                left = None
            elif row.until > day and (left is None or row.since <= left):
                left = row.until
        return left

    def _ground(self, held: Held, step: Step) -> tuple[Ground, str]:
        """Return what the register says as of the day of a step, and what the calendar does not know."""
        days, provisional = 0, ""
        notice = step if step.kind is _S.NOTICE else last_of(held.history, _S.NOTICE)
        if step.kind in (_S.NOTICE, _S.CANDIDATE) and notice is not None and notice.until is not None:
            calendar = CalendarService(self.context)
            counted = calendar.count_working_days(notice.on, notice.until + timedelta(days=1))
            days, provisional = counted.days, counted.provisional
        contacts = frozenset(
            one.member_id
            for one in held.contacts
            if one.since <= step.on and (one.until is None or step.on < one.until)
        )
        return Ground(full_members=held.roll.on(step.on), contacts=contacts, notice_days=days), provisional

    def _write(self, held: Held, step: Step, findings: Sequence[Finding], more: dict[str, object]) -> int:
        rows, case_id = self._rows, int(held.row.id)
        vote = step.vote
        tally = {} if vote is None else {"due": vote.due, "present": vote.present, "yes": vote.yes}
        own = ("until", "hours", "months", "document", "document_on", "leaving_on")
        step_id = rows.add_step(
            {
                "case_id": case_id,
                "number": len(held.history) + 1,
                "kind": step.kind.code,
                "outcome": step.outcome.code,
                "day": step.on,
                "recorded_at": self.context.now,
                **{name: getattr(step, name) for name in own},
                **tally,
                **more,
            }
        )
        self._write_grounds(step_id, step, findings)
        if step.kind in _ROLES:
            self._name_sponsors(held, step_id, step)
        held.history.append(step)
        self.context.announce(
            StepRecorded(
                case_id=case_id,
                step_id=step_id,
                kind=step.kind,
                outcome=step.outcome,
                on=step.on,
                exceptions=tuple(found.error.code for found in findings),
            )
        )
        return step_id

    def _write_grounds(self, step_id: int, step: Step, findings: Sequence[Finding]) -> None:
        """Keep with a step the entries that judged it, and in what it departs from them."""
        law = Law(self.context.standards, step.on)
        used = [_kept(entry, law.article_of(step.kind)) for entry in law.used(step.kind)]
        rows = self._rows
        rows.add_below(DevelopmentStandard, [{"step_id": step_id, **values} for values in used])
        said = [
            {"step_id": step_id, "code": one.error.code, "says": one.error.message()[:500]}
            for one in findings
        ]
        rows.add_below(DevelopmentException, said)

    def _name_sponsors(self, held: Held, step_id: int, step: Step) -> None:
        role = _ROLES[step.kind]
        named = [
            {"step_id": step_id, "role": role.code, "member_id": member, "since": step.on}
            for member in dict.fromkeys(step.sponsors)
        ]
        self._rows.add_below(DevelopmentSponsor, named)
        if role is Role.CONTACT:
            found = self._rows.sponsors([held.row.id])
            held.contacts = [one for one in found if one.role == role.code]

    # what follows

    def _follow(self, held: Held, step: Step) -> None:
        """Do what an approval brings about: a membership begins, is confirmed, goes on or ends."""
        if step.reached == (_S.APPROVAL, _O.PASSED):
            self._admit(held, step)
        elif step.reached == (_S.CONVERSION_APPROVAL, _O.PASSED):
            decided = last_of(held.history, _S.CONVERSION)
            assert decided is not None, "an approval comes after a meeting"
            self._carry_out(held, decided, step)

    @property
    def _members(self) -> MembersService:
        return MembersService(self.context)

    def _admit(self, held: Held, step: Step) -> None:
        """Let the membership begin with the day of the meeting; who is a member already is only linked."""
        meeting = last_of(held.history, _S.MEETING)
        assert meeting is not None, "an approval comes after a meeting"
        known = self._rows.member_of(held.row.person_id)
        if known is not None and not held.row.taken_over:
            raise MemberAlready(staff=held.row.staff_no or "", since=str(known.joined_on))
        if known is None:
            admission = Admission(person_id=held.row.person_id, on=meeting.on, authority=step.document)
            member_id = self._members.admit_probationary(admission)
        else:
            member_id = int(known.id)
        self._rows.set_case(held.row.id, member_id=member_id)
        held.member_id = member_id

    def _carry_out(self, held: Held, decided: Step, approval: Step) -> None:
        """Do what the meeting decided, once it is approved; all of it counts from the meeting's day."""
        member_id, document = held.member_id, approval.document
        assert member_id is not None, "a conversion comes after an admission"
        if decided.outcome is _O.EXTEND:
            self._members.extend_probation(member_id, decided.months, decided.on)
        elif decided.outcome is _O.CONVERT:
            self._members.confirm_full(member_id, decided.on, document)
            self._close(held, approval.on, CaseEnd.CONVERTED, "")
        else:
            self._members.cancel_probationary(member_id, approval.on, document)
            self._close(held, approval.on, CaseEnd.CANCELLED, "")

    def _close(self, held: Held, on: date, end: CaseEnd, reason: str) -> None:
        self._rows.set_case(held.row.id, closed_on=on, ended=end.code, closing_reason=reason)
        held.closed = True
        self.context.announce(CaseClosed(case_id=held.row.id, on=on, end=end))


def _kept(entry: Standard, article: str) -> dict[str, object]:
    """Write an entry as it is kept; of the table of steps it is the article of the step that counts."""
    table = isinstance(entry.value, tuple)
    return {
        "key": entry.key,
        "place": entry.place,
        "since": entry.span.since,
        "value": (article if entry.key.endswith(".steps") else "表") if table else str(entry.value),
        "authority": entry.authority[:200],
        "article": (article if entry.key.endswith(".steps") else entry.article)[:200],
        "checked": entry.checked,
    }
