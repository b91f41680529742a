"""Defects of links, planted past the use cases: one for each data check."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.registry.posts import DAY, OCTOBER, PLACE
from xuequ import District, Post
from xuequ.registry.models.staff import Placement
from xuequ.registry.schemas.posts import Appointing
from xuequ.testing.factories import MAKER, SETTINGS
from xuequ.unified.leadership.models.links import SchoolLink
from xuequ.unified.leadership.schemas.links import LinkLine, LinksDrawing


def drawn(session: Session) -> tuple[int, int]:
    """Let the principal be linked with every school; return one of the links, and who holds no post."""
    door = District(session, PLACE, actor=MAKER, settings=SETTINGS)
    here = Placement.district_id == door.context.scope.district_id
    leader, other = session.scalars(select(Placement.staff_id).where(here).order_by(Placement.id).limit(2))
    door.registry.posts.appoint(
        Appointing(staff_id=leader, post=Post.PRINCIPAL, since=DAY, authority="县教〔2026〕1号")
    )
    lines = tuple(LinkLine(school=one.code, post=Post.PRINCIPAL) for one in door.registry.schools())
    links = door.leadership.links.draw_links(LinksDrawing(since=DAY, links=lines))
    return links[0].id, other


def gap(session: Session) -> None:
    link_id, _ = drawn(session)
    session.execute(update(SchoolLink).where(SchoolLink.id == link_id).values(until=OCTOBER))


def linked_with_somebody(session: Session) -> None:
    link_id, other = drawn(session)
    session.execute(update(SchoolLink).where(SchoolLink.id == link_id).values(staff_id=other))


PLANTED: dict[str, Callable[[Session], None]] = {
    "leadership.links_partition_the_schools": gap,
    "leadership.links_begin_with_a_leader": linked_with_somebody,
}
