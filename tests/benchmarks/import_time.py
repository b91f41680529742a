"""Task h: ``import xuequ`` against bare Python.

Both sides are fresh interpreters of this environment, started in turn without our environment's PYTHON*
and coverage variables; the figure is the milliseconds that ``import xuequ`` adds to ``pass``. The warm-up
has the bytecode written. Whether a heavy library came along is asked of another process, which prints
what it has loaded, so that asking costs neither side anything. The engine makes no difference.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median

from tests.benchmarks.harness import Arena, Case, Goal, Sample, Size, Stopwatch, Task, added_ms

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("sqlalchemy", "pydantic", "alembic", "pendulum", "openpyxl", "jinja2", "ortools", "matplotlib")
PAIRS: dict[Size, int] = {"small": 1, "full": 3}
DOORS: dict[Size, int] = {"small": 2, "full": 6}
BARE = "pass"
OURS = "import xuequ"
DOOR = "from xuequ import District"


@contextmanager
def prepare(arena: Arena) -> Generator[Case[frozenset[str]]]:
    """Nothing to make: both sides are one line of Python."""
    yield Case(
        limit=partial(_sample, BARE),
        ours=partial(_sample, OURS),
        equal=_both_free_of_heavy_libraries,
        pairs=PAIRS[arena.size],
        extras=partial(_extras, DOORS[arena.size]),
    )


def _sample(code: str, _number: int) -> Sample[frozenset[str]]:
    return Sample(_seconds(code), _heavy_after(code))


def _seconds(code: str) -> float:
    with Stopwatch() as watch:
        _run(code)
    return watch.seconds


def _run(code: str) -> str:
    """Run one line in a fresh interpreter; return what it prints."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))
    }
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    ).stdout


def _heavy_after(code: str) -> frozenset[str]:
    loaded = _run(f"{code}\nimport sys\nprint(*sys.modules)").split()
    return frozenset(HEAVY).intersection(loaded)


def _both_free_of_heavy_libraries(bare: frozenset[str], ours: frozenset[str]) -> bool:
    return not bare and not ours


def _extras(doors: int) -> dict[str, float]:
    pairs = [(_seconds(BARE), _seconds(DOOR)) for _ in range(doors)]
    added = [added_ms(bare, door) for bare, door in pairs[1:]]
    return {f"ms that `{DOOR}` adds": round(median(added), 1)}


TASK = Task(
    name="h",
    title=OURS,
    goals={"sqlite": Goal(30), "postgresql": Goal(30)},
    prepare=prepare,
    figure=added_ms,
    rounds=40,
)
