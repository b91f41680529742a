"""Commands and views of land, premises and rooms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from xuequ.core.fields import Command, Id, Name, Number, Text, View
from xuequ.registry.states.premises import (
    AreaSource,
    DangerLevel,
    LandUse,
    PremisesState,
    RoomUse,
    Structure,
)

Area = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=2)]
"""Square metres, exact to the hundredth."""


class LandRegistration(Command):
    """Register a parcel of land of a school from a day."""

    school_id: Id
    name: Name
    area: Area
    use: LandUse = LandUse.SCHOOL
    certificate: Name | None = None
    since: date


class PremisesRegistration(Command):
    """Register a building that a school uses from a day."""

    school_id: Id
    name: Name
    area: Area
    structure: Structure
    built_year: int | None = Field(default=None, ge=1850, le=2100)
    land_id: Id | None = None
    since: date


class PremisesChange(Command):
    """Put a building to use at a school, leave it idle, or record its demolition, from a day."""

    premises_id: Id
    state: PremisesState
    school_id: Id | None = None
    since: date
    authority: Text = ""


class DangerFinding(Command):
    """What an assessment of a building found 危险性鉴定."""

    premises_id: Id
    level: DangerLevel
    assessed_on: date
    authority: Name


class RoomRegistration(Command):
    """Register a room of a building, or an open-air sports area on a parcel of land, from a day."""

    number: Number
    use: RoomUse
    area: Area
    premises_id: Id | None = None
    land_id: Id | None = None
    capacity: int | None = Field(default=None, ge=0, le=10_000)
    networked: bool = False
    since: date


class RoomChange(Command):
    """Change use, area, places or network of a room from a day."""

    room_id: Id
    use: RoomUse
    area: Area
    capacity: int | None = Field(default=None, ge=0, le=10_000)
    networked: bool = False
    since: date


class LandView(View):
    """A parcel of land as of a day; `school` is None when it lies idle with the district."""

    id: Id
    name: str
    area: Decimal
    use: LandUse
    certificate: str | None
    school: str | None


class PremisesView(View):
    """A building as of a day, with its newest assessment up to then."""

    id: Id
    name: str
    area: Decimal
    structure: Structure
    built_year: int | None
    land_id: Id | None
    state: PremisesState
    school: str | None
    danger: DangerLevel | None
    assessed_on: date | None


class RoomView(View):
    """A room or sports area as of a day; `where` is the building's or the parcel's name."""

    id: Id
    number: str
    where: str
    premises_id: Id | None
    land_id: Id | None
    use: RoomUse
    area: Decimal
    capacity: int | None
    networked: bool


class AreaFigure(View):
    """One area of a school: as registered, as measured, and which of the two holds; never their sum."""

    registered: Decimal | None
    measured: Decimal | None
    measured_as_of: date | None
    source: AreaSource

    @property
    def value(self) -> Decimal | None:
        """The area that holds, None where there is none."""
        return self.measured if self.source is AreaSource.MEASURED else self.registered


class UseSum(View):
    """Rooms of one use: how many, their area, their places, and how many are networked."""

    use: RoomUse
    rooms: int
    area: Decimal
    capacity: int
    networked: int


class SchoolAreas(View):
    """A school's areas as of a day."""

    id: Id
    code: str
    name: str
    land: AreaFigure
    building: AreaFigure
    uses: tuple[UseSum, ...]

    @property
    def teaching_area(self) -> Decimal:
        """Rooms in which lessons are held 教学及辅助用房."""
        return sum((use.area for use in self.uses if use.use.for_teaching), Decimal(0))

    @property
    def sports_area(self) -> Decimal:
        """Sports areas inside and outside 体育运动场馆."""
        return sum((use.area for use in self.uses if use.use.for_sports), Decimal(0))
