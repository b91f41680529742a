"""The ledger of leave as a workbook."""

from __future__ import annotations

from xuequ.core.workbook import Column, Kind, Sheet, Template
from xuequ.registry.states.calendar import DayHalf
from xuequ.registry.templates.columns import NAME, STAFF_NO
from xuequ.unified.leadership.schemas.books.leave import LeaveRow
from xuequ.unified.leadership.states.leave import LeaveKind, LeaveState

_LEAVES = Sheet(
    "leaves",
    "请假台账",
    LeaveRow,
    (
        STAFF_NO,
        NAME,
        Column(
            "开始日期",
            "first_day",
            Kind.DAY,
            blamed=(
                "leadership.leave_overlaps",
                "leadership.nothing_to_take",
                "leadership.not_working_here",
                "leadership.leave_begun",
            ),
        ),
        Column("开始半天", "first_half", codes=DayHalf, required=False, note="不填即从上午起"),
        Column(
            "第几次",
            "turn",
            Kind.WHOLE,
            required=False,
            note="同一人从同一半天起再次请假的（如作废后重报）填 2、3……",
        ),
        Column("假别", "kind", codes=LeaveKind),
        Column(
            "结束日期",
            "last_day",
            Kind.DAY,
            note="最后一天；改晚即续假",
            blamed=("leadership.extension_not_later", "leadership.leave_too_long"),
        ),
        Column("结束半天", "last_half", codes=DayHalf, required=False, note="不填即到下午止"),
        Column("事由", "reason", required=False, note="不写病情"),
        Column("证明材料", "evidence", required=False),
        Column(
            "申请日期",
            "asked_on",
            Kind.DAY,
            required=False,
            note="不填即今天",
            blamed=("leadership.day_ahead",),
        ),
        Column(
            "补办原因",
            "late_reason",
            required=False,
            note="开始后才申请的必填",
            blamed=("leadership.late_reason_missing",),
        ),
        Column(
            "状态",
            "state",
            codes=LeaveState,
            required=False,
            note="不填即待审批；录错的改为“已作废”并写明原因，不要删行",
            blamed=("core.illegal_transition", "leadership.leave_decided"),
        ),
        Column(
            "审批人工号",
            "approver_no",
            required=False,
            note="校长本人的请假由教育局审批，不填工号，填批准文号",
            blamed=("leadership.not_the_approver", "leadership.own_leave"),
        ),
        Column("审批日期", "decided_on", Kind.DAY, required=False, blamed=("leadership.out_of_order",)),
        Column("批准文号", "document", required=False, blamed=("leadership.document_needed",)),
        Column(
            "报告校长日期",
            "reported_on",
            Kind.DAY,
            required=False,
            note="学校负责人审批的须报告校长",
            blamed=("leadership.nothing_to_report", "leadership.reported_already"),
        ),
        Column(
            "返岗日期",
            "back_day",
            Kind.DAY,
            required=False,
            note="销假：回来上班的第一个半天",
            blamed=("leadership.not_back_yet",),
        ),
        Column("返岗半天", "back_half", codes=DayHalf, required=False, note="不填即上午"),
        Column("作废原因", "void_reason", required=False, note="状态为“已作废”的必填"),
    ),
    key=("staff_no", "first_day", "first_half", "turn"),
)

LEAVE = Template(
    name="leadership.leave",
    title="请假台账",
    sheets=(_LEAVES,),
    part="leadership.books",
    plan="plan",
    apply="apply",
    take="take",
    export="export",
)
