"""Writes the workbooks of the example, the same ones each time.

python examples/data/qianfeng/write_workbooks.py
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import invent
import invent_calendar
import invent_places
import invent_posts

from xuequ.core.fields import Command
from xuequ.core.workbook import Template
from xuequ.exchange import write_workbook
from xuequ.registry.templates import CALENDAR, POSTS, PREMISES, SET_UP, STAFF, TEACHING, VILLAGES

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


WORKBOOKS: Mapping[str, tuple[Template, Callable[[], Rows]]] = {
    "qianfeng.xlsx": (SET_UP, invent.invent),
    "villages.xlsx": (VILLAGES, villages),
    "premises.xlsx": (PREMISES, premises),
    "calendar.xlsx": (CALENDAR, invent_calendar.invent),
    "posts.xlsx": (POSTS, posts),
    "certificates.xlsx": (STAFF, certificates),
    "teaching.xlsx": (TEACHING, teaching),
}


def write() -> None:
    """Write every workbook beside this script."""
    for name, (template, rows) in WORKBOOKS.items():
        write_workbook(FOLDER / name, template, rows())
        print(f"wrote {FOLDER / name}")


if __name__ == "__main__":
    write()
