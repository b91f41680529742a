"""Commands and views of the team, its links and its support."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from xuequ.core.access import Post
from xuequ.core.fields import Code, Command, Id, View
from xuequ.registry.states.places import GovernanceMode
from xuequ.unified.leadership.states.links import TeamDefect


class LinkLine(Command):
    """Which leader a school is to be linked with; the leader is said by the post."""

    school: Code
    post: Post


Lines = Annotated[tuple[LinkLine, ...], Field(min_length=1)]


class LinksDrawing(Command):
    """Links of schools 挂钩 from a day on."""

    since: date
    links: Lines


class RedrawPreparing(Command):
    """All links of the day on which schools open, merge or close 拟调整挂钩.

    It names every school that is open then, those that are to open among them, and in `closing` those that
    are to close or to be merged away.
    """

    since: date
    links: tuple[LinkLine, ...] = ()
    closing: tuple[Code, ...] = ()


class LinkView(View):
    """A link of a leader with a school; `left` says that who is linked does not hold the post that day."""

    id: Id
    school: str
    school_name: str
    post: Post
    staff_id: Id
    staff_no: str
    name: str
    since: date
    until: date | None
    left: bool = False


class PreparedLinkView(View):
    """One line of prepared links; without a post the school is to close."""

    since: date
    school: str
    post: Post | None
    in_force: bool


class Lent(View):
    """To whom powers of a post are lent, and why."""

    staff_id: Id
    name: str
    place_name: str
    since: date
    until: date | None
    reason: str


class TeamMember(View):
    """A post of the team, or of a school's head, with its holder of the day; nobody while it is vacant.

    `acting` is 主持工作. `vacant_since` is the day on which it was left, None when it never was held.
    """

    post: Post
    place: str
    place_name: str
    school: str | None
    staff_id: Id | None
    staff_no: str
    name: str
    since: date | None
    until: date | None
    acting: bool
    legal_representative: bool
    authority: str
    vacant_since: date | None
    delegates: tuple[Lent, ...]


class DefectView(View):
    """What the team or its links lack on a day."""

    kind: TeamDefect
    post: Post | None
    place: str
    place_name: str
    name: str = ""
    since: date | None = None


class TeamView(View):
    """The leadership team 领导班子 of a day.

    `governance` is who leads the district, by whose authority; `chair` is the post that chairs what is
    decided together. `heads` are the heads of schools.
    """

    district: str
    on: date
    governance: GovernanceMode
    governance_authority: str
    chair: Post
    members: tuple[TeamMember, ...]
    heads: tuple[TeamMember, ...]
    defects: tuple[DefectView, ...]


class HeadView(View):
    """Who headed a school on a day: its head, or nobody; `needed` is False for one that may do without."""

    school: str
    on: date
    head: TeamMember | None
    needed: bool


class DutyLinkLine(View):
    """A leader with the schools linked and the class or group supported."""

    post: Post
    name: str
    acting: bool
    since: date | None
    authority: str
    schools: str
    support: str


class SupportLine(View):
    """A support target on paper."""

    post: Post
    name: str
    period: str
    target: str
    measure: str
    baseline: Decimal
    result: Decimal | None
    gain: Decimal | None


class DutyLinkTable(View):
    """The table of duties, links and support that is made public 挂钩帮扶与岗位职责表."""

    district: str
    as_of: date
    governance: GovernanceMode
    last: date
    working_days: int
    provisional: str
    contact: str
    leaders: tuple[DutyLinkLine, ...]
    links: tuple[LinkView, ...]
    support: tuple[SupportLine, ...]


class StandInLine(View):
    """A post that somebody holds as acting, or whose powers are lent."""

    place_name: str
    post: Post
    name: str
    way: str
    for_whom: str
    since: date
    until: date | None
    reason: str


class VacancyList(View):
    """What is vacant, who is acting, whose powers are lent 空缺、主持工作清单."""

    district: str
    as_of: date
    defects: tuple[DefectView, ...]
    stand_ins: tuple[StandInLine, ...]
