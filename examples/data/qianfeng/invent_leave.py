"""Leaves, duties and drills of the autumn term of the example, up to `TERM_DAY`: all of them invented.

They are chosen to show what the article's rule of leave leads to: half-days that a school's head approved and
reported, two that wait for the report, half-days that only the principal may approve, leaves that are
refused, withdrawn and voided, and somebody who is not back. Two that were extended and cut short stand in
``a_term.py``, for they were changed after they had been registered.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, cast

import invent
import invent_posts

from xuequ.core.access import Post
from xuequ.registry.schemas.set_up import PupilRow, StaffRow
from xuequ.registry.states.calendar import DayHalf
from xuequ.unified.leadership.states.duties import DutyRole
from xuequ.unified.leadership.states.leave import LeaveKind, LeaveState
from xuequ.unified.leadership.states.safety import DrillKind

Row = dict[str, Any]
TERM_DAY = date(2026, 11, 25)
"""As of which day the term is told: a Wednesday in its thirteenth week."""

AM, PM = DayHalf.AM, DayHalf.PM
K, S = LeaveKind, LeaveState


def _day(month: int, number: int) -> date:
    return date(2026, month, number)


def _holders() -> dict[Any, str]:
    """Return who holds the posts: post or code of a school → staff number."""
    return {row.get("school", row["post"]): row["staff_no"] for row in invent_posts.post_rows()}


def _schools() -> dict[str, str]:
    """Return the school of everybody: staff number → its code."""
    return {row.staff_no: row.school for row in cast("list[StaffRow]", invent.invent()["staff"])}


# leaves


def _half(staff_no: str, day: date, half: DayHalf, kind: LeaveKind, reason: str, **more: Any) -> Row:
    return {
        "staff_no": staff_no,
        "first_day": day,
        "first_half": half,
        "last_day": day,
        "last_half": half,
        "kind": kind,
        "reason": reason,
        "asked_on": day,
        "state": S.APPROVED,
        **more,
    }


def _days(staff_no: str, first: date, last: date, kind: LeaveKind, reason: str, **more: Any) -> Row:
    """Return a leave of whole days that the principal approved on the day on which it was asked for."""
    asked = more.get("asked_on", first - timedelta(days=3))
    decided = {} if "state" in more else {"approver_no": _holders()[Post.PRINCIPAL], "decided_on": asked}
    values = {"staff_no": staff_no, "first_day": first, "last_day": last, "kind": kind, "reason": reason}
    return {**values, "asked_on": asked, "state": S.APPROVED, **decided, **more}


def _by_heads() -> Iterator[Row]:
    """Yield half-days that heads approved; the last two are not reported to the principal."""
    head, at = _holders(), _schools()
    lines = (
        ("T014", _day(9, 8), PM, K.PERSONAL, "到镇政府办事", _day(9, 8)),
        ("T024", _day(9, 10), AM, K.SICK, "就诊", _day(9, 11)),
        ("T042", _day(10, 13), AM, K.PERSONAL, "家中有事", _day(10, 14)),
        ("T058", _day(10, 16), PM, K.PERSONAL, "接亲属", _day(10, 16)),
        ("T036", _day(9, 15), PM, K.PERSONAL, "到银行办事", None),
        ("T050", _day(11, 24), AM, K.SICK, "就诊", None),
    )
    for staff_no, day, half, kind, reason, reported in lines:
        decision = {"approver_no": head[at[staff_no]], "decided_on": day, "reported_on": reported}
        yield _half(staff_no, day, half, kind, reason, **decision)


def _by_the_principal() -> Iterator[Row]:
    """Yield half-days that no head may approve: chained, without a head, of a head."""
    lines = (
        ("T058", _day(10, 19), AM, K.PERSONAL, "接亲属，路途远", _day(10, 16)),
        ("T005", _day(9, 22), PM, K.SICK, "就诊", _day(9, 22)),
        ("T066", _day(9, 29), PM, K.PERSONAL, "孩子入学", _day(9, 28)),
    )
    for staff_no, day, half, kind, reason, asked in lines:
        decision = {"approver_no": _holders()[Post.PRINCIPAL], "decided_on": asked, "asked_on": asked}
        yield _half(staff_no, day, half, kind, reason, **decision)


def _approved() -> Iterator[Row]:
    """Yield leaves of whole days; who was back says when."""
    yield _days("T029", _day(9, 16), _day(9, 18), K.WORK_INJURY, "工伤治疗", back_day=_day(9, 20))
    yield _days("T020", _day(10, 8), _day(10, 9), K.FAMILY_VISIT, "探望父母", back_day=_day(10, 10))
    yield _days("T041", _day(10, 19), _day(10, 23), K.MARRIAGE, "结婚", back_day=_day(10, 26))
    yield _days("T037", _day(10, 26), _day(10, 30), K.PATERNITY, "陪护", back_day=_day(11, 2))
    yield _days("T008", _day(10, 27), _day(10, 28), K.OFFICIAL, "县教研室培训", back_day=_day(10, 29))
    yield _days(
        "T061", _day(11, 2), _day(11, 4), K.BEREAVEMENT, "治丧", asked_on=_day(11, 2), back_day=_day(11, 5)
    )
    yield _days("T044", _day(11, 12), _day(11, 12), K.CHILD_CARE, "照护子女", back_day=_day(11, 13))
    yield _days("T054", _day(11, 9), _day(11, 10), K.PERSONAL, "家中有事", back_day=_day(11, 12))
    yield _days("T048", _day(11, 19), _day(11, 20), K.PERSONAL, "家中有事")
    yield _days("T027", _day(11, 23), _day(11, 27), K.SICK, "住院", evidence="住院证明")
    birth = {"evidence": "出生医学证明", "asked_on": _day(10, 20)}
    yield _days("T019", _day(11, 9), date(2027, 4, 15), K.MATERNITY, "生育", **birth)
    late = {"asked_on": _day(9, 22), "late_reason": "突发急病，次日补办", "back_day": _day(9, 22)}
    yield _days("T015", _day(9, 21), _day(9, 21), K.SICK, "急诊", **late)
    bureau = {"approver_no": None, "document": "示例教〔2026〕31号", "back_day": _day(10, 23)}
    yield _days("T010", _day(10, 21), _day(10, 22), K.OFFICIAL, "县校长会议", **bureau)


def _not_taken() -> Iterator[Row]:
    """Yield what was refused, withdrawn, voided, and what waits."""
    principal = {"approver_no": _holders()[Post.PRINCIPAL]}
    refused = {"state": S.REJECTED, "decided_on": _day(10, 12), "asked_on": _day(10, 12), **principal}
    yield _days("T060", _day(10, 14), _day(10, 15), K.PERSONAL, "外出旅游", **refused)
    withdrawn = {"state": S.WITHDRAWN, "asked_on": _day(11, 13)}
    yield _days("T026", _day(11, 16), _day(11, 16), K.PERSONAL, "家中有事", **withdrawn)
    void = {"state": S.CANCELLED, "void_reason": "登记错人", "decided_on": _day(11, 9)} | principal
    yield _days("T039", _day(11, 10), _day(11, 10), K.PERSONAL, "家中有事", asked_on=_day(11, 9), **void)
    waits = {"state": S.SUBMITTED, "asked_on": _day(11, 24)}
    yield _days("T052", _day(11, 30), _day(12, 1), K.PERSONAL, "家中有事", **waits)


def leave_rows() -> list[Row]:
    """Return the ledger of leave."""
    rows = [*_by_heads(), *_by_the_principal(), *_approved(), *_not_taken()]
    for row in rows:
        if row.get("back_day"):
            row["state"] = S.RETURNED
    return rows


# duty and drills


def _weekdays(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day.weekday() < 5:
            yield day


def duty_rows() -> list[Row]:
    """Return three weeks of duty at every school: its head leads on Mondays, two others are there daily."""
    at, head = _schools(), _holders()
    away = {row["staff_no"] for row in leave_rows() if row["last_day"] >= _day(11, 16)}
    rows: list[Row] = []
    for code, _, _ in invent.SCHOOLS:
        lead = head.get(code, head[Post.PRINCIPAL])
        others = [one for one, school in at.items() if school == code and one != lead and one not in away]
        for turn, day in enumerate(_weekdays(_day(11, 16), date(2026, 12, 4))):
            on_duty = {lead: DutyRole.LEAD, others[turn % len(others)]: DutyRole.DUTY}
            on_duty.setdefault(others[(turn + 1) % len(others)], DutyRole.GATE)
            for half in DayHalf:
                known = {"school": code, "day": day, "half": half}
                rows += [known | {"staff_no": one, "role": role} for one, role in on_duty.items()]
    return rows


_DRILLS = (
    (DrillKind.EVACUATION, _day(9, 4), 4, ""),
    (DrillKind.FIRE, _day(10, 16), 5, ""),
    (DrillKind.EARTHQUAKE, _day(11, 12), 3, ""),
)
_PROBLEMS = {
    ("dayou", DrillKind.FIRE): "二楼东侧疏散指示牌脱落",
    ("wengqing", DrillKind.EVACUATION): "集合点偏小",
}


def drill_rows() -> list[Row]:
    """Return three drills at every school, with its pupils and staff of the count day taking part."""
    heads = dict.fromkeys((code for code, _, _ in invent.SCHOOLS), 0)
    for sheet in ("pupils", "staff"):
        for row in cast("list[PupilRow | StaffRow]", invent.invent()[sheet]):
            heads[row.school] += 1
    return [
        {
            "school": code,
            "kind": kind,
            "held_on": day,
            "participants": heads[code] - 2 - number,
            "minutes": minutes,
            "problems": _PROBLEMS.get((code, kind), problems),
        }
        for code in heads
        for number, (kind, day, minutes, problems) in enumerate(_DRILLS)
    ]
