"""Use cases of party."""

from __future__ import annotations

from functools import cached_property

from xuequ.core.context import Service
from xuequ.unified.party.service.books import BookService
from xuequ.unified.party.service.dues import DuesService
from xuequ.unified.party.service.members import MembersService

__all__ = ["PartyService"]


class PartyService(Service):
    """The topics of party, each a service of its own."""

    @cached_property
    def books(self) -> BookService:
        """Ledgers as workbooks."""
        return BookService(self.context)

    @cached_property
    def dues(self) -> DuesService:
        """Dues, and the branch's own ledger of them."""
        return DuesService(self.context)

    @cached_property
    def members(self) -> MembersService:
        """The branch and its members."""
        return MembersService(self.context)
