"""Facts and what follows from them: in order, in one transaction, and a veto undoes the cause."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from xuequ import Actor, County, District, Settings
from xuequ.core.context import Context
from xuequ.core.errors import ActionNotPermitted
from xuequ.core.facts import Fact
from xuequ.core.journal import FactRow
from xuequ.flows import FLOWS, Flow, Flows, cycle, follow
from xuequ.registry.errors.classes import ClassNotBegun
from xuequ.registry.facts.places import DistrictFounded, SchoolsOpened
from xuequ.registry.facts.pupils import PupilsEnrolled
from xuequ.registry.models.places import School
from xuequ.registry.models.pupils import Pupil
from xuequ.registry.schemas.places import CountyRegistration, DistrictFoundation
from xuequ.testing import make_county, reading_of
from xuequ.testing.factories import MAKER, SETTINGS, invented_rows

PLACE = "530921/qianfeng"


@dataclass(frozen=True, slots=True, kw_only=True)
class A(Fact):
    name: ClassVar[str] = "test.a"
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class B(Fact):
    name: ClassVar[str] = "test.b"


@dataclass(frozen=True, slots=True, kw_only=True)
class C(Fact):
    name: ClassVar[str] = "test.c"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubA(A):
    name: ClassVar[str] = "test.sub_a"


def nothing(context: Context, fact: Any, fact_id: int) -> None:
    """A flow that does nothing."""


def table(edges: dict[type[Fact], list[type[Fact]]]) -> Flows:
    """Return a table in which each fact has a flow for every fact that it brings about."""
    return {fact: tuple(Flow(nothing, (after,)) for after in following) for fact, following in edges.items()}


def set_up(session: Session, flows: Flows, settings: Settings = SETTINGS) -> None:
    """Bring an invented district in through a door with flows."""
    county = make_county(session).registry
    county.found_district(DistrictFoundation(code="qianfeng", name="qianfeng学区"))
    district = District(session, PLACE, actor=MAKER, settings=settings, flows=flows)
    book = reading_of(invented_rows(PLACE, schools=2, pupils=1, staff=1))
    district.registry.set_up(district.registry.plan_set_up(book))


def count(session: Session, model: type[Any]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


# what follows


def test_flows_are_called_in_the_listed_order_with_context_fact_and_id() -> None:
    called: list[tuple[str, object, Fact, int]] = []

    def note(name: str) -> Flow:
        return Flow(lambda context, fact, fact_id: called.append((name, context, fact, fact_id)))

    names = ("first", "second", "third")
    context: Any = object()
    fact = A(number=7)
    follow({A: tuple(map(note, names))})(context, fact, 42)
    assert called == [(name, context, fact, 42) for name in names]


def test_a_fact_that_nobody_follows_does_nothing() -> None:
    context: Any = object()
    follow({})(context, A(), 1)
    follow({B: (Flow(nothing),)})(context, A(), 1)


def test_a_flow_follows_its_own_fact_and_no_other_of_its_kin() -> None:
    called: list[Fact] = []
    announce = follow({A: (Flow(lambda context, fact, fact_id: called.append(fact)),)})
    context: Any = object()
    announce(context, SubA(), 1)
    announce(context, A(), 2)
    assert called == [A()]


def test_the_flows_after_one_that_fails_are_not_called() -> None:
    called: list[int] = []

    def veto(context: Context, fact: A, fact_id: int) -> None:
        raise ZeroDivisionError

    later = Flow(lambda context, fact, fact_id: called.append(fact_id))
    context: Any = object()
    with pytest.raises(ZeroDivisionError):
        follow({A: (Flow(veto), later)})(context, A(), 1)
    assert called == []


# through the door


def test_a_flow_works_in_the_same_transaction_and_sees_what_its_cause_has_written(session: Session) -> None:
    seen: list[tuple[bool, int, str]] = []

    def look(context: Context, fact: PupilsEnrolled, fact_id: int) -> None:
        there = context.session.scalars(select(Pupil.id).where(Pupil.id.in_(fact.pupil_ids))).all()
        seen.append((context.session is session, len(there), context.place))

    set_up(session, {PupilsEnrolled: (Flow(look),)})
    assert seen == [(True, 1, PLACE)] * 2


def test_a_flow_gets_the_id_under_which_the_fact_is_journalled(session: Session) -> None:
    heard: dict[int, PupilsEnrolled] = {}
    set_up(session, {PupilsEnrolled: (Flow(lambda context, fact, fact_id: heard.update({fact_id: fact})),)})
    rows = session.scalars(select(FactRow).where(FactRow.name == PupilsEnrolled.name)).all()
    assert {row.id: row.school_id for row in rows} == {key: fact.school_id for key, fact in heard.items()}


def test_flows_of_several_facts_are_called_as_the_facts_happen(session: Session) -> None:
    order: list[str] = []
    note = Flow(lambda context, fact, fact_id: order.append(fact.name))
    set_up(session, {PupilsEnrolled: (note,), SchoolsOpened: (note, note)})
    assert order == [SchoolsOpened.name] * 2 + [PupilsEnrolled.name] * 2


VETO = ClassNotBegun(name="一（1）班", since="2026-08-31", begins="2026-09-01")


@pytest.mark.parametrize("error", [VETO, ZeroDivisionError("a bug")], ids=["refusal", "bug"])
@pytest.mark.parametrize("fact", [SchoolsOpened, PupilsEnrolled])
def test_an_exception_in_a_flow_undoes_its_cause(
    session: Session, fact: type[Fact], error: Exception
) -> None:
    def veto(context: Context, fact: Fact, fact_id: int) -> None:
        context.session.add(School(district_id=1, code="flow", name="x", kind="complete"))
        raise error

    with pytest.raises(type(error)) as caught:
        set_up(session, {fact: (Flow(nothing), Flow(veto))})
    assert caught.value is error
    assert (count(session, School), count(session, Pupil)) == (0, 0)
    assert set(session.scalars(select(FactRow.name))) == {
        "registry.county_registered",
        "registry.district_founded",
    }
    district = District(session, PLACE, actor=MAKER, settings=SETTINGS)
    assert district.registry.schools() == []
    book = reading_of(invented_rows(PLACE, schools=2, pupils=1, staff=1))
    district.registry.set_up(district.registry.plan_set_up(book))
    assert count(session, Pupil) == 2


def test_a_veto_is_told_to_the_host_as_a_refusal_of_the_cause(session: Session) -> None:
    told: list[tuple[Exception, str]] = []

    def veto(context: Context, fact: PupilsEnrolled, fact_id: int) -> None:
        raise VETO

    settings = Settings(
        clock=SETTINGS.clock, on_refusal=lambda error, actor, action: told.append((error, action.code))
    )
    with pytest.raises(ClassNotBegun):
        set_up(session, {PupilsEnrolled: (Flow(veto),)}, settings=settings)
    assert told == [(VETO, "registry.set_up")]


def test_a_flow_may_call_a_use_case_which_is_part_of_its_cause(session: Session) -> None:
    def found_twin(context: Context, fact: DistrictFounded, fact_id: int) -> None:
        if fact.code == "a":
            twin = DistrictFoundation(code="b", name="乙")
            County(context.session, "530921", actor=context.actor).registry.found_district(twin)

    make_county(session)
    flows: Flows = {DistrictFounded: (Flow(found_twin),)}
    county = County(session, "530921", actor=MAKER, flows=flows)
    county.registry.found_district(DistrictFoundation(code="a", name="甲"))
    assert [district.code for district in county.registry.districts()] == ["a", "b"]


def test_what_a_flow_may_not_do_undoes_its_cause_too(session: Session) -> None:
    def register(context: Context, fact: DistrictFounded, fact_id: int) -> None:
        nobody = County(context.session, "530999", actor=Actor())
        nobody.registry.register_county(CountyRegistration(name="x"))

    make_county(session)
    county = County(session, "530921", actor=MAKER, flows={DistrictFounded: (Flow(register),)})
    with pytest.raises(ActionNotPermitted):
        county.registry.found_district(DistrictFoundation(code="a", name="甲"))
    assert county.registry.districts() == []


# the table


def test_the_table_has_no_cycle() -> None:
    assert cycle(FLOWS) is None


def test_every_entry_of_the_table_is_a_fact_with_flows() -> None:
    for fact, flows in FLOWS.items():
        assert issubclass(fact, Fact) and fact.name
        assert flows and all(isinstance(flow, Flow) for flow in flows)


@pytest.mark.parametrize(
    ("edges", "found"),
    [
        ({A: [A]}, [A, A]),
        ({A: [B], B: [A]}, [A, B, A]),
        ({A: [B], B: [C], C: [A]}, [A, B, C, A]),
        ({A: [B], B: [C], C: [B]}, [B, C, B]),
        ({A: [B, C], C: [C]}, [C, C]),
        ({A: [], B: [C], C: [A, B]}, [B, C, B]),
    ],
)
def test_a_cycle_is_found_and_told_from_where_it_begins(
    edges: dict[type[Fact], list[type[Fact]]], found: list[type[Fact]]
) -> None:
    assert cycle(table(edges)) == found


@pytest.mark.parametrize(
    "edges",
    [{}, {A: []}, {A: [B]}, {A: [B], B: [C]}, {A: [B, C], B: [C]}, {B: [C, C], A: [B, B, C]}],
)
def test_a_table_without_a_cycle_has_none(edges: dict[type[Fact], list[type[Fact]]]) -> None:
    assert cycle(table(edges)) is None


KINDS: list[type[Fact]] = [A, B, C, SubA, SchoolsOpened, PupilsEnrolled]
edges_between = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12)


def drawn(pairs: list[tuple[int, int]]) -> Flows:
    edges: dict[type[Fact], list[type[Fact]]] = {}
    for before, after in pairs:
        edges.setdefault(KINDS[before], []).append(KINDS[after])
    return table(edges)


@given(edges_between)
def test_edges_that_all_go_one_way_make_no_cycle(pairs: list[tuple[int, int]]) -> None:
    assert cycle(drawn([(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]])) is None


@given(edges_between)
def test_what_is_found_is_a_closed_chain_of_the_table(pairs: list[tuple[int, int]]) -> None:
    found = cycle(drawn(pairs))
    if found is not None:
        assert found[0] is found[-1] and len(found) > 1
        steps = {(KINDS[before], KINDS[after]) for before, after in pairs}
        assert set(pairwise(found)) <= steps


@given(edges_between, st.permutations(range(6)), st.integers(1, 6))
def test_a_cycle_that_is_there_is_found(pairs: list[tuple[int, int]], order: list[int], length: int) -> None:
    ring = order[:length]
    closed = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    assert cycle(drawn([*pairs, *closed])) is not None
