"""Use cases of party."""

from __future__ import annotations

from functools import cached_property

from xuequ.core.context import Service
from xuequ.unified.party.service.appraisal import AppraisalService
from xuequ.unified.party.service.books import BookService
from xuequ.unified.party.service.development import DevelopmentService
from xuequ.unified.party.service.dues import DuesService
from xuequ.unified.party.service.meetings import MeetingService
from xuequ.unified.party.service.members import MembersService
from xuequ.unified.party.service.study import StudyService
from xuequ.unified.party.service.votes import VoteService
from xuequ.unified.party.service.watch import WatchService

__all__ = ["PartyService"]


class PartyService(Service):
    """The topics of party, each a service of its own."""

    @cached_property
    def appraisal(self) -> AppraisalService:
        """The yearly appraisal of members, and what is put right."""
        return AppraisalService(self.context)

    @cached_property
    def books(self) -> BookService:
        """Ledgers as workbooks."""
        return BookService(self.context)

    @cached_property
    def development(self) -> DevelopmentService:
        """Development cases 发展党员."""
        return DevelopmentService(self.context)

    @cached_property
    def meetings(self) -> MeetingService:
        """The branch's life."""
        return MeetingService(self.context)

    @cached_property
    def dues(self) -> DuesService:
        """Dues, and the branch's own ledger of them."""
        return DuesService(self.context)

    @cached_property
    def members(self) -> MembersService:
        """The branch and its members."""
        return MembersService(self.context)

    @cached_property
    def study(self) -> StudyService:
        """What is studied, and taught of the party's statutes."""
        return StudyService(self.context)

    @cached_property
    def votes(self) -> VoteService:
        """Votes of meetings."""
        return VoteService(self.context)

    @cached_property
    def watch(self) -> WatchService:
        """Who stays away from meetings and pays no dues."""
        return WatchService(self.context)
