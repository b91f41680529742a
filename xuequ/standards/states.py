"""Code lists of rule parameters."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("核对程度")
class Checked(CodeEnum):
    """How sure a value is 核对程度."""

    TEXT = "text", "原文", "已见原文"
    SECONDARY = "secondary", "转引", "二手"
    MEMORY = "memory", "凭记忆", "记忆"


@code_list("规定的力度")
class Strength(CodeEnum):
    """What the verb of a source asks 规定的力度."""

    MUST = "must", "必须", "应当", "不得"
    USUALLY = "usually", "一般", "原则上"
    MAY = "may", "可以"


@code_list("下级自定的限度")
class Bound(CodeEnum):
    """What those below may set instead 下级自定的限度."""

    FLOOR = "floor", "不得更低"
    CEILING = "ceiling", "不得更高"
    FIXED = "fixed", "不得另定"
