"""Forms of a whole district: its conditions, and the page on which it is seen at a glance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from xuequ.core.context import reading
from xuequ.core.errors import ActionNotPermitted
from xuequ.registry.actions.figures import VIEW_OVERVIEW
from xuequ.registry.actions.premises import VIEW_AREAS
from xuequ.registry.rules.classes import Schooling, school_year
from xuequ.registry.schemas.calendar import TermView
from xuequ.registry.schemas.district_forms import (
    Conditions,
    ConditionsLine,
    DateLine,
    DistrictPage,
    TermDates,
    VillageLine,
)
from xuequ.registry.schemas.figures import DistrictGlance, SchoolOverview
from xuequ.registry.schemas.places import VillageView
from xuequ.registry.schemas.premises import SchoolAreas
from xuequ.registry.service.calendar import CalendarService
from xuequ.registry.service.forms.basis import Names
from xuequ.registry.service.forms.posts import PostForms
from xuequ.registry.service.glance import glance
from xuequ.registry.service.places import PlaceService
from xuequ.registry.service.premises import PremisesService
from xuequ.registry.states.places import VillageMeasure

T = TypeVar("T")


class DistrictForms(PostForms):
    """Forms that show a district whole."""

    @reading(VIEW_AREAS)
    def conditions(self, on: date | None = None) -> Conditions:
        """Return land, buildings and equipment of every school, and for each pupil 办学条件表.

        Raises:
            DistrictNeeded: at the county's door.
        """
        names, day = self._names(), on or self.context.today
        overview = self._glance(day)
        return Conditions(
            district=names.district,
            as_of=day,
            figures_as_of=overview.figures_as_of,
            lines=self._conditions(overview),
        )

    def _glance(self, day: date) -> DistrictGlance:
        return glance(self._registry, day, Schooling.of(self.context.standards, day))

    def _conditions(self, overview: DistrictGlance) -> tuple[ConditionsLine, ...]:
        areas = {one.code: one for one in PremisesService(self.context).areas(overview.as_of)}
        return tuple(_conditions_line(school, areas[school.code]) for school in overview.schools)

    @reading(VIEW_OVERVIEW)
    def district_page(self, on: date | None = None) -> DistrictPage:
        """Return the district at a glance, with posts, conditions, villages and the term 基本情况一览.

        What the reader may not see is left out.

        Raises:
            DistrictNeeded: at the county's door.
        """
        names, day = self._names(), on or self.context.today
        overview = self._glance(day)
        posts = _if_allowed(lambda: self._post_lines(names, day))
        conditions = _if_allowed(lambda: self._conditions(overview))
        villages = _if_allowed(lambda: PlaceService(self.context).villages(day))
        term = _if_allowed(lambda: self._term(names, day))
        recorded = [line for line in conditions or () if line.recorded]
        sections: dict[str, Sequence[object] | TermDates | None] = {
            "岗位任免": None if posts is None else [line for line in posts if line.name],
            "校舍、图书和设备": None if conditions is None else recorded,
            "服务村情况": villages,
            "本学期校历": term,
        }
        refused = {"服务村情况"} if villages is None else set[str]()
        return DistrictPage(
            district=names.district,
            glance=overview,
            posts=tuple(posts or ()) if sections["岗位任免"] else (),
            conditions=tuple(conditions or ()) if recorded else (),
            villages=tuple(map(_village_line, villages or ())),
            term=term,
            missing=tuple(name for name, rows in sections.items() if not rows and name not in refused),
        )

    def _term(self, names: Names, day: date) -> TermDates | None:
        """Return the term of a day, or the next of its school year; None when none is recorded."""
        service = CalendarService(self.context)
        year = school_year(day, Schooling.of(self.context.standards, day))
        terms = [*service.terms(year), *service.terms(year + 1)]
        term = next((one for one in terms if one.last >= day), None)
        if term is None:
            return None
        counted = service.term_days(term.school_year, term.number)
        return TermDates(
            name=term.name,
            teaching_days=counted.teaching_days,
            dates=tuple(_dates(service, term, names)),
            provisional=counted.provisional,
        )


def _if_allowed(ask: Callable[[], T]) -> T | None:
    """Return what a reading gives, or None when the reader may not see it."""
    try:
        return ask()
    except ActionNotPermitted:
        return None


def _dates(service: CalendarService, term: TermView, names: Names) -> Iterable[DateLine]:
    """Return what stands in the calendar of a term, in the order of days."""
    lines = [DateLine(name="全学期", first=term.first, last=term.last)]
    for year in range(term.first.year, term.last.year + 1):
        for notice in service.notices(year)[-1:]:
            lines += [
                DateLine(name=f"{one.name}放假", first=one.first, last=one.last) for one in notice.holidays
            ]
            lines += [DateLine(name="周末调休上课", first=day, last=day) for day in notice.works]
    lines += [
        DateLine(
            name=f"{one.name}（{names.named(one.school)}）" if one.school else one.name,
            first=one.first,
            last=one.last,
        )
        for one in service.days_apart(term.first, term.last)
    ]
    within = (line for line in lines if line.first <= term.last and line.last >= term.first)
    return sorted(within, key=lambda line: (line.first, line.last != term.last))


def _village_line(village: VillageView) -> VillageLine:
    return VillageLine(
        name=village.name,
        groups=village.value(VillageMeasure.GROUPS),
        households=village.value(VillageMeasure.HOUSEHOLDS),
        people=village.value(VillageMeasure.PEOPLE),
        school_age=village.value(VillageMeasure.SCHOOL_AGE),
    )


def _conditions_line(school: SchoolOverview, areas: SchoolAreas) -> ConditionsLine:
    return ConditionsLine(
        school=school.name,
        pupils=school.pupils,
        land=areas.land.value,
        building=areas.building.value,
        land_source=areas.land.source,
        building_source=areas.building.source,
        teaching=areas.teaching_area if areas.uses else None,
        sports=areas.sports_area if areas.uses else None,
        books=school.books,
        computers=school.computers,
        whiteboards=school.whiteboards,
    )
