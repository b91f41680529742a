"""States of leave."""

from __future__ import annotations

from collections.abc import Mapping

from xuequ.core.codes import CodeEnum, code_list


@code_list("请假类别")
class LeaveKind(CodeEnum):
    """Kinds of leave 假别; how each is counted is a dated standard."""

    PERSONAL = "personal", "事假"
    SICK = "sick", "病假"
    OFFICIAL = "official", "公假"
    MARRIAGE = "marriage", "婚假"
    MATERNITY = "maternity", "产假"
    PATERNITY = "paternity", "护理假", "陪产假"
    BEREAVEMENT = "bereavement", "丧假"
    WORK_INJURY = "work_injury", "工伤假"
    FAMILY_VISIT = "family_visit", "探亲假"
    CHILD_CARE = "child_care", "育儿假"


@code_list("请假状态")
class LeaveState(CodeEnum):
    """Where a leave stands; whether it has begun or is over follows from the day."""

    SUBMITTED = "submitted", "待审批"
    APPROVED = "approved", "已批准"
    REJECTED = "rejected", "不予批准", "未批准"
    WITHDRAWN = "withdrawn", "已撤回", "撤回"
    CANCELLED = "cancelled", "已作废", "作废"
    RETURNED = "returned", "已销假", "销假"

    @property
    def is_active(self) -> bool:
        """Whether it takes half-days of somebody's, or may yet do so."""
        return self in (LeaveState.SUBMITTED, LeaveState.APPROVED, LeaveState.RETURNED)

    @property
    def is_granted(self) -> bool:
        """Whether it was approved and still holds."""
        return self in (LeaveState.APPROVED, LeaveState.RETURNED)


STEPS: Mapping[LeaveState, frozenset[LeaveState]] = {
    LeaveState.SUBMITTED: frozenset({LeaveState.APPROVED, LeaveState.REJECTED, LeaveState.WITHDRAWN}),
    LeaveState.APPROVED: frozenset({LeaveState.RETURNED, LeaveState.CANCELLED, LeaveState.WITHDRAWN}),
    LeaveState.RETURNED: frozenset({LeaveState.CANCELLED}),
    LeaveState.REJECTED: frozenset(),
    LeaveState.WITHDRAWN: frozenset(),
    LeaveState.CANCELLED: frozenset(),
}
"""State → the states that may follow it."""


@code_list("申请状态")
class AskState(CodeEnum):
    """Where an application stands: the first one, or one for an extension."""

    SUBMITTED = "submitted", "待审批"
    APPROVED = "approved", "批准"
    REJECTED = "rejected", "不予批准"
    WITHDRAWN = "withdrawn", "撤回"


@code_list("审批权限")
class Ground(CodeEnum):
    """As what somebody decides on a leave 审批权限."""

    HEAD = "head", "学校负责人"
    PRINCIPAL = "principal", "学区校长", "校长"
    BUREAU = "bureau", "县级教育行政部门", "教育局"


@code_list("审批权限说明")
class Why(CodeEnum):
    """Why a leave needs the approver that it needs."""

    HALF_DAY = "half_day", "不超过学校负责人可以审批的时长，学校负责人可以审批，审批后须报告校长"
    TOO_LONG = "too_long", "超过学校负责人可以审批的时长，须由校长审批"
    CHAINED = "chained", "与相连的请假（中间只隔不上班的时间）合并计算"
    NO_HEAD = "no_head", "任教学校当日没有在任的学校负责人，须由校长审批"
    HEAD_HIMSELF = "head_himself", "申请人是学校负责人，半天也须由校长审批"
    LEADS = "leads", "申请人是学区班子成员，半天也须由校长审批"
    SEVERAL_SCHOOLS = "several_schools", "请假涉及几所学校，须由校长审批"
    PRINCIPAL_HIMSELF = "principal_himself", "申请人是学区校长，由县级教育行政部门审批，登记批准文号"


@code_list("半天释放原因")
class Release(CodeEnum):
    """Why a half-day that was asked for is none of leave."""

    REJECTED = "rejected", "不予批准"
    WITHDRAWN = "withdrawn", "撤回"
    CANCELLED = "cancelled", "作废"
    SHORTENED = "shortened", "提前销假"
    NO_SCHOOL = "no_school", "当日不上班"


@code_list("请假情形")
class Standing(CodeEnum):
    """What a leave is on a day: its state, and whether it has begun or is over."""

    WAITING = "waiting", "待审批"
    AHEAD = "ahead", "已批准未开始"
    ON_LEAVE = "on_leave", "休假中"
    ENDED = "ended", "假期已满"
    RETURNED = "returned", "已销假"
    REJECTED = "rejected", "不予批准"
    WITHDRAWN = "withdrawn", "已撤回"
    CANCELLED = "cancelled", "已作废"
