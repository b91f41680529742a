"""Pupils' circumstances: traits by date, guardians, residence, and what only `reveal_…` reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.registry.roster import DASI, FIRST, QIANFENG, door_on, keyless, make_county_of_two, pupil_ids
from tests.registry.test_service import counted
from xuequ import Actor, Holding, Post
from xuequ.core.errors import ActionNotPermitted, Problems, SpanBackwards
from xuequ.core.journal import FactRow
from xuequ.core.keys import KeysMissing
from xuequ.district import District
from xuequ.registry.errors.circumstances import (
    AreaCodeWrong,
    GuardianIsPupil,
    GuardianKnown,
    GuardianPersonUnknown,
    GuardianUnknown,
    NothingSealed,
    ResidenceBackwards,
    TraitDetailWrong,
    TraitKnown,
    TraitUnknown,
)
from xuequ.registry.errors.people import PersonForgotten
from xuequ.registry.errors.pupils import PupilUnknown
from xuequ.registry.models.circumstances import PupilTrait, Residence
from xuequ.registry.models.people import Person
from xuequ.registry.models.pupils import Pupil
from xuequ.registry.schemas.circumstances import GuardianRecord, ResidenceRecord, TraitRecord, TraitRow
from xuequ.registry.schemas.people import PersonRecording
from xuequ.registry.states.circumstances import ResidenceKind, TraitDetail, TraitKind
from xuequ.registry.states.people import Sex
from xuequ.standards.codes.people import Relation

OCTOBER, NOVEMBER, TODAY = date(2026, 10, 12), date(2026, 11, 9), date(2026, 12, 7)
K, D = TraitKind, TraitDetail
MOTHER = GuardianRecord(
    relation=Relation.MOTHER, name="李某", sex=Sex.FEMALE, birth_date=date(1995, 3, 3), is_primary=True
)


@pytest.fixture
def door(session: Session) -> District:
    make_county_of_two(session)
    return door_on(session, TODAY)


@pytest.fixture
def pupil(door: District) -> int:
    return pupil_ids(door)[0]


def held(door: District, pupil_id: int, on: date) -> list[tuple[TraitKind, TraitDetail | None]]:
    return [(t.kind, t.detail) for t in door.registry.pupils.pupil_as_of(pupil_id, on).traits]


# traits


def test_a_trait_holds_from_its_day_until_it_ends(door: District, pupil: int) -> None:
    circumstances = door.registry.circumstances
    circumstances.set_trait(pupil, TraitRecord(kind=K.BOARDER), OCTOBER)
    circumstances.end_trait(pupil, K.BOARDER, NOVEMBER)
    days = (OCTOBER - timedelta(days=1), OCTOBER, NOVEMBER - timedelta(days=1), NOVEMBER)
    assert [held(door, pupil, on) for on in days] == [[], [(K.BOARDER, None)], [(K.BOARDER, None)], []]
    with pytest.raises(TraitUnknown):
        circumstances.end_trait(pupil, K.ORPHAN, NOVEMBER)


def test_another_detail_ends_the_one_before(door: District, pupil: int) -> None:
    circumstances = door.registry.circumstances
    both, one = (TraitRecord(kind=K.LEFT_BEHIND, detail=d) for d in (D.BOTH_PARENTS_AWAY, D.ONE_PARENT_AWAY))
    circumstances.set_trait(pupil, both, OCTOBER)
    with pytest.raises(TraitKnown):
        circumstances.set_trait(pupil, both, NOVEMBER)
    circumstances.set_trait(pupil, one, NOVEMBER)
    spans = [(t.detail, t.since, t.until) for t in circumstances.traits_of(pupil)]
    assert spans == [(D.BOTH_PARENTS_AWAY, OCTOBER, NOVEMBER), (D.ONE_PARENT_AWAY, NOVEMBER, None)]
    with pytest.raises(TraitKnown):
        circumstances.set_trait(pupil, both, OCTOBER)
    circumstances.set_trait(pupil, both, NOVEMBER)  # corrected on its own day
    assert [t.detail for t in circumstances.traits_of(pupil)] == [D.BOTH_PARENTS_AWAY] * 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": K.SPECIAL_NEEDS},
        {"kind": K.SPECIAL_NEEDS, "detail": D.FROM_PROVINCE},
        {"kind": K.ORPHAN, "detail": D.VISION},
    ],
)
def test_a_detail_belongs_to_its_kind(door: District, pupil: int, wrong: dict[str, Any]) -> None:
    with pytest.raises(TraitDetailWrong):
        door.registry.circumstances.set_trait(pupil, TraitRecord(**wrong))


def test_a_note_is_sealed_and_revealing_it_is_journalled(door: District, pupil: int) -> None:
    circumstances, session = door.registry.circumstances, door.context.session
    record = TraitRecord(kind=K.SPECIAL_NEEDS, detail=D.HEARING, note="双耳中度，坐前排")
    view = circumstances.set_trait(pupil, record, OCTOBER)
    assert view.has_note and "坐前排" not in repr(record) + repr(view) + view.model_dump_json()
    stored = session.scalars(select(PupilTrait.note)).one()
    assert stored is not None and "坐前排".encode() not in stored
    assert circumstances.reveal_trait_note(view.id) == "双耳中度，坐前排"
    fact = session.execute(select(FactRow.name, FactRow.payload).order_by(FactRow.id.desc()).limit(1)).one()
    assert fact.name == "registry.trait_note_revealed" and "坐前排" not in fact.payload
    longer = TraitRecord(kind=K.SPECIAL_NEEDS, detail=D.HEARING, note="配助听器")
    assert circumstances.set_trait(pupil, longer, NOVEMBER).id == view.id
    assert circumstances.reveal_trait_note(view.id) == "配助听器"


def test_of_a_pupil_who_was_forgotten_notes_and_addresses_show_as_destroyed(
    door: District, pupil: int, session: Session
) -> None:
    registry, circumstances = door.registry, door.registry.circumstances
    noted = TraitRecord(kind=K.SPECIAL_NEEDS, detail=D.HEARING, note="坐前排")
    trait = circumstances.set_trait(pupil, noted, OCTOBER)
    plain = circumstances.set_trait(pupil, TraitRecord(kind=K.ORPHAN), OCTOBER)
    lived = circumstances.record_residence(pupil, ResidenceRecord(area="530921", address="二组1号"), OCTOBER)
    assert (trait.note_destroyed, lived.address_destroyed) == (False, False)
    registry.pupils.leave_abroad(pupil, NOVEMBER)
    person_id = session.scalars(select(Pupil.person_id).where(Pupil.id == pupil)).one()
    registry.people.forget_person(person_id, "保存期满")
    seen = {view.id: (view.has_note, view.note_destroyed) for view in circumstances.traits_of(pupil)}
    assert seen == {trait.id: (False, True), plain.id: (False, False)}
    (view,) = circumstances.residences_of(pupil)
    assert (view.area, view.has_address, view.address_destroyed) == ("530921", False, True)
    assert registry.pupils.pupil_as_of(pupil, OCTOBER).name == "（已注销）"
    with pytest.raises(PersonForgotten, match="已按期销毁"):
        circumstances.reveal_trait_note(trait.id)
    with pytest.raises(PersonForgotten, match="已按期销毁"):
        circumstances.reveal_address(lived.id)
    with pytest.raises(NothingSealed):
        circumstances.reveal_trait_note(plain.id)


def test_a_note_can_be_read_after_its_pupil_was_merged_with_somebody_and_parted_again(
    door: District, pupil: int, session: Session
) -> None:
    people, circumstances = door.registry.people, door.registry.circumstances
    noted = TraitRecord(kind=K.SPECIAL_NEEDS, detail=D.HEARING, note="坐前排")
    trait = circumstances.set_trait(pupil, noted, OCTOBER)
    lived = circumstances.record_residence(pupil, ResidenceRecord(area="530921", address="二组1号"), OCTOBER)
    own = session.scalars(select(Pupil.person_id).where(Pupil.id == pupil)).one()
    person = session.scalars(select(Person).where(Person.id == own)).one()
    named = PersonRecording(name=person.name, sex=Sex(person.sex), phone=SecretStr("13800001234"))
    other = people.record_people([named])[0].person.id  # who has a data key of their own
    merge_id = people.merge_people(other, own, "重复登记")
    assert session.scalars(select(Pupil.person_id).where(Pupil.id == pupil)).one() == other
    for _ in range(2):
        assert circumstances.reveal_trait_note(trait.id) == "坐前排"
        assert circumstances.reveal_address(lived.id) == "二组1号"
        if merge_id:
            people.undo_merge(merge_id, "并非一人")
            merge_id = 0


def test_nothing_sensitive_is_stored_without_keys(door: District, pupil: int) -> None:
    circumstances = keyless(door).registry.circumstances
    with pytest.raises(KeysMissing):
        circumstances.set_trait(pupil, TraitRecord(kind=K.ORPHAN, note="x"))
    circumstances.set_trait(pupil, TraitRecord(kind=K.ORPHAN))
    with pytest.raises(NothingSealed):
        circumstances.reveal_trait_note(circumstances.traits_of(pupil)[0].id)


def rows(*numbers: int, on: date = OCTOBER, **more: Any) -> list[TraitRow]:
    values: dict[str, Any] = {"kind": K.LEFT_BEHIND, "detail": D.BOTH_PARENTS_AWAY} | more
    return [TraitRow(pupil_no=f"qianfeng-s1-P{n}", on=on, **values) for n in numbers]


def test_a_list_sets_many_and_the_same_list_again_changes_nothing(door: District, pupil: int) -> None:
    circumstances, session = door.registry.circumstances, door.context.session
    assert circumstances.record_traits("s1", rows(1, 2)) == 2
    facts = session.scalar(select(func.count()).select_from(FactRow))
    assert circumstances.record_traits("s1", rows(1, 2)) == 0
    assert session.scalar(select(func.count()).select_from(FactRow)) == facts
    ended = rows(1, on=NOVEMBER, holds=False, detail=None)
    assert circumstances.record_traits("s1", ended) == 1
    assert circumstances.record_traits("s1", ended) == 0
    roll = door.registry.pupils.school_roll("s1", OCTOBER)
    assert [(t.kind, t.detail, t.pupils) for t in roll.traits] == [(K.LEFT_BEHIND, D.BOTH_PARENTS_AWAY, 2)]
    assert [t.pupils for t in door.registry.pupils.rolls(NOVEMBER)[0].traits] == [1]


def test_what_ends_on_its_first_day_never_was(door: District, pupil: int) -> None:
    circumstances = door.registry.circumstances
    circumstances.record_traits("s1", [*rows(1), *rows(1, holds=False)])
    circumstances.set_trait(pupil, TraitRecord(kind=K.BOARDER), OCTOBER)
    circumstances.end_trait(pupil, K.BOARDER, OCTOBER)
    assert circumstances.traits_of(pupil) == []


def test_a_list_with_a_problem_changes_nothing_and_names_its_rows(door: District, pupil: int) -> None:
    circumstances = door.registry.circumstances
    wrong = [
        *rows(1),
        *rows(2, detail=None),
        *rows(9),
        TraitRow(pupil_no="qianfeng-s2-P1", kind=K.ORPHAN, on=OCTOBER),
        TraitRow(pupil_no="qianfeng-s1-P2", kind=K.ORPHAN, on=OCTOBER, holds=False),
    ]
    with pytest.raises(Problems) as caught:
        circumstances.record_traits("s1", wrong)
    found = [(p.place.row, p.error.code.split(".")[1]) for p in caught.value.problems if p.place]
    assert found == [
        (2, "trait_detail_wrong"),
        (3, "pupil_unknown"),
        (4, "not_of_school"),
        (5, "trait_unknown"),
    ]
    assert circumstances.traits_of(pupil) == []


def test_a_list_takes_as_many_statements_for_many_rows_as_for_few(session: Session) -> None:
    make_county_of_two(session, pupils=200)
    circumstances = door_on(session, TODAY).registry.circumstances
    circumstances.record_traits("s1", rows(1))
    sent: list[int] = []
    for numbers in (range(2, 4), range(4, 201)):
        with counted(session) as statements:
            circumstances.record_traits("s1", rows(*numbers))
        sent.append(len(statements))
    assert sent[0] == sent[1] <= 11


# guardians


def test_a_guardian_is_made_once_and_found_again_for_the_next_child(door: District) -> None:
    circumstances, session = door.registry.circumstances, door.context.session
    first, second = pupil_ids(door)
    people = session.scalar(select(func.count()).select_from(Person))
    one = circumstances.add_guardian(first, MOTHER, OCTOBER)
    two = circumstances.add_guardian(second, MOTHER, OCTOBER)
    assert one.person_id == two.person_id and one.is_primary
    assert session.scalar(select(func.count()).select_from(Person)) == (people or 0) + 1
    known = GuardianRecord(relation=Relation.MOTHER, person_id=one.person_id)
    with pytest.raises(GuardianKnown):
        circumstances.add_guardian(first, known, NOVEMBER)
    circumstances.end_guardianship(one.id, NOVEMBER)
    assert circumstances.add_guardian(first, known, NOVEMBER).id != one.id


def test_two_people_of_one_name_and_birthday_are_not_taken_for_each_other(door: District) -> None:
    circumstances, session = door.registry.circumstances, door.context.session
    pupil, county_id = pupil_ids(door)[0], door.context.scope.county_id
    born = {"name": MOTHER.name, "sex": Sex.FEMALE.code, "birth_date": MOTHER.birth_date}
    twins = [Person(county_id=county_id, **born) for _ in range(2)]
    session.add_all(twins)
    session.flush()
    made = circumstances.add_guardian(pupil, MOTHER)
    assert made.person_id not in {person.id for person in twins}
    unborn = GuardianRecord(relation=Relation.FATHER, name="李某")
    assert circumstances.add_guardian(pupil, unborn).person_id not in {made.person_id}


def test_one_guardian_is_the_primary_contact(door: District, pupil: int) -> None:
    circumstances = door.registry.circumstances
    mother = circumstances.add_guardian(pupil, MOTHER, OCTOBER)
    record = GuardianRecord(relation=Relation.GRANDFATHER, name="爷", is_primary=True)
    grandfather = circumstances.add_guardian(pupil, record, OCTOBER)

    def primary() -> list[int]:
        return [g.id for g in circumstances.guardians_of(pupil) if g.is_primary]

    assert primary() == [grandfather.id]
    assert circumstances.choose_primary(mother.id).is_primary
    assert circumstances.choose_primary(mother.id).is_primary
    assert primary() == [mother.id]
    circumstances.end_guardianship(mother.id, NOVEMBER)
    assert [g.name for g in circumstances.guardians_of(pupil, OCTOBER)] == ["李某", "爷"]
    assert [g.name for g in circumstances.guardians_of(pupil)] == ["爷"]


def test_guardians_that_cannot_be_are_refused(door: District, pupil: int) -> None:
    circumstances, session = door.registry.circumstances, door.context.session
    own = session.scalars(select(Pupil.person_id).where(Pupil.id == pupil)).one()
    for person_id, error in ((own, GuardianIsPupil), (1, GuardianPersonUnknown)):
        with pytest.raises(error):
            circumstances.add_guardian(pupil, GuardianRecord(relation=Relation.FATHER, person_id=person_id))
    guardian = circumstances.add_guardian(pupil, MOTHER, OCTOBER)
    with pytest.raises(SpanBackwards):
        circumstances.end_guardianship(guardian.id, OCTOBER)
    circumstances.end_guardianship(guardian.id, NOVEMBER)
    for act in (circumstances.end_guardianship, circumstances.choose_primary):
        for unknown in (guardian.id, 1):
            with pytest.raises(GuardianUnknown):
                act(unknown)
    both: dict[str, Any] = {"name": "甲", "person_id": 1}
    neither: dict[str, Any] = {}
    for values in (both, neither):
        with pytest.raises(ValidationError):
            GuardianRecord(relation=Relation.FATHER, **values)


# residence


def test_where_a_pupil_is_registered_and_lives_is_known_for_any_day(door: District, pupil: int) -> None:
    circumstances = door.registry.circumstances
    hukou = ResidenceRecord(kind=ResidenceKind.HUKOU, area="530921")
    circumstances.record_residence(pupil, hukou, FIRST)
    circumstances.record_residence(pupil, ResidenceRecord(area="530921100200"), FIRST)
    circumstances.record_residence(pupil, ResidenceRecord(area="530921100201"), OCTOBER)
    circumstances.record_residence(pupil, ResidenceRecord(area="530921100202"), OCTOBER)
    seen = [door.registry.pupils.pupil_as_of(pupil, on) for on in (FIRST, OCTOBER)]
    assert [(s.hukou_area, s.residence_area) for s in seen] == [
        ("530921", "530921100200"),
        ("530921", "530921100202"),
    ]
    assert len(circumstances.residences_of(pupil)) == 3
    with pytest.raises(ResidenceBackwards):
        circumstances.record_residence(pupil, ResidenceRecord(area="530921"), FIRST)
    for area in ("53092", "凤庆县", "05309210", "５３０９２１"):
        with pytest.raises(AreaCodeWrong):
            circumstances.record_residence(pupil, ResidenceRecord(area=area))


def test_an_address_is_sealed_and_revealing_it_is_journalled(door: District, pupil: int) -> None:
    circumstances, session = door.registry.circumstances, door.context.session
    record = ResidenceRecord(area="530921100200", address="群星村二组12号")
    view = circumstances.record_residence(pupil, record, OCTOBER)
    assert view.has_address and "二组" not in repr(record)
    stored = session.scalars(select(Residence.address)).one()
    assert stored is not None and "二组".encode() not in stored
    assert circumstances.reveal_address(view.id) == "群星村二组12号"
    last = session.scalar(select(FactRow.name).order_by(FactRow.id.desc()).limit(1))
    assert last == "registry.address_revealed"
    plain = circumstances.record_residence(pupil, ResidenceRecord(area="530921"), NOVEMBER)
    for unknown in (plain.id, 1):
        with pytest.raises(NothingSealed):
            circumstances.reveal_address(unknown)


# whose they are


def test_what_is_a_pupils_own_is_seen_and_written_at_the_own_school_only(door: District, pupil: int) -> None:
    session = door.context.session
    mine = door.registry.circumstances
    trait = mine.set_trait(pupil, TraitRecord(kind=K.ORPHAN, note="密"), OCTOBER)
    guardian = mine.add_guardian(pupil, MOTHER, OCTOBER)
    home = mine.record_residence(pupil, ResidenceRecord(area="530921", address="密"), OCTOBER)
    head = Actor("T1", (Holding(Post.SCHOOL_HEAD, f"{QIANFENG}/s2"),))
    other = door_on(session, TODAY, actor=head).registry.circumstances
    teacher = Actor("T2", (Holding(Post.TEACHER, f"{QIANFENG}/s1"),))
    own = door_on(session, TODAY, actor=teacher).registry.circumstances
    assert own.traits_of(pupil) and own.guardians_of(pupil)
    acts: list[Callable[[], object]] = [
        lambda: other.traits_of(pupil),
        lambda: other.set_trait(pupil, TraitRecord(kind=K.BOARDER)),
        lambda: other.choose_primary(guardian.id),
        lambda: other.reveal_trait_note(trait.id),
        lambda: other.reveal_address(home.id),
        lambda: other.record_traits("s1", rows(1)),
        lambda: own.reveal_trait_note(trait.id),
        lambda: own.add_guardian(pupil, MOTHER),
    ]
    for act in acts:
        with pytest.raises(ActionNotPermitted):
            act()
    elsewhere = door_on(session, TODAY, DASI).registry.circumstances
    for unknown, error in (
        (lambda: elsewhere.traits_of(pupil), PupilUnknown),
        (lambda: elsewhere.set_trait(pupil, TraitRecord(kind=K.BOARDER)), PupilUnknown),
        (lambda: elsewhere.end_guardianship(guardian.id), GuardianUnknown),
        (lambda: elsewhere.reveal_trait_note(trait.id), NothingSealed),
    ):
        with pytest.raises(error):
            unknown()
