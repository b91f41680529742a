"""One use case is one atomic act, on the host's Session, which only the host commits."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import ClassVar

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from xuequ.core.access import NOBODY, Action, Actor, Holding, Post, action
from xuequ.core.context import At, Context, Scope, Service, reading, use_case
from xuequ.core.errors import ActionNotPermitted, AlreadyThere, SpanBackwards, XuequError
from xuequ.core.facts import Fact
from xuequ.core.journal import FactRow
from xuequ.core.settings import FixedClock, Settings
from xuequ.core.standards import Standards
from xuequ.district import County as CountyDoor
from xuequ.registry.models.places import County
from xuequ.registry.schemas.places import CountyRegistration

WRITE = action("test.write", "试写", [Post.PRINCIPAL, Post.SCHOOL_HEAD])
PLACE = "530921/qianfeng"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened(Fact):
    name: ClassVar[str] = "test.happened"
    what: str


class Notes(Service):
    """Use cases that write counties, since every database has that table."""

    @use_case(WRITE)
    def add(self, code: str) -> str:
        self.context.session.add(County(code=code, name=code))
        self.context.announce(Happened(what=code))
        return code

    @use_case(WRITE)
    def add_two(self, first: str, second: str) -> None:
        self.add(first)
        self.add(second)

    @use_case(WRITE)
    def add_and_fail(self, code: str) -> None:
        self.add(code)
        raise SpanBackwards(since="b", until="a")

    @use_case(WRITE)
    def crash(self) -> None:
        self.add("x")
        raise ZeroDivisionError

    @reading(WRITE, at=At.SCHOOL)
    def narrow(self, school: str) -> str:
        self.context.permit(WRITE, school=school)
        return school

    @reading(WRITE, at=At.SCHOOL)
    def forget(self) -> None:
        pass


def here(session: Session, place: str) -> Scope:
    return Scope(1, 2)


def notes(
    session: Session,
    actor: Actor | None = None,
    announce: Callable[[Context, Fact, int], None] | None = None,
    **kw: object,
) -> Notes:
    settings = Settings(**kw)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    who = Actor.system("test") if actor is None else actor
    if announce is None:
        return Notes(Context(session, PLACE, here, actor=who, settings=settings))
    return Notes(Context(session, PLACE, here, actor=who, settings=settings, announce=announce))


def codes(session: Session) -> list[str]:
    return list(session.scalars(select(County.code).order_by(County.code)))


def test_a_use_case_writes_its_rows_and_its_fact(session: Session) -> None:
    assert notes(session, clock=FixedClock(datetime(2026, 9, 1, 0, 30, tzinfo=UTC))).add("a") == "a"
    assert codes(session) == ["a"]
    fact = session.scalars(select(FactRow)).one()
    assert (fact.county_id, fact.district_id, fact.school_id) == (1, 2, None)
    assert (fact.name, fact.payload, fact.reason) == ("test.happened", '{"what":"a"}', "test")
    assert fact.at == datetime(2026, 9, 1, 0, 30, tzinfo=UTC)


def test_an_error_leaves_the_session_as_it_was(session: Session) -> None:
    session.add(County(code="host", name="host"))
    with pytest.raises(SpanBackwards):
        notes(session).add_and_fail("a")
    assert codes(session) == ["host"]
    assert session.scalar(select(func.count()).select_from(FactRow)) == 0
    notes(session).add("b")
    assert codes(session) == ["b", "host"]


def test_any_exception_undoes_the_use_case(session: Session) -> None:
    service = notes(session)
    with pytest.raises(ZeroDivisionError):
        service.crash()
    assert codes(session) == []
    service.add("after")
    assert codes(session) == ["after"]


def test_a_use_case_inside_another_is_part_of_it(session: Session) -> None:
    service = notes(session)
    with pytest.raises(AlreadyThere) as caught:
        service.add_two("a", "a")
    assert "code" in caught.value.constraint
    assert codes(session) == []
    service.add_two("a", "b")
    assert codes(session) == ["a", "b"]


def test_an_exception_of_whoever_listens_undoes_the_cause(session: Session) -> None:
    def veto(context: Context, fact: Fact, fact_id: int) -> None:
        raise SpanBackwards(since="b", until="a")

    with pytest.raises(SpanBackwards):
        notes(session, announce=veto).add("a")
    assert codes(session) == []


def test_whoever_listens_gets_the_fact_and_its_id_before_it_is_written(session: Session) -> None:
    heard: list[tuple[Fact, int]] = []
    notes(session, announce=lambda _, fact, fact_id: heard.append((fact, fact_id))).add("a")
    assert heard == [(Happened(what="a"), session.scalars(select(FactRow.id)).one())]


def test_a_fact_is_announced_only_inside_a_use_case(session: Session) -> None:
    with pytest.raises(RuntimeError, match="Happened was announced outside a use case"):
        notes(session).context.announce(Happened(what="x"))


def test_a_refusal_is_told_to_the_host_once(session: Session) -> None:
    told: list[tuple[XuequError, Actor, str]] = []

    def tell(error: XuequError, actor: Actor, what: Action) -> None:
        told.append((error, actor, what.code))

    service = notes(session, on_refusal=tell)
    with pytest.raises(AlreadyThere) as caught:
        service.add_two("a", "a")
    assert told == [(caught.value, service.context.actor, "test.write")]


def test_nobody_may_do_nothing(session: Session) -> None:
    with pytest.raises(ActionNotPermitted) as caught:
        notes(session, actor=NOBODY).add("a")
    assert "未登录者 无权在 530921/qianfeng 办理“试写”" in str(caught.value)
    assert "学区校长" in caught.value.remedy()
    with pytest.raises(ActionNotPermitted):
        notes(session, actor=NOBODY).narrow("s1")


def test_a_post_at_one_school_reaches_that_school_only(session: Session) -> None:
    head = Actor("T1", (Holding(Post.SCHOOL_HEAD, f"{PLACE}/s1"),))
    assert notes(session, actor=head).narrow("s1") == "s1"
    with pytest.raises(ActionNotPermitted):
        notes(session, actor=head).narrow("s2")
    with pytest.raises(ActionNotPermitted):
        notes(session, actor=head).add("a")


def test_a_post_in_another_district_opens_nothing(session: Session) -> None:
    stranger = Actor("T1", (Holding(Post.PRINCIPAL, "530921/dasi"), Holding(Post.PRINCIPAL, "530921/qian")))
    with pytest.raises(ActionNotPermitted):
        notes(session, actor=stranger).add("a")
    with pytest.raises(ActionNotPermitted):
        notes(session, actor=stranger).narrow("s1")


def test_a_post_that_the_action_does_not_name_opens_nothing(session: Session) -> None:
    cashier = Actor("T1", (Holding(Post.CASHIER, PLACE),))
    with pytest.raises(ActionNotPermitted):
        notes(session, actor=cashier).add("a")


def test_a_method_that_forgets_to_ask_which_school_is_found_out(session: Session) -> None:
    with pytest.raises(RuntimeError, match=r"Notes.forget must call context.permit"):
        notes(session).forget()


def test_today_is_the_day_in_china(session: Session) -> None:
    late = FixedClock(datetime(2026, 8, 31, 16, 30, tzinfo=UTC))
    assert notes(session, clock=late).context.today == date(2026, 9, 1)
    assert FixedClock.at(date(2026, 9, 1)).now().astimezone(UTC) == datetime(2026, 9, 1, tzinfo=UTC)


def test_the_system_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="reason"):
        Actor.system("  ")


def test_the_scope_is_looked_up_once_and_forgotten_with_the_act_that_founded_it(session: Session) -> None:
    looked: list[str] = []

    def resolve(_: Session, place: str) -> Scope:
        looked.append(place)
        return Scope(7)

    service = Notes(Context(session, PLACE, resolve, actor=Actor.system("test")))
    assert looked == []
    with pytest.raises(SpanBackwards):
        service.add_and_fail("a")
    service.add("a")
    service.add("b")
    assert looked == [PLACE, PLACE]


def test_a_scope_found_in_a_transaction_is_forgotten_with_it(engine: Engine) -> None:
    with Session(engine) as session:
        county = CountyDoor(session, "530921", actor=Actor.system("test"))
        county.registry.register_county(CountyRegistration(name="县"))
        first = county.context.scope.county_id
        session.rollback()
        county.registry.register_county(CountyRegistration(name="县"))
        nested = session.begin_nested()
        assert county.context.scope.county_id != first
        nested.rollback()
        session.commit()
        assert session.scalars(select(FactRow.county_id)).all() == [county.context.scope.county_id]


def test_a_write_that_forgets_to_narrow_writes_nothing(session: Session) -> None:
    class Careless(Notes):
        @use_case(WRITE, at=At.SCHOOL)
        def hack(self) -> None:
            self.context.session.add(County(code="hack", name="x"))

    careless = Careless(notes(session).context)
    with pytest.raises(RuntimeError, match="must call"):
        careless.hack()
    assert codes(session) == []


def test_an_inner_error_that_is_swallowed_undoes_the_whole(session: Session) -> None:
    class Lenient(Notes):
        @use_case(WRITE)
        def try_it(self) -> None:
            with suppress(SpanBackwards):
                self.add_and_fail("half")

    lenient = Lenient(notes(session).context)
    with pytest.raises(RuntimeError, match="swallowed"):
        lenient.try_it()
    assert codes(session) == []
    lenient.add("whole")
    assert codes(session) == ["whole"]


class Trials(Notes):
    """Use cases that try and rehearse."""

    @use_case(WRITE)
    def try_each(self, *texts: str) -> list[type[XuequError]]:
        refused: list[type[XuequError]] = []
        for code in texts:
            try:
                with self.context.trial():
                    self.add(code) if code != "bad" else self.add_and_fail(code)
            except XuequError as error:
                refused.append(type(error))
        return refused

    @use_case(WRITE)
    def try_and_crash(self) -> None:
        with self.context.trial():
            self.crash()

    @use_case(WRITE)
    def rehearse(self, code: str, *, fail: bool = False) -> list[str]:
        self.add("before")
        with self.context.rehearsal():
            self.add_and_fail(code) if fail else self.add(code)
            found = codes(self.context.session)
        self.add("after")
        return found

    @use_case(WRITE)
    def rehearse_what_is_refused(self, code: str) -> None:
        with suppress(SpanBackwards), self.context.rehearsal():
            self.add_and_fail(code)
        self.add("after")

    @use_case(WRITE)
    def rehearse_and_roll_back(self, code: str) -> None:
        with self.context.rehearsal():
            self.add(code)
            transaction = self.context.session.get_nested_transaction()
            assert transaction is not None
            transaction.rollback()


def whats(session: Session) -> list[str]:
    return [
        json.loads(payload)["what"]
        for payload in session.scalars(select(FactRow.payload).order_by(FactRow.id))
    ]


def test_what_is_refused_in_a_trial_is_gone_and_the_use_case_goes_on(session: Session) -> None:
    trials = Trials(notes(session).context)
    assert trials.try_each("a", "bad", "a", "b") == [SpanBackwards, AlreadyThere]
    assert (codes(session), whats(session)) == (["a", "b"], ["a", "b"])


def test_a_crash_in_a_trial_is_no_refusal_and_undoes_the_use_case(session: Session) -> None:
    with pytest.raises(ZeroDivisionError):
        Trials(notes(session).context).try_and_crash()
    assert (codes(session), whats(session)) == ([], [])


def test_a_rehearsal_is_looked_at_and_taken_back_with_its_facts(session: Session) -> None:
    trials = Trials(notes(session).context)
    assert trials.rehearse("a") == ["a", "before"]
    assert (codes(session), whats(session)) == (["after", "before"], ["before", "after"])


def test_a_refusal_in_a_rehearsal_undoes_the_use_case_unless_it_is_caught_outside(session: Session) -> None:
    trials = Trials(notes(session).context)
    with pytest.raises(SpanBackwards):
        trials.rehearse("a", fail=True)
    assert codes(session) == []
    trials.rehearse_what_is_refused("a")
    assert (codes(session), whats(session)) == (["after"], ["after"])


def test_a_rehearsal_whose_savepoint_is_gone_already_is_over(session: Session) -> None:
    Trials(notes(session).context).rehearse_and_roll_back("a")
    assert (codes(session), whats(session)) == ([], [])


def test_only_a_use_case_that_writes_tries_and_rehearses(session: Session) -> None:
    context = notes(session).context
    for something in (context.trial, context.rehearsal):
        with pytest.raises(RuntimeError, match="only a use case that writes"), something():
            pass


def test_rule_parameters_that_were_set_in_a_rehearsal_are_forgotten_with_it(session: Session) -> None:
    loaded: list[str] = []

    def load(_: Session, scope: Scope, place: str) -> Standards:
        loaded.append(place)
        return Standards(())

    context = Context(session, PLACE, here, actor=Actor.system("test"), standards=load)
    with context.writing():
        assert context.standards is context.standards
        with context.rehearsal():
            assert context.standards is not None
        assert context.standards is not None
    assert loaded == [PLACE, PLACE]


def test_a_use_case_knows_its_own_facts_and_those_of_the_county_before(session: Session) -> None:
    service = notes(session)
    service.add("a")
    before = session.scalars(select(FactRow.id)).one()
    context = service.context
    with context.writing():
        now = context.announce(Happened(what="b"))
        assert [context.knows(fact_id) for fact_id in (now, before, 1)] == [True, True, False]


def test_posts_that_were_found_in_an_act_that_went_well_are_known_afterwards(session: Session) -> None:
    asked: list[str] = []

    def look_up(_: Session, scope: Scope, staff_no: str, day: date) -> tuple[Holding, ...]:
        asked.append(staff_no)
        return (Holding(Post.PRINCIPAL, PLACE),)

    context = Context(session, PLACE, here, actor=Actor("T1"), holdings=look_up)
    with context.writing():
        assert context.acting.holdings
    assert context.acting.holdings
    assert asked == ["T1"]


def test_without_loaders_nobody_holds_a_post_and_no_rule_parameter_is_known(session: Session) -> None:
    with pytest.raises(ActionNotPermitted):
        notes(session, actor=Actor("T1")).add("a")
    assert list(notes(session).context.standards) == []


def test_the_posts_of_somebody_are_looked_up_once_in_a_transaction_and_for_the_day(session: Session) -> None:
    asked: list[tuple[str, date]] = []

    def look_up(host: Session, scope: Scope, staff_no: str, day: date) -> tuple[Holding, ...]:
        host.connection()  # as any query does, it begins the transaction
        asked.append((staff_no, day))
        return (Holding(Post.PRINCIPAL, PLACE),)

    first, second = date(2026, 9, 1), date(2026, 9, 2)
    context = Context(
        session,
        PLACE,
        here,
        actor=Actor("T1"),
        settings=Settings(clock=FixedClock.at(first)),
        holdings=look_up,
    )
    service = Notes(context)
    service.add("a")
    service.add("b")
    assert asked == [("T1", first)]
    context.settings = Settings(clock=FixedClock.at(second))
    service.add("c")
    assert asked == [("T1", first), ("T1", second)]
    context.forget()
    service.add("d")
    assert len(asked) == 3
    with pytest.raises(SpanBackwards):
        service.add_and_fail("e")
    assert len(asked) == 3, "what was known before the failed act is still known"


def test_posts_that_were_found_in_an_act_that_failed_are_looked_up_again(session: Session) -> None:
    asked: list[str] = []

    def look_up(_: Session, scope: Scope, staff_no: str, day: date) -> tuple[Holding, ...]:
        asked.append(staff_no)
        return (Holding(Post.PRINCIPAL, PLACE),)

    class Late(Notes):
        """A script that speaks as somebody in the middle of an act."""

        @use_case(WRITE)
        def speak_as(self, who: str, *, fail: bool) -> None:
            self.context.actor = Actor(who)
            self.add("x" if fail else "y")
            if fail:
                raise SpanBackwards(since="b", until="a")

    context = Context(session, PLACE, here, actor=Actor.system("test"), holdings=look_up)
    with pytest.raises(SpanBackwards):
        Late(context).speak_as("T1", fail=True)
    assert asked == ["T1"]
    Late(context).add("a")
    assert asked == ["T1", "T1"]


def test_whoever_acts_in_a_county_that_is_not_there_holds_nothing(session: Session) -> None:
    door = CountyDoor(session, "999999", actor=Actor("T1"))
    with pytest.raises(ActionNotPermitted):
        door.registry.register_county(CountyRegistration(name="县"))
    assert door.context.acting.holdings == ()
