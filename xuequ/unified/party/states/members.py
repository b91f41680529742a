"""States of the branch and its members."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("党员状态")
class MemberState(CodeEnum):
    """What a member is 党员状态: only full members in good standing vote."""

    PROBATIONARY = "probationary", "预备党员"
    FULL = "full", "正式党员"
    SUSPENDED = "suspended", "停止党籍"


@code_list("党籍终止原因")
class MemberExit(CodeEnum):
    """Why somebody is no longer a member."""

    DIED = "died", "去世"
    EXPELLED = "expelled", "开除党籍"
    REMOVED = "removed", "除名"
    WITHDREW = "withdrew", "退党"
    CANCELLED = "cancelled", "取消预备党员资格"


@code_list("组织关系变动")
class Joining(CodeEnum):
    """How somebody came to be in a branch, or left it."""

    ENTERED = "entered", "补录"
    ADMITTED = "admitted", "发展"
    TRANSFERRED = "transferred", "转接"


@code_list("支部职务")
class Office(CodeEnum):
    """Offices of a branch committee 支部委员会."""

    SECRETARY = "secretary", "书记"
    DEPUTY = "deputy", "副书记"
    ORGANISATION = "organisation", "组织委员"
    PUBLICITY = "publicity", "宣传委员"
    DISCIPLINE = "discipline", "纪检委员"
    OTHER = "other", "委员"
