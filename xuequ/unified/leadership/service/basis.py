"""What the use cases of leadership share: schools by code, the person who acts, who signs for a school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from xuequ.core.access import Action, Post
from xuequ.core.context import Service
from xuequ.core.errors import ActionNotPermitted, Problem
from xuequ.core.settings import CHINA
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.places import hold_schools
from xuequ.unified.leadership.errors.ledgers import (
    ActorIsNoStaff,
    LedgerRowUnknown,
    LedgerRowVoided,
    NotAtWorkHere,
    NotTheOwner,
    NotTheSigner,
)
from xuequ.unified.leadership.repository.office import OfficeRows
from xuequ.unified.leadership.rules.acknowledgements import Heads, signer_of

NOBODY = "（负责人空缺）"


def day_of(at: datetime | None) -> date | None:
    """Return the day in China on which something happened."""
    return None if at is None else at.astimezone(CHINA).date()


class Headship:
    """Who heads what in a district on one day."""

    def __init__(self, rows: Sequence[AnyRow], optional: frozenset[Any]) -> None:
        self._district = {row.post: row for row in rows if row.school_id is None}
        self._heads = {row.school_id: row for row in rows if row.post == Post.SCHOOL_HEAD}
        self._optional = optional
        self.team = frozenset(row.staff_id for row in self._district.values())
        self._known = {row.staff_id: row for row in rows}

    def signer(self, school_id: int, kind: str, *, apart_from: int | None = None) -> AnyRow | None:
        """Return who signs for a school; see the rule."""
        found = signer_of(
            Heads(
                _id(self._heads.get(school_id)),
                _id(self._district.get(Post.ACADEMIC_DIRECTOR)),
                _id(self._district.get(Post.PRINCIPAL)),
            ),
            head_optional=kind in self._optional,
            apart_from=apart_from,
        )
        return None if found is None else self._known[found]


def _id(row: AnyRow | None) -> int | None:
    return None if row is None else int(row.staff_id)


class OfficeService(Service):
    """A service of leadership that knows the office's people and places."""

    @property
    def _office(self) -> OfficeRows:
        return OfficeRows(self.context.session, self.context.scope, self.context.place)

    def _school(self, code: str) -> AnyRow:
        row = self._office.school(code)
        if row is None:
            raise SchoolUnknown(school=code)
        return row

    def _school_id(self, code: str | None) -> int | None:
        return None if code is None else int(self._school(code).id)

    def _staff(self, staff_id: int) -> AnyRow:
        row = self._office.staff([staff_id]).get(staff_id)
        if row is None:
            raise StaffUnknown(staff=str(staff_id))
        return row

    def _me(self, act: str) -> AnyRow:
        """Return the member of staff who acts; a script is none."""
        actor = self.context.actor
        row = self._office.staff_of_no(actor.staff_no) if actor.staff_no else None
        if row is None:
            raise ActorIsNoStaff(actor=str(actor), act=act)
        return row

    def _headship(self, on: date) -> Headship:
        optional = self.context.standards.listed("posts.head_optional_in", on=on)
        return Headship(self._office.heads(on), frozenset(optional))

    def _sign_as(self, act: str, school: AnyRow, *, apart_from: int | None = None) -> AnyRow:
        """Return the member of staff who acts, when it is who signs for the school today.

        Nobody else comes to head the school until the transaction ends.
        """
        hold_schools(self.context.session, self.context.scope.county_id, [school.id])
        me, headship = self._me(act), self._headship(self.context.today)
        signer = headship.signer(school.id, school.kind, apart_from=apart_from)
        if signer is None or signer.staff_id != me.id:
            name = NOBODY if signer is None else f"{signer.name}（{signer.staff_no}）"
            raise NotTheSigner(actor=me.staff_no, school=school.name, signer=name)
        return me

    def _at_work(self, staff: AnyRow, on: date, school: AnyRow | None = None) -> list[Problem]:
        """Refuse whoever does not work in the district, or at the school, on a day."""
        placed = self._office.placements([staff.id], on, on)
        if any(school is None or one.school_id == school.id for one in placed):
            return []
        place = self._office.district_name() if school is None else school.name
        return [Problem(NotAtWorkHere(staff=staff.staff_no, place=place, on=str(on)))]

    def _only_owner_or(self, action: Action, owner_id: int, school: str | None) -> None:
        """Refuse whoever neither has to do something nor may do that action there."""
        actor = self.context.actor
        me = self._office.staff_of_no(actor.staff_no) if actor.staff_no else None
        if me is not None and me.id == owner_id:
            return
        try:
            self.context.permit(action, school=school or "")
        except ActionNotPermitted:
            raise NotTheOwner(actor=str(actor), owner=self._staff(owner_id).name) from None

    def _standing(self, model: Any, row_id: int, record: str) -> Any:
        """Return a row of a ledger, locked, that was not voided.

        Raises:
            LedgerRowUnknown, LedgerRowVoided: when it is none.
        """
        row = self._office.locked(model, row_id)
        if row is None:
            raise LedgerRowUnknown(record=record, id=str(row_id))
        if row.voided_at is not None:
            raise LedgerRowVoided(record=record, reason=row.void_reason)
        return row

    def _void(self, model: Any, row_id: int, reason: str) -> None:
        self._office.void(model, row_id, self.context.now, str(self.context.actor), reason)
