"""What happened to figures: measured, published, reconciled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresRecorded(Fact):
    """Measured figures of a school were recorded for a day."""

    name: ClassVar[str] = "registry.figures_recorded"
    school_id: int
    measures: tuple[str, ...]
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementsRecorded(Fact):
    """Figures that the district has published were recorded, to be reconciled."""

    name: ClassVar[str] = "registry.statements_recorded"
    district_id: int
    labels: tuple[str, ...]
