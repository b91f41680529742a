"""Taking in a file: every row is compared with what is there, judged, and written; whole or not at all.

A part declares a `Book`: a template, and for each sheet a `Desk` that knows what is there and how a row is
written. The rows go through in chunks, so a file of any length takes the memory of one chunk.

A desk is *judged* when its `check` says everything that speaks against a row. Another desk is *tried*: its
use cases themselves say what they refuse. A plan is then a rehearsal: everything is written, looked at, and
taken back, so that no rule has to be told twice and a plan never disagrees with what comes of it.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from typing import Any, ClassVar

from xuequ.core.bulk import bulk_ground
from xuequ.core.context import Context
from xuequ.core.errors import (
    CellRequired,
    ColumnFixed,
    ImportConflict,
    Place,
    Problem,
    Problems,
    Stale,
    TooManyProblems,
    XuequError,
    refuse_if,
)
from xuequ.core.fields import Command
from xuequ.core.imports import (
    Export,
    FileExported,
    FileImported,
    ImportRow,
    Imprints,
    Names,
    counts_json,
    pack_prints,
    unpack_prints,
    write_import,
)
from xuequ.core.plan import (
    Base,
    Change,
    Decision,
    Key,
    Outcome,
    Plan,
    PlannedRow,
    State,
    Values,
    add_state,
    compare_row,
    row_twice,
)
from xuequ.core.seen import Seen
from xuequ.core.workbook import Chunk, Reading, Sheet, Sourced, SourceFile, Template

MOST_PROBLEMS = 10_000
"""After so many the rest of a file is not read: then it is the file that is wrong, and not its rows."""

MOST_LISTED = 5_000
"""How many rows that differ from what is there a plan holds; beyond, they are only counted."""

WRITTEN = (Outcome.ADDED, Outcome.CHANGED)
_USUAL = (Outcome.ADDED, Outcome.UNCHANGED)


class Desk(ABC):
    """Where the rows of one sheet are taken in: what stands there already, and how they are written.

    A desk lives for one pass of one file.
    """

    judged: ClassVar[bool] = False
    """Whether `check` says everything, so that a plan need not rehearse."""

    nothing_yet: bool = False
    """Whether there is nothing of the kind, and so no imprint either."""

    changeable: ClassVar[frozenset[str] | None] = None
    """The fields that a row may change; all of them when None. What else differs is refused."""

    def said(self, rows: Sequence[Command]) -> Sequence[Values]:
        """Return what the rows say, field by field, comparable with what is there."""
        return [row.__dict__ for row in rows]

    @abstractmethod
    def standing(self, rows: Sequence[Command]) -> State:
        """Return what is there under the keys of these rows; other keys may stand in it too."""

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Say what speaks against rows, each with its place."""
        return []

    @abstractmethod
    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Write rows that are new or change something.

        Raises:
            XuequError: what a use case refuses; then nothing of these rows may stay.
        """

    def finish(self) -> None:  # noqa: B027 — most desks have nothing left to say
        """Say what happened, after the last row of the sheet was written."""

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return what is there, of one school or of the whole place, as rows that read back unchanged."""
        raise NotImplementedError(f"{type(self).__name__} exports nothing")


@dataclass(frozen=True, slots=True)
class Book:
    """A template, its desks by sheet, and what is locked before a file is taken in.

    `stale` says in Chinese what has changed when a plan is applied too late.
    """

    template: Template
    desks: Callable[[Context], Mapping[str, Desk]]
    hold: Callable[[Context], None] = lambda context: None
    stale: str = "登记数据"


def plan_book(context: Context, book: Book, reading: Reading, decision: Decision = Decision.ASK) -> Plan:
    """Compare a file with what is there, and find every problem; nothing stays written.

    A desk that is tried makes it a rehearsal, which has to be called inside a use case.
    """
    desks = book.desks(context)
    if all(desk.judged for desk in desks.values()):
        return _Pass(context, book, desks, reading, decision, writes=False).run()
    with context.rehearsal():
        return _Pass(context, book, desks, reading, decision, writes=True).run()


def apply_book(context: Context, book: Book, plan: Plan) -> Plan:
    """Write what a plan says, after making it anew under the lock: what a caller hands in is not trusted.

    Raises:
        Problems: when the plan holds problems.
        Stale: when what is there has changed since the plan was made.
    """
    refuse_if(list(plan.problems))
    book.hold(context)
    assert plan.reading is not None, "a plan of a book knows what it is of"
    again = plan_book(context, book, plan.reading, plan.decision)
    if again.fingerprint != plan.fingerprint:
        raise Stale(what=book.stale)
    refuse_if(list(again.problems))
    return take_book(context, book, plan.reading, plan.decision)


def take_book(context: Context, book: Book, reading: Reading, decision: Decision = Decision.ASK) -> Plan:
    """Plan and write in one go; return the plan, with the line of the history as its last act.

    Raises:
        Problems: when anything is wrong; then nothing is written.
    """
    book.hold(context)
    done = _Pass(context, book, book.desks(context), reading, decision, writes=True).run()
    if done.problems:
        raise Problems(problems=done.problems)
    if not done.changes_nothing:
        _remember(context, done, reading.file or SourceFile("", ""))
    return done


def export_book(context: Context, book: Book, school: str | None = None) -> Export:
    """Return what is there, as rows that read back without a change; the journal says who took them out.

    Args:
        school: of which school; of the whole place when left out.
    """
    desks = book.desks(context)
    rows = {sheet.name: list(desks[sheet.name].listed(school)) for sheet in book.template.sheets}
    base: dict[int, bytes] = {}
    for sheet in book.template.sheets:
        names = Names(context.scope, book.template.name, sheet.name)
        said = desks[sheet.name].said(rows[sheet.name])
        ids = names.of(_keys(sheet, said))
        base.update(zip(ids, pack_prints(sheet.units, said, _NOTHING_THERE * len(ids)), strict=True))
    count = sum(map(len, rows.values()))
    context.announce(FileExported(template=book.template.name, school=school, rows=count))
    return Export(rows, base)


def _remember(context: Context, plan: Plan, file: SourceFile) -> None:
    """Write the line of the history."""
    row = ImportRow(
        county_id=context.scope.county_id,
        district_id=context.scope.district_id,
        template=plan.template.name,
        file=file.name[-260:],
        digest=file.digest,
        counts=counts_json(plan.counts),
        decision=plan.decision.value,
        at=context.now,
        staff_no=context.acting.staff_no,
        reason=context.acting.reason,
    )
    import_id = write_import(context.session, row)
    context.announce(
        FileImported(
            import_id=import_id,
            template=plan.template.name,
            added=plan.count(Outcome.ADDED),
            changed=plan.count(Outcome.CHANGED),
        )
    )


class _Pass:
    """One pass of a file: compared, judged, and, if it writes, written chunk by chunk."""

    def __init__(
        self,
        context: Context,
        book: Book,
        desks: Mapping[str, Desk],
        reading: Reading,
        decision: Decision,
        *,
        writes: bool,
    ) -> None:
        self.context = context
        self.book = book
        self.desks = desks
        self.reading = reading
        self.decision = decision
        self.writes = writes
        self.problems: list[Problem] = []
        self.listed: list[PlannedRow] = []
        self.counts: Counter[tuple[str, Outcome]] = Counter()
        self.digest = hashlib.sha256()
        self.imprints = Imprints(context.session, context.scope.county_id)
        self.printed_before = self.imprints.any()

    def run(self) -> Plan:
        """Take every sheet in the template's order; what is referred to comes first."""
        ground = bulk_ground(self.context.session.connection())
        with closing(self.reading.walk()) as walk, ground:
            for sheet, chunks in groupby(walk, itemgetter(0)):
                self._take_sheet(sheet, (chunk for _, chunk in chunks))
                if len(self.problems) >= MOST_PROBLEMS:
                    problem = TooManyProblems(count=len(self.problems))
                    self.problems.append(Problem(problem, Place(sheet.title)))
                    break
        return Plan(
            template=self.book.template,
            rows=tuple(self.listed),
            problems=tuple(self.problems),
            fingerprint=self.digest.hexdigest(),
            reading=self.reading,
            decision=self.decision,
            counts=dict(self.counts),
        )

    def _take_sheet(self, sheet: Sheet, chunks: Iterable[Chunk]) -> None:
        seen, rows = Seen(), 0
        for chunk in chunks:
            rows += len(chunk.rows) + len(chunk.problems)
            self._refuse(sheet, chunk.problems)
            self._take(sheet, chunk.rows, seen)
            if len(self.problems) >= MOST_PROBLEMS:
                return
        if sheet.filled and not rows:
            self.problems.append(Problem(CellRequired(), Place(sheet.title, 2, sheet.columns[0].heading)))
        if self.writes and not self.problems:
            self.desks[sheet.name].finish()

    def _refuse(self, sheet: Sheet, problems: Iterable[Problem]) -> set[int | None]:
        """Note problems, with the cell that is to blame where the error knows only its row."""
        found = list(problems)
        rows = {problem.place.row for problem in found if problem.place is not None}
        self.counts[sheet.name, Outcome.REFUSED] += len(rows - {None})
        self.problems += found
        return rows

    def _take(self, sheet: Sheet, rows: Sequence[Sourced[Command]], seen: Seen) -> None:
        if not rows:
            return
        desk = self.desks[sheet.name]
        compared = _Compared(self, sheet, desk, rows, seen)
        self.problems += compared.conflicts
        planned = compared.planned
        wrong = [*compared.problems, *_fixed(sheet, desk, planned), *desk.check(planned)]
        refused = self._refuse(sheet, [self._blame(sheet, problem, planned) for problem in wrong])
        good: Sequence[PlannedRow] = planned
        if refused:
            good = [row for row in planned if row.source.place.row not in refused]
        if self.writes and not (desk.judged and self.problems):
            good = self._write(sheet, desk, good)
            compared.keep(good)
        for row in good:
            self.counts[sheet.name, row.outcome] += 1
            if row.outcome not in _USUAL and len(self.listed) < MOST_LISTED:
                self.listed.append(row)

    def _write(self, sheet: Sheet, desk: Desk, rows: Sequence[PlannedRow]) -> Sequence[PlannedRow]:
        """Let the desk write what is new or changes; return the rows that it has not refused."""
        some = [row for row in rows if row.outcome in WRITTEN]
        if desk.judged or not some:
            if some:
                desk.write(some)
            return rows
        wrong = self._try(desk, some)
        refused = self._refuse(sheet, [self._blame(sheet, problem, some) for problem in wrong])
        return [row for row in rows if row.source.place.row not in refused] if refused else rows

    def _try(self, desk: Desk, rows: Sequence[PlannedRow]) -> list[Problem]:
        """Let the desk write rows; of those that it refuses together, find out which ones they are."""
        try:
            with self.context.trial():
                desk.write(rows)
        except XuequError as error:
            if len(rows) == 1:
                found = error.problems if isinstance(error, Problems) else [Problem(error)]
                return [replace(problem, place=rows[0].source.place) for problem in found]
        else:
            return []
        half = len(rows) // 2
        return [*self._try(desk, rows[:half]), *self._try(desk, rows[half:])]

    def _blame(self, sheet: Sheet, problem: Problem, rows: Sequence[PlannedRow]) -> Problem:
        """Name the cell that an error is about, where its column says so."""
        column = sheet.blamed(problem.error.code)
        place = problem.place
        if column is None or place is None or place.column:
            return problem
        row = next((row for row in rows if row.source.place.row == place.row), None)
        said = getattr(row.source.command, column.field, None) if row else None
        return replace(problem, place=replace(place, column=column.heading, value=shown(said)))


def _keys(sheet: Sheet, said: Sequence[Values]) -> list[Key]:
    """Return the keys of rows."""
    return list(zip(*[[values[name] for values in said] for name in sheet.key], strict=True))


_NOTHING_THERE: tuple[Values, ...] = ({},)


class _Compared:
    """The rows of a chunk beside what is there."""

    def __init__(
        self, whole: _Pass, sheet: Sheet, desk: Desk, rows: Sequence[Sourced[Command]], seen: Seen
    ) -> None:
        self.whole = whole
        self.sheet = sheet
        self.desk = desk
        self.problems: list[Problem] = []
        self.conflicts: list[Problem] = []
        self.planned: list[PlannedRow] = []
        self.said = desk.said([row.command for row in rows])
        self.keys = _keys(sheet, self.said)
        self.ids = Names(whole.context.scope, whole.book.template.name, sheet.name).of(self.keys)
        self.there = desk.standing([row.command for row in rows])
        self.at: dict[int | None, int] = {}
        """Where in the chunk the rows of the file stand that are compared."""
        look = whole.printed_before and not desk.nothing_yet
        self.known = whole.imprints.find(self.ids) if look else {}
        there = {key: self.there[key] for key in self.keys if key in self.there} if self.there else {}
        add_state(whole.digest, sheet.name, there)
        firsts = seen.add(self.ids, [row.place.row or 0 for row in rows])
        for index, row in enumerate(rows):
            first = firsts.get(self.ids[index])
            if first is None or first[1] == row.place.row:
                self._compare(row, index)
            else:
                self.problems.append(row_twice(self.keys[index], first[1], row.place))

    def _compare(self, row: Sourced[Command], index: int) -> None:
        self.at[row.place.row] = index
        there = self.there.get(self.keys[index])
        if there is None:
            self.planned.append(PlannedRow(self.sheet.name, row, Outcome.ADDED))
            return
        base = self._base(self.ids[index])
        planned = compare_row(self.sheet.name, row, self.said[index], there, base)
        if planned.kept:
            command = _as_kept(row.command, planned.kept)
            planned = replace(planned, source=replace(row, command=command))
        self.planned.append(planned)
        for change in planned.conflicts:
            self.conflicts.append(self._conflict(row, change))

    def _base(self, row_id: int) -> Base:
        packed = self.whole.reading.base.get(row_id) or self.known.get(row_id, b"")
        return Base(self.sheet.units, unpack_prints(packed), self.whole.decision)

    def _conflict(self, row: Sourced[Command], change: Change) -> Problem:
        heading = self.sheet.heading(change.field)
        place = replace(row.place, column=heading, value=shown(change.after))
        return Problem(ImportConflict(registered=shown(change.before), file=shown(change.after)), place)

    def keep(self, rows: Sequence[PlannedRow]) -> None:
        """Write the imprints of rows that were taken in, and of what became of that which they do not say."""
        there = self.there
        if not self.desk.judged and any(row.outcome in WRITTEN for row in rows):
            there = self.desk.standing([row.source.command for row in rows])
        kept = [self.at[row.source.place.row] for row in rows]
        said = [self.said[index] for index in kept]
        stands = [there.get(self.keys[index], {}) for index in kept]
        ids = [self.ids[index] for index in kept]
        prints = dict(zip(ids, pack_prints(self.sheet.units, said, stands), strict=True))
        self.whole.imprints.put(prints, self.known)


def _fixed(sheet: Sheet, desk: Desk, planned: Iterable[PlannedRow]) -> list[Problem]:
    """Refuse changes of what no file may change."""
    if desk.changeable is None:
        return []
    return [
        Problem(
            ColumnFixed(registered=shown(change.before)),
            replace(row.source.place, column=sheet.heading(change.field), value=shown(change.after)),
        )
        for row in planned
        for change in row.changes
        if change.field not in desk.changeable
    ]


def _as_kept(command: Command, kept: Iterable[Change]) -> Command:
    """Return a row that says of what is kept what is registered; of sealed values it says nothing."""
    stays = {change.field: None if isinstance(change.before, Hidden) else change.before for change in kept}
    return command.model_copy(update=stays)


@dataclass(frozen=True, slots=True)
class Hidden:
    """Stands for a sealed value by its blind index: two are equal when the values are; nothing is shown."""

    value: bytes = field(repr=False)

    @property
    def label(self) -> str:
        """What a person sees instead."""
        return "（保密内容）"

    def __str__(self) -> str:
        return self.value.hex()


def shown(value: Any) -> str:
    """Write a value of a row for a person; nothing is written for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(getattr(value, "label", value))
