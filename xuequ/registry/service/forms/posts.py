"""Forms of posts: the duty list, and the list that is made public."""

from __future__ import annotations

from datetime import date

from xuequ.core.context import reading
from xuequ.registry.actions.posts import VIEW_POSTS
from xuequ.registry.schemas.forms import PostLine, PostList, PostPublicity
from xuequ.registry.schemas.posts import DutyLine
from xuequ.registry.service.calendar import CalendarService
from xuequ.registry.service.forms.basis import FormBasis, Names
from xuequ.registry.service.posts import PostService

PUBLICITY_DAYS = "posts.publicity_working_days"


class PostForms(FormBasis):
    """Forms that say who holds which post."""

    @reading(VIEW_POSTS)
    def post_list(self, on: date | None = None) -> PostList:
        """Return who holds which post, and which posts are vacant 岗位职责表.

        Raises:
            DistrictNeeded: at the county's door.
        """
        names, day = self._names(), on or self.context.today
        return PostList(district=names.district, as_of=day, lines=tuple(self._post_lines(names, day)))

    def _post_lines(self, names: Names, day: date) -> list[PostLine]:
        service = PostService(self.context)
        left = {(one.post, one.place): one.since for one in service.vacancies(day)}
        return [_post_line(line, left.get((line.post, line.place)), names) for line in service.duty_list(day)]

    @reading(VIEW_POSTS)
    def post_publicity(self, on: date | None = None, contact: str = "") -> PostPublicity:
        """Return who holds which post, to be made public from a day on 任职公示.

        It hangs for as many working days as the rules ask for.

        Args:
            on: the day on which it is put up; today when left out.
            contact: who takes objections, and how to reach them; the district's office when left out.

        Raises:
            DistrictNeeded: at the county's door.
        """
        names, day = self._names(), on or self.context.today
        count = self.context.standards.whole(PUBLICITY_DAYS, on=day)
        last = CalendarService(self.context).last_day_of_notice(day, count)
        lines = [line for line in self._post_lines(names, day) if line.name is not None]
        return PostPublicity(
            district=names.district,
            as_of=day,
            lines=tuple(lines),
            last=last.day,
            working_days=count,
            contact=contact or f"{names.district}办公室",
            provisional=last.provisional,
        )


def _post_line(line: DutyLine, vacant_since: date | None, names: Names) -> PostLine:
    holder = line.holder
    remarks = [
        *["主持工作"] * (holder is not None and holder.acting),
        *["法定代表人"] * line.legal_representative,
        *["空缺"] * (holder is None and vacant_since is None),
        *[f"空缺（自 {vacant_since} 起）"] * (holder is None and vacant_since is not None),
    ]
    if holder is not None and holder.until is not None:
        remarks.append(f"任期至 {holder.until}")
    return PostLine(
        place=names.at(line.place),
        post=line.post,
        name=holder.name if holder else None,
        since=holder.since if holder else None,
        authority=holder.authority if holder else "",
        duties="、".join(duty.label for duty in line.duties),
        lent_to="、".join(one.name for one in line.delegates),
        remark="；".join(remarks),
    )
