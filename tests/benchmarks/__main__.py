"""``python -m tests.benchmarks``: run tasks, print the table, write the JSON."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks import growth, import_pupils, import_time, overview, posting, view_by_id
from tests.benchmarks.harness import ENGINES, SIZES, Arena, Task, document, measure, table

TASKS: dict[str, Task[Any]] = {
    task.name: task
    for task in (
        *(import_pupils.TASK, view_by_id.TASK, posting.ONE_CLAIM, posting.BATCHES),
        *(overview.TASK, import_time.TASK, growth.TASK),
    )
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Return 1 when the two sides of a task gave different answers, and 0 whatever the times were."""
    parser = _parser()
    wanted = parser.parse_args(arguments)
    named = list(TASKS.values()) if wanted.task == "all" else [TASKS[wanted.task]]
    tasks = [task for task in named if wanted.engine in task.goals]
    if not tasks:
        parser.error(f"task {wanted.task} has no goal on {wanted.engine}")
    with (
        tempfile.TemporaryDirectory(prefix="xuequ-bench-") as folder,
        Arena(wanted.engine, wanted.size, Path(folder)) as arena,
    ):
        results = [measure(task, arena, wanted.rounds) for task in tasks]
        figures = document(arena, results)
    print(table(results))
    if wanted.json:
        wanted.json.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0 if all(result.equal for result in results) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    parser.add_argument("--task", choices=[*TASKS, "all"], default="all")
    parser.add_argument("--size", choices=SIZES, default="full")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE")
    parser.add_argument(
        "--rounds", type=_positive, help="the task's own number when left out; under 5 is a trial"
    )
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


if __name__ == "__main__":
    sys.exit(main())
