"""Use cases of releases 核拨: envelopes out of training and activities lines."""

from __future__ import annotations

from datetime import date
from typing import Any

from xuequ.core.context import Service, reading, use_case
from xuequ.core.errors import refuse_if
from xuequ.core.ids import new_id
from xuequ.core.money import Money
from xuequ.core.source import Source
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.actions.allotments import (
    GIVE_BACK,
    RELEASE_ENVELOPE,
    VIEW_ALLOTMENTS,
    VOID_RELEASE,
)
from xuequ.unified.budget.errors.allotments import (
    ReleaseDiffers,
    ReleaseEnded,
    ReleaseInUse,
    ReleaseUnknown,
)
from xuequ.unified.budget.errors.ledger import LineUnknown
from xuequ.unified.budget.facts.allotments import ReleaseMade, ReleaseReturned, ReleaseVoided
from xuequ.unified.budget.repository.allotments import AllotmentRows
from xuequ.unified.budget.rules.ledger import Balances
from xuequ.unified.budget.rules.releases import unreleasable
from xuequ.unified.budget.schemas.allotments import FundsRelease, ReleaseView, ReleaseVoiding
from xuequ.unified.budget.schemas.ledger import Posting
from xuequ.unified.budget.service.ledger.posting import post
from xuequ.unified.budget.states.allotments import RELEASE_KIND, ReleaseState
from xuequ.unified.budget.states.ledger import Movement, Pot, Purse


class Releasing(Service):
    """Money for training and activities, which the district releases to schools and for activities.

    A release holds its money on the line: what pays or commits names it, ``out_of=Pot.RESERVED`` and
    ``purpose=Source("budget.release", id)``. A release ends once: what is left is given back, or it is
    voided while nothing of it is used.
    """

    @property
    def _rows(self) -> AllotmentRows:
        return AllotmentRows(self.context.session, self.context.scope, self.context.place)

    @use_case(RELEASE_ENVELOPE)
    def release_funds(self, command: FundsRelease) -> ReleaseView:
        """Release money 核拨 of a training or activities line; the same number again changes nothing.

        Raises:
            InsufficientBudget: more than is available on the line.
            PurseDiffers, ReleaseNowhere, ReleaseElsewhere: alone or together as `Problems`.
            ReleaseDiffers: the number was used for another release.
            LineUnknown, SchoolUnknown, AmountNotPositive, DayOutsideYear, YearClosed: as they say.
        """
        rows = self._rows
        values = self._checked(command)
        if rows.add_release(values):
            source = Source(RELEASE_KIND, values["id"])
            self._post(source, values, Movement.RESERVE, Pot.AVAILABLE, command.amount)
            self.context.announce(
                ReleaseMade(
                    release_id=values["id"],
                    line_id=command.line_id,
                    school_id=values["school_id"],
                    amount=command.amount,
                    day=values["released_on"],
                )
            )
        recorded = rows.release_numbered(command.number)
        if recorded is None or not _same(recorded, values, dated=command.released_on is not None):
            raise ReleaseDiffers(number=command.number)
        return self._view(recorded)

    @use_case(GIVE_BACK)
    def give_back(self, release_id: int, *, on: date | None = None) -> ReleaseView:
        """Give back 余款交回 what is left of a release; what is committed stays, and nothing more is taken.

        Raises:
            ReleaseUnknown, ReleaseEnded: there is none, or it was voided.
        """
        return self._end(release_id, ReleaseState.RETURNED, "", on)

    @use_case(VOID_RELEASE)
    def void_release(self, command: ReleaseVoiding) -> ReleaseView:
        """Void 作废 a release of which nothing is committed or paid; all its money is available again.

        Raises:
            ReleaseInUse: something is; what is left can be given back.
            ReleaseUnknown, ReleaseEnded: there is none, or it ended the other way.
        """
        return self._end(command.release_id, ReleaseState.VOIDED, command.reason, command.on)

    @reading(VIEW_ALLOTMENTS)
    def release(self, release_id: int) -> ReleaseView:
        """Return a release.

        Raises:
            ReleaseUnknown: when there is none.
        """
        return self._view(self._found(release_id))

    @reading(VIEW_ALLOTMENTS)
    def releases(self, year: int, school: str | None = None) -> list[ReleaseView]:
        """List the releases of a fiscal year by number, of one school or of all."""
        found = self._rows.releases(year, school)
        held = self._rows.held([_key(row) for row in found]) if found else {}
        return [_view(row, held.get(_key(row), Balances())) for row in found]

    def _checked(self, command: FundsRelease) -> dict[str, Any]:
        line = self._rows.purse_of(command.line_id)
        if line is None:
            raise LineUnknown(line=str(command.line_id))
        school = self._rows.schools().get(command.school) if command.school else None
        if command.school and school is None:
            raise SchoolUnknown(school=command.school)
        refuse_if(
            unreleasable(
                command.number,
                command.amount,
                line=line.name,
                purse=Purse(line.purse),
                line_school=line.school_id,
                school=(school.id, school.code) if school else None,
                for_event=command.event is not None,
            )
        )
        return {
            "county_id": self.context.scope.county_id,
            "id": new_id(),
            "district_id": self._rows.district_id,
            "number": command.number,
            "line_id": command.line_id,
            "amount": command.amount,
            "about": command.about,
            "school_id": school.id if school else None,
            "event_kind": command.event.kind if command.event else None,
            "event_id": command.event.id if command.event else None,
            "released_on": command.released_on or self.context.today,
            "state": ReleaseState.OPEN.code,
            "returned": Money(0),
            "ended_on": None,
            "end_reason": "",
        }

    def _end(self, release_id: int, state: ReleaseState, reason: str, on: date | None) -> ReleaseView:
        """End a release under the locks of its row and line, so that what is left is what is given back."""
        rows = self._rows
        rows.lock_release(release_id)
        row = self._found(release_id)
        if row.state == state.code:
            return self._view(row)
        if row.state != ReleaseState.OPEN.code:
            raise ReleaseEnded(number=row.number, state=ReleaseState(row.state).label)
        rows.lock_line(row.line_id)
        held = rows.held([_key(row)])[_key(row)]
        used = held.committed + held.paid
        if state is ReleaseState.VOIDED and used:
            raise ReleaseInUse(number=row.number, used=Money(used))
        returned, day = Money(held.reserved), on or self.context.today
        ended = {"state": state.code, "returned": returned, "ended_on": day, "end_reason": reason}
        rows.end_release(row.id, ended)
        if returned:
            source, at = Source(RELEASE_KIND, row.id), {"line_id": row.line_id, "released_on": day}
            self._post(source, at, Movement.RELEASE, Pot.RESERVED, returned)
        fact = ReleaseVoided if state is ReleaseState.VOIDED else ReleaseReturned
        self.context.announce(fact(release_id=row.id, returned=returned, day=day))
        return self._view(self._found(release_id))

    def _post(
        self, source: Source, at: dict[str, Any], movement: Movement, out_of: Pot, amount: Money
    ) -> None:
        posting = Posting(
            line_id=at["line_id"],
            movement=movement,
            out_of=out_of,
            amount=amount,
            source=source,
            day=at["released_on"],
        )
        post(self.context, self._rows, [posting])

    def _found(self, release_id: int) -> AnyRow:
        row = self._rows.release(release_id)
        if row is None:
            raise ReleaseUnknown(release=str(release_id))
        return row

    def _view(self, row: AnyRow) -> ReleaseView:
        return _view(row, self._rows.held([_key(row)])[_key(row)])


_CONTENT = ("line_id", "school_id", "event_kind", "event_id", "about", "amount")


def _same(row: AnyRow, values: dict[str, Any], *, dated: bool) -> bool:
    """Tell whether a release says what was asked; a day that was left out is any day."""
    names = (*_CONTENT, "released_on") if dated else _CONTENT
    return all(getattr(row, name) == values[name] for name in names)


def _key(row: AnyRow) -> tuple[int, Source]:
    return row.line_id, Source(RELEASE_KIND, row.id)


def _view(row: AnyRow, held: Balances) -> ReleaseView:
    event = Source(row.event_kind, row.event_id) if row.event_kind else None
    return ReleaseView(
        id=row.id,
        number=row.number,
        line_id=row.line_id,
        line=row.line,
        purse=Purse(row.purse),
        school=row.school,
        event=event,
        about=row.about,
        amount=row.amount,
        released_on=row.released_on,
        state=ReleaseState(row.state),
        left=Money(held.reserved),
        committed=Money(held.committed),
        paid=Money(held.paid),
        returned=row.returned,
        ended_on=row.ended_on,
        end_reason=row.end_reason,
    )
