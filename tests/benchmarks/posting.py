"""Tasks e and e2: posting claims, one a transaction by 8 threads, and in batches.

What makes e fair:

- The limit is the driver alone: one connection a thread, a guarded UPDATE of the line, an INSERT of the
  entry, COMMIT; with the same tables, indexes, CHECKs and triggers, and with statements that the driver
  prepares. Ours opens a Session and a door for each claim, as a host's request does, and commits.
- Ours also looks for the line and its own scope, answers a replay, keeps the use case in a SAVEPOINT, and
  writes the fact to the journal. The limit does none of these.
- A commit waits for the disk on either side (``fsync``), as it must where money is paid.
- Threads begin together behind a barrier, each pays its claims on lines in the same random order on either
  side, and the watch stops when the last is done.

e2 compares ours with itself: claims posted one by one, each in a transaction, against batches of a hundred.

Either side's answer is what it paid and by how many entries, taken from the database; and after the last
round every line must be what its entries come to.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from random import Random
from threading import Barrier
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.benchmarks.harness import Arena, Case, Goal, Sample, Size, Stopwatch, Task, speed
from xuequ import Actor, District, Holding, Money, Post
from xuequ.core.ids import new_id
from xuequ.core.source import Source
from xuequ.embed import run_data_checks
from xuequ.testing import make_budget, make_district
from xuequ.testing.factories import SETTINGS
from xuequ.unified.budget import Posting
from xuequ.unified.budget.models.ledger import BudgetEntry, BudgetLine
from xuequ.unified.budget.states.ledger import Movement, Pot

PLACE = "530921/qianfeng"
ACCOUNTANT = Actor("A1", (Holding(Post.ACCOUNTANT, PLACE),))
ECONOMIC = [f"302{number:02}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 14, 15, 16, 17, 18, 24, 25)]
THREADS = 8
CLAIMS: dict[Size, int] = {"small": 20, "full": 100}
"""How many claims a thread posts in one sample."""
BATCH, MANY = 100, {"small": 200, "full": 1_000}
FEN = 137

MOVE = """
UPDATE xq_budget_line SET paid = paid + %s
 WHERE county_id = %s AND id = %s AND closed_on IS NULL
   AND reserved + committed + paid + %s
       <= approved + provisional + adjusted + carried_in + allowance
"""
ADD = """
INSERT INTO xq_budget_entry (county_id, id, district_id, school_id, line_id, movement, out_of, amount, day,
                             source_kind, source_id, purpose_kind, purpose_id)
VALUES (%s, %s, %s, NULL, %s, 'pay', 'available', %s, %s, 'bench.claim', %s, 'bench.claim', %s)
"""

Paid = tuple[int, int]
"""Fen and entries."""
Work = Callable[[Sequence[int]], None]


class Ledger:
    """Lines of a district with more money than anybody can spend, and the ways to pay from them."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        with Session(engine) as session:
            door = make_district(session, PLACE, schools=1, pupils=0, staff=0)
            self.lines = make_budget(door, dict.fromkeys(ECONOMIC, Money.yuan(10_000_000)))
            scope = door.context.scope
            session.commit()
        self.county_id, self.district_id = scope.county_id, scope.district_id

    def drive(self, lines: Sequence[int]) -> None:
        """Pay one claim a line with the driver alone."""
        raw = self.engine.raw_connection()
        connection: Any = raw.driver_connection
        day = date(2026, 9, 1)
        try:
            with connection.cursor() as cursor:
                for line in lines:
                    cursor.execute(MOVE, (FEN, self.county_id, line, FEN))
                    assert cursor.rowcount == 1
                    claim = new_id()
                    key = (self.county_id, new_id(), self.district_id, line, FEN, day, claim, claim)
                    cursor.execute(ADD, key)
                    connection.commit()
        finally:
            raw.close()

    def pay(self, lines: Sequence[int]) -> None:
        """Pay one claim a line as users of the library do."""
        for line in lines:
            with Session(self.engine) as session:
                door = District(session, PLACE, actor=ACCOUNTANT, settings=SETTINGS)
                door.budget.ledger.pay(line, Money(FEN), Source("bench.claim", new_id()))
                session.commit()

    def post_batches(self, lines: Sequence[int]) -> None:
        """Pay one claim a line in batches, each in one transaction."""
        way = {"movement": Movement.PAY, "out_of": Pot.AVAILABLE, "amount": Money(FEN)}
        for first in range(0, len(lines), BATCH):
            with Session(self.engine) as session:
                door = District(session, PLACE, actor=ACCOUNTANT, settings=SETTINGS)
                door.budget.ledger.post_many(
                    [
                        Posting.model_validate(
                            {**way, "line_id": line, "source": Source("bench.claim", new_id())}
                        )
                        for line in lines[first : first + BATCH]
                    ]
                )
                session.commit()

    def order(self, number: int, many: int) -> list[int]:
        """Return the lines of so many claims in an order that belongs to a number."""
        return Random(number).choices(self.lines, k=many)

    def paid(self) -> Paid:
        """Return what has been paid, and by how many entries."""
        with Session(self.engine) as session:
            fen = sum(money.fen for money in session.scalars(select(BudgetLine.paid)))
            return fen, session.scalar(select(func.count()).select_from(BudgetEntry)) or 0

    def sample(self, work: Work, orders: Sequence[Sequence[int]]) -> Sample[Paid]:
        """Let as many threads as there are orders work at once."""
        before, barrier = self.paid(), Barrier(len(orders) + 1)

        def begin(order: Sequence[int]) -> None:
            barrier.wait()
            work(order)

        with ThreadPoolExecutor(len(orders)) as pool:
            running = [pool.submit(begin, order) for order in orders]
            barrier.wait()
            with Stopwatch() as watch:
                for one in running:
                    one.result()
        after = self.paid()
        return Sample(watch.seconds, (after[0] - before[0], after[1] - before[1]))

    def balances(self) -> dict[str, float]:
        """Make sure that every line is what its entries come to."""
        with Session(self.engine) as session:
            (result,) = run_data_checks(session, PLACE, only="budget.lines_balance")
        if result.findings:
            raise RuntimeError(f"{len(result.findings)} lines are not what their entries come to")
        return {}


@contextmanager
def durable(engine: Engine) -> Generator[None]:
    """Let a commit wait for the disk, as it does where claims are paid; the tests' server does not wait."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ALTER SYSTEM SET fsync = on")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
        while connection.exec_driver_sql("SHOW fsync").scalar() != "on":
            pass
        yield
        connection.exec_driver_sql("ALTER SYSTEM SET fsync = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")


@contextmanager
def prepare_one(arena: Arena) -> Generator[Case[Paid]]:
    """Pay by threads: the driver's statements, and ours."""
    with arena.database() as engine, durable(engine):
        ledger, many = Ledger(engine), CLAIMS[arena.size]

        def sample(work: Work, number: int, on: Sequence[int] | None = None) -> Sample[Paid]:
            numbers = range(number * THREADS, (number + 1) * THREADS)
            orders = [list(on or ()) * many or ledger.order(thread, many) for thread in numbers]
            return ledger.sample(work, orders)

        def extras() -> dict[str, float]:
            hot = ledger.lines[:1]
            limit, ours = (sample(work, 0, hot).seconds for work in (ledger.drive, ledger.pay))
            return {"of the driver's throughput on one hot line": round(limit / ours, 3), **ledger.balances()}

        yield Case(
            limit=lambda number: sample(ledger.drive, number),
            ours=lambda number: sample(ledger.pay, number),
            operations=many * THREADS,
            extras=extras,
        )


@contextmanager
def prepare_batches(arena: Arena) -> Generator[Case[Paid]]:
    """Pay one by one, and in batches."""
    with arena.database() as engine:
        ledger, many = Ledger(engine), MANY[arena.size]
        yield Case(
            limit=lambda number: ledger.sample(ledger.pay, [ledger.order(number, many)]),
            ours=lambda number: ledger.sample(ledger.post_batches, [ledger.order(number, many)]),
            operations=many,
            extras=ledger.balances,
        )


ONE_CLAIM = Task(
    name="e",
    title="post one claim, 8 threads",
    goals={"postgresql": Goal(0.6, at_most=False)},
    prepare=prepare_one,
    figure=speed,
    rounds=7,
)
BATCHES = Task(
    name="e2",
    title="post claims in batches of 100",
    goals={"sqlite": Goal(2, at_most=False), "postgresql": Goal(2, at_most=False)},
    prepare=prepare_batches,
    figure=speed,
    rounds=5,
)
