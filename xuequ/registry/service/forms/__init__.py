"""Use cases of forms 表册: what existing readings say, put together as it is printed. Nothing is written."""

from __future__ import annotations

from xuequ.registry.service.forms.counts import CountForms
from xuequ.registry.service.forms.district import DistrictForms
from xuequ.registry.service.forms.holidays import HolidayForms
from xuequ.registry.service.forms.people import PeopleForms

__all__ = ["FormService"]


class FormService(PeopleForms, DistrictForms, CountForms, HolidayForms):
    """Every form of the registry, with names where the readings have codes, and personal numbers masked."""
