"""⑤ 统一教学与教研, so far only cover 顶班: who stands in for a teacher who is away.

“顶班教师由教导处在学区内调配。”
"""

from typing import TYPE_CHECKING

from xuequ.core.lazy import lazy_names

if TYPE_CHECKING:
    from xuequ.unified.teaching.service import TeachingPartService

__all__ = ["TeachingPartService"]

__getattr__, __dir__ = lazy_names(__name__, {"TeachingPartService": "xuequ.unified.teaching.service"})
