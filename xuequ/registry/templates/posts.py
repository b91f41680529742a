"""The workbook of posts."""

from __future__ import annotations

from dataclasses import replace

from xuequ.core.access import Post
from xuequ.core.workbook import Column, Kind, Sheet, Template
from xuequ.registry.schemas.books.posts import AppointmentRow, DelegationRow
from xuequ.registry.states.posts import AppointmentEnd
from xuequ.registry.templates.columns import AUTHORITY, NAME, SCHOOL, STAFF_NO, since, until

_POST = Column(
    "岗位",
    "post",
    codes=Post,
    blamed=(
        "registry.post_not_here",
        "registry.post_by_placement",
        "registry.seat_taken",
        "registry.post_held_already",
        "registry.duties_clash",
    ),
)
_AT = replace(SCHOOL, required=False, note="学校岗位填学校代码，学区岗位留空")

_APPOINTMENTS = Sheet(
    "appointments",
    "任职",
    AppointmentRow,
    (
        _POST,
        _AT,
        replace(
            STAFF_NO,
            blamed=(*STAFF_NO.blamed, "registry.employment_missing", "registry.not_stationed_there"),
        ),
        NAME,
        since("任职的第一天"),
        until(
            "不再任职的第一天；没有任期且仍在任的留空",
            "registry.appointment_over",
            "registry.appointment_not_begun",
        ),
        Column(
            "主持工作",
            "acting",
            Kind.FLAG,
            required=False,
            note="尚未正式任命、主持工作的填“是”",
            blamed=("registry.acting_needs_seat",),
        ),
        replace(AUTHORITY, required=True),
        Column("免职原因", "ended", codes=AppointmentEnd, required=False, note="任职结束时必填"),
    ),
    key=("post", "school", "staff_no", "since"),
    together=(("until", "ended"),),
    required=False,
)
_DELEGATIONS = Sheet(
    "delegations",
    "授权",
    DelegationRow,
    (
        replace(_POST, blamed=("registry.appointment_unknown", "registry.not_yours_to_lend")),
        _AT,
        Column("授权人工号", "holder_no", blamed=("registry.delegated_to_holder",)),
        replace(
            STAFF_NO,
            heading="被授权人工号",
            blamed=(
                *STAFF_NO.blamed,
                "registry.employment_missing",
                "registry.not_stationed_there",
                "registry.duties_clash",
            ),
        ),
        replace(NAME, heading="被授权人姓名"),
        Column(
            "授权范围学校代码",
            "reach",
            required=False,
            note="只授权一所学校的填写，否则为该岗位的全部范围",
            blamed=("registry.delegated_beyond_place",),
        ),
        since("授权的第一天"),
        until(
            "不再授权的第一天，不填即到任职结束", "registry.delegated_beyond_term", "registry.delegation_over"
        ),
        Column("事由", "reason"),
    ),
    key=("post", "school", "holder_no", "staff_no", "since"),
    required=False,
)

POSTS = Template(
    name="registry.posts",
    title="岗位任职",
    sheets=(_APPOINTMENTS, _DELEGATIONS),
    part="registry.books",
    plan="plan",
    apply="apply",
    take="take",
    export="export",
)
