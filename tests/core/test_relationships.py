"""Relationships within a county: two of them share county_id, and neither writes it or loads by accident."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import BigInteger, and_, create_engine, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    configure_mappers,
    foreign,
    joinedload,
    mapped_column,
)

from xuequ.core.tables import TenantRow, tenant_key, tenant_relationship


class LocalBase(DeclarativeBase):
    pass


class Person(TenantRow, LocalBase):
    __tablename__ = "person"


class Couple(TenantRow, LocalBase):
    __tablename__ = "couple"
    __table_args__ = (tenant_key("couple", "first_id", "person"), tenant_key("couple", "second_id", "person"))

    first_id: Mapped[int] = mapped_column(BigInteger)
    second_id: Mapped[int] = mapped_column(BigInteger)
    first: Mapped[Any] = tenant_relationship(
        "Person", lambda: and_(foreign(Couple.first_id) == Person.id, Couple.county_id == Person.county_id)
    )
    second: Mapped[Any] = tenant_relationship(
        "Person", lambda: and_(foreign(Couple.second_id) == Person.id, Couple.county_id == Person.county_id)
    )


def test_two_relationships_share_the_county_without_a_warning() -> None:
    configure_mappers()
    engine = create_engine("sqlite://")
    LocalBase.metadata.create_all(engine)
    with Session(engine) as session:
        for county_id in (1, 2):
            session.add_all(Person(county_id=county_id, id=number) for number in (10, 11))
            session.add(Couple(county_id=county_id, id=20, first_id=10, second_id=11))
        session.commit()
        loaded = session.scalars(
            select(Couple)
            .where(Couple.county_id == 2)
            .options(joinedload(Couple.first), joinedload(Couple.second))
        ).one()
        assert (loaded.first.county_id, loaded.first.id, loaded.second.id) == (2, 10, 11)
        session.expunge_all()
        bare = session.scalars(select(Couple).where(Couple.county_id == 1)).one()
        with pytest.raises(InvalidRequestError, match="lazy='raise'"):
            assert bare.first
    engine.dispose()
