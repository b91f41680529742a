"""Use cases of leadership."""

from __future__ import annotations

from functools import cached_property

from xuequ.core.context import Service
from xuequ.unified.leadership.service.books import BookService
from xuequ.unified.leadership.service.leave import LeaveService
from xuequ.unified.leadership.service.links import LinkService
from xuequ.unified.leadership.service.support import SupportService
from xuequ.unified.leadership.service.team import TeamService

__all__ = ["LeadershipService"]


class LeadershipService(Service):
    """The topics of leadership, each a service of its own."""

    @cached_property
    def books(self) -> BookService:
        """Ledgers as workbooks."""
        return BookService(self.context)

    @cached_property
    def leave(self) -> LeaveService:
        """Leave, from the request to the record of what was taken."""
        return LeaveService(self.context)

    @cached_property
    def links(self) -> LinkService:
        """Links of leaders with schools."""
        return LinkService(self.context)

    @cached_property
    def support(self) -> SupportService:
        """Classes and grade groups that leaders support."""
        return SupportService(self.context)

    @cached_property
    def team(self) -> TeamService:
        """The leadership team as of any day."""
        return TeamService(self.context)
