"""The benchmarks run, and both sides of each give the same answers; times are not looked at."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.__main__ import TASKS

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("engine", "task"), [("sqlite", "all"), ("postgresql", "e")])
def test_every_task_runs_and_its_answers_are_equal(tmp_path: Path, engine: str, task: str) -> None:
    """SQLite has all tasks but those that only a server has a goal for."""
    figures = tmp_path / "figures.json"
    options = ["--engine", engine, "--task", task, "--size", "small", "--rounds", "2"]
    command = [sys.executable, "-m", "tests.benchmarks", *options, "--json", str(figures)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=400)
    assert done.returncode == 0, done.stderr
    written = json.loads(figures.read_text(encoding="utf-8"))
    asked = {task} if task != "all" else {name for name, one in TASKS.items() if engine in one.goals}
    assert {one["task"]: one["equal"] for one in written["tasks"]} == dict.fromkeys(asked, True)
    assert written["machine"]["python"]
