"""The sheet of rooms and open-air areas, by date."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import groupby, zip_longest
from operator import attrgetter
from typing import cast

from xuequ.core.errors import Problem
from xuequ.core.plan import Outcome, PlannedRow
from xuequ.registry.errors.premises import RoomClosed, RoomRowPast
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.books.premises import Held
from xuequ.registry.schemas.books.premises import RoomRow
from xuequ.registry.schemas.premises import RoomChange, RoomRegistration
from xuequ.registry.service.books.held import PremisesDesk
from xuequ.registry.service.books.recorded import Record
from xuequ.registry.states.premises import RoomUse
from xuequ.registry.templates.premises import ROOMS

RoomKey = tuple[str, str, str, str]
"""School, building, parcel, number; of building and parcel one is empty."""


@dataclass(frozen=True, slots=True)
class Last:
    """What holds of a room last: its first day, and the first day without the room if it is no more."""

    id: int
    since: date
    until: date | None = None


Rooms = MutableMapping[RoomKey, Last]


class RoomDesk(PremisesDesk):
    """The sheet of rooms: the first row of one registers it, a later one changes it, an end closes it."""

    sheet = ROOMS
    changeable = frozenset({"until"})

    def _rooms(self) -> Iterator[tuple[Held, RoomKey, Sequence[AnyRow]]]:
        """Walk the rooms with where they are, what they are called, and their spans."""
        buildings = {held.id: held for held in self.rows.buildings()}
        parcels = {held.id: held for held in self.rows.parcels()}
        for _, some in groupby(self.rows.room_spans(), attrgetter("id")):
            spans = list(some)
            building, parcel = buildings.get(spans[0].premises_id), parcels.get(spans[0].land_id)
            if building is not None:
                yield building, (building.school, building.name, "", spans[0].number), spans
            elif parcel is not None:
                yield parcel, (parcel.school, "", parcel.name, spans[0].number), spans

    def records(self) -> Iterator[Record]:
        """Return all that was ever true of rooms; one that is no more says so in its last row."""
        for held, (school, building, land, number), spans in self._rooms():
            for span in spans:
                row = RoomRow(
                    school=school,
                    building=building,
                    land=land,
                    number=number,
                    since=span.since,
                    use=RoomUse(span.use),
                    area=span.area,
                    capacity=span.capacity,
                    networked=span.networked,
                    until=span.until if span is spans[-1] else None,
                )
                yield (held.school, held.present), row

    @cached_property
    def last(self) -> dict[RoomKey, Last]:
        """What holds of each room last; this desk keeps it."""
        return {key: Last(spans[-1].id, spans[-1].since, spans[-1].until) for _, key, spans in self._rooms()}

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Refuse another end for a room that is no more."""
        return [problem for row in planned for problem in self.fixed(row, "until")]

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Register, change and close rooms, each in the order of its days."""
        fresh: dict[RoomKey, Last] = {}  # put with the others only when nothing was refused
        last: Rooms = ChainMap(fresh, self.last)
        rows = [cast(RoomRow, row.source.command) for row in planned]
        added = [cast(RoomRow, row.source.command) for row in planned if row.outcome is Outcome.ADDED]
        of_room: dict[RoomKey, list[RoomRow]] = {}
        for row in sorted(added, key=attrgetter("since")):
            of_room.setdefault(_key(row), []).append(row)
        for one_each in zip_longest(*of_room.values()):
            self._begin([row for row in one_each if row is not None], last)
        self._close([row for row in rows if row.until is not None], last)
        self.last |= fresh

    def _begin(self, rows: Sequence[RoomRow], last: Rooms) -> None:
        """Let a row of each room hold from its day on."""
        new = [row for row in rows if _key(row) not in last]
        ids = self.service.register_rooms([self._registration(row) for row in new]) if new else []
        later = [row for row in rows if _key(row) in last]
        if later:
            self.service.change_rooms([self._change(row, last[_key(row)]) for row in later])
        for row, room_id in zip(new, ids, strict=True):
            last[_key(row)] = Last(room_id, row.since)
        for row in later:
            last[_key(row)] = Last(last[_key(row)].id, row.since)

    def _registration(self, row: RoomRow) -> RoomRegistration:
        return RoomRegistration(
            number=row.number,
            premises_id=self.named.building(row.school, row.building) if row.building else None,
            land_id=self.named.land(row.school, row.land) if row.land else None,
            use=row.use,
            area=row.area,
            capacity=row.capacity,
            networked=bool(row.networked),
            since=row.since,
        )

    def _change(self, row: RoomRow, last: Last) -> RoomChange:
        if last.until is not None:
            raise RoomClosed(number=row.number, where=row.building or row.land, on=str(last.until))
        return RoomChange(
            room_id=last.id,
            use=row.use,
            area=row.area,
            capacity=row.capacity,
            networked=bool(row.networked),
            since=row.since,
        )

    def _close(self, rows: Sequence[RoomRow], last: Rooms) -> None:
        ending: dict[date, list[int]] = {}
        for row in rows:
            room = last[_key(row)]
            if row.since != room.since:
                raise RoomRowPast(number=row.number, since=str(row.since), last=str(room.since))
            assert row.until is not None, "only rows with an end are closed"
            ending.setdefault(row.until, []).append(room.id)
            last[_key(row)] = replace(room, until=row.until)
        for until, room_ids in sorted(ending.items()):
            self.service.close_rooms(room_ids, until)


def _key(row: RoomRow) -> RoomKey:
    return row.school, row.building, row.land, row.number
