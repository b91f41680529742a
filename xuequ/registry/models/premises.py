"""Tables of land, premises and rooms.

A parcel, a building or a room is one row for good; who has it, in what state and for what use stands in
spans beside it, so that the state of any day can be asked for. A room follows its building.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Date, String
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.tables import (
    Base,
    ExactDecimal,
    TenantRow,
    forbid_overlap,
    one_of,
    tenant_index,
    tenant_key,
    tenant_table,
    tenant_unique,
)
from xuequ.registry.states.premises import DangerLevel, LandUse, PremisesState, RoomUse, Structure


class Land(TenantRow, Base):
    """A parcel of land 地块."""

    __tablename__ = "xq_registry_land"
    __table_args__ = tenant_table(
        "xq_registry_land",
        tenant_unique("xq_registry_land", "certificate"),
        one_of("xq_registry_land", "use", LandUse),
        CheckConstraint("area > 0", name="area"),
    )

    name: Mapped[str] = mapped_column(String(100))
    area: Mapped[Decimal] = mapped_column(ExactDecimal(2))
    use: Mapped[str] = mapped_column(String(40))
    certificate: Mapped[str | None] = mapped_column(String(100))


class LandHolding(TenantRow, Base):
    """Which school has a parcel, by date; none means that it lies idle with the district."""

    __tablename__ = "xq_registry_land_holding"
    __table_args__ = tenant_table(
        "xq_registry_land_holding",
        tenant_key("xq_registry_land_holding", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_land_holding", "school_id", "xq_registry_school"),
        tenant_key("xq_registry_land_holding", "land_id", "xq_registry_land"),
        tenant_index("xq_registry_land_holding", "school_id", "since"),
        tenant_index("xq_registry_land_holding", "land_id", "since"),
        CheckConstraint("until > since", name="span"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    school_id: Mapped[int | None] = mapped_column(BigInteger)
    land_id: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)


forbid_overlap(LandHolding.__table__, "land_id")


class Premises(TenantRow, Base):
    """A building 校舍; its area is the built one 建筑面积."""

    __tablename__ = "xq_registry_premises"
    __table_args__ = tenant_table(
        "xq_registry_premises",
        tenant_key("xq_registry_premises", "land_id", "xq_registry_land"),
        one_of("xq_registry_premises", "structure", Structure),
        CheckConstraint("area > 0", name="area"),
    )

    land_id: Mapped[int | None] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(100))
    area: Mapped[Decimal] = mapped_column(ExactDecimal(2))
    structure: Mapped[str] = mapped_column(String(40))
    built_year: Mapped[int | None]


class PremisesSpan(TenantRow, Base):
    """Which school has a building, and in what state it is, by date."""

    __tablename__ = "xq_registry_premises_span"
    __table_args__ = tenant_table(
        "xq_registry_premises_span",
        tenant_key("xq_registry_premises_span", "district_id", "xq_registry_district"),
        tenant_key("xq_registry_premises_span", "school_id", "xq_registry_school"),
        tenant_key("xq_registry_premises_span", "premises_id", "xq_registry_premises"),
        tenant_index("xq_registry_premises_span", "school_id", "since"),
        tenant_index("xq_registry_premises_span", "premises_id", "since"),
        one_of("xq_registry_premises_span", "state", PremisesState),
        CheckConstraint("until > since", name="span"),
        CheckConstraint("state <> 'in_use' OR school_id IS NOT NULL", name="in_use"),
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    school_id: Mapped[int | None] = mapped_column(BigInteger)
    premises_id: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(40))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    authority: Mapped[str] = mapped_column(String(200), default="")


forbid_overlap(PremisesSpan.__table__, "premises_id")


class DangerAssessment(TenantRow, Base):
    """How dangerous a building was found to be on a day 危险性鉴定; the newest one holds."""

    __tablename__ = "xq_registry_danger"
    __table_args__ = tenant_table(
        "xq_registry_danger",
        tenant_key("xq_registry_danger", "premises_id", "xq_registry_premises"),
        tenant_unique("xq_registry_danger", "premises_id", "assessed_on"),
        one_of("xq_registry_danger", "level", DangerLevel),
    )

    premises_id: Mapped[int] = mapped_column(BigInteger)
    level: Mapped[str] = mapped_column(String(1))
    assessed_on: Mapped[date] = mapped_column(Date)
    authority: Mapped[str] = mapped_column(String(200))


class Room(TenantRow, Base):
    """A room 房间 of a building, or a sports area 运动场地 on a parcel of land."""

    __tablename__ = "xq_registry_room"
    __table_args__ = tenant_table(
        "xq_registry_room",
        tenant_key("xq_registry_room", "premises_id", "xq_registry_premises"),
        tenant_key("xq_registry_room", "land_id", "xq_registry_land"),
        tenant_unique("xq_registry_room", "premises_id", "number"),
        tenant_unique("xq_registry_room", "land_id", "number"),
        CheckConstraint("(premises_id IS NULL) <> (land_id IS NULL)", name="where"),
    )

    premises_id: Mapped[int | None] = mapped_column(BigInteger)
    land_id: Mapped[int | None] = mapped_column(BigInteger)
    number: Mapped[str] = mapped_column(String(40))


class RoomSpan(TenantRow, Base):
    """For what a room is used and how large it is, by date."""

    __tablename__ = "xq_registry_room_span"
    __table_args__ = tenant_table(
        "xq_registry_room_span",
        tenant_key("xq_registry_room_span", "room_id", "xq_registry_room"),
        one_of("xq_registry_room_span", "use", RoomUse),
        CheckConstraint("area > 0", name="area"),
        CheckConstraint("capacity >= 0", name="capacity"),
        CheckConstraint("until > since", name="span"),
        tenant_index("xq_registry_room_span", "room_id", "since"),
    )

    room_id: Mapped[int] = mapped_column(BigInteger)
    use: Mapped[str] = mapped_column(String(40))
    area: Mapped[Decimal] = mapped_column(ExactDecimal(2))
    capacity: Mapped[int | None]
    networked: Mapped[bool] = mapped_column(Boolean(create_constraint=False), default=False)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)


forbid_overlap(RoomSpan.__table__, "room_id")
