"""Use cases of links: drawn, redrawn, handed over, and made anew with the schools."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from xuequ.core.access import Post
from xuequ.core.context import Service, reading, use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.leadership.actions.links import DRAW_LINKS, VIEW_TEAM
from xuequ.unified.leadership.errors.links import (
    LeaderMissing,
    LinksNotDrawn,
    NothingToHandOver,
    RedrawUnknown,
    SchoolStillLinked,
    SchoolUnlinked,
)
from xuequ.unified.leadership.facts.links import (
    LinkEnded,
    LinksDrawn,
    LinksHandedOver,
    RedrawPrepared,
    RedrawWithdrawn,
)
from xuequ.unified.leadership.models.links import PreparedLink, SchoolLink
from xuequ.unified.leadership.repository.links import LinkRows, link_of
from xuequ.unified.leadership.rules.links import (
    LinkedSchool,
    Step,
    Wanted,
    astray,
    closing_problems,
    left_out,
    plan_problems,
    steps,
)
from xuequ.unified.leadership.schemas.links import (
    LinksDrawing,
    LinkView,
    PreparedLinkView,
    RedrawPreparing,
)


class LinkService(Service):
    """Links 挂钩 of leaders with schools: on any day each open school has exactly one leader.

    They bind from the first drawing on: from then, a school opens, merges or closes only with a redraw that
    is prepared for that day, which the very same transaction puts in force.
    """

    @property
    def _rows(self) -> LinkRows:
        return LinkRows(self.context.session, self.context.scope, self.context.place)

    # drawing

    @use_case(DRAW_LINKS)
    def draw_links(self, command: LinksDrawing) -> list[LinkView]:
        """Draw the links of all schools from a day on, in one act; return those that hold on that day.

        A school that is to open after that day is linked from its own first day.

        Raises:
            DistrictNeeded: at a county's door.
            NotALeader, LeaderMissing, LinkedTwice, LinkToUnknown, LinkToClosed, SchoolLeftOut, LinkedLater:
                alone, or together as `Problems`.
        """
        rows, since, wanted = self._rows, command.since, _wanted(command)
        rows.lock_district(rows.district_id)
        schools = rows.schools(rows.district_id)
        leaders = rows.leaders(rows.district_id, since)
        problems = plan_problems(wanted, schools, leaders, since)
        refuse_if(problems + left_out({code for code, _ in wanted}, schools, since))
        self._draw(rows.district_id, wanted, schools, since)
        return self.links(since)

    @use_case(DRAW_LINKS)
    def relink(self, command: LinksDrawing) -> list[LinkView]:
        """Give some schools other leaders from a day on; the others keep theirs.

        Raises:
            LinksNotDrawn: when there are none yet on that day.
            DistrictNeeded and others: as `draw_links` does.
        """
        rows, since, wanted = self._rows, command.since, _wanted(command)
        rows.lock_district(rows.district_id)
        first = rows.first_day(rows.district_id)
        if first is None or since < first:
            raise LinksNotDrawn(on=str(since))
        schools = rows.schools(rows.district_id)
        refuse_if(plan_problems(wanted, schools, rows.leaders(rows.district_id, since), since))
        self._draw(rows.district_id, wanted, schools, since)
        return self.links(since)

    @use_case(DRAW_LINKS)
    def hand_over_links(self, post: Post, on: date | None = None) -> list[LinkView]:
        """Hand the links of a post over to who holds it now 移交挂钩; they belong to the post.

        Args:
            post: a post of the team.
            on: the first day on which the new holder is linked; today when left out.

        Raises:
            LeaderMissing: when the post is vacant then.
            NothingToHandOver: when all its links hang on its holder.
            LinkedLater, Problems: when a school's links are changed later already.
        """
        rows, day = self._rows, on or self.context.today
        rows.lock_district(rows.district_id)
        leaders = rows.leaders(rows.district_id, day)
        if post not in leaders:
            raise LeaderMissing(post=post.label, on=str(day))
        links = [link for link in rows.links(rows.district_id, day) if day in link.span]
        left = {link.school_id for link in astray(links, leaders) if link.post is post}
        if not left:
            raise NothingToHandOver(post=post.label, on=str(day))
        schools = rows.schools(rows.district_id)
        wanted = [(code, post) for code, school in schools.items() if school.id in left]
        ids = self._draw(rows.district_id, wanted, schools, day, announce=False)
        fact = LinksHandedOver(post=post.code, staff_id=leaders[post], link_ids=tuple(ids), on=day)
        self.context.announce(fact)
        return _views(rows.by_ids(ids))

    # with the schools

    @use_case(DRAW_LINKS)
    def prepare_redraw(self, command: RedrawPreparing) -> list[PreparedLinkView]:
        """Prepare all links of the day on which schools open, merge or close 拟调整挂钩.

        Opening, merging or closing them puts it in force, in that transaction; what was prepared for the
        same day before and is not in force is replaced.

        Raises:
            DistrictNeeded: at a county's door.
            NotALeader, LeaderMissing, LinkedTwice, LinkToUnknown, LinkToClosed, ClosingLinked, SchoolLeftOut:
                alone, or together as `Problems`.
        """
        rows, since, wanted = self._rows, command.since, _wanted(command)
        rows.lock_district(rows.district_id)
        schools, closing = rows.schools(rows.district_id), tuple(dict.fromkeys(command.closing))
        leaders = rows.leaders(rows.district_id, since)
        problems = plan_problems(wanted, schools, leaders, since, opening=True)
        problems += closing_problems(wanted, closing, schools, since)
        refuse_if(problems + left_out({code for code, _ in wanted}, schools, since, closing))
        before = rows.prepared(rows.district_id, since)
        kept = {row.school for row in before if row.in_force}
        here = {"district_id": rows.district_id, "since": since, "in_force": False}
        lines = [{**here, "school": code, "post": post.code} for code, post in wanted]
        lines += [{**here, "school": code, "post": None} for code in closing]
        removed = [row.id for row in before if not row.in_force]
        rows.write(PreparedLink, removed, [], [line for line in lines if line["school"] not in kept])
        fact = RedrawPrepared(since=since, schools=tuple(code for code, _ in wanted), closing=closing)
        self.context.announce(fact)
        return _prepared(rows.prepared(rows.district_id, since))

    @use_case(DRAW_LINKS)
    def withdraw_redraw(self, since: date) -> None:
        """Withdraw what was prepared for a day and is not in force.

        Raises:
            RedrawUnknown: when there is nothing.
            DistrictNeeded: at a county's door.
        """
        rows = self._rows
        rows.lock_district(rows.district_id)
        waiting = [row.id for row in rows.prepared(rows.district_id, since) if not row.in_force]
        if not waiting:
            raise RedrawUnknown(since=str(since))
        rows.write(PreparedLink, waiting, [], [])
        self.context.announce(RedrawWithdrawn(since=since))

    @use_case(DRAW_LINKS)
    def redraw_for_opened(self, district_id: int, school_ids: Sequence[int]) -> None:
        """Link schools that have just opened, as the redraw prepared for their first day says.

        A flow calls it. Where no links are drawn yet, there is nothing to do. A school whose first day nobody
        knows, or that opened before the first drawing, is linked from the first drawing on.

        Raises:
            SchoolUnlinked: when no redraw for that day names the school; the opening is undone with it.
            LeaderMissing, LinkedLater, Problems: when the redraw no longer fits.
        """
        rows = self._rows
        first = rows.first_day(district_id)
        if first is None:
            return
        rows.lock_district(district_id)
        schools, problems = rows.schools(district_id), list[Problem]()
        days: dict[date, list[AnyRow]] = {}
        for school in (one for one in schools.values() if one.id in school_ids):
            needed = school.needs(first)
            if needed is None:
                continue
            lines = days.setdefault(needed.since, list(rows.prepared(district_id, needed.since)))
            if not any(row.school == school.code and row.post for row in lines):
                problems.append(Problem(SchoolUnlinked(school=school.code, on=str(needed.since))))
        refuse_if(problems)
        for since, lines in days.items():
            self._put_in_force(district_id, lines, schools, since)

    @use_case(DRAW_LINKS)
    def redraw_for_closed(self, district_id: int, school_id: int, on: date) -> None:
        """End the link of a school that has just closed or was merged, and redraw the rest as prepared.

        A flow calls it. A school that was never linked closes without.

        Raises:
            SchoolStillLinked: when no redraw for that day says that it closes; the closure is undone with it.
            LeaderMissing, LinkedLater, Problems: when the redraw no longer fits.
        """
        rows = self._rows
        linked = rows.of_school_id(school_id, on)
        if not linked:
            return
        rows.lock_district(district_id)
        schools = rows.schools(district_id)
        code = next(one.code for one in schools.values() if one.id == school_id)
        lines = rows.prepared(district_id, on)
        if not any(row.school == code and row.post is None for row in lines):
            leader = linked[0].post.label
            raise SchoolStillLinked(school=code, on=str(on), leader=leader)
        cut = [link for link in linked if link.span.since < on]
        never = [link.id for link in linked if link.span.since >= on]
        rows.write(SchoolLink, never, [{"id": link.id, "until": on} for link in cut], [])
        for link in cut:
            self.context.announce(LinkEnded(link_id=link.id, school_id=school_id, on=on))
        self._put_in_force(district_id, lines, schools, on)

    def _put_in_force(
        self, district_id: int, lines: Sequence[AnyRow], schools: dict[str, LinkedSchool], since: date
    ) -> None:
        """Draw what is prepared for a day for the schools that are there; the others' lines wait for them."""
        rows = self._rows
        waiting = [row for row in lines if not row.in_force]
        there = [row for row in waiting if row.school in schools]
        wanted = [(row.school, Post(row.post)) for row in there if row.post is not None]
        refuse_if(plan_problems(wanted, schools, rows.leaders(district_id, since), since))
        self._draw(district_id, wanted, schools, since)
        gone = [row for row in there if row.post is None and schools[row.school].needs(since) is not None]
        rows.put_in_force({row.id for row in there} - {row.id for row in gone})

    # as of a day

    @reading(VIEW_TEAM)
    def links(self, on: date | None = None) -> list[LinkView]:
        """List who is linked with which school on a day, by school.

        Raises:
            DistrictNeeded: at a county's door.
        """
        rows, day = self._rows, on or self.context.today
        found = rows.on_day(day)
        left = {link.id for link in astray(map(link_of, found), rows.leaders(rows.district_id, day))}
        return _views(found, left)

    @reading(VIEW_TEAM)
    def links_of_school(self, school: str) -> list[LinkView]:
        """List who was linked with a school and when, the latest first."""
        return _views(self._rows.of_school(school))

    @reading(VIEW_TEAM)
    def prepared(self) -> list[PreparedLinkView]:
        """List what is prepared for days on which schools open, merge or close, in force or not."""
        return _prepared(self._rows.all_prepared())

    # inner

    def _draw(
        self,
        district_id: int,
        wanted: Sequence[Wanted],
        schools: dict[str, LinkedSchool],
        since: date,
        *,
        announce: bool = True,
    ) -> list[int]:
        """Write what changes; return the ids of the new links."""
        rows = self._rows
        led = self._led(district_id, wanted, schools, since)
        todo, problems = steps(led, rows.links(district_id, since), since)
        refuse_if(problems)
        removed = [step.replaced.id for step in todo if step.replaced is not None]
        cut = [{"id": step.cut.id, "until": step.span.since} for step in todo if step.cut is not None]
        ids = rows.write(SchoolLink, removed, cut, [_row(district_id, step) for step in todo])
        if ids and announce:
            school_ids = tuple(step.school_id for step in todo)
            self.context.announce(LinksDrawn(since=since, link_ids=tuple(ids), school_ids=school_ids))
        return ids

    def _led(
        self, district_id: int, wanted: Iterable[Wanted], schools: dict[str, LinkedSchool], since: date
    ) -> list[tuple[LinkedSchool, Post, int]]:
        """Return schools with posts and who holds them on the first day of each school's link."""
        known = {since: self._rows.leaders(district_id, since)}
        led: list[tuple[LinkedSchool, Post, int]] = []
        problems: list[Problem] = []
        for code, post in wanted:
            days = schools[code].needs(since)
            assert days is not None, "closed schools were refused"
            first = days.since
            if first not in known:
                known[first] = self._rows.leaders(district_id, first)
            if post in known[first]:
                led.append((schools[code], post, known[first][post]))
            else:
                problems.append(Problem(LeaderMissing(post=post.label, on=str(first))))
        refuse_if(problems)
        return led


def _wanted(command: LinksDrawing | RedrawPreparing) -> list[Wanted]:
    return [(line.school, line.post) for line in command.links]


def _row(district_id: int, step: Step) -> dict[str, object]:
    return {
        "district_id": district_id,
        "school_id": step.school_id,
        "post": step.post.code,
        "staff_id": step.staff_id,
        "since": step.span.since,
        "until": step.span.until,
    }


def _views(rows: Iterable[AnyRow], left: Iterable[int] = ()) -> list[LinkView]:
    gone = set(left)
    return [
        LinkView(
            id=row.id,
            school=row.school,
            school_name=row.school_name,
            post=Post(row.post),
            staff_id=row.staff_id,
            staff_no=row.staff_no,
            name=row.name,
            since=row.since,
            until=row.until,
            left=row.id in gone,
        )
        for row in rows
    ]


def _prepared(rows: Iterable[AnyRow]) -> list[PreparedLinkView]:
    return [
        PreparedLinkView(
            since=row.since,
            school=row.school,
            post=Post(row.post) if row.post else None,
            in_force=row.in_force,
        )
        for row in rows
    ]
