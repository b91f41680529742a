"""What the commands share."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import ArgumentError

from xuequ.core.database import configure_sqlite
from xuequ.core.errors import ExtraMissing, Problem, Problems, XuequError
from xuequ.core.extras import EXTRAS
from xuequ.core.fields import CODE

URL = "XUEQU_DATABASE_URL"


@dataclass(frozen=True, slots=True)
class Out:
    """Where results go: lines for people, or one JSON document."""

    as_json: bool

    def give(self, values: dict[str, Any], text: str) -> None:
        """Print the values as JSON, or the text."""
        print(json.dumps(values, ensure_ascii=False, default=str) if self.as_json else text)


def bad_usage(text: str) -> NoReturn:
    """Say what is wrong with the arguments, and exit with 2."""
    print(text, file=sys.stderr)
    raise SystemExit(2)


def district_place(text: str) -> str:
    """Read the codes of a county and a district, as argparse does."""
    if not re.fullmatch(f"{CODE}/{CODE}", text):
        raise argparse.ArgumentTypeError("应形如 县代码/学区代码，如 530921/qianfeng")
    return text


def county_code(text: str) -> str:
    """Read the code of a county, as argparse does."""
    if not re.fullmatch(CODE, text):
        raise argparse.ArgumentTypeError("应为县代码，如 530921")
    return text


def place_code(text: str) -> str:
    """Read the code of a county (of rules, also of a province), or those of a county and a district."""
    if not re.fullmatch(f"{CODE}(/{CODE})?", text):
        raise argparse.ArgumentTypeError("应形如 530921 或 530921/qianfeng")
    return text


def output_file(text: str) -> Path:
    """Read the path of a file that is to be written, as argparse does."""
    path = Path(text)
    if path.is_dir() or not path.parent.is_dir():
        raise argparse.ArgumentTypeError("应为已有文件夹中的文件名")
    return path


def with_url(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Add ``--url`` and ``--json``."""
    parser.add_argument("--url", default=os.environ.get(URL), help=f"数据库地址；也可设环境变量 {URL}")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    return parser


@contextmanager
def database(chosen: argparse.Namespace) -> Generator[Engine]:
    """Open the engine that ``--url`` names; without one it is bad usage."""
    if not chosen.url:
        bad_usage(f"缺少数据库地址：请用 --url 或环境变量 {URL}")
    engine = _engine(chosen.url)
    if engine.dialect.name == "sqlite":
        configure_sqlite(engine)
    try:
        yield engine
    finally:
        engine.dispose()


def _engine(url: str) -> Engine:
    """Make the engine; what cannot be read is not repeated, since a password may stand in it."""
    try:
        return create_engine(url, hide_parameters=True)  # names are parameters
    except (ArgumentError, ValueError):
        bad_usage("数据库地址无法识别，应形如 sqlite:///xuequ.sqlite 或 postgresql+psycopg://用户@主机/库名")
    except ModuleNotFoundError as error:
        if error.name not in EXTRAS:
            bad_usage(f"没有安装此数据库地址所需的驱动 {error.name}")
        raise ExtraMissing(library=error.name, extra=EXTRAS[error.name]) from None


def refusal(error: XuequError, language: str) -> dict[str, Any]:
    """Return a refusal as JSON-ready values: code, message, remedy, and each problem with its place."""
    said: dict[str, Any] = {
        "code": error.code,
        "message": error.message(language),
        "remedy": error.remedy(language),
    }
    if isinstance(error, Problems):
        said["problems"] = [problem_json(problem, language) for problem in error.problems]
    return {"error": said}


def problem_json(problem: Problem, language: str) -> dict[str, Any]:
    """Return a problem as JSON-ready values."""
    place = problem.place
    return {
        "code": problem.error.code,
        "sheet": place.sheet if place else None,
        "row": place.row if place else None,
        "column": place.column if place else None,
        "value": place.value if place else None,
        "message": problem.error.message(language),
        "remedy": problem.error.remedy(language),
    }


def complain(error: XuequError, language: str) -> None:
    """Say a refusal on the standard error: each problem, or message and remedy, with its code."""
    if isinstance(error, Problems):
        lines = [f"{problem.text(language)} [{problem.error.code}]" for problem in error.problems]
    else:
        lines = [f"{error.message(language)} {error.remedy(language)} [{error.code}]"]
    print("\n".join(lines), file=sys.stderr)
