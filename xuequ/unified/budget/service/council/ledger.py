"""The ledger of decisions as a view: how each stands on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xuequ.core.money import Money
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.rules.council import Cover, emergency_standing, standing
from xuequ.unified.budget.schemas.council import DecisionLedger, DecisionLine, EmergencyLine
from xuequ.unified.budget.service.council.cover import cover_of
from xuequ.unified.budget.service.council.steps import item_values
from xuequ.unified.budget.states.council import SPENDABLE, ItemState


def ledger_view(district: str, year: int, as_of: date, rows: Sequence[AnyRow]) -> DecisionLedger:
    """Return the ledger of items on a day; what was not adopted allows nothing and is not in it.

    What an emergency was ratified for is drawn on the item that ratified it, so only items with a meeting
    and emergencies that were not ratified are added up.
    """
    covers = [(row, cover_of(row)) for row in rows]
    lines = [(row, cover) for row, cover in covers if _listed(row, cover)]
    emergencies = [_emergency(row, cover, as_of) for row, cover in covers if row.meeting_id is None]
    added = [cover for _, cover in lines] + [
        cover for row, cover in covers if row.meeting_id is None and row.ratified_on is None
    ]
    return DecisionLedger(
        district=district,
        year=year,
        as_of=as_of,
        ceiling=sum((cover.ceiling for cover in added), Money(0)),
        drawn=sum((cover.drawn for cover in added), Money(0)),
        overdue=sum(line.overdue for line in emergencies),
        lines=tuple(
            DecisionLine(**item_values(row), standing=standing(cover, as_of)) for row, cover in lines
        ),
        emergencies=tuple(emergencies),
    )


def _listed(row: AnyRow, cover: Cover) -> bool:
    return row.meeting_id is not None and cover.state is ItemState.ADOPTED and cover.matter in SPENDABLE


def _emergency(row: AnyRow, cover: Cover, as_of: date) -> EmergencyLine:
    stands, overdue = emergency_standing(cover, row.ratified_on, as_of)
    return EmergencyLine(**item_values(row), standing=stands, overdue=overdue)
