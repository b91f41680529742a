"""② 统一党组织活动: branch and groups, members, 三会一课, votes, dues, and the admission of members.

“在学区党支部的领导下，各学校党员组织关系统一管理，全体党员统一过组织生活，学区党支部定期统一组织「三会一课」
和「两学一做」等党建学习教育活动……把骨干教师培养成党员。”
"""

from typing import TYPE_CHECKING

from xuequ.core.lazy import lazy_names

if TYPE_CHECKING:
    from xuequ.unified.party.service import PartyService

__all__ = ["PartyService"]

__getattr__, __dir__ = lazy_names(__name__, {"PartyService": "xuequ.unified.party.service"})
