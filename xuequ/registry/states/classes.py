"""Code lists of classes."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("学段")
class Stage(CodeEnum):
    """Stages of schooling 学段; preschool is outside compulsory education."""

    PRESCHOOL = "preschool", "学前", "学前班"
    PRIMARY = "primary", "小学"
    JUNIOR = "junior", "初中"

    @property
    def compulsory(self) -> bool:
        """Whether the stage belongs to compulsory education 义务教育阶段."""
        return self is not Stage.PRESCHOOL


@code_list("合班类别")
class GroupKind(CodeEnum):
    """How classes are taught together 合班类别."""

    COMBINED = "combined", "合班"
    MULTI_GRADE = "multi_grade", "复式班", "复式"
