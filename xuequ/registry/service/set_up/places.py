"""The sheets of the district, its schools and their classes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, cast

from xuequ.core.errors import Problem
from xuequ.core.fields import Command
from xuequ.core.ids import take_ids
from xuequ.core.plan import Outcome, PlannedRow, State
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.errors.set_up import CountyNameDiffers, PlaceOfBook
from xuequ.registry.facts.classes import ClassesFormed
from xuequ.registry.facts.figures import FiguresRecorded
from xuequ.registry.facts.places import SchoolsOpened
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.figures import Figure
from xuequ.registry.models.places import District, School
from xuequ.registry.rules.classes import check_class
from xuequ.registry.rules.places import check_central, check_stage
from xuequ.registry.schemas.set_up import ClassRow, PlaceRow, SchoolRow
from xuequ.registry.service.set_up.working import SetUpDesk, at_row, class_key, school_facts
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.figures import Measure
from xuequ.registry.states.places import SchoolKind


class PlaceDesk(SetUpDesk):
    """The sheet that says of which district the workbook is, and of which day."""

    def standing(self, rows: Sequence[Command]) -> State:
        """Return the district's name; the workbook's day is known from here on."""
        self.working.place = next((row for row in rows if isinstance(row, PlaceRow)), None)
        return self.rows.place_state()

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Check that the workbook is of this district."""
        found: list[Problem] = []
        for row in planned:
            command = cast(PlaceRow, row.source.command)
            named = f"{command.county}/{command.district}"
            if named != self.context.place:
                found += at_row(row, [Problem(PlaceOfBook(book=named, door=self.context.place))])
            elif command.county_name != (registered := self.rows.names().county):
                error = CountyNameDiffers(book=command.county_name, registered=registered)
                found += at_row(row, [Problem(error)])
        return found

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Correct the district's name."""
        for row in planned:
            for change in row.changes:
                self.correct("district", District, self.working.here[1], {"name": change.after})

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return the district and the newest day that figures are of."""
        names = self.rows.names()
        county, _, district = self.context.place.partition("/")
        as_of = self.rows.figures_as_of() or self.context.today
        self.working.place = PlaceRow(
            county=county,
            county_name=names.county,
            district=district,
            district_name=names.district,
            as_of=as_of,
        )
        yield self.working.place


class SchoolDesk(SetUpDesk):
    """The sheet of schools with their figures."""

    def standing(self, rows: Sequence[Command]) -> State:
        """Return the schools with their figures of the workbook's day."""
        return self.working.schools

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Check that one school only is the central one."""
        known = self.working.known
        for row in planned:
            command = cast(SchoolRow, row.source.command)
            there = self.working.schools.get((command.code,), {})
            known[command.code] = school_facts(command.code, command.name, command.kind, there)
        return [problem for row in planned for problem in at_row(row, self._central_problems(row))]

    def _central_problems(self, row: PlannedRow) -> list[Problem]:
        command = cast(SchoolRow, row.source.command)
        changes_kind = row.outcome is Outcome.ADDED or any(c.field == "kind" for c in row.changes)
        if not changes_kind:
            return []
        known = self.working.known.values()
        others = (one for one in known if one.code != command.code and one.closed_on is None)
        central = next((one.name for one in others if one.kind is SchoolKind.CENTRAL), None)
        return check_central(command.name, command.kind, central)

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Open schools, correct others, record their figures."""
        changed = [row for row in planned if row.outcome is Outcome.CHANGED]
        become_central = [row for row in changed if _central(row)]
        # who is the central school no longer makes room for the one that is to be
        self._correct_schools([row for row in changed if not _central(row)])
        self._open([row for row in planned if row.outcome is Outcome.ADDED])
        self._correct_schools(become_central)
        self._record_figures(planned)

    def _open(self, planned: Sequence[PlannedRow]) -> None:
        added = [cast(SchoolRow, row.source.command) for row in planned]
        if not added:
            return
        ids = take_ids(len(added))
        rows = (
            (row.code, row.name, row.kind.code, row.kind is SchoolKind.CENTRAL, False, "") for row in added
        )
        columns = ("code", "name", "kind", "legal_person", "preschool_attached", "closing_authority")
        self.working.load(School, columns, self.working.keyed(ids, rows))
        self.working.school_ids |= zip([row.code for row in added], ids, strict=True)
        self.context.announce(SchoolsOpened(school_ids=tuple(ids)))

    def _correct_schools(self, rows: Iterable[PlannedRow]) -> None:
        for row in rows:
            command = cast(SchoolRow, row.source.command)
            values = {c.field: c.after for c in row.changes if c.field in ("name", "kind")}
            if "kind" in values:
                values["legal_person"] = command.kind is SchoolKind.CENTRAL
            self.correct("school", School, self.working.school_ids[command.code], values)

    def _record_figures(self, planned: Iterable[PlannedRow]) -> None:
        as_of = self.working.as_of
        new: list[tuple[Any, ...]] = []
        facts: list[FiguresRecorded] = []
        for row in planned:
            command = cast(SchoolRow, row.source.command)
            there = self.working.schools.get((command.code,), {})
            fields = {change.field for change in row.changes}
            wanted = [m for m in Measure if row.outcome is Outcome.ADDED or m.value in fields]
            given = {m.code: value for m in wanted if (value := getattr(command, m.value)) is not None}
            school_id = self.working.school_ids[command.code]
            for measure, value in given.items():
                if there.get(measure) is None:
                    new.append((school_id, measure, as_of, value))
                else:
                    self.rows.change_figure(school_id, measure, as_of, value)
            if given:
                facts.append(FiguresRecorded(school_id=school_id, measures=tuple(given), as_of=as_of))
        columns = ("school_id", "measure", "as_of", "value")
        self.working.load(Figure, columns, self.working.keyed(take_ids(len(new)), new))
        for fact in facts:
            self.context.announce(fact)

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return the open schools with the figures of the newest day."""
        for (code,), there in self.working.schools.items():
            if school in (None, code) and there["closed_on"] is None:
                yield SchoolRow(code=code, **{k: v for k, v in there.items() if k in SchoolRow.model_fields})


class ClassDesk(SetUpDesk):
    """The sheet of classes."""

    def standing(self, rows: Sequence[Command]) -> State:
        """Return the classes of the district."""
        return {key: there for key, there in self.working.classes.items() if there}

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Check the class and its school; pupils may be in the class from here on."""
        working = self.working
        found: list[Problem] = []
        for row in planned:
            command = cast(ClassRow, row.source.command)
            working.classes.setdefault(class_key(command), {})
            number = (command.stage, command.entry_year, command.number)
            wrong = check_class(*number, working.as_of, working.schooling)
            if command.school not in working.known:
                wrong.append(Problem(SchoolUnknown(school=command.school)))
            elif row.outcome is not Outcome.UNCHANGED:
                wrong += working.open_problems(command.school, working.judged)
                wrong += check_stage(working.known[command.school], command.stage)
            found += at_row(row, wrong)
        return found

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Form classes; a preschool class makes its school one with a preschool attached."""
        working = self.working
        added = [cast(ClassRow, row.source.command) for row in planned]
        ids = take_ids(len(added))
        rows = ((working.school_ids[r.school], r.stage.code, r.entry_year, r.number) for r in added)
        columns = ("school_id", "stage", "entry_year", "number")
        working.load(SchoolClass, columns, working.keyed(ids, rows))
        by_school: dict[int, list[int]] = defaultdict(list)
        for row, class_id in zip(added, ids, strict=True):
            working.class_ids[class_key(row)] = class_id
            by_school[working.school_ids[row.school]].append(class_id)
        preschools = {row.school for row in added if row.stage is Stage.PRESCHOOL}
        self.rows.attach_preschool([working.school_ids[code] for code in sorted(preschools)])
        for school_id, class_ids in by_school.items():
            self.context.announce(ClassesFormed(school_id=school_id, class_ids=tuple(class_ids)))

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return the classes that are not dissolved and have not finished."""
        working = self.working
        for key, there in working.classes.items():
            code, stage, entry_year, number = key
            gone = there["dissolved_on"] is not None or bool(
                check_class(stage, entry_year, number, working.judged, working.schooling)
            )
            if school in (None, code) and not gone:
                yield ClassRow(school=code, stage=stage, entry_year=entry_year, number=number)


def _central(row: PlannedRow) -> bool:
    return cast(SchoolRow, row.source.command).kind is SchoolKind.CENTRAL
