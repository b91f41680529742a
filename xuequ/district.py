"""The doors: a district 学区, the county above it, and the same for async hosts."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from sqlalchemy.orm import Session

from xuequ.core.access import Actor
from xuequ.core.context import Context
from xuequ.core.feed import FeedService
from xuequ.core.fields import CODE, Command
from xuequ.core.requests import once
from xuequ.core.settings import Settings
from xuequ.flows import FLOWS, Flows, follow
from xuequ.registry.repository import find_scope
from xuequ.registry.repository.posts import load_holdings
from xuequ.registry.service import RegistryService
from xuequ.standards.repository import load_standards
from xuequ.standards.service import StandardsService
from xuequ.unified.budget.service import BudgetService
from xuequ.unified.evaluation.service import EvaluationService
from xuequ.unified.leadership.service import LeadershipService
from xuequ.unified.party.service import PartyService
from xuequ.unified.teaching.service import TeachingPartService

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

T = TypeVar("T")


def open_context(
    session: Session,
    place: str,
    *,
    actor: Actor,
    settings: Settings | None = None,
    flows: Flows = FLOWS,
) -> Context:
    """Open a context by codes, ``"530921"`` or ``"530921/qianfeng"``, for a service used without a door.

    ``RegistryService(open_context(session, "530921/qianfeng", actor=actor))`` is the very service that
    ``District(session, "530921/qianfeng", actor=actor).registry`` is, with the same flows behind it.
    """
    return Context(
        session,
        place,
        find_scope,
        actor=actor,
        settings=settings,
        announce=follow(flows),
        standards=load_standards,
        holdings=load_holdings,
    )


class _Door:
    """What both doors are: the parts' services over one context."""

    _form: ClassVar[re.Pattern[str]]
    _like: ClassVar[str]

    def __init__(
        self,
        session: Session,
        code: str,
        *,
        actor: Actor,
        settings: Settings | None = None,
        flows: Flows = FLOWS,
    ) -> None:
        if not self._form.fullmatch(code):
            raise ValueError(f'{type(self).__name__} takes a code like "{self._like}", not {code!r}')
        self.code = code
        self.context = open_context(session, code, actor=actor, settings=settings, flows=flows)

    @cached_property
    def registry(self) -> RegistryService:
        """Places, schools, classes, staff and pupils."""
        return RegistryService(self.context)

    @cached_property
    def standards(self) -> StandardsService:
        """Dated rule parameters, and those that the county or the district sets itself."""
        return StandardsService(self.context)

    @cached_property
    def leadership(self) -> LeadershipService:
        """① The team, links with schools, leave, regulations, ledgers of duties."""
        return LeadershipService(self.context)

    @cached_property
    def party(self) -> PartyService:
        """② The branch, its members, meetings, votes, dues and admissions."""
        return PartyService(self.context)

    @cached_property
    def budget(self) -> BudgetService:
        """③ Budget lines, and what is reserved, committed and paid on them."""
        return BudgetService(self.context)

    @cached_property
    def teaching(self) -> TeachingPartService:
        """⑤ Cover for teachers who are away."""
        return TeachingPartService(self.context)

    @cached_property
    def evaluation(self) -> EvaluationService:
        """⑦ The evidence ledger of teachers."""
        return EvaluationService(self.context)

    @cached_property
    def feed(self) -> FeedService:
        """What happened here, in order, by a cursor."""
        return FeedService(self.context)

    def once(self, key: str, act: Callable[[Self], T], *, answer: type[T], asked: Command | None = None) -> T:
        """Do an act once for a key; the same key again has the same answer and no second effect.

        For requests that a network may send again. The key belongs to the actor and the place of the
        door; a refusal is not kept, so what was refused may be tried again. Answers are kept in clear: use it
        for acts, and never to reveal what is sealed.

        >>> district.once(                                                 # doctest: +SKIP
        ...     key, lambda d: d.budget.ledger.pay(line_id, amount, source), answer=EntryView
        ... )

        Args:
            key: the sender's, at most 200 characters.
            act: calls use cases of this door; all of them are one atomic act.
            answer: the type of what `act` returns, to read it from JSON again.
            asked: the command, if there is one: the same key with another command is refused.

        Raises:
            RequestKeyUnfit, RequestKeyReused: for what the key is, or was used for.
        """
        owner = f"{self.code} {self.context.actor}"
        return once(self.context, key, lambda: act(self), answer=answer, asked=asked, owner=owner)


class District(_Door):
    """One school district 学区 on the host's Session, which only the host commits.

    Args:
        session: the host's Session.
        code: codes of county and district, ``"530921/qianfeng"``.
        actor: who acts.
        settings: clock, policy, and what to call on a refusal.
        flows: what facts bring about; the library's own table when left out.

    Raises:
        CountyUnknown, DistrictUnknown: at the first use, when there is none of that code.
        ValueError: when the code is not of the form county/district.
    """

    _form = re.compile(f"{CODE}/{CODE}")
    _like = "530921/qianfeng"


class County(_Door):
    """The authority above the districts 县教育局: what crosses districts, and their founding.

    Takes what `District` takes, with the county's code, ``"530921"``.

    Raises:
        CountyUnknown: at the first use, when there is none of that code.
        ValueError: when the code is not a county's.
    """

    _form = re.compile(CODE)
    _like = "530921"


class AsyncDistrict:
    """A district for hosts with an AsyncSession: the same services, run in its greenlet.

    >>> async def rename(session):                                      # doctest: +SKIP
    ...     door = AsyncDistrict(session, "530921/qianfeng", actor=actor)
    ...     return await door.run(lambda district: district.registry.school(school_id))
    """

    def __init__(
        self,
        session: AsyncSession,
        code: str,
        *,
        actor: Actor,
        settings: Settings | None = None,
        flows: Flows = FLOWS,
    ) -> None:
        self._session = session
        self._district = District(session.sync_session, code, actor=actor, settings=settings, flows=flows)

    async def run(self, use: Callable[[District], T]) -> T:
        """Call `use` with the district where it may talk to the database; return what it returns."""
        return await self._session.run_sync(lambda _: use(self._district))
