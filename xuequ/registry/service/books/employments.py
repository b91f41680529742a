"""The sheet of employments: who comes, goes over to another school, and leaves; and who they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast

from xuequ.core.errors import CellRequired, ColumnFixed, Problem
from xuequ.core.fields import Command
from xuequ.core.intake import shown
from xuequ.core.plan import Key, Outcome, PlannedRow, State, Values
from xuequ.registry.errors.books import RowsDisagree
from xuequ.registry.errors.people import DocumentKindMissing, DocumentMasked
from xuequ.registry.repository.books import Named
from xuequ.registry.repository.books.staff import StaffBookRows
from xuequ.registry.rules.staff import BY_TRANSFER
from xuequ.registry.schemas.books.staff import EmploymentRow
from xuequ.registry.schemas.people import PersonCorrection
from xuequ.registry.schemas.staff import EmploymentEnding, EmploymentTransfer, Rehiring, TakingOn
from xuequ.registry.service.books.desk import BookDesk, Lookups, at_column, changed, check_names, problem_at
from xuequ.registry.service.identities import IdentityDesk
from xuequ.registry.service.people import PeopleService
from xuequ.registry.service.staff import StaffService
from xuequ.registry.states.people import Sex
from xuequ.registry.states.staff import Entry, Exit
from xuequ.registry.templates.staff import STAFF

SHEET = STAFF.sheet("employments")
ENDING = ("until", "exit", "exit_authority")
CORRECTED = ("sex", "birth_date", "document_number", "phone")
"""What a row may correct of who somebody is; another name is corrected by hand."""
UNSAID = (None, "", Sex.UNKNOWN)


class EmploymentDesk(IdentityDesk, BookDesk):
    """The sheet of employments."""

    number = "staff_no"
    changeable = frozenset({*ENDING, *CORRECTED})

    def __init__(self, lookups: Lookups) -> None:
        super().__init__(lookups)
        self.rows = StaffBookRows(self.context.session, self.context.scope, self.context.place)
        self.told: dict[tuple[str, str], tuple[Any, int]] = {}
        """What the file has told of whom so far, field by field, with the row that did first."""
        self._said: dict[Key, Values] = {}
        self._people: dict[str, dict[str, Any]] = {}

    def said(self, rows: Sequence[Command]) -> Sequence[Values]:
        """Return what rows say, with a token for what is sealed."""
        values = super().said(rows)
        self._said = {(one["staff_no"], one["since"]): one for one in values}
        return values

    def standing(self, rows: Sequence[Command]) -> State:
        """Return the employments of the people of rows, with who they are."""
        numbers = {self.number_of(row) for row in rows}
        self._people = self.rows.people(numbers)
        self.hide(self._people)
        who = {number: {name: one[name] for name in CORRECTED} for number, one in self._people.items()}
        return {
            (row.staff_no, row.since): {**_stored(row), **who[row.staff_no]}
            for row in self.rows.employments(numbers)
        }

    # judging

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Check who the rows are of, and that an end has its reason."""
        found = check_names(planned, {n: Named(one["id"], one["name"]) for n, one in self._people.items()})
        for row in planned:
            found += self._contradictions(row)
        for row in planned:
            found += [*self._identity_problems(row), *_ending_problems(row)]
            if row.outcome is Outcome.ADDED:
                who = self._people.get(_of(row).staff_no)
                found += self._newcomer_problems(row) if who is None else self._known_problems(row, who)
        return found

    def _contradictions(self, row: PlannedRow) -> list[Problem]:
        """Refuse a row that says something else of a person than another row of the file."""
        command, found = _of(row), list[Problem]()
        values = self._said[command.staff_no, command.since]
        for name in ("name", *CORRECTED):
            if values[name] in UNSAID:
                continue
            mine = (values[name], row.source.place.row or 0)
            first = self.told.setdefault((command.staff_no, name), mine)
            if first[0] != values[name]:
                error = RowsDisagree(number=command.staff_no, first_row=first[1])
                found.append(at_column(row, SHEET, name, error))
        return found

    def _identity_problems(self, row: PlannedRow) -> list[Problem]:
        command = _of(row)
        if command.document_kind is not None and command.document_number is None:
            return [problem_at(row, DocumentKindMissing())]
        if command.document_number or command.phone:
            return [problem_at(row, problem.error) for problem in self.identity_of(command).said.problems]
        return []

    def _newcomer_problems(self, row: PlannedRow) -> list[Problem]:
        """Refuse somebody new of whom the file does not say enough."""
        command, found = _of(row), list[Problem]()
        if command.masked:
            found.append(problem_at(row, DocumentMasked()))
        if (command.staff_no, "name") not in self.told:
            found.append(at_column(row, SHEET, "name", CellRequired()))
        document = self.identity_of(command).said.document
        by_document = document is not None and document.sex is not None
        if (command.staff_no, "sex") not in self.told and not by_document:
            found.append(at_column(row, SHEET, "sex", CellRequired()))
        return found

    def _known_problems(self, row: PlannedRow, who: Values) -> list[Problem]:
        """Refuse a new employment of somebody that says somebody else."""
        values = self._said[_of(row).staff_no, _of(row).since]
        return [
            at_column(row, SHEET, name, ColumnFixed(registered=shown(who[name])))
            for name in CORRECTED
            if values[name] not in UNSAID and who[name] not in (*UNSAID, values[name])
        ]

    # writing

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Take people on, let them go over to other schools, let them leave; in the order of days."""
        by_number: defaultdict[str, list[PlannedRow]] = defaultdict(list)
        for row in sorted(planned, key=lambda row: _of(row).since):
            by_number[_of(row).staff_no].append(row)
        people, spans = self.rows.people(by_number), defaultdict[str, dict[date, date | None]](dict)
        for one in self.rows.employments(by_number):
            spans[one.staff_no][one.since] = one.until
        for number, rows in by_number.items():
            _Career(self, number, people.get(number), spans[number]).write(rows)

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return employments; of whom is said once, and nothing that is sealed."""
        people, told = self.rows.people(None), set[str]()
        for row in self.rows.employments(None):
            if school not in (None, row.school):
                continue
            who = people[row.staff_no]
            once = {} if row.staff_no in told else {"sex": who["sex"], "birth_date": who["birth_date"]}
            told.add(row.staff_no)
            yield EmploymentRow(
                staff_no=row.staff_no, name=who["name"], since=row.since, **once, **_stored(row)
            )


class _Career:
    """The rows of one person on their way in."""

    def __init__(
        self, desk: EmploymentDesk, number: str, who: Values | None, spans: dict[date, date | None]
    ) -> None:
        self.desk = desk
        self.number = number
        self.who = who
        self.spans = spans
        self.staff = StaffService(desk.context)
        self.staff_id: int = who["id"] if who else 0

    def write(self, rows: Sequence[PlannedRow]) -> None:
        """Write what rows say, in their order, and then what they say of the person."""
        for row, after in zip(rows, [*rows[1:], None], strict=True):
            command = _of(row)
            if row.outcome is Outcome.ADDED:
                self._begin(command)
            ends = command.until is not None and (row.outcome is Outcome.ADDED or changed(row, "until"))
            if ends and not _goes_over(command, after):
                self._end(command)
        for row in rows:
            self._correct(row)

    def _begin(self, command: EmploymentRow) -> None:
        """Take on who is new, transfer who is employed then, rehire others."""
        school_id, since = self.desk.lookups.school(command.school), command.since
        at: dict[str, Any] = {"school_id": school_id, "since": since, "authority": command.authority}
        if self.staff_id == 0:
            taking_on = TakingOn(**self._told(), **at, entry=command.entry)
            self.staff_id = self.staff.take_on(taking_on).id
        elif command.entry is BY_TRANSFER and (left := self._employed(since)):
            self.staff.transfer_employment(EmploymentTransfer(staff_id=self.staff_id, **at))
            self.spans[left] = since
        else:
            self.staff.rehire(Rehiring(staff_id=self.staff_id, **at, entry=command.entry))
        self.spans[since] = None

    def _told(self) -> dict[str, Any]:
        """Return what the file tells of who is new."""
        told = {name: self.desk.told.get((self.number, name), (None, 0))[0] for name in _NEW}
        return {"staff_no": self.number, **told, "sex": told["sex"] or Sex.UNKNOWN}

    def _employed(self, on: date) -> date | None:
        """Return the first day of the employment that holds a day and began before it."""
        return next(
            (day for day, until in self.spans.items() if day < on and (until is None or on < until)), None
        )

    def _end(self, command: EmploymentRow) -> None:
        assert command.until is not None and command.exit is not None, (
            "an end has been checked for its reason"
        )
        ending = EmploymentEnding(
            staff_id=self.staff_id, on=command.until, exit=command.exit, authority=command.exit_authority
        )
        self.staff.end_employment(ending)
        self.spans[command.since] = command.until

    def _correct(self, row: PlannedRow) -> None:
        """Correct what a row changes of the person, or fill in what is not registered."""
        command = _of(row)
        if row.outcome is Outcome.CHANGED:
            fields = {name for name in CORRECTED if changed(row, name)}
        else:
            known: Values = self.who or dict.fromkeys(("sex", "birth_date"), True)
            fields = {name for name in CORRECTED if known.get(name) in UNSAID}
        plain = {name: getattr(command, name) for name in fields & {"sex", "birth_date"}}
        kind, number, phone = command.identity
        if "document_number" in fields:
            plain |= {"document_kind": kind, "document_number": number}
        if "phone" in fields:
            plain["phone"] = phone
        said = {name: value for name, value in plain.items() if value not in UNSAID}
        if said:
            PeopleService(self.desk.context).correct_person(self._person_id(), PersonCorrection(**said))

    def _person_id(self) -> int:
        if self.who is None:
            self.who = self.desk.rows.people([self.number])[self.number]
        return cast(int, self.who["person_id"])


_NEW = ("name", "sex", "birth_date")


def _of(row: PlannedRow) -> EmploymentRow:
    return cast(EmploymentRow, row.source.command)


def _stored(row: Any) -> dict[str, Any]:
    return {
        "school": row.school,
        "entry": Entry(row.entry),
        "authority": row.authority,
        "until": row.until,
        "exit": Exit(row.exit) if row.exit else None,
        "exit_authority": row.exit_authority,
    }


def _ending_problems(row: PlannedRow) -> list[Problem]:
    """Refuse an end without its reason, a reason without an end, and another reason of what has ended."""
    command = _of(row)
    ends = changed(row, "until") or (row.outcome is Outcome.ADDED and command.until is not None)
    if ends:
        return [] if command.exit else [at_column(row, SHEET, "exit", CellRequired())]
    if row.outcome is Outcome.ADDED:
        return [at_column(row, SHEET, "until", CellRequired())] if command.exit else []
    return [
        at_column(row, SHEET, change.field, ColumnFixed(registered=shown(change.before)))
        for change in row.changes
        if change.field in ENDING
    ]


def _goes_over(command: EmploymentRow, after: PlannedRow | None) -> bool:
    """Tell whether an employment ends by the transfer that the next row is."""
    if after is None or after.outcome is not Outcome.ADDED or command.exit is not Exit.TRANSFERRED_OUT:
        return False
    following = _of(after)
    same_paper = command.exit_authority in ("", following.authority)
    return following.entry is BY_TRANSFER and following.since == command.until and same_paper
