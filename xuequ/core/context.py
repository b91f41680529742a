"""The context of a use case: the host's Session, the scope, the actor, and one SAVEPOINT for the whole."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar, cast

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, SessionTransaction

from xuequ.core.access import OUTSIDE, Action, Actor, Holding
from xuequ.core.database import begin_writing, translate
from xuequ.core.errors import ActionNotPermitted, NotFound, XuequError
from xuequ.core.facts import Fact
from xuequ.core.journal import Entry, is_journalled, write_entries
from xuequ.core.settings import CHINA, Settings
from xuequ.core.standards import Standards
from xuequ.core.vault import Vault


class At(Enum):
    """Where an action is checked before a method begins."""

    DOOR = "door"
    """At the place of the door."""
    COUNTY = "county"
    """At the county, whichever door is open."""
    SCHOOL = "school"
    """Anywhere within the door's place; the method must then narrow to the school of the record."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a context works: one county, and one district of it or none."""

    county_id: int
    district_id: int | None = None
    has_standards: bool = False
    """Whether the county or the district has set rule parameters of its own."""


LoadStandards = Callable[[Session, "Scope", str], Standards]
LoadHoldings = Callable[[Session, "Scope", str, date], tuple[Holding, ...]]
Announce = Callable[["Context", Fact, int], None]


def _open_transactions(session: Session) -> Iterator[SessionTransaction]:
    """Walk from the innermost open SAVEPOINT or transaction outwards."""
    open_now = session.get_nested_transaction() or session.get_transaction()
    while open_now is not None:
        yield open_now
        open_now = open_now.parent


def _no_standards(session: Session, scope: Scope, place: str) -> Standards:
    return Standards(())


def _no_holdings(session: Session, scope: Scope, staff_no: str, day: date) -> tuple[Holding, ...]:
    return ()


def _nobody_listens(context: Context, fact: Fact, fact_id: int) -> None:
    """Journal only."""


@dataclass(frozen=True, slots=True)
class _Acting:
    """An actor whose posts were looked up, with the day and the transaction that they were found in."""

    actor: Actor
    day: date
    found_in: SessionTransaction | None
    resolved: Actor

    def holds(self, actor: Actor, day: date, session: Session) -> bool:
        """Tell whether it still says what that actor holds."""
        return actor is self.actor and day == self.day and self.found_in in list(_open_transactions(session))


class Context:
    """What every service works with. It never commits, and never rolls back the host's work.

    Args:
        session: the host's.
        place: path of codes, ``"530921"`` or ``"530921/qianfeng"``.
        resolve: finds the scope of that place when it is first needed.
        actor: who acts.
        settings: clock, policy and what to call on a refusal.
        announce: called with every fact and its id, in the same transaction.
        standards: loads the rule parameters that hold at that place, when they are first needed.
        holdings: looks up which posts an actor holds on a day, unless the actor brings them.
    """

    def __init__(
        self,
        session: Session,
        place: str,
        resolve: Callable[[Session, str], Scope],
        *,
        actor: Actor,
        settings: Settings | None = None,
        announce: Announce = _nobody_listens,
        standards: LoadStandards = _no_standards,
        holdings: LoadHoldings = _no_holdings,
    ) -> None:
        self.session = session
        self.place = place
        self.actor = actor
        self.settings = settings or Settings()
        self._resolve = resolve
        self._announce = announce
        self._load_standards = standards
        self._load_holdings = holdings
        self._scope: Scope | None = None
        self._standards: Standards | None = None
        self._found_in: SessionTransaction | None = None
        self._vault: Vault | None = None
        self._acting: _Acting | None = None
        self._inner_failed = False
        self._depth = 0
        self._calls = 0
        self._following = 0
        self._entries: list[Entry] = []
        self._narrowed = 0

    @property
    def scope(self) -> Scope:
        """The ids behind the place, looked up once in a transaction.

        They are forgotten with the transaction or SAVEPOINT in which they were found, since what was
        founded in it may have been undone with it.

        Raises:
            NotFound: when there is no such county or district.
        """
        if self._scope is None or self._found_in not in list(_open_transactions(self.session)):
            self._scope = self._resolve(self.session, self.place)
            self._found_in = next(_open_transactions(self.session), None)
            self._standards = None
        return self._scope

    @property
    def standards(self) -> Standards:
        """The rule parameters that hold at this place, known as long as the scope is."""
        scope = self.scope
        if self._standards is None:
            self._standards = self._load_standards(self.session, scope, self.place)
        return self._standards

    @property
    def acting(self) -> Actor:
        """The actor with the posts held today; looked up once in a transaction unless they were given.

        They are forgotten as the scope is; whoever asks in a county that is not there holds none.
        """
        actor = self.actor
        if actor.is_known:
            return actor
        known, today = self._acting, self.today
        if known is not None and known.holds(actor, today, self.session):
            return known.resolved
        try:
            holdings = self._load_holdings(self.session, self.scope, actor.staff_no, today)
        except NotFound:
            return replace(actor, holdings=())
        resolved = replace(actor, holdings=holdings)
        self._acting = _Acting(actor, today, next(_open_transactions(self.session), None), resolved)
        return resolved

    @property
    def vault(self) -> Vault:
        """What seals and opens sensitive values of this county, with the host's keys."""
        county_id = self.scope.county_id
        if self._vault is None or self._vault.county_id != county_id:
            self._vault = Vault(self.session, county_id, self.settings.keys)
        return self._vault

    def forget(self) -> None:
        """Look up scope, posts and rule parameters anew; for the use case that has changed them."""
        self._scope = self._standards = self._acting = None

    @property
    def now(self) -> datetime:
        """This instant, by the context's clock."""
        return self.settings.clock.now()

    @property
    def today(self) -> date:
        """This day in China, by the context's clock."""
        return self.now.astimezone(CHINA).date()

    def permit_county(self, action: Action) -> None:
        """Check an action of the county authority: at the county, also when a district's door is open."""
        county = self.place.partition("/")[0]
        if not self._allows(self.acting, action, county):
            raise self._not_permitted(action, county)

    def permit(self, action: Action, school: str | None = None) -> None:
        """Check the action at the context's place, or at one school of it.

        A school's code says which school only within a district; at a county's door the post must reach
        the whole county, unless the school is one outside any district, named ``-/code``.

        Raises:
            ActionNotPermitted: names the action, the place and the posts that have it.
        """
        below = school is not None and ("/" in self.place or school.startswith(f"{OUTSIDE}/"))
        place = f"{self.place}/{school}" if below else self.place
        if school is not None:
            self._narrowed += 1
        if not self._allows(self.acting, action, place):
            raise self._not_permitted(action, place)

    def permit_somewhere(self, action: Action) -> None:
        """Check that the actor may do it at least at one place here, before the record is looked at."""
        actor = self.acting
        places = [self.place, *(held.place for held in actor.holdings or ())]
        here = [place for place in places if place == self.place or place.startswith(self.place + "/")]
        if not any(self._allows(actor, action, place) for place in here):
            raise self._not_permitted(action, self.place)

    def _allows(self, actor: Actor, action: Action, place: str) -> bool:
        """Ask the policy; what follows from a fact is allowed with its cause, by the table of flows."""
        return self._following > 0 or self.settings.policy.allows(actor, action, place)

    def _not_permitted(self, action: Action, place: str) -> ActionNotPermitted:
        posts = "、".join(sorted(post.label for post in action.posts))
        return ActionNotPermitted(action=action.label, actor=str(self.actor), where=place, posts=posts)

    def announce(self, fact: Fact) -> int:
        """Say what happened: it is journalled, and whoever listens acts in this same transaction.

        The cause was permitted, and with it what the table of flows makes of it: a teacher whose leave
        brings about evidence needs no post that may record evidence.

        Returns the fact's id. Only a use case may announce.
        """
        if self._depth == 0:
            raise RuntimeError(f"{type(fact).__name__} was announced outside a use case")
        entry = Entry.of(fact, self.scope.county_id, self.scope.district_id, self.acting, self.now)
        self._entries.append(entry)
        self._following += 1
        try:
            self._announce(self, fact, entry.id)
        finally:
            self._following -= 1
        return entry.id

    def knows(self, fact_id: int) -> bool:
        """Tell whether a fact was announced in this use case or stands in the county's journal."""
        if any(entry.id == fact_id for entry in self._entries):
            return True
        return is_journalled(self.session, self.scope.county_id, fact_id)

    @contextmanager
    def writing(self) -> Generator[None]:
        """Make everything inside one atomic act: the outermost call opens one SAVEPOINT."""
        if self._depth:
            self._depth += 1
            try:
                yield
            except BaseException:
                self._inner_failed = True
                raise
            finally:
                self._depth -= 1
            return
        begin_writing(self.session)
        self._depth, self._entries, self._inner_failed = 1, [], False
        try:
            with self.session.begin_nested() as savepoint:
                yield
                if self._inner_failed:
                    raise RuntimeError("a use case inside this one failed, and its error was swallowed")
                self.session.flush()
                write_entries(self.session, self._entries)
            outer = next(_open_transactions(self.session), None)
            if self._found_in is savepoint:  # released: what it held is its parent's now
                self._found_in = outer
            if self._acting is not None and self._acting.found_in is savepoint:
                self._acting = replace(self._acting, found_in=outer)
        finally:
            self._depth, self._entries = 0, []

    @contextmanager
    def trial(self) -> Generator[None]:
        """Let something inside a use case be refused without the use case failing: it has its own SAVEPOINT.

        Raises:
            XuequError: what was refused; rows and facts of the trial are gone then.
        """
        self._must_be_writing()
        entries, failed = len(self._entries), self._inner_failed
        try:
            with self.session.begin_nested():
                yield
                self.session.flush()
        except (XuequError, DBAPIError) as error:
            del self._entries[entries:]
            self._inner_failed = failed
            if isinstance(error, DBAPIError):
                raise translate(error) from error
            raise

    @contextmanager
    def rehearsal(self) -> Generator[None]:
        """Write, look, and take everything back: the rows, the facts, and what followed from them."""
        self._must_be_writing()
        entries, failed = len(self._entries), self._inner_failed
        savepoint = self.session.begin_nested()
        try:
            yield
        finally:
            if savepoint.is_active:
                savepoint.rollback()
            del self._entries[entries:]
            self._inner_failed = failed
            self._standards = None

    def _must_be_writing(self) -> None:
        if self._depth == 0:
            raise RuntimeError("only a use case that writes can try or rehearse something")

    @contextmanager
    def _attempt(self, action: Action, at: At) -> Generator[None]:
        """Check the action, translate what the driver raises, and tell the host of a refusal."""
        outermost = self._calls == 0
        self._calls += 1
        try:
            if at is At.SCHOOL:
                self.permit_somewhere(action)
            elif at is At.COUNTY:
                self.permit_county(action)
            else:
                self.permit(action)
            yield
        except DBAPIError as error:
            ours = translate(error)
            self._tell(ours, action, outermost)
            raise ours from error
        except XuequError as error:
            self._tell(error, action, outermost)
            raise
        finally:
            self._calls -= 1

    def _tell(self, error: XuequError, action: Action, outermost: bool) -> None:
        if outermost and self.settings.on_refusal is not None:
            self.settings.on_refusal(error, self.actor, action)

    @contextmanager
    def must_narrow(self, method: str, at: At) -> Generator[None]:
        """Notice a method that is open to one school's posts and forgot to ask which school it is."""
        before = self._narrowed
        yield
        if at is At.SCHOOL and self._narrowed == before:
            raise RuntimeError(f"{method} must call context.permit(action, school=…)")


class Service:
    """A part's use cases over one context."""

    def __init__(self, context: Context) -> None:
        self.context = context


class HasContext(Protocol):
    """Whatever a use case hangs on."""

    @property
    def context(self) -> Context:
        """The context."""
        ...


S = TypeVar("S", bound=HasContext)
P = ParamSpec("P")
R = TypeVar("R")
Method = Callable[Concatenate[S, P], R]


def use_case(action: Action, *, at: At = At.DOOR) -> Callable[[Method[S, P, R]], Method[S, P, R]]:
    """Mark a public method that writes: checked, atomic, journalled.

    With `At.SCHOOL`, a post held at one school is enough to enter, and the method must then call
    ``context.permit(action, school=…)`` for the school of the record; forgetting it raises.
    """
    return _guarded(action, at, writes=True)


def reading(action: Action, *, at: At = At.DOOR) -> Callable[[Method[S, P, R]], Method[S, P, R]]:
    """Mark a public method that only reads: checked."""
    return _guarded(action, at, writes=False)


def _guarded(action: Action, at: At, *, writes: bool) -> Callable[[Method[S, P, R]], Method[S, P, R]]:
    def mark(method: Method[S, P, R]) -> Method[S, P, R]:
        name = getattr(method, "__qualname__", "")

        @wraps(method)
        def guarded(self: S, *args: P.args, **kwargs: P.kwargs) -> R:
            context = self.context
            with context._attempt(action, at):  # pyright: ignore[reportPrivateUsage]
                if not writes:
                    with context.must_narrow(name, at):
                        return method(self, *args, **kwargs)
                with context.writing(), context.must_narrow(name, at):
                    return method(self, *args, **kwargs)

        guarded.__dict__.update(action=action, at=at, writes=writes)
        return cast("Method[S, P, R]", guarded)

    return mark
