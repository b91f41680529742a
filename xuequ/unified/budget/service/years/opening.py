"""Opening balances: what was paid and committed before the district began to keep its ledger here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xuequ.core.context import Context
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.ids import take_ids
from xuequ.core.source import Source
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.errors.years import CellWithoutLine, DocumentDiffers, OpeningEmpty
from xuequ.unified.budget.facts.years import OpeningRecorded
from xuequ.unified.budget.repository.years import YearRows
from xuequ.unified.budget.rules.years import twice
from xuequ.unified.budget.schemas.ledger import Posting
from xuequ.unified.budget.schemas.years import OpeningBalance, OpeningBalances, OpeningView
from xuequ.unified.budget.service.ledger.granting import Cells
from xuequ.unified.budget.service.ledger.posting import post
from xuequ.unified.budget.service.years.rounds import said_line
from xuequ.unified.budget.states.ledger import Movement, Pot

KIND = "budget.opening"
_FIELDS = ("line_id", "reference", "as_of", "paid", "committed")


def open_ledger(context: Context, rows: YearRows, command: OpeningBalances) -> list[OpeningView]:
    """Record opening balances and post them as entries; those that stand are answered as they do."""
    refuse_if(_problems(command.balances))
    values: list[dict[str, Any]] = [
        {**one, "id": row_id}
        for one, row_id in zip(_values(context, rows, command), take_ids(len(command.balances)), strict=True)
    ]
    new = rows.add_openings(sorted(values, key=lambda one: (one["line_id"], one["reference"])))
    there = rows.openings({one["line_id"] for one in values})
    found = [there[one["line_id"], one["reference"]] for one in values]
    for row, one in zip(found, values, strict=True):
        if any(getattr(row, name) != one[name] for name in _FIELDS):
            raise DocumentDiffers(number=row.reference)
    fresh = [row for row in found if row.id in new]
    if fresh:
        post(context, rows, [posting for row in fresh for posting in _postings(row)])
    for row in fresh:
        said = {name: getattr(row, name) for name in _FIELDS if name != "reference"}
        context.announce(OpeningRecorded(opening_id=row.id, **said))
    return [OpeningView(id=row.id, **{name: getattr(row, name) for name in _FIELDS}) for row in found]


def _problems(balances: Sequence[OpeningBalance]) -> list[Problem]:
    wrong = [
        Problem(OpeningEmpty(reference=one.reference))
        for one in balances
        if min(one.paid.fen, one.committed.fen) < 0 or not (one.paid or one.committed)
    ]
    return [*wrong, *twice(f"{said_line(one)} {one.reference}" for one in balances)]


def _values(context: Context, rows: YearRows, command: OpeningBalances) -> list[dict[str, Any]]:
    cells = Cells(context, rows, command.book, command.year).of(command.balances)
    ids = rows.line_ids(command.book.code, command.year)
    pairs = list(zip(cells, command.balances, strict=True))
    refuse_if(
        [
            Problem(CellWithoutLine(cell=said_line(one), year=command.year))
            for cell, one in pairs
            if cell not in ids
        ]
    )
    return [
        {
            "line_id": ids[cell],
            "reference": one.reference,
            "as_of": command.as_of,
            "paid": one.paid,
            "committed": one.committed,
        }
        for cell, one in pairs
    ]


def _postings(row: AnyRow) -> Iterator[Posting]:
    amounts = ((Movement.PAY, row.paid), (Movement.COMMIT, row.committed))
    for movement, amount in amounts:
        if amount:
            yield Posting(
                line_id=row.line_id,
                movement=movement,
                out_of=Pot.AVAILABLE,
                amount=amount,
                source=Source(KIND, row.id),
                day=row.as_of,
            )
