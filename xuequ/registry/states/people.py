"""Code lists of people."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("性别", standard="GB/T 2261.1", checked="memory")
class Sex(CodeEnum):
    """Sex 性别."""

    UNKNOWN = "0", "未知的性别", "未知"
    MALE = "1", "男", "男性"
    FEMALE = "2", "女", "女性"
    UNSTATED = "9", "未说明的性别", "未说明"
