"""The change feed: in order, none missed, none twice, whoever writes meanwhile."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from xuequ import Actor, County, District, Holding, Post
from xuequ.core.feed import LARGEST_PAGE, read_feed
from xuequ.core.journal import FactRow, seal
from xuequ.registry.schemas.places import DistrictFoundation
from xuequ.testing import make_county, make_district
from xuequ.testing.factories import MAKER, SETTINGS


def founded(session: Session, numbers: range, actor: Actor = MAKER) -> int:
    county = make_county(session)
    writing = County(session, "530921", actor=actor, settings=SETTINGS)
    for number in numbers:
        writing.registry.found_district(DistrictFoundation(code=f"d{number}", name=f"学区{number}"))
    return county.context.scope.county_id


def test_what_is_not_sealed_is_not_in_the_feed(session: Session) -> None:
    county_id = founded(session, range(3))
    assert read_feed(session, county_id).model_dump() == {"changes": (), "after": 0}
    seal(session, county_id, limit=2)
    page = read_feed(session, county_id)
    assert ([change.seq for change in page.changes], page.after) == ([1, 2], 2)


def test_a_change_says_what_happened_and_who_said_so_as_which_posts(session: Session) -> None:
    actor = Actor("T7", (Holding(Post.BUREAU_OFFICER, "530921"), Holding(Post.TEACHER, "530921/x/y")))
    county_id = founded(session, range(1), actor)
    seal(session, county_id)
    registered, done = read_feed(session, county_id).changes
    assert (registered.actor, registered.posts, registered.reason) == ("", (), "test data")
    assert (done.name, done.version, done.actor, done.reason) == ("registry.district_founded", 1, "T7", "")
    assert done.posts == ("bureau_officer@530921", "teacher@530921/x/y")
    assert done.payload["code"] == "d0" and done.at == SETTINGS.clock.now()
    assert done.fact_id in set(session.scalars(select(FactRow.id)))
    assert done.model_dump(mode="json")["fact_id"] == str(done.fact_id)


@pytest.mark.parametrize("limit", [1, 3, 7, 100])
def test_pages_of_any_size_come_to_the_whole(session: Session, limit: int) -> None:
    county_id = founded(session, range(10))
    seal(session, county_id)
    seen: list[int] = []
    after = 0
    while (page := read_feed(session, county_id, after, limit)).changes:
        seen += [change.seq for change in page.changes]
        after = page.after
    assert seen == list(range(1, 12)) and after == 11
    assert read_feed(session, county_id, 99).after == 99


def test_a_limit_that_is_none_or_too_large_is_brought_into_its_bounds(session: Session) -> None:
    county_id = founded(session, range(2))
    seal(session, county_id)
    assert len(read_feed(session, county_id, 0, 0).changes) == 1
    assert len(read_feed(session, county_id, 0, LARGEST_PAGE * 10).changes) == 3


def test_facts_of_other_names_are_passed_by_with_the_cursor(session: Session) -> None:
    county_id = founded(session, range(4))
    seal(session, county_id)
    page = read_feed(session, county_id, names=["registry.county_registered"])
    assert ([change.seq for change in page.changes], page.after) == ([1], 5)
    assert read_feed(session, county_id, names=[]).after == 5


def test_a_districts_door_gives_the_districts_facts_and_a_countys_all(session: Session) -> None:
    for code in ("530921/qianfeng", "530921/dasi"):
        make_district(session, code, schools=1, pupils=0, staff=0)
    county = County(session, "530921", actor=MAKER, settings=SETTINGS)
    seal(session, county.context.scope.county_id)
    door = District(session, "530921/dasi", actor=MAKER, settings=SETTINGS)
    mine = door.feed.changes()
    whole = county.feed.changes(limit=100)
    assert {change.district_id for change in mine.changes} == {door.context.scope.district_id}
    assert 0 < len(mine.changes) < len(whole.changes)
    assert mine.after == whole.after
    assert [c for c in whole.changes if c.district_id == door.context.scope.district_id] == list(mine.changes)
    assert county.feed.changes(whole.after).changes == ()


def test_a_county_that_is_not_there_has_an_empty_feed(session: Session) -> None:
    assert read_feed(session, 42).after == 0


def test_a_reader_beside_eight_writers_misses_none_and_sees_each_once(engine: Engine) -> None:
    """Ids and instants do not follow the order of commits; the seal's numbers do."""
    with Session(engine) as session:
        county_id = founded(session, range(0))
        session.commit()
    writers, times = 8, 25
    seen: list[int] = []
    done = threading.Event()

    def write(writer: int) -> None:
        for number in range(times):
            with Session(engine) as session:
                founded(session, range(writer * times + number, writer * times + number + 1))
                session.commit()

    def read() -> None:
        after = 0
        while True:
            last = done.is_set()
            with Session(engine) as session:
                seal(session, county_id)
                session.commit()
                page = read_feed(session, county_id, after, 7)
            seen.extend(change.fact_id for change in page.changes)
            after = page.after
            if last and not page.changes:
                return

    with ThreadPoolExecutor(writers + 1) as pool:
        reader = pool.submit(read)
        list(pool.map(write, range(writers)))
        done.set()
        reader.result()
    with Session(engine) as session:
        facts = set(session.scalars(select(FactRow.id)))
    assert len(facts) == writers * times + 1
    assert len(seen) == len(set(seen)) and set(seen) == facts
