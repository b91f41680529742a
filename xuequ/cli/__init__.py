"""The command line: ``xuequ demo | db | found | template | import | report | seal | verify``.

Exit code 0 when it went well, 1 when the library refuses, 2 for bad usage.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from xuequ.cli import database, demo, files, journal
from xuequ.cli.common import Out
from xuequ.core.errors import Problems, XuequError

PARTS = (demo, database, files, journal)


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    top = argparse.ArgumentParser(prog="xuequ", description="学区管理：建库、导入、报表、核验")
    top.add_argument(
        "--lang", choices=("zh", "en"), default=os.environ.get("XUEQU_LANG", "zh"), help="语言 / language"
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="命令")
    for part in PARTS:
        part.add_to(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code."""
    chosen = parser().parse_args(arguments)
    out = Out(as_json=getattr(chosen, "json", False))
    run: Callable[[argparse.Namespace, Out], int | None] = chosen.run
    try:
        return run(chosen, out) or 0
    except XuequError as error:
        _refused(error, chosen.lang, out)
        return 1


def _refused(error: XuequError, language: str, out: Out) -> None:
    if out.as_json:
        print(json.dumps(refusal(error, language), ensure_ascii=False))
        return
    if isinstance(error, Problems):
        lines = [problem.text(language) for problem in error.problems]
        print("\n".join(lines), file=sys.stderr)
    else:
        print(f"{error.message(language)} {error.remedy(language)} [{error.code}]", file=sys.stderr)


def refusal(error: XuequError, language: str) -> dict[str, Any]:
    """Return a refusal as JSON-ready values: code, message, remedy, and each problem with its place."""
    said: dict[str, Any] = {
        "code": error.code,
        "message": error.message(language),
        "remedy": error.remedy(language),
    }
    if isinstance(error, Problems):
        said["problems"] = [files.problem_json(problem, language) for problem in error.problems]
    return {"error": said}
