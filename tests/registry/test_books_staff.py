"""The workbook of staff: employments, placements, standings, certificates."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.registry.booking import blamed, errors, listed, outcomes, places, reading, refused, taken
from tests.registry.people import KEYED, PHONE
from tests.registry.people import number as citizen
from tests.registry.staffing import counted, ending, placing, staff
from xuequ import District
from xuequ.core.errors import CellRequired, ColumnFixed, ImportConflict, Problems, UnknownCode
from xuequ.core.plan import Decision, Outcome
from xuequ.exchange import apply_file, export_file, plan_file, write_workbook
from xuequ.registry.errors.books import RegistrationBegins, RowsDisagree
from xuequ.registry.errors.people import DocumentMasked, DocumentTaken, NameDiffers
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.errors.staff import EmployedAlready, StaffUnknown
from xuequ.registry.schemas.books.staff import CertificateRow, EmploymentRow, PlacementRow, StandingRow
from xuequ.registry.schemas.staff import StaffHistory
from xuequ.registry.states.people import Sex
from xuequ.registry.states.staff import Entry, Exit, PlacementKind, StandingKind
from xuequ.registry.templates import STAFF
from xuequ.standards.codes.schooling import Subject
from xuequ.standards.codes.staff import CertificateKind
from xuequ.testing import make_district

SEP, OCT, NOV, DEC = (date(2026, month, 1) for month in (9, 10, 11, 12))
T1 = "qianfeng-s1-T1"


@pytest.fixture
def full(session: Session) -> District:
    return make_district(session, schools=3, settings=KEYED)


def employed(staff_no: str = "N1", since: date = SEP, school: str = "s1", **more: Any) -> EmploymentRow:
    """Return a row of somebody new."""
    values: dict[str, Any] = {"name": "新𠮷老师", "entry": Entry.RECRUITED}
    if "entry" not in more:
        values |= {"sex": Sex.FEMALE, "birth_date": date(2000, 1, 1)}
    return EmploymentRow(staff_no=staff_no, school=school, since=since, **values | more)


def known(since: date, school: str, staff_no: str = T1, **more: Any) -> EmploymentRow:
    return employed(staff_no, since, school, **{"name": None, "entry": Entry.TRANSFERRED_IN} | more)


def left(on: date, exit_: Exit, staff_no: str = T1, **more: Any) -> EmploymentRow:
    """Return the first employment of a made teacher, ended."""
    return known(SEP, "s1", staff_no, entry=Entry.RECORDED, until=on, exit=exit_, **more)


def away(since: date, school: str = "s2", staff_no: str = T1, **more: Any) -> PlacementRow:
    values: dict[str, Any] = {"kind": PlacementKind.SUPPORT} | more
    return PlacementRow(staff_no=staff_no, school=school, since=since, **values)


def holds(kind: StandingKind, held: str, since: date, staff_no: str = T1, **more: Any) -> StandingRow:
    return StandingRow(staff_no=staff_no, kind=kind, held=held, since=since, **more)


def certificate(number: str = "C1", registered: date | None = None, **more: Any) -> CertificateRow:
    values: dict[str, Any] = {"staff_no": T1, "kind": CertificateKind.PRIMARY, "issued": date(2016, 7, 1)}
    return CertificateRow(number=number, registered=registered, **values | more)


def history(door: District, staff_no: str = T1) -> StaffHistory:
    return door.registry.staff.history(door.registry.staff.staff_as_of(staff_no, DEC).id)


def worked(door: District, staff_no: str = T1) -> list[tuple[str, date, date | None]]:
    return [(one.school[:2], one.since, one.until) for one in history(door, staff_no).placements]


def employers(door: District, staff_no: str = T1) -> list[tuple[str | None, date, date | None, Exit | None]]:
    found = history(door, staff_no).employments
    return [(one.school and one.school[:2], one.since, one.until, one.exit) for one in found]


# coming, going over, leaving


def test_somebody_new_is_taken_on_with_document_and_telephone_sealed(full: District) -> None:
    row = employed(sex=None, birth_date=None, document_number=citizen(124, "19900203"), phone=PHONE)
    taken(full, STAFF, employments=[row])
    found = full.registry.staff.staff_as_of("N1", SEP)
    assert (found.name, found.employer, found.school, found.sex) == ("新𠮷老师", "s1", "s1", Sex.FEMALE)
    assert found.birth_date == date(1990, 2, 3)
    (person,) = full.registry.people.search("N1")
    assert person.document is not None and "1990" not in person.document
    assert taken(full, STAFF, employments=[row]).changes_nothing


def test_a_whole_career_comes_in_from_one_file(full: District) -> None:
    y = {year: date(year, 9, 1) for year in (2010, 2015, 2018, 2020, 2022)}
    rows = [
        employed(since=y[2010], birth_date=date(1985, 5, 1), until=y[2015], exit=Exit.TRANSFERRED_OUT),
        known(y[2015], "s2", "N1", until=y[2018], exit=Exit.RESIGNED),
        known(y[2020], "s3", "N1", entry=Entry.REINSTATED),
    ]
    taken(full, STAFF, employments=list(reversed(rows)))
    assert employers(full, "N1") == [
        ("s1", y[2010], y[2015], Exit.TRANSFERRED_OUT),
        ("s2", y[2015], y[2018], Exit.RESIGNED),
        ("s3", y[2020], None, None),
    ]
    assert taken(full, STAFF, employments=rows).changes_nothing


def test_a_new_row_of_somebody_employed_is_a_transfer_without_a_gap(full: District) -> None:
    taken(full, STAFF, employments=[known(NOV, "s2", authority="调字1号")])
    assert employers(full) == [("s1", SEP, NOV, Exit.TRANSFERRED_OUT), ("s2", NOV, None, None)]
    assert worked(full) == [("s1", SEP, NOV), ("s2", NOV, None)]


def test_the_end_of_one_and_the_beginning_of_the_next_are_one_transfer(full: District) -> None:
    rows = [left(NOV, Exit.TRANSFERRED_OUT), known(NOV, "s2")]
    plan = taken(full, STAFF, employments=rows)
    assert outcomes(plan) == {Outcome.ADDED: 1, Outcome.CHANGED: 1}
    assert employers(full) == [("s1", SEP, NOV, Exit.TRANSFERRED_OUT), ("s2", NOV, None, None)]
    assert taken(full, STAFF, employments=rows).changes_nothing


def test_whoever_is_employed_is_not_recruited_again(full: District) -> None:
    (problem,) = refused(full, STAFF, employments=[known(NOV, "s2", entry=Entry.RECRUITED)])
    assert isinstance(problem.error, EmployedAlready)


def test_an_end_needs_its_reason_and_a_reason_its_end(full: District) -> None:
    rows = [known(SEP, "s1", entry=Entry.RECORDED, until=NOV), employed("N2", exit=Exit.RETIRED)]
    found = refused(full, STAFF, employments=rows)
    assert errors(found) == [CellRequired, CellRequired]
    assert places(found) == [("聘用", 2, "离开原因"), ("聘用", 3, "终止日期")]


def test_another_reason_of_what_has_ended_is_corrected_by_hand(full: District) -> None:
    taken(full, STAFF, employments=[left(NOV, Exit.RETIRED)])
    found = refused(full, STAFF, employments=[left(NOV, Exit.RESIGNED)])
    assert (errors(found), places(found)) == ([ColumnFixed], [("聘用", 2, "离开原因")])


def test_what_a_hand_ended_in_the_meantime_is_kept_and_asked_about(full: District) -> None:
    file = [employed("N1"), employed("N2")]
    taken(full, STAFF, employments=file)
    gone = full.registry.staff.staff_as_of("N1", SEP).id
    full.registry.staff.end_employment(ending(gone, OCT, Exit.RESIGNED))
    assert full.registry.books.plan(reading(STAFF, employments=file)).changes_nothing
    later = [employed("N1", until=NOV, exit=Exit.RETIRED), file[1]]
    found = refused(full, STAFF, employments=later)
    assert set(errors(found)) == {ImportConflict} and {row for _, row, _ in places(found)} == {2}
    kept = taken(full, STAFF, Decision.REGISTERED, employments=later)
    assert outcomes(kept) == {Outcome.UNCHANGED: 1, Outcome.KEPT: 1}
    assert employers(full, "N1")[-1][2:] == (OCT, Exit.RESIGNED)


def test_a_later_end_of_a_hand_is_overruled_when_the_file_decides(full: District) -> None:
    file = [employed("N1", until=DEC, exit=Exit.EXPIRED)]
    taken(full, STAFF, employments=[employed("N1")])
    taken(full, STAFF, employments=file)
    assert taken(full, STAFF, employments=file).changes_nothing
    earlier = [employed("N1", until=NOV, exit=Exit.RESIGNED)]
    taken(full, STAFF, Decision.FILE, employments=earlier)
    full_history = full.registry.staff.history(full.registry.staff.staff_as_of("N1", OCT).id)
    assert full_history.employments[-1].until == NOV


# who they are


def test_a_name_must_be_the_one_of_the_number_in_every_row_of_every_sheet(full: District) -> None:
    found = refused(
        full,
        STAFF,
        employments=[known(SEP, "s1", entry=Entry.RECORDED, name="王五")],
        placements=[away(OCT, name="王五"), away(OCT, staff_no="qianfeng-s2-T1", school="s1", name="师1")],
        standings=[holds(StandingKind.TITLE, "一级教师", SEP, name="王五")],
        certificates=[certificate(name="王五")],
    )
    assert set(errors(found)) == {NameDiffers}
    assert places(found) == [(sheet.title, 2, "姓名") for sheet in STAFF.sheets]


def test_what_is_missing_of_somebody_known_is_filled_in_and_no_more(full: District) -> None:
    card = citizen(124, "19850501")
    taken(full, STAFF, employments=[known(SEP, "s1", entry=Entry.RECORDED, document_number=card)])
    (person,) = full.registry.people.search(T1)
    assert person.document is not None
    other = known(NOV, "s2", document_number=citizen(126, "19850501"), birth_date=date(1985, 5, 1))
    found = refused(full, STAFF, employments=[other])
    assert (errors(found), places(found)) == ([ColumnFixed], [("聘用", 2, "证件号码")])
    assert card not in "".join(str(problem.text()) + repr(problem) for problem in found)


def test_a_birthday_is_corrected_by_the_file(full: District) -> None:
    row = known(SEP, "s1", entry=Entry.RECORDED, birth_date=date(1985, 5, 1))
    taken(full, STAFF, employments=[row])
    right = row.model_copy(update={"birth_date": date(1985, 5, 2)})
    assert outcomes(taken(full, STAFF, employments=[right])) == {Outcome.CHANGED: 1}
    assert full.registry.staff.staff_as_of(T1).birth_date == date(1985, 5, 2)


def test_rows_of_one_person_may_not_contradict_each_other(full: District) -> None:
    rows = [
        employed(since=date(2020, 9, 1), until=date(2022, 9, 1), exit=Exit.RESIGNED),
        employed(since=date(2024, 9, 1), birth_date=date(2001, 1, 1)),
    ]
    found = refused(full, STAFF, employments=rows)
    assert (errors(found), places(found)) == ([RowsDisagree], [("聘用", 3, "出生日期")])


def test_of_somebody_new_name_and_sex_are_needed_and_no_masked_document_will_do(full: District) -> None:
    rows = [known(SEP, "s1", "N1"), employed("N2", document_number="530921********1234")]
    found = refused(full, STAFF, employments=rows)
    assert errors(found) == [CellRequired, CellRequired, DocumentMasked]
    assert places(found) == [("聘用", 2, "姓名"), ("聘用", 2, "性别"), ("聘用", 3, "证件号码")]


def test_a_document_that_somebody_has_names_its_cell(full: District) -> None:
    card = citizen(124, "20000101")
    rows = [employed("N1", document_number=card), employed("N2", document_number=card)]
    found = refused(full, STAFF, employments=rows)
    assert (errors(found), places(found)) == ([DocumentTaken], [("聘用", 3, "证件号码")])


# where they work


def test_people_are_placed_elsewhere_and_come_back(full: District) -> None:
    other = "qianfeng-s1-T2"
    file = [away(OCT), away(OCT, staff_no=other, until=DEC)]
    taken(full, STAFF, placements=file)
    assert worked(full) == [("s1", SEP, OCT), ("s2", OCT, None)]
    back = [away(OCT, until=NOV), away(OCT, staff_no=other, until=date(2027, 1, 1))]
    assert outcomes(taken(full, STAFF, placements=back)) == {Outcome.CHANGED: 2}
    assert worked(full) == [("s1", SEP, OCT), ("s2", OCT, NOV), ("s1", NOV, None)]
    assert worked(full, other)[1:] == [("s2", OCT, date(2027, 1, 1)), ("s1", date(2027, 1, 1), None)]
    assert taken(full, STAFF, placements=back).changes_nothing


def test_work_at_home_from_a_day_is_coming_back(full: District) -> None:
    rows = [away(OCT), away(NOV, "s1", kind=PlacementKind.OWN)]
    taken(full, STAFF, placements=rows)
    assert worked(full) == [("s1", SEP, OCT), ("s2", OCT, NOV), ("s1", NOV, None)]
    assert taken(full, STAFF, placements=rows).changes_nothing


def test_many_placements_take_no_more_statements_than_one(full: District, session: Session) -> None:
    numbers = [f"qianfeng-s{n}-T{k}" for n in (1, 3) for k in (1, 2)]
    sent: list[int] = []
    for some in (numbers[:1], numbers[1:]):
        with counted(session) as statements:
            taken(full, STAFF, placements=[away(OCT, staff_no=one) for one in some])
        sent.append(len(statements))
    assert sent[1] <= sent[0] + 1


# what they hold


def test_titles_follow_one_another_and_what_has_lapsed_ends(full: District) -> None:
    title, backbone = StandingKind.TITLE, StandingKind.BACKBONE
    file = [
        holds(title, "高级", OCT, authority="职称〔2026〕1号"),
        holds(backbone, "县级骨干", SEP),
    ]
    taken(full, STAFF, standings=file)
    view = full.registry.staff.staff_as_of(T1, NOV)
    assert view.title is not None and view.title.label == "高级教师"
    lapsed = [file[0], holds(backbone, "县级", SEP, until=DEC)]
    assert outcomes(taken(full, STAFF, standings=lapsed)) == {Outcome.UNCHANGED: 1, Outcome.CHANGED: 1}
    assert full.registry.staff.staff_as_of(T1, DEC).backbone is None


def test_what_is_not_of_the_list_of_its_kind_is_named(full: District) -> None:
    title = StandingKind.TITLE
    taken(full, STAFF, standings=[holds(title, "一级", SEP)])
    rows = [holds(StandingKind.DEGREE, "一级教师", OCT), holds(title, "二级", SEP)]
    found = refused(full, STAFF, standings=rows)
    assert errors(found) == [ColumnFixed, UnknownCode]
    assert places(found) == [("资格职称", 3, "内容"), ("资格职称", 2, "内容")]


def test_a_certificate_comes_with_every_registration(full: District) -> None:
    days = [date(2016, 7, 1), date(2021, 7, 1)]
    rows = [certificate(registered=day) for day in reversed(days)]
    taken(full, STAFF, certificates=rows)
    (held,) = full.registry.staff.certificates.of(full.registry.staff.staff_as_of(T1).id)
    assert [term.since for term in held.terms] == days
    assert taken(full, STAFF, certificates=[certificate(), *rows]).changes_nothing


def test_a_registration_on_another_day_than_the_one_before_ends_is_refused(full: District) -> None:
    taken(full, STAFF, certificates=[certificate(registered=date(2022, 7, 1))])
    found = refused(full, STAFF, certificates=[certificate(registered=date(2027, 6, 1))])
    assert (errors(found), places(found)) == ([RegistrationBegins], [("教师资格证", 2, "注册日期")])
    other = certificate(registered=date(2027, 7, 1), subject=Subject.MATHS, staff_no="qianfeng-s1-T2")
    assert errors(refused(full, STAFF, certificates=[other])) == [ColumnFixed, ColumnFixed]


# the whole


def career() -> dict[str, list[Any]]:
    """Return the rows of two people with everything that the workbook has."""
    y = {year: date(year, 9, 1) for year in range(2010, 2024)}
    return {
        "employments": [
            employed(since=y[2010], birth_date=date(1985, 5, 1), until=y[2015], exit=Exit.TRANSFERRED_OUT),
            known(y[2015], "s2", "N1", name="新𠮷老师"),
            employed("N2", y[2020], "s3", name="李四", authority="聘〔2020〕1号"),
        ],
        "placements": [
            away(y[2013], "s3", "N1", until=y[2017], kind=PlacementKind.ROTATION),
            away(y[2020], "s1", "N2", kind=PlacementKind.BORROWED, authority="借1号"),
        ],
        "standings": [
            holds(StandingKind.TITLE, "二级教师", y[2010], "N1"),
            holds(StandingKind.TITLE, "一级教师", y[2016], "N1"),
            holds(StandingKind.EDUCATION, "大学本科", y[2020], "N2"),
        ],
        "certificates": [
            certificate("C2", date(2014, 9, 1), staff_no="N1", issued=date(2010, 6, 1)),
            certificate("C2", date(2019, 9, 1), staff_no="N1", issued=date(2010, 6, 1)),
            certificate("C3", staff_no="N2", issued=date(2008, 6, 1), subject=Subject.PE),
        ],
    }


def test_a_history_sets_up_another_district_and_reads_back_unchanged(
    session: Session, tmp_path: Path
) -> None:
    full = make_district(session, schools=3, staff=1)
    full.registry.books.take(reading(STAFF, **career()))
    assert worked(full, "N1")[1][0] == "s3" and worked(full, "N1")[1][2] == date(2017, 9, 1)
    export_file(full, tmp_path / "out.xlsx", STAFF)
    plan = plan_file(full, tmp_path / "out.xlsx", STAFF)
    assert (plan.problems, set(outcomes(plan))) == ((), {Outcome.UNCHANGED})
    rows = listed(full, STAFF)
    other = make_district(session, "530922/dongshan", schools=3, staff=0)
    apply_file(other, tmp_path / "out.xlsx", STAFF)
    again = listed(other, STAFF)
    assert again == rows
    for name in ("N1", "N2"):
        theirs, ours = worked(other, name), worked(full, name)
        assert theirs == ours


def test_an_export_of_one_school_has_its_own_people_only(session: Session) -> None:
    full = make_district(session, schools=3, staff=1)
    full.registry.books.take(reading(STAFF, **career()))
    rows = listed(full, STAFF, "s2")
    numbers = [row.staff_no for row in rows["employments"]]
    assert numbers == ["N1", "qianfeng-s2-T1"]
    assert len(rows["certificates"]) == 2


def test_nothing_that_is_sealed_is_exported(full: District) -> None:
    taken(full, STAFF, employments=[employed(document_number=citizen(124, "20000101"), phone=PHONE)])
    rows = listed(full, STAFF)["employments"]
    assert {(row.document_number, row.phone) for row in rows} == {(None, None)}


def test_bad_rows_are_named_and_nothing_of_the_file_stays(full: District, tmp_path: Path) -> None:
    rows = career()
    rows["employments"][2] = rows["employments"][2].model_copy(update={"school": "s9"})
    write_workbook(tmp_path / "a.xlsx", STAFF, rows)
    plan = plan_file(full, tmp_path / "a.xlsx", STAFF)
    wanted: dict[Any, Any] = {
        ("聘用", 4, "学校代码"): SchoolUnknown,
        ("任教", 3, "工号"): StaffUnknown,
        ("资格职称", 4, "工号"): StaffUnknown,
        ("教师资格证", 4, "工号"): StaffUnknown,
    }
    assert blamed(plan.problems) == wanted
    with pytest.raises(Problems):
        apply_file(full, tmp_path / "a.xlsx", STAFF)
    assert full.registry.people.search("N1") == []


def test_another_district_has_its_own_people(full: District, session: Session) -> None:
    other = make_district(session, "530921/dasi")
    found = refused(other, STAFF, placements=[away(OCT)], standings=[holds(StandingKind.TITLE, "高级", OCT)])
    assert errors(found) == [StaffUnknown, StaffUnknown]
    full.registry.staff.place_many([placing(session, staff(session), "s2", OCT)])
    assert listed(other, STAFF)["placements"] == []
