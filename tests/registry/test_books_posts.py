"""The workbook of posts: appointments and delegations."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.registry.booking import blamed, errors, listed, outcomes, places, reading, refused, taken
from tests.registry.posts import DAY, DECEMBER, NOVEMBER, OCTOBER, at, holder
from xuequ import Actor, District, Holding, Post
from xuequ.core.errors import ActionNotPermitted, CellRequired, ColumnFixed, ImportConflict, Problems
from xuequ.core.plan import Decision, Outcome
from xuequ.exchange import apply_file, export_file, plan_file, write_workbook
from xuequ.registry.errors.people import NameDiffers
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.errors.posts import AppointmentUnknown, DelegationOver, SeatTaken
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.schemas.books.posts import AppointmentRow, DelegationRow
from xuequ.registry.schemas.books.staff import EmploymentRow
from xuequ.registry.states.people import Sex
from xuequ.registry.states.posts import AppointmentEnd
from xuequ.registry.states.staff import Entry
from xuequ.registry.templates import POSTS, STAFF
from xuequ.testing import make_district

NEXT = date(2027, 1, 1)


@pytest.fixture
def full(session: Session) -> District:
    return make_district(session)


def post(what: Post, who: str = "s1-T1", since: date = DAY, **more: Any) -> AppointmentRow:
    values: dict[str, Any] = {"authority": "前锋学区〔2026〕1号"} | more
    return AppointmentRow(post=what, staff_no=f"qianfeng-{who}", since=since, **values)


def lent(holder_no: str = "s1-T1", who: str = "s2-T1", since: date = OCTOBER, **more: Any) -> DelegationRow:
    values: dict[str, Any] = {"post": Post.PRINCIPAL, "reason": "外出培训"} | more
    return DelegationRow(holder_no=f"qianfeng-{holder_no}", staff_no=f"qianfeng-{who}", since=since, **values)


def test_people_are_appointed_at_district_and_schools(full: District) -> None:
    rows = [
        post(Post.PRINCIPAL),
        post(Post.SCHOOL_HEAD, "s2-T1", school="s2"),
        post(Post.CASHIER, "s1-T2", until=NEXT),
    ]
    assert outcomes(taken(full, POSTS, appointments=rows)) == {Outcome.ADDED: 3}
    assert holder(full, Post.PRINCIPAL, OCTOBER) == "s1-T1"
    assert holder(full, Post.SCHOOL_HEAD, OCTOBER, "s2") == "s2-T1"
    assert taken(full, POSTS, appointments=rows).changes_nothing


def test_the_end_of_one_and_the_beginning_of_the_next_leave_no_gap(full: District) -> None:
    taken(full, POSTS, appointments=[post(Post.PRINCIPAL)])
    rows = [
        post(Post.PRINCIPAL, "s2-T1", NOVEMBER),
        post(Post.PRINCIPAL, until=NOVEMBER, ended=AppointmentEnd.MOVED),
    ]
    assert outcomes(taken(full, POSTS, appointments=rows)) == {Outcome.ADDED: 1, Outcome.CHANGED: 1}
    assert holder(full, Post.PRINCIPAL, date(2026, 10, 31)) == "s1-T1"
    assert holder(full, Post.PRINCIPAL, NOVEMBER) == "s2-T1"
    assert taken(full, POSTS, appointments=rows).changes_nothing


def test_an_acting_holder_and_what_is_over_come_in_with_their_reasons(full: District) -> None:
    rows = [
        post(Post.PRINCIPAL, "s2-T1", OCTOBER),
        post(Post.PRINCIPAL, until=OCTOBER, acting=True, ended=AppointmentEnd.SUCCEEDED),
        post(Post.AUDITOR, "s1-T2", until=NOVEMBER, ended=AppointmentEnd.EXPIRED),
    ]
    taken(full, POSTS, appointments=rows)
    ended = [(one.ended, one.until, one.acting) for one in full.registry.posts.history(Post.PRINCIPAL)]
    assert ended == [(None, None, False), (AppointmentEnd.SUCCEEDED, OCTOBER, True)]
    assert taken(full, POSTS, appointments=rows).changes_nothing


def test_an_end_needs_its_reason_and_a_reason_its_day(full: District) -> None:
    taken(full, POSTS, appointments=[post(Post.PRINCIPAL)])
    rows = [
        post(Post.PRINCIPAL, until=NOVEMBER),
        post(Post.CASHIER, "s1-T2", ended=AppointmentEnd.RESIGNED),
    ]
    found = refused(full, POSTS, appointments=rows)
    assert (errors(found), places(found)) == (
        [CellRequired, CellRequired],
        [("任职", 2, "免职原因"), ("任职", 3, "终止日期")],
    )


def test_every_bad_row_is_named_and_nothing_of_the_file_stays(full: District, tmp_path: Path) -> None:
    rows = [
        post(Post.PRINCIPAL),
        post(Post.PRINCIPAL, "s2-T1"),
        post(Post.SCHOOL_HEAD, "s2-T1", school="s9"),
        post(Post.CASHIER, "s9-T1"),
        post(Post.UNION_CHAIR, "s1-T2", name="王五"),
    ]
    write_workbook(tmp_path / "a.xlsx", POSTS, {"appointments": rows})
    found = plan_file(full, tmp_path / "a.xlsx", POSTS).problems
    assert blamed(found) == {
        ("任职", 3, "岗位"): SeatTaken,
        ("任职", 4, "学校代码"): SchoolUnknown,
        ("任职", 5, "工号"): StaffUnknown,
        ("任职", 6, "姓名"): NameDiffers,
    }
    with pytest.raises(Problems):
        apply_file(full, tmp_path / "a.xlsx", POSTS)
    assert full.registry.posts.holders() == []


def test_what_a_hand_ended_is_kept_and_a_new_end_is_asked_about(full: District) -> None:
    file = [post(Post.PRINCIPAL)]
    taken(full, POSTS, appointments=file)
    (held,) = full.registry.posts.holders()
    at(full, NOVEMBER).registry.posts.end_appointment(held.id, AppointmentEnd.MOVED, NOVEMBER)
    assert full.registry.books.plan(reading(POSTS, appointments=file)).changes_nothing
    later = [post(Post.PRINCIPAL, until=OCTOBER, ended=AppointmentEnd.RESIGNED)]
    assert set(errors(refused(full, POSTS, appointments=later))) == {ImportConflict}
    kept = taken(full, POSTS, Decision.REGISTERED, appointments=later)
    assert outcomes(kept) == {Outcome.KEPT: 1}
    taken(full, POSTS, Decision.FILE, appointments=later)
    assert full.registry.posts.history(Post.PRINCIPAL)[0].until == OCTOBER


def test_another_document_of_an_appointment_is_no_business_of_a_file(full: District) -> None:
    taken(full, POSTS, appointments=[post(Post.PRINCIPAL)])
    found = refused(full, POSTS, appointments=[post(Post.PRINCIPAL, authority="2号")])
    assert (errors(found), places(found)) == ([ColumnFixed], [("任职", 2, "依据文号")])


def test_powers_are_lent_narrowed_and_taken_back(full: District) -> None:
    heads = [post(Post.PRINCIPAL)]
    file = [lent(), lent(who="s2-T2", reach="s2", until=DECEMBER)]
    taken(full, POSTS, appointments=heads, delegations=file)
    found = full.registry.posts.delegations(OCTOBER)
    assert sorted((one.place[-2:], one.until) for one in found if one.school) == [("s2", DECEMBER)]
    back = [lent(until=NOVEMBER), file[1]]
    assert outcomes(taken(full, POSTS, delegations=back)) == {Outcome.UNCHANGED: 1, Outcome.CHANGED: 1}
    assert len(full.registry.posts.delegations(NOVEMBER)) == 1
    assert taken(full, POSTS, appointments=heads, delegations=back).changes_nothing


def test_powers_are_lent_by_whoever_has_them_and_for_no_longer_again(full: District) -> None:
    found = refused(full, POSTS, delegations=[lent()])
    assert (errors(found), places(found)) == ([AppointmentUnknown], [("授权", 2, "岗位")])
    taken(full, POSTS, appointments=[post(Post.PRINCIPAL)], delegations=[lent(until=NOVEMBER)])
    found = refused(full, POSTS, delegations=[lent(until=DECEMBER)])
    assert (errors(found), places(found)) == ([DelegationOver], [("授权", 2, "终止日期")])


def test_a_history_sets_up_another_district_and_reads_back_unchanged(
    session: Session, tmp_path: Path
) -> None:
    full = make_district(session)
    taken(
        full,
        POSTS,
        appointments=[
            post(Post.PRINCIPAL, until=NOVEMBER, ended=AppointmentEnd.RETIRED),
            post(Post.PRINCIPAL, "s2-T1", NOVEMBER, until=NEXT),
            post(Post.SCHOOL_HEAD, "s2-T2", school="s2"),
        ],
        delegations=[
            lent(until=date(2026, 10, 20)),
            lent("s2-T2", "s2-T1", post=Post.SCHOOL_HEAD, school="s2"),
        ],
    )
    export_file(full, tmp_path / "out.xlsx", POSTS)
    plan = plan_file(full, tmp_path / "out.xlsx", POSTS)
    assert (plan.problems, outcomes(plan)) == ((), {Outcome.UNCHANGED: 5})
    other = make_district(session, "530922/dongshan", staff=0)
    people = [
        EmploymentRow(
            staff_no=f"qianfeng-s{n}-T{k}",
            name=f"师{k}",
            sex=Sex.FEMALE,
            school=f"s{n}",
            since=DAY,
            entry=Entry.RECORDED,
        )
        for n in (1, 2)
        for k in (1, 2)
    ]
    taken(other, STAFF, employments=people)
    apply_file(other, tmp_path / "out.xlsx", POSTS)
    assert listed(other, POSTS) == listed(full, POSTS)
    assert len(listed(full, POSTS, "s2")["appointments"]) == 1


def test_whoever_imports_must_also_be_allowed_to_appoint(full: District) -> None:
    clerk = Actor(staff_no="clerk", holdings=(Holding(Post.ACADEMIC_DIRECTOR, "530921/qianfeng"),))
    door = at(full, DAY, clerk)
    with pytest.raises((ActionNotPermitted, Problems)):
        taken(door, POSTS, appointments=[post(Post.PRINCIPAL)])
    assert full.registry.posts.holders() == []
