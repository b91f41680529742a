"""Samples of forms."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.headcounts import frozen_id
from xuequ.registry.states.headcounts import CountPurpose
from xuequ.testing import DAY


def counted(door: Any) -> tuple[Any, ...]:
    """Return what was counted and frozen."""
    frozen_id(door)
    return DAY, CountPurpose.YEAR_START


SAMPLES: dict[str, Sample] = {
    "registry.forms.conditions": lambda door: (),
    "registry.forms.district_page": lambda door: (),
    "registry.forms.headcount": counted,
    "registry.forms.holiday_notice": lambda door: (2026,),
    "registry.forms.open_transfers": lambda door: ("s1",),
    "registry.forms.post_list": lambda door: (),
    "registry.forms.post_publicity": lambda door: (),
    "registry.forms.pupil_list": lambda door: ("s1",),
    "registry.forms.roll_changes": lambda door: (DAY, date(2026, 9, 30), "s1"),
    "registry.forms.staff_list": lambda door: ("s1",),
    "registry.forms.staff_month": lambda door: ("s1", 2026, 9),
}
