"""The workbook of members."""

from __future__ import annotations

from xuequ.core.workbook import Column, Kind, Sheet, Template
from xuequ.registry.templates.columns import NAME, STAFF_NO, since
from xuequ.unified.party.schemas.books.members import BranchRow, GroupRow, LeaderRow, MemberRow, SeatRow
from xuequ.unified.party.states.members import MemberState, Office

_AUTHORITY = Column("依据文号", "authority", note="上级党组织批复的文号")

_BRANCH = Sheet(
    "branch",
    "党支部",
    BranchRow,
    (
        Column("党支部名称", "name", blamed=("party.branch_known",)),
        Column("上级党组织", "superior"),
        Column("成立日期", "since", Kind.DAY, blamed=("party.day_ahead",)),
        Column(
            "正式党员数",
            "full_members",
            Kind.WHOLE,
            note="成立时正式党员数，见批复",
            blamed=("party.branch_too_small",),
        ),
        Column(
            "任期届满日期",
            "term_ends_on",
            Kind.DAY,
            required=False,
            note="届满后的第一天；由换届产生，不能用表格改动",
        ),
        _AUTHORITY,
    ),
    key=("name",),
    required=False,
)
_GROUP = Column("党小组名称", "group", required=False, blamed=("party.group_unknown", "party.group_known"))
_GROUPS = Sheet(
    "groups",
    "党小组",
    GroupRow,
    (
        Column("党小组名称", "name", blamed=("party.group_known",)),
        Column("成立日期", "since", Kind.DAY, blamed=("party.branch_missing",)),
        Column(
            "所属学校代码",
            "schools",
            required=False,
            note="几所学校之间用顿号隔开；党员轮岗、支教到这些学校，自动编入本组",
            blamed=("registry.school_unknown", "party.school_served_already"),
            example="zhongxin、chenjia",
        ),
    ),
    key=("name",),
    required=False,
)
_MEMBERS = Sheet(
    "members",
    "党员",
    MemberRow,
    (
        STAFF_NO,
        NAME,
        Column("党员状态", "state", codes=MemberState),
        Column(
            "入党日期",
            "joined_on",
            Kind.DAY,
            note="支部大会通过为预备党员之日",
            blamed=(
                "party.dates_out_of_order",
                "party.member_known",
                "party.joined_before_leaving",
            ),
        ),
        Column(
            "转正日期",
            "full_on",
            Kind.DAY,
            required=False,
            note="正式党员必填",
            blamed=("party.full_day_missing", "party.full_day_too_much"),
        ),
        Column(
            "编入本支部日期", "since", Kind.DAY, required=False, note="不填即入党或支部成立之日，以后者为准"
        ),
        Column("入党时所在支部", "joined_in", required=False),
        Column(
            "预备期届满日期",
            "probation_ends_on",
            Kind.DAY,
            required=False,
            note="不填即入党一年后；延长的填写",
        ),
        Column("停止党籍日期", "suspended_on", Kind.DAY, required=False),
        Column("失去联系日期", "lost_since", Kind.DAY, required=False),
        _GROUP,
    ),
    key=("staff_no",),
    required=False,
)
_COMMITTEE = Sheet(
    "committee",
    "支部委员会",
    SeatRow,
    (
        STAFF_NO,
        NAME,
        Column(
            "支部职务",
            "office",
            codes=Office,
            blamed=("party.secretary_not_one", "party.seat_held", "party.committee_not_due"),
        ),
        since("任职的第一天"),
        _AUTHORITY,
    ),
    key=("staff_no", "since"),
    required=False,
)
_LEADERS = Sheet(
    "leaders",
    "党小组组长",
    LeaderRow,
    (
        Column("党小组名称", "group", blamed=("party.group_unknown",)),
        STAFF_NO,
        NAME,
        since("任组长的第一天"),
    ),
    key=("group", "staff_no", "since"),
    required=False,
)

MEMBERS = Template(
    name="party.members",
    title="党员花名册",
    sheets=(_BRANCH, _GROUPS, _MEMBERS, _COMMITTEE, _LEADERS),
    part="party.books",
    plan="plan",
    apply="apply",
    take="take",
    export="export",
)
