"""What happened to the set-up workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xuequ.core.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsCorrected(Fact):
    """Fields of records were corrected; the journal names the fields and keeps no personal value."""

    name: ClassVar[str] = "registry.records_corrected"
    record: str
    record_ids: tuple[int, ...]
    fields: tuple[str, ...]
