"""Use cases of leadership."""

from __future__ import annotations

from functools import cached_property

from xuequ.core.context import Service
from xuequ.unified.leadership.service.acknowledgements import AcknowledgementService
from xuequ.unified.leadership.service.books import BookService
from xuequ.unified.leadership.service.regulations import RegulationService

__all__ = ["LeadershipService"]


class LeadershipService(Service):
    """The topics of leadership, each a service of its own."""

    @cached_property
    def acknowledgements(self) -> AcknowledgementService:
        """Acknowledgement of regulations by schools, and read receipts of the staff."""
        return AcknowledgementService(self.context)

    @cached_property
    def books(self) -> BookService:
        """Ledgers as workbooks."""
        return BookService(self.context)

    @cached_property
    def regulations(self) -> RegulationService:
        """Regulations in versions, and what is in force on any day."""
        return RegulationService(self.context)
