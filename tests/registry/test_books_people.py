"""The workbook of documents and telephones, collected after the set-up."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.registry.booking import exported, named, outcomes, planned, taken
from tests.registry.people import KEYED, OTHER, PLACE, correction, district, number
from xuequ.core.errors import Problems
from xuequ.core.journal import FactRow
from xuequ.core.keys import KeysMissing
from xuequ.core.plan import Decision, Outcome
from xuequ.district import District
from xuequ.exchange import apply_file, export_file
from xuequ.exchange.reader import read_workbook
from xuequ.exchange.writer import write_workbook
from xuequ.registry.schemas.books.people import IdentityRow
from xuequ.registry.states.people import NumberedRole, Sex
from xuequ.registry.templates import PEOPLE
from xuequ.standards.codes.people import DocumentKind
from xuequ.testing import make_district
from xuequ.testing.factories import SETTINGS

PHONE = "13800001234"


@pytest.fixture
def door(session: Session) -> District:
    make_district(session, PLACE, settings=KEYED)
    return district(session)


def pupil(which: int, **more: Any) -> IdentityRow:
    return IdentityRow(role=NumberedRole.PUPIL, number=f"qianfeng-s1-P{which}", **more)


def teacher(which: int, **more: Any) -> IdentityRow:
    return IdentityRow(role=NumberedRole.STAFF, number=f"qianfeng-s1-T{which}", **more)


ROWS = (
    pupil(1, name="生1", document_number=number(131, "20200101")),
    pupil(2, document_kind=DocumentKind.PASSPORT, document_number="E12345678"),
    teacher(1, phone=PHONE, document_number=number(126, "19850501")),
    teacher(2, phone="0883-4211234"),
)


def view(door: District, text: str) -> Any:
    (found,) = door.registry.people.search(text)
    return found


def test_documents_and_telephones_are_completed_once(door: District) -> None:
    assert outcomes(taken(door, PEOPLE, people=ROWS)) == {Outcome.CHANGED: 4}
    assert view(door, "qianfeng-s1-P1").document == "530921" + "*" * 12
    assert view(door, "qianfeng-s1-P2").document_kind is DocumentKind.PASSPORT
    assert view(door, PHONE).name == "师1"
    assert outcomes(taken(door, PEOPLE, people=ROWS)) == {Outcome.UNCHANGED: 4}


def test_an_export_is_masked_and_reads_back_without_a_change(door: District, tmp_path: Path) -> None:
    taken(door, PEOPLE, people=ROWS)
    export_file(door, tmp_path / "out.xlsx", PEOPLE)
    book = read_workbook(tmp_path / "out.xlsx", PEOPLE)
    done = door.registry.books.plan(book)
    assert (done.problems, outcomes(done)) == ((), {Outcome.UNCHANGED: 10})
    assert view(door, PHONE).document is not None
    assert len(exported(door, PEOPLE, "s1").rows["people"]) == 5


def test_a_file_comes_in_from_a_workbook(door: District, tmp_path: Path) -> None:
    write_workbook(tmp_path / "in.xlsx", PEOPLE, {"people": ROWS})
    assert outcomes(apply_file(door, tmp_path / "in.xlsx", PEOPLE)) == {Outcome.CHANGED: 4}


def test_every_bad_row_is_named(door: District) -> None:
    taken(door, PEOPLE, people=ROWS[:1])
    rows = (
        pupil(9),
        IdentityRow(role=NumberedRole.STAFF, number="qianfeng-s1-P1"),
        pupil(1, name="别人"),
        pupil(2, document_number=number(131, "20200101")),
        pupil(3, document_number=number(131, "20200202")),
        teacher(1, phone="一二三"),
        teacher(2, document_kind=DocumentKind.PASSPORT),
    )
    assert sorted(named(planned(door, PEOPLE, people=rows))) == [
        ("证件与联系方式", 2, "工号或学号", "registry.pupil_unknown"),
        ("证件与联系方式", 3, "工号或学号", "registry.staff_unknown"),
        ("证件与联系方式", 4, "姓名", "registry.name_differs"),
        ("证件与联系方式", 5, "证件号码", "registry.document_taken"),
        ("证件与联系方式", 6, "证件号码", "registry.document_contradicts"),
        ("证件与联系方式", 7, "联系电话", "registry.phone_unreadable"),
        ("证件与联系方式", 8, "证件类型", "registry.document_kind_alone"),
    ]
    with pytest.raises(Problems):
        taken(door, PEOPLE, people=(teacher(2, phone=PHONE), pupil(9)))
    assert door.registry.people.search(PHONE) == []


def test_what_was_corrected_by_hand_is_kept_and_another_number_is_a_conflict(door: District) -> None:
    taken(door, PEOPLE, people=ROWS)
    door.registry.people.correct_person(view(door, "qianfeng-s1-T1").id, correction(phone="13900005678"))
    assert outcomes(planned(door, PEOPLE, people=ROWS)) == {Outcome.UNCHANGED: 3, Outcome.KEPT: 1}
    new = (teacher(1, phone="13700009999"),)
    conflicted = planned(door, PEOPLE, people=new)
    assert [problem.error.code for problem in conflicted.problems] == ["core.import_conflict"]
    assert "1370000" not in str(conflicted.problems) and "1390000" not in str(conflicted.problems)
    assert outcomes(planned(door, PEOPLE, Decision.REGISTERED, people=new)) == {Outcome.KEPT: 1}
    taken(door, PEOPLE, Decision.FILE, people=new)
    assert view(door, "13700009999").name == "师1"


def test_a_citizen_number_fills_what_was_not_known(session: Session, door: District) -> None:
    taken(door, PEOPLE, people=ROWS)
    assert view(door, "qianfeng-s1-T1").sex is Sex.FEMALE
    told = " ".join(session.scalars(select(FactRow.payload)))
    assert PHONE not in told and number(126, "19850501") not in told


def test_without_keys_nothing_sensitive_is_taken(session: Session, door: District) -> None:
    bare = district(session, settings=SETTINGS)
    with pytest.raises(KeysMissing):
        taken(bare, PEOPLE, people=ROWS)
    assert outcomes(planned(bare, PEOPLE, people=[pupil(1), teacher(1)])) == {Outcome.UNCHANGED: 2}


def test_another_districts_people_are_unknown(session: Session, door: District) -> None:
    make_district(session, OTHER, settings=KEYED)
    other = district(session, OTHER)
    assert named(planned(other, PEOPLE, people=[pupil(1)])) == [
        ("证件与联系方式", 2, "工号或学号", "registry.pupil_unknown")
    ]
    listed = [cast(IdentityRow, row.command).number for row in exported(other, PEOPLE).rows["people"]]
    assert not any(one.startswith("qianfeng") for one in listed)
