"""What the commands share."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, create_engine

from xuequ.core.database import configure_sqlite

URL = "XUEQU_DATABASE_URL"


@dataclass(frozen=True, slots=True)
class Out:
    """Where results go: lines for people, or one JSON document."""

    as_json: bool

    def give(self, values: dict[str, Any], text: str) -> None:
        """Print the values as JSON, or the text."""
        print(json.dumps(values, ensure_ascii=False, default=str) if self.as_json else text)


def with_url(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Add ``--url`` and ``--json``."""
    parser.add_argument("--url", default=os.environ.get(URL), help=f"数据库地址；也可设环境变量 {URL}")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    return parser


@contextmanager
def database(chosen: argparse.Namespace) -> Generator[Engine]:
    """Open the engine that ``--url`` names; without one it is bad usage."""
    if not chosen.url:
        print(f"缺少数据库地址：请用 --url 或环境变量 {URL}", file=sys.stderr)
        raise SystemExit(2)
    engine = create_engine(chosen.url)
    if engine.dialect.name == "sqlite":
        configure_sqlite(engine)
    try:
        yield engine
    finally:
        engine.dispose()
