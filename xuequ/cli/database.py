"""``xuequ db``: the tables and their migrations."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from xuequ.cli.common import Out, bad_usage, database, with_url
from xuequ.core.errors import NotADowngrade, RevisionUnknown
from xuequ.embed import migrations

Run = Callable[[argparse.Namespace, Out], None]


def add_to(commands: Any) -> None:
    """Add the commands."""
    group = commands.add_parser("db", help="表结构：升级、降级、查看").add_subparsers(
        dest="verb", required=True, metavar="动作"
    )
    _add(group, "upgrade", "升级表结构", upgrade, "head")
    _add(group, "downgrade", "降级表结构（base 为全部移除）", downgrade, None)
    _add(group, "stamp", "只写入版本号，不动表", stamp, "head")
    for name, words, run in (
        ("current", "查看数据库的版本", current),
        ("check", "检查是否为最新", check),
    ):
        with_url(group.add_parser(name, help=words)).set_defaults(run=run)
    _plain(group, "history", "列出全部版本", history)
    sql_parser = _plain(group, "sql", "输出升级所用的 SQL", sql)
    sql_parser.add_argument("--dialect", choices=("postgresql", "sqlite"), default="postgresql")
    sql_parser.add_argument("revision", nargs="?", default="head", help="如 head 或 0001:head")


def _add(group: Any, name: str, words: str, run: Run, default: str | None) -> None:
    parser = with_url(group.add_parser(name, help=words))
    if default is None:
        parser.add_argument("revision", help="版本号")
    else:
        parser.add_argument("revision", nargs="?", default=default, help="版本号（默认最新）")
    parser.set_defaults(run=run)


def _plain(group: Any, name: str, words: str, run: Run) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = group.add_parser(name, help=words)
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)
    return parser


def _migrate(chosen: argparse.Namespace, out: Out, move: Callable[[Any, str], None]) -> None:
    with database(chosen) as engine, engine.connect() as connection:
        try:
            move(connection, chosen.revision)
        except (RevisionUnknown, NotADowngrade) as error:
            bad_usage(f"{error.message(chosen.lang)} {error.remedy(chosen.lang)}")
        found = migrations.current(connection)
    out.give({"current": found, "head": migrations.head()}, f"现在的版本：{found or '空'}")


def upgrade(chosen: argparse.Namespace, out: Out) -> None:
    """Upgrade."""
    _migrate(chosen, out, migrations.upgrade)


def downgrade(chosen: argparse.Namespace, out: Out) -> None:
    """Downgrade."""
    _migrate(chosen, out, migrations.downgrade)


def stamp(chosen: argparse.Namespace, out: Out) -> None:
    """Stamp."""
    _migrate(chosen, out, migrations.stamp)


def current(chosen: argparse.Namespace, out: Out) -> None:
    """Print the database's revision beside the library's."""
    with database(chosen) as engine, engine.connect() as connection:
        found = migrations.current(connection)
    head = migrations.head()
    out.give({"current": found, "head": head}, f"数据库：{found or '空'}；本程序：{head}")


def check(chosen: argparse.Namespace, out: Out) -> None:
    """Refuse a database that is not at the head."""
    with database(chosen) as engine, engine.connect() as connection:
        migrations.check(connection)
    out.give({"ok": True}, "表结构是最新的。")


def history(chosen: argparse.Namespace, out: Out) -> None:
    """List the revisions, the oldest first."""
    found = migrations.history()
    lines = "\n".join(f"{revision}  {words}" for revision, words in found)
    out.give({"revisions": [{"revision": r, "what": w} for r, w in found]}, lines)


def sql(chosen: argparse.Namespace, out: Out) -> None:
    """Print an upgrade as SQL."""
    try:
        text = migrations.sql(chosen.revision, chosen.dialect)
    except (RevisionUnknown, NotADowngrade) as error:
        bad_usage(f"{error.message(chosen.lang)} {error.remedy(chosen.lang)}")
    out.give({"sql": text}, text)
