"""``xuequ seal | verify``: the journal's chain."""

from __future__ import annotations

import argparse
from typing import Any

from sqlalchemy.orm import Session

from xuequ.cli.common import Out, county_code, database, with_url
from xuequ.core.access import Actor
from xuequ.core.journal import Head, head, seal, verify_chain
from xuequ.district import County


def add_to(commands: Any) -> None:
    """Add the commands."""
    sealing = with_url(commands.add_parser("seal", help="封存日志中尚未封存的记录"))
    sealing.add_argument("county", type=county_code, help="县代码")
    sealing.set_defaults(run=run_seal)
    verifying = with_url(commands.add_parser("verify", help="核验日志未被改动"))
    verifying.add_argument("county", type=county_code, help="县代码")
    verifying.add_argument("--anchor", type=_anchor, help="另存的链头，形如 1203:9f86d0…")
    verifying.set_defaults(run=run_verify)


def _anchor(text: str) -> Head:
    number, _, digest = text.partition(":")
    if not number.isdigit() or len(digest) != 64:
        raise argparse.ArgumentTypeError("应形如 序号:64位十六进制")
    return Head(int(number), digest)


def _county_id(session: Session, code: str) -> int:
    return County(session, code, actor=Actor.system("xuequ")).context.scope.county_id


def run_seal(chosen: argparse.Namespace, out: Out) -> None:
    """Seal until nothing is left, committing each batch."""
    total = 0
    with database(chosen) as engine, Session(engine) as session:
        county_id = _county_id(session, chosen.county)
        while count := seal(session, county_id):
            session.commit()
            total += count
        end = head(session, county_id)
    text = f"封存 {total} 条；链头 {end.seq}:{end.hash}（请另存此链头）"
    out.give({"sealed": total, "head": f"{end.seq}:{end.hash}"}, text)


def run_verify(chosen: argparse.Namespace, out: Out) -> int:
    """Recompute the chain; exit 1 when anything is wrong."""
    with database(chosen) as engine, Session(engine) as session:
        found = verify_chain(session, _county_id(session, chosen.county), chosen.anchor)
    lines = [f"链头 {found.head.seq}:{found.head.hash}；未封存 {found.unsealed} 条", *found.wrong]
    lines.append("日志完好。" if found.sound else f"发现 {len(found.wrong)} 处异常！")
    values = {
        "head": f"{found.head.seq}:{found.head.hash}",
        "unsealed": found.unsealed,
        "wrong": list(found.wrong),
    }
    out.give(values, "\n".join(lines))
    return 0 if found.sound else 1
