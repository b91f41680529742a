"""Transfers: no day without a school, none with two, and one effect when several act at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.registry.roster import (
    DASI,
    FIRST,
    QIANFENG,
    agree,
    class_id,
    county_on,
    door_on,
    make_county_of_two,
    pupil_ids,
)
from tests.registry.test_service import statements_of
from xuequ import Actor, Holding, Post
from xuequ.core.errors import ActionNotPermitted, IllegalTransition, Problems
from xuequ.core.journal import FactRow
from xuequ.district import District
from xuequ.registry.errors.classes import ClassNotBegun, ClassUnknown
from xuequ.registry.errors.people import BornAfter
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.errors.pupils import (
    CohortDiffers,
    NotYetHappened,
    PupilKnown,
    PupilUnknown,
    StandingBackwards,
)
from xuequ.registry.errors.transfers import (
    TransferBackwards,
    TransferElsewhere,
    TransferForced,
    TransferNeedsClass,
    TransferOpen,
    TransferPlace,
    TransferToSameSchool,
    TransferUnknown,
)
from xuequ.registry.schemas.pupils import NewPupil, Suspension
from xuequ.registry.schemas.transfers import TransferArrival, TransferRequest, TransferView
from xuequ.registry.states.people import Sex
from xuequ.registry.states.pupils import Entered, Left, PupilState, Reason
from xuequ.registry.states.transfers import Direction, Side, TransferState

T, S = TransferState, PupilState
ASKED, RELEASED, ACCEPTED = date(2026, 10, 12), date(2026, 10, 14), date(2026, 10, 19)
TODAY = date(2026, 12, 7)
NUMBER = "qianfeng-s1-P1"


@pytest.fixture
def door(session: Session) -> District:
    make_county_of_two(session)
    return door_on(session, TODAY)


@pytest.fixture
def dasi(door: District) -> District:
    return door_on(door.context.session, TODAY, DASI)


@pytest.fixture
def pupil(door: District) -> int:
    return pupil_ids(door)[0]


def asking(**more: Any) -> TransferRequest:
    values: dict[str, Any] = {"pupil_no": NUMBER, "guardian_applied": True}
    values |= {"to_district": "dasi", "to_school": "s1"}
    return TransferRequest(**(values | more))


def ask(door: District, **more: Any) -> TransferView:
    return door.registry.transfers.request(asking(**more), ASKED)


def counts(session: Session, on: date) -> dict[tuple[str, str], int]:
    """Return the pupils of every school of the county on a day."""
    found: dict[tuple[str, str], int] = {}
    for place in (QIANFENG, DASI):
        for roll in door_on(session, TODAY, place).registry.pupils.rolls(on):
            found[place, roll.school] = roll.pupils
    return found


# within the county


def test_a_pupil_is_counted_at_the_sending_school_until_the_other_accepts(
    door: District, dasi: District, pupil: int
) -> None:
    session = door.context.session
    view = ask(door)
    assert (view.state, view.turn, view.direction) == (T.REQUESTED, Side.SENDING, Direction.WITHIN)
    released = door.registry.transfers.release(view.id, RELEASED)
    assert (released.state, released.turn) == (T.RELEASED, Side.RECEIVING)
    seat = class_id(session, "s1", place=DASI)
    done = dasi.registry.transfers.accept(view.id, seat, ACCEPTED)
    assert (done.state, done.effective_on, done.turn) == (T.ACCEPTED, ACCEPTED, None)
    for on in (FIRST, ASKED, RELEASED, ACCEPTED - timedelta(days=1)):
        assert counts(session, on) == {(QIANFENG, "s1"): 2, (QIANFENG, "s2"): 2, (DASI, "s1"): 2}
    for on in (ACCEPTED, TODAY):
        assert counts(session, on) == {(QIANFENG, "s1"): 1, (QIANFENG, "s2"): 2, (DASI, "s1"): 3}
    assert agree(session)
    names = session.scalars(select(FactRow.name).order_by(FactRow.id)).all()[-3:]
    assert names == [
        "registry.transfer_requested",
        "registry.transfer_released",
        "registry.transfer_accepted",
    ]


def test_a_pupil_changes_school_within_the_district(door: District, pupil: int) -> None:
    session, transfers = door.context.session, door.registry.transfers
    view = ask(door, to_district=None, to_school="s2")
    transfers.release(view.id, RELEASED)
    transfers.accept(view.id, class_id(session, "s2"), ACCEPTED)
    assert counts(session, ACCEPTED) == {(QIANFENG, "s1"): 1, (QIANFENG, "s2"): 3, (DASI, "s1"): 2}
    assert [c.school for c in door.registry.pupils.history(pupil).classes] == ["s1", "s2"]
    assert agree(session)


def test_history_is_kept_at_both_ends(door: District, dasi: District, pupil: int) -> None:
    view = ask(door)
    door.registry.transfers.release(view.id, RELEASED)
    dasi.registry.transfers.accept(view.id, class_id(door.context.session, "s1", place=DASI), ACCEPTED)
    sent, received = (d.registry.pupils.history(pupil) for d in (door, dasi))
    assert [s.status for s in sent.statuses] == [S.REGISTERED, S.TRANSFERRING]
    assert [(c.until, c.left_as) for c in sent.classes] == [(ACCEPTED, Left.TRANSFER_OUT)]
    assert [s.status for s in received.statuses] == [S.REGISTERED, S.TRANSFERRING, S.REGISTERED]
    assert received.classes[-1].entered_as is Entered.TRANSFER_IN
    assert door.registry.pupils.pupil_as_of(pupil, ASKED).status is S.TRANSFERRING
    with pytest.raises(PupilUnknown):
        door.registry.pupils.pupil_as_of(pupil, ACCEPTED)
    assert dasi.registry.pupils.pupil_as_of(pupil).school == "s1"
    assert dasi.registry.pupil(pupil).id == pupil
    for end in (door, dasi):
        assert [t.id for t in end.registry.transfers.transfers_of(pupil)] == [view.id]
        assert end.registry.transfers.open_transfers() == []
    for roll in (
        door.registry.pupils.roll_changes("s1", FIRST, TODAY),
        dasi.registry.pupils.roll_changes("s1", FIRST, TODAY),
    ):
        gained, lost = (sum(one.pupils for one in some) for some in (roll.gains, roll.losses))
        assert roll.before + gained - lost == roll.after


def test_a_transfer_can_be_asked_for_at_the_receiving_school(door: District, dasi: District) -> None:
    view = ask(dasi, requested_by=Side.RECEIVING, to_district=None)
    assert (view.from_district, view.from_school, view.to_district) == ("qianfeng", "s1", "dasi")
    door.registry.transfers.release(view.id, RELEASED)
    back = dasi.registry.transfers.withdraw(view.id, ACCEPTED)
    assert back.state is T.WITHDRAWN
    for other in (door, dasi):
        with pytest.raises(TransferElsewhere):
            ask(other, requested_by=Side.RECEIVING, to_district={door: "dasi", dasi: "qianfeng"}[other])


def test_each_side_takes_its_own_steps(door: District, dasi: District) -> None:
    view = ask(door)
    with pytest.raises(TransferElsewhere):
        dasi.registry.transfers.release(view.id, RELEASED)
    with pytest.raises(TransferElsewhere):
        dasi.registry.transfers.refuse(view.id, "学位已满", RELEASED)
    door.registry.transfers.release(view.id, RELEASED)
    seat = class_id(door.context.session, "s1", place=DASI)
    acts: list[Callable[[], object]] = [
        lambda: door.registry.transfers.accept(view.id, seat, ACCEPTED),
        lambda: door.registry.transfers.refuse(view.id, "不同意", ACCEPTED),
        lambda: dasi.registry.transfers.withdraw(view.id, ACCEPTED),
    ]
    for act in acts:
        with pytest.raises(TransferElsewhere):
            act()
    county = county_on(door.context.session, TODAY)
    assert county.registry.transfers.accept(view.id, seat, ACCEPTED).state is T.ACCEPTED


@pytest.mark.parametrize("released", [False, True])
def test_a_refused_pupil_stays_in_the_class_and_may_ask_again(
    door: District, dasi: District, pupil: int, released: bool
) -> None:
    view = ask(door)
    side = door
    if released:
        door.registry.transfers.release(view.id, RELEASED)
        side = dasi
    refused = side.registry.transfers.refuse(view.id, "学位已满", ACCEPTED)
    assert (refused.state, refused.remark, refused.decided_on) == (T.REFUSED, "学位已满", ACCEPTED)
    now = door.registry.pupils.history(pupil)
    assert (now.statuses[-1].status, now.statuses[-1].reason) == (S.REGISTERED, Reason.REFUSED)
    assert len(now.classes) == 1 and agree(door.context.session)
    assert door.registry.transfers.request(asking(), TODAY).id != view.id


def test_nobody_is_transferred_by_force(door: District, pupil: int) -> None:
    with pytest.raises(TransferForced):
        ask(door, guardian_applied=False)
    assert door.registry.pupils.pupil_as_of(pupil).status is S.REGISTERED


def test_nobody_is_transferred_during_a_suspension(door: District, pupil: int) -> None:
    door.registry.pupils.suspend(pupil, Suspension(planned_until=date(2027, 3, 1)), ASKED)
    with pytest.raises(IllegalTransition):
        ask(door)


def test_a_pupil_has_one_open_transfer(door: District, dasi: District) -> None:
    ask(door)
    with pytest.raises(TransferOpen):
        ask(door, to_district=None, to_school="s2")
    with pytest.raises(TransferOpen):
        ask(dasi, requested_by=Side.RECEIVING)


def test_what_is_asked_for_must_make_sense(door: District, dasi: District) -> None:
    for more, error in (
        ({"to_district": None}, TransferToSameSchool),
        ({"to_school": "s9"}, SchoolUnknown),
        ({"to_school": None}, TransferPlace),
        ({"outside": "昆明"}, TransferPlace),
        ({"to_school": None, "outside": "昆明", "requested_by": Side.RECEIVING}, TransferPlace),
        ({"pupil_no": "nobody"}, PupilUnknown),
    ):
        with pytest.raises(error):
            ask(door, **more)
    with pytest.raises(PupilUnknown):  # a pupil of another district, asked for as the sending side
        ask(dasi)
    with pytest.raises(NotYetHappened):
        door.registry.transfers.request(asking(), TODAY + timedelta(days=1))
    with pytest.raises(StandingBackwards):
        door.registry.transfers.request(asking(), FIRST - timedelta(days=1))


def test_the_steps_have_an_order_and_days(door: District, dasi: District) -> None:
    view = ask(door)
    seat = class_id(door.context.session, "s1", place=DASI)
    with pytest.raises(IllegalTransition):
        dasi.registry.transfers.accept(view.id, seat, ACCEPTED)
    with pytest.raises(TransferBackwards):
        door.registry.transfers.release(view.id, ASKED - timedelta(days=1))
    door.registry.transfers.release(view.id, RELEASED)
    with pytest.raises(IllegalTransition):
        door.registry.transfers.release(view.id, RELEASED)
    with pytest.raises(TransferBackwards):
        dasi.registry.transfers.accept(view.id, seat, ASKED)
    with pytest.raises(NotYetHappened):
        dasi.registry.transfers.accept(view.id, seat, TODAY + timedelta(days=1))
    dasi.registry.transfers.accept(view.id, seat, ACCEPTED)
    acts: list[Callable[[], object]] = [
        lambda: dasi.registry.transfers.accept(view.id, seat, ACCEPTED),
        lambda: dasi.registry.transfers.refuse(view.id, "晚了", ACCEPTED),
        lambda: door.registry.transfers.withdraw(view.id, ACCEPTED),
    ]
    for act in acts:
        with pytest.raises(IllegalTransition):
            act()


def test_the_receiving_school_names_a_class_of_its_own_and_of_the_cohort(
    door: District, dasi: District
) -> None:
    session = door.context.session
    view = ask(door)
    door.registry.transfers.release(view.id, RELEASED)
    for seat, error in (
        (None, TransferNeedsClass),
        (class_id(session, "s2"), TransferNeedsClass),
        (class_id(session, "s1", 2021, place=DASI), CohortDiffers),
        (1, ClassUnknown),
    ):
        with pytest.raises(error):
            dasi.registry.transfers.accept(view.id, seat, ACCEPTED)
    assert agree(session)


def test_who_came_today_is_not_transferred_today(door: District, dasi: District) -> None:
    view = door.registry.transfers.request(asking(), FIRST)
    door.registry.transfers.release(view.id, FIRST)
    with pytest.raises(StandingBackwards):
        dasi.registry.transfers.accept(view.id, class_id(door.context.session, "s1", place=DASI), FIRST)


def test_a_pupil_who_dies_has_no_open_transfer(door: District, pupil: int) -> None:
    view = ask(door)
    door.registry.pupils.record_death(pupil, RELEASED)
    assert door.registry.transfers.transfer(view.id).state is T.WITHDRAWN
    with pytest.raises(IllegalTransition):
        door.registry.transfers.release(view.id, RELEASED)


# out of the county and into it


def test_a_transfer_out_of_the_county_ends_the_roll_when_the_other_side_has_accepted(
    door: District, pupil: int
) -> None:
    view = ask(door, to_district=None, to_school=None, outside="昆明市某小学")
    assert (view.direction, view.to_school, view.outside) == (Direction.OUT, None, "昆明市某小学")
    door.registry.transfers.release(view.id, RELEASED)
    with pytest.raises(TransferNeedsClass):
        door.registry.transfers.accept(view.id, class_id(door.context.session, "s2"), ACCEPTED)
    door.registry.transfers.accept(view.id, None, ACCEPTED)
    assert door.registry.pupils.pupil_as_of(pupil, ACCEPTED - timedelta(days=1)).class_name == "一（1）班"
    gone = door.registry.pupils.pupil_as_of(pupil, ACCEPTED)
    assert (gone.status, gone.class_name) == (S.TRANSFERRED, None)
    assert agree(door.context.session)


def test_a_transfer_out_that_the_other_side_declines_is_recorded_by_the_school(
    door: District, pupil: int
) -> None:
    view = ask(door, to_district=None, to_school=None, outside="昆明市某小学")
    door.registry.transfers.release(view.id, RELEASED)
    assert door.registry.transfers.refuse(view.id, "对方未接收", ACCEPTED).state is T.REFUSED
    assert door.registry.pupils.pupil_as_of(pupil).class_name == "一（1）班"


def arrival(seat: int, **more: Any) -> TransferArrival:
    newcomer = NewPupil(pupil_no="K1", name="昆", sex=Sex.FEMALE, birth_date=date(2020, 2, 2))
    values: dict[str, Any] = {"pupil": newcomer, "outside": "昆明市某小学", "guardian_applied": True}
    values["class_id"] = seat
    return TransferArrival(**(values | more))


def test_a_pupil_from_outside_is_in_a_class_from_the_first_day(door: District) -> None:
    session = door.context.session
    view = door.registry.transfers.take_in(arrival(class_id(session, "s2")), ACCEPTED)
    assert (view.direction, view.state, view.to_school) == (Direction.IN, T.ACCEPTED, "s2")
    history = door.registry.pupils.history(view.pupil_id)
    assert [(s.status, s.reason) for s in history.statuses] == [(S.REGISTERED, Reason.FROM_OUTSIDE)]
    assert history.classes[0].entered_as is Entered.TRANSFER_IN
    with pytest.raises(PupilKnown):
        door.registry.transfers.take_in(arrival(class_id(session, "s2")), ACCEPTED)
    assert agree(session)


def test_an_arrival_is_refused_for_what_is_wrong_with_it(door: District) -> None:
    session = door.context.session
    seat = class_id(session, "s2")
    unborn = NewPupil(pupil_no="K2", name="未", sex=Sex.MALE, birth_date=TODAY)
    for command, error in (
        (arrival(seat, guardian_applied=False), TransferForced),
        (arrival(class_id(session, "s2", 2027)), ClassNotBegun),
        (arrival(class_id(session, "s1", place=DASI)), ClassUnknown),
        (arrival(seat, pupil=unborn), BornAfter),
    ):
        with pytest.raises(error):
            door.registry.transfers.take_in(command, ACCEPTED)


def test_somebody_who_had_left_comes_back_under_the_same_number(door: District, pupil: int) -> None:
    view = ask(door, to_district=None, to_school=None, outside="昆明市某小学")
    door.registry.transfers.release(view.id, RELEASED)
    door.registry.transfers.accept(view.id, None, ACCEPTED)
    same = NewPupil(pupil_no=NUMBER, name="生1", sex=Sex.MALE)
    dasi = door_on(door.context.session, TODAY, DASI)
    seat = class_id(door.context.session, "s1", place=DASI)
    back = dasi.registry.transfers.take_in(arrival(seat, pupil=same), TODAY)
    assert back.pupil_id == pupil
    states = [s.status for s in dasi.registry.pupils.history(pupil).statuses]
    assert states == [S.REGISTERED, S.TRANSFERRING, S.TRANSFERRED, S.REGISTERED]
    assert agree(door.context.session)


# deadlines


def test_each_side_has_ten_working_days_and_the_holiday_does_not_count(session: Session) -> None:
    make_county_of_two(session)
    door = door_on(session, date(2026, 10, 13))
    view = door.registry.transfers.request(asking(), date(2026, 9, 21))
    # 25–27 September, 1–7 October off; Sunday 20 September and Saturday 10 October worked
    assert (view.due_on, view.provisional, view.overdue) == (date(2026, 10, 12), False, True)
    released = door.registry.transfers.release(view.id, date(2026, 10, 12))
    assert (released.due_on, released.overdue) == (date(2026, 10, 26), False)


def test_a_day_that_runs_into_an_unknown_year_is_provisional(session: Session) -> None:
    make_county_of_two(session)
    door = door_on(session, date(2026, 12, 28))
    view = door.registry.transfers.request(asking(), date(2026, 12, 28))
    assert (view.due_on, view.provisional) == (date(2027, 1, 11), True)


# whose it is


def test_a_transfer_is_seen_by_both_schools_and_nobody_else(door: District, dasi: District) -> None:
    view = ask(door)
    session = door.context.session
    assert dasi.registry.transfers.transfer(view.id) == view
    assert [t.id for t in door.registry.transfers.open_transfers("s1")] == [view.id]
    assert door.registry.transfers.open_transfers("s2") == []
    head = Actor("T1", (Holding(Post.SCHOOL_HEAD, f"{QIANFENG}/s2"),))
    other = door_on(session, TODAY, actor=head).registry.transfers
    acts: list[Callable[[], object]] = [
        lambda: other.transfer(view.id),
        lambda: other.release(view.id),
        lambda: other.request(asking()),
        lambda: other.open_transfers("s1"),
        lambda: other.transfers_of(view.pupil_id),
        lambda: other.transfers_of(1),
    ]
    for act in acts:
        with pytest.raises(ActionNotPermitted):
            act()
    within = door.registry.transfers.request(
        asking(pupil_no="qianfeng-s1-P2", to_district=None, to_school="s2"), ASKED
    )
    with pytest.raises(TransferUnknown):
        dasi.registry.transfers.transfer(within.id)


def test_within_a_district_the_heads_of_both_schools_see_a_transfer(door: District) -> None:
    transfers = door.registry.transfers
    view = transfers.request(asking(to_district=None, to_school="s2"), ASKED)
    for school in ("s1", "s2"):
        head = Actor("T1", (Holding(Post.SCHOOL_HEAD, f"{QIANFENG}/{school}"),))
        seeing = door_on(door.context.session, TODAY, actor=head).registry.transfers
        assert seeing.transfer(view.id) == view and seeing.transfers_of(view.pupil_id) == [view]


def test_open_transfers_take_the_same_number_of_statements_however_many_are_provisional(
    session: Session,
) -> None:
    make_county_of_two(session)
    door, counts = door_on(session, date(2026, 12, 28)), list[int]()
    for number in (1, 2):
        door.registry.transfers.request(asking(pupil_no=f"qianfeng-s1-P{number}"), date(2026, 12, 28))
        counts.append(statements_of(session, door.registry.transfers.open_transfers))
    assert [one.provisional for one in door.registry.transfers.open_transfers()] == [True, True]
    assert counts[0] == counts[1]


def test_problems_of_a_request_come_together(door: District, pupil: int) -> None:
    door.registry.pupils.suspend(pupil, Suspension(planned_until=date(2027, 3, 1)), ASKED)
    with pytest.raises(Problems) as caught:
        ask(door, guardian_applied=False, to_district=None)
    found = {type(problem.error) for problem in caught.value.problems}
    assert found == {TransferForced, IllegalTransition, TransferToSameSchool}
