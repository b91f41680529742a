"""Changing the host's keys while others read and write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.core.test_keys import NEW, OLD, keys
from tests.core.test_vault import COUNTY, NOTE, SECRET, vault
from tests.registry.people import CARD, number, person_of
from tests.registry.people import record as record_person
from xuequ import District
from xuequ.core.errors import AlreadyThere
from xuequ.core.keys import Keys, KeyUnknown
from xuequ.core.rotation import key_usage, reindex, rewrap
from xuequ.core.vault import Clear, Closed
from xuequ.embed import keys_in_use, rotate_keys
from xuequ.registry.models.people import DOCUMENT, PHONE, Person
from xuequ.registry.models.pupils import Pupil
from xuequ.registry.schemas.circumstances import ResidenceRecord, TraitRecord
from xuequ.registry.states.circumstances import TraitKind
from xuequ.testing import make_district
from xuequ.testing.factories import MAKER, SETTINGS

BEFORE = keys(wrapping={"2025": OLD}, current="2025")
BOTH = keys()
AFTER = keys(wrapping={"2026": NEW})
PEOPLE = range(1, 8)


def sealed(session: Session) -> list[Closed]:
    values = [Clear(n, n, f"{SECRET}{n}") for n in PEOPLE]
    made = vault(session, given_=BEFORE).seal_many(NOTE, values)
    return [Closed(v.row_id, v.person_id, s.ciphertext) for v, s in zip(values, made, strict=True)]


def test_data_keys_are_wrapped_anew_and_no_ciphertext_changes(session: Session) -> None:
    closed = sealed(session)
    assert key_usage(session, COUNTY, BOTH, [NOTE]).wrapping == {"2025": 7}
    assert [rewrap(session, COUNTY, BOTH, limit=3) for _ in range(4)] == [3, 3, 1, 0]
    assert key_usage(session, COUNTY, BOTH, [NOTE]).wrapping == {"2026": 7}
    opened = vault(session, given_=AFTER).open_many(NOTE, closed)
    assert opened == [f"{SECRET}{n}" for n in PEOPLE]


def test_in_the_middle_everything_opens_with_both_keys(session: Session) -> None:
    closed = sealed(session)
    rewrap(session, COUNTY, BOTH, limit=3)
    assert key_usage(session, COUNTY, BOTH, [NOTE]).wrapping == {"2025": 4, "2026": 3}
    assert vault(session, given_=BOTH).open_many(NOTE, closed) == [f"{SECRET}{n}" for n in PEOPLE]
    vault(session, given_=BOTH).seal(NOTE, 8, SECRET)
    assert key_usage(session, COUNTY, BOTH, [NOTE]).wrapping == {"2025": 4, "2026": 4}


def test_the_old_key_is_needed_until_nothing_is_wrapped_by_it(session: Session) -> None:
    sealed(session)
    with pytest.raises(KeyUnknown, match="2025"):
        rewrap(session, COUNTY, AFTER)
    assert key_usage(session, COUNTY, AFTER, [NOTE]).wrapping == {"2025": 7}


def test_another_county_is_left_alone(session: Session) -> None:
    sealed(session)
    vault(session, 2, BEFORE).seal(NOTE, 1, SECRET)
    rewrap(session, COUNTY, BOTH)
    assert key_usage(session, 2, BOTH, [NOTE]).wrapping == {"2025": 1}


# blind indexes

PLACE, OTHER_PLACE = "530921/qianfeng", "530922/luodang"
CARDS = range(101, 106)
OLD_INDEX = keys(wrapping={"2025": OLD}, current="2025")
BOTH_INDEXES = keys(index={"a": OLD, "b": NEW}, current_index="b")
NEW_INDEX = keys(wrapping={"2026": NEW}, index={"b": NEW}, current_index="b")
NEW_INDEX_ONLY = keys(index={"b": NEW}, current_index="b")


def door(session: Session, given_: Keys, place: str = PLACE) -> District:
    return District(session, place, actor=MAKER, settings=replace(SETTINGS, keys=given_))


def register(session: Session, given_: Keys, cards: Sequence[int] = CARDS, place: str = PLACE) -> list[int]:
    """Record people with a card each and one telephone for all."""
    here = door(session, given_, place)
    area = place[:6]
    return [
        record_person(
            here,
            f"人{card}",
            document_kind=CARD,
            document_number=number(card, area=area),
            phone="13800001234",
        )
        for card in cards
    ]


def county_of(session: Session, place: str = PLACE) -> int:
    return door(session, BOTH_INDEXES, place).context.scope.county_id


def found(session: Session, given_: Keys) -> list[int]:
    """Return whom a search by each card finds."""
    find = door(session, given_).registry.people.find_by_document
    return [view.id for card in CARDS for view in find(CARD, number(card))]


def batches(one: Callable[[], int]) -> list[int]:
    """Do batches until nothing is left; return how many rows each changed."""
    done: list[int] = []
    while count := one():
        done.append(count)
    return done


def test_blind_indexes_are_made_anew_batch_by_batch(session: Session) -> None:
    make_district(session, PLACE, pupils=0, staff=0)
    people = register(session, OLD_INDEX)
    county_id = county_of(session)
    stored = select(Person.id, Person.document_number, Person.phone).order_by(Person.id)
    before = session.execute(stored).all()
    assert batches(lambda: reindex(session, county_id, BOTH_INDEXES, DOCUMENT, 2)) == [2, 2, 1]
    assert key_usage(session, county_id, BOTH_INDEXES, [DOCUMENT, PHONE]).index == {"a": 5, "b": 5}
    assert batches(lambda: reindex(session, county_id, BOTH_INDEXES, PHONE)) == [5]
    assert key_usage(session, county_id, BOTH_INDEXES, [DOCUMENT, PHONE]).index == {"b": 10}
    assert session.execute(stored).all() == before  # no ciphertext changes
    assert found(session, NEW_INDEX_ONLY) == people
    assert len(door(session, NEW_INDEX_ONLY).registry.people.find_by_phone("13800001234")) == 5


def test_in_the_middle_of_reindexing_everybody_is_found(session: Session) -> None:
    make_district(session, PLACE, pupils=0, staff=0)
    people = register(session, OLD_INDEX)
    reindex(session, county_of(session), BOTH_INDEXES, DOCUMENT, 2)
    assert found(session, BOTH_INDEXES) == people
    assert found(session, NEW_INDEX_ONLY) == people[:2]  # so the old key must be given until the end


def test_another_county_keeps_its_indexes(session: Session) -> None:
    for place in (PLACE, OTHER_PLACE):
        make_district(session, place, pupils=0, staff=0)
        register(session, OLD_INDEX, place=place)
    reindex(session, county_of(session), BOTH_INDEXES, DOCUMENT)
    other = county_of(session, OTHER_PLACE)
    assert key_usage(session, other, BOTH_INDEXES, [DOCUMENT]).index == {"a": 5}


def test_one_number_under_two_keys_is_found_when_they_become_one(session: Session) -> None:
    make_district(session, PLACE, pupils=0, staff=0)
    register(session, OLD_INDEX, [101])
    register(session, NEW_INDEX_ONLY, [101])  # without the old key nobody could see the first
    with pytest.raises(AlreadyThere), session.begin_nested():
        reindex(session, county_of(session), BOTH_INDEXES, DOCUMENT)
    index = func.count(Person.document_index.distinct())
    assert session.scalar(select(index)) == 2


def test_nobody_without_a_number_is_touched(session: Session) -> None:
    make_district(session, PLACE, pupils=3, staff=1)
    assert reindex(session, county_of(session), BOTH_INDEXES, DOCUMENT) == 0
    assert rotate_keys(session, county_of(session), BOTH_INDEXES) == 0


# everything


def seal_everywhere(session: Session) -> tuple[list[int], int, int]:
    """Seal something in every column; return the people, a trait with a note, a residence with address."""
    make_district(session, PLACE, pupils=1, staff=0)
    people = register(session, OLD_INDEX)
    pupil_id, _ = person_of(session, Pupil, "qianfeng-s1-P1")
    circumstances = door(session, OLD_INDEX).registry.circumstances
    trait = circumstances.set_trait(pupil_id, TraitRecord(kind=TraitKind.ORPHAN, note="由祖母照看"))
    lived = circumstances.record_residence(pupil_id, ResidenceRecord(area="530921", address="二组1号"))
    return people, trait.id, lived.id


def test_one_rotation_changes_all_keys_and_the_old_ones_may_go(session: Session) -> None:
    people, trait_id, residence_id = seal_everywhere(session)
    county_id = county_of(session)
    assert keys_in_use(session, county_id, BOTH_INDEXES).index == {"a": 10}
    done = batches(lambda: rotate_keys(session, county_id, BOTH_INDEXES, 4))
    assert done == [4, 2, 4, 1, 4, 1]  # six data keys, five documents, five telephones
    usage = keys_in_use(session, county_id, BOTH_INDEXES)
    assert (usage.wrapping, usage.index) == ({"2026": 6}, {"b": 10})
    assert found(session, NEW_INDEX) == people
    circumstances = door(session, NEW_INDEX).registry.circumstances
    assert circumstances.reveal_trait_note(trait_id) == "由祖母照看"
    assert circumstances.reveal_address(residence_id) == "二组1号"


def test_a_rotation_that_was_killed_goes_on_where_it_was(engine: Engine) -> None:
    with Session(engine) as session:
        seal_everywhere(session)
        session.commit()
        county_id = county_of(session)
    for kept in (True, False, True):  # the second batch is lost with its process
        with Session(engine) as session:
            rotate_keys(session, county_id, BOTH_INDEXES, 4)
            if kept:
                session.commit()
    with Session(engine) as session:
        assert keys_in_use(session, county_id, BOTH_INDEXES).wrapping == {"2026": 6}
        assert batches(lambda: rotate_keys(session, county_id, BOTH_INDEXES, 4)) == [4, 1, 4, 1]


def test_a_rotation_needs_every_key_that_is_in_use(session: Session) -> None:
    seal_everywhere(session)
    with pytest.raises(KeyUnknown, match="2025"):
        rotate_keys(session, county_of(session), NEW_INDEX)
