"""Who may do what, where: actors, posts held at places, actions, and the policy that decides.

A place is a path of codes: ``"530921"`` is a county, ``"530921/qianfeng"`` a district of it and
``"530921/qianfeng/qunxing"`` a school; a school outside any district is ``"530921/-/yizhong"``. A
post that is held at a place reaches everything below it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from xuequ.core.codes import CodeEnum, code_list

OUTSIDE = "-"
"""Stands for the district in the place of a school outside any; no district can have it as its code."""


@code_list("岗位")
class Post(CodeEnum):
    """The posts of the article 岗位, and the county bureau above them."""

    BUREAU_OFFICER = "bureau_officer", "教育局管理人员"
    PRINCIPAL = "principal", "学区校长", "校长"
    PARTY_SECRETARY = "party_secretary", "支部书记"
    PARTY_COMMISSIONER = "party_commissioner", "支部委员", "党支部委员"
    PARTY_GROUP_LEADER = "party_group_leader", "党小组组长", "党小组长"
    ACADEMIC_DIRECTOR = "academic_director", "教导主任"
    GENERAL_AFFAIRS_DIRECTOR = "general_affairs_director", "总务主任"
    ACCOUNTANT = "accountant", "会计"
    CASHIER = "cashier", "出纳"
    NUTRITION_ACCOUNTANT = "nutrition_accountant", "营养改善计划会计", "营养会计"
    NUTRITION_CASHIER = "nutrition_cashier", "营养改善计划出纳", "营养出纳"
    AUDITOR = "auditor", "稽核员", "稽核"
    ARCHIVIST = "archivist", "会计档案保管员", "会计档案保管"
    KEEPER = "keeper", "财物保管员", "保管员"
    BUYER = "buyer", "采购员", "采购经办人"
    UNION_CHAIR = "union_chair", "工会主席"
    YOUNG_PIONEERS = "young_pioneers", "少先队大队辅导员", "少先队辅导员"
    RESEARCH_GROUP_LEAD = "research_group_lead", "教研组长"
    SCHOOL_HEAD = "school_head", "学校负责人"
    TEACHER = "teacher", "教师"


@dataclass(frozen=True, slots=True)
class Holding:
    """A post and the place at which it is held."""

    post: Post
    place: str

    def reaches(self, place: str) -> bool:
        """Tell whether the post reaches a place: its own, or one below it."""
        return place == self.place or place.startswith(self.place + "/")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and as which posts.

    Without `holdings` the posts are looked up in the appointments as of the clock's day; a host that
    keeps them itself passes them, and ``()`` means none. Scripts and schedulers act as `Actor.system`,
    which the journal shows as such.
    """

    staff_no: str = ""
    holdings: tuple[Holding, ...] | None = None
    reason: str = ""

    @classmethod
    def system(cls, reason: str) -> Actor:
        """Act as a script or scheduler; the reason goes into the journal with every fact."""
        if not reason.strip():
            raise ValueError("Actor.system needs a reason: it stands in the journal")
        return cls(reason=reason)

    @property
    def is_known(self) -> bool:
        """Whether it is settled what the actor holds, or nobody's posts can be looked up."""
        return self.holdings is not None or not self.staff_no

    @property
    def is_system(self) -> bool:
        """Whether a script acts, and not a person."""
        return bool(self.reason) and not self.staff_no

    def __str__(self) -> str:
        if self.is_system:
            return f"系统（{self.reason}）"
        return self.staff_no or "未登录者"


NOBODY = Actor()
"""Nobody in particular: may do nothing."""


@dataclass(frozen=True, slots=True)
class Action:
    """One permission: a stable code, the words for it, and the posts that have it."""

    code: str
    label: str
    posts: frozenset[Post]


def action(code: str, label: str, posts: Iterable[Post]) -> Action:
    """Declare an action, as a part's ``actions.py`` does."""
    return Action(code, label, frozenset(posts))


class Policy(Protocol):
    """What decides; a host may bring its own."""

    def allows(self, actor: Actor, action: Action, place: str) -> bool:
        """Tell whether the actor may do this at this place."""
        ...


class PostPolicy:
    """The default: the system may, and whoever holds one of the action's posts at or above the place."""

    def allows(self, actor: Actor, action: Action, place: str) -> bool:
        """Tell whether the actor may do this at this place."""
        if actor.is_system:
            return True
        return any(held.post in action.posts and held.reaches(place) for held in actor.holdings or ())
