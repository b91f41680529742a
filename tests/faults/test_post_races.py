"""Appointments made at once: one seat has one holder, one person no two duties that exclude each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from xuequ import District, Post, XuequError
from xuequ.registry.models.posts import Appointment, Delegation
from xuequ.registry.models.staff import Employment, Staff
from xuequ.registry.schemas.posts import Appointing, Delegating
from xuequ.registry.states.posts import AppointmentEnd
from xuequ.testing import make_district
from xuequ.testing.factories import DAY, MAKER, SETTINGS

PLACE = "530921/qianfeng"
OCTOBER = date(2026, 10, 1)
Act = Callable[[District], object]


def prepare(engine: Engine) -> list[int]:
    """Make a district; return the ids of its staff."""
    with Session(engine) as session:
        make_district(session, PLACE, schools=1, pupils=0, staff=8)
        ids = list(session.scalars(select(Staff.id).order_by(Staff.id)))
        session.commit()
        return ids


def together(engine: Engine, acts: list[Act]) -> Counter[str]:
    """Do acts at once, each in a transaction of its own; count what came of them."""
    ready = Barrier(len(acts))

    def do(act: Act) -> str:
        with Session(engine) as session:
            door = District(session, PLACE, actor=MAKER, settings=SETTINGS)
            ready.wait()
            try:
                act(door)
                session.commit()
            except XuequError as error:
                return error.code
            return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(do, acts))


def appoint(staff_id: int, post: Post, since: date = DAY) -> Act:
    command = Appointing(staff_id=staff_id, post=post, since=since, authority="文")
    return lambda door: door.registry.posts.appoint(command)


def test_of_many_who_are_appointed_principal_at_once_one_is(engine: Engine) -> None:
    staff = prepare(engine)
    came = together(engine, [appoint(one, Post.PRINCIPAL) for one in staff])
    assert came == {"done": 1, "registry.seat_taken": 7}


def test_of_duties_given_to_one_person_at_once_one_is(engine: Engine) -> None:
    one = prepare(engine)[0]
    came = together(engine, [appoint(one, post) for post in (Post.CASHIER, Post.ACCOUNTANT)])
    assert came == {"done": 1, "registry.duties_clash": 1}


def test_powers_lent_while_the_post_ends_do_not_outlast_it(engine: Engine) -> None:
    holder, *others = prepare(engine)
    with Session(engine) as session:
        door = District(session, PLACE, actor=MAKER, settings=SETTINGS)
        made = door.registry.posts.appoint(
            Appointing(staff_id=holder, post=Post.PRINCIPAL, since=DAY, authority="文")
        )
        session.commit()

    def lend(to: int) -> Act:
        command = Delegating(staff_id=to, since=DAY, reason="外出")
        return lambda door: door.registry.posts.delegate(made.id, command)

    end = AppointmentEnd.RETIRED
    acts: list[Act] = [lend(one) for one in others[:6]]
    acts.insert(3, lambda door: door.registry.posts.end_appointment(made.id, end, OCTOBER))
    acts.append(lambda door: door.registry.posts.end_all_of(holder, end, OCTOBER))
    came = together(engine, acts)
    assert came["done"] == len(acts) - came["registry.appointment_over"]
    with Session(engine) as session:
        beyond = Delegation.until.is_(None) | (Delegation.until > OCTOBER)
        assert session.scalar(select(func.count()).select_from(Delegation).where(beyond)) == 0
        assert session.scalar(select(func.count()).select_from(Delegation)) == 6


def test_an_appointment_made_while_the_employment_ends_does_not_outlast_it(engine: Engine) -> None:
    one = prepare(engine)[0]
    end = AppointmentEnd.RETIRED

    def leave(door: District) -> None:
        door.context.session.execute(update(Employment).values(until=OCTOBER))
        door.registry.posts.end_all_of(one, end, OCTOBER)

    acts: list[Act] = [appoint(one, post) for post in (Post.CASHIER, Post.UNION_CHAIR)]
    came = together(engine, [*acts, leave, *(appoint(one, post) for post in (Post.BUYER, Post.AUDITOR))])
    missing_or_clashing = {"registry.employment_missing", "registry.duties_clash", "core.problems"}
    assert set(came) <= {"done"} | missing_or_clashing
    with Session(engine) as session:
        assert set(session.scalars(select(Appointment.until))) <= {OCTOBER}
