"""The workbook of attendance at meetings."""

from __future__ import annotations

from xuequ.core.workbook import Column, Kind, Sheet, Template
from xuequ.unified.party.schemas.books.attendance import AttendanceRow, MeetingRow
from xuequ.unified.party.states.meetings import Body, Mark, MeetingKind

_NUMBER = Column("会议编号", "number", blamed=("party.meeting_unknown", "party.meeting_number_taken"))

MEETINGS = Sheet(
    "meetings",
    "会议",
    MeetingRow,
    (
        _NUMBER,
        Column("会议类别", "kind", codes=MeetingKind),
        Column(
            "参加范围",
            "body",
            codes=Body,
            required=False,
            note="不填按会议类别确定；支委会召开的组织生活会填“支委会委员”",
            blamed=("party.body_unfit", "party.nobody_should_attend"),
        ),
        Column("党小组", "group", required=False, blamed=("party.group_needed", "party.group_unknown")),
        Column(
            "谈话双方工号",
            "between",
            required=False,
            note="谈心谈话填写，以顿号分开",
            blamed=("party.talk_needs_two",),
            example="",
        ),
        Column(
            "所属主题党日",
            "within",
            required=False,
            note="在主题党日中召开的，填主题党日的会议编号",
            blamed=("party.not_within",),
            example="",
        ),
        Column("计划日期", "planned_on", Kind.DAY),
        Column("主题", "topic"),
        Column("地点", "place", required=False),
        Column(
            "召开日期",
            "held_on",
            Kind.DAY,
            required=False,
            note="尚未召开的留空；召开后应到会人员按当日确定",
            blamed=("party.meeting_ahead",),
        ),
        Column("议程", "agenda", required=False, note="召开后必填"),
        Column("主持人工号", "host", required=False, blamed=("party.host_not_member",)),
        Column("主讲人工号", "lecturer", required=False, note="党课填写，外请的留空"),
    ),
    key=("number",),
    together=(("held_on", "agenda", "host", "lecturer"),),
    required=False,
)
ATTENDANCE = Sheet(
    "attendance",
    "到会情况",
    AttendanceRow,
    (
        _NUMBER,
        Column(
            "工号", "staff_no", blamed=("party.not_to_attend", "party.marked_twice", "registry.staff_unknown")
        ),
        Column("到会情况", "mark", codes=Mark),
        Column(
            "请假批准日期",
            "excused_on",
            Kind.DAY,
            required=False,
            note="请假须会前批准",
            blamed=("party.excused_too_late", "party.excuse_without_reason"),
        ),
        Column("原因", "reason", required=False),
    ),
    key=("number", "staff_no"),
    together=(("mark", "excused_on", "reason"),),
    required=False,
)
MEETING_ATTENDANCE = Template(
    name="party.attendance",
    title="党内组织生活签到台账",
    sheets=(MEETINGS, ATTENDANCE),
    part="party.books",
    plan="plan",
    apply="apply",
    take="take",
    export="export",
)
