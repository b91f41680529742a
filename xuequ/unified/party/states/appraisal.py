"""Code lists of 民主评议党员 and of the 组织生活会."""

from __future__ import annotations

from collections.abc import Mapping

from xuequ.core.codes import CodeEnum, code_list


@code_list("民主评议等次")
class Grade(CodeEnum):
    """The grades of 民主评议党员; which of them are in force is the parameter ``party.appraisal.grades``."""

    EXCELLENT = "excellent", "优秀"
    QUALIFIED = "qualified", "合格"
    BASIC = "basic", "基本合格"
    UNQUALIFIED = "unqualified", "不合格"


@code_list("民主评议步骤")
class AppraisalStep(CodeEnum):
    """How far the appraisal of one member has come 民主评议步骤."""

    OPEN = "open", "未开始"
    SELF = "self", "已自评"
    MUTUAL = "mutual", "已互评"
    BALLOTED = "balloted", "已测评"
    GRADED = "graded", "已评定"


A = AppraisalStep
NEXT: Mapping[AppraisalStep, frozenset[AppraisalStep]] = {
    A.OPEN: frozenset({A.SELF}),
    A.SELF: frozenset({A.MUTUAL}),
    A.MUTUAL: frozenset({A.BALLOTED}),
    A.BALLOTED: frozenset({A.GRADED}),
    A.GRADED: frozenset(),
}
"""Step → what may follow: 自评、互评、测评, and only then the committee gives the grade."""


@code_list("批评意见来源")
class CriticismKind(CodeEnum):
    """Where an item of criticism comes from 批评与自我批评."""

    SELF = "self", "自我批评"
    MUTUAL = "mutual", "相互批评"
    COLLECTED = "collected", "征求意见"
