"""Samples of budget control."""

from __future__ import annotations

from tests.architecture.samples import Sample
from tests.architecture.samples.budget_ledger import ONE, line_id
from xuequ.core.source import Source

SAMPLES: dict[str, Sample] = {
    "budget.control.override": lambda door: (line_id(door), ONE, "抢修", Source("test.repair", 1)),
    "budget.control.overrides": lambda door: (2026,),
    "budget.control.execution": lambda door: (2026,),
    "budget.control.open_commitments": lambda door: (2026,),
}
