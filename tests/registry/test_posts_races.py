"""Who lends powers and who closes the school lock in one order."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.registry.posts import DAY, OCTOBER, PLACE, appoint, lend
from tests.registry.test_attendance_races import until_somebody_waits
from xuequ import District, Post
from xuequ.registry.models.places import School
from xuequ.registry.models.posts import Delegation
from xuequ.registry.repository.mergers import MergerRows
from xuequ.testing import make_district
from xuequ.testing.factories import MAKER, SETTINGS


def test_who_lends_powers_waits_for_a_closing_school_before_holding_its_posts(engine: Engine) -> None:
    with Session(engine) as session:
        held = appoint(make_district(session, PLACE), "s1-T1", Post.SCHOOL_HEAD, school="s1")
        school_id = session.scalars(select(School.id).where(School.code == "s1")).one()
        session.commit()

    def lending() -> int:
        with Session(engine) as session:
            door = District(session, PLACE, actor=MAKER, settings=SETTINGS)
            delegation_id = lend(door, held.id, "s1-T2", since=DAY, until=OCTOBER).id
            session.commit()
        return delegation_id

    with Session(engine) as session, ThreadPoolExecutor(1) as pool:
        context = District(session, PLACE, actor=MAKER, settings=SETTINGS).context
        closing = MergerRows(session, context.scope, context.place)
        with context.writing():
            closing.lock_schools([school_id])
            lent = pool.submit(lending)
            until_somebody_waits(engine)
            closing.end_posts(school_id, OCTOBER)
        session.rollback()  # it was not closed after all
        delegation_id = lent.result()
    with Session(engine) as session:
        assert session.scalars(select(Delegation.id)).one() == delegation_id
