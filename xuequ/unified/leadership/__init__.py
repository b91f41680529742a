"""① 统一行政领导: the team and its duties, links with schools, leave, regulations, ledgers of 德育 and 安全.

“学区内统一请假制度，所有请假都必须由校长审批，半天以内学校负责人可以审批，报告校长，顶班教师由教导处在学区内调配。”
"""

from typing import TYPE_CHECKING

from xuequ.core.lazy import lazy_names

if TYPE_CHECKING:
    from xuequ.unified.leadership.service import LeadershipService

__all__ = ["LeadershipService"]

__getattr__, __dir__ = lazy_names(__name__, {"LeadershipService": "xuequ.unified.leadership.service"})
