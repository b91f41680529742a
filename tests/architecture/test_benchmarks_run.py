"""The benchmarks run, and both sides of each give the same answers; times are not looked at."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.__main__ import TASKS

ROOT = Path(__file__).resolve().parents[2]


def test_every_task_runs_and_its_answers_are_equal(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    options = ["--engine", "sqlite", "--task", "all", "--size", "small", "--rounds", "2"]
    command = [sys.executable, "-m", "tests.benchmarks", *options, "--json", str(figures)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=400)
    assert done.returncode == 0, done.stderr
    written = json.loads(figures.read_text(encoding="utf-8"))
    assert {task["task"]: task["equal"] for task in written["tasks"]} == dict.fromkeys(TASKS, True)
    assert written["machine"]["python"]
