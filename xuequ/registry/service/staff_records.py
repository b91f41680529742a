"""Records of staff: loaded whole under the lock, judged by the rules, and written as their difference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from xuequ.core.context import Context
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.facts.teaching import TeachingEnded
from xuequ.registry.models.staff import Employment, Placement
from xuequ.registry.models.teaching import Teaching
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.staff import StaffRows
from xuequ.registry.rules.classes import Schooling, class_name
from xuequ.registry.rules.staff import Employed, Placed, Record, Site, Taught
from xuequ.registry.rules.timeline import Stretch, differences
from xuequ.registry.service.open_schools import Need, keep_all_open
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.staff import Entry, Exit, PlacementKind
from xuequ.registry.states.teaching import TeachingChange
from xuequ.standards.codes.schooling import Subject

T = TypeVar("T")
Records = dict[int, Record]


@dataclass(frozen=True, slots=True)
class Judged:
    """A record before and after an act."""

    before: Record
    after: Record


def lock_staff(rows: StaffRows, staff_ids: Collection[int]) -> Sequence[AnyRow]:
    """Lock members of staff of this scope and return them with their numbers.

    Raises:
        StaffUnknown: names the first that this scope has not.
    """
    locked = rows.lock(staff_ids)
    for staff_id in sorted(set(staff_ids) - {row.id for row in locked}):
        raise StaffUnknown(staff=str(staff_id))
    return locked


class StaffRecords:
    """The records that one use case works on."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.rows = StaffRows(context.session, context.scope, context.place)

    def lock(self, staff_ids: Collection[int], coming_to: Iterable[Need] = ()) -> Records:
        """Lock members of staff of this scope, after the schools concerned, and return their records.

        Args:
            staff_ids: whom.
            coming_to: the schools that are to have them, which must be open and stay so.

        Raises:
            SchoolNotOpen: for those schools.
            StaffUnknown: names the first that this scope has not.
        """
        keep_all_open(self.rows, coming_to, beside=self.rows.schools_of(staff_ids))
        return self.load(lock_staff(self.rows, staff_ids))

    def load(self, staff: Sequence[AnyRow]) -> Records:
        """Return the records of members of staff, in three statements."""
        ids = [row.id for row in staff]
        employments = _by_staff(self.rows.employments(ids), _employment)
        placements = _by_staff(self.rows.placements(ids), _placement)
        teachings = _by_staff(self.rows.teachings(ids), self._teaching)
        return {
            row.id: Record(row.id, row.staff_no, employments[row.id], placements[row.id], teachings[row.id])
            for row in staff
        }

    def site(self, school_id: int) -> Site:
        """Return a school of this scope.

        Raises:
            SchoolUnknown: when it has none of that id.
        """
        return self.sites([school_id])[school_id]

    def sites(self, school_ids: Iterable[int]) -> dict[int, Site]:
        """Return schools of this scope by id, or raise as `site` does."""
        wanted = set(school_ids)
        found = {row.id: Site(row.id, row.district_id, row.name) for row in self.rows.sites(wanted)}
        for school_id in wanted - set(found):
            raise SchoolUnknown(school=str(school_id))
        return found

    def write(self, judged: Sequence[Judged]) -> None:
        """Write what the acts have changed, in bounded statements, and say which teaching has ended."""
        employments = _Written.of(judged, lambda record: record.employments, _employment_row)
        placements = _Written.of(judged, lambda record: record.placements, _placement_row)
        self.rows.write(Employment, employments.removed, employments.changed, employments.begun)
        self.rows.write(Placement, placements.removed, placements.changed, placements.begun)
        self._end_teachings(judged)
        for pair in judged:
            self._follow_employer(pair)

    def _end_teachings(self, judged: Sequence[Judged]) -> None:
        """End teachings and say so by day and reason; what would have begun is taken away."""
        groups: defaultdict[tuple[date, str], list[int]] = defaultdict(list)
        written = _Written.of(judged, lambda record: record.teachings, _teaching_row)
        for row in written.changed:
            groups[row["until"], row["ended"]].append(row["id"])
        first = {one.row_id: one.since for pair in judged for one in pair.before.teachings}
        for row_id in written.removed:
            groups[first[row_id], TeachingChange.OTHER.code].append(row_id)
        self.rows.write(Teaching, written.removed, written.changed, [])
        for (on, why), teaching_ids in sorted(groups.items()):
            fact = TeachingEnded(teaching_ids=tuple(teaching_ids), on=on, reason=why)
            self.context.announce(fact)

    def _follow_employer(self, pair: Judged) -> None:
        """Keep the member of staff in the district of the last employer."""
        if not pair.before.employments:
            return  # somebody new, written with the district
        was, now = (_district(record.employments[-1].what.by) for record in (pair.before, pair.after))
        if was != now:
            self.rows.move_to_district(pair.after.staff_id, now)

    def _teaching(self, row: AnyRow) -> Stretch[Taught]:
        schooling = Schooling.of(self.context.standards, row.since)
        called = class_name(Stage(row.stage), row.entry_year, row.number, row.since, schooling)
        ended = TeachingChange(row.ended) if row.ended else None
        what = Taught(called + Subject(row.subject).label, row.school_id, row.itinerant, ended)
        return Stretch(what, row.since, row.until, row.id)


def _by_staff(rows: Sequence[AnyRow], make: Any) -> defaultdict[int, tuple[Any, ...]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.staff_id].append(make(row))
    return defaultdict(tuple, {staff_id: tuple(some) for staff_id, some in found.items()})


def _employment(row: AnyRow) -> Stretch[Employed]:
    by = Site(row.school_id, row.school_district, row.school) if row.school_id else None
    exit_ = Exit(row.exit) if row.exit else None
    what = Employed(by, Entry(row.entry), row.authority, exit_, row.exit_authority)
    return Stretch(what, row.since, row.until, row.id)


def _district(by: Site | None) -> int | None:
    return by.district_id if by else None


def _employment_row(what: Employed) -> dict[str, Any]:
    return {
        "district_id": what.by.district_id if what.by else None,
        "school_id": what.by.id if what.by else None,
        "entry": what.entry.code,
        "exit": what.exit.code if what.exit else None,
        "authority": what.authority,
        "exit_authority": what.exit_authority,
    }


def _placement(row: AnyRow) -> Stretch[Placed]:
    at = Site(row.school_id, row.school_district, row.school)
    return Stretch(Placed(at, PlacementKind(row.kind), row.authority), row.since, row.until, row.id)


def _placement_row(what: Placed) -> dict[str, Any]:
    return {
        "district_id": what.at.district_id,
        "school_id": what.at.id,
        "kind": what.kind.code,
        "authority": what.authority,
    }


def _teaching_row(what: Taught) -> dict[str, Any]:
    return {"ended": what.ended.code if what.ended else None}


@dataclass(frozen=True, slots=True)
class _Written:
    """The rows that turn some timelines of many people into others."""

    removed: list[int]
    changed: list[dict[str, Any]]
    begun: list[dict[str, Any]]

    @classmethod
    def of(
        cls,
        judged: Sequence[Judged],
        timeline: Callable[[Record], Sequence[Stretch[T]]],
        columns: Callable[[T], dict[str, Any]],
    ) -> _Written:
        written = cls([], [], [])
        for pair in judged:
            found = differences(timeline(pair.before), timeline(pair.after))
            whose = {"staff_id": pair.after.staff_id}
            written.removed.extend(found.removed)
            written.changed.extend(
                {"id": one.row_id, **whose, **_days(one), **columns(one.what)} for one in found.changed
            )
            written.begun.extend({**whose, **_days(one), **columns(one.what)} for one in found.begun)
        return written


def _days(one: Stretch[Any]) -> dict[str, date | None]:
    return {"since": one.since, "until": one.until}
