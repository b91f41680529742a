"""Questions for pupils' circumstances; whose they are, their pupil says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import BindParameter, Table, bindparam, select

from xuequ.registry.models.circumstances import Guardian, PupilTrait, Residence
from xuequ.registry.models.people import Person
from xuequ.registry.models.pupils import Pupil
from xuequ.registry.repository.basis import AnyRow, AnySelect, Scoped, same
from xuequ.registry.repository.people import batches
from xuequ.registry.repository.records import RecordRows

Described = tuple[str, str, date]
"""Name, code of the sex, birthday."""

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
    _of_pupils(Residence).where(Residence.pupil_id.in_(_IDS)).order_by(Residence.since, Residence.id), Pupil
)
_RESIDENCES_BY_ID = Scoped(_of_pupils(Residence).where(Residence.id.in_(_IDS)), Pupil)
_GUARDIANS = Scoped(
    _guardians()
    .where(Guardian.pupil_id.in_(_IDS))
    .order_by(Guardian.is_primary.desc(), Guardian.since, Guardian.id),
    Pupil,
)
_GUARDIANS_BY_ID = Scoped(_guardians().where(Guardian.id.in_(_IDS)), Pupil)


class CircumstanceRows(RecordRows):
    """Traits, guardians and residences of pupils within one scope, and what writes them."""

    def traits(self, pupil_ids: Collection[int]) -> Sequence[AnyRow]:
        """Return every trait of pupils, each in the order of its days."""
        return self.all(_TRAITS, ids=sorted(pupil_ids))

    def trait(self, trait_id: int) -> AnyRow | None:
        """Return one trait, with the person whom it is of."""
        return self.one(_TRAIT, id=trait_id)

    def residences(self, pupil_ids: Collection[int]) -> list[AnyRow]:
        """Return every residence of pupils, each pupil's in order."""
        return self._of(_RESIDENCES, pupil_ids)

    def residences_by_id(self, residence_ids: Collection[int]) -> dict[int, AnyRow]:
        """Return residences, each with the person whom it is of."""
        return {row.id: row for row in self._of(_RESIDENCES_BY_ID, residence_ids)}

    def guardians(self, pupil_ids: Collection[int]) -> list[AnyRow]:
        """Return every guardian of pupils with the name, each pupil's primary contact first."""
        return self._of(_GUARDIANS, pupil_ids)

    def guardians_by_id(self, guardian_ids: Collection[int]) -> dict[int, AnyRow]:
        """Return guardians with their names."""
        return {row.id: row for row in self._of(_GUARDIANS_BY_ID, guardian_ids)}

    def _of(self, query: Scoped, ids: Collection[int]) -> list[AnyRow]:
        return [row for some in batches(sorted(ids)) for row in self.all(query, ids=some)]

    def only_people(self, described: Collection[Described]) -> dict[Described, int]:
        """Return of each name, sex and birthday the only person of the county; none where several are so."""
        found: defaultdict[Described, set[int]] = defaultdict(set)
        for some in batches(sorted(described)):
            names, days = {one[0] for one in some}, {one[2] for one in some}
            query = select(Person.id, Person.name, Person.sex, Person.birth_date).where(
                Person.county_id == self.scope.county_id,
                Person.name.in_(names),
                Person.birth_date.in_(days),
                Person.merged_into_id.is_(None),
            )
            for row in self.session.execute(query):
                if row.birth_date is not None:
                    found[row.name, row.sex, row.birth_date].add(row.id)
        return {one: next(iter(found[one])) for one in described if len(found[one]) == 1}
