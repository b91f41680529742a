"""Writes the workbooks of the example, the same ones each time.

python examples/data/qianfeng/write_workbooks.py
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import invent
import invent_calendar
import invent_dues
import invent_leave
import invent_party
import invent_places
import invent_posts

from xuequ.core.fields import Command
from xuequ.core.workbook import Template
from xuequ.exchange import write_workbook
from xuequ.registry.templates import CALENDAR, POSTS, PREMISES, SET_UP, STAFF, TEACHING, VILLAGES
from xuequ.unified.leadership.templates.duties import DRILLS, DUTY
from xuequ.unified.leadership.templates.leave import LEAVE
from xuequ.unified.party.templates.attendance import MEETING_ATTENDANCE
from xuequ.unified.party.templates.development import DEVELOPMENT
from xuequ.unified.party.templates.dues import DUES
from xuequ.unified.party.templates.members import MEMBERS

FOLDER = Path(__file__).parent

Rows = Mapping[str, Sequence[Command]]
Plain = Mapping[str, Sequence[Mapping[str, Any]]]


def of(template: Template, plain: Plain) -> Rows:
    """Return plain rows as the commands of a template's sheets."""
    return {name: [template.sheet(name).command(**row) for row in rows] for name, rows in plain.items()}


def villages() -> Rows:
    """Return the township, the villages, their people, and the schools that serve them."""
    return of(
        VILLAGES,
        {
            "townships": invent_places.township_rows(),
            "villages": invent_places.village_rows(),
            "counts": invent_places.village_count_rows(),
            "served": invent_places.served_rows(),
        },
    )


def premises() -> Rows:
    """Return land, buildings and rooms."""
    return of(
        PREMISES,
        {
            "land": invent_places.land_rows(),
            "buildings": invent_places.premises_rows(),
            "rooms": invent_places.room_rows(),
        },
    )


def certificates() -> Rows:
    """Return the certificates of the staff."""
    return of(STAFF, {"certificates": invent_posts.certificate_rows()})


def posts() -> Rows:
    """Return who holds which post."""
    return of(POSTS, {"appointments": invent_posts.post_rows()})


def teaching() -> Rows:
    """Return who teaches what, and who leads which class."""
    return of(
        TEACHING,
        {"teachings": invent_posts.teaching_rows(), "head_teachers": invent_posts.head_teacher_rows()},
    )


def leave() -> Rows:
    """Return the ledger of leave of the autumn term."""
    return of(LEAVE, {"leaves": invent_leave.leave_rows()})


def duty() -> Rows:
    """Return the duty roster of three weeks."""
    return of(DUTY, {"duty": invent_leave.duty_rows()})


def drills() -> Rows:
    """Return the drills of the autumn term."""
    return of(DRILLS, {"drills": invent_leave.drill_rows()})


def members() -> Rows:
    """Return the branch, its groups, its members, and who holds an office."""
    return of(
        MEMBERS,
        {
            "branch": invent_party.branch_rows(),
            "groups": invent_party.group_rows(),
            "members": invent_party.member_rows(),
            "committee": invent_party.seat_rows(),
            "leaders": invent_party.leader_rows(),
        },
    )


def attendance() -> Rows:
    """Return the meetings of the branch, and who came."""
    plain = {"meetings": invent_party.meeting_rows(), "attendance": invent_party.attendance_rows()}
    return of(MEETING_ATTENDANCE, plain)


def development() -> Rows:
    """Return the development case with its steps."""
    return of(DEVELOPMENT, {"cases": invent_party.case_rows(), "steps": invent_party.step_rows()})


def dues() -> Rows:
    """Return what the members pay, and what they have paid."""
    return of(
        DUES,
        {
            "bases": invent_dues.base_rows(),
            "reductions": invent_dues.reduction_rows(),
            "payments": invent_dues.payment_rows(),
        },
    )


WORKBOOKS: Mapping[str, tuple[Template, Callable[[], Rows]]] = {
    "qianfeng.xlsx": (SET_UP, invent.invent),
    "villages.xlsx": (VILLAGES, villages),
    "premises.xlsx": (PREMISES, premises),
    "calendar.xlsx": (CALENDAR, invent_calendar.invent),
    "posts.xlsx": (POSTS, posts),
    "certificates.xlsx": (STAFF, certificates),
    "teaching.xlsx": (TEACHING, teaching),
    "leave.xlsx": (LEAVE, leave),
    "duty.xlsx": (DUTY, duty),
    "drills.xlsx": (DRILLS, drills),
    "members.xlsx": (MEMBERS, members),
    "attendance.xlsx": (MEETING_ATTENDANCE, attendance),
    "development.xlsx": (DEVELOPMENT, development),
    "dues.xlsx": (DUES, dues),
}


def write() -> None:
    """Write every workbook beside this script."""
    for name, (template, rows) in WORKBOOKS.items():
        write_workbook(FOLDER / name, template, rows())
        print(f"wrote {FOLDER / name}")


if __name__ == "__main__":
    write()
