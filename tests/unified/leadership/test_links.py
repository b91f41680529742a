"""Links partition the open schools on every day, whatever opens, merges or closes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.registry.posts import DAY, DECEMBER, NOVEMBER, OCTOBER, PLACE, appoint, at, staff_id
from tests.unified.leadership.teams import (
    PLAN,
    TEAM,
    A,
    G,
    P,
    S,
    close_school,
    draw,
    drawing,
    linked,
    make_team,
    open_school,
    redraw,
    school_id,
    who,
)
from xuequ import County, District, Post
from xuequ.core.checks import Ground, run_checks
from xuequ.core.errors import Problems, XuequError
from xuequ.core.journal import FactRow
from xuequ.registry.errors.places import DistrictNeeded
from xuequ.registry.models.places import School
from xuequ.registry.models.staff import Staff
from xuequ.registry.schemas.places import SchoolMerger
from xuequ.registry.schemas.posts import Appointing, HandingOver
from xuequ.registry.states.posts import AppointmentEnd
from xuequ.testing import make_district, reading_of
from xuequ.testing.factories import MAKER, SETTINGS, invented_rows
from xuequ.unified.leadership.checks import CHECKS
from xuequ.unified.leadership.errors.links import (
    LeaderMissing,
    LinkedLater,
    LinksNotDrawn,
    NothingToHandOver,
    RedrawUnknown,
    SchoolLeftOut,
    SchoolStillLinked,
    SchoolUnlinked,
)
from xuequ.unified.leadership.models.links import SchoolLink


@pytest.fixture
def door(session: Session) -> District:
    return make_team(session)


def codes(error: XuequError) -> list[str]:
    found = [error] if not isinstance(error, Problems) else [one.error for one in error.problems]
    return sorted(one.code.removeprefix("leadership.") for one in found)


def findings(door: District) -> list[str]:
    scope = door.context.scope
    ground = Ground(door.context.session, scope, PLACE)
    return [one.what for result in run_checks(CHECKS, ground) for one in result.findings or ()]


# drawing


def test_one_act_draws_the_links_of_all_schools(door: District) -> None:
    draw(door)
    assert linked(door, DAY) == PLAN
    assert linked(door, DAY - timedelta(1)) == {}
    assert who(door, DECEMBER) == {school: TEAM[post] for school, post in PLAN.items()}
    assert findings(door) == []


def test_everything_wrong_with_a_plan_is_said_at_once(door: District) -> None:
    session = door.context.session
    session.execute(update(School).where(School.code == "s4").values(closed_on=DAY))
    lines = drawing({"s2": P, "s3": Post.CASHIER, "s4": S, "s9": A}).links
    plan = drawing(PLAN).model_copy(update={"links": (*lines, lines[0])})
    with pytest.raises(Problems) as caught:
        door.leadership.links.draw_links(plan)
    assert codes(caught.value) == [
        *("link_to_closed", "link_to_unknown", "linked_twice", "not_a_leader"),
        *("school_left_out", "school_left_out"),
    ]
    assert linked(door, DAY) == {}


def test_a_vacant_post_cannot_be_linked_and_an_acting_holder_can(session: Session) -> None:
    door = make_district(session, PLACE, schools=1, pupils=0, staff=2)
    with pytest.raises(LeaderMissing):
        draw(door, {"s1": P})
    appoint(door, "s1-T1", P, acting=True)
    draw(door, {"s1": P})
    assert who(door, DAY) == {"s1": "s1-T1"}


def test_links_are_changed_forwards_only_and_what_was_is_kept(door: District) -> None:
    draw(door)
    draw(door, {**PLAN, "s1": G, "s5": S}, NOVEMBER)
    assert linked(door, OCTOBER) == PLAN
    assert linked(door, NOVEMBER) == {**PLAN, "s1": G, "s5": S}
    with pytest.raises(LinkedLater) as caught:
        draw(door, {**PLAN, "s1": S}, OCTOBER)
    assert caught.value.since == str(NOVEMBER)
    history = door.leadership.links.links_of_school("s1")
    assert [(one.post, one.since, one.until) for one in history] == [(G, NOVEMBER, None), (P, DAY, NOVEMBER)]
    assert len(door.leadership.links.links_of_school("s2")) == 1  # who keeps the leader keeps the link
    assert findings(door) == []


def test_a_drawing_of_the_same_day_replaces_the_first(door: District) -> None:
    draw(door)
    draw(door, {**PLAN, "s1": S})
    assert linked(door, DAY) == {**PLAN, "s1": S}
    assert len(door.leadership.links.links_of_school("s1")) == 1
    facts = door.context.session.scalars(select(FactRow.name).where(FactRow.name.like("leadership.%")))
    assert list(facts) == ["leadership.links_drawn"] * 2


def test_relinking_changes_some_and_leaves_the_others(door: District) -> None:
    with pytest.raises(LinksNotDrawn):
        door.leadership.links.relink(drawing({"s1": S}))
    draw(door)
    door.leadership.links.relink(drawing({"s1": S}, OCTOBER))
    assert linked(door, OCTOBER) == {**PLAN, "s1": S}
    with pytest.raises(LinksNotDrawn):
        door.leadership.links.relink(drawing({"s1": G}, DAY - timedelta(1)))


# leaders who leave


def test_links_of_who_leaves_the_post_are_a_listed_defect_until_they_are_handed_over(door: District) -> None:
    draw(door)
    held = door.registry.posts.holder(A)
    assert held is not None
    new = HandingOver(staff_id=staff_id(door, "s2-T3"), on=OCTOBER, authority="前锋学区〔2026〕9号")
    door.registry.posts.hand_over(held.id, new)
    assert [one.name for one in door.leadership.team.defects(DAY) if one.post is A] == []
    left = [one for one in door.leadership.team.defects(OCTOBER) if one.post is A]
    assert [one.kind.code for one in left] == ["left", "left"]
    assert [one.school for one in door.leadership.links.links(OCTOBER) if one.left] == ["s3", "s5"]
    door.leadership.links.hand_over_links(A, OCTOBER)
    assert who(door, OCTOBER - timedelta(1))["s3"] == "s2-T1"
    assert who(door, OCTOBER) == {**who(door, DAY), "s3": "s2-T3", "s5": "s2-T3"}
    assert [one for one in door.leadership.team.defects(OCTOBER) if one.post is A] == []
    with pytest.raises(NothingToHandOver):
        door.leadership.links.hand_over_links(A, OCTOBER)
    assert findings(door) == []


def test_links_of_a_vacant_post_cannot_be_handed_over(door: District) -> None:
    draw(door)
    held = door.registry.posts.holder(A)
    assert held is not None
    door.registry.posts.end_appointment(held.id, AppointmentEnd.RESIGNED, OCTOBER)
    with pytest.raises(LeaderMissing):
        door.leadership.links.hand_over_links(A, OCTOBER)
    kinds = {one.kind.code for one in door.leadership.team.defects(OCTOBER) if one.post is A}
    assert kinds == {"vacant", "left"}


# schools that open, merge, close


def test_closing_a_linked_school_is_refused_until_it_is_redrawn_in_the_same_transaction(
    door: District,
) -> None:
    draw(door)
    rest = {school: post for school, post in PLAN.items() if school != "s5"}
    with pytest.raises(SchoolStillLinked) as caught:
        close_school(door, "s5", OCTOBER)
    assert (caught.value.school, caught.value.leader) == ("s5", A.label)
    assert school_id(door, "s5") and linked(door, OCTOBER) == PLAN
    door.leadership.links.prepare_redraw(redraw({**rest, "s4": A}, OCTOBER, "s5"))
    assert linked(door, OCTOBER) == PLAN  # prepared, and not in force
    close_school(door, "s5", OCTOBER)
    assert linked(door, OCTOBER - timedelta(1)) == PLAN
    assert linked(door, OCTOBER) == {**rest, "s4": A}
    assert {one.in_force for one in door.leadership.links.prepared()} == {True}
    assert findings(door) == []


def test_a_redraw_for_another_day_or_that_keeps_the_school_does_not_let_it_close(door: District) -> None:
    draw(door)
    rest = {school: post for school, post in PLAN.items() if school != "s5"}
    door.leadership.links.prepare_redraw(redraw(rest, NOVEMBER, "s5"))
    with pytest.raises(SchoolStillLinked):
        close_school(door, "s5", OCTOBER)
    door.leadership.links.prepare_redraw(redraw(rest | {"s5": G}, OCTOBER))
    with pytest.raises(SchoolStillLinked):
        close_school(door, "s5", OCTOBER)


def test_a_merger_redraws_too(door: District) -> None:
    draw(door)
    rest = {school: post for school, post in PLAN.items() if school != "s5"}
    merger = SchoolMerger(
        school_id=school_id(door, "s5"),
        into_id=school_id(door, "s4"),
        on=OCTOBER,
        authority="县教〔2026〕8号",
    )
    with pytest.raises(SchoolStillLinked):
        at(door, OCTOBER).registry.mergers.merge_school(merger)
    door.leadership.links.prepare_redraw(redraw(rest, OCTOBER, "s5"))
    county = County(door.context.session, "530921", actor=MAKER, settings=at(door, OCTOBER).context.settings)
    county.registry.mergers.merge_school(merger)
    assert linked(door, OCTOBER) == rest
    assert findings(door) == []


def test_two_schools_that_close_on_one_day_need_one_redraw(door: District) -> None:
    draw(door)
    rest = {school: post for school, post in PLAN.items() if school not in ("s4", "s5")}
    door.leadership.links.prepare_redraw(redraw(rest, OCTOBER, "s4", "s5"))
    close_school(door, "s5", OCTOBER)
    assert linked(door, OCTOBER) == {**rest, "s4": G}
    close_school(door, "s4", OCTOBER)
    assert linked(door, OCTOBER) == rest
    assert findings(door) == []


def test_a_school_opens_with_its_leader_or_not_at_all(door: District) -> None:
    draw(door)
    with pytest.raises(SchoolUnlinked):
        open_school(door, "new", OCTOBER)
    assert "new" not in {one.code for one in door.registry.schools()}
    door.leadership.links.prepare_redraw(redraw({**PLAN, "new": G, "s4": P}, OCTOBER))
    open_school(door, "new", OCTOBER)
    assert linked(door, OCTOBER - timedelta(1)) == PLAN
    assert linked(door, OCTOBER) == {**PLAN, "new": G, "s4": P}
    assert findings(door) == []


def test_a_school_replaces_another_in_one_transaction(door: District) -> None:
    draw(door)
    plan = {school: post for school, post in PLAN.items() if school != "s5"} | {"new": A}
    door.leadership.links.prepare_redraw(redraw(plan, OCTOBER, "s5"))
    open_school(door, "new", OCTOBER)
    close_school(door, "s5", OCTOBER)
    assert linked(door, OCTOBER) == plan
    assert findings(door) == []


def test_a_redraw_names_every_school_and_can_be_withdrawn(door: District) -> None:
    draw(door)
    with pytest.raises(SchoolLeftOut):
        door.leadership.links.prepare_redraw(redraw({"s1": P, "s2": P, "s3": P, "s4": P}, OCTOBER))
    with pytest.raises(Problems) as caught:
        door.leadership.links.prepare_redraw(redraw({**PLAN, "new": P}, OCTOBER, "s5", "s9"))
    assert codes(caught.value) == ["closing_linked", "link_to_unknown"]
    door.leadership.links.prepare_redraw(redraw({**PLAN, "new": P}, OCTOBER))
    door.leadership.links.withdraw_redraw(OCTOBER)
    assert door.leadership.links.prepared() == []
    with pytest.raises(RedrawUnknown):
        door.leadership.links.withdraw_redraw(OCTOBER)
    with pytest.raises(SchoolUnlinked):
        open_school(door, "new", OCTOBER)


def test_a_school_entered_by_a_workbook_is_linked_too(door: District) -> None:
    draw(door)
    rows = invented_rows(PLACE, schools=6, pupils=0, staff=3)
    book = reading_of(rows)
    with pytest.raises(SchoolUnlinked):
        door.registry.set_up(door.registry.plan_set_up(book))
    door.leadership.links.prepare_redraw(redraw({**PLAN, "s6": P}, DAY))
    door.registry.set_up(door.registry.plan_set_up(book))
    assert linked(door, DAY) == {**PLAN, "s6": P}
    assert findings(door) == []


def test_a_district_that_has_drawn_no_links_is_not_held_to_them(door: District) -> None:
    open_school(door, "new", OCTOBER)
    close_school(door, "s5", OCTOBER)
    draw(door, {**{k: v for k, v in PLAN.items() if k != "s5"}, "new": P}, OCTOBER)
    assert findings(door) == []


def test_a_school_that_opens_after_the_first_day_of_a_drawing_is_linked_from_its_own(door: District) -> None:
    open_school(door, "new", OCTOBER)
    draw(door, {**PLAN, "new": P})
    assert (linked(door, DAY), linked(door, OCTOBER)) == (PLAN, {**PLAN, "new": P})
    assert findings(door) == []


# scopes and checks


def test_links_of_two_districts_do_not_mix(door: District, session: Session) -> None:
    draw(door)
    other = make_district(session, "530921/dasi", schools=1, pupils=0, staff=1)
    one = session.scalars(select(Staff.id).where(Staff.staff_no == "dasi-s1-T1")).one()
    other.registry.posts.appoint(Appointing(staff_id=one, post=P, since=DAY, authority="文"))
    draw(other, {"s1": P})
    assert set(linked(other, DAY)) == {"s1"} and linked(door, DAY) == PLAN
    assert other.leadership.links.links()[0].staff_no == "dasi-s1-T1"
    county = County(session, "530921", actor=MAKER, settings=SETTINGS)
    with pytest.raises(DistrictNeeded):
        county.leadership.links.draw_links(drawing(PLAN))
    far = make_district(session, "530922/dasi", schools=1, pupils=0, staff=1)
    assert far.leadership.links.links() == [] and far.leadership.team.defects()


def test_what_breaks_the_partition_past_the_program_is_found(door: District) -> None:
    draw(door)
    session = door.context.session
    s5 = school_id(door, "s5")
    session.execute(update(SchoolLink).where(SchoolLink.school_id == s5).values(until=OCTOBER))
    session.execute(update(School).where(School.code == "s4").values(closed_on=DECEMBER))
    one = staff_id(door, "s2-T3")
    s1 = school_id(door, "s1")
    session.execute(update(SchoolLink).where(SchoolLink.school_id == s1).values(staff_id=one))
    found = findings(door)
    assert f"学校 s5 {OCTOBER} 起无人挂钩" in found
    assert any(what.startswith("学校 s4") and "超出" in what for what in found)
    assert f"教职工 {one} 在 {DAY} 不任学区校长" in found
    assert len(found) == 3
