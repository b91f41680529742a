"""Use cases of standings: titles, degrees and what else staff hold from a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from xuequ.core.context import Context, Service, reading, use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.registry.actions.staff import RECORD_STANDINGS, VIEW_STAFF
from xuequ.registry.errors.staff import StaffUnknown, StandingUnknown
from xuequ.registry.facts.staff import StandingCorrected, StandingEnded, StandingsRecorded
from xuequ.registry.models.staff import Standing
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.staff import StaffRows
from xuequ.registry.repository.staff_views import StaffViewRows
from xuequ.registry.rules.standings import (
    Held,
    begin,
    check_begin,
    check_correction,
    check_end,
    correct,
    end,
)
from xuequ.registry.rules.timeline import Stretch, differences
from xuequ.registry.schemas.staff import StandingCorrection, StandingRecord, StandingView
from xuequ.registry.service.staff_records import lock_staff
from xuequ.registry.states.staff import StandingKind

Timeline = tuple[Stretch[Held], ...]
Key = tuple[int, StandingKind]


class StandingService(Service):
    """What staff hold from a day: 职称, 学历, 学位, 骨干, 用工形式, 岗位类别; one of a kind at a time."""

    @reading(VIEW_STAFF)
    def of(self, staff_id: int) -> list[StandingView]:
        """List what somebody holds and held, by kind and day.

        Raises:
            StaffUnknown: when nobody of that id belongs to this scope.
        """
        if _rows(self.context).known(staff_id) is None:
            raise StaffUnknown(staff=str(staff_id))
        return [standing_view(row) for row in _views(self.context).standings([staff_id])]

    @use_case(RECORD_STANDINGS)
    def record(self, records: Sequence[StandingRecord]) -> None:
        """Record what people hold from a day; what they held of the kind ends there and stays in the history.

        Without an end it holds until what is recorded next. Several of one kind and person may come
        together, in the order of days or not.

        Raises:
            StandingHeld, StandingThatDay: for what is held then.
            UnknownCode: a code that the list of its kind has not.
            StaffUnknown, Problems: for the people, and for several of these.
        """
        hold(self.context, records)

    @use_case(RECORD_STANDINGS)
    def correct(self, command: StandingCorrection) -> StandingView:
        """Set right what was written wrong; the journal keeps what it was.

        Raises:
            StandingUnknown, UnknownCode: for what the command names.
            NothingToCorrect, ShiftedOver: for what it says.
        """
        held = _HeldByOne(self.context, command.standing_id)
        code = held.one.what.code
        if command.code is not None:
            code = held.kind.codes.parse(command.code).code
        authority = held.one.what.authority if command.authority is None else command.authority
        what, since = Held(held.kind, code, authority), command.since or held.one.since
        refuse_if(check_correction(held.staff_no, held.timeline, held.one, what, since))
        held.write(correct(held.timeline, held.one, what, since))
        fact = StandingCorrected(
            standing_id=command.standing_id,
            staff_id=held.staff_id,
            kind=held.kind.code,
            was_held=held.one.what.code,
            was_since=held.one.since,
            held=code,
            since=since,
        )
        self.context.announce(fact)
        return held.view(command.standing_id)

    @use_case(RECORD_STANDINGS)
    def end(self, standing_id: int, on: date | None = None) -> StandingView:
        """End what is held no longer, such as a backbone level whose term is over.

        Args:
            on: the first day without; today when left out.

        Raises:
            StandingUnknown: when nobody of this scope holds anything of that id.
            StandingEnded: when it has ended by then, or not begun.
        """
        on, held = on or self.context.today, _HeldByOne(self.context, standing_id)
        refuse_if(check_end(held.staff_no, held.one, on))
        held.write(end(held.timeline, held.one, on))
        kind = held.kind.code
        self.context.announce(
            StandingEnded(standing_id=standing_id, staff_id=held.staff_id, kind=kind, on=on)
        )
        return held.view(standing_id)


def hold(context: Context, records: Sequence[StandingRecord]) -> None:
    """Write what people hold from a day, in the same number of statements for one as for many."""
    if not records:
        return
    rows, ids = _rows(context), {record.staff_id for record in records}
    numbers = {row.id: row.staff_no for row in lock_staff(rows, ids)}
    before = _timelines(_views(context).standings(ids))
    after = {(i, kind): before.get((i, kind), ()) for i in ids for kind in StandingKind}
    problems: list[Problem] = []
    for record in sorted(records, key=lambda one: one.since):
        held = Held(record.kind, record.kind.codes.parse(record.code).code, record.authority)
        key = (record.staff_id, record.kind)
        found = check_begin(numbers[record.staff_id], after[key], held, record.since, record.until)
        problems += found
        if not found:
            after[key] = begin(after[key], held, record.since, record.until)
    refuse_if(problems)
    _write(rows, before, after)
    kinds = tuple(kind.code for kind in StandingKind if any(record.kind is kind for record in records))
    context.announce(StandingsRecorded(staff_ids=tuple(sorted(ids)), kinds=kinds))


class _HeldByOne:
    """One standing under the lock of whose it is, with the timeline of its kind."""

    def __init__(self, context: Context, standing_id: int) -> None:
        self.rows, self.views = _rows(context), _views(context)
        owner = self.rows.owner(Standing, standing_id)
        locked = self.rows.lock([] if owner is None else [owner])
        found = _timelines(self.views.standings([row.id for row in locked]))
        for key, timeline in found.items():
            for one in timeline:
                if one.row_id == standing_id:
                    (self.staff_id, self.kind), self.timeline, self.one = key, timeline, one
                    self.staff_no: str = locked[0].staff_no
                    return
        raise StandingUnknown(standing=str(standing_id))

    def write(self, after: Timeline) -> None:
        """Write the timeline as it is to be."""
        key = (self.staff_id, self.kind)
        _write(self.rows, {key: self.timeline}, {key: after})

    def view(self, standing_id: int) -> StandingView:
        """Return the standing as it is now."""
        rows = self.views.standings([self.staff_id])
        return next(standing_view(row) for row in rows if row.id == standing_id)


def _write(rows: StaffRows, before: dict[Key, Timeline], after: dict[Key, Timeline]) -> None:
    removed: list[int] = []
    changed: list[dict[str, Any]] = []
    begun: list[dict[str, Any]] = []
    for key, timeline in after.items():
        whose = {"staff_id": key[0]}
        found = differences(before.get(key, ()), timeline)
        removed += found.removed
        changed += [{"id": one.row_id, **whose, **_columns(one)} for one in found.changed]
        begun += [{**whose, **_columns(one)} for one in found.begun]
    rows.write(Standing, removed, changed, begun)


def _columns(one: Stretch[Held]) -> dict[str, Any]:
    what = one.what
    said = {"kind": what.kind.code, "code": what.code, "authority": what.authority}
    return {**said, "since": one.since, "until": one.until}


def _timelines(rows: Sequence[AnyRow]) -> dict[Key, Timeline]:
    found: defaultdict[Key, list[Stretch[Held]]] = defaultdict(list)
    for row in rows:
        kind = StandingKind(row.kind)
        what = Held(kind, row.code, row.authority)
        found[row.staff_id, kind].append(Stretch(what, row.since, row.until, row.id))
    return {key: tuple(timeline) for key, timeline in found.items()}


def standing_view(row: AnyRow) -> StandingView:
    """Return a row of standings as a view."""
    kind = StandingKind(row.kind)
    return StandingView(
        id=row.id,
        kind=kind,
        code=row.code,
        label=kind.codes(row.code).label,
        since=row.since,
        until=row.until,
        authority=row.authority,
    )


def _rows(context: Context) -> StaffRows:
    return StaffRows(context.session, context.scope, context.place)


def _views(context: Context) -> StaffViewRows:
    return StaffViewRows(context.session, context.scope, context.place)
