"""Code lists of teaching: who teaches what to which class."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("任课来源")
class TeachingOrigin(CodeEnum):
    """Why somebody teaches a subject to a class from a day 任课来源."""

    CARRIED_OVER = "carried_over", "跟班", "大循环"
    NEW = "new", "新任"
    ADJUSTED = "adjusted", "调整"
    SUBSTITUTE = "substitute", "代课", "顶岗"
    ROTATION = "rotation", "支教轮岗", "轮岗", "支教"


@code_list("任课变动原因")
class TeachingChange(CodeEnum):
    """Why somebody ceases to teach a subject to a class 任课变动原因."""

    LEAVE = "leave", "请假", "长期请假"
    TRANSFER = "transfer", "调动", "调出"
    RETIREMENT = "retirement", "退休"
    RESIGNATION = "resignation", "离职", "辞职"
    DEATH = "death", "死亡"
    SUSPENSION = "suspension", "停职"
    ROTATION = "rotation", "支教轮岗", "轮岗", "支教"
    CLASS_SPLIT = "class_split", "拆班", "并班", "班级调整"
    WEAK_RESULT = "weak_result", "教学检测结果较差", "成绩较差"
    YEAR_END = "year_end", "学年结束"
    OTHER = "other", "其他"
