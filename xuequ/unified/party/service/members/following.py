"""Groups that follow the school: rotation 轮岗 and support 支教 change the group, not the branch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date

from xuequ.core.access import Post
from xuequ.core.context import reading, use_case
from xuequ.core.spans import DaySpan
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.party.actions.members import FOLLOW_PLACEMENT
from xuequ.unified.party.errors.members import MergedAway
from xuequ.unified.party.facts.members import PlacementFollowed
from xuequ.unified.party.models.members import GroupLeader, GroupPlace
from xuequ.unified.party.rules.transfers import AtSchool, InGroup, follow_schools
from xuequ.unified.party.service.members.transfers import Transfers


class Following(Transfers):
    """What a member's work at a school says of the group."""

    @use_case(FOLLOW_PLACEMENT)
    def follow_placement(self, staff_ids: Sequence[int], since: date) -> list[int]:
        """Put members among staff into the groups of the schools where they work from a day on.

        Return who has changed. A school that no group of their branch serves changes nothing: the branch is
        the same, and the old group goes on.
        """
        rows = self._moving
        members = rows.members_among(staff_ids, since)
        if not members:
            return []
        rows.lock_members(row.id for row in members)
        ids = sorted({row.id for row in members})
        at_schools: dict[int, list[AtSchool]] = defaultdict(list)
        for row in rows.working([row.staff_id for row in members], since):
            at_schools[row.staff_id].append(AtSchool(row.school_id, DaySpan(row.since, row.until)))
        schools = {one.school_id for found in at_schools.values() for one in found}
        serving = rows.serving(schools)
        in_groups: dict[int, list[InGroup]] = defaultdict(list)
        for row in rows.grouped(ids, since):
            in_groups[row.member_id].append(InGroup(row.group_id, DaySpan(row.since, row.until)))
        changed: list[int] = []
        for row in members:
            served = _serving(serving, row.branch_id)
            days = DaySpan(max(since, row.since), row.until)
            places, at = in_groups[row.id], at_schools[row.staff_id]
            if any(served(one.school_id, max(one.span.since, days.since)) is not None for one in at):
                follows = follow_schools(days, places, at, served)
                if self._follow(row, places, follows):
                    changed.append(row.id)
        if changed:
            self.context.announce(PlacementFollowed(member_ids=tuple(changed), since=since))
        return changed

    def _follow(self, member: AnyRow, places: Sequence[InGroup], follows: Sequence[InGroup]) -> bool:
        """Write what has changed of a member's groups, from the first difference on."""
        same = 0
        while same < min(len(places), len(follows)) and places[same] == follows[same]:
            same += 1
        old, new = places[same:], follows[same:]
        if not old and not new:
            return False
        cut = min(one.span.since for one in (*old, *new))
        self._moving.end_spans(GroupPlace, [member.id], cut)
        columns = ("district_id", "group_id", "member_id", "since", "until")
        written = [
            (member.district_id, one.group_id, member.id, one.span.since, one.span.until) for one in new
        ]
        self._moving.load(GroupPlace, columns, written)
        self._end_lead(member, follows)
        return True

    @reading(FOLLOW_PLACEMENT)
    def keep_records(self, merged_id: int) -> None:
        """Let nobody who has records of the party be merged into another person: they are the one to keep.

        Raises:
            MergedAway: when that one has some.
        """
        if self._moving.has_records(merged_id):
            raise MergedAway(person=str(merged_id))

    def _end_lead(self, member: AnyRow, follows: Sequence[InGroup]) -> None:
        """Let a member lead a group no longer from the day on which they are in another."""
        led = self._moving.leading([member.id], follows[0].span.since).get(member.id)
        leaves = [one.span.since for one in follows if led is not None and one.group_id != led.group_id]
        if led is None or not leaves:
            return
        on = max(leaves[0], led.since)
        self._moving.end_spans(GroupLeader, [member.id], on)
        self._leave_posts(member.branch_id, [member.id], Post.PARTY_GROUP_LEADER, on)


def _serving(rows: Sequence[AnyRow], branch_id: int) -> Callable[[int, date], int | None]:
    """Return the question which group of a branch a school belongs to on a day."""
    spans: dict[int, list[tuple[DaySpan, int]]] = defaultdict(list)
    for row in rows:
        if row.branch_id == branch_id:
            spans[row.school_id].append((DaySpan(row.since, row.until), row.group_id))

    def serving(school_id: int, day: date) -> int | None:
        return next((group for span, group in spans[school_id] if day in span), None)

    return serving
