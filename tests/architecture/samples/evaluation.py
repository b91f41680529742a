"""Samples of the evidence ledger."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import staff_id
from xuequ.core.journal import FactRow
from xuequ.core.source import Source
from xuequ.unified.evaluation import EvidenceByHand, EvidenceEntry, EvidenceRow

SOURCE = Source("test.record", 1)
DAY, END = date(2026, 9, 7), date(2027, 9, 1)


def fact_id(door: Any) -> int:
    """Return the id of a fact of the journal."""
    return int(door.context.session.scalars(select(FactRow.id).limit(1)).one())


def entry(door: Any) -> dict[str, Any]:
    return {"staff_id": staff_id(door), "indicator": "duty", "amount": Decimal(1), "day": DAY}


def row(door: Any) -> EvidenceRow:
    return EvidenceRow(**entry(door), source=SOURCE, fact_id=fact_id(door))


def by_hand(door: Any) -> EvidenceByHand:
    return EvidenceByHand(source=SOURCE, why="值周", entries=(EvidenceEntry(**entry(door)),))


SAMPLES: dict[str, Sample] = {
    "evaluation.evidence_from": lambda door: (SOURCE,),
    "evaluation.record_evidence": lambda door: ([row(door)],),
    "evaluation.enter_evidence": lambda door: (by_hand(door),),
    "evaluation.reverse_evidence": lambda door: (SOURCE, fact_id(door)),
    "evaluation.evidence_of": lambda door: (staff_id(door), DAY, END),
    "evaluation.totals_of": lambda door: (staff_id(door), DAY, END),
}
