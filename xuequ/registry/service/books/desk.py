"""What the desks of the registry's workbooks share: records by the codes and numbers that people know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, TypeVar

from xuequ.core.context import Context
from xuequ.core.errors import Problem, XuequError
from xuequ.core.fields import Command
from xuequ.core.intake import WRITTEN, Desk, shown
from xuequ.core.plan import Key, Outcome, PlannedRow, Values
from xuequ.core.workbook import Sheet
from xuequ.registry.errors.classes import ClassUnknown
from xuequ.registry.errors.people import NameDiffers
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.errors.pupils import PupilUnknown
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.books import BookRows, Named
from xuequ.registry.rules.people import name_key
from xuequ.registry.states.classes import Stage

Known = TypeVar("Known")
Row = TypeVar("Row", bound=Command)


class Lookups:
    """Ids by codes and numbers, each kind read once for a file."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.rows = BookRows(context.session, context.scope, context.place)

    @cached_property
    def schools(self) -> Mapping[str, int]:
        """School code → id, of the district."""
        return self.rows.school_ids()

    def school(self, code: str) -> int:
        """Return the id of a school.

        Raises:
            SchoolUnknown: when the district has none of that code.
        """
        return found(self.schools, code, SchoolUnknown(school=code))

    @cached_property
    def staff_named(self) -> Mapping[str, Named]:
        """Staff number → id and name, of the district's staff and of who works or worked in it.

        A book that takes people on asks for it only when all of them are written.
        """
        return self.rows.staff_named()

    def staff(self, number: str) -> int:
        """Return the id of a member of staff.

        Raises:
            StaffUnknown: when the district has nobody of that number.
        """
        return found(self.staff_named, number, StaffUnknown(staff=number)).id

    @cached_property
    def classes(self) -> Mapping[Key, int]:
        """School code, stage, entry year and number → id, of the district's classes."""
        return self.rows.class_ids()

    def school_class(self, school: str, stage: Stage, entry_year: int, number: int) -> int:
        """Return the id of a class.

        Raises:
            SchoolUnknown, ClassUnknown: when the district has none of that name.
        """
        self.school(school)
        name = f"{school} {entry_year}级{stage.label}{number}班"
        return found(self.classes, (school, stage, entry_year, number), ClassUnknown(name=name))

    @cached_property
    def pupils(self) -> Mapping[str, AnyRow]:
        """Pupil number → id, person, name and school code, of the district."""
        return self.rows.pupils()

    def pupil(self, pupil_no: str) -> int:
        """Return the id of a pupil.

        Raises:
            PupilUnknown: when the district has none of that number.
        """
        return int(found(self.pupils, pupil_no, PupilUnknown(pupil=pupil_no)).id)


def check_school(context: Context, school: str | None) -> None:
    """Refuse the code of a school that the district does not have; no code says nothing.

    Raises:
        SchoolUnknown: an export of nothing would look like a school without anything.
    """
    if school is not None:
        Lookups(context).school(school)


class BookDesk(Desk):
    """A desk that is tried: its use cases say what they refuse.

    A row that names a school, a person or a class that is not there is refused by `Lookups`.
    """

    def __init__(self, lookups: Lookups) -> None:
        self.lookups = lookups
        self.context = lookups.context


def found(known: Mapping[Any, Known], key: Any, error: XuequError) -> Known:
    """Return what stands under a key, or raise the error that names it."""
    if key not in known:
        raise error
    return known[key]


def rows_of(planned: Sequence[PlannedRow], outcome: Outcome) -> list[Any]:
    """Return the commands of rows with an outcome."""
    return [row.source.command for row in planned if row.outcome is outcome]


def check_names(
    planned: Iterable[PlannedRow], named: Mapping[str, Named], number: str = "staff_no", name: str = "name"
) -> list[Problem]:
    """Refuse rows whose name is not the one of whoever has the number beside it.

    Args:
        planned: the rows, also those that change nothing.
        named: who is registered by number; a number that is not is told elsewhere.
        number, name: the fields of the row.
    """
    problems: list[Problem] = []
    for row in planned:
        who = named.get(getattr(row.source.command, number))
        if who is not None:
            problems += check_name(row, who.name, getattr(row.source.command, name))
    return problems


def at_column(row: PlannedRow, sheet: Sheet, field: str, error: XuequError) -> Problem:
    """Place an error at the cell of a field."""
    said = shown(getattr(row.source.command, field))
    return Problem(error, replace(row.source.place, column=sheet.heading(field), value=said))


def changed(row: PlannedRow, *fields: str) -> bool:
    """Tell whether a row changes one of some fields."""
    return any(change.field in fields for change in row.changes)


def problem_at(row: PlannedRow, error: XuequError) -> Problem:
    """Place an error at a row."""
    return Problem(error, row.source.place)


def check_name(row: PlannedRow, registered: str, said: str | None) -> list[Problem]:
    """Refuse a name beside a number that is not the one of that number; an empty one says nothing."""
    if not said or name_key(said) == name_key(registered):
        return []
    return [problem_at(row, NameDiffers(registered=registered, said=said))]


def check_pupils(lookups: Lookups, planned: Sequence[PlannedRow]) -> list[Problem]:
    """Refuse what is to be written of a number that no pupil has, and names that are not the number's."""
    problems: list[Problem] = []
    for row in planned:
        command: Any = row.source.command
        known = lookups.pupils.get(command.pupil_no)
        if known is not None:
            problems += check_name(row, known.name, command.name)
        elif row.outcome in WRITTEN:
            problems.append(problem_at(row, PupilUnknown(pupil=command.pupil_no)))
    return problems


def filled(row: Row, there: Values) -> Row:
    """Return a row with what it leaves empty as it stands."""
    unsaid = {name: value for name, value in there.items() if getattr(row, name) in (None, "")}
    return row.model_copy(update=unsaid)
