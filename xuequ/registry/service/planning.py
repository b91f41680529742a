"""Planning a set-up workbook: what it would add and change, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

from xuequ.core.context import Context
from xuequ.core.errors import CellRequired, Place, Problem
from xuequ.core.plan import Outcome, Plan, PlannedRow, State, compare, fingerprint
from xuequ.core.workbook import Reading
from xuequ.registry.errors.classes import ClassUnknown
from xuequ.registry.errors.figures import StatementPartUnknown
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.errors.set_up import CountyNameDiffers, MovedAway, PlaceOfBook
from xuequ.registry.models.pupils import Pupil
from xuequ.registry.models.staff import Staff
from xuequ.registry.repository import RegistryRepository
from xuequ.registry.rules.classes import Schooling, check_class
from xuequ.registry.rules.figures import read_printed
from xuequ.registry.rules.people import check_person, check_record_number
from xuequ.registry.rules.places import SchoolFacts, check_central, check_open, check_stage
from xuequ.registry.rules.pupils import Standing, check_correction, check_set_up_move, check_shift
from xuequ.registry.rules.seats import Klass, check_seat
from xuequ.registry.rules.set_up import Move, decide_move
from xuequ.registry.schemas.set_up import ClassRow, PlaceRow, PupilRow, SchoolRow, StaffRow, StatementRow
from xuequ.registry.states.places import SchoolKind

States = Mapping[str, State]
CLASS_FIELDS = ("school", "stage", "entry_year", "number")


def read_states(rows: RegistryRepository, as_of: date) -> dict[str, State]:
    """Read what is registered, sheet by sheet."""
    return {
        "place": rows.place_state(),
        "schools": rows.school_state(as_of),
        "classes": rows.class_state(),
        "staff": rows.staff_state(),
        "pupils": rows.pupil_state(),
        "statements": rows.statement_state(),
    }


# the plan


def make_plan(
    rows: RegistryRepository, context: Context, book: Reading, states: States | None = None
) -> Plan:
    """Compare a workbook with the registry, and collect every problem.

    Classes are judged as of the workbook's own day, so that an old workbook reads as it did.
    """
    problems = [*book.problems, *_place_problems(rows, context.place, book)]
    states = states or read_states(rows, _as_of(book))
    planned: list[PlannedRow] = []
    for sheet in book.template.sheets:
        some, wrong = compare(sheet, book.rows.get(sheet.name, ()), states[sheet.name])
        planned += some
        problems += wrong
    problems += _row_problems(planned, states, context, _as_of(book))
    problems += _strangers(rows, planned)
    return Plan(book.template, tuple(planned), tuple(problems), fingerprint(states.items()))


def _as_of(book: Reading) -> date:
    places = book.rows.get("place", ())
    return cast(PlaceRow, places[0].command).as_of if places else date.min


def _place_problems(rows: RegistryRepository, door: str, book: Reading) -> list[Problem]:
    places = book.rows.get("place", ())
    found: list[Problem] = []
    if not places and not book.problems:
        sheet = book.template.sheet("place")
        found.append(Problem(CellRequired(), Place(sheet.title, 2, sheet.columns[0].heading)))
    for row in places:
        command = cast(PlaceRow, row.command)
        named = f"{command.county}/{command.district}"
        if named != door:
            found.append(Problem(PlaceOfBook(book=named, door=door), row.place))
        elif command.county_name != (registered := rows.names().county):
            error = CountyNameDiffers(book=command.county_name, registered=registered)
            found.append(Problem(error, row.place))
    return found


def _row_problems(
    planned: Sequence[PlannedRow], states: States, context: Context, as_of: date
) -> list[Problem]:
    """Check every row by the rules, and that the school or class it names is there or in the file."""
    schools = {key[0] for key in states["schools"]} | {
        cast(SchoolRow, row.source.command).code for row in planned if row.sheet == "schools"
    }
    known = _schools_after(planned, states)
    classes: dict[tuple[Any, ...], Mapping[str, Any]] = {
        class_key(cast(ClassRow, row.source.command)): {} for row in planned if row.sheet == "classes"
    }
    classes |= states["classes"]
    wholes = {key[0] for key in states["statements"]} | {
        cast(StatementRow, row.source.command).label for row in planned if row.sheet == "statements"
    }
    judged = context.today if as_of == date.min else as_of
    schooling = Schooling.of(context.standards, judged)
    checks: dict[str, Callable[[Any], list[Problem]]] = {
        "classes": lambda row: _class_problems(row, schools, as_of, schooling),
        "staff": lambda row: _staff_problems(row, schools),
        "pupils": lambda row: _pupil_problems(row, classes, schooling),
        "statements": lambda row: _statement_problems(row, wholes),
    }
    found: list[Problem] = []
    for row in planned:
        check = checks.get(row.sheet)
        some = check(row.source.command) if check else []
        some += _school_problems(row, known, judged)
        some += _person_problems(row, states)
        some += _move_problems(row, states)
        some += _standing_problems(row, states)
        found += [replace(problem, place=row.source.place) for problem in some]
    return found


def _schools_after(planned: Sequence[PlannedRow], states: States) -> dict[str, SchoolFacts]:
    """Return the schools as they will be, by code."""
    rows = [row.source.command for row in planned if row.sheet == "schools"]
    written = {row.code: row for row in rows if isinstance(row, SchoolRow)}
    known: dict[str, SchoolFacts] = {}
    for code in {key[0] for key in states["schools"]} | set(written):
        there, row = states["schools"].get((code,), {}), written.get(code)
        name, kind = (row.name, row.kind) if row else (there["name"], there["kind"])
        known[code] = SchoolFacts(there.get("id", 0), code, name, kind, closed_on=there.get("closed_on"))
    return known


def _school_problems(row: PlannedRow, known: Mapping[str, SchoolFacts], as_of: date) -> list[Problem]:
    """Check that a school is open to what is new at it, teaches the stage, and that one is central."""
    command = row.source.command
    if row.outcome is Outcome.UNCHANGED:
        return []
    if isinstance(command, SchoolRow):
        others = (one for one in known.values() if one.code != command.code and one.closed_on is None)
        central = next((one.name for one in others if one.kind is SchoolKind.CENTRAL), None)
        changes_kind = row.outcome is Outcome.ADDED or any(c.field == "kind" for c in row.changes)
        return check_central(command.name, command.kind, central) if changes_kind else []
    if not isinstance(command, ClassRow | StaffRow | PupilRow) or command.school not in known:
        return []
    school = known[command.school]
    found = check_open(school, as_of if isinstance(command, ClassRow) else command.since)
    return found + (check_stage(school, command.stage) if isinstance(command, ClassRow) else [])


def class_key(row: ClassRow | PupilRow) -> tuple[Any, ...]:
    """Return what tells a class from others."""
    return (row.school, row.stage, row.entry_year, row.number)


def _class_problems(row: ClassRow, schools: set[Any], as_of: date, schooling: Schooling) -> list[Problem]:
    found = check_class(row.stage, row.entry_year, row.number, as_of, schooling)
    if row.school not in schools:
        found.append(Problem(SchoolUnknown(school=row.school)))
    return found


def _staff_problems(row: StaffRow, schools: set[Any]) -> list[Problem]:
    found: list[Problem] = []
    if row.school not in schools:
        found.append(Problem(SchoolUnknown(school=row.school)))
    return found


def _pupil_problems(
    row: PupilRow, classes: Mapping[tuple[Any, ...], Mapping[str, Any]], schooling: Schooling
) -> list[Problem]:
    """Check that the class is there or in the file, and may have the pupil from that day on."""
    there = classes.get(class_key(row), {})
    days = (there.get("dissolved_on"), there.get("formed_on"))
    at = (there.get("id", 0), there.get("school_id", 0))
    klass = Klass(*at, row.stage, row.entry_year, row.number, *days)
    found = check_seat(klass, row.since, schooling)
    if class_key(row) not in classes:
        name = klass.name(row.since, schooling)
        found.append(Problem(ClassUnknown(name=f"{row.school} {row.entry_year}级 {name}")))
    return found


def _statement_problems(row: StatementRow, wholes: set[Any]) -> list[Problem]:
    read = read_printed(row.printed)
    found = [read] if isinstance(read, Problem) else []
    if row.part_of and row.part_of not in wholes:
        found.append(Problem(StatementPartUnknown(whole=row.part_of)))
    return found


def _person_problems(row: PlannedRow, states: States) -> list[Problem]:
    """Check the birthday that the row gives, or else the registered one; and the number of a new person."""
    command = row.source.command
    if not isinstance(command, StaffRow | PupilRow):
        return []
    if row.outcome is not Outcome.ADDED:
        return check_person(command.birth_date or there_of(row, states)["birth_date"], command.since)
    number = ("工号", command.staff_no) if isinstance(command, StaffRow) else ("学号", command.pupil_no)
    return check_record_number(*number) + check_person(command.birth_date, command.since)


def _move_problems(row: PlannedRow, states: States) -> list[Problem]:
    if row.outcome is not Outcome.CHANGED or row.sheet not in ("staff", "pupils"):
        return []
    move = move_of(row, states)
    return [move] if isinstance(move, Problem) else []


def _standing_problems(row: PlannedRow, states: States) -> list[Problem]:
    """Check what a move of a pupil means for their status, which it must not contradict."""
    if row.outcome is not Outcome.CHANGED or not isinstance(row.source.command, PupilRow):
        return []
    move = move_of(row, states)
    if isinstance(move, Problem):
        return []
    there = there_of(row, states)
    standing = Standing(there["status"], there["status_since"], there["since"])
    if move is Move.MOVED:
        return check_set_up_move(standing, row.source.command.since)
    if move is Move.CORRECTED and there["school"] != row.source.command.school:
        return check_correction(standing)
    if move is Move.CORRECTED and there["since"] != row.source.command.since:
        return check_shift(standing, row.source.command.since, follows=there["status_before"])
    return []


def move_of(row: PlannedRow, states: States) -> Move | Problem:
    """Tell what a changed row means for the open span; somebody without one begins anew."""
    command = cast(StaffRow | PupilRow, row.source.command)
    there = there_of(row, states)
    since, free_from = there["since"], there["free_from"]
    if isinstance(command, StaffRow):
        return decide_move(there["school"], since, command.school, command.since, free_from)
    at = tuple(there[name] for name in CLASS_FIELDS)
    return decide_move(at, since, class_key(command), command.since, free_from)


def there_of(row: PlannedRow, states: States) -> Mapping[str, Any]:
    """Return what is registered of the person of a row."""
    command = row.source.command
    number = command.staff_no if isinstance(command, StaffRow) else cast(PupilRow, command).pupil_no
    return states[row.sheet][(number,)]


def _strangers(rows: RegistryRepository, planned: Sequence[PlannedRow]) -> list[Problem]:
    """Refuse new numbers that belong to another district of the county."""
    found: list[Problem] = []
    for sheet, model, field in (("staff", Staff, "staff_no"), ("pupils", Pupil, "pupil_no")):
        added = [row.source for row in planned if row.sheet == sheet and row.outcome is Outcome.ADDED]
        numbers = {getattr(source.command, field): source.place for source in added}
        for number in sorted(rows.numbers_elsewhere(model, numbers) if numbers else ()):
            found.append(Problem(MovedAway(number=number), numbers[number]))
    return found
