"""Verbs for many at once: all or none, and in as few statements as for few."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.registry.booking import taken
from tests.registry.people import number
from tests.registry.roster import DASI, FIRST, QIANFENG, door_on, make_county_of_two, pupil_ids
from tests.support import statements
from xuequ.core.errors import Problems, RowTwice, SpanBackwards
from xuequ.core.journal import FactRow
from xuequ.core.plan import Outcome
from xuequ.district import District
from xuequ.registry.errors.circumstances import (
    AreaCodeWrong,
    GuardianIsPupil,
    GuardianKnown,
    GuardianPersonUnknown,
    GuardianUnknown,
    ResidenceBackwards,
)
from xuequ.registry.errors.people import (
    DocumentContradicts,
    DocumentTaken,
    PersonForgotten,
    PersonUnknown,
    PhoneUnreadable,
)
from xuequ.registry.errors.pupils import PupilUnknown
from xuequ.registry.schemas.books.circumstances import GuardianLine, ResidenceLine
from xuequ.registry.schemas.books.people import IdentityRow
from xuequ.registry.schemas.circumstances import GuardianRow, GuardianshipEnd, ResidenceRow
from xuequ.registry.schemas.people import PersonCorrectionRow, PersonRecording
from xuequ.registry.states.circumstances import ResidenceKind
from xuequ.registry.states.people import NumberedRole, Sex
from xuequ.registry.templates import CIRCUMSTANCES, PEOPLE
from xuequ.standards.codes.people import DocumentKind, Relation
from xuequ.testing import make_district

OCTOBER, NOVEMBER, TODAY = date(2026, 10, 12), date(2026, 11, 9), date(2026, 12, 7)
CARD = DocumentKind.IDENTITY_CARD


@pytest.fixture
def door(session: Session) -> District:
    make_county_of_two(session, pupils=3)
    return door_on(session, TODAY)


def told(door: District, name: str) -> list[dict[str, Any]]:
    """Return the payloads of the facts of a name, in their order."""
    query = select(FactRow.payload).where(FactRow.name == f"registry.{name}").order_by(FactRow.id)
    return [json.loads(payload) for payload in door.context.session.scalars(query)]


def wrong(act: Any, *arguments: Any) -> list[tuple[type[Exception], int | None]]:
    """Return what an act is refused for, with the number of each row."""
    with pytest.raises(Problems) as caught:
        act(*arguments)
    return [(type(p.error), p.place.row if p.place else None) for p in caught.value.problems]


# corrections


def recorded(door: District, *names: str, **more: Any) -> list[int]:
    made = door.registry.people.record_people([PersonRecording(name=name, **more) for name in names])
    return [int(one.person.id) for one in made]


def corrected(person_id: int, **values: Any) -> PersonCorrectionRow:
    return PersonCorrectionRow(person_id=person_id, **values)


def card(sequence: int, born: str = "20100101") -> dict[str, Any]:
    return {"document_kind": CARD, "document_number": SecretStr(number(sequence, born))}


def test_people_are_corrected_together_and_one_fact_tells_of_the_same_fields(door: District) -> None:
    one, two, three, four = recorded(door, "甲", "乙", "丙", "丁")
    rows = [
        corrected(one, phone=SecretStr("13800001234")),
        corrected(two, name="乙乙", **card(123)),
        corrected(three, phone=SecretStr("13800005678")),
        corrected(four, name="丁"),
    ]
    door.registry.people.correct_people(rows)
    people = [door.registry.people.person(who) for who in (one, two, three, four)]
    assert [view.name for view in people] == ["甲", "乙乙", "丙", "丁"]
    assert [view.phone is not None for view in people] == [True, False, True, False]
    assert (people[1].birth_date, people[1].sex) == (date(2010, 1, 1), Sex.MALE)
    first, second = told(door, "records_corrected")
    assert (first["record_ids"], first["fields"]) == ([str(one), str(three)], ["phone"])
    assert (second["record_ids"], sorted(second["fields"])) == (
        [str(two)],
        ["birth_date", "document", "name", "sex"],
    )


def test_every_correction_that_is_refused_is_named_and_none_is_made(door: District) -> None:
    one, two, three, four, gone = recorded(door, "甲", "乙", "丙", "丁", "戊")
    door.registry.people.correct_person(four, corrected(four, **card(125)))
    door.registry.people.forget_person(gone, "保存期满")
    rows = [
        corrected(one, **card(123)),
        corrected(two, **card(123)),
        corrected(three, **card(125)),
        corrected(four, birth_date=date(2010, 1, 2)),
        corrected(1, name="某"),
        corrected(gone, name="某"),
        corrected(one, name="甲甲"),
        corrected(recorded(door, "己")[0], phone=SecretStr("123")),
    ]
    assert sorted(wrong(door.registry.people.correct_people, rows), key=lambda one: one[1] or 0) == [
        (DocumentTaken, 2),
        (DocumentTaken, 3),
        (DocumentContradicts, 4),
        (PersonUnknown, 5),
        (PersonForgotten, 6),
        (RowTwice, 7),
        (PhoneUnreadable, 8),
    ]
    assert door.registry.people.person(one).document is None


def test_a_merged_row_and_the_kept_one_are_the_same_person_twice(door: District) -> None:
    kept, duplicate = recorded(door, "甲", "甲")
    door.registry.people.merge_people(kept, duplicate, "重复登记")
    rows = [corrected(duplicate, name="乙"), corrected(kept, name="丙")]
    assert wrong(door.registry.people.correct_people, rows) == [(RowTwice, 2)]
    door.registry.people.correct_people(rows[:1])
    assert door.registry.people.person(kept).name == "乙"


# guardians


def guardian(pupil: int, name: str | None = "李梅", since: date = FIRST, **more: Any) -> GuardianRow:
    said: dict[str, Any] = {"relation": Relation.MOTHER, "sex": Sex.FEMALE} | more
    return GuardianRow(pupil_id=pupil, name=name, since=since, **said)


def primaries(door: District, pupil: int) -> list[str]:
    views = door.registry.circumstances.guardians_of(pupil)
    return [view.name for view in views if view.is_primary]


def test_guardians_of_many_pupils_are_recorded_and_one_person_is_made_for_one_description(
    door: District,
) -> None:
    one, two, three = pupil_ids(door)
    far = pupil_ids(door, "s2")[0]
    born: dict[str, Any] = {"birth_date": date(1990, 3, 3)}
    views = door.registry.circumstances.record_guardians(
        [
            guardian(one, **born, is_primary=True),
            guardian(two, **born, is_primary=True),
            guardian(three, until=OCTOBER, is_primary=True),
            guardian(three, since=OCTOBER),
            guardian(far, "王强", relation=Relation.FATHER),
        ]
    )
    people = [view.person_id for view in views]
    assert people[0] == people[1]
    assert len(set(people)) == 4, "without a birthday nobody is found"
    assert primaries(door, one) == primaries(door, two) == ["李梅"]
    assert [len(fact["guardian_ids"]) for fact in told(door, "guardians_recorded")] == [4, 1]


def test_of_two_new_primary_contacts_the_later_one_is_it(door: District) -> None:
    (one, *_) = pupil_ids(door)
    rows = [guardian(one, is_primary=True), guardian(one, "王强", OCTOBER, is_primary=True)]
    door.registry.circumstances.record_guardians(rows)
    assert primaries(door, one) == ["王强"]


def test_who_was_the_primary_contact_once_does_not_unseat_who_is(door: District) -> None:
    (one, *_) = pupil_ids(door)
    door.registry.circumstances.record_guardians([guardian(one, since=OCTOBER, is_primary=True)])
    past = guardian(one, "王强", until=OCTOBER, is_primary=True)
    door.registry.circumstances.record_guardians([past])
    assert primaries(door, one) == ["李梅"]


def test_an_earlier_time_as_guardian_is_recorded_after_the_present_one(door: District) -> None:
    (one, *_) = pupil_ids(door)
    born: dict[str, Any] = {"birth_date": date(1990, 3, 3)}
    door.registry.circumstances.record_guardians([guardian(one, since=NOVEMBER, **born)])
    door.registry.circumstances.record_guardians([guardian(one, until=OCTOBER, **born)])
    assert len(door.registry.circumstances.guardians_of(one, FIRST)) == 1
    overlapping = [guardian(one, since=OCTOBER, **born), guardian(one, since=FIRST, until=NOVEMBER, **born)]
    assert wrong(door.registry.circumstances.record_guardians, overlapping) == [
        (GuardianKnown, 1),
        (GuardianKnown, 2),
    ]


def test_every_guardian_that_is_refused_is_named_and_none_is_recorded(door: District) -> None:
    one, two, _ = pupil_ids(door)
    (child,) = door.registry.people.search("qianfeng-s1-P1")
    rows = [
        guardian(one, None, person_id=child.id),
        guardian(one, None, person_id=1),
        guardian(two, since=OCTOBER, until=OCTOBER),
        guardian(two),
    ]
    assert wrong(door.registry.circumstances.record_guardians, rows) == [
        (GuardianPersonUnknown, 2),
        (GuardianIsPupil, 1),
        (SpanBackwards, 3),
    ]
    assert door.registry.circumstances.guardians_of(two) == []


def test_guardianships_end_and_primary_contacts_are_chosen_together(door: District) -> None:
    circumstances = door.registry.circumstances
    one, two, _ = pupil_ids(door)
    rows = [guardian(who, name, is_primary=name == "李梅") for who in (one, two) for name in ("李梅", "王强")]
    mother, father, other, second = [view.id for view in circumstances.record_guardians(rows)]
    circumstances.choose_primaries([father, other])
    assert (primaries(door, one), primaries(door, two)) == (["王强"], ["李梅"])
    (chosen,) = told(door, "primary_contacts_chosen")
    assert chosen["guardian_ids"] == [str(father)], "the other one was it already"
    ends = [GuardianshipEnd(guardian_id=who, on=NOVEMBER) for who in (mother, second)]
    circumstances.end_guardianships(ends)
    assert [view.name for who in (one, two) for view in circumstances.guardians_of(who)] == ["王强", "李梅"]
    again = [*ends, GuardianshipEnd(guardian_id=father, on=FIRST), GuardianshipEnd(guardian_id=1, on=TODAY)]
    assert wrong(circumstances.end_guardianships, again) == [
        (GuardianUnknown, 1),
        (GuardianUnknown, 2),
        (SpanBackwards, 3),
        (GuardianUnknown, 4),
    ]
    assert wrong(circumstances.choose_primaries, [mother, second]) == [
        (GuardianUnknown, 1),
        (GuardianUnknown, 2),
    ]


# residences


def home(pupil: int, area: str = "530921", since: date = FIRST, **more: Any) -> ResidenceRow:
    return ResidenceRow(pupil_id=pupil, area=area, since=since, **more)


def test_residences_of_many_pupils_follow_on_each_other_and_those_of_one_day_give_way(door: District) -> None:
    circumstances = door.registry.circumstances
    one, two, _ = pupil_ids(door)
    far = pupil_ids(door, "s2")[0]
    circumstances.record_residences([home(one), home(two, "530922")])
    circumstances.record_residences(
        [
            home(one, "530922", address="一组1号"),
            home(one, "530923", OCTOBER, address="二组2号"),
            home(one, "530924", OCTOBER),
            home(one, "530921", kind=ResidenceKind.HUKOU),
            home(two, "530921", NOVEMBER),
            home(far),
        ]
    )
    found = [(v.kind.name, v.area, v.since, v.until, v.has_address) for v in circumstances.residences_of(one)]
    assert sorted(found) == [
        ("ACTUAL", "530922", FIRST, OCTOBER, True),
        ("ACTUAL", "530924", OCTOBER, None, False),
        ("HUKOU", "530921", FIRST, None, False),
    ]
    assert [view.until for view in circumstances.residences_of(two)] == [NOVEMBER, None]
    assert [len(fact["residence_ids"]) for fact in told(door, "residences_recorded")] == [2, 4, 1]
    first = next(view for view in circumstances.residences_of(one) if view.has_address)
    assert circumstances.reveal_address(first.id) == "一组1号"


def test_every_residence_that_is_refused_is_named_and_none_is_recorded(door: District) -> None:
    one, two, _ = pupil_ids(door)
    rows = [home(one, since=OCTOBER), home(one), home(two, "凤庆"), home(two)]
    found = wrong(door.registry.circumstances.record_residences, rows)
    assert found == [(ResidenceBackwards, 2), (AreaCodeWrong, 3)]
    assert door.registry.circumstances.residences_of(two) == []


def test_pupils_of_another_district_are_unknown_to_all_of_them(door: District, session: Session) -> None:
    (far, *_) = pupil_ids(door_on(session, TODAY, DASI))
    with pytest.raises(PupilUnknown):
        door.registry.circumstances.record_guardians([guardian(far)])
    with pytest.raises(PupilUnknown):
        door.registry.circumstances.record_residences([home(far)])


# statements


def book_of(count: int, start: int, **sealed: Any) -> dict[str, Any]:
    """Return rows of people, guardians and residences of some pupils."""
    numbers = [f"qianfeng-s1-P{n}" for n in range(start, start + count)]
    phones = [SecretStr(f"138{n:08}") for n in range(start, start + count)]
    return {
        "people": [
            IdentityRow(role=NumberedRole.PUPIL, number=no, phone=phone)
            for no, phone in zip(numbers, phones, strict=True)
        ],
        "guardians": [
            GuardianLine(
                pupil_no=no,
                guardian=f"家长{no[-3:]}",
                relation=Relation.MOTHER,
                sex=Sex.FEMALE,
                birth_date=date(1990, 3, 3),
                phone=phone,
                is_primary=True,
                since=FIRST,
                **sealed,
            )
            for no, phone in zip(numbers, phones, strict=True)
        ],
        "residences": [
            ResidenceLine(
                pupil_no=no,
                kind=ResidenceKind.ACTUAL,
                area="530921",
                since=FIRST,
                address=SecretStr(f"{phone.get_secret_value()}号"),
            )
            for no, phone in zip(numbers, phones, strict=True)
        ],
    }


def sent(door: District, count: int, start: int) -> list[int]:
    """Take in new rows and then changed ones; return how many statements each file sends."""
    session, counted = door.context.session, list[int]()
    for rows in (book_of(count, start), changed(book_of(count, start))):
        for template, sheets in ((PEOPLE, ("people",)), (CIRCUMSTANCES, ("guardians", "residences"))):
            with statements(session) as seen:
                plan = taken(door, template, **{sheet: rows[sheet] for sheet in sheets})
            assert plan.count(Outcome.ADDED) + plan.count(Outcome.CHANGED) == count * len(sheets)
            counted.append(len(seen))
    return counted


def changed(rows: dict[str, Any]) -> dict[str, Any]:
    """Let every row say something new: another telephone, an end, another address."""
    phone, end = SecretStr("13900000000"), {"until": OCTOBER}
    return {
        "people": [row.model_copy(update={"phone": phone}) for row in rows["people"]],
        "guardians": [row.model_copy(update={"phone": phone, **end}) for row in rows["guardians"]],
        "residences": [row.model_copy(update={"area": "530922"}) for row in rows["residences"]],
    }


def test_a_file_of_many_rows_sends_as_many_statements_as_one_of_few(session: Session) -> None:
    make_district(session, QIANFENG, schools=1, pupils=460, staff=1)
    door = door_on(session, TODAY)
    sent(door, 5, 1)
    few, many = sent(door, 10, 10), sent(door, 200, 30)
    assert all(abs(a - b) <= 2 for a, b in zip(few, many, strict=True)), (few, many)
    assert max(many) < 60
