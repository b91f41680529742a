"""Code lists of the team and its links: what is missing in a team, whom a leader supports."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("班子缺项")
class TeamDefect(CodeEnum):
    """What a leadership team or its links lack on a day 班子缺项."""

    VACANT = "vacant", "岗位空缺，无人主持"
    UNLINKED = "unlinked", "学校无人挂钩"
    LEFT = "left", "挂钩人已不任该岗位"


@code_list("帮扶对象")
class TargetKind(CodeEnum):
    """What a leader supports 帮扶对象: one class, or the grade group of a school or of the whole district."""

    CLASS = "class", "班级"
    SCHOOL_GRADE = "school_grade", "学校年级组"
    DISTRICT_GRADE = "district_grade", "学区年级组"
