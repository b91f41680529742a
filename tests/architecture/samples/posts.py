"""Samples of posts."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import maker, staff_id
from xuequ.core.access import Post
from xuequ.core.spans import DaySpan
from xuequ.registry.models.staff import Staff
from xuequ.registry.schemas.posts import Appointing, Delegating, HandingOver
from xuequ.registry.states.posts import AppointmentEnd

DAY, LATER = date(2026, 9, 1), date(2026, 10, 1)


def other_staff_id(door: Any) -> int:
    """Return the id of the member of staff of school s2."""
    query = select(Staff.id).where(Staff.staff_no == "qianfeng-s2-T1")
    return int(door.context.session.scalars(query).one())


def appointing(door: Any, post: Post = Post.CASHIER, school: str | None = None) -> Appointing:
    values: dict[str, Any] = {"since": DAY, "authority": "前锋学区〔2026〕1号", "school": school}
    return Appointing(staff_id=staff_id(door), post=post, **values)


def appointment_id(door: Any, post: Post = Post.CASHIER, school: str | None = None) -> int:
    """Return an appointment of the member of staff of school s1."""
    return maker(door).registry.posts.appoint(appointing(door, post, school)).id


def handing_over(door: Any) -> HandingOver:
    return HandingOver(staff_id=other_staff_id(door), on=LATER, authority="前锋学区〔2026〕2号")


def delegating(door: Any) -> Delegating:
    return Delegating(staff_id=other_staff_id(door), since=DAY, reason="外出")


def delegation_id(door: Any) -> int:
    """Return a delegation of the cashier's, for school s1 only."""
    lent = delegating(door).model_copy(update={"school": "s1"})
    return maker(door).registry.posts.delegate(appointment_id(door), lent).id


def delegate(door: Any) -> tuple[Any, ...]:
    """Lend the powers of the head of school s1 to a teacher who is not there, which is refused behind."""
    return appointment_id(door, Post.SCHOOL_HEAD, "s1"), delegating(door)


SAMPLES: dict[str, Sample] = {
    "registry.posts.appoint": lambda door: (appointing(door),),
    "registry.posts.hand_over": lambda door: (appointment_id(door), handing_over(door)),
    "registry.posts.end_appointment": lambda door: (appointment_id(door), AppointmentEnd.MOVED, LATER),
    "registry.posts.end_all_of": lambda door: (staff_id(door), AppointmentEnd.RETIRED, LATER),
    "registry.posts.end_post_of": lambda door: (
        staff_id(door),
        Post.CASHIER,
        AppointmentEnd.MOVED,
        LATER,
    ),
    "registry.posts.end_all_at": lambda door: ("s1", AppointmentEnd.ABOLISHED, LATER),
    "registry.posts.revoke_appointment": lambda door: (appointment_id(door),),
    "registry.posts.delegate": delegate,
    "registry.posts.revoke_delegation": lambda door: (delegation_id(door), LATER),
    "registry.posts.holders": lambda door: (DAY,),
    "registry.posts.acting_holders": lambda door: (DAY,),
    "registry.posts.leadership_team": lambda door: (DAY,),
    "registry.posts.holder": lambda door: (Post.SCHOOL_HEAD, "s1", DAY),
    "registry.posts.history": lambda door: (Post.SCHOOL_HEAD, "s1"),
    "registry.posts.delegations": lambda door: (DAY,),
    "registry.posts.vacancies": lambda door: (DAY,),
    "registry.posts.duty_list": lambda door: (DAY,),
    "registry.posts.posts_of": lambda door: (staff_id(door), DAY),
    "registry.posts.appointments_of": lambda door: (staff_id(door), DAY),
    "registry.posts.duties_held": lambda door: (staff_id(door), DAY),
    "registry.posts.held_incompatible": lambda door: (staff_id(door), Post.CASHIER, DaySpan(DAY, LATER)),
}
