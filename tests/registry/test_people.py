"""People: recorded once, found by any reading of their name, shown masked, revealed on the record."""

from __future__ import annotations

import json
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from tests.registry.people import (
    ANNA,
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
    recording,
    row_of,
    with_card,
)
from xuequ import Actor, District, Holding, Post
from xuequ.core import pinyin
from xuequ.core.errors import ActionNotPermitted, ExtraMissing, Problems
from xuequ.core.journal import FactRow
from xuequ.core.keys import Keys, KeysMissing, SealBroken
from xuequ.core.rotation import key_usage, reindex
from xuequ.registry.errors.people import (
    BornAfter,
    CitizenNumberCheck,
    DocumentContradicts,
    DocumentTaken,
    NothingToReveal,
    PersonUnknown,
    PhoneUnreadable,
    ReasonUnfit,
    SearchUnreadable,
)
from xuequ.registry.models.people import DOCUMENT, SEALED, Person, document_of
from xuequ.registry.models.pupils import Pupil
from xuequ.registry.models.staff import Staff
from xuequ.registry.states.people import PersonField, RoleKind, Sex
from xuequ.standards.codes.people import DocumentKind
from xuequ.testing import make_district
from xuequ.testing.factories import DAY


@pytest.fixture
def door(session: Session) -> District:
    return make_district(session, PLACE, settings=KEYED)


@contextmanager
def counted(session: Session) -> Generator[list[str]]:
    """Collect the statements that are sent."""
    statements: list[str] = []

    def listen(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        statements.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", listen)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", listen)


def names(views: Any) -> list[str]:
    return [view.name for view in views]


def facts(session: Session, name: str) -> list[dict[str, Any]]:
    query = select(FactRow.payload).where(FactRow.name == name).order_by(FactRow.id)
    return [json.loads(text) for text in session.scalars(query)]


def test_a_citizen_number_fills_what_was_left_out(door: District) -> None:
    command = recording(name="杨一", **with_card(123), phone="+86 138-0000-1234")
    (made,) = door.registry.people.record_people([command])
    person = made.person
    assert (person.birth_date, person.sex, person.birth_year) == (date(2010, 1, 1), Sex.MALE, 2010)
    assert (person.document, person.phone) == ("530921************", "138****1234")
    assert made.warnings == () and person.roles == ()
    assert door.registry.people.person(person.id) == person


def test_what_is_worth_a_look_is_said_and_does_not_stop_anybody(door: District) -> None:
    old = recording(name="杨一", document_kind=CARD, document_number="530921850501123")
    (made,) = door.registry.people.record_people([old])
    assert len(made.warnings) == 1 and "15位旧号码" in made.warnings[0]
    assert made.person.birth_date == date(1985, 5, 1)


def test_everything_that_is_wrong_with_a_list_is_said_at_once_and_nothing_is_written(
    door: District,
) -> None:
    record(door, **with_card(123))
    people = [
        recording(name="甲", **with_card(123)),
        recording(name="乙", **with_card(125), sex=Sex.FEMALE, birth_date=date(2010, 1, 2)),
        recording(name="丙", document_kind=CARD, document_number=number(127)[:17] + "?"),
        recording(name="丁", **with_card(129)),
        recording(name="戊", **with_card(129), phone="138"),
    ]
    before = len(door.context.session.scalars(select(Person.id)).all())
    with pytest.raises(Problems) as caught:
        door.registry.people.record_people(people)
    found = [(p.place.row if p.place else 0, type(p.error).__name__) for p in caught.value.problems]
    assert found == [
        (1, "DocumentTaken"),
        (2, "DocumentContradicts"),
        (2, "DocumentContradicts"),
        (3, "CitizenNumberShape"),
        (5, "PhoneUnreadable"),
        (5, "DocumentTaken"),
    ]
    assert "本次第 4 行" in str(caught.value)
    assert len(door.context.session.scalars(select(Person.id)).all()) == before


def test_a_document_is_one_persons_in_the_county_and_another_countys_own_matter(
    door: District, session: Session
) -> None:
    holder = record(door, **with_card())
    with pytest.raises(DocumentTaken) as caught:
        record(door, "杨二", **with_card())
    assert str(holder) in caught.value.holder
    make_district(session, OTHER, settings=KEYED)
    with pytest.raises(DocumentTaken) as caught:
        record(district(session, OTHER), "杨二", **with_card())
    assert str(holder) not in caught.value.holder and "其他学区" in caught.value.holder
    permit = {"document_kind": DocumentKind.RESIDENCE_PERMIT, "document_number": number()}
    with pytest.raises(DocumentTaken):  # a citizen number is one, under whatever document
        record(door, "杨二", **permit)
    make_district(session, "530922/xiaojie", settings=KEYED)
    record(district(session, "530922/xiaojie"), "杨二", **with_card())


def test_a_household_number_is_the_familys(door: District) -> None:
    book = {"document_kind": DocumentKind.HOUSEHOLD_BOOK, "document_number": "凤003215"}
    first, second = record(door, "杨一", **book), record(door, "杨二", **book)
    people = door.registry.people
    assert people.find_by_document(DocumentKind.HOUSEHOLD_BOOK, "凤003215") == []
    assert {people.reveal_document(one, REASON).value for one in (first, second)} == {"凤003215"}


def test_one_number_of_two_kinds_is_two_documents(door: District) -> None:
    first = record(door, "甲", document_kind=DocumentKind.OFFICER, document_number="1234567")
    second = record(door, "乙", document_kind=DocumentKind.SOLDIER, document_number="1234567")
    find = door.registry.people.find_by_document
    assert [view.id for view in find(DocumentKind.OFFICER, " 1234567")] == [first]
    assert [view.id for view in find(DocumentKind.SOLDIER, "１２３４５６７")] == [second]


def test_without_keys_nothing_sensitive_is_stored_and_everything_else_works(
    door: District, session: Session
) -> None:
    known = record(door, "杨一", **with_card(), phone=PHONE)
    keyless = district(session, settings=replace(KEYED, keys=None))
    with pytest.raises(KeysMissing):
        record(keyless, "杨二", phone=PHONE)
    other = record(keyless, "杨二")
    assert keyless.registry.people.person(other).phone is None
    view = keyless.registry.people.person(known)
    assert (view.document, view.phone) == ("******", "******")
    assert names(keyless.registry.people.search("杨")) == ["杨一", "杨二"]
    for act in (lambda: keyless.registry.people.search(PHONE), lambda: record(keyless, **with_card())):
        with pytest.raises(KeysMissing):
            act()


# names


@pytest.mark.parametrize(
    "name", ["𠮷野 家", "阿依古丽·买买提", "𰻞𰻞", "张 三", "O'Brien-李", "ཚེ་རིང", "〇", "李\u200d四", "%_"]
)
def test_names_are_kept_exactly_and_found(door: District, name: str) -> None:
    known = record(door, name)
    assert door.registry.people.person(known).name == name
    assert known in [view.id for view in door.registry.people.search(name)]


@pytest.mark.parametrize("name", ["张\x00三", "张\n三", "张\ud800", "", "　", "张" * 101])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        recording(name=name)


def test_a_name_is_found_with_and_without_blanks_and_points(door: District) -> None:
    record(door, "张 三")
    record(door, "张　三")
    record(door, "阿依古丽·买买提")
    find = door.registry.people.search
    for text in ("张三", "张 三", "张　三", " 张三 "):
        assert len(find(text)) == 2
    for text in ("阿依古丽•买买提", "阿依古丽买买提", "买买提"):
        assert names(find(text)) == ["阿依古丽·买买提"]
    assert find("三张") == []


def test_signs_of_a_pattern_are_only_signs(door: District) -> None:
    record(door, "100%_")
    find = door.registry.people.search
    assert names(find("%_")) == ["100%_"] and find("%%") == [] and find("_一") == []


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("曾小明", "zxm"),
        ("曾小明", "CXM"),
        ("单雄信", "sxx"),
        ("单雄信", "dxx"),
        ("解缙", "xj"),
        ("解缙", "jj"),
        ("仇和", "qh"),
        ("仇和", "ch"),
        ("区寄", "oj"),
        ("区寄", "qj"),
        ("尉迟恭", "yc"),
        ("尉迟恭", "wcg"),
        ("万俟卨", "mqx"),
        ("查良镛", "zly"),
        ("阿依古丽·买买提", "aygl"),
        ("张 三", "zs"),
        ("张三", "ｚｓ"),
        ("𠮷野", "jy"),
        ("Anna Maria", "anna"),
        ("Érica", "er"),
        ("阿卜杜热合曼·阿卜杜克里木·买买提依明·艾力", "abdrhmabdklmmmtym"),
    ],
)
def test_initials_find_a_name_in_any_reading(door: District, name: str, typed: str) -> None:
    known = record(door, name)
    assert known in [view.id for view in door.registry.people.search(typed)]


def test_initials_find_from_the_beginning_only(door: District) -> None:
    record(door, "曾小明")
    find = door.registry.people.search
    assert names(find("z")) == ["曾小明"]
    assert find("xm") == [] and find("zxmx") == [] and find("zm") == []


def test_without_pypinyin_only_the_search_by_initials_is_refused(
    door: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    pinyin.first_letters.cache_clear()
    known = record(door, "曾小明")
    people = door.registry.people
    with pytest.raises(ExtraMissing) as caught:
        people.search("zxm")
    assert caught.value.extra == "pinyin"
    with pytest.raises(ExtraMissing):
        people.spell_names()
    assert names(people.search("小明")) == ["曾小明"]
    people.correct_person(known, correction(name="曾大明"))
    assert row_of(door.context.session, known).initials is None
    monkeypatch.undo()
    assert people.search("zdm") == []
    assert people.spell_names() == 1 and people.spell_names() == 0
    assert names(people.search("zdm")) == ["曾大明"]


def test_whoever_comes_in_by_the_set_up_workbook_is_spelled(door: District, session: Session) -> None:
    assert len(door.registry.people.search("s")) == 10
    assert session.scalars(select(Person.id).where(Person.initials.is_(None))).all() == []
    assert len(door.registry.people.search("sh")) == 0


def test_other_numbers_find_their_bearers(door: District) -> None:
    (found,) = door.registry.people.search("qianfeng-s1-P1")
    assert found.name == "生1" and [role.kind for role in found.roles] == [RoleKind.PUPIL]
    (found,) = door.registry.people.search(" qianfeng-s2-T2 ")
    assert found.name == "师2"
    assert sorted(names(door.registry.people.search("生1"))) == ["生1", "生1"]


@pytest.mark.parametrize("text", ["", " ", "·", "\ud800张", "张\x00"])
def test_nothing_to_search_by_is_said(door: District, text: str) -> None:
    with pytest.raises(SearchUnreadable):
        door.registry.people.search(text)


# numbers


def test_a_whole_number_finds_its_bearer(door: District) -> None:
    anna = record(door, "安娜", document_kind=CARD, document_number=ANNA, phone=PHONE)
    record(door, "安娜的弟弟", phone=PHONE)
    people = door.registry.people
    for text in (ANNA, f" {ANNA.lower()}", f"{ANNA[:6]} {ANNA[6:]}"):
        assert [view.id for view in people.search(text)] == [anna]
    assert [view.id for view in people.find_by_document(CARD, ANNA)] == [anna]
    assert people.search(number(777)) == []
    assert names(people.search("138 0000 1234")) == names(people.find_by_phone(PHONE))
    assert sorted(names(people.find_by_phone("+8613800001234"))) == ["安娜", "安娜的弟弟"]
    with pytest.raises(PhoneUnreadable):
        people.find_by_phone("138")


def test_while_index_keys_change_everybody_is_found(door: District, session: Session) -> None:
    before = record(door, "旧", **with_card(123), phone=PHONE)
    both = Keys(wrapping=OLD | NEW, current="k2", index=OLD | NEW, current_index="k2")
    changing = district(session, settings=replace(KEYED, keys=both))
    after = record(changing, "新", **with_card(125), phone=PHONE)
    find = changing.registry.people.find_by_document
    assert [find(CARD, number(s))[0].id for s in (123, 125)] == [before, after]
    assert len(changing.registry.people.find_by_phone(PHONE)) == 2
    with pytest.raises(DocumentTaken):
        record(changing, "又", **with_card(123))
    county_id = changing.context.scope.county_id
    assert [reindex(session, county_id, both, column) for column in SEALED] == [1, 1]
    assert key_usage(session, county_id, both, SEALED).index == {"k2": 4}
    only = Keys(wrapping=OLD | NEW, current="k2", index=NEW, current_index="k2")
    alone = district(session, settings=replace(KEYED, keys=only)).registry.people
    assert alone.find_by_document(CARD, number(123))[0].id == before


def test_a_ciphertext_that_was_moved_does_not_open(door: District, session: Session) -> None:
    one, other = record(door, "甲", **with_card(123)), record(door, "乙", **with_card(125))
    stolen = row_of(session, one).document_number
    session.execute(update(Person).where(Person.id == other).values(document_number=stolen))
    for act in (
        lambda: door.registry.people.reveal_document(other, REASON),
        lambda: door.registry.people.person(other),
        lambda: door.context.vault.open(DOCUMENT, other, stolen, person_id=one),
    ):
        with pytest.raises(SealBroken):
            act()
    make_district(session, "530922/xiaojie", settings=KEYED)
    elsewhere = district(session, "530922/xiaojie")
    far = record(elsewhere, "丙", **with_card(127))
    session.execute(update(Person).where(Person.id == far).values(document_number=stolen))
    with pytest.raises(SealBroken):
        elsewhere.registry.people.reveal_document(far, REASON)
    assert document_of(door.context.vault.open(DOCUMENT, one, stolen))[1] == number(123)


# corrections


def test_a_correction_changes_what_it_says_and_the_journal_names_only_the_fields(
    door: District, session: Session
) -> None:
    known = record(door, "杨一", **with_card(123), phone=PHONE)
    people = door.registry.people
    made = people.correct_person(known, correction(name="曾一", phone="0883-4212345"))
    assert (made.person.name, made.person.phone) == ("曾一", "088****2345")
    assert names(people.search("cy")) == ["曾一"] and people.find_by_phone(PHONE) == []
    clear = frozenset({PersonField.PHONE, PersonField.DOCUMENT})
    made = people.correct_person(known, correction(clear=clear))
    assert (made.person.phone, made.person.document, made.person.document_kind) == (None, None, None)
    assert made.person.birth_date == date(2010, 1, 1)
    people.correct_person(known, correction(name="曾一", clear=clear))  # nothing left to change
    told = [fact["fields"] for fact in facts(session, "registry.records_corrected")]
    assert told == [["name", "phone"], ["document", "phone"]]


def test_a_correction_may_not_contradict_what_stays(door: District) -> None:
    known = record(door, "杨一", **with_card(123))
    people = door.registry.people
    for wrong in (correction(birth_date=date(2010, 1, 2)), correction(sex=Sex.FEMALE)):
        with pytest.raises(DocumentContradicts):
            people.correct_person(known, wrong)
    with pytest.raises(CitizenNumberCheck):
        bad = number(125)[:17] + "0X"[number(125)[17] == "0"]
        people.correct_person(known, correction(document_kind=CARD, document_number=bad))
    moved = correction(
        birth_date=date(2010, 1, 2), document_kind=CARD, document_number=number(123, "20100102")
    )
    assert people.correct_person(known, moved).person.birth_date == date(2010, 1, 2)
    record(door, "杨二", **with_card(127))
    with pytest.raises(DocumentTaken):
        taken = correction(document_kind=CARD, document_number=number(127))
        people.correct_person(known, taken.model_copy(update={"clear": {PersonField.BIRTH_DATE}}))


def test_a_number_given_later_fills_what_was_never_said(door: District) -> None:
    known = record(door, "杨一")
    command = correction(document_kind=CARD, document_number=number(124))
    person = door.registry.people.correct_person(known, command).person
    assert (person.birth_date, person.sex) == (date(2010, 1, 1), Sex.FEMALE)


def test_nobody_is_born_after_the_first_role(door: District, session: Session) -> None:
    _, person_id = person_of(session, Pupil, "qianfeng-s1-P1")
    with pytest.raises(BornAfter):
        door.registry.people.correct_person(person_id, correction(birth_date=DAY))
    early = correction(birth_date=date(2019, 12, 31))
    assert door.registry.people.correct_person(person_id, early).person.birth_year == 2019


def test_commands_that_say_half_or_both_are_refused_without_their_values() -> None:
    wrongs: list[dict[str, Any]] = [
        {"document_number": ANNA},
        {"document_kind": CARD},
        {"document_kind": CARD, "document_number": ANNA + "\n" + "x" * 60},
        {"phone": PHONE, "clear": {PersonField.PHONE}},
        {"clear": {PersonField.NAME}},
        {"document_kind": "9x", "document_number": ANNA},
        {"birth": ANNA},
    ]
    for wrong in wrongs:
        with pytest.raises(ValidationError) as caught:
            correction(**wrong)
        assert ANNA not in str(caught.value) and PHONE not in str(caught.value)


# revealing


def test_what_is_revealed_stands_in_the_journal_without_its_value(door: District, session: Session) -> None:
    known = record(door, "安娜", document_kind=CARD, document_number=ANNA, phone=PHONE)
    people = door.registry.people
    shown = people.reveal_document(known, " 核对学籍 ")
    assert shown.value == ANNA and ANNA not in repr(shown)
    assert people.reveal_phone(known, "通知家长").value == PHONE
    told = facts(session, "registry.person_revealed")
    assert told == [
        {"person_id": str(known), "field": "document", "reason": "核对学籍"},
        {"person_id": str(known), "field": "phone", "reason": "通知家长"},
    ]
    passport = record(door, "安", document_kind=PASSPORT, document_number="e12345678")
    assert people.reveal_document(passport, REASON).value == "E12345678"


@pytest.mark.parametrize(
    "reason", ["", " ", "给 13800001234 打电话", "核对安娜", "核对 安 娜", "a\nb", "x" * 201, "530921 2010"]
)
def test_a_reason_says_why_and_nothing_personal(door: District, session: Session, reason: str) -> None:
    known = record(door, "安娜", phone=PHONE)
    if reason != "530921 2010":
        with pytest.raises(ReasonUnfit):
            door.registry.people.reveal_phone(known, reason)
    else:
        with pytest.raises(ReasonUnfit):
            door.registry.people.reveal_phone(known, "530921 2010 0101")
    assert facts(session, "registry.person_revealed") == []
    door.registry.people.reveal_phone(known, "凤教发〔2026〕12号")


def test_what_is_not_there_cannot_be_revealed(door: District, session: Session) -> None:
    known = record(door)
    for act in (door.registry.people.reveal_document, door.registry.people.reveal_phone):
        with pytest.raises(NothingToReveal):
            act(known, REASON)
        with pytest.raises(PersonUnknown):
            act(1, REASON)
    assert facts(session, "registry.person_revealed") == []


# who sees whom


def acting(session: Session, *held: Holding) -> District:
    return District(session, PLACE, actor=Actor("T1", held), settings=KEYED)


def test_a_school_head_sees_and_reveals_the_own_schools_people_only(door: District, session: Session) -> None:
    pupil_id, pupil = person_of(session, Pupil, "qianfeng-s1-P1")
    mother = record(door, "母", phone=PHONE)
    make_guardian(session, pupil_id, mother, DAY)
    _, elsewhere = person_of(session, Staff, "qianfeng-s2-T1")
    head = acting(session, Holding(Post.SCHOOL_HEAD, f"{PLACE}/s1")).registry.people
    assert head.person(pupil).name == "生1"
    assert head.reveal_phone(mother, "通知家长").value == PHONE
    for act in (
        lambda: head.person(elsewhere),
        lambda: head.person(record(door, "无身份")),
        lambda: head.search("生"),
    ):
        with pytest.raises(ActionNotPermitted):
            act()
    other_pupil, _ = person_of(session, Pupil, "qianfeng-s2-P1")
    make_guardian(session, other_pupil, mother, DAY)  # a mother of two, at two schools
    both = acting(session, Holding(Post.SCHOOL_HEAD, f"{PLACE}/s2")).registry.people
    assert both.person(mother).id == head.person(mother).id
    teacher = acting(session, Holding(Post.TEACHER, f"{PLACE}/s1")).registry.people
    with pytest.raises(ActionNotPermitted):
        teacher.reveal_phone(mother, "通知家长")


def test_districts_and_counties_do_not_mix(door: District, session: Session) -> None:
    make_district(session, OTHER, settings=KEYED)
    make_district(session, "530922/xiaojie", settings=KEYED)
    far, near, whole = district(session, "530922/xiaojie"), district(session, OTHER), county(session)
    known = record(door, "杨一", **with_card(), phone=PHONE)
    for other in (near, far):
        people = other.registry.people
        assert people.search("杨一") == [] and people.search("yy") == []
        assert people.search(number()) == [] and people.find_by_phone(PHONE) == []
        with pytest.raises(PersonUnknown):
            people.person(known)
        with pytest.raises(PersonUnknown):
            people.correct_person(known, correction(name="杨二"))
        with pytest.raises(PersonUnknown):
            people.reveal_phone(known, REASON)
    assert whole.registry.people.person(known).id == known
    ward, _ = person_of(session, Pupil, "dasi-s1-P1")
    guardian = make_guardian(session, ward, known, DAY)
    assert [role.record_id for role in near.registry.people.person(known).roles] == [guardian]
    with pytest.raises(PersonUnknown):  # it was recorded here, and is somebody there
        door.registry.people.person(known)
    assert far.registry.people.search("杨一") == []


def test_a_district_sees_only_the_roles_that_are_its_own(door: District, session: Session) -> None:
    make_district(session, OTHER, settings=KEYED)
    staff, person_id = person_of(session, Staff, "qianfeng-s1-T1")
    ward, _ = person_of(session, Pupil, "dasi-s1-P1")
    guardian = make_guardian(session, ward, person_id, DAY)
    seen = {
        place: [(role.kind, role.record_id) for role in shown.registry.people.person(person_id).roles]
        for place, shown in (("here", door), ("there", district(session, OTHER)), ("county", county(session)))
    }
    assert seen["here"] == [(RoleKind.STAFF, staff)]
    assert seen["there"] == [(RoleKind.GUARDIAN, guardian)]
    assert sorted(seen["county"]) == sorted(seen["here"] + seen["there"])
    (role,) = door.registry.people.person(person_id).roles
    assert (role.number, role.school, role.since, role.until) == ("qianfeng-s1-T1", "s1", DAY, None)


def test_a_list_costs_the_same_statements_however_long(door: District, session: Session) -> None:
    people = [recording(name=f"杨{n}", **with_card(n * 2 + 1), phone=PHONE) for n in range(40)]
    with counted(session) as statements:
        door.registry.people.record_people(people)
    assert len(statements) <= 12
    with counted(session) as statements:
        assert len(district(session).registry.people.search("杨")) == 40
    assert len(statements) <= 8
