"""Views of forms of a whole district: its conditions, and the page on which it is seen at a glance."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from xuequ.core.fields import View
from xuequ.registry.schemas.figures import DistrictGlance
from xuequ.registry.schemas.forms import FormView, PostLine
from xuequ.registry.states.premises import AreaSource

_CENT = Decimal("0.01")


class ConditionsLine(View):
    """What a school has, and how much of it each pupil has; None where it is not known."""

    school: str
    pupils: int
    land: Decimal | None
    building: Decimal | None
    land_source: AreaSource
    building_source: AreaSource
    teaching: Decimal | None
    sports: Decimal | None
    books: Decimal | None
    computers: Decimal | None
    whiteboards: Decimal | None

    @property
    def recorded(self) -> bool:
        """Whether anything is recorded of the school."""
        known = (self.land, self.building, self.books, self.computers, self.whiteboards, self.teaching)
        return any(value is not None for value in known)

    @property
    def source_text(self) -> str:
        """Where land and built area come from."""
        land, building = self.land_source.label, self.building_source.label
        return land if land == building else f"占地：{land}；校舍：{building}"

    @property
    def land_each(self) -> Decimal | None:
        """Land for each pupil."""
        return _each(self.land, self.pupils)

    @property
    def building_each(self) -> Decimal | None:
        """Buildings for each pupil."""
        return _each(self.building, self.pupils)

    @property
    def books_each(self) -> Decimal | None:
        """Books for each pupil."""
        return _each(self.books, self.pupils)

    @property
    def computers_each_hundred(self) -> Decimal | None:
        """Computers for each hundred pupils."""
        return _each(self.computers, self.pupils, 100)


class Conditions(FormView):
    """Land, buildings and equipment of every school 办学条件表; `figures_as_of` is the newest measuring."""

    as_of: date
    figures_as_of: date | None
    lines: tuple[ConditionsLine, ...]


class VillageLine(View):
    """A village with its newest figures; None where none was recorded."""

    name: str
    groups: int | None
    households: int | None
    people: int | None
    school_age: int | None


class DateLine(View):
    """Something that stands in the calendar, from day to day."""

    name: str
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return (self.last - self.first).days + 1


class TermDates(View):
    """A term with what a principal looks for in it."""

    name: str
    teaching_days: int
    dates: tuple[DateLine, ...]
    provisional: str


class DistrictPage(FormView):
    """The district on a page that explains itself 基本情况一览.

    `missing` names what nobody has recorded; what the reader may not see is neither shown nor named.
    """

    glance: DistrictGlance
    posts: tuple[PostLine, ...]
    conditions: tuple[ConditionsLine, ...]
    villages: tuple[VillageLine, ...]
    term: TermDates | None
    missing: tuple[str, ...]

    @property
    def vacancies(self) -> int | None:
        """How many posts must be filled and are not; None when no appointment is recorded."""
        return None if not self.posts else sum(line.name is None for line in self.posts)

    @property
    def pupils_each_teacher(self) -> Decimal | None:
        """How many pupils there are for each teacher."""
        return _each(Decimal(self.glance.pupil_count), self.glance.staff_count, places=Decimal("0.1"))


def _each(whole: Decimal | None, heads: int, times: int = 1, places: Decimal = _CENT) -> Decimal | None:
    return None if whole is None or not heads else (whole * times / heads).quantize(places, ROUND_HALF_UP)
