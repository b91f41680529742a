"""Code lists of the roll-over of school years."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("滚动写入的记录")
class Record(CodeEnum):
    """What kind of row a roll-over touched 记录."""

    SCHOOL_CLASS = "class", "班级"
    ENROLMENT = "enrolment", "在读"
    STATUS = "status", "学籍状态"
    HEAD_TEACHER = "head_teacher", "班主任"
    TEACHING = "teaching", "任课"
    GROUP = "group", "合班", "复式班"
    GROUP_MEMBER = "group_member", "合班成员"


@code_list("滚动写入方式")
class Act(CodeEnum):
    """What a roll-over did to it 写入方式."""

    ADDED = "added", "新增"
    ENDED = "ended", "终止"


@code_list("滚动去向")
class Onward(CodeEnum):
    """Where the roll-over takes a pupil 去向."""

    GRADUATES = "graduates", "毕业"
    LEAVES_PRESCHOOL = "leaves_preschool", "离园"
    PROMOTED = "promoted", "学前升一年级"
    ENTERS = "enters", "新生入学"
    HELD_OVER = "held_over", "随下一年级"
