"""Cover: what a leave leaves open, who may fill it, and what happens when the leave changes."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.reports.pages import Page
from tests.unified.teaching.ground import (
    DIRECTOR,
    LEAVE,
    MONDAY,
    PLACE,
    TUESDAY,
    WEDNESDAY,
    approve,
    approved,
    assign,
    at,
    cancel,
    class_of,
    half,
    lessons,
    make,
    need,
    school_id,
    shorten,
    staff_id,
    teach,
    tell,
    whole,
)
from xuequ import Actor, County, District, Holding, Post
from xuequ.core.checks import Ground, run_checks
from xuequ.core.errors import ActionNotPermitted, Problems
from xuequ.core.halfdays import Half
from xuequ.core.journal import FactRow
from xuequ.flows.leave import open_cover
from xuequ.registry.errors.places import DistrictNeeded, SchoolUnknown
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.facts.teaching import TeachingHandedOver
from xuequ.registry.models.staff import Placement
from xuequ.registry.models.teaching import Teaching
from xuequ.reports import render, write_xlsx
from xuequ.reports.html import to_html
from xuequ.standards.codes.schooling import Subject
from xuequ.testing import make_district
from xuequ.testing.factories import MAKER
from xuequ.unified.teaching.checks import CHECKS
from xuequ.unified.teaching.documents import DOCUMENTS
from xuequ.unified.teaching.documents.cover import UNCOVERED_LESSONS
from xuequ.unified.teaching.errors.cover import (
    CoverOver,
    CoverUnknown,
    NeedCovered,
    NeedReleased,
    NeedUnknown,
    SubstituteAway,
    SubstituteBusy,
    SubstituteElsewhere,
    SubstituteIsAbsent,
    SubstituteOutside,
)
from xuequ.unified.teaching.models.cover import CoverAssignment, CoverNeed
from xuequ.unified.teaching.schemas.cover import CoverAssigning

CHINESE, MATHS, PE = Subject.CHINESE, Subject.MATHS, Subject.PE
COMBINE = "上下午节次错开"


@pytest.fixture
def door(session: Session) -> District:
    return make(session)


def facts(session: Session) -> list[str]:
    query = select(FactRow.name).where(FactRow.name.like("teaching.%")).order_by(FactRow.id)
    return [name.removeprefix("teaching.") for name in session.scalars(query)]


def findings(door: District) -> list[str]:
    ground = Ground(door.context.session, door.context.scope, PLACE)
    return [one.what for result in run_checks(CHECKS, ground) for one in result.findings or ()]


# opened, extended, shortened, cancelled


def test_a_leave_opens_every_lesson_of_its_half_days_and_marks_who_is_away(door: District) -> None:
    approve(door, "s1-T1", [half(MONDAY, Half.PM), *whole(TUESDAY)])
    assert lessons(door, MONDAY) == [("下午", "语文", "open"), ("下午", "数学", "open")]
    assert len(lessons(door, TUESDAY)) == 4
    assert [(one.staff_no, one.half) for one in door.teaching.cover.absent(MONDAY)] == [
        ("qianfeng-s1-T1", Half.PM)
    ]
    assert facts(door.context.session) == ["cover_opened"]


def test_who_teaches_nothing_leaves_no_lesson_and_is_away_all_the_same(door: District) -> None:
    approve(door, "s1-T4", whole(MONDAY))
    assert lessons(door, MONDAY) == []
    assert len(door.teaching.cover.absent(MONDAY)) == 2
    assert facts(door.context.session) == []


def test_the_same_leave_again_changes_nothing_and_a_longer_one_adds(door: District) -> None:
    approve(door, "s1-T1", whole(MONDAY))
    first = [one.id for one in door.teaching.cover.needs(MONDAY)]
    approve(door, "s1-T1", whole(MONDAY))
    assert [one.id for one in door.teaching.cover.needs(MONDAY)] == first
    assert facts(door.context.session) == ["cover_opened"]
    approve(door, "s1-T1", whole(MONDAY, TUESDAY))
    assert [one.id for one in door.teaching.cover.needs(MONDAY)] == first
    assert len(lessons(door, TUESDAY)) == 4


def test_an_early_return_releases_the_rest_with_its_substitutes(door: District) -> None:
    approve(door, "s1-T1", whole(MONDAY, TUESDAY))
    kept = assign(door, need(door, MONDAY, CHINESE), "s1-T4")
    lost = assign(door, need(door, TUESDAY, CHINESE), "s1-T4")
    shorten(door, "s1-T1", half(MONDAY, Half.PM))
    assert lessons(door, MONDAY) == [("上午", "语文", "covered"), ("上午", "数学", "open")]
    assert lessons(door, TUESDAY) == [] and door.teaching.cover.absent(TUESDAY) == []
    rows = door.context.session.execute(select(CoverNeed.id, CoverNeed.state))
    states = {row.id: row.state for row in rows}
    assert (states[kept.id], states[lost.id]) == ("covered", "released")
    ended = door.context.session.scalars(
        select(CoverAssignment.ended).where(CoverAssignment.need_id == lost.id)
    ).one()
    assert ended == "leave_ended" and findings(door) == []
    with pytest.raises(NeedReleased):
        assign(door, lost, "s1-T4")


def test_a_longer_leave_after_an_early_return_opens_what_was_released(door: District) -> None:
    approve(door, "s1-T1", whole(MONDAY, TUESDAY))
    before = [one.id for one in door.teaching.cover.needs(TUESDAY)]
    shorten(door, "s1-T1", half(TUESDAY))
    approve(door, "s1-T1", whole(MONDAY, TUESDAY))
    assert [one.id for one in door.teaching.cover.needs(TUESDAY)] == before
    assert {state for _, _, state in lessons(door, TUESDAY)} == {"open"}


def test_a_cancelled_leave_leaves_nothing_and_a_replay_of_its_approval_opens_nothing(door: District) -> None:
    fact = approved(door, "s1-T1", whole(MONDAY))
    fact_id = tell(door, fact)
    assign(door, need(door, MONDAY, MATHS), "s1-T4")
    cancel(door, "s1-T1")
    assert lessons(door, MONDAY) == [] and door.teaching.cover.absent(MONDAY) == []
    with door.context.writing():
        open_cover(door.context, fact, fact_id)
    assert lessons(door, MONDAY) == []
    assert facts(door.context.session) == ["cover_opened", "cover_assigned", "cover_ended", "cover_released"]


def test_lessons_follow_who_teaches_on_the_day(door: District) -> None:
    """A teacher on a long leave whose class goes over to somebody else leaves nothing from then on."""
    session = door.context.session
    who = staff_id(door, "s1-T1")
    old = session.scalars(
        select(Teaching.id).where(Teaching.staff_id == who, Teaching.subject == CHINESE.code)
    ).one()
    approve(door, "s1-T1", whole(MONDAY, TUESDAY, WEDNESDAY))
    assign(door, need(door, TUESDAY, CHINESE), "s1-T4")
    session.execute(update(Teaching).where(Teaching.id == old).values(until=TUESDAY, ended="leave"))
    new = teach(door, "s1-T2", class_of(door, "s1"), CHINESE, TUESDAY)
    handed = TeachingHandedOver(
        school_id=school_id(door, "s1"),
        class_id=class_of(door, "s1"),
        from_teaching_id=old,
        to_teaching_id=new,
        on=TUESDAY,
        reason="leave",
    )
    tell(door, handed)
    assert [len(lessons(door, day)) for day in (MONDAY, TUESDAY, WEDNESDAY)] == [4, 2, 2]
    ended = session.scalars(select(CoverAssignment.ended)).one()
    assert ended == "teaching_changed" and findings(door) == []


# assigning


def test_the_academic_director_assigns_and_nobody_else(door: District) -> None:
    approve(door, "s1-T1", whole(MONDAY))
    session, view = door.context.session, need(door, MONDAY, CHINESE)
    for post, place in ((Post.PRINCIPAL, PLACE), (Post.SCHOOL_HEAD, f"{PLACE}/s1")):
        with pytest.raises(ActionNotPermitted):
            assign(at(session, actor=Actor("X", (Holding(post, place),))), view, "s1-T4")
    done = assign(at(session, actor=DIRECTOR), view, "s2-T4")
    assert (done.state.code, done.substitute_no) == ("covered", "qianfeng-s2-T4")


def test_a_lesson_has_one_substitute(door: District) -> None:
    approve(door, "s1-T1", whole(MONDAY))
    view = need(door, MONDAY, CHINESE)
    assign(door, view, "s1-T4")
    with pytest.raises(NeedCovered) as caught:
        assign(door, view, "s2-T4")
    assert caught.value.substitute == "qianfeng-s1-T4"
    with pytest.raises(NeedUnknown):
        assign(door, view.model_copy(update={"id": 1}), "s1-T4")
    with pytest.raises(StaffUnknown):
        door.teaching.cover.assign_cover(CoverAssigning(need_id=view.id, staff_id=1))


def test_nobody_covers_who_is_away_elsewhere_or_outside(door: District, session: Session) -> None:
    make_district(session, "530921/dasi", schools=1, pupils=0, staff=1)
    approve(door, "s1-T1", whole(MONDAY))
    approve(door, "s1-T2", [half(MONDAY)], LEAVE + 1)
    view = need(door, MONDAY, CHINESE)
    with pytest.raises(SubstituteIsAbsent):
        assign(door, view, "s1-T1")
    with pytest.raises(SubstituteAway):
        assign(door, view, "s1-T2")
    with pytest.raises(SubstituteElsewhere) as caught:
        assign(door, view, "s2-T1")
    assert caught.value.school == "s2完小"
    outside = CoverAssigning(need_id=view.id, staff_id=staff_id(at(session, place="530921/dasi"), "s1-T1"))
    with pytest.raises(SubstituteOutside):
        door.teaching.cover.assign_cover(outside)
    assign(door, need(door, MONDAY, CHINESE, Half.PM), "s1-T2")  # who is back in the afternoon


def test_nobody_is_in_two_schools_on_one_half_day(door: District) -> None:
    approve(door, "s1-T1", whole(MONDAY))
    approve(door, "s2-T1", whole(MONDAY), LEAVE + 1)
    assign(door, need(door, MONDAY, CHINESE), "s1-T4")
    there = need(door, MONDAY, CHINESE, who="s2-T1")
    with pytest.raises(SubstituteElsewhere):
        assign(door, there, "s1-T4", COMBINE)  # no reason makes one person two
    assign(door, need(door, MONDAY, CHINESE, Half.PM, "s2-T1"), "s1-T4")


def test_another_class_at_the_same_school_needs_a_recorded_reason(door: District) -> None:
    approve(door, "s1-T1", whole(MONDAY))
    view = need(door, MONDAY, CHINESE)
    with pytest.raises(SubstituteBusy):
        assign(door, view, "s1-T3")
    done = assign(door, view, "s1-T3", COMBINE)
    assert (done.combined, done.reason) == (True, COMBINE)
    with pytest.raises(ValueError, match="理由"):
        CoverAssigning(need_id=view.id, staff_id=1, combined=True)


def test_who_teaches_the_very_class_or_covers_another_lesson_of_it_has_nothing_to_combine(
    door: District,
) -> None:
    approve(door, "s1-T1", whole(MONDAY))
    assert not assign(door, need(door, MONDAY, CHINESE), "s1-T2").combined
    assert not assign(door, need(door, MONDAY, MATHS), "s1-T2", COMBINE).combined  # said, and not needed


def test_all_that_stands_in_the_way_is_said_at_once(door: District) -> None:
    approve(door, "s1-T1", whole(MONDAY))
    approve(door, "s2-T1", whole(MONDAY), LEAVE + 1)
    view = need(door, MONDAY, CHINESE)
    assign(door, view, "s1-T4")
    with pytest.raises(Problems) as caught:
        assign(door, view, "s2-T1")
    assert [one.error.code.partition(".")[2] for one in caught.value.problems] == [
        *("need_covered", "substitute_away", "substitute_elsewhere"),
    ]


def test_a_substitute_who_goes_on_leave_opens_the_lessons_again(door: District) -> None:
    approve(door, "s1-T1", whole(MONDAY))
    view = assign(door, need(door, MONDAY, CHINESE), "s1-T2")
    approve(door, "s1-T2", [half(MONDAY)], LEAVE + 1)
    assert need(door, MONDAY, CHINESE).state.code == "open"
    assert need(door, MONDAY, PE, who="s1-T2").state.code == "open"
    assert facts(door.context.session)[-3:] == ["cover_opened", "cover_ended", "cover_opened"]
    cancel(door, "s1-T2", LEAVE + 1)  # the first substitute does not come back by themselves
    assert need(door, MONDAY, CHINESE).state.code == "open"
    assert view.assignment_id is not None and findings(door) == []


def test_a_released_substitute_leaves_the_lesson_open(door: District) -> None:
    approve(door, "s1-T1", whole(MONDAY))
    done = assign(door, need(door, MONDAY, CHINESE), "s1-T4")
    assert done.assignment_id is not None
    assert door.teaching.cover.release(done.assignment_id, "另有任务").state.code == "open"
    with pytest.raises(CoverOver):
        door.teaching.cover.release(done.assignment_id)
    with pytest.raises(CoverUnknown):
        door.teaching.cover.release(1)
    assert assign(door, need(door, MONDAY, CHINESE), "s2-T4").substitute_no == "qianfeng-s2-T4"


# who could


def test_candidates_are_free_people_of_the_whole_district_the_most_fitting_first(door: District) -> None:
    approve(door, "s1-T1", whole(MONDAY))
    approve(door, "s2-T2", whole(MONDAY), LEAVE + 1)
    found = door.teaching.cover.candidates(need(door, MONDAY, CHINESE).id)
    assert [one.staff_no.removeprefix("qianfeng-") for one in found] == ["s1-T2", "s1-T4", "s2-T4", "s1-T3"]
    assert [one.combined for one in found] == [False, False, False, True]
    assert found[-1].same_subject and found[-1].same_school
    assign(door, need(door, MONDAY, CHINESE, Half.PM), "s1-T2")
    again = door.teaching.cover.candidates(need(door, MONDAY, CHINESE).id)
    assert [(one.staff_no.removeprefix("qianfeng-"), one.covers) for one in again][:2] == [
        *(("s1-T4", 0), ("s1-T2", 1)),
    ]
    with pytest.raises(NeedUnknown):
        door.teaching.cover.candidates(1)


def test_every_candidate_can_be_assigned(door: District) -> None:
    approve(door, "s1-T1", whole(MONDAY))
    view = need(door, MONDAY, CHINESE)
    for one in door.teaching.cover.candidates(view.id):
        command = CoverAssigning(
            need_id=view.id, staff_id=one.staff_id, combined=one.combined, reason=COMBINE
        )
        done = door.teaching.cover.assign_cover(command)
        assert done.assignment_id is not None
        door.teaching.cover.release(done.assignment_id)


def test_the_rate_is_covered_lessons_of_all_lessons_in_leave(door: District) -> None:
    rate = door.teaching.cover.cover_rate
    assert rate(MONDAY, TUESDAY).rate is None
    approve(door, "s1-T1", whole(MONDAY, TUESDAY))
    assign(door, need(door, MONDAY, CHINESE), "s1-T4")
    assert rate(MONDAY, TUESDAY).rate == Fraction(1, 4)
    assert rate(MONDAY, WEDNESDAY, "s1").rate == Fraction(1, 8)
    assert rate(MONDAY, WEDNESDAY, "s2").lessons == 0
    shorten(door, "s1-T1", half(TUESDAY))
    assert rate(MONDAY, WEDNESDAY).rate == Fraction(1, 4)


def test_what_is_not_covered_is_listed_for_the_district_or_a_school(
    door: District, session: Session, tmp_path: Path
) -> None:
    approve(door, "s1-T1", [half(MONDAY)])
    assign(door, need(door, MONDAY, CHINESE), "s1-T4")
    assert [one.subject for one in door.teaching.cover.uncovered()] == [MATHS]
    head = Actor("H", (Holding(Post.SCHOOL_HEAD, f"{PLACE}/s2"),))
    assert at(session, actor=head).teaching.cover.uncovered(MONDAY, "s2") == []
    for school in (None, "s1"):
        with pytest.raises(ActionNotPermitted):
            at(session, actor=head).teaching.cover.uncovered(MONDAY, school)
    (document,) = DOCUMENTS
    for school in (None, "s1", "s2"):
        page = render(door, document, school=school)
        write_xlsx(page, tmp_path / "a.xlsx")
        assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames
    cells = Page(to_html(render(door, UNCOVERED_LESSONS, on=MONDAY))).within("td")
    assert {"上午", "数学", "一（1）班", "s1完小"} <= set(cells) and "语文" not in cells
    with pytest.raises(SchoolUnknown):
        render(door, UNCOVERED_LESSONS, school="s9")
    with pytest.raises(DistrictNeeded):
        County(session, "530921", actor=MAKER).teaching.cover.uncovered_list()


# scopes


def test_two_districts_and_two_counties_do_not_mix(door: District, session: Session) -> None:
    other, far = make(session, "530921/dasi", schools=1), make(session, "530922/qianfeng", schools=1)
    approve(door, "s1-T1", whole(MONDAY))
    tell(other, approved(other, "s1-T1", whole(MONDAY), LEAVE + 7))
    tell(far, approved(far, "s1-T1", whole(MONDAY)))  # the same leave id, in another county
    assert [len(one.teaching.cover.needs(MONDAY)) for one in (door, other, far)] == [4, 4, 4]
    mine = need(door, MONDAY, CHINESE)
    for stranger in (other, far):
        with pytest.raises(NeedUnknown):
            stranger.teaching.cover.candidates(mine.id)
    found = {one.staff_no.partition("-")[0] for one in door.teaching.cover.candidates(mine.id)}
    assert found == {"qianfeng"}
    cancel(far, "s1-T1")
    assert len(door.teaching.cover.needs(MONDAY)) == 4


def test_a_leave_approved_at_the_county_opens_in_the_teachers_district(
    door: District, session: Session
) -> None:
    county = County(session, "530921", actor=MAKER)
    fact = approved(door, "s1-T1", whole(MONDAY))
    with county.context.writing():
        county.context.announce(fact)
    assert len(door.teaching.cover.needs(MONDAY)) == 4 and len(door.teaching.cover.absent(MONDAY)) == 2


def test_who_works_in_the_district_no_longer_is_no_candidate(door: District, session: Session) -> None:
    approve(door, "s1-T1", whole(MONDAY))
    gone = staff_id(door, "s1-T4")
    session.execute(update(Placement).where(Placement.staff_id == gone).values(until=MONDAY))
    view = need(door, MONDAY, CHINESE)
    assert gone not in {one.staff_id for one in door.teaching.cover.candidates(view.id)}
    with pytest.raises(SubstituteOutside):
        assign(door, view, "s1-T4")


def test_what_contradicts_itself_past_the_program_is_found(door: District, session: Session) -> None:
    approve(door, "s1-T1", whole(MONDAY))
    assign(door, need(door, MONDAY, CHINESE), "s1-T4")
    assert findings(door) == []
    who = staff_id(door, "s1-T1")
    session.execute(update(CoverAssignment).values(staff_id=who))
    session.execute(update(CoverNeed).where(CoverNeed.state == "covered").values(state="open"))
    assert findings(door) == ["状态与顶班安排不符", "顶班教师当时也在请假"]
