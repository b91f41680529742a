"""The door for async hosts."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import make_url, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from xuequ import Actor, AsyncDistrict
from xuequ.registry.errors.places import DistrictKnown, SchoolUnknown
from xuequ.registry.models.places import County as CountyRow
from xuequ.registry.schemas.places import DistrictFoundation
from xuequ.testing import make_county, make_district

ACTOR = Actor.system("async")


def async_engine(url: str) -> AsyncEngine:
    made = make_url(url)
    return create_async_engine(
        made.set(drivername="sqlite+aiosqlite") if made.drivername == "sqlite" else made
    )


async def counties(engine: AsyncEngine) -> list[str]:
    async with AsyncSession(engine) as session:
        return list(await session.scalars(select(CountyRow.code)))


async def embed(url: str) -> None:
    engine = async_engine(url)
    async with AsyncSession(engine) as session:
        await session.run_sync(lambda sync: make_district(sync))
        await session.rollback()
    assert await counties(engine) == []
    async with AsyncSession(engine) as session:
        await session.run_sync(lambda sync: make_district(sync))
        door = AsyncDistrict(session, "530921/qianfeng", actor=ACTOR)
        schools = await door.run(lambda district: district.registry.schools())
        assert [school.code for school in schools] == ["s1", "s2"]
        with pytest.raises(SchoolUnknown):
            await door.run(lambda district: district.registry.school(1))
        with pytest.raises(DistrictKnown):
            again = DistrictFoundation(code="qianfeng", name="x")
            await session.run_sync(lambda sync: make_county(sync).registry.found_district(again))
        await session.commit()
    assert await counties(engine) == ["530921"]
    await engine.dispose()


def test_an_async_host_gets_the_same_services(url: str) -> None:
    asyncio.run(embed(url))
