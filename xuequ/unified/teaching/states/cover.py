"""States of cover: what becomes of a lesson whose teacher is away, and how a substitute's part ended."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("顶班需求状态")
class NeedState(CodeEnum):
    """What has become of a lesson whose teacher is away 顶班需求."""

    OPEN = "open", "未安排"
    COVERED = "covered", "已安排"
    RELEASED = "released", "已取消"


@code_list("顶班终止原因")
class CoverEnd(CodeEnum):
    """Why a substitute's part ended 顶班终止原因."""

    LEAVE_ENDED = "leave_ended", "请假缩短或撤销"
    SUBSTITUTE_AWAY = "substitute_away", "顶班教师请假"
    TEACHING_CHANGED = "teaching_changed", "任课调整"
    RELEASED = "released", "教导处另行安排"
