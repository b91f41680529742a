"""Leave asked for and decided on at once: one effect, and an answer that says what happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.unified.leadership.leaves import (
    AM,
    HEAD,
    OFFICE,
    PLACE,
    PM,
    PRINCIPAL,
    SEP1,
    TEACHER,
    ask,
    asking,
    at,
    furnish,
    granted,
    number,
    sep,
    settings,
)
from xuequ import Actor, District, XuequError
from xuequ.core.journal import FactRow
from xuequ.registry.states.posts import AppointmentEnd
from xuequ.testing.factories import MAKER
from xuequ.unified.leadership.models.leave import LeaveSlot
from xuequ.unified.leadership.schemas.leave import LeaveView
from xuequ.unified.leadership.states.leave import AskState, LeaveState

Act = tuple[str | None, Callable[[District], object]]
"""Who, and what they do."""


def prepared(engine: Engine, make: Callable[[District], LeaveView | None]) -> int:
    """Furnish a district and prepare a leave; return its id."""
    with Session(engine) as session:
        made = make(furnish(session))
        session.commit()
        return 0 if made is None else made.id


def together(engine: Engine, acts: Sequence[Act], day: date = SEP1) -> list[XuequError | None]:
    """Do acts at once, each in a transaction of its own; return what came of each."""
    ready = Barrier(len(acts))

    def do(act: Act) -> XuequError | None:
        who, what = act
        with Session(engine) as session:
            actor = MAKER if who is None else Actor(number(who))
            door = District(session, PLACE, actor=actor, settings=settings(day))
            ready.wait()
            try:
                what(door)
                session.commit()
            except XuequError as error:
                return error
            return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def codes(came: list[XuequError | None]) -> Counter[str]:
    return Counter("done" if error is None else error.code for error in came)


def told(engine: Engine, name: str) -> int:
    with Session(engine) as session:
        query = select(func.count()).select_from(FactRow).where(FactRow.name == f"leadership.{name}")
        return session.scalar(query) or 0


def leave_of(engine: Engine, leave_id: int) -> LeaveView:
    with Session(engine) as session:
        door = District(session, PLACE, actor=MAKER, settings=settings(SEP1))
        return door.leadership.leave.leave(leave_id)


def approving(leave_id: int) -> Callable[[District], object]:
    return lambda door: door.leadership.leave.approve_leave(leave_id)


def test_of_two_who_approve_one_leave_at_once_one_does_and_the_other_hears_who(engine: Engine) -> None:
    leave_id = prepared(engine, lambda door: ask(door, TEACHER, sep(3)))
    came = together(engine, [(who, approving(leave_id)) for who in (HEAD, PRINCIPAL)] * 3)
    assert codes(came) == {"done": 1, "leadership.leave_decided": 5}
    refused = next(error for error in came if error is not None)
    assert refused.facts()["who"] == "师1" and refused.facts()["when"] == "2026-09-01 08:00"
    assert told(engine, "leave_approved") == 1


def test_an_approval_and_a_rejection_at_once_come_to_one_of_them(engine: Engine) -> None:
    leave_id = prepared(engine, lambda door: ask(door, TEACHER, sep(3)))
    reject: Act = (PRINCIPAL, lambda door: door.leadership.leave.reject_leave(leave_id))
    came = together(engine, [(HEAD, approving(leave_id)), reject])
    assert codes(came) == {"done": 1, "leadership.leave_decided": 1}
    assert told(engine, "leave_approved") + told(engine, "leave_rejected") == 1


def test_of_many_requests_for_one_half_day_one_is_taken(engine: Engine) -> None:
    prepared(engine, lambda door: None)

    def request(door: District) -> object:
        return door.leadership.leave.request_leave(asking(door, TEACHER, sep(3), AM, sep(3)))

    came = together(engine, [(who, request) for who in (TEACHER, HEAD, OFFICE, None)])
    assert codes(came) == {"done": 1, "leadership.leave_overlaps": 3}
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(LeaveSlot)) == 2


def test_an_approval_against_a_withdrawal_leaves_no_half_approved_leave(engine: Engine) -> None:
    leave_id = prepared(engine, lambda door: ask(door, TEACHER, sep(3)))
    withdraw: Act = (TEACHER, lambda door: door.leadership.leave.withdraw(leave_id))
    came = together(engine, [(PRINCIPAL, approving(leave_id)), withdraw])
    leave = leave_of(engine, leave_id)
    assert (leave.state, leave.half_days) == (LeaveState.WITHDRAWN, 0)
    if came[0] is None:  # approved first, and undone with the withdrawal
        assert leave.asks[0].state is AskState.APPROVED and told(engine, "leave_cancelled") == 1
    else:
        assert came[0].code == "leadership.leave_decided" and "撤回" in came[0].message()
        assert told(engine, "leave_approved") == told(engine, "leave_cancelled") == 0
    assert came[1] is None


def test_two_half_days_of_one_chain_at_once_are_never_both_the_heads(engine: Engine) -> None:
    """Each was asked for alone; whichever is decided second sees the other."""
    first = prepared(engine, lambda door: ask(door, TEACHER, sep(8), PM))

    def second(door: District) -> object:
        return door.leadership.leave.request_leave(asking(door, TEACHER, sep(9), AM))

    came = together(engine, [(HEAD, approving(first)), (TEACHER, second)])
    assert came[1] is None
    assert codes(came[:1]) in ({"done": 1}, {"leadership.not_the_approver": 1})


def test_what_has_passed_is_told_once_by_two_schedulers(engine: Engine) -> None:
    prepared(engine, lambda door: granted(door, TEACHER, sep(2), AM, sep(3)))
    record: Act = (None, lambda door: door.leadership.leave.record_taken())
    assert codes(together(engine, [record] * 4, sep(4))) == {"done": 4}
    assert told(engine, "leave_taken") == 1


def test_a_cancellation_against_the_record_leaves_nothing_taken_that_is_not_undone(engine: Engine) -> None:
    leave_id = prepared(engine, lambda door: granted(door, TEACHER, sep(2), AM, sep(3)))
    record: Act = (None, lambda door: door.leadership.leave.record_taken())
    cancel: Act = (OFFICE, lambda door: door.leadership.leave.cancel(leave_id, "录错"))
    assert codes(together(engine, [record, cancel], sep(4))) == {"done": 2}
    with Session(engine) as session:
        names = list(session.scalars(select(FactRow.name).order_by(FactRow.id)))
    leave = [name for name in names if name in ("leadership.leave_taken", "leadership.leave_cancelled")]
    assert leave[-1] == "leadership.leave_cancelled"


def test_a_head_who_is_removed_at_once_approves_before_or_not_at_all(engine: Engine) -> None:
    leave_id = prepared(engine, lambda door: ask(door, TEACHER, sep(3)))
    with Session(engine) as session:
        door = District(session, PLACE, actor=MAKER, settings=settings(sep(2)))
        held = next(one.id for one in door.registry.posts.holders() if one.school == "s2")

    def remove(door: District) -> object:
        return door.registry.posts.end_appointment(held, AppointmentEnd.MOVED)

    came = together(engine, [(HEAD, approving(leave_id)), (None, remove)], sep(2))
    assert came[1] is None
    done = leave_of(engine, leave_id).state is LeaveState.APPROVED
    assert done is (came[0] is None)
    if came[0] is not None:
        assert came[0].code in ("core.action_not_permitted", "leadership.not_the_approver")


def test_doors_of_the_office_see_what_was_committed(engine: Engine) -> None:
    leave_id = prepared(engine, lambda door: granted(door, TEACHER, sep(3), by=HEAD))
    with Session(engine) as session:
        door = at(District(session, PLACE, actor=MAKER), SEP1, OFFICE)
        assert [one.leave_id for one in door.leadership.leave.unreported().lines] == [leave_id]
