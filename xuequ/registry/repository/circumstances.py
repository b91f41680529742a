"""Questions for pupils' circumstances; whose they are, their pupil says."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import BindParameter, Table, bindparam, func, select

from xuequ.registry.models.circumstances import Guardian, PupilTrait, Residence
from xuequ.registry.models.people import Person
from xuequ.registry.models.pupils import Pupil
from xuequ.registry.repository.basis import AnyRow, AnySelect, Scoped, same
from xuequ.registry.repository.records import RecordRows

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)


def _of_pupils(model: Any) -> AnySelect:
    forgotten = Person.forgotten_on.is_not(None).label("forgotten")
    columns = (cast("Table", model.__table__), Pupil.person_id.label("owner_id"), forgotten)
    here = select(*columns).join(Pupil, same(Pupil, model.pupil_id, model))
    return here.join(Person, same(Person, Pupil.person_id, Pupil))


def _guardians() -> AnySelect:
    return (
        select(cast("Table", Guardian.__table__), Person.name)
        .join(Pupil, same(Pupil, Guardian.pupil_id, Guardian))
        .join(Person, same(Person, Guardian.person_id, Guardian))
    )


_TRAITS = Scoped(
    _of_pupils(PupilTrait).where(PupilTrait.pupil_id.in_(_IDS)).order_by(PupilTrait.since), Pupil
)
_TRAIT = Scoped(_of_pupils(PupilTrait).where(PupilTrait.id == bindparam("id")), Pupil)
_RESIDENCES = Scoped(
    _of_pupils(Residence).where(Residence.pupil_id == bindparam("pupil_id")).order_by(Residence.since), Pupil
)
_RESIDENCE = Scoped(_of_pupils(Residence).where(Residence.id == bindparam("id")), Pupil)
_GUARDIANS = Scoped(
    _guardians()
    .where(Guardian.pupil_id == bindparam("pupil_id"))
    .order_by(Guardian.is_primary.desc(), Guardian.since, Guardian.id),
    Pupil,
)
_GUARDIAN = Scoped(_guardians().where(Guardian.id == bindparam("id")), Pupil)


class CircumstanceRows(RecordRows):
    """Traits, guardians and residences of pupils within one scope, and what writes them."""

    def traits(self, pupil_ids: Collection[int]) -> Sequence[AnyRow]:
        """Return every trait of pupils, each in the order of its days."""
        return self.all(_TRAITS, ids=sorted(pupil_ids))

    def trait(self, trait_id: int) -> AnyRow | None:
        """Return one trait, with the person whom it is of."""
        return self.one(_TRAIT, id=trait_id)

    def residences(self, pupil_id: int) -> Sequence[AnyRow]:
        """Return every residence of a pupil in order."""
        return self.all(_RESIDENCES, pupil_id=pupil_id)

    def residence(self, residence_id: int) -> AnyRow | None:
        """Return one residence, with the person whom it is of."""
        return self.one(_RESIDENCE, id=residence_id)

    def guardians(self, pupil_id: int) -> Sequence[AnyRow]:
        """Return every guardian of a pupil, the primary contact first."""
        return self.all(_GUARDIANS, pupil_id=pupil_id)

    def guardian(self, guardian_id: int) -> AnyRow | None:
        """Return one guardian with the name."""
        return self.one(_GUARDIAN, id=guardian_id)

    def only_person(self, name: str, sex: str, born: date) -> int | None:
        """Return the only person of the county of that name, sex and birthday; None when none or several."""
        query = select(func.min(Person.id), func.count()).where(
            Person.county_id == self.scope.county_id,
            Person.name == name,
            Person.sex == sex,
            Person.birth_date == born,
            Person.merged_into_id.is_(None),
        )
        found, count = self.session.execute(query).one()
        return found if count == 1 else None

    def add(self, row: Person | Guardian | Residence) -> int:
        """Insert one row; return its id."""
        self.session.add(row)
        self.session.flush()
        return row.id
