"""What follows when schools open, merge or close."""

from __future__ import annotations

from xuequ.core.context import Context
from xuequ.registry.facts.places import SchoolClosed, SchoolMerged, SchoolOpened, SchoolsOpened
from xuequ.unified.leadership.service.links import LinkService


def link_opened(context: Context, fact: SchoolOpened, fact_id: int) -> None:
    """A school opens with its leader, or not at all."""
    if fact.district_id is not None:
        LinkService(context).redraw_for_opened(fact.district_id, [fact.school_id])


def link_entered(context: Context, fact: SchoolsOpened, fact_id: int) -> None:
    """Schools entered by a workbook are linked as those that open."""
    if (district_id := context.scope.district_id) is not None:
        LinkService(context).redraw_for_opened(district_id, fact.school_ids)


def unlink_closed(context: Context, fact: SchoolClosed | SchoolMerged, fact_id: int) -> None:
    """A linked school closes with the redraw that says so, or not at all."""
    if fact.district_id is not None:
        LinkService(context).redraw_for_closed(fact.district_id, fact.school_id, fact.closed_on)
