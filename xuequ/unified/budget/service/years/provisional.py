"""Money before the approval: allotted on a ground, up to what the ground covers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from xuequ.core.context import Context
from xuequ.core.errors import refuse_if
from xuequ.core.money import Money
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.errors.years import DocumentDiffers, ProvisionalOver
from xuequ.unified.budget.facts.years import ProvisionalAllotted
from xuequ.unified.budget.repository.years import YearRows, cell_key
from xuequ.unified.budget.rules.ledger import Cell, Grant
from xuequ.unified.budget.rules.years import twice
from xuequ.unified.budget.rules.years_provisional import Asked, not_covered, same_period, unallottable
from xuequ.unified.budget.schemas.years import ProvisionalAllotment, ProvisionalAmount, ProvisionalView
from xuequ.unified.budget.service.ledger.granting import Cells, grant, open_lines
from xuequ.unified.budget.service.years.rounds import said_line
from xuequ.unified.budget.states.years import BEFORE_APPROVAL, Ground, Stage

Totals = dict[tuple[int, Ground], Money]


def allot(context: Context, rows: YearRows, command: ProvisionalAllotment) -> list[ProvisionalView]:
    """Allot money before the approval, or answer a replay."""
    year = rows.lock_year(command.book.code, command.year)
    cells = Cells(context, rows, command.book, command.year)
    named = cells.of(command.lines)
    refuse_if(twice(f"{said_line(one)} {one.ground.label}" for one in command.lines))
    there = rows.provisional(year.id, command.document_no)
    if there:
        return _replayed(rows, command, named, there)
    if Stage(year.stage) not in BEFORE_APPROVAL:
        raise ProvisionalOver(book=command.book.label, year=command.year)
    names = cells.names(named)
    refuse_if(
        unallottable(
            [
                Asked(names[cell], one.ground, one.amount, one.basis, command.through)
                for cell, one in zip(named, command.lines, strict=True)
            ],
            context.standards,
            command.year,
        )
    )
    ids = open_lines(rows, cells, named)
    _check_covered(
        context, rows, command, year.id, {ids[cell]: cell for cell in named}, _asked(command, named, ids)
    )
    return _write(context, rows, command, year.id, [ids[cell] for cell in named])


def _asked(command: ProvisionalAllotment, named: Sequence[Cell], ids: Mapping[Cell, int]) -> Totals:
    return {(ids[cell], one.ground): one.amount for cell, one in zip(named, command.lines, strict=True)}


def _check_covered(
    context: Context,
    rows: YearRows,
    command: ProvisionalAllotment,
    year_id: int,
    of: Mapping[int, Cell],
    asked: Totals,
) -> None:
    """Refuse what, with all that was allotted before, is more than its ground covers."""
    before = rows.provisional(year_id)
    totals: defaultdict[tuple[int, Ground], Money] = defaultdict(lambda: Money(0), asked)
    for row in before:
        if (key := (row.line_id, Ground(row.ground))) in asked:
            totals[key] += row.amount
    through = max([command.through, *(row.through for row in before)])
    lines = rows.lines(of)
    covered = _left_over(rows, command, of, lines) | _paid_last_year(rows, command, of, through)
    names = {line_id: line.name for line_id, line in lines.items()}
    refuse_if(not_covered(totals, covered, names, standards=context.standards, year=command.year))


def _paid_last_year(
    rows: YearRows, command: ProvisionalAllotment, of: Mapping[int, Cell], through: date
) -> Totals:
    paid = rows.paid_between(command.book.code, command.year - 1, *same_period(through))
    return {(line_id, Ground.NECESSARY): paid.get(cell_key(cell), Money(0)) for line_id, cell in of.items()}


def _left_over(
    rows: YearRows, command: ProvisionalAllotment, of: Mapping[int, Cell], lines: Mapping[int, AnyRow]
) -> Totals:
    """Return what last year's lines have left, less what was carried into this year's already."""
    left = {
        (line.fund, line.project_id, line.function, line.economic, line.school_id): (
            line.approved + line.adjusted + line.carried_in - line.paid
        )
        for line in rows.lines_of(command.book.code, command.year - 1)
    }
    return {
        (line_id, Ground.CARRIED_OVER): left.get(cell_key(cell), Money(0)) - lines[line_id].carried_in
        for line_id, cell in of.items()
    }


def _write(
    context: Context, rows: YearRows, command: ProvisionalAllotment, year_id: int, line_ids: Sequence[int]
) -> list[ProvisionalView]:
    allotted_on = command.on or context.today
    said = {"document_no": command.document_no, "allotted_on": allotted_on, "through": command.through}
    pairs = list(zip(line_ids, command.lines, strict=True))
    ids = rows.add_provisional(
        {
            **said,
            "year_id": year_id,
            "line_id": line_id,
            "ground": one.ground.code,
            "amount": one.amount,
            "basis": one.basis,
        }
        for line_id, one in pairs
    )
    more: Counter[int] = Counter()
    for line_id, one in pairs:
        more[line_id] += one.amount.fen
    grant(rows, {line_id: Grant(provisional=fen) for line_id, fen in more.items()})
    for line_id, one in pairs:
        of = {"provisional_id": ids[line_id, one.ground.code], "line_id": line_id}
        context.announce(
            ProvisionalAllotted(**of, ground=one.ground.code, amount=one.amount, allotted_on=allotted_on)
        )
    return [provisional_view(row) for row in rows.provisional(year_id, command.document_no)]


def _replayed(
    rows: YearRows, command: ProvisionalAllotment, named: Sequence[Cell], there: Sequence[AnyRow]
) -> list[ProvisionalView]:
    """Answer a document as it was recorded, and refuse one that says something else."""
    ids = rows.line_ids(command.book.code, command.year)
    said = {(ids.get(cell), *_said(one)) for cell, one in zip(named, command.lines, strict=True)}
    recorded = {(row.line_id, row.ground, row.amount, row.basis) for row in there}
    same_day = command.on is None or all(row.allotted_on == command.on for row in there)
    if said != recorded or not same_day or any(row.through != command.through for row in there):
        raise DocumentDiffers(number=command.document_no)
    return [provisional_view(row) for row in there]


def _said(one: ProvisionalAmount) -> tuple[str, Money, str]:
    return (one.ground.code, one.amount, one.basis)


def provisional_view(row: AnyRow) -> ProvisionalView:
    """Return a row of a provisional allotment as its view."""
    names = ("id", "line_id", "document_no", "amount", "allotted_on", "through", "basis")
    return ProvisionalView(ground=Ground(row.ground), **{name: getattr(row, name) for name in names})
