"""Use cases of leadership."""

from __future__ import annotations

from functools import cached_property

from xuequ.core.context import Service
from xuequ.unified.leadership.service.books import BookService
from xuequ.unified.leadership.service.leave import LeaveService

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
