"""Processes killed with SIGKILL in the middle: what was committed stands, and nothing else is there.

    python -m tests.faults.kills --size full

One battery: the host's keys are changed while the process that does it is killed again and again.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import signal
import tempfile
import time
from multiprocessing.process import BaseProcess
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

from sqlalchemy.orm import Session

from tests.core.test_keys import NEW, OLD, keys
from tests.core.test_vault import NOTE
from tests.support import Databases, Sqlite, engine_for, postgres
from xuequ.core.rotation import key_usage, rewrap
from xuequ.core.vault import Clear, Closed, Vault

COUNTY = 1
BEFORE = keys(wrapping={"2025": OLD}, current="2025")
BOTH = keys()
AFTER = keys(wrapping={"2026": NEW})
BATCH = 20


def prepare(url: str, people: int) -> list[Closed]:
    """Seal a value of each of some people under the old key."""
    engine = engine_for(url)
    with Session(engine) as session:
        values = [Clear(n, n, f"值{n}") for n in range(1, people + 1)]
        made = Vault(session, COUNTY, BEFORE).seal_many(NOTE, values)
        session.commit()
    engine.dispose()
    return [Closed(v.row_id, v.person_id, s.ciphertext) for v, s in zip(values, made, strict=True)]


def change_keys(url: str, batches: Synchronized[int]) -> None:
    """Wrap everything anew, a batch a transaction, and count the batches."""
    engine = engine_for(url)
    with Session(engine) as session:
        while rewrap(session, COUNTY, BOTH, limit=BATCH):
            session.commit()
            batches.value += 1


def killed_after(process: BaseProcess, batches: Synchronized[int], wanted: int, seconds: float) -> bool:
    """Kill a process some moments after it has done so many batches; tell whether it was still at work."""
    while process.is_alive() and batches.value < wanted:
        time.sleep(0.0005)
    process.join(seconds)
    process.kill()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL), f"the change of keys failed with {process.exitcode}"
    return process.exitcode != 0


def kill_a_change_of_keys(databases: Databases, kills: int, people: int, seed: int = 1) -> list[str]:
    """Kill a change of keys so many times; return what is wrong afterwards, and after every kill."""
    chance, wrong = random.Random(seed), list[str]()
    spawn, done = multiprocessing.get_context("spawn"), 0
    while done < kills:
        url = databases.url()
        closed = prepare(url, people)
        at_work = True
        while at_work:
            batches = spawn.Value("i", 0)
            process = spawn.Process(target=change_keys, args=(url, batches))
            process.start()
            wanted = chance.randint(0, people // BATCH // 3) if done < kills else people
            at_work = killed_after(process, batches, wanted, chance.uniform(0, 0.005) if done < kills else 60)
            done += at_work
            wrong += look(url, closed, finished=not at_work)
        databases.drop(url)
    return wrong


def look(url: str, closed: list[Closed], *, finished: bool) -> list[str]:
    """Return what is wrong: a value that does not open, a data key that is lost, an old one that is left."""
    engine = engine_for(url)
    wrong: list[str] = []
    with Session(engine) as session:
        usage = key_usage(session, COUNTY, BOTH, [NOTE]).wrapping
        if sum(usage.values()) != len(closed):
            wrong.append(f"{usage} data keys for {len(closed)} people")
        if finished and "2025" in usage:
            wrong.append(f"{usage['2025']} data keys are still wrapped by the old key")
        opened = Vault(session, COUNTY, AFTER if finished else BOTH).open_many(NOTE, closed)
        if opened != [f"值{one.row_id}" for one in closed]:
            wrong.append("a value does not open as it was sealed")
    engine.dispose()
    return wrong


SIZES = {"small": (3, 300), "full": (100, 2_000)}
"""Size → kills on each database, people."""


def main() -> int:
    """Run on both databases."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--size", choices=SIZES, default="small")
    kills, people = SIZES[parser.parse_args().size]
    failed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sqlite").mkdir()
        with postgres(folder / "postgres") as server:
            for databases in (Sqlite(folder / "sqlite"), server):
                wrong = kill_a_change_of_keys(databases, kills, people)
                print(f"{type(databases).__name__:<10} {kills} kills, {people} people: {wrong or 'sound'}")
                failed |= bool(wrong)
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
