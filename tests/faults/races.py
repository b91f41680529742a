"""Writers racing in processes of their own: nothing is lost, doubled, or visibly locked.

    python -m tests.faults.races --size full

Every process opens a host's engine, reads first as hosts do, and then calls use cases.
"""

from __future__ import annotations

import argparse
import multiprocessing
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, insert, select, update
from sqlalchemy.orm import Session

from tests.support import Databases, Sqlite, engine_for, postgres
from xuequ import Actor, County, XuequError
from xuequ.core.access import Post, action
from xuequ.core.context import Service, use_case
from xuequ.core.ids import new_id
from xuequ.core.journal import FactRow
from xuequ.core.money import Money
from xuequ.core.source import Source
from xuequ.district import District
from xuequ.embed import retrying
from xuequ.registry.facts.set_up import RecordsCorrected
from xuequ.registry.models.figures import Figure
from xuequ.registry.models.places import District as DistrictRow
from xuequ.registry.models.places import School
from xuequ.registry.models.pupils import Pupil
from xuequ.registry.schemas.places import DistrictFoundation
from xuequ.testing import make_county, make_district, reading_of
from xuequ.testing.factories import SETTINGS, invented_rows
from xuequ.unified.budget import EntryView, LineOpening
from xuequ.unified.budget.models.ledger import BudgetEntry, BudgetLine
from xuequ.unified.budget.states.ledger import Book, Pot

COUNTY, PLACE = "530921", "530921/qianfeng"
ACTOR = Actor.system("race")
COUNT = action("test.count", "计数", [Post.PRINCIPAL])


def plain(url: str) -> Engine:
    """A host that has read nothing of ours."""
    return create_engine(url)


def explicit_begin(url: str) -> Engine:
    """A host that follows SQLAlchemy's recipe: no implicit BEGIN of the driver, one of its own."""
    patient = {"timeout": 60} if url.startswith("sqlite") else {}
    engine = create_engine(url, connect_args=patient)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _no_implicit_begin)
        event.listen(engine, "begin", _begin)
    return engine


def _no_implicit_begin(driver: Any, record: Any) -> None:
    driver.isolation_level = None


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


HOSTS: dict[str, Callable[[str], Engine]] = {
    "plain": plain,
    "explicit-begin": explicit_begin,
    "configured": engine_for,
}


class Counting(Service):
    """Reads, thinks, writes: what loses counts unless the read is already under the lock."""

    @use_case(COUNT)
    def count(self) -> None:
        """Add one to a figure of the district."""
        scope, session = self.context.scope, self.context.session
        here = (Figure.county_id == scope.county_id, Figure.measure == "books")
        row = session.execute(select(Figure.id, Figure.value).where(*here).with_for_update()).one()
        time.sleep(0.001)
        session.execute(update(Figure).where(*here, Figure.id == row.id).values(value=row.value + 1))
        self.context.announce(RecordsCorrected(record="figure", record_ids=(row.id,), fields=("value",)))


def count_up(session: Session, number: int) -> None:
    """Count once, after a read."""
    session.scalar(select(func.count()).select_from(School))
    Counting(District(session, PLACE, actor=ACTOR).context).count()


def found_same(session: Session, number: int) -> None:
    """Found the district that everybody founds."""
    session.scalar(select(func.count()).select_from(DistrictRow))
    county = County(session, COUNTY, actor=ACTOR)
    county.registry.found_district(DistrictFoundation(code=f"new{number}", name="x"))


def set_up_same(session: Session, number: int) -> None:
    """Apply the same workbook that everybody applies."""
    district = District(session, f"{COUNTY}/empty{number}", actor=ACTOR, settings=SETTINGS)
    book = reading_of(invented_rows(district.code, schools=1, pupils=5, staff=1))
    district.registry.set_up(district.registry.plan_set_up(book))


def line_of(session: Session, code: str) -> int:
    """Return the id of a budget line."""
    return session.scalars(select(BudgetLine.id).where(BudgetLine.code == code)).one()


def spend(session: Session, number: int) -> None:
    """Pay one yuan, by turns out of what is available and after holding it, as everybody does."""
    budget = District(session, PLACE, actor=ACTOR, settings=SETTINGS).budget
    line, claim, yuan = line_of(session, "spend"), Source("race.claim", new_id()), Money.yuan(1)
    if number % 2:
        budget.pay(line, yuan, claim)
        return
    budget.reserve_funds(line, yuan, claim)
    budget.commit_funds(line, yuan, claim, out_of=Pot.RESERVED)
    budget.pay(line, yuan, claim, out_of=Pot.COMMITTED)


def resend(session: Session, number: int) -> None:
    """Send the request that everybody sends, under its key."""
    door = District(session, PLACE, actor=ACTOR, settings=SETTINGS)
    line, claim = line_of(session, "resend"), Source("race.claim", new_id())
    door.once(f"k{number}", lambda d: d.budget.pay(line, Money.yuan(1), claim), answer=EntryView)


def replay(session: Session, number: int) -> None:
    """Pay the claim that everybody pays."""
    door = District(session, PLACE, actor=ACTOR, settings=SETTINGS)
    door.budget.pay(line_of(session, "replay"), Money.yuan(1), Source("race.claim", number + 1))


ACTS: dict[str, Callable[[Session, int], None]] = {
    "count": count_up,
    "found": found_same,
    "set_up": set_up_same,
    "spend": spend,
    "resend": resend,
    "replay": replay,
}
BUDGET_ACTS = ("spend", "resend", "replay")


@dataclass(frozen=True)
class Job:
    """What one process does."""

    url: str
    host: str
    act: str
    times: int
    retry: bool


def _numbered(act: Callable[[Session, int], None], number: int) -> Callable[[Session], None]:
    return lambda session: act(session, number)


def run(job: Job) -> Counter[str]:
    """Do the act so many times; count what came of it by outcome."""
    engine = HOSTS[job.host](job.url)
    outcomes = Counter[str]()
    for number in range(job.times):
        try:
            if job.retry:
                retrying(partial(Session, engine), _numbered(ACTS[job.act], number), attempts=20)
            else:
                with Session(engine) as session:
                    ACTS[job.act](session, number)
                    session.commit()
            outcomes["done"] += 1
        except XuequError as error:
            outcomes[error.code] += 1
        except Exception as error:
            outcomes[f"driver: {type(error).__name__}"] += 1
    engine.dispose()
    return outcomes


def prepare(url: str, times: int) -> None:
    """Make the district whose figure is counted, and empty ones to set up."""
    engine = engine_for(url)
    with Session(engine) as session:
        make_district(session, PLACE, schools=1, pupils=0, staff=0)
        school = session.scalars(select(School)).one()
        values: dict[str, Any] = {"county_id": school.county_id, "district_id": school.district_id}
        values |= {"school_id": school.id}
        values |= {"id": new_id(), "measure": "books", "as_of": date(2026, 9, 1), "value": Decimal(0)}
        session.execute(insert(Figure).values(values))
        for code in BUDGET_ACTS:
            amount = Money.yuan(times)  # all processes together ask for more
            opening = LineOpening(year=2026, book=Book.SCHOOL, code=code, name=code, amount=amount)
            District(session, PLACE, actor=ACTOR, settings=SETTINGS).budget.open_line(opening)
        county = make_county(session, COUNTY)
        for number in range(times):
            county.registry.found_district(
                DistrictFoundation(code=f"empty{number}", name=f"empty{number}学区")
            )
        session.commit()
    engine.dispose()


def race(url: str, host: str, act: str, *, processes: int, times: int) -> Counter[str]:
    """Let processes do the same acts at once; return all outcomes."""
    job = Job(url, host, act, times, retry=not url.startswith("sqlite"))
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        return sum(pool.map(run, [job] * processes, chunksize=1), Counter[str]())


def _wrong_on_line(
    session: Session, act: str, outcomes: Counter[str], *, processes: int, times: int
) -> list[str]:
    """Compare a line with its entries, and both with what the processes were told."""
    line = session.scalars(select(BudgetLine).where(BudgetLine.code == act)).one()
    paid = select(func.count()).where(BudgetEntry.line_id == line.id, BudgetEntry.movement == "pay")
    entries = session.scalar(paid)
    told = {"done": times, "budget.insufficient": (processes - 1) * times}
    told = told if act == "spend" else {"done": processes * times}
    holds = (line.reserved.fen, line.committed.fen, line.paid.fen)
    if holds != (0, 0, 100 * times) or entries != times or dict(outcomes) != told:
        return [f"holds {holds}, {entries} payments of {times}, told {dict(outcomes)} and not {told}"]
    return []


def check(url: str, act: str, outcomes: Counter[str], *, processes: int, times: int) -> list[str]:
    """Compare what is in the database with what the processes were told."""
    engine = engine_for(url)
    wrong = [f"{outcome} × {n}" for outcome, n in outcomes.items() if outcome.startswith("driver")]
    with Session(engine) as session:
        if act == "count":
            value = session.scalar(select(Figure.value).where(Figure.measure == "books"))
            facts = session.scalar(
                select(func.count()).select_from(FactRow).where(FactRow.name == "registry.records_corrected")
            )
            if not value == facts == outcomes["done"] == processes * times:
                wrong.append(
                    f"counted {value}, {facts} facts, told {outcomes['done']} of {processes * times}"
                )
        elif act == "found":
            rows = session.scalar(
                select(func.count()).select_from(DistrictRow).where(DistrictRow.code.like("new%"))
            )
            if not rows == outcomes["done"] == times:
                wrong.append(f"{rows} districts, told {outcomes['done']} of {times}")
        elif act in BUDGET_ACTS:
            wrong += _wrong_on_line(session, act, outcomes, processes=processes, times=times)
        else:
            pupils = session.scalar(select(func.count()).select_from(Pupil)) or 0
            if pupils != 5 * times or outcomes.total() != processes * times:
                wrong.append(f"{pupils} pupils of {5 * times}, {outcomes.total()} answers")
    engine.dispose()
    return wrong


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all races on both databases; exit 1 when anything is wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", choices=("small", "full"), default="small")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), help="one of them; both when left out")
    chosen = parser.parse_args(arguments)
    full = {"sqlite": (8, 500), "postgresql": (16, 1000)}
    sizes = full if chosen.size == "full" else dict.fromkeys(full, (4, 20))
    if chosen.engine:
        sizes = {chosen.engine: sizes[chosen.engine]}
    failed = False
    with tempfile.TemporaryDirectory() as folder, postgres(Path(folder) / "pg") as server:
        sources: dict[str, Databases] = {"sqlite": Sqlite(Path(folder)), "postgresql": server}
        for engine, (processes, times) in sizes.items():
            for act in ACTS:
                for host in HOSTS if engine == "sqlite" else ["plain"]:
                    few = times if act in ("count", *BUDGET_ACTS) else min(times, 50)
                    url = sources[engine].url()
                    prepare(url, few)
                    began = time.perf_counter()
                    outcomes = race(url, host, act, processes=processes, times=few)
                    took = time.perf_counter() - began
                    wrong = check(url, act, outcomes, processes=processes, times=few)
                    failed = failed or bool(wrong)
                    what = f"{engine:10} {host:14} {act:7} {processes} × {few}"
                    print(f"{what}: {dict(outcomes)} in {took:.1f} s {wrong or 'ok'}")
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
