"""The workbook of pupils' circumstances: traits, guardians, residences."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.registry.booking import exported, named, outcomes, planned, taken
from tests.registry.people import number, recording
from tests.registry.roster import DASI, FIRST, door_on, make_county_of_two, pupil_ids
from tests.registry.test_service import counted
from xuequ.core.errors import ColumnFixed, Problems
from xuequ.core.journal import FactRow
from xuequ.core.plan import Decision, Outcome
from xuequ.district import District
from xuequ.registry.errors.people import DocumentTaken, NameDiffers
from xuequ.registry.models.people import Person
from xuequ.registry.schemas.books.circumstances import GuardianLine, ResidenceLine, TraitLine
from xuequ.registry.schemas.circumstances import ResidenceRecord, TraitRecord
from xuequ.registry.states.circumstances import ResidenceKind, TraitDetail, TraitKind
from xuequ.registry.states.people import Sex
from xuequ.registry.templates import CIRCUMSTANCES
from xuequ.standards.codes.people import DocumentKind, Relation
from xuequ.testing import make_district

K, D, R = TraitKind, TraitDetail, ResidenceKind
OCTOBER, NOVEMBER, TODAY = date(2026, 10, 12), date(2026, 11, 9), date(2026, 12, 7)
MOTHER = {"document_number": number(126, "19950303"), "phone": "13800001234"}


@pytest.fixture
def door(session: Session) -> District:
    make_county_of_two(session)
    return door_on(session, TODAY)


def no(pupil: int, school: str = "s1") -> str:
    return f"qianfeng-{school}-P{pupil}"


def trait(pupil: int, kind: TraitKind, since: date = FIRST, **more: Any) -> TraitLine:
    return TraitLine(pupil_no=no(pupil), kind=kind, since=since, **more)


def guardian(pupil: int, name: str, relation: Any = Relation.MOTHER, **more: Any) -> GuardianLine:
    said: dict[str, Any] = {"pupil_no": no(pupil), "guardian": name, "relation": relation, "since": FIRST}
    return GuardianLine(**said | more)


def home(
    pupil: int, area: str, since: date = FIRST, kind: ResidenceKind = R.ACTUAL, **more: Any
) -> ResidenceLine:
    return ResidenceLine(pupil_no=no(pupil), kind=kind, area=area, since=since, **more)


SHEETS: dict[str, Any] = {
    "traits": (
        trait(1, K.LEFT_BEHIND, detail=D.BOTH_PARENTS_AWAY, until=OCTOBER),
        trait(1, K.LEFT_BEHIND, NOVEMBER, detail=D.ONE_PARENT_AWAY),
        trait(2, K.BOARDER, name="生2"),
        TraitLine(pupil_no=no(1, "s2"), kind=K.ORPHAN, since=OCTOBER),
    ),
    "guardians": (
        guardian(1, "李梅", is_primary=True, sex=Sex.FEMALE, **MOTHER),
        guardian(1, "王强", Relation.FATHER, is_primary=False, until=NOVEMBER),
        guardian(2, "李梅", is_primary=True, **MOTHER),
        guardian(2, "张秀英", Relation.GRANDMOTHER, since=OCTOBER, birth_date=date(1960, 1, 1)),
    ),
    "residences": (
        home(1, "530921100200", address="凤山镇某村一组12号"),
        home(1, "530921100201", OCTOBER, address="凤山镇某村三组5号"),
        home(1, "530921", kind=R.HUKOU),
        home(2, "530921", name="生2"),
    ),
}


def primary(door: District, pupil: int) -> list[str]:
    views = door.registry.circumstances.guardians_of(pupil_ids(door)[pupil - 1])
    return [view.name for view in views if view.is_primary]


def test_a_file_of_all_three_sheets_is_taken_once(door: District) -> None:
    assert outcomes(taken(door, CIRCUMSTANCES, **SHEETS)) == {Outcome.ADDED: 12}
    assert outcomes(taken(door, CIRCUMSTANCES, **SHEETS)) == {Outcome.UNCHANGED: 12}


def test_an_export_of_the_whole_history_reads_back_and_hides_what_is_sensitive(door: District) -> None:
    taken(door, CIRCUMSTANCES, **SHEETS)
    book = exported(door, CIRCUMSTANCES)
    assert outcomes(door.registry.books.plan(book)) == {Outcome.UNCHANGED: 12}
    lines = [cast(GuardianLine, row.command) for row in book.rows["guardians"]]
    shown = {line.document_number.get_secret_value() for line in lines if line.document_number}
    assert shown == {"530921" + "*" * 12}
    assert {line.phone for line in lines} == {None}
    assert {cast(ResidenceLine, row.command).address for row in book.rows["residences"]} == {None}
    assert len(exported(door, CIRCUMSTANCES, "s2").rows["traits"]) == 1


def test_an_export_of_the_history_sets_up_another_county(door: District, session: Session) -> None:
    without = [line for line in SHEETS["guardians"] if line.phone is None]
    sheets: dict[str, Any] = {**SHEETS, "guardians": without}
    taken(door, CIRCUMSTANCES, **sheets)
    make_district(session, "530922/qianfeng")
    other = door_on(session, TODAY, "530922/qianfeng")
    rows: dict[str, Any] = {
        name: tuple(row.command for row in reversed(some))
        for name, some in exported(door, CIRCUMSTANCES).rows.items()
    }
    assert outcomes(taken(other, CIRCUMSTANCES, **rows)) == {Outcome.ADDED: 10}
    assert outcomes(planned(other, CIRCUMSTANCES, **rows)) == {Outcome.UNCHANGED: 10}


def test_siblings_have_one_mother_who_is_known_by_her_document(door: District, session: Session) -> None:
    taken(door, CIRCUMSTANCES, guardians=SHEETS["guardians"])
    mothers = select(func.count()).select_from(Person).where(Person.name == "李梅")
    assert session.scalar(mothers) == 1
    assert primary(door, 1) == primary(door, 2) == ["李梅"]
    (view,) = door.registry.people.find_by_document(DocumentKind.IDENTITY_CARD, number(126, "19950303"))
    assert (view.sex, view.birth_date) == (Sex.FEMALE, date(1995, 3, 3))
    assert view.phone is not None


def test_somebody_known_without_a_document_is_completed_and_not_doubled(door: District) -> None:
    (known,) = door.registry.people.record_people(
        [recording(name="李梅", sex=Sex.FEMALE, birth_date=date(1995, 3, 3))]
    )
    taken(door, CIRCUMSTANCES, guardians=[guardian(1, "李梅", **MOTHER)])
    (found,) = door.registry.people.search("李梅")
    assert found.id == known.person.id
    assert found.document == "530921" + "*" * 12


def test_a_document_of_somebody_of_another_name_is_refused(door: District) -> None:
    taken(door, CIRCUMSTANCES, guardians=[guardian(1, "李梅", **MOTHER)])
    (problem,) = planned(door, CIRCUMSTANCES, guardians=[guardian(2, "李兰", **MOTHER)]).problems
    assert isinstance(problem.error, NameDiffers)


def test_a_pupil_has_one_primary_contact(door: District) -> None:
    taken(door, CIRCUMSTANCES, guardians=SHEETS["guardians"])
    father = guardian(1, "王强", Relation.FATHER, since=TODAY, is_primary=True)
    taken(door, CIRCUMSTANCES, guardians=[father])
    assert primary(door, 1) == ["王强"]
    both = [guardian(2, "李梅", is_primary=True), guardian(2, "王强", is_primary=True)]
    assert named(planned(door, CIRCUMSTANCES, guardians=both)) == [
        ("监护人", 3, "主要联系人", "registry.primary_twice")
    ]


def test_who_was_a_guardian_before_the_rows_day_is_not_one_twice(door: District) -> None:
    taken(door, CIRCUMSTANCES, guardians=[guardian(1, "李梅")])
    later = guardian(1, "李 梅", since=NOVEMBER, until=TODAY)
    assert outcomes(taken(door, CIRCUMSTANCES, guardians=[later])) == {Outcome.CHANGED: 1}
    assert door.registry.circumstances.guardians_of(pupil_ids(door)[0], TODAY) == []


def test_every_bad_row_is_named(door: District) -> None:
    done = planned(
        door,
        CIRCUMSTANCES,
        traits=[
            trait(1, K.LEFT_BEHIND),
            trait(9, K.BOARDER),
            trait(1, K.BOARDER, name="别人"),
            trait(2, K.BOARDER),
        ],
        guardians=[
            guardian(1, "李梅", document_number="530921199503031" + "23X"),
            guardian(1, "王强", Relation.FATHER, document_number="530921************"),
            guardian(2, "张秀英", Relation.GRANDMOTHER, phone="一二三"),
            guardian(2, "赵某", Relation.NO_KIN, until=FIRST),
        ],
        residences=[home(1, "凤庆县"), home(2, "530921", OCTOBER), home(2, "530921")],
    )
    assert sorted(named(done)) == sorted(
        [
            ("特殊情况", 2, "细类", "registry.trait_detail_wrong"),
            ("特殊情况", 3, "学号", "registry.pupil_unknown"),
            ("特殊情况", 4, "姓名", "registry.name_differs"),
            ("监护人", 2, "证件号码", "registry.citizen_number_check"),
            ("监护人", 3, "证件号码", "registry.document_masked"),
            ("监护人", 4, "联系电话", "registry.phone_unreadable"),
            ("监护人", 5, "终止日期", "core.span_backwards"),
            ("住址", 2, "区划代码", "registry.area_code_wrong"),
        ]
    )
    with pytest.raises(Problems):
        taken(door, CIRCUMSTANCES, traits=[trait(2, K.BOARDER), trait(1, K.LEFT_BEHIND)])
    assert door.registry.circumstances.traits_of(pupil_ids(door)[1]) == []


def test_a_trait_ends_and_is_put_right_and_history_stays(door: District) -> None:
    taken(door, CIRCUMSTANCES, **SHEETS)
    corrected = trait(1, K.LEFT_BEHIND, NOVEMBER, detail=D.BOTH_PARENTS_AWAY, until=TODAY)
    assert outcomes(taken(door, CIRCUMSTANCES, traits=[corrected])) == {Outcome.CHANGED: 1}
    (problem,) = planned(
        door, CIRCUMSTANCES, traits=[trait(1, K.LEFT_BEHIND, detail=D.BOTH_PARENTS_AWAY, until=NOVEMBER)]
    ).problems
    assert isinstance(problem.error, ColumnFixed)
    assert problem.place is not None and problem.place.column == "终止日期"


def test_a_trait_that_holds_anyway_is_not_begun_again(door: District) -> None:
    taken(door, CIRCUMSTANCES, traits=[trait(2, K.BOARDER)])
    later = [trait(2, K.BOARDER, NOVEMBER)]
    assert outcomes(taken(door, CIRCUMSTANCES, traits=later)) == {Outcome.UNCHANGED: 1}


def test_another_area_of_the_same_day_keeps_the_address(door: District) -> None:
    taken(door, CIRCUMSTANCES, residences=[home(1, "530921100200", address="某村一组12号")])
    taken(door, CIRCUMSTANCES, residences=[home(1, "530921100201")])
    (view,) = door.registry.circumstances.residences_of(pupil_ids(door)[0])
    assert view.area == "530921100201"
    assert door.registry.circumstances.reveal_address(view.id) == "某村一组12号"


def test_a_residence_that_is_past_stays_as_it_is(door: District) -> None:
    taken(door, CIRCUMSTANCES, residences=SHEETS["residences"])
    (problem,) = planned(door, CIRCUMSTANCES, residences=[home(1, "530922100200")]).problems
    assert isinstance(problem.error, ColumnFixed)


def test_what_was_decided_by_hand_is_kept_and_something_new_is_a_conflict(door: District) -> None:
    rows: dict[str, Any] = {
        "traits": [trait(1, K.LEFT_BEHIND, detail=D.BOTH_PARENTS_AWAY)],
        "residences": [home(1, "530921100200", address="一组1号")],
    }
    taken(door, CIRCUMSTANCES, **rows)
    pupil, service = pupil_ids(door)[0], door.registry.circumstances
    service.set_trait(pupil, TraitRecord(kind=K.LEFT_BEHIND, detail=D.ONE_PARENT_AWAY), FIRST)
    service.record_residence(pupil, ResidenceRecord(area="530921100202", address="二组2号"), FIRST)
    assert outcomes(planned(door, CIRCUMSTANCES, **rows)) == {Outcome.KEPT: 2}
    new: dict[str, Any] = {"residences": [home(1, "530921100200", address="三组3号")]}
    conflicted = planned(door, CIRCUMSTANCES, **new)
    assert [problem.error.code for problem in conflicted.problems] == ["core.import_conflict"]
    assert "三组" not in str(conflicted.problems) and "二组" not in str(conflicted.problems)
    assert outcomes(planned(door, CIRCUMSTANCES, Decision.REGISTERED, **new)) == {Outcome.KEPT: 1}
    assert outcomes(taken(door, CIRCUMSTANCES, Decision.FILE, **new)) == {Outcome.CHANGED: 1}
    assert service.reveal_address(service.residences_of(pupil)[0].id) == "三组3号"


def test_facts_and_reprs_hold_nothing_that_is_sensitive(door: District, session: Session) -> None:
    taken(door, CIRCUMSTANCES, **SHEETS)
    told = " ".join(session.scalars(select(FactRow.payload)))
    shown = repr(SHEETS)
    for secret in (MOTHER["document_number"], MOTHER["phone"], "某村"):
        assert secret not in told and secret not in shown


def test_another_districts_pupils_are_unknown_and_unseen(door: District, session: Session) -> None:
    taken(door, CIRCUMSTANCES, **SHEETS)
    dasi = door_on(session, TODAY, DASI)
    assert not any(exported(dasi, CIRCUMSTANCES).rows.values())
    assert named(planned(dasi, CIRCUMSTANCES, traits=[trait(1, K.BOARDER)])) == [
        ("特殊情况", 2, "学号", "registry.pupil_unknown")
    ]


def test_a_list_of_traits_is_taken_in_few_statements(door: District, session: Session) -> None:
    with counted(session) as one:
        planned(door, CIRCUMSTANCES, traits=[trait(1, K.BOARDER)])
    with counted(session) as many:
        planned(
            door,
            CIRCUMSTANCES,
            traits=[trait(pupil, kind) for pupil in (1, 2) for kind in (K.BOARDER, K.ORPHAN)],
        )
    assert len(many) <= len(one) + 1


def test_an_address_is_hidden_wherever_it_is_shown() -> None:
    line = home(1, "530921", address="某村一组")
    assert isinstance(line.address, SecretStr) and "某村" not in repr(line)


def test_a_file_makes_another_guardian_the_primary_contact(door: District) -> None:
    taken(
        door,
        CIRCUMSTANCES,
        guardians=[guardian(1, "李梅", is_primary=True), guardian(1, "王强", Relation.FATHER)],
    )
    chosen = [guardian(1, "王强", Relation.FATHER, is_primary=True)]
    assert outcomes(taken(door, CIRCUMSTANCES, guardians=chosen)) == {Outcome.CHANGED: 1}
    assert primary(door, 1) == ["王强"]


def test_a_document_of_somebody_in_another_district_makes_nobody_a_guardian(
    door: District, session: Session
) -> None:
    elsewhere = door_on(session, TODAY, DASI)
    elsewhere.registry.people.record_people(
        [
            recording(
                name="李梅",
                document_kind=DocumentKind.IDENTITY_CARD,
                document_number=MOTHER["document_number"],
            )
        ]
    )
    (problem,) = planned(door, CIRCUMSTANCES, guardians=[guardian(1, "李梅", **MOTHER)]).problems
    assert isinstance(problem.error, DocumentTaken)
    assert "其他学区" in problem.error.holder
