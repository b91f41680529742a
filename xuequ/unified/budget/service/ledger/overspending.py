"""What control lets pass a line that has too little: the allowance is raised by exactly what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xuequ.core.context import Context
from xuequ.core.ids import take_ids
from xuequ.core.money import Money
from xuequ.core.source import Source
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.facts.control import OverspendAllowed
from xuequ.unified.budget.repository.control import ControlRepository
from xuequ.unified.budget.rules.control import control_mode, overspends
from xuequ.unified.budget.rules.ledger import Entry
from xuequ.unified.budget.states.control import ControlMode


@dataclass(frozen=True, slots=True)
class Passing:
    """An entry that control may let pass, with its id and the source that makes it."""

    entry_id: int
    source: Source
    entry: Entry


def allow_overspend(context: Context, line: AnyRow, passing: Sequence[Passing], missing: int) -> bool:
    """Record by which entries a locked line is overspent, if the modes of their stages let all of them.

    The caller holds the line, and raises its allowance by what is missing when this says yes.
    """
    over = overspends([one.entry for one in passing], missing)
    modes = [control_mode(one.stage, context.standards, context.today) for one in over]
    if ControlMode.REFUSE in modes:
        return False
    rows: list[dict[str, Any]] = []
    for row_id, one, mode in zip(take_ids(len(over)), over, modes, strict=True):
        at = passing[one.place]
        values = {"entry_id": at.entry_id, "day": at.entry.day, "stage": one.stage, "mode": mode}
        rows.append(override_row(row_id, line, Money(one.fen), at.source, **values))
    ControlRepository(context.session, context.scope, context.place).add_overrides(rows)
    for row in rows:
        announce_override(context, row)
    return True


def override_row(row_id: int, line: AnyRow, amount: Money, source: Source, **more: Any) -> dict[str, Any]:
    """Return the values of a row that lets a line be overspent."""
    return {
        "county_id": line.county_id,
        "id": row_id,
        "district_id": line.district_id,
        "school_id": line.school_id,
        "line_id": line.id,
        "source_kind": source.kind,
        "source_id": source.id,
        "amount": amount,
        "entry_id": None,
        "stage": None,
        "post": None,
        "reason": None,
        **more,
    }


def announce_override(context: Context, row: dict[str, Any]) -> None:
    """Say that a line may be overspent."""
    named = ("line_id", "entry_id", "amount", "day", "stage", "mode")
    source = Source(row["source_kind"], row["source_id"])
    said = OverspendAllowed(override_id=row["id"], source=source, **{name: row[name] for name in named})
    context.announce(said)
