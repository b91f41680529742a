"""Applying a set-up plan: whole or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, cast

from xuequ.core.context import Context
from xuequ.core.errors import Stale, refuse_if
from xuequ.core.fields import Command
from xuequ.core.ids import take_ids
from xuequ.core.pinyin import spell
from xuequ.core.plan import Outcome, Plan, PlannedRow
from xuequ.core.workbook import Reading
from xuequ.registry.facts.classes import ClassesFormed
from xuequ.registry.facts.figures import FiguresRecorded, StatementsRecorded
from xuequ.registry.facts.places import SchoolsOpened
from xuequ.registry.facts.pupils import PupilsEnrolled
from xuequ.registry.facts.set_up import RecordsCorrected
from xuequ.registry.facts.staff import StaffPlaced
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.figures import Figure, Statement
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import District, School
from xuequ.registry.models.pupils import Enrolment, Pupil, PupilStatus
from xuequ.registry.models.staff import Employment, Placement, Staff, Standing
from xuequ.registry.repository import RegistryRepository
from xuequ.registry.repository.staff import StaffRows
from xuequ.registry.rules.set_up import Move
from xuequ.registry.schemas.set_up import ClassRow, PlaceRow, PupilRow, SchoolRow, StaffRow, StatementRow
from xuequ.registry.service.planning import (
    CLASS_FIELDS,
    States,
    class_key,
    make_plan,
    move_of,
    read_states,
    there_of,
)
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.figures import Measure
from xuequ.registry.states.places import SchoolKind
from xuequ.registry.states.pupils import Entered, Left, PupilState, Reason
from xuequ.registry.states.staff import Entry, PlacementKind, StaffCategory, StandingKind

PERSON_FIELDS = ("name", "sex", "birth_date")
PERSON_COLUMNS = ("county_id", "id", *PERSON_FIELDS, "initials")
SPAN = ("since", "until")


def apply_plan(context: Context, rows: RegistryRepository, plan: Plan) -> None:
    """Write what the plan says, after making it anew under the lock: what a caller hands in is not trusted.

    Raises:
        Problems: when the plan holds problems.
        Stale: when what is registered has changed since the plan was made.
    """
    refuse_if(list(plan.problems))
    rows.lock_district()
    rows.lock_schools()
    StaffRows(context.session, context.scope, context.place).lock_all()
    book = book_of(plan)
    place = next((cast(PlaceRow, row.command) for row in book.rows["place"]), None)
    states = read_states(rows, place.as_of if place else date.min)
    again = make_plan(rows, context, book, states)
    if again.fingerprint != plan.fingerprint:
        raise Stale(what="学区的登记数据")
    refuse_if(list(again.problems))
    assert place is not None, "a plan without its place has a problem"
    _Application(context, rows, again, states, place).run()


def book_of(plan: Plan) -> Reading:
    """Return the rows that a plan was made from."""
    rows = {
        sheet.name: tuple(row.source for row in plan.of(sheet.name, *Outcome))
        for sheet in plan.template.sheets
    }
    return Reading(plan.template, rows)


class _Application:
    """One plan being written; it holds the ids of schools and classes that later sheets refer to."""

    def __init__(
        self, context: Context, rows: RegistryRepository, plan: Plan, states: States, place: PlaceRow
    ) -> None:
        self.context = context
        self.rows = rows
        self.plan = plan
        self.states = states
        self.place = place
        self.here = (context.scope.county_id, rows.district_id)
        self.schools: dict[str, int] = {key[0]: there["id"] for key, there in states["schools"].items()}
        self.classes: dict[tuple[Any, ...], int] = {
            key: there["id"] for key, there in states["classes"].items()
        }
        self.corrected: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)

    def run(self) -> None:
        """Write sheet by sheet; what is referred to comes first."""
        for _ in self.plan.of("place", Outcome.CHANGED):
            self._correct("district", District, self.here[1], {"name": self.place.district_name})
        self._open_schools()
        self._form_classes()
        self._place_staff()
        self._enrol_pupils()
        self._record_statements()
        for (record, fields), ids in self.corrected.items():
            self.context.announce(RecordsCorrected(record=record, record_ids=tuple(ids), fields=fields))

    def _added(self, sheet: str) -> list[Any]:
        return [row.source.command for row in self.plan.of(sheet, Outcome.ADDED)]

    def _load(self, model: type[Any], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        self.rows.load(model, ("county_id", "id", "district_id", *columns), rows)

    def _keyed(self, ids: Sequence[int], rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        """Put county, id and district before each row."""
        county_id, district_id = self.here
        for row_id, row in zip(ids, rows, strict=True):
            yield (county_id, row_id, district_id, *row)

    def _correct(self, record: str, model: type[Any], row_id: int, values: Mapping[str, Any]) -> None:
        if values:
            self.rows.change(model, row_id, dict(values))
            self.corrected[record, tuple(sorted(values))].append(row_id)

    # schools and classes

    def _open_schools(self) -> None:
        changed = self.plan.of("schools", Outcome.CHANGED)
        become_central = [row for row in changed if _central(row)]
        # who is the central school no longer makes room for the one that is to be
        self._correct_schools([row for row in changed if not _central(row)])
        added: list[SchoolRow] = self._added("schools")
        ids = take_ids(len(added))
        preschools = self._with_preschool()
        rows = (
            (row.code, row.name, row.kind.code, row.kind is SchoolKind.CENTRAL, row.code in preschools, "")
            for row in added
        )
        columns = ("code", "name", "kind", "legal_person", "preschool_attached", "closing_authority")
        self._load(School, columns, self._keyed(ids, rows))
        self.schools |= {row.code: school_id for row, school_id in zip(added, ids, strict=True)}
        if added:
            self.context.announce(SchoolsOpened(school_ids=tuple(ids)))
        self._correct_schools(become_central)
        added_codes = {row.code for row in added}
        self.rows.attach_preschool([self.schools[code] for code in sorted(preschools - added_codes)])
        self._record_figures()

    def _correct_schools(self, rows: Iterable[PlannedRow]) -> None:
        for row in rows:
            command = cast(SchoolRow, row.source.command)
            values = {c.field: c.after for c in row.changes if c.field in ("name", "kind")}
            if "kind" in values:
                values["legal_person"] = command.kind is SchoolKind.CENTRAL
            self._correct("school", School, self.schools[command.code], values)

    def _with_preschool(self) -> set[str]:
        """Return the schools that a preschool class is formed at."""
        return {row.school for row in self._added("classes") if row.stage is Stage.PRESCHOOL}

    def _record_figures(self) -> None:
        new: list[tuple[Any, ...]] = []
        facts: list[FiguresRecorded] = []
        for row in self.plan.of("schools", Outcome.ADDED, Outcome.CHANGED):
            command = cast(SchoolRow, row.source.command)
            there = self.states["schools"].get((command.code,), {})
            figures = {measure.code: getattr(command, measure.value) for measure in Measure}
            given = {m: v for m, v in figures.items() if v is not None and v != there.get(m)}
            school_id = self.schools[command.code]
            for measure, value in given.items():
                if there.get(measure) is None:
                    new.append((school_id, measure, self.place.as_of, value))
                else:
                    self.rows.change_figure(school_id, measure, self.place.as_of, value)
            if given:
                fact = FiguresRecorded(school_id=school_id, measures=tuple(given), as_of=self.place.as_of)
                facts.append(fact)
        columns = ("school_id", "measure", "as_of", "value")
        self._load(Figure, columns, self._keyed(take_ids(len(new)), new))
        for fact in facts:
            self.context.announce(fact)

    def _form_classes(self) -> None:
        added: list[ClassRow] = self._added("classes")
        ids = take_ids(len(added))
        rows = ((self.schools[r.school], r.stage.code, r.entry_year, r.number) for r in added)
        self._load(SchoolClass, ("school_id", "stage", "entry_year", "number"), self._keyed(ids, rows))
        by_school: dict[int, list[int]] = defaultdict(list)
        for row, class_id in zip(added, ids, strict=True):
            self.classes[class_key(row)] = class_id
            by_school[self.schools[row.school]].append(class_id)
        for school_id, class_ids in by_school.items():
            self.context.announce(ClassesFormed(school_id=school_id, class_ids=tuple(class_ids)))

    # people

    def _load_people(self, added: Sequence[StaffRow | PupilRow]) -> list[int]:
        ids = take_ids(len(added))
        county_id = self.here[0]
        rows = (
            (county_id, person_id, row.name, row.sex.code, row.birth_date, spell(row.name))
            for row, person_id in zip(added, ids, strict=True)
        )
        self.rows.load(Person, PERSON_COLUMNS, rows)
        return ids

    def _place_staff(self) -> None:
        added: list[StaffRow] = self._added("staff")
        people, ids = self._load_people(added), take_ids(len(added))
        rows = ((p, r.staff_no) for p, r in zip(people, added, strict=True))
        self._load(Staff, ("person_id", "staff_no"), self._keyed(ids, rows))
        employed = list(zip(ids, added, strict=True))
        begun = [(staff_id, row, PlacementKind.OWN) for staff_id, row in employed]
        held = [(i, kind, code, r.since) for i, r in employed for kind, code in _held(r)]
        for row in self.plan.of("staff", Outcome.CHANGED):
            command = cast(StaffRow, row.source.command)
            there = there_of(row, self.states)
            self._correct_person(row, there)
            held += self._retitle(row, there)
            employer = self._keep_employed(row, there)
            if employer is None:
                employed.append((there["id"], command))
            kind = PlacementKind.OWN if employer in (None, command.school) else PlacementKind.ASSIGNED
            at = {"school_id": self.schools[command.school], "kind": kind.code}
            if self._end_or_correct("placement", Placement, row, at, command.since):
                begun.append((there["id"], command, kind))
        self._begin_employments(employed)
        self._begin_standings(held)
        self._begin_placements(begun)

    def _retitle(self, row: PlannedRow, there: Mapping[str, Any]) -> list[tuple[int, str, str, date]]:
        """Correct the open title; return the one that is to begin where none is open."""
        title = next((change.after for change in row.changes if change.field == "title"), None)
        if title is None:
            return []
        if there["standing_id"] is None:
            since = cast(StaffRow, row.source.command).since
            return [(there["id"], StandingKind.TITLE, title.code, since)]
        self.rows.change(Standing, there["standing_id"], {"code": title.code})
        self.corrected["staff", ("title",)].append(there["id"])
        return []

    def _keep_employed(self, row: PlannedRow, there: Mapping[str, Any]) -> str | None:
        """Keep the placement inside the employment; return the employing school, None where none is open.

        A pair that was begun together at the wrong school was wrong in both.
        """
        if there["employment_id"] is None:
            return None
        command = cast(StaffRow, row.source.command)
        employer, employed_since = there["employer"], there["employed_since"]
        together = (there["school"], there["since"]) == (employer, employed_since)
        values: dict[str, Any] = {}
        if together and move_of(row, self.states) is Move.CORRECTED and command.school != employer:
            employer = command.school
            values["school_id"] = self.schools[employer]
        if command.since < employed_since:
            values["since"] = command.since
            self.rows.begin_standings_earlier(there["id"], employed_since, command.since)
        self._correct("employment", Employment, there["employment_id"], values)
        return cast("str | None", employer) or ""

    def _begin_employments(self, begun: Sequence[tuple[int, StaffRow]]) -> None:
        rows = (
            (self.schools[row.school], staff_id, row.since, None, Entry.RECORDED.code, "", "")
            for staff_id, row in begun
        )
        columns = ("school_id", "staff_id", *SPAN, "entry", "authority", "exit_authority")
        self._load(Employment, columns, self._keyed(take_ids(len(begun)), rows))

    def _begin_standings(self, held: Sequence[tuple[int, str, str, date]]) -> None:
        county_id = self.here[0]
        ids = take_ids(len(held))
        rows = ((county_id, i, *one, None, "") for i, one in zip(ids, held, strict=True))
        columns = ("county_id", "id", "staff_id", "kind", "code", *SPAN, "authority")
        self.rows.load(Standing, columns, rows)

    def _begin_placements(self, placed: Sequence[tuple[int, StaffRow, PlacementKind]]) -> None:
        rows = (
            (self.schools[row.school], staff_id, row.since, None, kind.code, "")
            for staff_id, row, kind in placed
        )
        columns = ("school_id", "staff_id", *SPAN, "kind", "authority")
        self._load(Placement, columns, self._keyed(take_ids(len(placed)), rows))
        groups: dict[tuple[int, date, str], list[int]] = defaultdict(list)
        for staff_id, row, kind in placed:
            groups[self.schools[row.school], row.since, kind.code].append(staff_id)
        for (school_id, since, ground), staff_ids in groups.items():
            fact = StaffPlaced(school_id=school_id, staff_ids=tuple(staff_ids), since=since, kind=ground)
            self.context.announce(fact)

    def _enrol_pupils(self) -> None:
        added: list[PupilRow] = self._added("pupils")
        people, ids = self._load_people(added), take_ids(len(added))
        rows = ((person_id, row.pupil_no) for person_id, row in zip(people, added, strict=True))
        self._load(Pupil, ("person_id", "pupil_no"), self._keyed(ids, rows))
        begun = [(pupil_id, row, Entered.SET_UP) for pupil_id, row in zip(ids, added, strict=True)]
        registered = list(zip(ids, added, strict=True))
        for row in self.plan.of("pupils", Outcome.CHANGED):
            command = cast(PupilRow, row.source.command)
            there = there_of(row, self.states)
            self._correct_person(row, there)
            at = {"school_id": self.schools[command.school], "class_id": self.classes[class_key(command)]}
            if self._end_or_correct("enrolment", Enrolment, row, at, command.since):
                begun.append((there["id"], command, self._way_in(there, command)))
                registered += self._registered_again(there, command)
            elif there["school"] != command.school and there["status_since"] < there["since"]:
                registered += self._registered_again(there, command)
            else:
                self._correct_status(there, command)
        self._begin_enrolments(begun)
        self._begin_statuses(registered)

    def _way_in(self, there: Mapping[str, Any], row: PupilRow) -> Entered:
        """Tell how a pupil comes into a class, and say of the one they leave how they left it."""
        if there["span_id"] is None:
            return Entered.RETURNED
        same_school = there["school"] == row.school
        left = Left.CLASS_CHANGE if same_school else Left.TRANSFER_OUT
        self.rows.change(Enrolment, there["span_id"], {"left_as": left.code})
        return Entered.CLASS_CHANGE if same_school else Entered.TRANSFER_IN

    def _registered_again(self, there: Mapping[str, Any], row: PupilRow) -> list[tuple[int, PupilRow]]:
        """End the status of a pupil who had left or changes school, so that a new one begins there."""
        status: PupilState | None = there["status"]
        if status is not None and status.on_roll and there["school"] == row.school:
            return []
        if status is not None and there["status_since"] < row.since:
            self.rows.change(PupilStatus, there["status_id"], {"until": row.since})
        elif status is not None:
            self.rows.remove(PupilStatus, there["status_id"])
        return [(there["id"], row)]

    def _correct_status(self, there: Mapping[str, Any], row: PupilRow) -> None:
        """Let the status that began with the class be at its school and from its day, as corrected.

        What went before goes on until that day, so that no day falls out between them.
        """
        values: dict[str, Any] = {}
        if there["since"] != row.since:
            values["since"] = row.since
        if there["school"] != row.school:
            values["school_id"] = self.schools[row.school]
        if values and there["status_since"] == there["since"]:
            self.rows.change(PupilStatus, there["status_id"], values)
        for model in (Enrolment, PupilStatus):
            self.rows.stretch(model, there["id"], there["since"], row.since)

    def _begin_statuses(self, registered: Sequence[tuple[int, PupilRow]]) -> None:
        said = (PupilState.REGISTERED.code, Reason.SET_UP.code, "")
        rows = ((self.schools[row.school], pupil_id, row.since, None, *said) for pupil_id, row in registered)
        columns = ("school_id", "pupil_id", *SPAN, "status", "reason", "authority")
        self._load(PupilStatus, columns, self._keyed(take_ids(len(registered)), rows))

    def _begin_enrolments(self, begun: Sequence[tuple[int, PupilRow, Entered]]) -> None:
        rows = (
            (self.schools[row.school], self.classes[class_key(row)], pupil_id, row.since, None, way.code)
            for pupil_id, row, way in begun
        )
        columns = ("school_id", "class_id", "pupil_id", *SPAN, "entered_as")
        self._load(Enrolment, columns, self._keyed(take_ids(len(begun)), rows))
        groups: dict[tuple[int, int, date], list[int]] = defaultdict(list)
        for pupil_id, row, _ in begun:
            key = (self.schools[row.school], self.classes[class_key(row)], row.since)
            groups[key].append(pupil_id)
        for (school_id, class_id, since), pupil_ids in groups.items():
            fact = PupilsEnrolled(
                school_id=school_id, class_id=class_id, pupil_ids=tuple(pupil_ids), since=since
            )
            self.context.announce(fact)

    def _correct_person(self, row: PlannedRow, there: Mapping[str, Any]) -> None:
        changed = {c.field: c.after for c in row.changes if c.field in PERSON_FIELDS}
        if "name" in changed:
            self.rows.change(Person, there["person_id"], {"initials": spell(changed["name"])})
        self._correct("person", Person, there["person_id"], changed)

    def _end_or_correct(
        self, record: str, model: type[Any], row: PlannedRow, at: Mapping[str, Any], since: date
    ) -> bool:
        """Correct the open span, or end it where a new one is to begin; tell whether one is to begin."""
        move = move_of(row, self.states)
        span_id = there_of(row, self.states)["span_id"]
        if move is Move.CORRECTED:
            changed = {change.field for change in row.changes}
            values: dict[str, Any] = dict(at) if changed & {*CLASS_FIELDS} else {}
            if "since" in changed:
                values["since"] = since
            self._correct(record, model, span_id, values)
        if move is Move.MOVED and span_id is not None:
            self.rows.change(model, span_id, {"until": since})
        return move is Move.MOVED

    # published figures

    def _record_statements(self) -> None:
        added: list[StatementRow] = self._added("statements")
        first = len(self.states["statements"]) + 1
        rows = ((first + index, *_stored(row).values()) for index, row in enumerate(added))
        columns = ("position", *StatementRow.model_fields)
        self._load(Statement, columns, self._keyed(take_ids(len(added)), rows))
        changed = self.plan.of("statements", Outcome.CHANGED)
        for row in changed:
            command = cast(StatementRow, row.source.command)
            known = self.states["statements"][(command.label,)]["id"]
            stored = _stored(command)
            self.rows.change(Statement, known, {c.field: stored[c.field] for c in row.changes})
        labels = tuple(row.label for row in added)
        labels += tuple(cast(StatementRow, row.source.command).label for row in changed)
        if labels:
            self.context.announce(StatementsRecorded(district_id=self.here[1], labels=labels))


def _central(row: PlannedRow) -> bool:
    return cast(SchoolRow, row.source.command).kind is SchoolKind.CENTRAL


def _held(row: StaffRow) -> tuple[tuple[str, str], ...]:
    """Return what a new teacher of the sheet of teachers holds from the first day."""
    teacher = (StandingKind.CATEGORY.code, StaffCategory.TEACHER.code)
    return (StandingKind.TITLE.code, row.title.code), teacher


def _stored(row: Command) -> dict[str, Any]:
    """Return a command's fields as columns hold them: codes as text."""
    return row.model_dump(mode="json")
