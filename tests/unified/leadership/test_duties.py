"""The duty roster: people where they work, nobody at two places at once, nothing erased."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, update
from sqlalchemy.orm import Session

from tests.registry.posts import staff_id
from tests.unified.leadership.ledger_office import NOVEMBER, OCTOBER, OTHER, as_, facts, office, on
from xuequ import District
from xuequ.core.errors import ActionNotPermitted, Problems
from xuequ.registry.errors.places import SchoolNotOpen, SchoolUnknown
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.models.places import School
from xuequ.registry.models.staff import Placement
from xuequ.registry.states.calendar import DayHalf
from xuequ.testing import make_district
from xuequ.testing.factories import DAY
from xuequ.unified.leadership.errors.duties import DutyPassed, OnDutyAlready, SwappedWithOneself
from xuequ.unified.leadership.errors.ledgers import LedgerRowUnknown, LedgerRowVoided, NotAtWorkHere
from xuequ.unified.leadership.schemas.duties import DutyAssignment, DutyReplacement, DutySwap, DutyView
from xuequ.unified.leadership.schemas.ledgers import Voiding
from xuequ.unified.leadership.states.duties import DutyRole

AM, PM = DayHalf.AM, DayHalf.PM


@pytest.fixture
def door(session: Session) -> District:
    return office(session)


def turn(door: District, who: str, day: date = OCTOBER, half: DayHalf | None = AM, **more: Any) -> Any:
    values: dict[str, Any] = {"school": who[:2], "day": day, "half": half} | more
    return DutyAssignment(staff_id=staff_id(door, who), **values)


def put(door: District, *turns: DutyAssignment) -> list[DutyView]:
    return door.leadership.duties.assign(turns)


def on_duty(door: District, school: str | None = None, day: date = OCTOBER) -> list[tuple[str, str, str]]:
    views = door.leadership.duties.on_duty(day, day, school)
    return [(view.school, view.half.code, view.staff_no.removeprefix("qianfeng-")) for view in views]


def replacing(door: District, who: str, **more: Any) -> DutyReplacement:
    return DutyReplacement(staff_id=staff_id(door, who), reason="公出", **more)


def test_a_whole_day_is_two_half_days(door: District, session: Session) -> None:
    put(door, turn(door, "s1-T1", half=None, role=DutyRole.LEAD), turn(door, "s1-T3"))
    assert on_duty(door) == [("s1", "am", "s1-T1"), ("s1", "am", "s1-T3"), ("s1", "pm", "s1-T1")]
    assert facts(session) == ["duties_assigned"]


def test_nobody_is_on_duty_at_two_schools_at_one_time(door: District, session: Session) -> None:
    put(door, turn(door, "s1-T3"))
    with pytest.raises(OnDutyAlready, match="2026-10-01 上午"):
        put(door, turn(door, "s1-T3"))
    with pytest.raises(OnDutyAlready):
        put(door, turn(door, "s1-T4"), turn(door, "s1-T4"))
    ended = update(Placement).where(Placement.staff_id == staff_id(door, "s1-T3"))
    session.execute(ended.values(school_id=session.query(School.id).where(School.code == "s2").scalar()))
    with pytest.raises(OnDutyAlready, match="s1完小"):  # moved since; the old duty still stands
        put(door, turn(door, "s1-T3", school="s2"))
    assert put(door, turn(door, "s1-T3", half=PM, school="s2"))[0].school == "s2"


def test_whoever_does_not_work_there_that_day_is_refused(door: District) -> None:
    with pytest.raises(NotAtWorkHere, match="s2完小"):
        put(door, turn(door, "s1-T3", school="s2"))
    with pytest.raises(NotAtWorkHere):
        put(door, turn(door, "s1-T3", day=DAY - timedelta(days=1)))
    with pytest.raises(StaffUnknown):
        put(door, DutyAssignment(school="s1", day=OCTOBER, staff_id=1))
    with pytest.raises(SchoolUnknown):
        put(door, turn(door, "s1-T3", school="s9"))


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_written(door: District) -> None:
    with pytest.raises(Problems) as refused:
        put(door, turn(door, "s1-T3"), turn(door, "s1-T3"), turn(door, "s2-T4", school="s1"))
    codes = [problem.error.code for problem in refused.value.problems]
    assert codes == ["leadership.on_duty_already", "leadership.not_at_work_here"]
    assert on_duty(door) == []


def test_a_school_that_is_closed_has_no_duty(door: District, session: Session) -> None:
    session.execute(update(School).where(School.code == "s1").values(closed_on=OCTOBER))
    with pytest.raises(SchoolNotOpen):
        put(door, turn(door, "s1-T3"))


def test_a_swap_voids_two_records_and_makes_two(door: District, session: Session) -> None:
    one, other = put(door, turn(door, "s1-T3", role=DutyRole.LEAD), turn(door, "s1-T4", NOVEMBER, PM))
    made = door.leadership.duties.swap(DutySwap(duty_id=one.id, with_id=other.id, reason="换班"))
    assert [(view.day, view.half, view.staff_no[-2:], view.role) for view in made] == [
        (OCTOBER, AM, "T4", DutyRole.LEAD),
        (NOVEMBER, PM, "T3", DutyRole.DUTY),
    ]
    assert facts(session)[-1] == "duties_swapped"
    every = door.leadership.duties.on_duty(OCTOBER, NOVEMBER, voided=True)
    assert sorted(view.voided for view in every) == ["", "", "换班", "换班"]


def test_two_who_are_on_duty_in_the_same_half_day_may_swap_their_roles(door: District) -> None:
    one, other = put(door, turn(door, "s1-T3", role=DutyRole.LEAD), turn(door, "s1-T4"))
    made = door.leadership.duties.swap(DutySwap(duty_id=one.id, with_id=other.id, reason="换班"))
    assert [(view.staff_no[-2:], view.role) for view in made] == [
        ("T4", DutyRole.LEAD),
        ("T3", DutyRole.DUTY),
    ]


def test_people_of_two_schools_do_not_swap(door: District) -> None:
    one, other = put(door, turn(door, "s1-T3"), turn(door, "s2-T4", NOVEMBER))
    with pytest.raises(Problems) as refused:
        door.leadership.duties.swap(DutySwap(duty_id=one.id, with_id=other.id, reason="换班"))
    assert {problem.error.code for problem in refused.value.problems} == {"leadership.not_at_work_here"}
    assert len(on_duty(door)) == 1


def test_a_swap_takes_two_people_and_two_duties_that_stand_and_are_to_come(door: District) -> None:
    one, other, third = put(door, turn(door, "s1-T3"), turn(door, "s1-T3", half=PM), turn(door, "s1-T4"))
    duties = door.leadership.duties
    with pytest.raises(SwappedWithOneself):
        duties.swap(DutySwap(duty_id=one.id, with_id=other.id, reason="换班"))
    with pytest.raises(LedgerRowUnknown):
        duties.swap(DutySwap(duty_id=one.id, with_id=1, reason="换班"))
    with pytest.raises(Problems):
        swap = DutySwap(duty_id=one.id, with_id=third.id, reason="换班")
        on(door, NOVEMBER).leadership.duties.swap(swap)
    duties.void(one.id, Voiding(reason="放假"))
    with pytest.raises(LedgerRowVoided):
        duties.swap(DutySwap(duty_id=one.id, with_id=third.id, reason="换班"))


def test_a_duty_to_come_is_handed_over_and_a_past_one_corrected(door: District, session: Session) -> None:
    [one] = put(door, turn(door, "s1-T3"))
    made = door.leadership.duties.hand_over(one.id, replacing(door, "s1-T4"))
    assert on_duty(door) == [("s1", "am", "s1-T4")]
    later = on(door, NOVEMBER).leadership.duties
    with pytest.raises(DutyPassed):
        later.hand_over(made.id, replacing(door, "s1-T3"))
    right = later.correct(made.id, replacing(door, "s1-T4", role=DutyRole.LEAD))
    assert right.role is DutyRole.LEAD
    assert facts(session)[-2:] == ["duty_replaced", "duty_replaced"]
    with pytest.raises(NotAtWorkHere):
        later.correct(right.id, replacing(door, "s2-T4"))


def test_a_voided_duty_stays_and_frees_its_half_day(door: District, session: Session) -> None:
    [one] = put(door, turn(door, "s1-T3"))
    door.leadership.duties.void(one.id, Voiding(reason="录错"))
    assert on_duty(door) == [] and facts(session)[-1] == "duty_voided"
    put(door, turn(door, "s1-T3"))
    every = door.leadership.duties.on_duty(OCTOBER, OCTOBER, "s1", voided=True)
    assert [view.voided for view in every] == ["录错", ""]
    with pytest.raises(LedgerRowVoided, match="录错"):
        door.leadership.duties.void(one.id, Voiding(reason="录错"))


def test_a_head_rosters_the_own_school_and_teachers_look_it_up(door: District) -> None:
    head = as_(door, "s1-T1")
    [one] = put(head, turn(door, "s1-T3"))
    with pytest.raises(ActionNotPermitted):
        put(head, turn(door, "s2-T4"))
    with pytest.raises(ActionNotPermitted):
        as_(door, "s2-T1").leadership.duties.void(one.id, Voiding(reason="x"))
    assert on_duty(as_(door, "s1-T4"), "s1") == [("s1", "am", "s1-T3")]
    with pytest.raises(ActionNotPermitted):
        on_duty(as_(door, "s1-T4"))


def test_an_empty_roster_is_nothing_to_do(door: District) -> None:
    assert put(door) == []


def test_the_roster_prints_a_line_for_each_school_and_day(door: District) -> None:
    put(door, turn(door, "s1-T1", half=None, role=DutyRole.LEAD), turn(door, "s1-T3"), turn(door, "s1-T4"))
    [line] = door.leadership.duties.roster(OCTOBER, NOVEMBER).lines
    assert (line.school, line.day) == ("s1完小", "2026-10-01（星期四）")
    assert (line.lead, line.am, line.pm) == ("师1", "师3、师4", "")


def test_a_term_s_roster_takes_few_statements(door: District, session: Session) -> None:
    days = [DAY + timedelta(days=n) for n in range(100)]
    turns = [turn(door, who, day, None) for day in days for who in ("s1-T3", "s2-T4")]
    sent: list[str] = []
    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *args: sent.append(args[2]))
    assert len(put(door, *turns)) == 400
    assert len(sent) < 30


def test_another_district_has_its_own_roster(door: District, session: Session) -> None:
    [one] = put(door, turn(door, "s1-T3"))
    other = make_district(session, OTHER, schools=1, pupils=0, staff=1)
    assert on_duty(other) == []
    with pytest.raises(LedgerRowUnknown):
        other.leadership.duties.void(one.id, Voiding(reason="x"))
