"""Use cases of teaching."""

from __future__ import annotations

from functools import cached_property

from xuequ.core.context import Service
from xuequ.unified.teaching.service.cover import CoverService

__all__ = ["TeachingPartService"]


class TeachingPartService(Service):
    """The topics of teaching, each a service of its own; so far cover only."""

    @cached_property
    def cover(self) -> CoverService:
        """Cover of lessons whose teacher is on leave."""
        return CoverService(self.context)
