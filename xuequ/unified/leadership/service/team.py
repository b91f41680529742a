"""The leadership team as of any day: who holds what, who stands in, what is missing."""

from __future__ import annotations

from datetime import date

from xuequ.core.access import Post
from xuequ.core.context import Service, reading
from xuequ.registry.errors.places import DistrictNeeded
from xuequ.registry.repository import RegistryRepository
from xuequ.registry.rules.classes import Schooling, school_year
from xuequ.registry.rules.posts import LEADERSHIP
from xuequ.registry.schemas.posts import DutyLine
from xuequ.registry.service.calendar import CalendarService
from xuequ.registry.service.forms.basis import Names
from xuequ.registry.service.posts import PostService
from xuequ.registry.states.places import GovernanceMode
from xuequ.unified.leadership.actions.links import VIEW_TEAM
from xuequ.unified.leadership.repository.links import LinkRows
from xuequ.unified.leadership.schemas.links import (
    DefectView,
    DutyLinkLine,
    DutyLinkTable,
    HeadView,
    Lent,
    LinkView,
    StandInLine,
    SupportLine,
    TeamMember,
    TeamView,
    VacancyList,
)
from xuequ.unified.leadership.schemas.support import SupportView
from xuequ.unified.leadership.service.links import LinkService
from xuequ.unified.leadership.service.support import SupportService
from xuequ.unified.leadership.states.links import TeamDefect

GOVERNANCE = "leadership.governance_mode"
PUBLICITY_DAYS = "posts.publicity_working_days"
CHAIRS = {GovernanceMode.PRINCIPAL: Post.PRINCIPAL, GovernanceMode.PARTY: Post.PARTY_SECRETARY}
"""Who chairs what is decided together, by who leads the district."""


class TeamService(Service):
    """The team 领导班子 over the registry's posts, which alone hold who was appointed when."""

    @property
    def _rows(self) -> LinkRows:
        return LinkRows(self.context.session, self.context.scope, self.context.place)

    @reading(VIEW_TEAM)
    def team(self, on: date | None = None) -> TeamView:
        """Return the team of a day: the four posts, the heads of schools, who stands in, what is missing.

        Raises:
            DistrictNeeded: at a county's door.
        """
        day, names = on or self.context.today, self._names()
        members = self._members(names, day)
        mode, authority = self._governance(day)
        team = [one for one in members if one.post in LEADERSHIP and one.school is None]
        team.sort(key=lambda one: LEADERSHIP.index(one.post))
        return TeamView(
            district=names.district,
            on=day,
            governance=mode,
            governance_authority=authority,
            chair=CHAIRS[mode],
            members=tuple(team),
            heads=tuple(one for one in members if one.post is Post.SCHOOL_HEAD),
            defects=tuple(self._defects(names, members, day)),
        )

    @reading(VIEW_TEAM)
    def head_of(self, school: str, on: date | None = None) -> HeadView:
        """Tell who headed a school on a day: “who was head of X on 3 March?”.

        The central school may have no head; it is then led by the principal directly.

        Raises:
            DistrictNeeded, SchoolUnknown: for the school.
        """
        day, names = on or self.context.today, self._names()
        names.school(school)
        found = [one for one in self._members(names, day) if one.post is Post.SCHOOL_HEAD]
        head = next((one for one in found if one.school == school), None)
        held = head is not None and head.staff_id is not None
        return HeadView(school=school, on=day, head=head if held else None, needed=head is not None)

    @reading(VIEW_TEAM)
    def defects(self, on: date | None = None) -> list[DefectView]:
        """List what the team and its links lack on a day; an acting holder fills a post.

        Raises:
            DistrictNeeded: at a county's door.
        """
        day, names = on or self.context.today, self._names()
        return self._defects(names, self._members(names, day), day)

    @reading(VIEW_TEAM)
    def duty_link_table(self, on: date | None = None, contact: str = "") -> DutyLinkTable:
        """Return who leads, is linked with which schools and supports whom 挂钩帮扶与岗位职责表.

        It is made public, and hangs for as many working days as the rules ask for.

        Args:
            on: the day on which it is put up; today when left out.
            contact: who takes objections; the district's office when left out.

        Raises:
            DistrictNeeded: at a county's door.
        """
        day = on or self.context.today
        team, links = self.team(day), LinkService(self.context).links(day)
        support = [_support_line(one) for one in SupportService(self.context).targets(self._year(day))]
        count = self.context.standards.whole(PUBLICITY_DAYS, on=day)
        last = CalendarService(self.context).last_day_of_notice(day, count)
        return DutyLinkTable(
            district=team.district,
            as_of=day,
            governance=team.governance,
            last=last.day,
            working_days=count,
            provisional=last.provisional,
            contact=contact or f"{team.district}办公室",
            leaders=tuple(_duty_line(one, links, support) for one in team.members),
            links=tuple(links),
            support=tuple(support),
        )

    @reading(VIEW_TEAM)
    def vacancy_list(self, on: date | None = None) -> VacancyList:
        """Return what is vacant, who is acting and whose powers are lent 空缺、主持工作清单.

        Raises:
            DistrictNeeded: at a county's door.
        """
        day, names = on or self.context.today, self._names()
        members = self._members(names, day, every=True)
        stand_ins = [line for one in members for line in _stand_ins(one)]
        return VacancyList(
            district=names.district,
            as_of=day,
            defects=tuple(self._defects(names, members, day)),
            stand_ins=tuple(stand_ins),
        )

    # inner

    def _names(self) -> Names:
        if self.context.scope.district_id is None:
            raise DistrictNeeded(place=self.context.place)
        return Names(RegistryRepository(self.context.session, self.context.scope, self.context.place))

    def _year(self, day: date) -> int:
        schooling = Schooling.of(self.context.standards, day)
        return school_year(day, schooling)

    def _governance(self, day: date) -> tuple[GovernanceMode, str]:
        """Return who leads: what the district has adopted, or else what the rules say."""
        adopted = self._rows.governance(day)
        if adopted is not None:
            return GovernanceMode(adopted.mode), adopted.authority
        entry = self.context.standards.entry(GOVERNANCE, on=day)
        return GovernanceMode(str(entry.value)), f"{entry.authority}{entry.article}"

    def _members(self, names: Names, day: date, *, every: bool = False) -> list[TeamMember]:
        """Return the team and the heads of schools, or with `every` whoever holds or should hold a post."""
        posts = PostService(self.context)
        left = {(one.post, one.place): one.since for one in posts.vacancies(day)}
        wanted = (*LEADERSHIP, Post.SCHOOL_HEAD)
        lines = (line for line in posts.duty_list(day) if every or line.post in wanted)
        return [_member(line, names, left.get((line.post, line.place))) for line in lines]

    def _defects(self, names: Names, members: list[TeamMember], day: date) -> list[DefectView]:
        found = [
            DefectView(
                kind=TeamDefect.VACANT,
                post=one.post,
                place=one.place,
                place_name=one.place_name,
                since=one.vacant_since,
            )
            for one in members
            if one.staff_id is None
        ]
        links = LinkService(self.context).links(day)
        found += [
            DefectView(
                kind=TeamDefect.LEFT,
                post=link.post,
                place=f"{self.context.place}/{link.school}",
                place_name=link.school_name,
                name=link.name,
            )
            for link in links
            if link.left
        ]
        return found + self._unlinked(names, {link.school for link in links}, day)

    def _unlinked(self, names: Names, linked: set[str], day: date) -> list[DefectView]:
        """Return the open schools without a leader; none before the links were first drawn."""
        rows = self._rows
        first = rows.first_day(rows.district_id)
        if first is None or day < first:
            return []
        return [
            DefectView(
                kind=TeamDefect.UNLINKED,
                post=None,
                place=f"{self.context.place}/{code}",
                place_name=names.named(code),
            )
            for code, school in rows.schools(rows.district_id).items()
            if code not in linked and (days := school.needs(day)) is not None and day in days
        ]


def _member(line: DutyLine, names: Names, vacant_since: date | None) -> TeamMember:
    holder = line.holder
    at_school = line.place != names.place
    return TeamMember(
        post=line.post,
        place=line.place,
        place_name=names.at(line.place),
        school=line.place.rpartition("/")[2] if at_school else None,
        staff_id=holder.staff_id if holder else None,
        staff_no=holder.staff_no if holder else "",
        name=holder.name if holder else "",
        since=holder.since if holder else None,
        until=holder.until if holder else None,
        acting=holder is not None and holder.acting,
        legal_representative=line.legal_representative,
        authority=holder.authority if holder else "",
        vacant_since=vacant_since,
        delegates=tuple(
            Lent(
                staff_id=one.staff_id,
                name=one.name,
                place_name=names.at(one.place),
                since=one.since,
                until=one.until,
                reason=one.reason,
            )
            for one in line.delegates
        ),
    )


def _duty_line(one: TeamMember, links: list[LinkView], support: list[SupportLine]) -> DutyLinkLine:
    schools = [link.school_name for link in links if link.post is one.post]
    return DutyLinkLine(
        post=one.post,
        name=one.name or "（空缺）",
        acting=one.acting,
        since=one.since,
        authority=one.authority,
        schools="、".join(schools),
        support="、".join(line.target for line in support if line.post is one.post),
    )


def _support_line(one: SupportView) -> SupportLine:
    return SupportLine(
        post=one.post,
        name=one.name,
        period=one.period,
        target=one.target,
        measure=one.measure,
        baseline=one.baseline,
        result=one.result,
        gain=one.gain,
    )


def _stand_ins(one: TeamMember) -> list[StandInLine]:
    found: list[StandInLine] = []
    if one.acting and one.since is not None:
        found.append(
            StandInLine(
                place_name=one.place_name,
                post=one.post,
                name=one.name,
                way="主持工作",
                for_whom="",
                since=one.since,
                until=one.until,
                reason=one.authority,
            )
        )
    return found + [
        StandInLine(
            place_name=lent.place_name,
            post=one.post,
            name=lent.name,
            way="授权代行",
            for_whom=one.name,
            since=lent.since,
            until=lent.until,
            reason=lent.reason,
        )
        for lent in one.delegates
    ]
