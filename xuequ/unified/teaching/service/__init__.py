"""Use cases of teaching."""

from __future__ import annotations

from xuequ.core.context import Service

__all__ = ["TeachingPartService"]


class TeachingPartService(Service):
    """TODO of the topics: each topic of teaching is a cached property here."""
