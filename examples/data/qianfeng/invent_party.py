"""The branch of the example: groups by school cluster, members, committee, a term's meetings, two cases.

The report says that there is one branch for the whole district. Everything else is invented, with the persons
themselves: who is a member, who sits in the committee, who came to which meeting.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import combinations, cycle
from typing import Any, cast

import invent

from xuequ.registry.schemas.set_up import StaffRow
from xuequ.unified.party.states.development import StepKind
from xuequ.unified.party.states.meetings import Mark, MeetingKind
from xuequ.unified.party.states.members import MemberState, Office

Row = dict[str, Any]
FOUNDED = date(2026, 8, 28)
AUTHORITY = "示例镇党委批〔2026〕12号"
GROUPS = {
    "第一党小组": ("daoxiang", "qianfeng"),
    "第二党小组": ("fengping", "qunxing", "zongyuan"),
    "第三党小组": ("dayou", "wengqing", "xiangtang"),
}
LEADERS = {"第一党小组": "T045", "第二党小组": "T023", "第三党小组": "T034"}
COMMITTEE = {
    "T006": Office.SECRETARY,
    "T010": Office.DEPUTY,
    "T008": Office.ORGANISATION,
    "T013": Office.PUBLICITY,
    "T001": Office.DISCIPLINE,
}
FULL = (
    *("T001", "T006", "T008", "T010", "T012", "T044", "T045"),
    *("T013", "T018", "T020", "T023", "T028", "T061", "T063"),
    *("T031", "T034", "T038", "T053", "T055", "T064", "T066"),
)
PROBATIONARY = {"T037": date(2026, 5, 20)}
APPLICANT, LATER_APPLICANT = "T024", "T049"

UNTALKED = 3
"""With how many nobody has talked yet this year."""

_K, _M = MeetingKind, Mark
AWAY = {
    ("ZB-2026-03", "T061"): (_M.EXCUSED, date(2026, 11, 10), "家中有事"),
    ("ZB-2026-03", "T012"): (_M.ABSENT, None, ""),
    ("ZTDR-2026-11", "T012"): (_M.ABSENT, None, ""),
    ("XZ1-2026-11", "T012"): (_M.ABSENT, None, ""),
    ("DK-2026-01", "T055"): (_M.EXCUSED, date(2026, 10, 19), "外出学习"),
    ("ZTDR-2026-10", "T044"): (_M.EXCUSED, date(2026, 10, 14), "孩子生病"),
}
"""Who did not come to which meeting, and why: everybody else came."""


@cache
def _staff() -> dict[str, StaffRow]:
    return {row.staff_no: row for row in cast("list[StaffRow]", invent.invent()["staff"])}


def _group_of(staff_no: str) -> str:
    school = _staff()[staff_no].school
    return next(name for name, schools in GROUPS.items() if school in schools)


# members


def branch_rows() -> list[Row]:
    """Return the branch."""
    name, above = "前锋学区党支部", "凤山镇党委"
    return [
        {
            "name": name,
            "superior": above,
            "since": FOUNDED,
            "full_members": len(FULL),
            "term_ends_on": date(2029, 9, 4),
            "authority": AUTHORITY,
        }
    ]


def group_rows() -> list[Row]:
    """Return the groups."""
    return [
        {"name": name, "since": FOUNDED, "schools": "、".join(schools)} for name, schools in GROUPS.items()
    ]


def member_rows() -> list[Row]:
    """Return the members; each was admitted on a day in June at 25, and a full member a year later."""
    rows: list[Row] = []
    for staff_no in (*FULL, *PROBATIONARY):
        person = _staff()[staff_no]
        assert person.birth_date is not None, "everybody is invented with a birthday"
        joined = PROBATIONARY.get(staff_no, date(person.birth_date.year + 25, 6, 18))
        full = None if staff_no in PROBATIONARY else joined.replace(year=joined.year + 1)
        rows.append(
            {
                "staff_no": staff_no,
                "name": person.name,
                "state": MemberState.FULL if full else MemberState.PROBATIONARY,
                "joined_on": joined,
                "full_on": full,
                "since": FOUNDED,
                "joined_in": "并入前的学校党支部",
                "group": _group_of(staff_no),
            }
        )
    return rows


def seat_rows() -> list[Row]:
    """Return the committee."""
    names = {number: row.name for number, row in _staff().items()}
    since = {"since": date(2026, 9, 4), "authority": "示例镇党委批〔2026〕15号"}
    return [{"staff_no": one, "name": names[one], "office": it, **since} for one, it in COMMITTEE.items()]


def leader_rows() -> list[Row]:
    """Return the leaders of the groups."""
    names = {number: row.name for number, row in _staff().items()}
    return [
        {"group": group, "staff_no": one, "name": names[one], "since": date(2026, 9, 4)}
        for group, one in LEADERS.items()
    ]


# meetings


def _months() -> Iterator[Row]:
    """Yield what is held each month: committee, theme day, and a meeting of every group."""
    days = {9: (7, 15, 18), 10: (9, 15, 23), 11: (9, 13, 20)}
    topics = {9: "学习教师职业道德规范", 10: "讨论师德师风自查", 11: "讨论冬季校园安全和控辍保学"}
    for month, (committee, theme, group) in days.items():
        number = f"2026-{month:02}"
        yield _held(
            f"ZW-{number}", _K.COMMITTEE, date(2026, month, committee), f"研究{month}月党建工作", "T006"
        )
        yield _held(f"ZTDR-{number}", _K.THEME_DAY, date(2026, month, theme), topics[month], "T006")
        for index, (name, leader) in enumerate(LEADERS.items(), 1):
            more = {"group": name}
            yield _held(
                f"XZ{index}-{number}", _K.GROUP, date(2026, month, group), topics[month], leader, **more
            )


def _talks() -> Iterator[Row]:
    """Yield talks: of the committee with each other, and of each of them with some of the members."""
    committee = [*COMMITTEE]
    others = sorted({*FULL, *PROBATIONARY}.difference(committee))
    pairs = [*combinations(committee, 2), *zip(cycle(committee), others, strict=False)]
    for serial, (one, other) in enumerate(pairs[:-UNTALKED], 1):
        day = date(2026, 9, 14) + timedelta(weeks=serial % 9, days=serial % 5)
        names = "、".join(sorted((one, other)))
        yield _held(f"TX-{serial:02}", _K.TALK, day, "思想、工作和生活情况", one, between=names)


def _held(number: str, kind: MeetingKind, day: date, topic: str, host: str, **more: Any) -> Row:
    said = {"number": number, "kind": kind, "planned_on": day, "held_on": day, "topic": topic}
    return {**said, "agenda": topic, "host": host, "place": "前锋中心学校", **more}


def meeting_rows() -> list[Row]:
    """Return the meetings of the term up to the day of the report, and two that are planned."""
    lecture = {"lecturer": "T006"}
    plans = (
        ("ZW-2026-12", _K.COMMITTEE, date(2026, 12, 7), "研究组织生活会方案"),
        ("ZZSHH-2026-01", _K.LIFE, date(2026, 12, 18), "2026年度组织生活会"),
    )
    return [
        _held("ZB-2026-01", _K.BRANCH, date(2026, 9, 4), "选举支部委员会，通过本学期工作计划", "T006"),
        _held("ZB-2026-03", _K.BRANCH, date(2026, 11, 12), "讨论党员联系学校办法", "T006"),
        _held("DK-2026-01", _K.LECTURE, date(2026, 10, 20), "弘扬教育家精神", "T006", **lecture),
        *_months(),
        *_talks(),
        *({"number": n, "kind": k, "planned_on": day, "topic": topic} for n, k, day, topic in plans),
    ]


def attendance_rows() -> list[Row]:
    """Return who came to the meetings that were held, and who did not."""
    rows: list[Row] = []
    for meeting in meeting_rows():
        if "held_on" not in meeting:
            continue
        for staff_no in _should_attend(meeting):
            mark, excused_on, reason = AWAY.get((meeting["number"], staff_no), (_M.PRESENT, None, ""))
            said = {"mark": mark, "excused_on": excused_on, "reason": reason}
            rows.append({"number": meeting["number"], "staff_no": staff_no, **said})
    return rows


def _should_attend(meeting: Row) -> list[str]:
    if meeting["kind"] is _K.COMMITTEE:
        return [*COMMITTEE]
    if meeting["kind"] is _K.TALK:
        return str(meeting["between"]).split("、")
    everybody = [*FULL, *PROBATIONARY]
    if meeting["kind"] is _K.GROUP:
        return [one for one in everybody if _group_of(one) == meeting["group"]]
    return everybody


# development


def case_rows() -> list[Row]:
    """Return the two cases: an activist, and somebody who has just applied."""
    name, paper = {number: row.name for number, row in _staff().items()}, "入党申请书，存支部档案"
    applied = {APPLICANT: date(2026, 3, 10), LATER_APPLICANT: date(2026, 10, 8)}
    return [
        {"staff_no": one, "name": name[one], "applied_on": day, "document": paper}
        for one, day in applied.items()
    ]


def step_rows() -> list[Row]:
    """Return the steps of the cases so far."""
    filed = {"sponsors": "T023、T028", "document": "示例备〔2026〕8号", "document_on": date(2026, 9, 21)}
    steps: tuple[tuple[str, StepKind, date, Row], ...] = (
        (APPLICANT, StepKind.TALK, date(2026, 3, 27), {}),
        (APPLICANT, StepKind.ACTIVIST, date(2026, 9, 7), filed),
        (LATER_APPLICANT, StepKind.TALK, date(2026, 10, 30), {}),
    )
    return [{"staff_no": one, "kind": kind, "on": day, **more} for one, kind, day, more in steps]
