"""Errors of land, premises and rooms."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound, RuleBroken


class LandUnknown(NotFound):
    """No such parcel in this scope."""

    code = "registry.land_unknown"
    land: str


class CertificateKnown(Conflict):
    """A parcel with that certificate of right is registered already."""

    code = "registry.land_certificate_known"
    certificate: str


class PremisesUnknown(NotFound):
    """No such building in this scope."""

    code = "registry.premises_unknown"
    premises: str


class RoomUnknown(NotFound):
    """No such room in this scope."""

    code = "registry.room_unknown"
    room: str


class RoomKnown(Conflict):
    """The building or parcel has a room of that number already."""

    code = "registry.room_known"
    number: str
    where: str


class RoomWithoutPlace(Invalid):
    """A room is in one building, a sports area on one parcel."""

    code = "registry.room_without_place"
    number: str


class FieldIndoors(Invalid):
    """An open-air sports area is on land, every other room in a building."""

    code = "registry.field_indoors"
    number: str
    use: str


class RoomsTooLarge(RuleBroken):
    """The rooms of a building are larger in sum than the building."""

    code = "registry.rooms_too_large"
    premises: str
    on: str
    rooms: str
    building: str


class PremisesGone(RuleBroken):
    """The building is demolished on that day, or not yet registered."""

    code = "registry.premises_gone"
    premises: str
    on: str


class PremisesSchoolMissing(Invalid):
    """A building in use is used by a school."""

    code = "registry.premises_school_missing"
    premises: str


class SpanNotLater(RuleBroken):
    """A change must begin after the present state began."""

    code = "registry.span_not_later"
    what: str
    since: str
    current: str


class AssessedAlready(Conflict):
    """The building was assessed on that day with another result."""

    code = "registry.assessed_already"
    premises: str
    on: str
    level: str


class NameShared(Conflict):
    """Several parcels or buildings of a school have the same name, so that no file can tell them apart."""

    code = "registry.name_shared"
    what: str
    name: str
    school: str
    count: int


class RoomClosed(Conflict):
    """There is no such room any more."""

    code = "registry.room_closed"
    number: str
    where: str
    on: str


class RoomRowPast(Invalid):
    """A room ends with what holds of it last, and not with what held before."""

    code = "registry.room_row_past"
    number: str
    since: str
    last: str
