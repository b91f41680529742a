"""What every task shares: samples of both sides, rounds, medians, the table and the JSON.

A round is a few pairs of samples, one of each side. The limit goes first in the first pair, and after that
the first place alternates from pair to pair and from round to round, so that a machine that slows down
or warms up favours neither. One round is run and compared before the first that counts, and the answers
of every pair are compared: a task whose answers differ has no figures.
A figure is made within each round (`ratio` or `added_ms` of the two times of that round); its median
stands in the table with the least and the greatest. Machines are shared and noisy: no bare time is a goal.
"""

from __future__ import annotations

import gc
import operator
import os
import platform
import sqlite3
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from statistics import median
from types import TracebackType
from typing import Any, Generic, Literal, Self, TypeVar

import sqlalchemy
from sqlalchemy import Connection, Engine, event

from tests.support import Databases, Sqlite, engine_for, postgres

A = TypeVar("A")
EngineName = Literal["sqlite", "postgresql"]
Size = Literal["small", "full"]
ENGINES: tuple[EngineName, ...] = ("sqlite", "postgresql")
SIZES: tuple[Size, ...] = ("small", "full")
FEWEST_ROUNDS = 5
"""A run of fewer rounds is a trial: it prints its figures and does not say whether the goal is met."""


@dataclass(frozen=True)
class Goal:
    """What the median figure must keep to; without `at_most` the bound is the least that will do."""

    bound: float
    at_most: bool = True

    def met_by(self, figure: float) -> bool:
        return figure <= self.bound if self.at_most else figure >= self.bound

    def __str__(self) -> str:
        return f"{'≤' if self.at_most else '≥'} {self.bound:g}"


@dataclass(frozen=True)
class Sample(Generic[A]):
    """The time of one side in one round, measured by the side itself, and its answer."""

    seconds: float
    answer: A


class Stopwatch:
    """Adds up the time spent inside its ``with`` blocks; what lies between them counts for nobody."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._since = 0.0

    def __enter__(self) -> Self:
        self._since = time.perf_counter()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.seconds += time.perf_counter() - self._since


def ratio(limit: float, ours: float) -> float:
    """Return our time as a multiple of the limit's."""
    return ours / limit


def speed(limit: float, ours: float) -> float:
    """Return how many of ours are done in the time of one of the limit's: above 1 ours is faster."""
    return limit / ours


def added_ms(limit: float, ours: float) -> float:
    """Return the milliseconds that ours takes beyond the limit."""
    return (ours - limit) * 1000


@dataclass(frozen=True)
class Case(Generic[A]):
    """A task made ready: both sides are called with the number of the pair, and take one sample.

    Args:
        operations: how many operations one sample holds; times are shown for one.
        pairs: how many samples of each side a round has.
        extras: figures without a goal, asked for after the last round.
    """

    limit: Callable[[int], Sample[A]]
    ours: Callable[[int], Sample[A]]
    equal: Callable[[A, A], bool] = operator.eq
    operations: int = 1
    pairs: int = 1
    extras: Callable[[], Mapping[str, float]] = dict[str, float]


@dataclass(frozen=True)
class Task(Generic[A]):
    """One line of the goals.

    Args:
        name: its letter there.
        goals: by engine.
        prepare: makes the data and tears them down again.
        figure: makes a round's figure of the limit's and our seconds an operation.
        rounds: unless the command line says otherwise.
    """

    name: str
    title: str
    goals: Mapping[EngineName, Goal]
    prepare: Callable[[Arena], AbstractContextManager[Case[A]]]
    figure: Callable[[float, float], float] = ratio
    rounds: int = 15


class Arena:
    """Where tasks run: an engine's name, a size, a folder, and databases for the tasks that want one."""

    def __init__(self, engine: EngineName, size: Size, folder: Path) -> None:
        self.engine: EngineName = engine
        self.size: Size = size
        self.folder = folder
        self.server_version: str | None = None
        self._stack = ExitStack()
        self._databases: Databases | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @contextmanager
    def database(self) -> Generator[Engine]:
        """Make a migrated database of the task's own, and an engine on it as a host should."""
        databases = self._opened()
        url = databases.url()
        engine = engine_for(url)
        try:
            with engine.connect() as connection:
                self.server_version = server_version(connection)
            yield engine
        finally:
            engine.dispose()
            databases.drop(url)

    def _opened(self) -> Databases:
        if self._databases is None:
            folder = self.folder / self.engine
            if self.engine == "sqlite":
                folder.mkdir()
                self._databases = Sqlite(folder)
            else:
                self._databases = self._stack.enter_context(postgres(folder))
        return self._databases


@dataclass(frozen=True)
class Result:
    """What a task came to. Without equal answers there are no figures.

    `met` is None in a trial of fewer than `FEWEST_ROUNDS` rounds.
    """

    task: str
    title: str
    engine: EngineName
    size: Size
    rounds: int
    operations: int
    pairs: int
    measure: str
    goal: str
    equal: bool
    limit_ms: float | None = None
    ours_ms: float | None = None
    figure: float | None = None
    least: float | None = None
    greatest: float | None = None
    met: bool | None = None
    extras: Mapping[str, float] = field(default_factory=dict[str, float])


def measure(task: Task[Any], arena: Arena, rounds: int | None = None) -> Result:
    """Run the rounds of a task."""
    with task.prepare(arena) as case:
        return _measure(task, case, arena, rounds or task.rounds)


def _measure(task: Task[Any], case: Case[Any], arena: Arena, rounds: int) -> Result:
    goal = task.goals[arena.engine]
    result = Result(
        task=task.name,
        title=task.title,
        engine=arena.engine,
        size=arena.size,
        rounds=rounds,
        operations=case.operations,
        pairs=case.pairs,
        measure=task.figure.__name__,
        goal=str(goal),
        equal=False,
    )
    times = [_round(case, number) for number in range(rounds + 1)]
    counted = [pair for pair in times[1:] if pair is not None]
    if len(counted) < rounds or times[0] is None:
        return result
    figures = [task.figure(*pair) for pair in counted]
    middle = median(figures)
    return replace(
        result,
        equal=True,
        extras=dict(case.extras()),
        limit_ms=median(limit for limit, _ in counted) * 1000,
        ours_ms=median(ours for _, ours in counted) * 1000,
        figure=middle,
        least=min(figures),
        greatest=max(figures),
        met=goal.met_by(middle) if rounds >= FEWEST_ROUNDS else None,
    )


def _round(case: Case[Any], number: int) -> tuple[float, float] | None:
    """Return both sides' seconds an operation, or None when their answers differ."""
    limit_seconds = our_seconds = 0.0
    for step in range(case.pairs):
        limit, ours = _pair(case, number * case.pairs + step, limit_first=(number + step) % 2 == 0)
        if not case.equal(limit.answer, ours.answer):
            return None
        limit_seconds += limit.seconds
        our_seconds += ours.seconds
    operations = case.operations * case.pairs
    return limit_seconds / operations, our_seconds / operations


def _pair(case: Case[A], number: int, *, limit_first: bool) -> tuple[Sample[A], Sample[A]]:
    """Take both samples; the collector starts from nothing each time."""
    samples: list[Sample[A]] = []
    for side in (case.limit, case.ours) if limit_first else (case.ours, case.limit):
        gc.collect()
        samples.append(side(number))
    first, second = samples
    return (first, second) if limit_first else (second, first)


@contextmanager
def statements(engine: Engine) -> Generator[list[str]]:
    """Collect the statements that reach the driver; for checks outside the rounds, since it costs time."""
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, _p: Any, _context: Any, _many: bool) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def server_version(connection: Connection) -> str:
    """Return the version of the database behind a connection."""
    return ".".join(str(part) for part in connection.dialect.server_version_info or ())


def machine(arena: Arena) -> dict[str, str | int | None]:
    """Describe the machine, without names of hosts or paths."""
    return {
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "platform": platform.platform(),
        "cpus": os.cpu_count(),
        "sqlalchemy": sqlalchemy.__version__,
        "sqlite": sqlite3.sqlite_version,
        "postgresql": arena.server_version if arena.engine == "postgresql" else None,
    }


def table(results: Sequence[Result]) -> str:
    """Lay the results out in aligned columns, with the figures without a goal below."""
    rows = [
        ("task", "engine", "limit ms", "ours ms", "median [min–max]", "goal", "met"),
        *map(_line, results),
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    lines += [
        f"{result.task}: {name} {value:g}" for result in results for name, value in result.extras.items()
    ]
    return "\n".join(line.rstrip() for line in lines)


def _line(result: Result) -> tuple[str, ...]:
    start = (f"{result.task} {result.title}", result.engine)
    if result.figure is None:
        return (*start, "–", "–", "ANSWERS DIFFER", result.goal, "no")
    unit = " ms" if result.measure == added_ms.__name__ else ""
    return (
        *start,
        f"{result.limit_ms:.3f}",
        f"{result.ours_ms:.3f}",
        f"{result.figure:.3f} [{result.least:.3f}–{result.greatest:.3f}]{unit}",
        result.goal + unit,
        {True: "yes", False: "no", None: "trial"}[result.met],
    )


def document(arena: Arena, results: Sequence[Result]) -> dict[str, Any]:
    """Return what the JSON file holds."""
    return {"machine": machine(arena), "tasks": [asdict(result) for result in results]}
