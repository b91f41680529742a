"""The workbook of documents and telephones: what is known of people is completed, or corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

from xuequ.core.context import Context
from xuequ.core.errors import Problem, XuequError
from xuequ.core.fields import Command
from xuequ.core.intake import Book, Desk
from xuequ.core.plan import Key, Outcome, PlannedRow, State, Values
from xuequ.registry.errors.pupils import PupilUnknown
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.models.people import DOCUMENT, PHONE
from xuequ.registry.repository.people import PeopleRows
from xuequ.registry.repository.states import StateRows
from xuequ.registry.schemas.books.people import IdentityRow
from xuequ.registry.schemas.people import PersonCorrectionRow
from xuequ.registry.service.books.desk import BookDesk, Lookups, check_name, problem_at
from xuequ.registry.service.identities import NOTHING_SAID, Identities, Identity, identity_problems, sensitive
from xuequ.registry.service.people import PeopleService
from xuequ.registry.states.people import NumberedRole
from xuequ.registry.templates.people import PEOPLE


class PeopleDesk(BookDesk):
    """The sheet of people who have a role here, by its number; a file makes nobody new."""

    changeable = frozenset({DOCUMENT.column, PHONE.column})

    def __init__(self, lookups: Lookups) -> None:
        super().__init__(lookups)
        here = (self.context.session, self.context.scope, self.context.place)
        self.identities = Identities(self.context, PeopleRows(*here))
        rows = StateRows(*here)
        self.read: Mapping[NumberedRole, Callable[..., State]] = {
            NumberedRole.STAFF: rows.staff_state,
            NumberedRole.PUPIL: rows.pupil_state,
        }
        self.identity: dict[Key, Identity] = {}
        self.there: dict[Key, Values] = {}

    def said(self, rows: Sequence[Command]) -> Sequence[Values]:
        """Return what rows say, with a token for what is sealed; a name is only for the eye."""
        self.identity = {}
        return [self._values(row) for row in cast("Sequence[IdentityRow]", rows)]

    def _values(self, row: IdentityRow) -> Values:
        read = self.identities.read(row)
        if read is None:
            return row.__dict__
        self.identity[row.role, row.number] = read
        return {**row.__dict__, **read.compared}

    def standing(self, rows: Sequence[Command]) -> State:
        """Return documents and telephones of the rows' people, as tokens where rows say some."""
        numbers: defaultdict[NumberedRole, list[str]] = defaultdict(list)
        for row in cast("Sequence[IdentityRow]", rows):
            numbers[row.role].append(row.number)
        self.there = {
            (role, *key): values
            for role, some in numbers.items()
            for key, values in self.read[role](some).items()
        }
        kept = {key: _identity(values) for key, values in self.there.items()}
        self.identities.hide(one for key, one in kept.items() if key in self.identity)
        for key in kept.keys() - self.identity.keys():
            kept[key] |= {DOCUMENT.column: None, PHONE.column: None}
        return kept

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Refuse numbers that nobody has, names that are not theirs, documents that cannot be."""
        problems: list[Problem] = []
        for row in planned:
            command = cast(IdentityRow, row.source.command)
            if row.outcome is Outcome.ADDED:
                problems.append(problem_at(row, _unknown(command)))
                continue
            key = (command.role, command.number)
            problems += check_name(row, self.there[key]["name"], command.name)
            wrong = identity_problems(command, self.identity.get(key, NOTHING_SAID).said, new=False)
            problems += [problem_at(row, problem.error) for problem in wrong]
        return problems

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Correct what rows change of people."""
        said: defaultdict[int, dict[str, Any]] = defaultdict(dict)
        for row in planned:
            command = cast(IdentityRow, row.source.command)
            key = (command.role, command.number)
            changed = {change.field for change in row.changes}
            said[self.there[key]["person_id"]] |= sensitive(self.identity[key].said, changed)
        corrections = [PersonCorrectionRow(person_id=who, **values) for who, values in said.items()]
        PeopleService(self.context).correct_people(corrections)

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return who works here or is in a class, documents masked and telephones left out."""
        for role, read in self.read.items():
            there = {key: one for key, one in read().items() if _is_at(one, school)}
            masked = self.identities.masked(there.values())
            for (number,), one in there.items():
                shown = masked.get(one["person_id"], {})
                yield IdentityRow(role=role, number=number, name=one["name"], **shown)


def _identity(values: Values) -> dict[str, Any]:
    return {name: values[name] for name in ("document_number", "phone", "person_id")}


def _is_at(one: Values, school: str | None) -> bool:
    """Tell whether somebody works, is employed or is in a class at a school, or anywhere here."""
    at = {one["school"], one.get("employer")} - {None}
    return bool(at) if school is None else school in at


def _unknown(row: IdentityRow) -> XuequError:
    if row.role is NumberedRole.STAFF:
        return StaffUnknown(staff=row.number)
    return PupilUnknown(pupil=row.number)


def _desks(context: Context) -> Mapping[str, Desk]:
    return {"people": PeopleDesk(Lookups(context))}


PEOPLE_BOOK = Book(PEOPLE, _desks, stale="人员信息")
