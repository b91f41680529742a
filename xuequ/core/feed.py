"""The change feed: sealed facts in their order, read by a cursor that misses none and repeats none.

Only the seal's ``seq`` gives an order without gaps. Ids do not follow the order of commits, so a cursor
on ids or instants passes by facts whose writers took longer. What is not yet sealed is not yet in the
feed; whoever reads it regularly seals first (`xuequ.core.journal.seal`), and two who seal at once do no
harm.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from pydantic import Field
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from xuequ.core.access import Post, action
from xuequ.core.context import Service, reading
from xuequ.core.fields import Id, View
from xuequ.core.journal import ChainRow, FactRow, SealRow

LARGEST_PAGE = 10_000

READ_CHANGES = action("feed.read_changes", "读取变更流", [Post.BUREAU_OFFICER, Post.PRINCIPAL])


class Change(View):
    """One sealed fact: what happened, and who said so as which posts at that time."""

    seq: int
    fact_id: Id
    name: str
    version: int
    payload: dict[str, Any]
    actor: str
    """Staff number; empty when a script acted, and then `reason` says why."""
    posts: tuple[str, ...]
    """``post@place`` as they were held at that time."""
    reason: str
    at: datetime
    district_id: Id | None
    school_id: Id | None


class Changes(View):
    """A page of the feed, and the cursor to ask with next."""

    changes: tuple[Change, ...] = Field(default=())
    after: int


def read_feed(
    session: Session,
    county_id: int,
    after: int = 0,
    limit: int = 1_000,
    *,
    names: Collection[str] | None = None,
    district_id: int | None = None,
) -> Changes:
    """Return the next sealed facts of a county, in order.

    Args:
        after: the cursor: 0 to begin, then what the last page gave.
        limit: how many at most, up to 10,000.
        names: only facts of these names; the cursor passes the others by.
        district_id: only facts of one district.
    """
    end = session.scalar(select(ChainRow.seq).where(ChainRow.county_id == county_id)) or 0
    query = (
        select(SealRow.seq, FactRow.__table__)
        .join(FactRow, (FactRow.county_id == SealRow.county_id) & (FactRow.id == SealRow.fact_id))
        .where(SealRow.county_id == county_id, SealRow.seq > after, SealRow.seq <= end)
        .order_by(SealRow.seq)
    )
    if names is not None:
        query = query.where(FactRow.name.in_(sorted(names)))
    if district_id is not None:
        query = query.where(FactRow.district_id == district_id)
    limit = max(1, min(limit, LARGEST_PAGE))
    found = [_change(row) for row in session.execute(query.limit(limit))]
    return Changes(changes=tuple(found), after=found[-1].seq if len(found) == limit else max(after, end))


def _change(row: Row[*tuple[Any, ...]]) -> Change:
    return Change(
        seq=row.seq,
        fact_id=row.id,
        name=row.name,
        version=row.version,
        payload=json.loads(row.payload),
        actor=row.staff_no,
        posts=tuple(filter(None, row.posts.split(","))),
        reason=row.reason,
        at=row.at,
        district_id=row.district_id,
        school_id=row.school_id,
    )


class FeedService(Service):
    """The change feed 变更流 of a county, or of the district whose door is open."""

    @reading(READ_CHANGES)
    def changes(self, after: int = 0, limit: int = 1_000, names: Collection[str] | None = None) -> Changes:
        """Return the next sealed facts after a cursor, in order.

        The cursor counts the county's facts, so at a district's door there are gaps between the numbers,
        and none between the district's facts.
        """
        scope = self.context.scope
        return read_feed(
            self.context.session, scope.county_id, after, limit, names=names, district_id=scope.district_id
        )
