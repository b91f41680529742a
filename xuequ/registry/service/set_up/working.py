"""What the desks of a set-up share while a workbook goes through: what is there, and what will be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from xuequ.core.context import Context
from xuequ.core.errors import Problem
from xuequ.core.intake import Desk
from xuequ.core.plan import PlannedRow, State
from xuequ.core.seen import Seen
from xuequ.core.workbook import Sheet
from xuequ.registry.facts.set_up import RecordsCorrected
from xuequ.registry.repository import RegistryRepository
from xuequ.registry.rules.classes import Schooling
from xuequ.registry.rules.places import SchoolFacts, check_open
from xuequ.registry.schemas.set_up import ClassRow, PlaceRow, PupilRow
from xuequ.registry.templates.set_up import SET_UP

ClassKey = tuple[Any, ...]
CLASS_FIELDS = ("school", "stage", "entry_year", "number")
SPAN = ("since", "until")


def class_key(row: ClassRow | PupilRow) -> ClassKey:
    """Return what tells a class from others."""
    return (row.school, row.stage, row.entry_year, row.number)


class Working:
    """One workbook on its way through: the schools and classes that are there or stand in it.

    Classes are judged as of the workbook's own day, so that an old workbook reads as it did.
    """

    def __init__(self, context: Context, rows: RegistryRepository) -> None:
        self.context = context
        self.rows = rows
        _ = rows.district_id  # at a county's door a code does not tell schools apart
        self.place: PlaceRow | None = None
        self.documents = Seen()
        """The identity documents that have gone by."""
        self._open: dict[tuple[str, date], list[Problem]] = {}

    @property
    def as_of(self) -> date:
        """The workbook's own day; before it is known, the first of all days."""
        return self.place.as_of if self.place else date.min

    @property
    def judged(self) -> date:
        """The day as of which classes are judged."""
        return self.context.today if self.as_of == date.min else self.as_of

    @cached_property
    def schooling(self) -> Schooling:
        """How long the stages are; asked for after the place was read."""
        return Schooling.of(self.context.standards, self.judged)

    @cached_property
    def schools(self) -> State:
        """The schools that are there, by code."""
        return self.rows.school_state(self.as_of)

    @cached_property
    def known(self) -> dict[str, SchoolFacts]:
        """Schools as they will be, by code; a desk puts those of the workbook over those that are there."""
        return {
            code: school_facts(code, there["name"], there["kind"], there)
            for (code,), there in self.schools.items()
        }

    @cached_property
    def school_ids(self) -> dict[str, int]:
        """The ids of schools by code; a desk adds those that it opens."""
        return {key[0]: there["id"] for key, there in self.schools.items()}

    @cached_property
    def classes(self) -> dict[ClassKey, Mapping[str, Any]]:
        """The classes that are there or stand in the workbook; of the latter nothing is known yet."""
        return dict(self.rows.class_state())

    @cached_property
    def class_ids(self) -> dict[ClassKey, int]:
        """The ids of classes; a desk adds those that it forms."""
        return {key: there["id"] for key, there in self.classes.items() if there}

    def open_problems(self, school: str, on: date) -> list[Problem]:
        """Check that a school is open to what begins at it; one that is unknown is told elsewhere."""
        if school not in self.known:
            return []
        if (school, on) not in self._open:
            self._open[school, on] = check_open(self.known[school], on)
        return self._open[school, on]

    # writing

    @property
    def here(self) -> tuple[int, int]:
        """County and district."""
        return self.context.scope.county_id, self.rows.district_id

    def load(self, model: type[Any], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Insert rows of one table, each with county, id and district in front."""
        self.rows.load(model, ("county_id", "id", "district_id", *columns), rows)

    def keyed(self, ids: Sequence[int], rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        """Put county, id and district before each row."""
        county_id, district_id = self.here
        for row_id, row in zip(ids, rows, strict=True):
            yield (county_id, row_id, district_id, *row)


def school_facts(code: str, name: str, kind: Any, there: Mapping[str, Any]) -> SchoolFacts:
    """Return what the rules ask of a school."""
    return SchoolFacts(there.get("id", 0), code, name, kind, closed_on=there.get("closed_on"))


class SetUpDesk(Desk):
    """A desk of the set-up workbook; its rules say everything, so that nothing has to be tried."""

    judged = True
    sheet: Sheet

    def __init__(self, working: Working) -> None:
        self.working = working
        self.context = working.context
        self.rows = working.rows
        self.corrected: dict[tuple[str, tuple[str, ...]], list[int]] = {}

    def correct(self, record: str, model: type[Any], row_id: int, values: Mapping[str, Any]) -> None:
        """Change a row, and remember which fields."""
        if values:
            self.rows.change(model, row_id, dict(values))
            self.note(record, tuple(sorted(values)), row_id)

    def note(self, record: str, fields: tuple[str, ...], row_id: int) -> None:
        """Remember which fields of a record were corrected."""
        self.corrected.setdefault((record, fields), []).append(row_id)

    def finish(self) -> None:
        """Say what was corrected."""
        for (record, fields), ids in self.corrected.items():
            self.context.announce(RecordsCorrected(record=record, record_ids=tuple(ids), fields=fields))


def at_row(row: PlannedRow, problems: Iterable[Problem]) -> list[Problem]:
    """Place problems at a row."""
    return [replace(problem, place=row.source.place) for problem in problems]


def sheet_of(name: str) -> Sheet:
    """Return a sheet of the set-up workbook."""
    return SET_UP.sheet(name)
