"""Samples of the rule parameters."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import maker
from xuequ.core.workbook import Reading
from xuequ.standards.importing import read_toml
from xuequ.standards.national import national
from xuequ.standards.schemas import StandardValue

VISITS = "leadership.visits_per_term"
FILE = """
[["leadership.visits_per_term"]]
value = 4
since = 2026-09-02
authority = "学区文件"
checked = "text"
"""


def value() -> StandardValue:
    return StandardValue(key=VISITS, value="4", since=date(2026, 9, 2), authority="学区文件")


def book() -> Reading:
    return read_toml("own.toml", FILE, national())


def plan(door: Any) -> tuple[Any, ...]:
    return (maker(door).standards.plan_import(book()),)


SAMPLES: dict[str, Sample] = {
    "standards.listed": lambda door: (),
    "standards.history": lambda door: (VISITS,),
    "standards.as_known": lambda door: (date(2026, 9, 1),),
    "standards.record": lambda door: (value(),),
    "standards.plan_import": lambda door: (book(),),
    "standards.import_values": plan,
}
