"""The workbook of posts: who is appointed, and to whom powers are lent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from xuequ.core.access import Post
from xuequ.core.context import Context
from xuequ.core.errors import CellRequired, Problem
from xuequ.core.fields import Command
from xuequ.core.intake import Book, Desk
from xuequ.core.plan import Key, Outcome, PlannedRow, State
from xuequ.registry.errors.posts import AppointmentUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.books.posts import PostBookRows
from xuequ.registry.schemas.books.posts import AppointmentRow, DelegationRow
from xuequ.registry.schemas.posts import Appointing, Delegating
from xuequ.registry.service.books.desk import BookDesk, Lookups, at_column, changed, check_names, rows_of
from xuequ.registry.service.posts import PostService
from xuequ.registry.states.posts import AppointmentEnd
from xuequ.registry.templates.posts import POSTS

APPOINTMENTS = POSTS.sheet("appointments")


class _PostDesk(BookDesk):
    """What both sheets share."""

    def __init__(self, lookups: Lookups) -> None:
        super().__init__(lookups)
        self.rows = PostBookRows(self.context.session, self.context.scope, self.context.place)
        self.posts = PostService(self.context)

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Check names."""
        return check_names(planned, self.lookups.staff_named)


class AppointmentDesk(_PostDesk):
    """The sheet of appointments."""

    changeable = frozenset({"until", "ended"})

    def _there(self, rows: Iterable[Command]) -> dict[Key, AnyRow]:
        found = self.rows.appointments({cast(AppointmentRow, row).staff_no for row in rows})
        return {(Post(row.post), row.school, row.staff_no, row.since): row for row in found}

    def standing(self, rows: Sequence[Command]) -> State:
        """Return the appointments of the people of rows."""
        return {key: _appointment(row) for key, row in self._there(rows).items()}

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Check names, and that an end has its reason, and a reason its day."""
        found = super().check(planned)
        for row in planned:
            command = cast(AppointmentRow, row.source.command)
            if command.ended is not None and command.until is None and _news(row):
                found.append(at_column(row, APPOINTMENTS, "until", CellRequired()))
            if changed(row, "until") and command.ended is None:
                found.append(at_column(row, APPOINTMENTS, "ended", CellRequired()))
        return found

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """End appointments and make others, in the order of days."""
        there = self._there([row.source.command for row in planned])
        for row in planned:
            command = cast(AppointmentRow, row.source.command)
            if row.outcome is Outcome.CHANGED:
                self._end(there[_called(command)].id, command)
        added = cast("list[AppointmentRow]", rows_of(planned, Outcome.ADDED))
        for command in sorted(added, key=lambda one: one.since):
            appointed = self.posts.appoint(
                Appointing(
                    staff_id=self.lookups.staff(command.staff_no),
                    acting=bool(command.acting),
                    **command.model_dump(exclude={"staff_no", "name", "acting", "ended"}),
                )
            )
            self._end(appointed.id, command)

    def _end(self, appointment_id: int, command: AppointmentRow) -> None:
        if command.ended is not None:
            self.posts.end_appointment(appointment_id, command.ended, command.until)

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return appointments, to the district's own posts too where no school is asked for."""
        for row in self.rows.appointments(None):
            if school in (None, row.school):
                said = {name: getattr(row, name) for name in ("school", "staff_no", "name", "since")}
                given = _appointment(row)
                given["acting"] = True if row.acting else None
                yield AppointmentRow(post=Post(row.post), **said, **given)


def _news(row: PlannedRow) -> bool:
    return row.outcome is Outcome.ADDED or changed(row, "until", "ended")


def _called(row: AppointmentRow) -> Key:
    return (row.post, row.school, row.staff_no, row.since)


def _appointment(row: Any) -> dict[str, Any]:
    return {
        "until": row.until,
        "acting": row.acting,
        "authority": row.authority,
        "ended": AppointmentEnd(row.ended) if row.ended else None,
    }


class DelegationDesk(_PostDesk):
    """The sheet of delegations."""

    changeable = frozenset({"until"})

    def _there(self, rows: Iterable[Command]) -> dict[Key, AnyRow]:
        found = self.rows.delegations({cast(DelegationRow, row).holder_no for row in rows})
        return {(Post(row.post), row.school, row.holder_no, row.staff_no, row.since): row for row in found}

    def standing(self, rows: Sequence[Command]) -> State:
        """Return what the holders of rows have lent."""
        return {key: _delegation(row) for key, row in self._there(rows).items()}

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Take powers back, and lend others."""
        there = self._there([row.source.command for row in planned])
        for row in planned:
            if row.outcome is Outcome.CHANGED:
                command = cast(DelegationRow, row.source.command)
                key = (command.post, command.school, command.holder_no, command.staff_no, command.since)
                self.posts.revoke_delegation(there[key].id, command.until)
        for command in cast("list[DelegationRow]", rows_of(planned, Outcome.ADDED)):
            lent = Delegating(
                staff_id=self.lookups.staff(command.staff_no),
                since=command.since,
                until=command.until,
                school=command.reach,
                reason=command.reason,
            )
            self.posts.delegate(self._appointment(command), lent)

    def _appointment(self, command: DelegationRow) -> int:
        """Return the appointment by which powers are lent."""
        for row in self.rows.appointments({command.holder_no}):
            held = (Post(row.post), row.school) == (command.post, command.school)
            if held and row.since <= command.since and (row.until is None or command.since < row.until):
                return cast(int, row.id)
        raise AppointmentUnknown(appointment=f"{command.holder_no} {command.post.label}")

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return delegations of posts at a school, or of all."""
        for row in self.rows.delegations(None):
            if school in (None, row.school):
                names = ("school", "holder_no", "staff_no", "name", "since")
                said = {name: getattr(row, name) for name in names}
                yield DelegationRow(post=Post(row.post), **said, **_delegation(row))


def _delegation(row: Any) -> dict[str, Any]:
    reach = row.reach if row.narrowed else None
    return {"reach": reach, "until": row.until, "reason": row.reason}


def _desks(context: Context) -> Mapping[str, Desk]:
    lookups = Lookups(context)
    return {"appointments": AppointmentDesk(lookups), "delegations": DelegationDesk(lookups)}


POSTS_BOOK = Book(POSTS, _desks, stale="岗位任职")
