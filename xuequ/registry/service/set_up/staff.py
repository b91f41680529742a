"""The sheet of teachers: by whom they are employed, where they work, what they hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from xuequ.core.errors import Problem
from xuequ.core.fields import Command
from xuequ.core.ids import take_ids
from xuequ.core.plan import Outcome, PlannedRow, State
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.facts.staff import StaffPlaced
from xuequ.registry.models.staff import Employment, Placement, Staff, Standing
from xuequ.registry.rules.set_up import Move, decide_move
from xuequ.registry.schemas.set_up import StaffRow
from xuequ.registry.service.set_up.people import PersonDesk, has_left
from xuequ.registry.service.set_up.working import SPAN, Working, at_row, sheet_of
from xuequ.registry.states.staff import Entry, PlacementKind, StaffCategory, StandingKind

Begun = tuple[int, StaffRow, PlacementKind]


class StaffDesk(PersonDesk):
    """The sheet of teachers."""

    number = "staff_no"
    number_label = "工号"
    model = Staff
    sheet = sheet_of("staff")

    def __init__(self, working: Working) -> None:
        super().__init__(working)
        self._there: State = {}
        self._placed: dict[tuple[int, date, str], list[int]] = defaultdict(list)

    def read_there(self, numbers: Sequence[str]) -> State:
        """Return staff by number."""
        return self.rows.staff_state(numbers)

    def standing(self, rows: Sequence[Command]) -> State:
        """Return staff with their open title, employment and placement."""
        self._there = super().standing(rows)
        return self._there

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Check the school, the person, and what another school or day means."""
        found: list[Problem] = []
        for row in planned:
            if has_left(row):
                continue
            command = cast(StaffRow, row.source.command)
            wrong: list[Problem] = []
            if command.school not in self.working.known:
                wrong.append(Problem(SchoolUnknown(school=command.school)))
            elif row.outcome is not Outcome.UNCHANGED:
                wrong += self.working.open_problems(command.school, command.since)
            if row.outcome is Outcome.CHANGED and isinstance(move := self._move(row), Problem):
                wrong.append(move)
            found += at_row(row, wrong)
        return [*found, *self.check_people(planned, self._there)]

    def _of(self, row: PlannedRow) -> Mapping[str, Any]:
        return self._there[(cast(StaffRow, row.source.command).staff_no,)]

    def _move(self, row: PlannedRow) -> Move | Problem:
        """Tell what a changed row means for the open span; somebody without one begins anew."""
        command, there = cast(StaffRow, row.source.command), self._of(row)
        return decide_move(there["school"], there["since"], command.school, command.since, there["free_from"])

    # writing

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Take on who is new; correct or move who is there."""
        added = [cast(StaffRow, row.source.command) for row in planned if row.outcome is Outcome.ADDED]
        people, ids = self.load_people(added), take_ids(len(added))
        rows = ((p, r.staff_no) for p, r in zip(people, added, strict=True))
        self.working.load(Staff, ("person_id", "staff_no"), self.working.keyed(ids, rows))
        employed = list(zip(ids, added, strict=True))
        begun: list[Begun] = [(staff_id, row, PlacementKind.OWN) for staff_id, row in employed]
        held = [(i, kind, code, r.since) for i, r in employed for kind, code in _held(r)]
        for row in planned:
            if row.outcome is Outcome.CHANGED:
                held += self._change(row, employed, begun)
        self._begin_employments(employed)
        self._begin_standings(held)
        self._begin_placements(begun)

    def _change(
        self, row: PlannedRow, employed: list[tuple[int, StaffRow]], begun: list[Begun]
    ) -> list[tuple[int, str, str, date]]:
        """Correct or move somebody; note what begins, and return the title that does."""
        command, there = cast(StaffRow, row.source.command), self._of(row)
        self.correct_person(row, there)
        held = self._retitle(row, there)
        if has_left(row):
            return held
        employer = self._keep_employed(row, there)
        if employer is None:
            employed.append((there["id"], command))
        kind = PlacementKind.OWN if employer in (None, command.school) else PlacementKind.ASSIGNED
        if self._end_or_correct(row, there, kind):
            begun.append((there["id"], command, kind))
        return held

    def _retitle(self, row: PlannedRow, there: Mapping[str, Any]) -> list[tuple[int, str, str, date]]:
        """Correct the open title; return the one that is to begin where none is open."""
        title = next((change.after for change in row.changes if change.field == "title"), None)
        if title is None:
            return []
        if there["standing_id"] is None:
            since = cast(StaffRow, row.source.command).since
            return [(there["id"], StandingKind.TITLE, title.code, since)]
        self.rows.change(Standing, there["standing_id"], {"code": title.code})
        self.note("staff", ("title",), there["id"])
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
        if together and self._move(row) is Move.CORRECTED and command.school != employer:
            employer = command.school
            values["school_id"] = self.working.school_ids[employer]
        if command.since < employed_since:
            values["since"] = command.since
            self.rows.begin_standings_earlier(there["id"], employed_since, command.since)
        self.correct("employment", Employment, there["employment_id"], values)
        return cast("str | None", employer) or ""

    def _end_or_correct(self, row: PlannedRow, there: Mapping[str, Any], kind: PlacementKind) -> bool:
        """Correct the open placement, or end it where a new one is to begin; tell whether one is to begin."""
        command, move = cast(StaffRow, row.source.command), self._move(row)
        if move is Move.CORRECTED:
            changed = {change.field for change in row.changes}
            school_id = self.working.school_ids[command.school]
            at = {"school_id": school_id, "kind": kind.code}
            values: dict[str, Any] = at if "school" in changed else {}
            if "since" in changed:
                values["since"] = command.since
            self.correct("placement", Placement, there["span_id"], values)
        if move is Move.MOVED and there["span_id"] is not None:
            self.rows.change(Placement, there["span_id"], {"until": command.since})
        return move is Move.MOVED

    def _begin_employments(self, begun: Sequence[tuple[int, StaffRow]]) -> None:
        rows = (
            (self.working.school_ids[row.school], staff_id, row.since, None, Entry.RECORDED.code, "", "")
            for staff_id, row in begun
        )
        columns = ("school_id", "staff_id", *SPAN, "entry", "authority", "exit_authority")
        self.working.load(Employment, columns, self.working.keyed(take_ids(len(begun)), rows))

    def _begin_standings(self, held: Sequence[tuple[int, str, str, date]]) -> None:
        county_id = self.working.here[0]
        ids = take_ids(len(held))
        rows = ((county_id, i, *one, None, "") for i, one in zip(ids, held, strict=True))
        columns = ("county_id", "id", "staff_id", "kind", "code", *SPAN, "authority")
        self.rows.load(Standing, columns, rows)

    def _begin_placements(self, placed: Sequence[Begun]) -> None:
        schools = self.working.school_ids
        rows = (
            (schools[row.school], staff_id, row.since, None, kind.code, "") for staff_id, row, kind in placed
        )
        columns = ("school_id", "staff_id", *SPAN, "kind", "authority")
        self.working.load(Placement, columns, self.working.keyed(take_ids(len(placed)), rows))
        for staff_id, row, kind in placed:
            self._placed[schools[row.school], row.since, kind.code].append(staff_id)

    def finish(self) -> None:
        """Say who was placed where, and what was corrected."""
        for (school_id, since, ground), staff_ids in self._placed.items():
            fact = StaffPlaced(school_id=school_id, staff_ids=tuple(staff_ids), since=since, kind=ground)
            self.context.announce(fact)
        super().finish()

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return who works here, with their documents masked."""
        there = self.rows.staff_state()
        shown = self.identities.masked(there.values())
        for (staff_no,), one in there.items():
            if one["school"] is not None and school in (None, one["school"]) and one["title"] is not None:
                fields = {k: v for k, v in one.items() if k in StaffRow.model_fields and k not in _SEALED}
                yield StaffRow(staff_no=staff_no, **fields, **shown.get(one["person_id"], {}))


_SEALED = ("document_kind", "document_number", "phone")


def _held(row: StaffRow) -> tuple[tuple[str, str], ...]:
    """Return what a new teacher of the sheet of teachers holds from the first day."""
    teacher = (StandingKind.CATEGORY.code, StaffCategory.TEACHER.code)
    return (StandingKind.TITLE.code, row.title.code), teacher
