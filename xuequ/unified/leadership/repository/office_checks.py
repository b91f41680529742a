"""What the data checks of duties, regulations and acknowledgements ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, not_, or_, select
from sqlalchemy.orm import aliased

from xuequ.registry.models.places import School
from xuequ.registry.repository.basis import AnyRow, Rows, same, school_open_on
from xuequ.unified.leadership.models.acknowledgements import Acknowledgement
from xuequ.unified.leadership.models.duties import DutyTurn
from xuequ.unified.leadership.models.regulations import Regulation, RegulationVersion
from xuequ.unified.leadership.states.regulations import VersionState


class OfficeCheckRows(Rows):
    """Duties, versions in force and acknowledgements of the scope."""

    def twice_on_duty(self) -> Sequence[AnyRow]:
        """Return standing duties of whoever stands on an earlier one in the same half-day, in the county."""
        other: Any = aliased(DutyTurn)
        query = (
            select(DutyTurn.id, DutyTurn.staff_id, DutyTurn.day, DutyTurn.half, other.id.label("other"))
            .join(other, and_(other.county_id == DutyTurn.county_id, other.staff_id == DutyTurn.staff_id))
            .where(other.day == DutyTurn.day, other.half == DutyTurn.half, other.id < DutyTurn.id)
            .where(DutyTurn.voided_at.is_(None), other.voided_at.is_(None))
        )
        return self.session.execute(self.here(query, DutyTurn).order_by(DutyTurn.id)).all()

    def in_force_together(self) -> Sequence[AnyRow]:
        """Return issued versions of a regulation that are in force on a day of one of a lower number."""
        version, other = RegulationVersion, aliased(RegulationVersion)
        issued = VersionState.ISSUED.code
        meet = and_(
            or_(other.until.is_(None), other.until > version.since),
            or_(version.until.is_(None), version.until > other.since),
        )
        query = (
            select(version.id, version.number, other.number.label("other"), Regulation.code, Regulation.title)
            .join(
                other,
                and_(other.county_id == version.county_id, other.regulation_id == version.regulation_id),
            )
            .join(Regulation, same(Regulation, version.regulation_id, version))
            .where(version.state == issued, other.state == issued, other.number < version.number, meet)
        )
        return self.session.execute(self.here(query, version).order_by(version.id)).all()

    def not_obliged(self) -> Sequence[AnyRow]:
        """Return acknowledgements of versions that oblige no school, or not the one that owes them."""
        version = RegulationVersion
        obliged = and_(
            version.issued_on.is_not(None),
            Regulation.school_id.is_(None),
            School.district_id == version.district_id,
            school_open_on(version.issued_on),
        )
        query = (
            select(Acknowledgement.id, School.code, Regulation.title, version.number)
            .join(version, same(version, Acknowledgement.version_id, Acknowledgement))
            .join(Regulation, same(Regulation, version.regulation_id, version))
            .join(School, same(School, Acknowledgement.school_id, Acknowledgement))
            .where(not_(obliged))
        )
        return self.session.execute(self.here(query, Acknowledgement).order_by(Acknowledgement.id)).all()
