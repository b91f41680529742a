"""Requests that are sent again: the same answer, one effect."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from xuequ import Actor, County, Money
from xuequ.core import requests
from xuequ.core.errors import StorageFailed
from xuequ.core.requests import RequestKeyReused, RequestKeyUnfit, RequestRow
from xuequ.core.source import Source
from xuequ.embed import retrying
from xuequ.registry.errors.places import DistrictKnown
from xuequ.registry.models.places import District as DistrictRow
from xuequ.registry.schemas.places import DistrictFoundation, DistrictView
from xuequ.testing import make_county
from xuequ.testing.factories import MAKER, SETTINGS
from xuequ.unified.budget.schemas.ledger import EntryView
from xuequ.unified.budget.states.ledger import Movement, Pot


def found(county: County, key: str, code: str = "new", **more: Any) -> DistrictView:
    command = DistrictFoundation(code=code, name="新")
    return county.once(key, lambda c: c.registry.found_district(command), answer=DistrictView, **more)


def count(session: Session, model: Any = DistrictRow) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def county(session: Session) -> County:
    return make_county(session)


def test_the_same_key_again_has_the_same_answer_and_one_effect(county: County) -> None:
    first = found(county, "k")
    assert [found(county, "k") for _ in range(5)] == [first] * 5
    assert (count(county.context.session), count(county.context.session, RequestRow)) == (1, 1)
    with pytest.raises(DistrictKnown):
        found(county, "another")


def test_an_answer_of_any_type_comes_back_as_it_was(county: County) -> None:
    view = EntryView(
        id=1,
        line_id=2,
        movement=Movement.PAY,
        out_of=Pot.AVAILABLE,
        amount=Money.yuan("0.30"),
        day=SETTINGS.clock.now().date(),
        source=Source("a.b", 2**62),
        purpose=Source("a.b", 1),
    )
    for _ in range(2):
        assert county.once("list", lambda c: [view], answer=list[EntryView]) == [view]
        assert county.once("none", lambda c: None, answer=type(None)) is None
        assert county.once("text", lambda c: "文", answer=str) == "文"


def test_a_refusal_is_not_kept(county: County) -> None:
    found(county, "k")
    for _ in range(2):
        with pytest.raises(DistrictKnown):
            found(county, "again")
    assert found(county, "again", "other").code == "other"


def test_the_same_key_with_another_content_is_refused(county: County) -> None:
    one, other = (DistrictFoundation(code="new", name=name) for name in ("甲", "乙"))
    found(county, "k", asked=one)
    assert found(county, "k", asked=one).code == "new"
    for asked in (other, None):
        with pytest.raises(RequestKeyReused):
            found(county, "k", asked=asked)


def test_a_key_belongs_to_who_chose_it_and_where(county: County) -> None:
    session = county.context.session
    mine = found(county, "k")
    other = County(session, "530921", actor=Actor.system("somebody else"), settings=SETTINGS)
    assert found(other, "k", "theirs").id != mine.id
    elsewhere = make_county(session, "530922")
    assert found(elsewhere, "k").id != mine.id
    nobody = County(session, "530921", actor=Actor(), settings=SETTINGS)
    with pytest.raises(Exception, match="action_not_permitted"):
        found(nobody, "k")


@pytest.mark.parametrize("key", ["", "x" * 201])
def test_a_key_that_no_column_can_hold_is_refused(county: County, key: str) -> None:
    with pytest.raises(RequestKeyUnfit):
        found(county, key)
    assert found(county, "键" * 200).code == "new"


def test_a_driver_that_fails_is_an_error_of_ours(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise OperationalError("x", None, Exception("disk I/O error"))

    monkeypatch.setattr(requests, "_find", fail)
    with pytest.raises(StorageFailed):
        found(county, "k")


def test_what_the_host_rolls_back_is_done_anew(county: County) -> None:
    nested = county.context.session.begin_nested()
    first = found(county, "k")
    nested.rollback()
    assert found(county, "k").id != first.id


def test_who_loses_the_race_for_a_key_gets_the_winners_answer(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = found(county, "k")
    look: Callable[..., Any] = requests._find  # pyright: ignore[reportPrivateUsage]
    looks: list[Any] = []

    def late(*arguments: Any) -> Any:
        looks.append(None if not looks else look(*arguments))
        return looks[-1]

    monkeypatch.setattr(requests, "_find", late)
    assert found(county, "k") == first
    assert len(looks) == 2


def test_many_who_send_the_same_at_once_have_one_answer_and_one_effect(engine: Engine) -> None:
    with Session(engine) as session:
        make_county(session)
        session.commit()

    def send(number: int) -> DistrictView:
        def call(session: Session) -> DistrictView:
            return found(
                County(session, "530921", actor=MAKER, settings=SETTINGS), f"k{number % 5}", f"d{number % 5}"
            )

        return retrying(partial(Session, engine), call, attempts=20)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(200)))
    assert len({answer.id for answer in answers}) == 5
    with Session(engine) as session:
        assert (count(session), count(session, RequestRow)) == (5, 5)
