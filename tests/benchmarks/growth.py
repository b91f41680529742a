"""Task o: imports grow linearly with their rows, and the memory that one takes does not.

The limit is the time a row of a short file, ours that of files ten and a hundred times as long, each in
a process of its own over a database of its own. The figure is the greater of theirs against the short one's;
it may grow a little, since the indexes do. In the extras stand the greatest resident memory of every
process (that of a PostgreSQL server not counted) and the microseconds a row.
"""

from __future__ import annotations

import multiprocessing
import resource
import secrets
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from tests.benchmarks.harness import Arena, Case, Goal, Sample, Size, Stopwatch, Task
from tests.benchmarks.import_pupils import Ground, write_folders
from tests.support import engine_for
from xuequ.core.keys import Keys
from xuequ.registry.models.pupils import Pupil
from xuequ.testing import make_district

ROWS: dict[Size, tuple[int, ...]] = {"small": (500, 1_500), "full": (10_000, 100_000, 1_000_000)}


@dataclass(frozen=True)
class Run:
    """What one import came to: seconds, the greatest resident memory in MB, and the pupils there are."""

    seconds: float
    memory: float
    pupils: int


@dataclass
class Growth:
    """Imports of several lengths, and what they came to."""

    arena: Arena
    keys: Keys
    folders: Mapping[int, Path]
    runs: dict[int, list[Run]] = field(default_factory=dict[int, list[Run]])

    def run(self, rows: int) -> Run:
        """Import a file of so many rows in a fresh process."""
        with self.arena.database() as engine:
            with Session(engine) as session:
                make_district(session, schools=0)
                ground = Ground(self.arena, self.folders[rows], self.keys)
                ground.take(session, ground.files / "ground")
            url = engine.url.render_as_string(hide_password=False)
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                run = pool.apply(_import, (url, self.folders[rows], self.keys))
        self.runs.setdefault(rows, []).append(run)
        return run

    def limit(self, _number: int) -> Sample[bool]:
        """The short file."""
        least = min(self.folders)
        run = self.run(least)
        return Sample(run.seconds / least, run.pupils == least)

    def ours(self, _number: int) -> Sample[bool]:
        """The long ones."""
        longer = sorted(self.folders)[1:]
        runs = [(rows, self.run(rows)) for rows in longer]
        worst = max(run.seconds / rows for rows, run in runs)
        return Sample(worst, all(run.pupils == rows for rows, run in runs))

    def extras(self) -> dict[str, float]:
        """Memory and time a row, by length: the least of all rounds, which other work disturbed least."""
        figures: dict[str, float] = {}
        for rows, runs in sorted(self.runs.items()):
            figures[f"{rows} rows: MB resident at most"] = round(min(run.memory for run in runs))
            figures[f"{rows} rows: µs a row"] = round(min(run.seconds for run in runs) / rows * 1e6)
        return figures


def _import(url: str, folder: Path, keys: Keys) -> Run:
    """Import a folder; what the process took at most says the operating system."""
    engine = engine_for(url)
    watch = Stopwatch()
    with Session(engine) as session:
        with watch:
            Ground.taking(session, folder / "whole", keys)
        pupils = session.query(Pupil).count()
    engine.dispose()
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Run(watch.seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, pupils)


@contextmanager
def prepare(arena: Arena) -> Generator[Case[bool]]:
    """Write the files and make the keys."""
    folders: dict[int, Path] = {}
    for rows in ROWS[arena.size]:
        folders[rows] = write_folders(arena.folder / f"growth-{arena.engine}-{rows}", rows)
    wrapping, index = {"k1": secrets.token_bytes(32)}, {"i1": secrets.token_bytes(32)}
    keys = Keys(wrapping=wrapping, current="k1", index=index, current_index="i1")
    growth = Growth(arena, keys, folders)
    yield Case(limit=growth.limit, ours=growth.ours, extras=growth.extras)


TASK: Task[bool] = Task(
    name="o",
    title="import a row of a file a hundred times as long",
    goals={"sqlite": Goal(1.5), "postgresql": Goal(1.5)},
    prepare=prepare,
    rounds=5,
)
