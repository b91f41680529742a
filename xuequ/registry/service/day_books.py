"""Workbooks of a day's attendance: what they would call and correct, and everything that is wrong.

An empty cell beside a name leaves what is there: nobody marked is present where heads were counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from xuequ.core.context import Context
from xuequ.core.errors import Problem, Stale, XuequError, refuse_if
from xuequ.core.fields import Command
from xuequ.core.halfdays import Half, HalfDay
from xuequ.core.plan import Key, Outcome, Plan, PlannedRow, State, book_of, compare, fingerprint
from xuequ.core.workbook import Reading, Sourced
from xuequ.registry.errors.attendance import (
    CorrectionNeedsReason,
    DueDiffers,
    HeadsDiffer,
    HeadsMissing,
    NotListed,
)
from xuequ.registry.repository.attendance import RollRows
from xuequ.registry.rules.attendance import Kind, Mark, Standing, heads_present
from xuequ.registry.schemas.attendance_books import PersonDay, RollDay
from xuequ.registry.service.rolls import (
    Asked,
    Book,
    Unit,
    Written,
    hold_units,
    judge,
    place_calendar,
    write_rolls,
)

HALVES = {Half.AM: "am", Half.PM: "pm"}


@dataclass(frozen=True, slots=True)
class Form:
    """What is particular to a workbook: whose rolls, the field of people's numbers, how units are found."""

    rows: RollRows
    number: str
    units: Callable[[Iterable[RollDay]], Mapping[Key, Unit | XuequError]]
    """Returns, by the key of the sheet of rolls, the unit of each row, or why there is none."""


@dataclass(frozen=True, slots=True)
class DayPlan:
    """A plan, and the rolls that it would call or correct."""

    plan: Plan
    asked: tuple[Asked, ...]


def apply_day(context: Context, form: Form, plan: Plan) -> list[Written]:
    """Write what a plan says, after making it anew under the lock: what a caller hands in is not trusted.

    Raises:
        Problems: when the plan holds problems.
        Stale: when rolls, or who is due, have changed since the plan was made.
    """
    refuse_if(list(plan.problems))
    reading = book_of(plan)
    units = [unit for unit in _units(form, reading).values() if isinstance(unit, Unit)]
    hold_units(form.rows, units)
    again = plan_day(context, form, reading)
    if again.plan.fingerprint != plan.fingerprint:
        raise Stale(what="点名或应到名单")
    refuse_if(list(again.plan.problems))
    return write_rolls(context, form.rows, again.asked)


def _units(form: Form, reading: Reading) -> Mapping[Key, Unit | XuequError]:
    return form.units(cast(RollDay, row.command) for row in reading.rows.get("rolls", ()))


def plan_day(context: Context, form: Form, reading: Reading) -> DayPlan:
    """Compare a workbook with the rolls that were called; nothing is written."""
    return _Planning(context, form, reading).run()


class _Planning:
    """One workbook beside what is known."""

    def __init__(self, context: Context, form: Form, reading: Reading) -> None:
        self.context, self.form, self.reading = context, form, reading
        self.problems = list(reading.problems)
        self.units = _units(form, reading)
        self.sheets = {sheet.name: sheet for sheet in reading.template.sheets}
        self.rolls = [cast("Sourced[RollDay]", row) for row in reading.rows.get("rolls", ())]
        days = [row.command.day for row in self.rolls] or [context.today]
        known = [unit for unit in self.units.values() if isinstance(unit, Unit)]
        self.first, self.last = min(days), max(days)
        self.book = Book(form.rows, {unit.id for unit in known}, self.first, self.last)
        self.listed = self._listed()

    def _key(self, command: Command) -> Key:
        sheet = self.sheets["rolls"]
        return tuple(getattr(command, name) for name in sheet.key)

    def _unit(self, command: Command) -> Unit | None:
        found = self.units.get(self._key(command))
        return found if isinstance(found, Unit) else None

    def _listed(self) -> dict[tuple[str, date], tuple[int, int]]:
        """Return whom the rolls of the workbook are about: number and day → unit and id."""
        found: dict[tuple[str, date], tuple[int, int]] = {}
        for row in self.rolls:
            unit = self._unit(row.command)
            if unit is not None:
                due = self.book.due(unit.id, row.command.day)
                found |= {(one.number, row.command.day): (unit.id, who) for who, one in due.items()}
        return found

    def run(self) -> DayPlan:
        """Make the plan."""
        states = {"rolls": self._roll_state(), "people": self._people_state()}
        planned: list[PlannedRow] = []
        for name, sheet in self.sheets.items():
            some, wrong = compare(sheet, self.reading.rows.get(name, ()), states[name])
            planned += [_first_said(row) for row in some]
            self.problems += wrong
        self._find_strangers(planned)
        asked = self._asked(planned)
        plan = Plan(self.reading.template, tuple(planned), tuple(self.problems), fingerprint(states.items()))
        return DayPlan(plan, tuple(asked))

    # what is there

    def _roll_state(self) -> State:
        found: dict[Key, dict[str, Any]] = {}
        for row in self.rolls:
            unit = self._unit(row.command)
            if unit is not None:
                rolls = {
                    name: self.book.rolls.get((unit.id, HalfDay(row.command.day, half)))
                    for half, name in HALVES.items()
                }
                found[self._key(row.command)] = {
                    name: None if roll is None else roll.present for name, roll in rolls.items()
                }
        return found

    def _people_state(self) -> State:
        present = self.form.rows.kinds.PRESENT
        found: dict[Key, dict[str, Any]] = {}
        for (number, day), (unit_id, who) in self.listed.items():
            found[number, day] = {}
            for half, name in HALVES.items():
                standing = self.book.standing((unit_id, HalfDay(day, half)))
                marked = {mark.who: mark.kind for mark in standing.marks} if standing else {}
                found[number, day][name] = marked.get(who, present) if standing else None
        return found

    # what is asked

    def _find_strangers(self, planned: Sequence[PlannedRow]) -> None:
        """Refuse rows of rolls without a unit, and rows of people whom no roll of the workbook is about."""
        for row in planned:
            place = row.source.place
            if row.sheet == "rolls":
                found = self.units.get(self._key(row.source.command))
                if isinstance(found, XuequError):
                    self.problems.append(Problem(found, place))
            elif (said := self._said(row))[:2] not in self.listed:
                self.problems.append(Problem(NotListed(who=said[0], day=str(said[1])), place))

    def _said(self, row: PlannedRow) -> tuple[str, date, dict[Half, Kind | None]]:
        command: Any = cast(PersonDay, row.source.command)
        kinds = {half: getattr(command, name) for half, name in HALVES.items()}
        return getattr(command, self.form.number), command.day, kinds

    def _asked(self, planned: Sequence[PlannedRow]) -> list[Asked]:
        """Return the rolls that are to be called or corrected, after the rules have judged them."""
        said: dict[tuple[int, HalfDay], dict[int, Kind]] = defaultdict(dict)
        for row in planned:
            if row.sheet == "people" and (told := self._said(row))[:2] in self.listed:
                unit_id, who = self.listed[told[:2]]
                for half, kind in told[2].items():
                    if kind is not None:
                        said[unit_id, HalfDay(told[1], half)][who] = kind
        asked: list[tuple[Asked, PlannedRow]] = []
        for row in planned:
            unit = self._unit(row.source.command) if row.sheet == "rolls" else None
            if unit is not None:
                for half in Half:
                    at = HalfDay(cast(RollDay, row.source.command).day, half)
                    one = self._roll(row, unit, at, said.get((unit.id, at), {}))
                    asked += [(one, row)] if one is not None else []
        if asked:
            calendar = place_calendar(self.context, self.first, self.last)
            judged = judge(self.context, self.form.rows, self.book, calendar, [one for one, _ in asked])
            for (_, row), some in zip(asked, judged, strict=True):
                self.problems += [replace(problem, place=row.source.place) for problem in some]
        return [one for one, _ in asked]

    def _roll(self, row: PlannedRow, unit: Unit, at: HalfDay, said: Mapping[int, Kind]) -> Asked | None:
        """Return the roll of a half-day that a row asks for; nothing when it says nothing new."""
        command = cast(RollDay, row.source.command)
        counted: int | None = getattr(command, HALVES[at.half])
        standing = self.book.standing((unit.id, at))
        marks = self._marks(standing, said)
        due = len(self.book.due(unit.id, at.day))
        if standing is None and counted is None and not said:
            return None
        if standing is not None and counted in (None, _present(standing)) and standing.marks == marks:
            return None
        wrong = self._wrong(command, f"{unit.school} {unit.name}", at, (counted, due), marks, standing)
        self.problems += [Problem(error, row.source.place) for error in wrong]
        if wrong:
            return None
        edition = None if standing is None else standing.edition
        return Asked(
            unit,
            at,
            tuple(sorted(marks, key=lambda mark: mark.who)),
            edition,
            (command.reason or "") if standing is not None else "",
        )

    def _marks(self, standing: Standing | None, said: Mapping[int, Kind]) -> frozenset[Mark]:
        """Return the exceptions with what the workbook says of some people put over them.

        Whose kind it does not change keeps the record that says why.
        """
        marks = {mark.who: mark for mark in standing.marks} if standing is not None else {}
        for who, kind in said.items():
            if kind is self.form.rows.kinds.PRESENT:
                marks.pop(who, None)
            elif who not in marks or marks[who].kind is not kind:
                marks[who] = Mark(who, kind)
        return frozenset(marks.values())

    def _wrong(
        self,
        command: RollDay,
        whose: str,
        at: HalfDay,
        heads: tuple[int | None, int],
        marks: frozenset[Mark],
        standing: Standing | None,
    ) -> list[XuequError]:
        """Return what is wrong with the heads of a half-day, and whether a correction lacks its reason."""
        (counted, due), half_day = heads, str(at)
        wanted = heads_present(due, (mark.kind for mark in marks))
        found: list[XuequError] = []
        if command.due is not None and command.due != due:
            found.append(DueDiffers(whose=whose, half_day=half_day, due=due, written=command.due))
        elif counted is None:
            found.append(HeadsMissing(whose=whose, half_day=half_day))
        elif counted != wanted:
            found.append(
                HeadsDiffer(
                    whose=whose, half_day=half_day, due=due, away=due - wanted, wanted=wanted, counted=counted
                )
            )
        if standing is not None and not command.reason:
            found.append(CorrectionNeedsReason(whose=whose, half_day=half_day))
        return found


def _present(standing: Standing) -> int:
    return heads_present(standing.due, (mark.kind for mark in standing.marks))


def _first_said(row: PlannedRow) -> PlannedRow:
    """Call it added when a row fills in only what nobody had said."""
    if row.changes and all(change.before is None for change in row.changes):
        return replace(row, outcome=Outcome.ADDED)
    return row


def day_rows(
    form: Form,
    units: Iterable[tuple[Unit, Callable[..., RollDay]]],
    day: date,
    person: Callable[..., PersonDay],
) -> dict[str, list[Command]]:
    """Return the rows of a day, with what was called already, for people to fill in the rest.

    Args:
        units: the units in order, each with what makes its row from `due`, `am` and `pm`.
        person: makes a person's row from its fields.
    """
    listed = list(units)
    book = Book(form.rows, {unit.id for unit, _ in listed}, day, day)
    rolls: list[Command] = []
    people: list[Command] = []
    for unit, make in listed:
        due = book.due(unit.id, day)
        standing = {name: book.standing((unit.id, HalfDay(day, half))) for half, name in HALVES.items()}
        if not due:
            continue
        heads = {name: None if one is None else _present(one) for name, one in standing.items()}
        rolls.append(make(due=len(due), **heads))
        kinds = {
            name: {mark.who: mark.kind for mark in one.marks} if one is not None else {}
            for name, one in standing.items()
        }
        for who, row in due.items():
            said = {name: marked.get(who) for name, marked in kinds.items()}
            people.append(person(**{form.number: row.number}, name=row.name, day=day, **said))
    return {"rolls": rolls, "people": people}
