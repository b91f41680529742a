"""The workbook of schools: opened, designated, identified.

At a district's door it holds the district's schools, at a county's those outside any district. What the
county decides — a new school, another central one — asks for a post at the county, whichever door is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from xuequ.core.context import Context
from xuequ.core.errors import CellRequired, ColumnFixed, Problem
from xuequ.core.intake import Book, Desk, shown
from xuequ.core.plan import Outcome, PlannedRow
from xuequ.registry.errors.places import LegalPersonGiven, SecondLegalPerson
from xuequ.registry.repository.books.places import PlaceBookRows
from xuequ.registry.schemas.books.places import OpenSchoolRow
from xuequ.registry.schemas.places import SchoolOpening
from xuequ.registry.service.books.desk import Lookups, rows_of
from xuequ.registry.service.books.recorded import Record, RecordDesk
from xuequ.registry.service.places import PlaceService
from xuequ.registry.states.places import SchoolKind
from xuequ.registry.templates.places import SCHOOLS, SCHOOLS_SHEET


class SchoolDesk(RecordDesk):
    """The sheet of schools."""

    sheet = SCHOOLS_SHEET
    changeable = frozenset({"kind", "identifier", "preschool_attached"})

    def __init__(self, lookups: Lookups) -> None:
        super().__init__(lookups)
        self.rows = PlaceBookRows(self.context.session, self.context.scope, self.context.place)
        self.service = PlaceService(self.context)

    @property
    def _outside(self) -> bool:
        return self.context.scope.district_id is None

    def records(self) -> Iterator[Record]:
        """Return the schools; one that is closed stands in no export, and no file opens it again."""
        for row in self.rows.own_schools():
            school = OpenSchoolRow(
                code=row.code,
                name=row.name,
                kind=SchoolKind(row.kind),
                opened_on=row.opened_on,
                identifier=row.identifier,
                preschool_attached=row.preschool_attached,
                legal_person=row.legal_person if self._outside else None,
            )
            yield () if row.closed_on else (row.code,), school

    def listed(self, school: str | None) -> Iterator[OpenSchoolRow]:
        """Return the open schools, or one of them."""
        rows = (cast(OpenSchoolRow, row) for codes, row in self.records() if codes)
        return (row for row in rows if school in (None, row.code))

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Say what no use case is there to say: what is missing, and which kinds no file may change."""
        becoming = next((row for row in planned if _becomes_central(row)), None)
        found = self._central_problems(becoming, planned) if becoming else []
        for row in planned:
            if row.outcome is Outcome.ADDED and _of(row).opened_on is None:
                found.append(self.said_of(row, "opened_on", CellRequired()))
            if _of(row).legal_person is not None and not self._outside:
                found.append(self.said_of(row, "legal_person", LegalPersonGiven(school=_of(row).name)))
            found += self._kind_problems(row, lowered=becoming is not None)
            found += self._preschool_problems(row)
        return found

    def _central_problems(self, becoming: PlannedRow, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Refuse a file that names another school beside the one that is to be the central one."""
        closed = {row.code for row in self.rows.own_schools() if row.closed_on}
        return [
            self.said_of(row, "kind", SecondLegalPerson(school=_of(row).name, central=_of(becoming).name))
            for row in planned
            if _of(row).kind is SchoolKind.CENTRAL and row is not becoming and _of(row).code not in closed
        ]

    def _kind_problems(self, row: PlannedRow, *, lowered: bool) -> list[Problem]:
        """Refuse another kind, but for the central school and the one that was it until now."""
        return [
            self.said_of(row, "kind", ColumnFixed(registered=shown(change.before)))
            for change in row.changes
            if change.field == "kind" and change.after is not SchoolKind.CENTRAL
            if not (lowered and (change.before, change.after) == (SchoolKind.CENTRAL, SchoolKind.COMPLETE))
        ]

    def _preschool_problems(self, row: PlannedRow) -> list[Problem]:
        """Refuse to take a preschool class away."""
        return [
            self.said_of(row, "preschool_attached", ColumnFixed(registered="是"))
            for change in row.changes
            if change.field == "preschool_attached" and not change.after
        ]

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Designate, open, attach and identify; who is the central school no more is so by the first."""
        ids = {row.code: row.id for row in self.rows.own_schools()}
        for row in planned:
            if _becomes_central(row):
                self.service.designate_central(ids[_of(row).code])
        for added in cast("list[OpenSchoolRow]", rows_of(planned, Outcome.ADDED)):
            self._open(added)
        for row in planned:
            changed = {change.field for change in row.changes}
            if "preschool_attached" in changed:
                self.service.attach_preschool(ids[_of(row).code])
            if "identifier" in changed:
                self.service.assign_identifier(ids[_of(row).code], _of(row).identifier or "")

    def _open(self, row: OpenSchoolRow) -> None:
        assert row.opened_on is not None, "checked"
        said = row.model_dump(exclude={"opened_on", "preschool_attached"})
        opening = SchoolOpening(
            opened_on=row.opened_on, preschool_attached=bool(row.preschool_attached), **said
        )
        self.service.open_school(opening)


def _of(row: PlannedRow) -> OpenSchoolRow:
    return cast(OpenSchoolRow, row.source.command)


def _becomes_central(row: PlannedRow) -> bool:
    """Tell whether a row is to make another school the central one, at once or when that is decided."""
    changes = (*row.changes, *row.conflicts)
    return any(change.field == "kind" and change.after is SchoolKind.CENTRAL for change in changes)


def hold_places(context: Context) -> None:
    """Make whoever writes of the county's places, and of the schools of this door, wait."""
    rows = PlaceBookRows(context.session, context.scope, context.place)
    rows.lock_county()
    if context.scope.district_id is not None:
        rows.lock_districts([context.scope.district_id])
    rows.lock_schools(row.id for row in rows.own_schools())


def _desks(context: Context) -> Mapping[str, Desk]:
    return {"schools": SchoolDesk(Lookups(context))}


SCHOOLS_BOOK = Book(SCHOOLS, _desks, hold_places, stale="学校登记")
