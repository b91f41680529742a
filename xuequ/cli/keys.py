"""``xuequ keys new | usage | rotate``: the file of keys, and the change from old keys to new ones."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from xuequ.cli.common import Out, county_code, database, with_url
from xuequ.core.access import Actor
from xuequ.core.keys import add_key, read_keys
from xuequ.core.rotation import KeyUsage
from xuequ.district import County
from xuequ.embed.sealed import keys_in_use, rotate_keys


def add_to(commands: Any) -> None:
    """Add the commands."""
    top = commands.add_parser("keys", help="敏感信息的密钥：新建、查用量、更换")
    steps = top.add_subparsers(dest="step", required=True, metavar="步骤")
    new = steps.add_parser("new", help="新建密钥文件，或在其中加入一把新密钥并设为当前")
    new.add_argument("file", type=Path, help="密钥文件（仅所有者可读写）")
    new.add_argument("name", help="新密钥的名称，如 2027")
    new.add_argument("--json", action="store_true", help="输出 JSON")
    new.set_defaults(run=run_new)
    usage = with_url(steps.add_parser("usage", help="每把密钥还保护着多少"))
    rotate = with_url(steps.add_parser("rotate", help="把全县的数据改由当前密钥保护；中断后再次运行即可"))
    for command, run in ((usage, run_usage), (rotate, run_rotate)):
        command.add_argument("county", type=county_code, help="县代码")
        command.add_argument("--keys", type=Path, required=True, help="密钥文件")
        command.set_defaults(run=run)


def run_new(chosen: argparse.Namespace, out: Out) -> None:
    """Make a file of keys, or add a key to it."""
    add_key(chosen.file, chosen.name)
    text = f"密钥 {chosen.name} 已写入 {chosen.file.name} 并设为当前。请另存一份：丢失密钥即丢失数据。"
    out.give({"file": str(chosen.file), "current": chosen.name}, text)


def run_usage(chosen: argparse.Namespace, out: Out) -> None:
    """Say how much stands under each key."""
    keys = read_keys(chosen.keys)
    with database(chosen) as engine, Session(engine) as session:
        used = keys_in_use(session, _county_id(session, chosen.county), keys)
    out.give({"wrapping": used.wrapping, "index": used.index}, _said(used))


def run_rotate(chosen: argparse.Namespace, out: Out) -> None:
    """Change to the current keys, committing each batch."""
    keys, total = read_keys(chosen.keys), 0
    with database(chosen) as engine, Session(engine) as session:
        county_id = _county_id(session, chosen.county)
        while count := rotate_keys(session, county_id, keys):
            session.commit()
            total += count
        used = keys_in_use(session, county_id, keys)
    values = {"changed": total, "wrapping": used.wrapping, "index": used.index}
    out.give(values, f"更换 {total} 处。\n{_said(used)}")


def _county_id(session: Session, code: str) -> int:
    return County(session, code, actor=Actor.system("xuequ keys")).context.scope.county_id


def _said(used: KeyUsage) -> str:
    lines = [f"密钥 {name}：{count} 人" for name, count in used.wrapping.items()]
    lines += [f"索引密钥 {name}：{count} 处" for name, count in used.index.items()]
    return "\n".join(lines) or "还没有任何加密的数据。"
