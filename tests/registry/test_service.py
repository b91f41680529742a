"""The registry alone, through its door."""

from __future__ import annotations

from sqlalchemy.orm import Session

from xuequ.testing import make_district


def test_a_made_district_has_its_schools(session: Session) -> None:
    district = make_district(session)
    assert [school.code for school in district.registry.schools()] == ["s1", "s2"]
