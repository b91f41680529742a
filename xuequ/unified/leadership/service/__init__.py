"""Use cases of leadership."""

from __future__ import annotations

from functools import cached_property

from xuequ.core.context import Service
from xuequ.unified.leadership.service.acknowledgements import AcknowledgementService
from xuequ.unified.leadership.service.books import BookService
from xuequ.unified.leadership.service.duties import DutyService
from xuequ.unified.leadership.service.leave import LeaveService
from xuequ.unified.leadership.service.links import LinkService
from xuequ.unified.leadership.service.plans import PlanService
from xuequ.unified.leadership.service.regulations import RegulationService
from xuequ.unified.leadership.service.safety import SafetyService
from xuequ.unified.leadership.service.support import SupportService
from xuequ.unified.leadership.service.team import TeamService
from xuequ.unified.leadership.service.visits import VisitService

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

    @cached_property
    def duties(self) -> DutyService:
        """The duty roster of every school."""
        return DutyService(self.context)

    @cached_property
    def plans(self) -> PlanService:
        """Plans of moral education and of safety, and what of them is overdue."""
        return PlanService(self.context)

    @cached_property
    def regulations(self) -> RegulationService:
        """Regulations in versions, and what is in force on any day."""
        return RegulationService(self.context)

    @cached_property
    def safety(self) -> SafetyService:
        """Drills and hazards."""
        return SafetyService(self.context)

    @cached_property
    def visits(self) -> VisitService:
        """Supervision visits of the leadership team."""
        return VisitService(self.context)
