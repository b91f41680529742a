"""Questions for acknowledgements and read receipts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, func, select

from xuequ.core.bulk import insert_new
from xuequ.core.ids import new_id
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.staff import Staff
from xuequ.registry.repository.basis import AnyRow, AnySelect, same
from xuequ.unified.leadership.models.acknowledgements import Acknowledgement, ReadReceipt
from xuequ.unified.leadership.models.regulations import Regulation, RegulationVersion
from xuequ.unified.leadership.repository.office import OfficeRows

_RECEIPT = cast("Table", ReadReceipt.__table__)


def _owed() -> AnySelect:
    ack, version = Acknowledgement, RegulationVersion
    return (
        select(
            *(ack.id, ack.version_id, ack.school_id, ack.due_on, ack.read_at, ack.read_by_id),
            *(ack.signed_at, ack.signed_by_id, version.number, version.state, version.document_no),
            *(version.issued_on, version.since, version.until, version.ended),
            *(Regulation.code, Regulation.title),
            *(
                School.code.label("school"),
                School.name.label("school_name"),
                School.kind.label("school_kind"),
            ),
            School.closed_on,
        )
        .join(version, same(version, ack.version_id, ack))
        .join(Regulation, same(Regulation, version.regulation_id, version))
        .join(School, same(School, ack.school_id, ack))
    )


class AckRows(OfficeRows):
    """What schools of one district owe."""

    def owed(self, school_id: int | None = None) -> Sequence[AnyRow]:
        """Return what a school owes or owed, or all do, by regulation, version and school."""
        query = self.here(_owed(), Acknowledgement)
        if school_id is not None:
            query = query.where(Acknowledgement.school_id == school_id)
        order = (Regulation.code, RegulationVersion.number, School.code)
        return self.session.execute(query.order_by(*order)).all()

    def one_owed(self, version_id: int, school_id: int) -> AnyRow | None:
        """Return what a school owes for a version, once nobody else is signing."""
        query = _owed().where(
            Acknowledgement.version_id == version_id, Acknowledgement.school_id == school_id
        )
        query = self.here(query, Acknowledgement).with_for_update(of=Acknowledgement)
        return self.session.execute(query).one_or_none()

    def set_read(self, row_id: int, staff_id: int, at: datetime) -> None:
        """Note who has read it."""
        self.change(Acknowledgement, row_id, {"read_at": at, "read_by_id": staff_id})

    def set_signed(self, row_id: int, staff_id: int, at: datetime) -> None:
        """Note who has signed."""
        self.change(Acknowledgement, row_id, {"signed_at": at, "signed_by_id": staff_id})

    def oblige(self, version_id: int, school_ids: Iterable[int], due_on: date) -> None:
        """Let schools owe their signature for a version."""
        owed = {"version_id": version_id, "due_on": due_on}
        nobody = dict.fromkeys(("read_at", "read_by_id", "signed_at", "signed_by_id"))
        self.add_all(Acknowledgement, [{"school_id": one, **owed, **nobody} for one in school_ids])

    def valid_version(self, version_id: int) -> AnyRow | None:
        """Return what tells whether a version can be read, with its regulation's title and school."""
        version = RegulationVersion
        columns = (version.id, version.number, version.state, version.since, version.until, version.ended)
        query = (
            select(*columns, Regulation.title, Regulation.school_id)
            .join(Regulation, same(Regulation, version.regulation_id, version))
            .where(version.id == version_id)
        )
        return self.session.execute(self.here(query, version)).one_or_none()

    def add_receipt(self, version_id: int, staff_id: int, school_id: int, at: datetime) -> bool:
        """Note that somebody has read a version; tell whether it was not noted before."""
        row: dict[str, Any] = {"county_id": self.scope.county_id, "district_id": self.district_id}
        row |= {"id": new_id(), "version_id": version_id, "staff_id": staff_id}
        row |= {"school_id": school_id, "read_at": at}
        return bool(insert_new(self.session, _RECEIPT, [row]))

    def receipts(self, version_id: int) -> Sequence[AnyRow]:
        """Return who has read a version, by school and number."""
        query = (
            select(
                *(ReadReceipt.version_id, ReadReceipt.read_at, ReadReceipt.school_id),
                *(Staff.staff_no, Person.name, School.code.label("school")),
            )
            .join(Staff, same(Staff, ReadReceipt.staff_id, ReadReceipt))
            .join(Person, same(Person, Staff.person_id, Staff))
            .join(School, same(School, ReadReceipt.school_id, ReadReceipt))
            .where(ReadReceipt.version_id == version_id)
        )
        query = self.here(query, ReadReceipt).order_by(School.code, Staff.staff_no)
        return self.session.execute(query).all()

    def readers(self) -> dict[int, int]:
        """Return how many members of staff have read each version."""
        counted = func.count()
        query = select(ReadReceipt.version_id, counted).group_by(ReadReceipt.version_id)
        return {row[0]: row[1] for row in self.session.execute(self.here(query, ReadReceipt))}
