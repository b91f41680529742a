"""Writers racing in processes of their own: nothing is lost, doubled, or visibly locked.

    python -m tests.faults.races --size full

Every process opens a host's engine, reads first as hosts do, and then calls use cases.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
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
from xuequ.unified.budget import EntryView, Posting
from xuequ.unified.budget.models.ledger import BudgetEntry, BudgetLine
from xuequ.unified.budget.schemas.years import BudgetAdoption, ProjectOpening
from xuequ.unified.budget.states.ledger import Movement, Pot

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


HOT = {"spend": "30201", "resend": "30202", "replay": "30205"}
"""Act → the economic code of the one line on which everybody does it."""

FIFTY = [
    (function, economic)
    for function in ("2050201", "2050203")
    for economic in (
        *("30201", "30202", "30203", "30204", "30205", "30206", "30207", "30208", "30209", "30211"),
        *("30213", "30214", "30215", "30216", "30217", "30218", "30224", "30225", "30226", "30227"),
        *("30228", "30229", "30231", "30239", "30299"),
    )
]
"""The cells of the fifty lines over which `spread` spreads."""


def line_of(session: Session, act: str) -> int:
    """Return the id of the budget line of an act."""
    of = (BudgetLine.function == "2050202", BudgetLine.economic == HOT[act])
    return session.scalars(select(BudgetLine.id).where(*of)).one()


def fifty_lines(session: Session) -> list[BudgetLine]:
    """Return the fifty lines by their ids."""
    query = select(BudgetLine).where(BudgetLine.function != "2050202").order_by(BudgetLine.id)
    return list(session.scalars(query))


def pair(number: int) -> tuple[int, int]:
    """Return which two of the fifty lines the number of an act is for."""
    return number % 50, (number + 7) % 50


def spend(session: Session, number: int) -> None:
    """Pay one yuan, by turns out of what is available and after holding it, as everybody does."""
    ledger = District(session, PLACE, actor=ACTOR, settings=SETTINGS).budget.ledger
    line, claim, yuan = line_of(session, "spend"), Source("race.claim", new_id()), Money.yuan(1)
    if number % 2:
        ledger.pay(line, yuan, claim)
        return
    ledger.reserve_funds(line, yuan, claim)
    ledger.commit_funds(line, yuan, claim, out_of=Pot.RESERVED)
    ledger.pay(line, yuan, claim, out_of=Pot.COMMITTED)


def spread(session: Session, number: int) -> None:
    """Pay one yuan on each of two of fifty lines, which every other process names the other way round."""
    ledger = District(session, PLACE, actor=ACTOR, settings=SETTINGS).budget.ledger
    lines = [fifty_lines(session)[n].id for n in pair(number)]
    claim = {"movement": Movement.PAY, "out_of": Pot.AVAILABLE, "source": Source("race.claim", new_id())}
    made = [Posting.model_validate({**claim, "line_id": line, "amount": Money.yuan(1)}) for line in lines]
    ledger.post_many(made if os.getpid() % 2 else made[::-1])


def resend(session: Session, number: int) -> None:
    """Send the request that everybody sends, under its key."""
    door = District(session, PLACE, actor=ACTOR, settings=SETTINGS)
    line, claim = line_of(session, "resend"), Source("race.claim", new_id())
    door.once(f"k{number}", lambda d: d.budget.ledger.pay(line, Money.yuan(1), claim), answer=EntryView)


def replay(session: Session, number: int) -> None:
    """Pay the claim that everybody pays."""
    door = District(session, PLACE, actor=ACTOR, settings=SETTINGS)
    door.budget.ledger.pay(line_of(session, "replay"), Money.yuan(1), Source("race.claim", number + 1))


ACTS: dict[str, Callable[[Session, int], None]] = {
    "count": count_up,
    "found": found_same,
    "set_up": set_up_same,
    "spend": spend,
    "spread": spread,
    "resend": resend,
    "replay": replay,
}
BUDGET_ACTS = (*HOT, "spread")


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
        adopt_budget(District(session, PLACE, actor=ACTOR, settings=SETTINGS), times)
        county = make_county(session, COUNTY)
        for number in range(times):
            county.registry.found_district(
                DistrictFoundation(code=f"empty{number}", name=f"empty{number}学区")
            )
        session.commit()
    engine.dispose()


def adopt_budget(door: District, times: int) -> None:
    """Give every line what one process asks for, so that all of them together ask for more."""
    door.budget.projects.add(ProjectOpening(code="operating", name="公用经费"))
    asked = Counter(n for number in range(times) for n in pair(number))
    cells = [(cell, max(asked[n], 1)) for n, cell in enumerate(FIFTY)]
    cells += [(("2050202", economic), times) for economic in HOT.values()]
    lines = [
        {"project": "operating", "function": function, "economic": economic, "amount": Money.yuan(yuan)}
        for (function, economic), yuan in cells
    ]
    income = {"project": "operating", "amount": Money.yuan(sum(yuan for _, yuan in cells))}
    named = {"year": 2026, "approved_on": date(2026, 3, 1), "document_no": "财预〔2026〕1号"}
    door.budget.years.adopt(BudgetAdoption.model_validate({**named, "incomes": [income], "lines": lines}))


def race(url: str, host: str, act: str, *, processes: int, times: int) -> Counter[str]:
    """Let processes do the same acts at once; return all outcomes."""
    job = Job(url, host, act, times, retry=not url.startswith("sqlite"))
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        return sum(pool.map(run, [job] * processes, chunksize=1), Counter[str]())


def _wrong_on_line(
    session: Session, act: str, outcomes: Counter[str], *, processes: int, times: int
) -> list[str]:
    """Compare a line with its entries, and both with what the processes were told."""
    line = session.scalars(select(BudgetLine).where(BudgetLine.id == line_of(session, act))).one()
    paid = select(func.count()).where(BudgetEntry.line_id == line.id, BudgetEntry.movement == "pay")
    entries = session.scalar(paid)
    told = {"done": times, "budget.insufficient": (processes - 1) * times}
    told = told if act == "spend" else {"done": processes * times}
    holds = (line.reserved.fen, line.committed.fen, line.paid.fen)
    if holds != (0, 0, 100 * times) or entries != times or dict(outcomes) != told:
        return [f"holds {holds}, {entries} payments of {times}, told {dict(outcomes)} and not {told}"]
    return []


def _wrong_on_fifty(session: Session, outcomes: Counter[str], *, processes: int, times: int) -> list[str]:
    """Compare fifty lines with what was told; nobody was refused while both lines had money left."""
    lines = fifty_lines(session)
    ids = [line.id for line in lines]
    entries = session.scalar(select(func.count()).where(BudgetEntry.line_id.in_(ids))) or 0
    paid = sum(line.paid.fen for line in lines)
    wrong = [
        f"{line.name} holds {line.paid} of {line.approved}" for line in lines if line.paid > line.approved
    ]
    if not 100 * entries == paid == 200 * outcomes["done"] or outcomes.total() != processes * times:
        wrong.append(f"paid {paid} by {entries} entries, told {dict(outcomes)}")
    left = [line.approved > line.paid for line in lines]
    wrong += [
        f"{number} was refused in vain" for number in range(times) if all(left[n] for n in pair(number))
    ]
    return wrong


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
        elif act == "spread":
            wrong += _wrong_on_fifty(session, outcomes, processes=processes, times=times)
        elif act in HOT:
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
