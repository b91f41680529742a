"""What happened in the evidence ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xuequ.core.facts import Fact
from xuequ.core.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRecorded(Fact):
    """Facts of other parts became evidence."""

    name: ClassVar[str] = "evaluation.evidence_recorded"

    cause_ids: tuple[int, ...]
    evidence_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceEntered(Fact):
    """Somebody entered evidence by hand, with the words why."""

    name: ClassVar[str] = "evaluation.evidence_entered"

    source: Source
    staff_ids: tuple[int, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceReversed(Fact):
    """What a source had brought about was taken back by reversing rows."""

    name: ClassVar[str] = "evaluation.evidence_reversed"

    cause_id: int
    source: Source
    evidence_ids: tuple[int, ...]
