"""Posting entries: each use once, each line by one guarded statement, lines in the order of their ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xuequ.core.context import Context
from xuequ.core.errors import Stale, XuequError, refuse_if
from xuequ.core.ids import take_ids
from xuequ.core.money import LIMIT, Money
from xuequ.core.source import Source
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.errors.ledger import (
    EntryDiffers,
    InsufficientBudget,
    LineUnknown,
    NotHeld,
    YearClosed,
)
from xuequ.unified.budget.facts.ledger import SAID_OF
from xuequ.unified.budget.repository.ledger import BudgetRepository
from xuequ.unified.budget.rules.ledger import Balances, Entry, Grant, granted, total, unpostable
from xuequ.unified.budget.schemas.ledger import EntryView, Posting
from xuequ.unified.budget.service.ledger.granting import grant
from xuequ.unified.budget.service.ledger.overspending import Passing, allow_overspend
from xuequ.unified.budget.states.ledger import Book, Movement, Pot

Use = tuple[str, int, int, str, str]
"""What is unique of an entry: kind and id of its source, line, movement, pot."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A posting as an entry with its id, and the line that it is for."""

    id: int
    line: AnyRow
    source: Source
    entry: Entry

    @property
    def use(self) -> Use:
        entry = self.entry
        return (self.source.kind, self.source.id, self.line.id, entry.movement.code, entry.out_of.code)

    def values(self) -> dict[str, Any]:
        entry, line = self.entry, self.line
        return {
            "county_id": line.county_id,
            "id": self.id,
            "district_id": line.district_id,
            "school_id": line.school_id,
            "line_id": line.id,
            "movement": entry.movement.code,
            "out_of": entry.out_of.code,
            "amount": entry.amount,
            "day": entry.day,
            "source_kind": self.source.kind,
            "source_id": self.source.id,
            "purpose_kind": entry.purpose.kind,
            "purpose_id": entry.purpose.id,
        }

    def view(self, row_id: int) -> EntryView:
        entry = self.entry
        return EntryView(
            id=row_id,
            line_id=self.line.id,
            movement=entry.movement,
            out_of=entry.out_of,
            amount=entry.amount,
            day=entry.day,
            source=self.source,
            purpose=entry.purpose,
        )


def post(context: Context, rows: BudgetRepository, postings: Sequence[Posting]) -> list[EntryView]:
    """Post entries, all or none; those that were posted before are answered as they stand.

    The entries go in first, so a rival with the same use is waited for before any line is held; the
    lines' own statements come last and hold them for the shortest time.
    """
    lines = rows.postable({posting.line_id for posting in postings})
    made = _make(context, lines, postings)
    new = rows.add_entries([one.values() for one in sorted(made, key=lambda one: one.use)])
    fresh = [one for one in made if one.id in new]
    _move(context, rows, fresh)
    _only_own_money(rows, fresh)
    for one in fresh:
        context.announce(_said(one))
    ids = {one.use: one.id for one in fresh}
    if len(new) < len(made):
        ids |= _same(rows, [one for one in made if one.id not in new])
    return [one.view(ids[one.use]) for one in made]


def _make(context: Context, lines: Mapping[int, AnyRow], postings: Sequence[Posting]) -> list[_Made]:
    made = [
        _Made(row_id, _line(lines, posting), posting.source, _entry(context, posting))
        for posting, row_id in zip(postings, take_ids(len(postings)), strict=True)
    ]
    refuse_if([p for one in made for p in unpostable(one.entry, line=one.line.name, year=one.line.year)])
    return made


def _line(lines: Mapping[int, AnyRow], posting: Posting) -> AnyRow:
    if posting.line_id not in lines:
        raise LineUnknown(line=str(posting.line_id))
    return lines[posting.line_id]


def _entry(context: Context, posting: Posting) -> Entry:
    return Entry(
        movement=posting.movement,
        out_of=posting.out_of,
        amount=posting.amount,
        day=posting.day or context.today,
        purpose=posting.purpose or posting.source,
    )


def _said(one: _Made) -> Any:
    entry = one.entry
    return SAID_OF[entry.movement](
        entry_id=one.id,
        line_id=one.line.id,
        school_id=one.line.school_id,
        amount=entry.amount,
        day=entry.day,
        source=one.source,
        purpose=entry.purpose,
    )


def _total(entries: Iterable[_Made]) -> Balances:
    return total((one.entry.movement, one.entry.out_of, one.entry.amount.fen) for one in entries)


def _move(context: Context, rows: BudgetRepository, fresh: Sequence[_Made]) -> None:
    by_line: defaultdict[int, list[_Made]] = defaultdict(list)
    for one in fresh:
        by_line[one.line.id].append(one)
    for line_id in sorted(by_line):
        entries = by_line[line_id]
        change, most = _total(entries), entries[0].line.granted
        fits = max(change.reserved, change.committed, change.paid, change.used) <= most
        if not fits or not rows.move(line_id, change):
            _move_otherwise(context, rows, entries, change)


def _move_otherwise(
    context: Context, rows: BudgetRepository, entries: Sequence[_Made], change: Balances
) -> None:
    """Move a line that did not move, now that it is held, if control lets it be overspent; or say why not."""
    line_id = entries[0].line.id
    line = rows.lock_line(line_id)
    missing = Balances(line.reserved.fen, line.committed.fen, line.paid.fen).used + change.used
    missing -= granted(line).total
    refusal = _refusal(line, entries, change)
    if isinstance(refusal, InsufficientBudget) and missing <= LIMIT - granted(line).total:
        passing = [Passing(one.id, one.source, one.entry) for one in entries]
        if allow_overspend(context, line, passing, missing):
            grant(rows, {line_id: Grant(allowance=missing)})
            refusal = None
    if refusal is not None:
        raise refusal
    if not rows.move(line_id, change):
        raise Stale(what=f"预算项目“{line.name}”")


def _refusal(line: AnyRow, entries: Sequence[_Made], change: Balances) -> XuequError | None:
    """Say what stands against moving a line that is held; nothing when it has come to fit by now."""
    if line.closed_on is not None:
        return YearClosed(book=Book(line.book).label, year=line.year)
    holds = Balances(line.reserved.fen, line.committed.fen, line.paid.fen)
    after = holds + change
    pot, least = after.least()
    if least < 0:
        purpose = next(one.entry.purpose for one in entries if one.entry.out_of is pot)
        return NotHeld(line=line.name, purpose=str(purpose), pot=pot.label, short=Money(-least))
    if after.used > granted(line).total:
        available = Money(granted(line).total - holds.used)
        return InsufficientBudget(line=line.name, available=available, asked=Money(min(change.used, LIMIT)))
    return None


def _only_own_money(rows: BudgetRepository, fresh: Sequence[_Made]) -> None:
    """Refuse to take what is held for something else; the lines are held by now, so the sums stand."""
    taking = {(one.line.id, one.entry.purpose): one for one in fresh if one.entry.out_of is not Pot.AVAILABLE}
    if not taking:
        return
    held = rows.held(taking)
    for key, one in taking.items():
        pot, least = held[key].least()
        if least < 0:
            purpose = str(one.entry.purpose)
            raise NotHeld(line=one.line.name, purpose=purpose, pot=pot.label, short=Money(-least))


def _same(rows: BudgetRepository, again: Sequence[_Made]) -> dict[Use, int]:
    """Return the ids of entries that were posted before, and refuse where they say something else."""
    found = {
        (row.source_kind, row.source_id, row.line_id, row.movement, row.out_of): row
        for row in rows.entries({one.use for one in again})
    }
    for one in again:
        recorded = _recorded(found[one.use])
        if recorded != one.entry:
            source, given = str(one.source), str(one.entry)
            raise EntryDiffers(line=one.line.name, source=source, recorded=str(recorded), given=given)
    return {use: row.id for use, row in found.items()}


def _recorded(row: AnyRow) -> Entry:
    return Entry(
        movement=Movement(row.movement),
        out_of=Pot(row.out_of),
        amount=row.amount,
        day=row.day,
        purpose=Source(row.purpose_kind, row.purpose_id),
    )
