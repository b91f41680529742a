"""Questions for townships, villages, districts and schools as places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, and_, func, or_, select, tuple_, update
from sqlalchemy.orm import Session, aliased

from xuequ.core.bulk import bulk_load
from xuequ.core.tables import Base
from xuequ.registry.models.places import (
    County,
    District,
    Governance,
    School,
    SchoolVillage,
    Township,
    Village,
    VillageCount,
)
from xuequ.registry.repository.basis import AnyRow, Rows, open_on, same, school_open_on
from xuequ.registry.rules.places import SchoolFacts
from xuequ.registry.states.places import SchoolKind

FACTS = (
    *(School.id, School.code, School.name, School.kind, School.district_id, School.legal_person),
    *(School.preschool_attached, School.opened_on, School.closed_on),
)


def school_facts(row: AnyRow) -> SchoolFacts:
    """Turn a row of FACTS into what rules take."""
    return SchoolFacts(
        id=row.id,
        code=row.code,
        name=row.name,
        kind=SchoolKind(row.kind),
        district_id=row.district_id,
        legal_person=row.legal_person,
        preschool_attached=row.preschool_attached,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
    )


class WritingRows(Rows):
    """What the writers of places, premises and mergers share."""

    def load(self, model: type[Base], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
        """Insert many rows of one table."""
        table = cast("Table", model.__table__)
        return bulk_load(self.session.connection(), table, columns, rows)

    def change(self, model: type[Base], row_id: int, values: dict[str, Any]) -> None:
        """Change fields of one row."""
        keyed: Any = model
        condition = tuple_(keyed.county_id, keyed.id) == (self.scope.county_id, row_id)
        self.session.execute(update(model).where(condition).values(values))

    def lock_county(self) -> None:
        """Make others who register places of the county wait; rows that point to it may still come."""
        query = select(County.county_id).where(County.county_id == self.scope.county_id)
        self.session.execute(query.with_for_update(key_share=True)).one()

    def lock_districts(self, district_ids: Iterable[int]) -> None:
        """Make other set-ups, openings and closures in districts wait.

        Rows that point to a district may still come: whoever writes one for a school that is held already
        would otherwise wait for a closure that waits for the school.
        """
        query = select(District.id).where(
            District.county_id == self.scope.county_id, District.id.in_(sorted(set(district_ids)))
        )
        self.session.execute(query.order_by(District.id).with_for_update(key_share=True)).all()

    def lock_schools(self, school_ids: Iterable[int]) -> dict[int, SchoolFacts]:
        """Lock schools of the scope in the order of their ids; nobody can add anything to them meanwhile."""
        query = self.here(select(*FACTS).where(School.id.in_(sorted(set(school_ids)))), School)
        rows = self.session.execute(query.order_by(School.id).with_for_update(of=School)).all()
        return {row.id: school_facts(row) for row in rows}

    def school_facts_of(self, school_ids: Iterable[int]) -> dict[int, SchoolFacts]:
        """Return schools of the scope by id."""
        query = self.here(select(*FACTS).where(School.id.in_(sorted(set(school_ids)))), School)
        return {row.id: school_facts(row) for row in self.session.execute(query)}


def hold_schools(session: Session, county_id: int, school_ids: Iterable[int]) -> list[SchoolFacts]:
    """Return schools that nobody closes until the transaction ends; several may hold one at once."""
    query = select(*FACTS).where(School.county_id == county_id, School.id.in_(sorted(set(school_ids))))
    rows = session.execute(query.order_by(School.id).with_for_update(read=True, of=School)).all()
    return [school_facts(row) for row in rows]


class PlaceRows(WritingRows):
    """Townships, villages, districts and schools."""

    # townships and villages

    def townships(self) -> Sequence[AnyRow]:
        """Return the townships of the county by code."""
        query = select(Township.id, Township.code, Township.name)
        here = query.where(Township.county_id == self.scope.county_id)
        return self.session.execute(here.order_by(Township.code)).all()

    def village_codes(self, codes: Iterable[str]) -> dict[str, AnyRow]:
        """Return villages of the county by code, with the district that serves them."""
        query = select(Village.id, Village.code, Village.district_id).where(
            Village.county_id == self.scope.county_id, Village.code.in_(sorted(set(codes)))
        )
        return {row.code: row for row in self.session.execute(query)}

    def district_ids(self, codes: Iterable[str]) -> dict[str, int]:
        """Return ids of districts of the county by code."""
        query = select(District.code, District.id).where(
            District.county_id == self.scope.county_id, District.code.in_(sorted(set(codes)))
        )
        return {row.code: row.id for row in self.session.execute(query)}

    def hand_over_villages(self, village_ids: Sequence[int], district_id: int | None) -> None:
        """Let a district serve villages."""
        here = (Village.county_id == self.scope.county_id, Village.id.in_(village_ids))
        self.session.execute(update(Village).where(*here).values(district_id=district_id))

    def lock_villages(self, village_ids: Iterable[int]) -> None:
        """Lock villages, so that editions of their figures come one after the other."""
        query = select(Village.id).where(
            Village.county_id == self.scope.county_id, Village.id.in_(sorted(set(village_ids)))
        )
        self.session.execute(query.order_by(Village.id).with_for_update(key_share=True)).all()

    def editions(self, village_ids: Iterable[int]) -> dict[tuple[int, str, date], int]:
        """Return the highest edition of every figure of villages."""
        key = (VillageCount.village_id, VillageCount.measure, VillageCount.as_of)
        query = (
            select(*key, func.max(VillageCount.edition).label("edition"))
            .where(
                VillageCount.county_id == self.scope.county_id,
                VillageCount.village_id.in_(sorted(set(village_ids))),
            )
            .group_by(*key)
        )
        rows = self.session.execute(query)
        return {(row.village_id, row.measure, row.as_of): row.edition for row in rows}

    def villages(self) -> Sequence[AnyRow]:
        """Return the villages of the scope by code, with township and district."""
        query = (
            select(
                *(Village.id, Village.code, Village.name),
                *(Township.code.label("township"), District.code.label("district")),
            )
            .join(Township, same(Township, Village.township_id, Village))
            .outerjoin(District, same(District, Village.district_id, Village))
        )
        return self.session.execute(self.here(query, Village).order_by(Village.code)).all()

    def village_counts(self, day: date | None = None, village: str | None = None) -> Sequence[AnyRow]:
        """Return figures of the scope's villages, the newest first, up to a day or of one village."""
        query = select(VillageCount.__table__).join(
            Village, same(Village, VillageCount.village_id, VillageCount)
        )
        if day is not None:
            query = query.where(VillageCount.as_of <= day)
        if village is not None:
            query = query.where(Village.code == village)
        newest = (VillageCount.measure, VillageCount.as_of.desc(), VillageCount.edition.desc())
        return self.session.execute(
            self.here(query, Village).order_by(VillageCount.village_id, *newest)
        ).all()

    # districts

    def districts_on(self, day: date) -> Sequence[AnyRow]:
        """Return the districts of the scope with superior, governance, legal person and numbers of a day."""
        mine = (School.county_id == District.county_id, School.district_id == District.id)
        schools = select(func.count()).where(*mine, school_open_on(day)).scalar_subquery()
        central = select(School.code).where(*mine, School.legal_person, school_open_on(day)).scalar_subquery()
        served = (Village.county_id == District.county_id, Village.district_id == District.id)
        villages = select(func.count()).select_from(Village).where(*served).scalar_subquery()
        governed = and_(
            Governance.county_id == District.county_id,
            Governance.district_id == District.id,
            open_on(Governance.since, Governance.until, day),
        )
        query = (
            select(
                *(District.id, District.code, District.name, District.opened_on, District.dissolved_on),
                *(Township.code.label("township"), Governance.mode, central.label("legal_person")),
                *(schools.label("schools"), villages.label("villages")),
            )
            .outerjoin(Township, same(Township, District.township_id, District))
            .outerjoin(Governance, governed)
            .where(District.county_id == self.scope.county_id)
        )
        if self.scope.district_id is not None:
            query = query.where(District.id == self.scope.district_id)
        return self.session.execute(query.order_by(District.code)).all()

    def governance(self, district_id: int) -> AnyRow | None:
        """Return the newest governance mode of a district."""
        query = select(Governance.id, Governance.mode, Governance.since).where(
            Governance.county_id == self.scope.county_id, Governance.district_id == district_id
        )
        return self.session.execute(query.order_by(Governance.since.desc()).limit(1)).one_or_none()

    def dissolved_on(self, district_id: int) -> date | None:
        """Return the day on which a district was dissolved."""
        query = select(District.dissolved_on).where(
            District.county_id == self.scope.county_id, District.id == district_id
        )
        return self.session.scalar(query)

    def left_in(self, district_id: int, day: date) -> tuple[list[str], list[str]]:
        """Return the codes of the schools of a district that are open on or after a day, and its villages."""
        here = (School.county_id == self.scope.county_id, School.district_id == district_id)
        still = or_(School.closed_on.is_(None), School.closed_on > day)
        schools = select(School.code).where(*here, still).order_by(School.code)
        served = (Village.county_id == self.scope.county_id, Village.district_id == district_id)
        villages = select(Village.code).where(*served).order_by(Village.code)
        return list(self.session.scalars(schools)), list(self.session.scalars(villages))

    # schools

    def school_of_code(self, code: str) -> bool:
        """Tell whether the place of the door has a school of a code, open or closed."""
        query = select(School.id).where(School.county_id == self.scope.county_id, School.code == code)
        return self.session.scalar(query.where(self._own())) is not None

    def _own(self) -> Any:
        """Keep to the schools of the district, or at the county's door to those outside any."""
        if self.scope.district_id is None:
            return School.district_id.is_(None)
        return School.district_id == self.scope.district_id

    def central(self, district_id: int) -> AnyRow | None:
        """Return the open central school of a district."""
        query = select(School.id, School.name).where(
            School.county_id == self.scope.county_id,
            School.district_id == district_id,
            School.kind == SchoolKind.CENTRAL.value,
            School.closed_on.is_(None),
        )
        return self.session.execute(query.order_by(School.id).limit(1)).one_or_none()

    def owner_of(self, identifier: str) -> AnyRow | None:
        """Return the school of the county that has an identifier."""
        query = select(School.id, School.name).where(
            School.county_id == self.scope.county_id, School.identifier == identifier
        )
        return self.session.execute(query).one_or_none()

    def school_details(self, day: date) -> Sequence[AnyRow]:
        """Return the schools of the scope that are open on a day, with their district's code."""
        query = select(
            *(*FACTS, School.identifier, School.merged_into_id, District.code.label("district")),
        ).outerjoin(District, same(District, School.district_id, School))
        return self.session.execute(
            self.here(query, School).where(school_open_on(day)).order_by(School.id)
        ).all()

    def school_detail(self, school_id: int) -> AnyRow | None:
        """Return one school, open or closed, with its district's code."""
        query = select(
            *(*FACTS, School.identifier, School.merged_into_id, District.code.label("district")),
        ).outerjoin(District, same(District, School.district_id, School))
        return self.session.execute(self.here(query, School).where(School.id == school_id)).one_or_none()

    def served_on(self, day: date) -> dict[int, list[str]]:
        """Return the codes of the villages that each school of the scope serves on a day."""
        query = select(SchoolVillage.school_id, Village.code).join(
            Village, same(Village, SchoolVillage.village_id, SchoolVillage)
        )
        query = query.where(open_on(SchoolVillage.since, SchoolVillage.until, day)).order_by(Village.code)
        served: dict[int, list[str]] = {}
        for row in self.session.execute(self.here(query, SchoolVillage)):
            served.setdefault(row.school_id, []).append(row.code)
        return served

    def services(self, school_id: int, village_ids: Iterable[int]) -> Sequence[AnyRow]:
        """Return the spans in which a school serves villages, the newest first."""
        span = aliased(SchoolVillage)
        query = (
            select(span.id, span.village_id, Village.code, span.since, span.until)
            .join(Village, same(Village, span.village_id, span))
            .where(
                span.county_id == self.scope.county_id,
                span.school_id == school_id,
                span.village_id.in_(sorted(set(village_ids))),
            )
        )
        return self.session.execute(query.order_by(span.since.desc())).all()

    def end_services(self, span_ids: Sequence[int], until: date) -> None:
        """End spans in which a school serves villages."""
        here = (SchoolVillage.county_id == self.scope.county_id, SchoolVillage.id.in_(span_ids))
        self.session.execute(update(SchoolVillage).where(*here).values(until=until))
