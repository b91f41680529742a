"""``xuequ demo``: the example that comes with the library."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path
from typing import Any

from xuequ.cli.common import Out


def add_to(commands: Any) -> None:
    """Add the command."""
    parser: argparse.ArgumentParser = commands.add_parser("demo", help="建立示例学区并生成报表")
    parser.add_argument("--out", default="out", help="存放数据库与报表的文件夹（默认 out）")
    parser.add_argument("--url", help="数据库地址；不填则用文件夹内的 SQLite")
    parser.set_defaults(run=run)


def examples() -> Path:
    """Return where the examples are: in the wheel, or beside the package in a checkout."""
    package = Path(__file__).resolve().parents[1]
    packed = package / "_examples"
    return packed if packed.is_dir() else package.parent / "examples"


def run(chosen: argparse.Namespace, out: Out) -> None:
    """Run the very script that stands in ``examples/``."""
    spec = importlib.util.spec_from_file_location("set_up_qianfeng", examples() / "set_up_qianfeng.py")
    assert spec is not None and spec.loader is not None
    sys.path.insert(0, str(examples()))  # where its neighbours are, as when it is run by its path
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.main(["--out", chosen.out, *(["--url", chosen.url] if chosen.url else [])])
