"""States of supervision visits."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("督导方式")
class VisitKind(CodeEnum):
    """Whether a school knew of a visit 督导方式: the article says 定期或不定期."""

    PLANNED = "planned", "定期", "计划内"
    UNANNOUNCED = "unannounced", "不定期", "随机"
