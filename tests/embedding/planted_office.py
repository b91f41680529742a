"""Defects of duties, regulations and acknowledgements, planted past the constraints."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from xuequ.core.ids import new_id
from xuequ.registry.models.places import School
from xuequ.registry.models.staff import Staff
from xuequ.unified.leadership.models.acknowledgements import Acknowledgement
from xuequ.unified.leadership.models.duties import DutyTurn
from xuequ.unified.leadership.models.regulations import Regulation, RegulationVersion

DAY, LATER = date(2026, 9, 1), date(2026, 9, 3)


def _school(session: Session) -> Any:
    query = select(School.county_id, School.district_id, School.id).join(
        Staff, (Staff.county_id == School.county_id) & (Staff.district_id == School.district_id)
    )
    found = query.where(School.code == "s1", Staff.staff_no == "qianfeng-s1-T1")
    return session.execute(found).first()


def _own(session: Session) -> dict[str, Any]:
    school = _school(session)
    return {"county_id": school.county_id, "district_id": school.district_id, "id": new_id()}


def twice_on_duty(session: Session) -> None:
    table = cast("Table", DutyTurn.__table__)
    next(one for one in table.indexes if "standing" in str(one.name)).drop(session.connection())
    who = session.scalars(select(Staff.id).where(Staff.staff_no == "qianfeng-s1-T1")).one()
    schools = session.scalars(
        select(School.id).where(School.district_id == _school(session).district_id).order_by(School.code)
    ).all()
    for school in schools[:2]:
        turn = {"school_id": school, "staff_id": who, "day": DAY, "half": "am", "role": "duty"}
        session.add(DutyTurn(**_own(session), **turn))
        session.flush()


def _issued(session: Session) -> int:
    """Issue a regulation of the district; return the version's id."""
    regulation, version = _own(session), _own(session)
    session.add(Regulation(**regulation, code="R1", title="请假制度", kind="general"))
    session.flush()
    said = {"state": "issued", "text_sha256": "0" * 64, "drafted_on": DAY, "issued_on": DAY, "since": DAY}
    own = {"regulation_id": regulation["id"], "enforced_id": regulation["id"], "number": 1}
    session.add(RegulationVersion(**version, **own, **said))
    session.flush()
    return int(version["id"])


def two_in_force(session: Session) -> None:
    first = session.get_one(RegulationVersion, (_school(session).county_id, _issued(session)))
    said = {"state": "issued", "text_sha256": "1" * 64, "drafted_on": DAY, "issued_on": DAY, "since": LATER}
    own = {"regulation_id": first.regulation_id, "enforced_id": None, "number": 2}  # past the constraint
    session.add(RegulationVersion(**_own(session), **own, **said))
    session.flush()


def owed_by_a_school_of_later(session: Session) -> None:
    version_id, school = _issued(session), _school(session)
    session.add(Acknowledgement(**_own(session), school_id=school.id, version_id=version_id, due_on=LATER))
    session.flush()
    long_ago, opened = date(1900, 1, 1), date(1950, 9, 1)
    session.execute(update(RegulationVersion).values(issued_on=long_ago))
    session.execute(update(School).where(School.id == school.id).values(opened_on=opened))


PLANTED: dict[str, Callable[[Session], None]] = {
    "leadership.nobody_on_duty_twice": twice_on_duty,
    "leadership.one_version_in_force": two_in_force,
    "leadership.acknowledgements_are_owed": owed_by_a_school_of_later,
}
"""Data check → what it must find, and no other check."""
