"""Questions for transfers, which a district sees when one of the two schools is its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Table, and_, insert, or_, select, update
from sqlalchemy.orm import aliased

from xuequ.core.ids import new_id
from xuequ.registry.models.places import District, School
from xuequ.registry.models.pupils import Pupil
from xuequ.registry.models.transfers import Transfer
from xuequ.registry.repository.basis import AnyRow, AnySelect, Rows, same

_TABLE = cast("Table", Transfer.__table__)
_From, _FromDistrict = aliased(School, name="from_school"), aliased(District, name="from_district")
_To, _ToDistrict = aliased(School, name="to_school"), aliased(District, name="to_district")


class TransferRows(Rows):
    """Transfers of one scope."""

    def _seen(self) -> AnySelect:
        query: AnySelect = (
            select(
                *(_TABLE, Pupil.pupil_no),
                *(_From.code.label("from_school"), _FromDistrict.code.label("from_district")),
                *(_To.code.label("to_school"), _ToDistrict.code.label("to_district")),
            )
            .join(Pupil, same(Pupil, Transfer.pupil_id, Transfer))
            .outerjoin(_From, same(_From, Transfer.from_school_id, Transfer))
            .outerjoin(_FromDistrict, same(_FromDistrict, Transfer.from_district_id, Transfer))
            .outerjoin(_To, same(_To, Transfer.to_school_id, Transfer))
            .outerjoin(_ToDistrict, same(_ToDistrict, Transfer.to_district_id, Transfer))
            .where(Transfer.county_id == self.scope.county_id)
        )
        here = self.scope.district_id
        if here is not None:
            query = query.where(or_(Transfer.from_district_id == here, Transfer.to_district_id == here))
        return query

    def transfer(self, transfer_id: int, *, for_update: bool = False) -> AnyRow | None:
        """Return a transfer that concerns a school here; lock its pupil before it."""
        query = self._seen().where(Transfer.id == transfer_id)
        if for_update:
            query = query.with_for_update(of=Transfer)
        return self.session.execute(query).one_or_none()

    def open_ones(self, school: str | None) -> Sequence[AnyRow]:
        """Return the transfers that are not decided, of one school of the district or of all here."""
        query = self._seen().where(Transfer.decided_on.is_(None))
        if school is not None:
            sends = and_(Transfer.from_district_id == self.district_id, _From.code == school)
            receives = and_(Transfer.to_district_id == self.district_id, _To.code == school)
            query = query.where(or_(sends, receives))
        return self.session.execute(query.order_by(Transfer.requested_on, Transfer.id)).all()

    def of_pupil(self, pupil_id: int) -> Sequence[AnyRow]:
        """Return a pupil's transfers that concern a school here, as they came."""
        query = self._seen().where(Transfer.pupil_id == pupil_id)
        return self.session.execute(query.order_by(Transfer.requested_on, Transfer.id)).all()

    def add(self, values: dict[str, Any]) -> int:
        """Insert a transfer; return its id."""
        row_id = new_id()
        key = {"county_id": self.scope.county_id, "id": row_id}
        self.session.execute(insert(_TABLE).values({**key, **values}))
        return row_id

    def change(self, transfer_id: int, values: dict[str, Any]) -> None:
        """Change fields of a transfer that is locked."""
        here = (Transfer.county_id == self.scope.county_id, Transfer.id == transfer_id)
        self.session.execute(update(Transfer).where(*here).values(values))
