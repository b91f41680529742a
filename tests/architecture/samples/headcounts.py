"""Samples of headcounts."""

from __future__ import annotations

from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import maker
from xuequ.registry.schemas.headcounts import HeadcountDrawing
from xuequ.registry.states.headcounts import CountPurpose
from xuequ.testing import DAY

DRAWING = HeadcountDrawing(count_date=DAY, purpose=CountPurpose.YEAR_START)


def headcount_id(door: Any) -> int:
    """Return a draft of the district."""
    return maker(door).registry.headcounts.draft_snapshot(DRAWING).id


def frozen_id(door: Any) -> int:
    """Return a headcount that was frozen before the schools confirmed it."""
    return maker(door).registry.headcounts.freeze(headcount_id(door), "上报期限已到").id


SAMPLES: dict[str, Sample] = {
    "registry.headcounts.live": lambda door: (),
    "registry.headcounts.draft_snapshot": lambda door: (DRAWING,),
    "registry.headcounts.confirm": lambda door: (headcount_id(door), "s1"),
    "registry.headcounts.freeze": lambda door: (headcount_id(door), "上报期限已到"),
    "registry.headcounts.editions": lambda door: (),
    "registry.headcounts.draft": lambda door: (headcount_id(door), "s1"),
    "registry.headcounts.frozen": lambda door: (frozen_id(door),),
    "registry.headcounts.frozen_at": lambda door: (DAY, CountPurpose.YEAR_START),
    "registry.headcounts.difference": lambda door: (frozen_id(door),),
}
