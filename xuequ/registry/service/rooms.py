"""Use cases of rooms and sports areas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from xuequ.core.context import Service, use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.ids import take_ids
from xuequ.core.spans import DaySpan
from xuequ.registry.actions.premises import REGISTER_PREMISES
from xuequ.registry.errors.premises import LandUnknown, PremisesGone, PremisesUnknown, RoomKnown, RoomUnknown
from xuequ.registry.facts.premises import RoomsChanged, RoomsRegistered
from xuequ.registry.models.premises import Room, RoomSpan
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.premises import PremisesRows
from xuequ.registry.rules.premises import (
    RoomArea,
    check_later,
    check_room_place,
    check_rooms_fit,
    check_standing,
)
from xuequ.registry.schemas.premises import RoomChange, RoomRegistration
from xuequ.registry.states.premises import PremisesState

_KEY = ("county_id", "id")
_ROOM_SPAN = (*_KEY, "room_id", "use", "area", "capacity", "networked", "since", "until")


class RoomUseCases(Service):
    """Rooms 用房 of buildings, and sports areas on land, by date."""

    @property
    def _rows(self) -> PremisesRows:
        return PremisesRows(self.context.session, self.context.scope, self.context.place)

    @property
    def _county_id(self) -> int:
        return self.context.scope.county_id

    @use_case(REGISTER_PREMISES)
    def register_rooms(self, rows: Sequence[RoomRegistration]) -> list[int]:
        """Register rooms of buildings and sports areas on land; return their ids.

        Raises:
            PremisesUnknown, LandUnknown, PremisesGone, RoomWithoutPlace, FieldIndoors, RoomKnown,
            RoomsTooLarge: for every row and building, all at once.
        """
        places = self._rows
        buildings = {row.premises_id for row in rows if row.premises_id is not None}
        parcels = {row.land_id for row in rows if row.land_id is not None}
        land, premises = places.lock_land(parcels), places.lock_premises(buildings)
        problems = self._room_problems(rows, premises, land)
        problems += self._standing_problems(
            premises, [(row.premises_id, row.since) for row in rows if row.premises_id is not None]
        )
        added = [
            (row.premises_id, RoomArea(DaySpan(row.since), row.area))
            for row in rows
            if row.premises_id is not None
        ]
        refuse_if(problems + self._size_problems(premises, places.room_spans(premises), added))
        ids = take_ids(len(rows))
        said = (
            (self._county_id, i, r.premises_id, r.land_id, r.number) for i, r in zip(ids, rows, strict=True)
        )
        places.load(Room, (*_KEY, "premises_id", "land_id", "number"), said)
        self._begin_rooms(list(zip(ids, rows, strict=True)))
        self.context.announce(RoomsRegistered(room_ids=tuple(ids)))
        return ids

    @use_case(REGISTER_PREMISES)
    def change_rooms(self, rows: Sequence[RoomChange]) -> None:
        """Change use, area, places or network of rooms, each from its day on.

        Raises:
            RoomUnknown, SpanNotLater, FieldIndoors, PremisesGone, RoomsTooLarge: all at once.
        """
        places = self._rows
        rooms = self._locked_rooms(row.room_id for row in rows)
        premises = places.lock_premises(r.premises_id for r in rooms.values() if r.premises_id is not None)
        problems: list[Problem] = []
        for row in rows:
            room = rooms[row.room_id]
            problems += check_room_place(room.number, row.use, room.premises_id, room.land_id)
            problems += check_later(room.number, row.since, room.since)
        indoors = [(rooms[row.room_id].premises_id, row) for row in rows]
        starts = [(at, row.since) for at, row in indoors if at is not None]
        problems += self._standing_problems(premises, starts)
        refuse_if(problems)
        ended = {row.room_id: row.since for row in rows}
        added = [(at, RoomArea(DaySpan(row.since), row.area)) for at, row in indoors if at is not None]
        refuse_if(self._size_problems(premises, places.room_spans(premises), added, ended))
        for since in sorted({row.since for row in rows}):
            places.end_rooms([rooms[row.room_id].span_id for row in rows if row.since == since], since)
        self._begin_rooms([(row.room_id, row) for row in rows])
        for since in sorted({row.since for row in rows}):
            room_ids = tuple(row.room_id for row in rows if row.since == since)
            self.context.announce(RoomsChanged(room_ids=room_ids, since=since))

    @use_case(REGISTER_PREMISES)
    def close_rooms(self, room_ids: Sequence[int], on: date) -> None:
        """Let rooms be no more from a day: pulled down, or joined to another, whose area is then changed.

        Raises:
            RoomUnknown, SpanNotLater: all at once.
        """
        places = self._rows
        rooms = self._locked_rooms(room_ids)
        refuse_if([one for room in rooms.values() for one in check_later(room.number, on, room.since)])
        places.end_rooms([room.span_id for room in rooms.values()], on)
        self.context.announce(RoomsChanged(room_ids=tuple(rooms), since=on))

    def _locked_rooms(self, room_ids: Iterable[int]) -> dict[int, AnyRow]:
        """Return rooms of the scope with their newest span, after locking where they are."""
        places, wanted = self._rows, list(dict.fromkeys(room_ids))
        found = places.rooms_by_id(wanted)
        land = places.lock_land(room.land_id for room in found.values() if room.land_id is not None)
        built = (room.premises_id for room in found.values() if room.premises_id is not None)
        here = {*land, *places.lock_premises(built)}
        rooms = places.rooms_by_id(wanted)  # anew, now that nobody else can change them
        rooms = {i: room for i, room in rooms.items() if (room.premises_id or room.land_id) in here}
        refuse_if([Problem(RoomUnknown(room=str(i))) for i in wanted if i not in rooms])
        return {i: rooms[i] for i in wanted}

    def _begin_rooms(self, rows: Sequence[tuple[int, RoomRegistration | RoomChange]]) -> None:
        spans = (
            (self._county_id, span_id, i, r.use.code, r.area, r.capacity, r.networked, r.since, None)
            for span_id, (i, r) in zip(take_ids(len(rows)), rows, strict=True)
        )
        self._rows.load(RoomSpan, _ROOM_SPAN, spans)

    def _room_problems(
        self, rows: Sequence[RoomRegistration], premises: Mapping[int, AnyRow], land: Mapping[int, AnyRow]
    ) -> list[Problem]:
        taken = self._rows.numbers_in(premises, land)
        problems: list[Problem] = []
        for row in rows:
            problems += check_room_place(row.number, row.use, row.premises_id, row.land_id)
            if row.premises_id is not None and row.premises_id not in premises:
                problems.append(Problem(PremisesUnknown(premises=str(row.premises_id))))
            if row.land_id is not None and row.land_id not in land:
                problems.append(Problem(LandUnknown(land=str(row.land_id))))
            at = row.premises_id or row.land_id or 0
            where = premises.get(at) or land.get(at)
            if where is not None and (at, row.number) in taken:
                problems.append(Problem(RoomKnown(number=row.number, where=where.name)))
            taken.add((at, row.number))
        return problems

    def _standing_problems(
        self, premises: Mapping[int, AnyRow], starts: Sequence[tuple[int, date]]
    ) -> list[Problem]:
        """Refuse rooms that begin before their building is registered, or in one that is gone."""
        last, first = self._rows.last_spans(premises), self._rows.first_days(premises)
        problems: list[Problem] = []
        for premises_id, since in dict.fromkeys(starts):
            if premises_id not in premises:
                continue
            name = premises[premises_id].name
            if since < first[premises_id]:
                problems.append(Problem(PremisesGone(premises=name, on=str(since))))
            else:  # a room has no end of its own, so what becomes of the building later counts too
                problems += check_standing(name, PremisesState(last[premises_id].state), since)
        return problems

    def _size_problems(
        self,
        premises: Mapping[int, AnyRow],
        there: Iterable[AnyRow],
        added: Iterable[tuple[int, RoomArea]],
        ended: Mapping[int, date] | None = None,
    ) -> list[Problem]:
        ends = ended or {}
        areas: dict[int, list[RoomArea]] = {premises_id: [] for premises_id in premises}
        for row in there:
            untils = [day for day in (row.until, ends.get(row.room_id)) if day is not None]
            span = DaySpan(row.since, min(untils, default=None))
            areas[row.premises_id].append(RoomArea(span, row.area))
        for premises_id, area in added:
            areas.get(premises_id, []).append(area)
        problems: list[Problem] = []
        for premises_id, rooms in areas.items():
            building = premises[premises_id]
            problems += check_rooms_fit(building.name, building.area, rooms)
        return problems
