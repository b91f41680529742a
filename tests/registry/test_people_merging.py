"""One person recorded twice becomes one, nothing is lost, and it can be taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import Engine, select, text, update
from sqlalchemy.orm import Session

from tests.registry.people import (
    CARD,
    KEYED,
    NEW,
    OLD,
    OTHER,
    PASSPORT,
    PHONE,
    PLACE,
    REASON,
    correction,
    county,
    district,
    make_guardian,
    number,
    person_of,
    record,
    row_of,
    with_card,
)
from tests.registry.test_service import statements_of
from xuequ import District
from xuequ.core.data_keys import DataKey
from xuequ.core.errors import Problems, XuequError
from xuequ.core.journal import FactRow
from xuequ.core.keys import DataKeyGone, Keys, KeysMissing
from xuequ.embed import metadata, run_data_checks
from xuequ.registry.errors.people import (
    DocumentTaken,
    MergeContradicts,
    MergedWithOneself,
    MergeOverlaid,
    MergeUnknown,
    OwnGuardian,
    PersonElsewhere,
    PersonForgotten,
    PersonMerged,
    PersonUnknown,
    ReasonUnfit,
    RoleOpen,
    RolesOverlap,
)
from xuequ.registry.models.circumstances import Guardian
from xuequ.registry.models.people import DOCUMENT, PERSON, Person
from xuequ.registry.models.pupils import Enrolment, Pupil, PupilStatus
from xuequ.registry.models.staff import Employment, Placement, Staff
from xuequ.registry.repository.merging import POINTERS
from xuequ.registry.schemas.circumstances import ResidenceRecord, TraitRecord
from xuequ.registry.states.circumstances import TraitKind
from xuequ.registry.states.people import PersonField, Sex
from xuequ.testing import make_district
from xuequ.testing.factories import DAY

LATER = date(2027, 2, 1)
TWICE = "重复登记"


@pytest.fixture
def door(session: Session) -> District:
    return make_district(session, PLACE, settings=KEYED)


def end_school(session: Session, pupil_id: int, day: date = LATER) -> None:
    """End what a pupil is in."""
    for model in (Enrolment, PupilStatus):
        session.execute(update(model).where(model.pupil_id == pupil_id).values(until=day))


def begin_school(session: Session, pupil_id: int, day: date = LATER) -> None:
    for model in (Enrolment, PupilStatus):
        session.execute(update(model).where(model.pupil_id == pupil_id).values(since=day))


def two_pupils(session: Session) -> tuple[int, int]:
    """Return the persons of two pupil records that follow each other and are one child's."""
    (first, kept), (second, duplicate) = (
        person_of(session, Pupil, f"qianfeng-{school}-P1") for school in ("s1", "s2")
    )
    end_school(session, first)
    begin_school(session, second)
    return kept, duplicate


def everything(session: Session) -> dict[str, list[Any]]:
    """Return every row of the registry but the log of merges."""
    tables = [t for t in metadata().sorted_tables if t.name.startswith("xq_registry_")]
    return {
        table.name: list(session.execute(table.select().order_by(*table.primary_key.columns)))
        for table in tables
        if not table.name.startswith("xq_registry_person_merge")
    }


def problems_of(act: Callable[[], Any]) -> list[XuequError]:
    with pytest.raises(XuequError) as caught:
        act()
    error = caught.value
    return [p.error for p in error.problems] if isinstance(error, Problems) else [error]


def test_every_column_that_points_to_a_person_is_declared() -> None:
    pointing = {
        (table.name, key.column_keys[-1])
        for table in metadata().sorted_tables
        for key in table.foreign_key_constraints
        if key.referred_table.name == PERSON
        and table.name.startswith("xq_registry_")  # other parts keep whom they point to: see flows
        and not table.name.startswith("xq_registry_person_merge")
    }
    assert {(pointer.table.name, pointer.column) for pointer in POINTERS} == pointing
    assert [pointer.table.name for pointer in POINTERS] == sorted(name for name, _ in pointing)


def test_the_kept_one_gets_the_roles_and_the_old_row_leads_to_it(door: District, session: Session) -> None:
    kept, duplicate = two_pupils(session)
    session.execute(update(Person).where(Person.id.in_((kept, duplicate))).values(name="张三"))
    people = door.registry.people
    merge_id = people.merge_people(kept, duplicate, TWICE)
    view = people.person(duplicate)
    assert view.id == kept and view == people.person(kept)
    assert [(role.number, role.since, role.until) for role in view.roles] == [
        ("qianfeng-s1-P1", DAY, LATER),
        ("qianfeng-s2-P1", LATER, None),
    ]
    assert [found.id for found in people.search("张三")] == [kept]
    assert row_of(session, duplicate).merged_into_id == kept
    (told,) = people.merges_of(duplicate)
    assert (told.id, told.kept_id, told.merged_id, told.rows) == (merge_id, kept, duplicate, 1)
    assert people.merges_of(kept) == [told]
    second, _ = person_of(session, Pupil, "qianfeng-s2-P1")
    assert door.registry.pupil(second).name == "张三"


def test_what_the_kept_one_lacks_is_taken_over_and_stays_sealed(door: District, session: Session) -> None:
    kept = record(door, "杨一")
    duplicate = record(door, "杨 一", **with_card(123), phone=PHONE)
    people = door.registry.people
    people.merge_people(kept, duplicate, TWICE)
    view = people.person(kept)
    assert (view.birth_date, view.sex, view.phone) == (date(2010, 1, 1), Sex.MALE, "138****1234")
    assert people.reveal_document(duplicate, REASON).value == number(123)
    assert row_of(session, kept).document_number != row_of(session, duplicate).document_number
    assert [found.id for found in people.find_by_document(CARD, number(123))] == [kept]
    assert [found.id for found in people.find_by_phone(PHONE)] == [kept]
    with pytest.raises(DocumentTaken) as caught:
        record(door, "杨二", **with_card(123))
    assert str(kept) in caught.value.holder


def test_undoing_gives_back_exactly_what_was_there(door: District, session: Session) -> None:
    kept, duplicate = two_pupils(session)
    pupil_id, _ = person_of(session, Pupil, "qianfeng-s1-P2")
    make_guardian(session, pupil_id, duplicate, DAY)
    session.execute(update(Person).where(Person.id == kept).values(birth_date=None, sex="9"))
    people = door.registry.people
    named = correction(document_kind=PASSPORT, document_number="E12345678", phone=PHONE)
    people.correct_person(duplicate, named)
    before = everything(session)
    merge_id = people.merge_people(kept, duplicate, TWICE)
    assert everything(session) != before
    people.undo_merge(merge_id, "核实为两人")
    assert everything(session) == before
    with pytest.raises(MergeUnknown):
        people.undo_merge(merge_id, "核实为两人")
    again = people.merge_people(duplicate, kept, TWICE)  # and the other way round
    assert people.person(kept).id == duplicate
    people.undo_merge(again, "核实为两人")
    assert everything(session) == before
    names = session.scalars(select(FactRow.name).where(FactRow.name.like("registry.%merge%")))
    assert sorted(names) == ["registry.merge_undone"] * 2 + ["registry.people_merged"] * 2


def test_what_is_sealed_of_a_pupil_opens_after_a_merge_and_after_its_undoing(
    door: District, session: Session
) -> None:
    """A note and an address open with the key of the person, who is another one after a merge."""
    kept, duplicate = two_pupils(session)
    pupil_id, _ = person_of(session, Pupil, "qianfeng-s2-P1")
    begin_school(session, pupil_id, DAY)  # for the door's clock; the merge sees them one after the other
    circumstances = door.registry.circumstances
    trait = circumstances.set_trait(pupil_id, TraitRecord(kind=TraitKind.ORPHAN, note="说明一"))
    home = circumstances.record_residence(pupil_id, ResidenceRecord(area="530921", address="某村"))
    begin_school(session, pupil_id)

    def opened() -> tuple[str, str]:
        return circumstances.reveal_trait_note(trait.id), circumstances.reveal_address(home.id)

    assert opened() == ("说明一", "某村")
    merge = door.registry.people.merge_people(kept, duplicate, TWICE)
    assert opened() == ("说明一", "某村")
    door.registry.people.undo_merge(merge, TWICE)
    assert opened() == ("说明一", "某村")


def test_merges_end_at_the_last_kept_one_and_are_undone_from_the_last(
    door: District, session: Session
) -> None:
    first, second, third = (record(door, "杨一") for _ in range(3))
    pupil_id, _ = person_of(session, Pupil, "qianfeng-s1-P1")
    guardian = make_guardian(session, pupil_id, third, DAY)
    people = door.registry.people
    before = everything(session)
    one = people.merge_people(second, third, TWICE)
    two = people.merge_people(first, second, TWICE)
    assert row_of(session, third).merged_into_id == first
    assert {people.person(each).id for each in (first, second, third)} == {first}
    assert session.scalar(select(Guardian.person_id).where(Guardian.id == guardian)) == first
    with pytest.raises(MergeOverlaid) as caught:
        people.undo_merge(one, "核实为两人")
    assert "xq_registry_guardian" in caught.value.what
    people.undo_merge(two, "核实为两人")
    people.undo_merge(one, "核实为两人")
    assert everything(session) == before


def test_what_was_corrected_since_is_not_undone_blindly(door: District, session: Session) -> None:
    kept, duplicate = record(door, "杨一"), record(door, "杨一", birth_date=date(1990, 1, 1), phone=PHONE)
    people = door.registry.people
    merge_id = people.merge_people(kept, duplicate, TWICE)
    people.correct_person(duplicate, correction(birth_date=date(1991, 1, 1), phone="0883-4212345"))
    assert row_of(session, kept).birth_date == date(1991, 1, 1)
    with pytest.raises(MergeOverlaid) as caught:
        people.undo_merge(merge_id, "核实为两人")
    assert caught.value.what == "birth_date、phone"
    people.correct_person(kept, correction(birth_date=date(1990, 1, 1), phone=PHONE))
    people.undo_merge(merge_id, "核实为两人")


# what is refused


def test_contradictions_are_for_a_person_to_decide_and_all_are_named(door: District) -> None:
    one = record(door, "杨一", **with_card(123))
    other = record(door, "杨二", document_kind=CARD, document_number=number(124, "20100102"))
    people = door.registry.people
    found = problems_of(lambda: people.merge_people(one, other, f"重复 {number(123)}"))
    assert [type(error) for error in found] == [ReasonUnfit] + [MergeContradicts] * 4
    fields = [error.field for error in found if isinstance(error, MergeContradicts)]
    assert fields == ["姓名", "性别", "出生日期", "身份证件"]
    people.correct_person(other, correction(clear=frozenset({PersonField.DOCUMENT})))
    decided = correction(name="杨一", sex=Sex.MALE, birth_date=date(2010, 1, 1))
    people.correct_person(other, decided)
    people.merge_people(one, other, TWICE)


def test_one_pupil_is_not_in_two_classes(door: District, session: Session) -> None:
    (first, kept), (_, duplicate) = (
        person_of(session, Pupil, f"qianfeng-{school}-P1") for school in ("s1", "s2")
    )
    found = problems_of(lambda: door.registry.people.merge_people(kept, duplicate, TWICE))
    assert [(type(error), error.facts()["role"]) for error in found] == [
        (RolesOverlap, "在读"),
        (RolesOverlap, "学籍"),
    ]
    end_school(session, first, date(2026, 10, 1))  # still a month in two classes
    assert len(problems_of(lambda: door.registry.people.merge_people(kept, duplicate, TWICE))) == 2
    assert row_of(session, duplicate).merged_into_id is None


def test_one_teacher_has_one_school_at_a_time(door: District, session: Session) -> None:
    (first, kept), (second, duplicate) = (person_of(session, Staff, f"qianfeng-s1-T{n}") for n in (1, 2))
    session.execute(update(Person).where(Person.id.in_((kept, duplicate))).values(name="师"))
    found = problems_of(lambda: door.registry.people.merge_people(kept, duplicate, TWICE))
    assert {error.facts()["role"] for error in found} == {"任职", "在校工作"}
    for model in (Employment, Placement):
        session.execute(update(model).where(model.staff_id == first).values(until=LATER))
        session.execute(update(model).where(model.staff_id == second).values(since=LATER))
    door.registry.people.merge_people(kept, duplicate, TWICE)
    assert len(door.registry.people.person(kept).roles) == 2


def test_guardians_of_one_pupil_may_not_overlap_and_nobody_is_the_own_guardian(
    door: District, session: Session
) -> None:
    pupil_id, child = person_of(session, Pupil, "qianfeng-s1-P1")
    sibling, _ = person_of(session, Pupil, "qianfeng-s1-P2")
    one, other = record(door, "母"), record(door, "母")
    people = door.registry.people
    make_guardian(session, pupil_id, one, DAY)
    make_guardian(session, sibling, other, DAY)  # of two children at once, as mothers are
    make_guardian(session, pupil_id, other, LATER)
    found = problems_of(lambda: people.merge_people(one, other, TWICE))
    assert [(type(error), error.facts()["role"]) for error in found] == [(RolesOverlap, "监护")]
    session.execute(update(Guardian).where(Guardian.since == DAY).values(until=LATER))
    people.merge_people(one, other, TWICE)
    session.execute(update(Person).where(Person.id == one).values(name="生1"))
    (found_one,) = problems_of(lambda: people.merge_people(child, one, TWICE))
    assert isinstance(found_one, OwnGuardian)


def test_rows_that_cannot_be_merged_are_named(door: District, session: Session) -> None:
    one, other, third = (record(door, "杨一") for _ in range(3))
    people = door.registry.people
    with pytest.raises(MergedWithOneself):
        people.merge_people(one, one, TWICE)
    people.merge_people(one, other, TWICE)
    found = problems_of(lambda: people.merge_people(other, 1, TWICE))
    assert [type(error) for error in found] == [PersonMerged, PersonUnknown]
    people.forget_person(third, "保存期满")
    with pytest.raises(PersonForgotten):
        people.merge_people(one, third, TWICE)
    with pytest.raises(MergeUnknown):
        people.undo_merge(1, TWICE)
    with pytest.raises(PersonUnknown):
        people.merges_of(1)


def test_without_keys_what_is_sealed_cannot_be_taken_over(door: District, session: Session) -> None:
    kept, duplicate = record(door, "杨一"), record(door, "杨一", phone=PHONE)
    keyless = district(session, settings=replace(KEYED, keys=None)).registry.people
    with pytest.raises(KeysMissing):
        keyless.merge_people(kept, duplicate, TWICE)
    assert row_of(session, duplicate).merged_into_id is None
    keyless.merge_people(duplicate, kept, TWICE)  # which takes over nothing


def test_only_the_county_merges_across_districts(door: District, session: Session) -> None:
    make_district(session, OTHER, settings=KEYED)
    near, whole = district(session, OTHER), county(session)
    _, teacher = person_of(session, Staff, "qianfeng-s1-T1")
    _, same = person_of(session, Pupil, "dasi-s1-P1")
    session.execute(update(Person).where(Person.id == same).values(name="师1", sex="2", birth_date=None))
    for shown in (door, near):
        with pytest.raises(PersonUnknown):
            shown.registry.people.merge_people(teacher, same, TWICE)
    merge_id = whole.registry.people.merge_people(teacher, same, TWICE)
    assert door.registry.people.person(same).id == near.registry.people.person(same).id == teacher
    for shown in (door, near):
        with pytest.raises(PersonElsewhere):
            shown.registry.people.undo_merge(merge_id, TWICE)
        with pytest.raises(PersonElsewhere):
            shown.registry.people.merge_people(teacher, record(shown, "师1"), TWICE)
        with pytest.raises(PersonElsewhere):
            shown.registry.people.forget_person(teacher, "保存期满")
    whole.registry.people.undo_merge(merge_id, TWICE)
    with pytest.raises(PersonUnknown):
        door.registry.people.person(same)


# candidates


def test_who_may_be_one_is_found(door: District, session: Session) -> None:
    born = date(1990, 1, 1)
    one, other = record(door, "张 三", birth_date=born), record(door, "张三", birth_date=born)
    record(door, "张三", birth_date=date(1991, 1, 1))
    mothers = [record(door, "李四", phone=PHONE) for _ in range(2)]
    record(door, "李五", phone=PHONE)
    assert record(door, "王五") != record(door, "王五")  # one name alone is nothing
    found = [
        (view.why, {person.id for person in view.people}) for view in door.registry.people.merge_candidates()
    ]
    assert [item for item in found if item[1] & {one, other, *mothers}] == [
        ("姓名和出生日期相同", {one, other}),
        ("姓名和联系电话相同", {*mothers}),
    ]
    assert len(found) == 2 + 5  # and those of one name in the two schools of a made district
    door.registry.people.merge_people(one, other, TWICE)
    door.registry.people.merge_people(mothers[0], mothers[1], TWICE)
    left = [view for view in door.registry.people.merge_candidates() if one in [p.id for p in view.people]]
    assert left == []


def test_candidates_take_the_same_number_of_statements_however_many_they_are(
    door: District, session: Session
) -> None:
    counts: list[int] = []
    for days in (range(1, 2), range(2, 21)):
        for day in days:
            for _ in range(2):
                record(door, "张三", birth_date=date(1990, 1, day), phone=PHONE)
        door.registry.people.merge_candidates()
        counts.append(statements_of(session, door.registry.people.merge_candidates))
    assert counts[0] == counts[1]


def test_one_document_under_two_index_keys_is_found_and_merged(door: District, session: Session) -> None:
    before = record(door, "杨一", **with_card(123))
    only = Keys(wrapping=OLD | NEW, current="k2", index=NEW, current_index="k2")
    after = record(district(session, settings=replace(KEYED, keys=only)), "杨一", **with_card(123))
    both = Keys(wrapping=OLD | NEW, current="k2", index=OLD | NEW, current_index="k2")
    people = district(session, settings=replace(KEYED, keys=both)).registry.people
    found = [view for view in people.merge_candidates() if view.why == "身份证件相同"]
    assert [{person.id for person in view.people} for view in found] == [{before, after}]
    people.merge_people(after, before, TWICE)
    assert [view.why for view in people.merge_candidates() if view.why == "身份证件相同"] == []


# forgetting


def test_of_who_is_forgotten_only_statistics_are_left(door: District, session: Session) -> None:
    kept, duplicate = record(door, "安娜", **with_card(124)), record(door, "安娜", phone=PHONE)
    people = door.registry.people
    people.merge_people(kept, duplicate, TWICE)
    sealed = row_of(session, kept).document_number
    people.forget_person(duplicate, "保存期满，县档字〔2026〕3号")
    view = people.person(kept)
    assert (view.sex, view.birth_year, view.birth_date) == (Sex.FEMALE, 2010, None)
    assert (view.document, view.phone, view.name, view.forgotten_on) == (None, None, "（已注销）", DAY)
    rows = [row_of(session, each) for each in (kept, duplicate)]
    for row in rows:
        assert "安娜" not in str(row) and row.initials is None
        assert not any(isinstance(value, bytes) for value in row)
    assert session.scalars(select(DataKey.id).where(DataKey.id.in_((kept, duplicate)))).all() == []
    with pytest.raises(DataKeyGone):
        district(session).context.vault.open(DOCUMENT, kept, sealed)
    assert people.search("安娜") == [] and people.search(number(124)) == []
    for act in (
        lambda: people.forget_person(kept, "保存期满"),
        lambda: people.correct_person(kept, correction(name="安娜")),
        lambda: people.reveal_phone(kept, REASON),
        lambda: people.undo_merge(people.merges_of(kept)[0].id, TWICE),
    ):
        with pytest.raises(PersonForgotten):
            act()
    record(door, "安娜", **with_card(124))  # who comes back is recorded anew


def test_nobody_is_forgotten_while_a_role_is_open(door: District, session: Session) -> None:
    pupil_id, child = person_of(session, Pupil, "qianfeng-s1-P1")
    mother = record(door, "母", phone=PHONE)
    guardian = make_guardian(session, pupil_id, mother, DAY)
    people = door.registry.people
    assert [type(e) for e in problems_of(lambda: people.forget_person(mother, "保存期满"))] == [RoleOpen]
    assert len(problems_of(lambda: people.forget_person(child, "保存期满"))) == 2
    end_school(session, pupil_id)  # which is still to come
    assert len(problems_of(lambda: people.forget_person(child, "保存期满"))) == 2
    session.execute(text("DELETE FROM xq_registry_guardian WHERE id = :id"), {"id": guardian})
    people.forget_person(mother, "保存期满")
    with pytest.raises(ReasonUnfit):
        people.forget_person(record(door), "")


def test_a_destroyed_data_key_is_not_left_in_the_file(url: str, engine: Engine) -> None:
    with Session(engine) as session:
        door = make_district(session, PLACE, settings=KEYED)
        known = record(door, "安娜", phone=PHONE)
        wrapped = session.scalar(select(DataKey.wrapped).where(DataKey.id == known))
        session.commit()
        assert wrapped is not None and (engine.dialect.name != "sqlite" or wrapped in file_of(engine))
        door.registry.people.forget_person(known, "保存期满")
        session.commit()
        assert session.scalar(select(DataKey.id).where(DataKey.id == known)) is None
    if engine.dialect.name == "sqlite":
        assert wrapped not in file_of(engine)


def file_of(engine: Engine) -> bytes:
    """Return what stands in a SQLite file after a checkpoint."""
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    path = Path(engine.url.database or "")
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


# checks and races


def test_the_data_checks_find_roles_of_merged_rows_and_unspelled_names(
    door: District, session: Session
) -> None:
    kept, duplicate = record(door, "杨一"), record(door, "杨一")
    door.registry.people.merge_people(kept, duplicate, TWICE)
    pupil_id, _ = person_of(session, Pupil, "qianfeng-s1-P1")
    codes = ("registry.roles_are_of_kept_people", "registry.names_are_spelled")

    def found() -> list[list[int]]:
        return [
            [f.row_id for f in run_data_checks(session, PLACE, only=code)[0].findings or ()] for code in codes
        ]

    assert found() == [[], []]
    guardian = make_guardian(session, pupil_id, duplicate, DAY)
    session.execute(update(Person).where(Person.id == kept).values(initials=None))
    assert found() == [[guardian], [kept]]


def run_both(engine: Engine, *acts: Callable[[District], Any]) -> list[str]:
    """Run acts at once, each on a Session of its own; return what became of them."""
    outcomes: list[str] = []
    barrier = Barrier(len(acts))

    def run(act: Callable[[District], Any]) -> None:
        with Session(engine) as session:
            door = district(session)
            barrier.wait()
            try:
                act(door)
                session.commit()
                outcomes.append("done")
            except XuequError as error:
                session.rollback()
                outcomes.append(error.code)

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_racing_writers_get_one_effect_and_one_clear_refusal(engine: Engine) -> None:
    with Session(engine) as session:
        door = make_district(session, PLACE, settings=KEYED)
        one, other, third, fourth = (record(door, "杨一") for _ in range(4))
        session.commit()
    taken = ["done", "registry.document_taken"]
    card = correction(document_kind=CARD, document_number=number(125))

    def record_one(door: District) -> None:
        record(door, "杨二", **with_card(123))

    def correcting(person_id: int) -> Callable[[District], Any]:
        return lambda door: door.registry.people.correct_person(person_id, card)

    def merging(keep: int, duplicate: int) -> Callable[[District], Any]:
        return lambda door: door.registry.people.merge_people(keep, duplicate, TWICE)

    assert run_both(engine, record_one, record_one) == taken
    assert run_both(engine, correcting(third), correcting(fourth)) == taken
    merged_once = run_both(engine, merging(one, other), merging(other, one))
    assert merged_once == ["done", "registry.person_merged"]
    with Session(engine) as session:
        merged = session.scalars(select(Person.merged_into_id).where(Person.id.in_((one, other)))).all()
        assert sorted(into is None for into in merged) == [False, True]


def test_a_correction_that_waited_for_a_merge_goes_to_the_kept_one(engine: Engine) -> None:
    with Session(engine) as session:
        door = make_district(session, PLACE, settings=KEYED)
        kept, duplicate = record(door, "杨一"), record(door, "杨一")
        session.commit()
    with Session(engine) as merging:
        district(merging).registry.people.merge_people(kept, duplicate, TWICE)
        outcome: list[int] = []

        def correct() -> None:
            with Session(engine) as session:
                made = district(session).registry.people.correct_person(duplicate, correction(name="杨二"))
                session.commit()
                outcome.append(made.person.id)

        waiting = Thread(target=correct)
        waiting.start()
        waiting.join(0.5)
        merging.commit()
        waiting.join()
    assert outcome == [kept]
    with Session(engine) as session:
        assert (row_of(session, kept).name, row_of(session, duplicate).name) == ("杨二", "杨一")


def test_the_journal_says_what_was_merged_and_why(door: District, session: Session) -> None:
    kept, duplicate = record(door, "杨一"), record(door, "杨一")
    merge_id = door.registry.people.merge_people(kept, duplicate, f" {TWICE} ")
    told = session.scalar(select(FactRow.payload).where(FactRow.name == "registry.people_merged"))
    assert json.loads(told or "") == {
        "merge_id": str(merge_id),
        "kept_id": str(kept),
        "merged_id": str(duplicate),
        "reason": TWICE,
    }
