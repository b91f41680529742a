"""The command line: ``xuequ demo | db | found | template | import | report | rules | codes | keys | …``.

Exit code 0 when it went well, 1 when the library refuses, 2 for bad usage.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Sequence
from typing import Any

from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from xuequ.cli import database, demo, files, imports, journal, keys, reports, rules
from xuequ.cli.common import Out, bad_usage, complain, refusal
from xuequ.core.database import translate
from xuequ.core.errors import XuequError
from xuequ.exchange.reader import in_chinese

PARTS = (demo, database, files, imports, reports, journal, keys, rules)
LANGUAGES = ("zh", "en")


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    top = argparse.ArgumentParser(prog="xuequ", description="学区管理：建库、导入、报表、核验")
    wanted = os.environ.get("XUEQU_LANG", "")
    default = wanted if wanted in LANGUAGES else LANGUAGES[0]
    top.add_argument("--lang", choices=LANGUAGES, default=default, help="语言 / language")
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
    except ValidationError as error:
        bad_usage("\n".join(_said(wrong) for wrong in error.errors(include_url=False)))
    except DBAPIError as error:
        return _refused(translate(error), chosen.lang, out)
    except XuequError as error:
        return _refused(error, chosen.lang, out)


def _said(wrong: Any) -> str:
    return f"“{wrong['input']}”不能作 {wrong['loc'][0]}，须是{in_chinese(wrong)}"


def _refused(error: XuequError, language: str, out: Out) -> int:
    if out.as_json:
        print(json.dumps(refusal(error, language), ensure_ascii=False))
    else:
        complain(error, language)
    return 1
