"""Samples of the team, its links and its support."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import maker, school_id
from tests.architecture.samples.posts import appointment_id
from tests.architecture.samples.teaching import class_id
from xuequ.core.access import Post
from xuequ.unified.leadership.schemas.links import LinkLine, LinksDrawing, RedrawPreparing
from xuequ.unified.leadership.schemas.support import SupportResult, SupportSetting

DAY, LATER = date(2026, 9, 1), date(2026, 10, 1)


def drawing(door: Any, since: date = DAY) -> LinksDrawing:
    """Return the links of both schools, after the principal was appointed."""
    posts = maker(door).registry.posts
    if posts.holder(Post.PRINCIPAL) is None:
        appointment_id(door, Post.PRINCIPAL)
    lines = tuple(LinkLine(school=school, post=Post.PRINCIPAL) for school in ("s1", "s2"))
    return LinksDrawing(since=since, links=lines)


def drawn(door: Any) -> Any:
    maker(door).leadership.links.draw_links(drawing(door))
    return door


def preparing(door: Any) -> RedrawPreparing:
    return RedrawPreparing(since=LATER, links=drawing(door).links)


def withdrawn(door: Any) -> date:
    maker(door).leadership.links.prepare_redraw(preparing(door))
    return LATER


def setting(door: Any) -> SupportSetting:
    drawing(door)
    values: dict[str, Any] = {"school_year": 2026, "measure": "期末语文平均分", "baseline": Decimal(60)}
    return SupportSetting(post=Post.PRINCIPAL, class_id=class_id(door), **values)


def target_id(door: Any) -> int:
    return maker(door).leadership.support.set_target(setting(door)).id


def opened(door: Any) -> tuple[Any, ...]:
    return door.context.scope.district_id, [school_id(drawn(door))]


SAMPLES: dict[str, Sample] = {
    "leadership.team.team": lambda door: (),
    "leadership.team.head_of": lambda door: ("s1",),
    "leadership.team.defects": lambda door: (),
    "leadership.team.duty_link_table": lambda door: (),
    "leadership.team.vacancy_list": lambda door: (),
    "leadership.links.draw_links": lambda door: (drawing(door),),
    "leadership.links.relink": lambda door: (drawing(drawn(door)),),
    "leadership.links.hand_over_links": lambda door: (Post.PRINCIPAL,),
    "leadership.links.prepare_redraw": lambda door: (preparing(door),),
    "leadership.links.withdraw_redraw": lambda door: (withdrawn(door),),
    "leadership.links.redraw_for_opened": opened,
    "leadership.links.redraw_for_closed": lambda door: (*opened(door)[:1], school_id(door), LATER),
    "leadership.links.links": lambda door: (),
    "leadership.links.links_of_school": lambda door: ("s1",),
    "leadership.links.prepared": lambda door: (),
    "leadership.support.set_target": lambda door: (setting(door),),
    "leadership.support.record_result": lambda door: (target_id(door), SupportResult(result=Decimal(70))),
    "leadership.support.withdraw_target": lambda door: (target_id(door), "写错"),
    "leadership.support.targets": lambda door: (),
}
