"""Questions for regulations and their versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from sqlalchemy import Table, and_, select
from sqlalchemy.orm import aliased

from xuequ.registry.models.places import School
from xuequ.registry.repository.basis import AnyRow, AnySelect, same
from xuequ.unified.leadership.models.regulations import Deliberation, Regulation, RegulationVersion
from xuequ.unified.leadership.repository.office import OfficeRows
from xuequ.unified.leadership.states.regulations import IN_THE_MAKING

_BASE = aliased(Regulation)
_VERSION = cast("Table", RegulationVersion.__table__)


def _regulations() -> AnySelect:
    return (
        select(
            *(Regulation.id, Regulation.code, Regulation.title, Regulation.kind),
            *(Regulation.school_id, Regulation.base_id, School.code.label("school")),
            *(_BASE.code.label("implements"), _BASE.title.label("base_title")),
        )
        .outerjoin(School, same(School, Regulation.school_id, Regulation))
        .outerjoin(_BASE, same(_BASE, Regulation.base_id, Regulation))
    )


class RegulationRows(OfficeRows):
    """Regulations of one district."""

    def regulation(self, regulation_id: int) -> AnyRow | None:
        """Return one regulation, with the codes of its school and of what it carries out."""
        return self._one(Regulation.id == regulation_id)

    def regulation_of(self, code: str) -> AnyRow | None:
        """Return one regulation by its code."""
        return self._one(Regulation.code == code)

    def _one(self, condition: Any) -> AnyRow | None:
        query = self.here(_regulations().where(condition), Regulation)
        return self.session.execute(query).one_or_none()

    def regulations(self) -> Sequence[AnyRow]:
        """Return every regulation of the district, by code."""
        _ = self.district_id
        query = self.here(_regulations(), Regulation).order_by(Regulation.code)
        return self.session.execute(query).all()

    def lock_regulations(self, ids: Iterable[int | None]) -> None:
        """Make other acts on these regulations wait; a school's rule is locked with its base, by id."""
        wanted = sorted({one for one in ids if one is not None})
        query = self.here(select(Regulation.id).where(Regulation.id.in_(wanted)), Regulation)
        self.session.execute(query.order_by(Regulation.id).with_for_update()).all()

    def versions(self, regulation_ids: Iterable[int]) -> Sequence[AnyRow]:
        """Return the versions of regulations, the first ones first."""
        query = select(_VERSION).where(RegulationVersion.regulation_id.in_(sorted(set(regulation_ids))))
        order = (RegulationVersion.regulation_id, RegulationVersion.number)
        return self.session.execute(self.here(query, RegulationVersion).order_by(*order)).all()

    def version(self, version_id: int) -> AnyRow | None:
        """Return one version."""
        query = self.here(select(_VERSION).where(RegulationVersion.id == version_id), RegulationVersion)
        return self.session.execute(query).one_or_none()

    def in_the_making(self, regulation_id: int) -> AnyRow | None:
        """Return the version of a regulation that is not issued yet."""
        query = select(RegulationVersion.id, RegulationVersion.number).where(
            RegulationVersion.regulation_id == regulation_id, RegulationVersion.state.in_(IN_THE_MAKING)
        )
        return self.session.execute(self.here(query, RegulationVersion)).one_or_none()

    def deliberations(self, version_ids: Iterable[int]) -> Sequence[AnyRow]:
        """Return what was passed of versions, by day."""
        columns = (Deliberation.version_id, Deliberation.body, Deliberation.held_on)
        query = select(*columns, Deliberation.minutes_no, Deliberation.text_sha256).where(
            and_(Deliberation.version_id.in_(sorted(set(version_ids))))
        )
        order = (Deliberation.held_on, Deliberation.id)
        return self.session.execute(self.here(query, Deliberation).order_by(*order)).all()
