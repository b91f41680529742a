"""The journal's chain: order, protection, and what tampering looks like."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine, delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from xuequ import Actor, County
from xuequ.core import journal
from xuequ.core.database import translate
from xuequ.core.errors import JournalSealed
from xuequ.core.ids import new_id
from xuequ.core.journal import ChainRow, FactRow, Head, SealRow, head, seal, verify_chain
from xuequ.registry.schemas.places import DistrictFoundation
from xuequ.testing import make_county


def found(session: Session, count: int, first: int = 1) -> int:
    """Make a county with so many facts; return its id."""
    county = make_county(session)
    for number in range(first, first + count - 1):
        county.registry.found_district(DistrictFoundation(code=f"d{number}", name=f"学区{number}"))
    return county.context.scope.county_id


def disarm(session: Session) -> None:
    """Do what an intruder with the owner's rights does first: drop the guards."""
    on = " ON xq_core_fact" if session.get_bind().dialect.name == "postgresql" else ""
    for verb in ("update", "delete"):
        session.execute(text(f"DROP TRIGGER xq_core_fact_no_{verb}{on}"))


def test_sealing_gives_an_order_without_gaps(session: Session) -> None:
    county_id = found(session, 5)
    assert verify_chain(session, county_id).unsealed == 5
    assert seal(session, county_id, limit=3) == 3
    assert seal(session, county_id) == 2
    assert seal(session, county_id) == 0
    assert list(session.scalars(select(SealRow.seq).order_by(SealRow.seq))) == [1, 2, 3, 4, 5]
    report = verify_chain(session, county_id, head(session, county_id))
    assert (report.sound, report.unsealed, report.head.seq) == (True, 0, 5)


def test_a_late_fact_with_an_older_id_is_sealed_too(session: Session) -> None:
    county_id = found(session, 2)
    seal(session, county_id)
    oldest = session.execute(select(FactRow.__table__).order_by(FactRow.id)).mappings().first()
    assert oldest is not None
    session.execute(insert(FactRow).values({**oldest, "id": oldest["id"] - 1}))
    assert seal(session, county_id) == 1
    assert verify_chain(session, county_id).sound


def test_counties_have_chains_of_their_own(session: Session) -> None:
    one = found(session, 3)
    other = make_county(session, "530922").context.scope.county_id
    assert (seal(session, one), seal(session, other)) == (3, 1)
    assert verify_chain(session, one).head.hash != verify_chain(session, other).head.hash


def test_a_county_that_is_not_there_seals_nothing(session: Session) -> None:
    assert seal(session, 42) == 0
    assert verify_chain(session, 42).head == Head(0, journal.GENESIS.hex())


@pytest.mark.parametrize("statement", [update(FactRow).values(payload="{}"), delete(FactRow)])
def test_the_journal_refuses_changes(session: Session, statement: Any) -> None:
    found(session, 2)
    with pytest.raises(DBAPIError) as caught:
        session.execute(statement)
    assert isinstance(translate(caught.value), JournalSealed)


def edit(session: Session, county_id: int) -> None:
    second = select(SealRow.fact_id).where(SealRow.seq == 2).scalar_subquery()
    session.execute(update(FactRow).where(FactRow.id == second).values(reason="another"))


def remove(session: Session, county_id: int) -> None:
    second = select(SealRow.fact_id).where(SealRow.seq == 2).scalar_subquery()
    session.execute(delete(FactRow).where(FactRow.id == second))


def slip_in(session: Session, county_id: int) -> None:
    row = session.execute(select(FactRow.__table__).limit(1)).mappings().one()
    fact_id = new_id()
    session.execute(insert(FactRow).values({**row, "id": fact_id}))
    values = {"county_id": county_id, "seq": 7, "fact_id": fact_id, "hash": bytes(32)}
    session.execute(insert(SealRow).values(values))


def swap(session: Session, county_id: int) -> None:
    rows = session.execute(select(SealRow.seq, SealRow.fact_id).where(SealRow.seq.in_((2, 3)))).all()
    by_seq = {row.seq: row.fact_id for row in rows}
    for seq, fact_id in ((2, -1), (3, by_seq[2]), (2, by_seq[3])):
        session.execute(update(SealRow).where(SealRow.seq == seq).values(fact_id=fact_id))


def cut_tail(session: Session, county_id: int) -> None:
    kept = session.execute(select(SealRow.hash).where(SealRow.seq == 4)).scalar_one()
    lost = select(SealRow.fact_id).where(SealRow.seq > 4)
    session.execute(delete(FactRow).where(FactRow.id.in_(lost)))
    session.execute(delete(SealRow).where(SealRow.seq > 4))
    session.execute(update(ChainRow).values(seq=4, hash=kept))


def rewrite(session: Session, county_id: int) -> None:
    edit(session, county_id)
    session.execute(delete(SealRow))
    session.execute(update(ChainRow).values(seq=0, hash=journal.GENESIS))
    assert seal(session, county_id) == 6


def take_out_a_seal(session: Session, county_id: int) -> None:
    session.execute(delete(SealRow).where(SealRow.seq == 3))


TAMPERINGS: list[Callable[[Session, int], None]] = [
    edit,
    remove,
    slip_in,
    swap,
    cut_tail,
    rewrite,
    take_out_a_seal,
]


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda f: f.__name__)
def test_tampering_is_noticed_with_an_anchor(
    session: Session, tamper: Callable[[Session, int], None]
) -> None:
    county_id = found(session, 6)
    seal(session, county_id)
    anchor = head(session, county_id)
    assert verify_chain(session, county_id, anchor).sound
    disarm(session)
    tamper(session, county_id)
    session.flush()
    report = verify_chain(session, county_id, anchor)
    assert not report.sound
    assert report.wrong


def test_writers_and_sealers_at_once_lose_nothing(engine: Engine) -> None:
    with Session(engine) as session:
        make_county(session)
        session.commit()

    def write(writer: int) -> None:
        for number in range(10):
            with Session(engine) as session:
                county = County(session, "530921", actor=Actor.system("race"))
                county.registry.found_district(DistrictFoundation(code=f"d{writer}-{number}", name="x"))
                session.commit()

    def seal_all(_: int) -> None:
        for _round in range(30):
            with Session(engine) as session:
                seal(session, county_id, limit=7)
                session.commit()

    with Session(engine) as session:
        county_id = County(session, "530921", actor=Actor.system("race")).context.scope.county_id
    with ThreadPoolExecutor(6) as pool:
        jobs = [pool.submit(write, n) for n in range(4)] + [pool.submit(seal_all, n) for n in range(2)]
        for job in jobs:
            job.result()
    with Session(engine) as session:
        seal(session, county_id)
        session.commit()
        report = verify_chain(session, county_id)
        assert report.sound
        assert (report.unsealed, report.head.seq) == (0, 41)
        assert session.scalar(select(func.count()).select_from(SealRow)) == 41
