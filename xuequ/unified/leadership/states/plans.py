"""States of plans of moral education and of safety."""

from __future__ import annotations

from collections.abc import Mapping

from xuequ.core.codes import CodeEnum, code_list


@code_list("计划类别")
class PlanArea(CodeEnum):
    """What a plan is about 计划类别."""

    MORAL = "moral", "德育", "德育计划"
    SAFETY = "safety", "安全", "安全计划"


@code_list("计划事项")
class PlanTopic(CodeEnum):
    """What one item of a plan is about 计划事项."""

    HABITS = "habits", "习惯养成"
    CLASS_MEETINGS = "class_meetings", "主题班会"
    YOUNG_PIONEERS = "young_pioneers", "少先队"
    MASS_ORGANISATIONS = "mass_organisations", "群团"
    OTHER_MORAL = "other_moral", "其他德育"
    DUTY = "duty", "值班"
    DRILLS = "drills", "演练"
    HAZARDS = "hazards", "隐患排查"
    OTHER_SAFETY = "other_safety", "其他安全"


P = PlanTopic
TOPICS: Mapping[PlanArea, frozenset[PlanTopic]] = {
    PlanArea.MORAL: frozenset(
        {P.HABITS, P.CLASS_MEETINGS, P.YOUNG_PIONEERS, P.MASS_ORGANISATIONS, P.OTHER_MORAL}
    ),
    PlanArea.SAFETY: frozenset({P.DUTY, P.DRILLS, P.HAZARDS, P.OTHER_SAFETY}),
}
"""Area → what its items may be about."""

UNDER_THE_SECRETARY = frozenset({P.YOUNG_PIONEERS, P.MASS_ORGANISATIONS})
"""What the party secretary leads: Young Pioneers 少先队 and mass organisations 群团."""


@code_list("事项状态")
class ItemState(CodeEnum):
    """Where an item of a plan stands on a day 事项状态."""

    OPEN = "open", "进行中"
    OVERDUE = "overdue", "逾期"
    DONE = "done", "已完成"
    DONE_LATE = "done_late", "逾期完成"
    VOIDED = "voided", "已作废"
