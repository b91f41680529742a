"""The workbook of pupils' moves 学生异动: acts, each of which a file takes once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, cast

from xuequ.core.context import Context
from xuequ.core.errors import Problem, XuequError
from xuequ.core.fields import Command
from xuequ.core.intake import Book, Desk
from xuequ.core.plan import Outcome, PlannedRow, State
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.books.moves import MoveBookRows
from xuequ.registry.rules.classes import Schooling, begins, school_year
from xuequ.registry.rules.moves import PASSED, RECORDED, Way, ways
from xuequ.registry.schemas.books.moves import PupilMoveRow
from xuequ.registry.service.books.desk import BookDesk, Lookups, check_pupils, rows_of
from xuequ.registry.service.pupils import PupilService
from xuequ.registry.states.pupils import Entered, MoveKind, PupilState, Reason
from xuequ.registry.templates.moves import PUPIL_MOVES


class MoveDesk(BookDesk):
    """The sheet of moves.

    Of what was taken only the end of a suspension may be put off 续休; a mistake is put right by the
    office's own verbs, which leave a trace.
    """

    changeable = frozenset({"planned_until"})

    def __init__(self, lookups: Lookups) -> None:
        super().__init__(lookups)
        context = self.context
        self.rows = MoveBookRows(context.session, context.scope, context.place)
        self.refused: set[str] = set()
        """Pupils of whom a row was refused; later ones would be judged by a state that they do not follow."""

    def standing(self, rows: Sequence[Command]) -> State:
        """Return the moves that the rows' pupils have made, as their statuses and classes show them.

        A class that somebody is in from the day of a change of class on is that change, however it is
        recorded that they came.
        """
        moves = cast("Sequence[PupilMoveRow]", rows)
        there: dict[tuple[Any, ...], dict[str, Any]] = {}
        for row in self.rows.statuses({move.pupil_no for move in moves}):
            for way in _ways(row):
                there |= {(row.pupil_no, kind, row.on): said for kind, said in _taken(row, way)}
        changes = [move for move in moves if move.kind is MoveKind.CHANGE_CLASS]
        wanted = {(move.pupil_no, move.on, move.number) for move in changes}
        days = {move.on for move in changes}
        for seat in self.rows.seats({move.pupil_no for move in changes}, days):
            if _changed_class(seat) or (seat.pupil_no, seat.on, seat.number) in wanted:
                there[seat.pupil_no, MoveKind.CHANGE_CLASS, seat.on] = _change(seat)
        return there

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Refuse numbers that nobody has, and names that are not theirs."""
        return check_pupils(self.lookups, planned)

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Record the moves of each school, and put off the ends of suspensions."""
        rows = [row for row in planned if _of(row).pupil_no not in self.refused]
        try:
            self._record(cast("list[PupilMoveRow]", rows_of(rows, Outcome.ADDED)))
            self._extend(cast("list[PupilMoveRow]", rows_of(rows, Outcome.CHANGED)))
        except XuequError:
            if len(planned) == 1:
                self.refused.add(_of(planned[0]).pupil_no)
            raise

    def _record(self, added: Iterable[PupilMoveRow]) -> None:
        by_school: defaultdict[str, list[PupilMoveRow]] = defaultdict(list)
        for row in added:
            by_school[row.school].append(row)
        for school, some in by_school.items():
            self.lookups.school(school)
            PupilService(self.context).record_moves(school, [row.move() for row in some])

    def _extend(self, changed: Iterable[PupilMoveRow]) -> None:
        for row in changed:
            assert row.planned_until is not None, "an empty cell changes nothing"
            pupil_id = self.lookups.pupil(row.pupil_no)
            PupilService(self.context).extend_suspension(pupil_id, row.planned_until)

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return the moves since the first day of the last whole school year, in their order."""
        first = self._first_day()
        statuses = [row for row in self.rows.statuses_since(first) if school in (None, row.school)]
        taken = [(row, kind, said) for row in statuses for kind, said in _told(row)]
        resumed = {(row.pupil_no, row.on) for row, kind, _ in taken if kind is MoveKind.RESUME}
        for seat in self.rows.changes_since(first):
            if (seat.pupil_no, seat.on) not in resumed and school in (None, seat.school):
                taken.append((seat, MoveKind.CHANGE_CLASS, _change(seat)))
        for row, kind, said in sorted(taken, key=lambda one: (one[0].on, one[0].pupil_no)):
            yield PupilMoveRow(pupil_no=row.pupil_no, name=row.name, kind=kind, on=row.on, **said)

    def _first_day(self) -> date:
        today = self.context.today
        schooling = Schooling.of(self.context.standards, today)
        return begins(school_year(today, schooling) - 1, schooling)


def _of(row: PlannedRow) -> PupilMoveRow:
    return cast(PupilMoveRow, row.source.command)


def _ways(row: AnyRow) -> list[Way]:
    before = PupilState(row.before) if row.before else None
    return ways(before, PupilState(row.status), Reason(row.reason))


def _taken(row: AnyRow, way: Way) -> Iterator[tuple[MoveKind, dict[str, Any]]]:
    """Yield the moves of a way with what the status keeps of each; of the last one it keeps the most."""
    for kind in way[:-1]:
        yield kind, _kept(row, (name for name in PASSED.get(kind, ()) if getattr(row, name) is not None))
    yield way[-1], _kept(row, RECORDED[way[-1]])


def _kept(row: AnyRow, fields: Iterable[str]) -> dict[str, Any]:
    said: dict[str, Any] = {name: getattr(row, name) for name in fields}
    if "reason" in said:
        said["reason"] = Reason(said["reason"])
    if "outside" in said:
        said["outside"] = said["outside"] or ""
    return {"school": row.school, **said}


def _told(row: AnyRow) -> Iterator[tuple[MoveKind, dict[str, Any]]]:
    """Yield what an export says of a status: nothing when it could have come about in several ways."""
    found = _ways(row)
    for kind, said in _taken(row, found[0]) if len(found) == 1 else ():
        yield kind, {**said, **_applied(row, kind)}


def _applied(row: AnyRow, kind: MoveKind) -> dict[str, Any]:
    return {"guardian_applied": row.guardian_applied} if kind is MoveKind.LEAVE_COUNTY else {}


def _changed_class(seat: AnyRow) -> bool:
    return bool(seat.entered_as == Entered.CLASS_CHANGE.code)


def _change(seat: AnyRow) -> dict[str, Any]:
    return {"school": seat.school, "entry_year": seat.entry_year, "number": seat.number}


def _desks(context: Context) -> Mapping[str, Desk]:
    return {"moves": MoveDesk(Lookups(context))}


PUPIL_MOVES_BOOK = Book(PUPIL_MOVES, _desks, stale="学生异动")
