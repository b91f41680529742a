"""The workbook of development cases: those under way with their dated steps.

A case that a file brings is taken over: each step is judged by the text of its day, and one that departs
from it needs a reason. A step of a case that began here is recorded as by hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, cast

from xuequ.core.context import Context
from xuequ.core.errors import Problem
from xuequ.core.fields import Command
from xuequ.core.intake import Book, Desk
from xuequ.core.plan import Outcome as Came
from xuequ.core.plan import PlannedRow, State
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.service.books.desk import Lookups, check_names, rows_of
from xuequ.registry.service.books.recorded import Record, RecordDesk
from xuequ.unified.party.errors.development import CaseUnknown, SponsorUnknown
from xuequ.unified.party.repository.development import DevelopmentRows
from xuequ.unified.party.schemas.books.development import CaseRow, ReplacementRow, StepRow
from xuequ.unified.party.schemas.development import AnyStep, CaseTakenOver, SponsorReplacement, StepTakenOver
from xuequ.unified.party.service.development import DevelopmentService
from xuequ.unified.party.states.development import Outcome, Role, StepKind
from xuequ.unified.party.templates.development import CASES, DEVELOPMENT, REPLACEMENTS, STEPS


class DevelopmentDesk(RecordDesk):
    """What the sheets of development share; nothing that is recorded is changed by a file."""

    changeable = frozenset()

    def __init__(self, lookups: Lookups) -> None:
        super().__init__(lookups)
        context = self.context
        self.rows = DevelopmentRows(context.session, context.scope, context.place)
        self.service = DevelopmentService(context)

    def cases(self) -> Sequence[AnyRow]:
        """Return all cases of the district, closed ones too."""
        return self.rows.cases(date.max, closed=True)

    def schools(self, found: Sequence[AnyRow]) -> Mapping[int, str]:
        """Return at which school the people of cases work today: person → its code."""
        people = [row.person_id for row in found]
        return {who: row.code for who, row in self.rows.workplaces(people, self.context.today).items()}

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return what is recorded of the cases that are open, of one school or of the whole district."""
        under_way = {row.staff_no: row.applied_on for row in self.cases() if row.closed_on is None}
        for schools, row in self.records():
            said: Any = row
            day: date = said.applied_on if isinstance(row, CaseRow) else said.on
            if under_way.get(said.staff_no, date.max) <= day and (school is None or school in schools):
                yield row

    def numbers(self) -> Mapping[int, str]:
        """Return what members are called: their staff number, or the id of those who have none."""
        return {row.member_id: row.staff_no or str(row.member_id) for row in self.rows.member_numbers()}

    def members(self) -> Mapping[str, int]:
        """Return the members by what they are called."""
        return {number: member for member, number in self.numbers().items()}


class CaseDesk(DevelopmentDesk):
    """The sheet of cases."""

    sheet = CASES

    def records(self) -> Iterator[Record]:
        """Return the cases with their applications."""
        found = self.cases()
        schools = self.schools(found)
        first = {row.case_id: row for row in self.rows.steps([one.id for one in found]) if row.number == 1}
        for row in found:
            application = first[row.id]
            yield (
                (schools.get(row.person_id),),
                CaseRow(
                    staff_no=row.staff_no,
                    name=row.name,
                    applied_on=row.applied_on,
                    document=application.document,
                    reason=application.reason,
                ),
            )

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Check names."""
        return check_names(planned, self.lookups.staff_named)

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Take cases over, as yet without their steps."""
        for row in cast("list[CaseRow]", rows_of(planned, Came.ADDED)):
            command = CaseTakenOver(
                staff_id=self.lookups.staff(row.staff_no),
                on=row.applied_on,
                document=row.document,
                reason=row.reason,
            )
            self.service.take_over_case(command)


class _OfCase(DevelopmentDesk):
    """A sheet whose rows belong to a person's case: the latest that had been opened by their day."""

    def by_person(self) -> Mapping[str, Sequence[AnyRow]]:
        """Return the cases of people, the latest first."""
        found = defaultdict[str, list[AnyRow]](list)
        for row in reversed(self.cases()):
            found[row.staff_no].append(row)
        return found

    def case_of(self, cases: Mapping[str, Sequence[AnyRow]], staff_no: str, on: date) -> AnyRow:
        """Return the case that a row belongs to.

        Raises:
            StaffUnknown, CaseUnknown: when there is nobody of that number, or nothing of theirs.
        """
        self.lookups.staff(staff_no)
        case = next((row for row in cases.get(staff_no, ()) if row.applied_on <= on), None)
        if case is None:
            raise CaseUnknown(case=staff_no)
        return case

    def member(self, members: Mapping[str, int], role: Role, number: str) -> int:
        """Return the id of a member.

        Raises:
            SponsorUnknown: when nobody of the branch has that number.
        """
        if number not in members:
            raise SponsorUnknown(role=role.label, member=number)
        return members[number]


class StepDesk(_OfCase):
    """The sheet of steps."""

    sheet = STEPS

    def records(self) -> Iterator[Record]:
        """Return the standing steps of all cases."""
        return self._records(voided=False)

    def _records(self, *, voided: bool) -> Iterator[Record]:
        cases = {row.id: row for row in self.cases()}
        schools, numbers = self.schools(list(cases.values())), self.numbers()
        named = defaultdict[int, list[str]](list)
        for one in self.rows.sponsors(list(cases)):
            if one.replaces_id is None:
                named[one.step_id].append(numbers[one.member_id])
        for row in self.rows.steps(list(cases), voided=voided):
            case = cases[row.case_id]
            if row.kind != StepKind.APPLICATION.code and (row.voided_at is not None) == voided:
                yield (schools.get(case.person_id),), _step_row(case.staff_no, row, named[row.id])

    def standing(self, rows: Sequence[Command]) -> State:
        """Return the standing steps, and those voided that a row says again as they were.

        A file that is read again must not bring back what has been voided since; one that says it
        otherwise corrects it.
        """
        there = dict(super().standing(rows))
        said = {(row.staff_no, row.kind, row.on): row for row in cast("Sequence[StepRow]", rows)}
        for _, record in self._records(voided=True):
            crossed = cast(StepRow, record)
            key = (crossed.staff_no, crossed.kind, crossed.on)
            again = said.get(key)
            if again is not None and key not in there and _says_the_same(again, crossed):
                there[key] = {name: value for name, value in crossed.__dict__.items() if name not in _KEY}
        return there

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Record steps, those of one case in the order of their days."""
        cases, members = self.by_person(), self.members()
        past: list[StepTakenOver] = []
        for row in sorted(cast("list[StepRow]", rows_of(planned, Came.ADDED)), key=lambda one: one.on):
            case = self.case_of(cases, row.staff_no, row.on)
            command = self._command(row, members)
            if case.taken_over:
                past.append(StepTakenOver(case_id=case.id, step=command))
            else:
                self.service.record_step(case.id, command)
        self.service.take_over_steps(past)

    def _command(self, row: StepRow, members: Mapping[str, int]) -> AnyStep:
        role = Role.CONTACT if row.kind is StepKind.ACTIVIST else Role.INTRODUCER
        return row.as_command(tuple(self.member(members, role, number) for number in row.numbers))


_KEY = frozenset(STEPS.key)


def _step_row(staff_no: str, row: AnyRow, sponsors: Sequence[str]) -> StepRow:
    own = ("document", "document_on", "leaving_on", "due", "present", "yes", "reason", "remark")
    values: dict[str, Any] = {name: getattr(row, name) for name in own}
    kind = StepKind(row.kind)
    return StepRow(
        staff_no=staff_no,
        kind=kind,
        on=row.day,
        outcome=Outcome(row.outcome),
        until=None if kind is StepKind.CONVERSION else row.until,
        hours=row.hours or None,
        months=row.months or None,
        sponsors="、".join(sponsors),
        **values,
    )


def _says_the_same(said: StepRow, there: StepRow) -> bool:
    return all(
        value in (None, "") or value == getattr(there, name)
        for name, value in said.__dict__.items()
        if name != "sponsors"  # whom a voided step had named is not asked any more
    )


class ReplacementDesk(_OfCase):
    """The sheet of contacts and introducers who made way for others."""

    sheet = REPLACEMENTS

    def records(self) -> Iterator[Record]:
        """Return who made way for whom."""
        cases = {row.id: row for row in self.cases()}
        schools, numbers = self.schools(list(cases.values())), self.numbers()
        for one in self.rows.sponsors(list(cases)):
            if one.replaces_id is not None:
                case = cases[one.case_id]
                row = ReplacementRow(
                    staff_no=case.staff_no,
                    role=Role(one.role),
                    old_no=numbers[one.replaces_id],
                    new_no=numbers[one.member_id],
                    on=one.since,
                    reason=one.reason,
                )
                yield (schools.get(case.person_id),), row

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Replace contacts and introducers, the earliest first."""
        cases, members = self.by_person(), self.members()
        added = cast("list[ReplacementRow]", rows_of(planned, Came.ADDED))
        for row in sorted(added, key=lambda one: one.on):
            command = SponsorReplacement(
                role=row.role,
                old_member_id=self.member(members, row.role, row.old_no),
                new_member_id=self.member(members, row.role, row.new_no),
                on=row.on,
                reason=row.reason,
            )
            self.service.replace_sponsor(self.case_of(cases, row.staff_no, row.on).id, command)


def _desks(context: Context) -> Mapping[str, Desk]:
    lookups = Lookups(context)
    return {
        "cases": CaseDesk(lookups),
        "steps": StepDesk(lookups),
        "replacements": ReplacementDesk(lookups),
    }


def _hold(context: Context) -> None:
    """Make whoever writes of the branch wait."""
    rows = DevelopmentRows(context.session, context.scope, context.place)
    branch = rows.branch(context.today)
    if branch is not None:
        rows.lock_branch(branch.id)


DEVELOPMENT_BOOK = Book(DEVELOPMENT, _desks, _hold, stale="发展党员台账")
