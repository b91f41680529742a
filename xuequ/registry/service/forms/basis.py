"""What the forms share: the names that they are printed with, and the persons behind records, masked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from xuequ.core.context import Context, Service
from xuequ.registry.errors.places import DistrictNeeded, SchoolUnknown
from xuequ.registry.repository import RegistryRepository
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.forms import FormRows
from xuequ.registry.schemas.people import PersonView
from xuequ.registry.service.persons import person_views


class Names:
    """The names of a district and its schools; also of schools that are closed."""

    def __init__(self, rows: RegistryRepository) -> None:
        self.place = rows.place
        names = rows.names()
        self.district: str = names.district
        self.county: str = names.county
        schools = rows.schools()
        self._schools: dict[str, str] = {row.code: row.name for row in schools}
        self._open = [(row.code, row.closed_on) for row in schools]

    def school(self, code: str) -> str:
        """Return a school's name.

        Raises:
            SchoolUnknown: when the district has none of that code.
        """
        if code not in self._schools:
            raise SchoolUnknown(school=code)
        return self._schools[code]

    def named(self, code: str | None) -> str:
        """Return the name of a school of the district, or the code itself of one elsewhere."""
        return self._schools.get(code or "", code or "")

    def at(self, place: str) -> str:
        """Return the name of a place as posts have it: the district, or a school of it."""
        code = place.removeprefix(f"{self.place}/")
        return self.district if place == self.place else self.named(code)

    def codes(self, on: date) -> list[str]:
        """Return the codes of the schools that are not closed on a day, as they were founded."""
        return [code for code, closed_on in self._open if closed_on is None or closed_on > on]


class FormBasis(Service):
    """What every group of forms stands on."""

    @property
    def _rows(self) -> FormRows:
        return FormRows(self.context.session, self.context.scope, self.context.place)

    @property
    def _registry(self) -> RegistryRepository:
        return RegistryRepository(self.context.session, self.context.scope, self.context.place)

    def _names(self) -> Names:
        """Return the names here.

        Raises:
            DistrictNeeded: at the county's door.
        """
        if self.context.scope.district_id is None:
            raise DistrictNeeded(place=self.context.place)
        return Names(self._registry)


def masked_people(context: Context, people: Sequence[AnyRow]) -> dict[int, PersonView]:
    """Return the persons behind records by the record's id; document and telephone are masked."""
    views = person_views(context, people, ())
    return {row.owner: view for row, view in zip(people, views, strict=True)}


def batches(ids: Collection[int], size: int = 500) -> list[list[int]]:
    """Cut ids into lists that one statement can take."""
    listed = list(ids)
    return [listed[start : start + size] for start in range(0, len(listed), size)]
