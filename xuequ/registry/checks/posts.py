"""Data checks of posts: seats, places, terms, employment and duties."""

from __future__ import annotations

from collections.abc import Iterator

from xuequ.core.access import Post
from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.core.spans import DaySpan
from xuequ.registry.repository.post_checks import PostCheckRows
from xuequ.registry.rules.duties import Held, clashes
from xuequ.registry.rules.posts import seat
from xuequ.standards.repository import load_standards

APPOINTMENT, DELEGATION = "xq_registry_appointment", "xq_registry_delegation"


def _rows(ground: Ground) -> PostCheckRows:
    return PostCheckRows(ground.session, ground.scope, ground.place)


def _seats(ground: Ground) -> Iterator[Finding]:
    rows = _rows(ground)
    for row in rows.seats():
        if row.seat != seat(Post(row.post), row.place):
            yield Finding(APPOINTMENT, row.id, f"席位写作 {row.seat or '空'}，与岗位和地点不符")
    for row in rows.seats_shared():
        yield Finding(APPOINTMENT, row.id, f"与 {row.other} 同占 {row.seat}，时间重叠")


def _misplaced(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).misplaced():
        yield Finding(APPOINTMENT, row.id, f"地点写作 {row.place}，而其学区、学校为 {row.path}")


def _unemployed(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).without_employment():
        yield Finding(APPOINTMENT, row.id, f"教职工 {row.staff_id} 任职期间不全在职")


def _lent_beyond(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).lent_beyond():
        yield Finding(DELEGATION, row.id, f"超出任职 {row.appointment_id} 的任期或范围")


def _duties(ground: Ground) -> Iterator[Finding]:
    standards = load_standards(ground.session, ground.scope, ground.place)
    for row in _rows(ground).held_together():
        other = Held(Post(row.other_post), row.other_place, DaySpan(row.other_since, row.other_until))
        days = DaySpan(row.since, row.until)
        for clash in clashes(Post(row.post), row.place, days, [other], standards):
            duties = f"{clash.duty.label}、{clash.other.label}"
            yield Finding(
                APPOINTMENT, row.id, f"与 {row.other_id} 同为教职工 {row.staff_id}，{duties}不得兼任"
            )


CHECKS = (
    DataCheck(
        "registry.seats_hold_one",
        "一职一人",
        _seats,
        "请核对任免文件，改正其中一人的任职起止日期。",
    ),
    DataCheck(
        "registry.appointments_are_placed",
        "任职地点与学区、学校相符",
        _misplaced,
        "请核对任免文件，按实际更正任职地点。",
    ),
    DataCheck(
        "registry.appointees_are_employed",
        "任职者在职",
        _unemployed,
        "请补办入职或免职手续。",
    ),
    DataCheck(
        "registry.delegations_lie_in_their_appointment",
        "授权在任期和职权范围之内",
        _lent_beyond,
        "请收回或更正授权的时段和范围。",
    ),
    DataCheck(
        "registry.duties_are_kept_apart",
        "不相容职责未由一人兼任",
        _duties,
        "请免去其中一职，并复核兼任期间的账目。",
    ),
)
