"""States of leave."""

from __future__ import annotations

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
