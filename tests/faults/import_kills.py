"""Imports killed with SIGKILL in the middle: either nothing of a file is there, or the whole of it.

    python -m tests.faults.import_kills --size full

A district is set up by one file after another, each with pupils of its own and a change to some of those of
the file before. The process that imports a file is killed at a moment drawn at random, and the same file is
then imported again by another process, which must succeed whatever the first one left.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import signal
import tempfile
import time
from multiprocessing.process import BaseProcess
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.benchmarks.import_pupils import PLACE, write_folder
from tests.support import Databases, Sqlite, engine_for, postgres
from xuequ import Actor, District, Settings
from xuequ.core.imports import ImportRow, ImprintRow
from xuequ.core.journal import FactRow
from xuequ.core.keys import Keys
from xuequ.exchange import apply_file
from xuequ.registry.models.people import Person
from xuequ.registry.models.pupils import Enrolment, Pupil, PupilStatus
from xuequ.registry.templates import SET_UP
from xuequ.testing import make_district

KEYS = Keys(wrapping={"k": b"k" * 32}, current="k", index={"i": b"i" * 32}, current_index="i")
PEOPLE = (Person, Pupil, Enrolment, PupilStatus)
Counts = tuple[int, ...]


def write_files(folder: Path, files: int, pupils: int) -> list[Path]:
    """Write files of which each has more pupils than the one before."""
    return [write_folder(folder / f"{number}", pupils * (number + 1)) for number in range(files)]


def bring(url: str, file: Path, steps: Synchronized[int]) -> None:
    """Import a file; count the chunks that were read, and the commit."""
    engine = engine_for(url)

    def step(_sheet: str, _rows: int) -> None:
        steps.value += 1

    with Session(engine) as session:
        district = District(session, PLACE, actor=Actor.system("kills"), settings=Settings(keys=KEYS))
        apply_file(district, file, SET_UP, progress=step)
        steps.value += 1
        session.commit()
    engine.dispose()


def counts(url: str) -> Counts:
    """Return how many rows there are of everything that a file writes."""
    engine = engine_for(url)
    with Session(engine) as session:
        models = (*PEOPLE, ImportRow, ImprintRow, FactRow)
        found = tuple(session.scalar(select(func.count()).select_from(model)) or 0 for model in models)
    engine.dispose()
    return found


def kill_imports(databases: Databases, kills: int, pupils: int, seed: int = 1) -> list[str]:
    """Kill imports so many times; return what is wrong after a kill, and after the run that follows it."""
    chance, wrong = random.Random(seed), list[str]()
    spawn = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory(prefix="xuequ-kills-") as name:
        files = write_files(Path(name), 4, pupils)
        done = 0
        while done < kills:
            url = databases.url()
            engine = engine_for(url)
            with Session(engine) as session:
                make_district(session, PLACE, schools=0)
                session.commit()
            engine.dispose()
            took = 1.0
            for number, file in enumerate(files, 1):
                before, at_work = counts(url), True
                while at_work:
                    steps = spawn.Value("i", 0)
                    process = spawn.Process(target=bring, args=(url, file, steps))
                    process.start()
                    began = time.monotonic()
                    spare = done >= kills
                    at_work = _killed(process, steps, 60.0 if spare else chance.uniform(0, took * 1.3))
                    took = max(took, time.monotonic() - began) if not at_work else took
                    done += at_work
                    wrong += _look(url, before, number * pupils, finished=not at_work)
                    at_work = at_work and counts(url) == before
            databases.drop(url)
    return wrong


def _killed(process: BaseProcess, steps: Synchronized[int], seconds: float) -> bool:
    """Kill a process some time after it has read its first chunk; tell whether it was still at work."""
    while process.is_alive() and steps.value == 0:
        time.sleep(0.001)
    process.join(seconds)
    if process.pid is not None and process.is_alive():
        os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL), f"an import failed with {process.exitcode}"
    return process.exitcode != 0


def _look(url: str, before: Counts, pupils: int, *, finished: bool) -> list[str]:
    """Return what is wrong: half a file, or none of it when it was acknowledged."""
    now = counts(url)
    whole = now[: len(PEOPLE)] == (pupils,) * len(PEOPLE) and now[len(PEOPLE)] == before[len(PEOPLE)] + 1
    if finished and not whole:
        return [f"an import that came to its end left {now}"]
    if not finished and not whole and now != before:
        return [f"a killed import left {now}, before it there was {before}"]
    return []


SIZES = {"small": (2, 300), "full": (200, 1_500)}
"""Size → kills on each database, pupils that a file adds."""


def main() -> int:
    """Run on both databases."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--size", choices=SIZES, default="small")
    kills, pupils = SIZES[parser.parse_args().size]
    failed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sqlite").mkdir()
        with postgres(folder / "postgres") as server:
            for databases in (Sqlite(folder / "sqlite"), server):
                wrong = kill_imports(databases, kills, pupils)
                said = f"{kills} kills, {pupils} pupils a file: {wrong or 'sound'}"
                print(f"{type(databases).__name__:<10} {said}")
                failed |= bool(wrong)
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
