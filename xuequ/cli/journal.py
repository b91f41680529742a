"""``xuequ seal | verify | feed``: the journal's chain, the data checks, the change feed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from xuequ.cli.common import Out, county_code, database, with_url
from xuequ.core.access import Actor
from xuequ.core.checks import DataCheck, Finding
from xuequ.core.feed import read_feed
from xuequ.core.journal import Head, head, seal, verify_chain
from xuequ.core.storage import FolderStorage
from xuequ.district import County
from xuequ.embed.checks import run_data_checks


def add_to(commands: Any) -> None:
    """Add the commands."""
    sealing = with_url(commands.add_parser("seal", help="封存日志中尚未封存的记录"))
    sealing.add_argument("county", type=county_code, help="县代码")
    sealing.set_defaults(run=run_seal)
    verifying = with_url(commands.add_parser("verify", help="核验日志未被改动，并检查数据"))
    verifying.add_argument("county", type=county_code, help="县代码")
    verifying.add_argument("--anchor", type=_anchor, help="另存的链头，形如 1203:9f86d0…")
    verifying.add_argument("--only", metavar="CODE", help="只做这一项数据检查，不核验日志")
    verifying.add_argument("--storage", type=_folder, help="存放附件的文件夹；不给则不核对附件内容")
    verifying.set_defaults(run=run_verify)
    feeding = with_url(commands.add_parser("feed", help="封存并按序读取变更流，每行一条 JSON"))
    feeding.add_argument("county", type=county_code, help="县代码")
    feeding.add_argument("--after", type=_count, default=0, help="游标：上次读到的序号（默认 0）")
    feeding.add_argument("--limit", type=_count, default=1_000, help="至多几条（默认 1000）")
    feeding.add_argument("--name", action="append", help="只要此名称的记录，可多次给出")
    feeding.set_defaults(run=run_feed)


def _anchor(text: str) -> Head:
    number, _, digest = text.partition(":")
    if not number.isdigit() or len(digest) != 64:
        raise argparse.ArgumentTypeError("应形如 序号:64位十六进制")
    return Head(int(number), digest)


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("应为不小于 0 的整数")
    return int(text)


def _folder(text: str) -> Path:
    path = Path(text)
    if not path.is_dir():
        raise argparse.ArgumentTypeError("应为已有的文件夹")
    return path


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
    """Recompute the chain and run the data checks; exit 1 when anything is wrong."""
    with database(chosen) as engine, Session(engine) as session:
        county_id = _county_id(session, chosen.county)
        chain = None if chosen.only else verify_chain(session, county_id, chosen.anchor)
        storage = FolderStorage(chosen.storage) if chosen.storage else None
        results = run_data_checks(session, chosen.county, only=chosen.only, storage=storage)
    findings = [(result.check, found) for result in results for found in result.findings or ()]
    wrong = [*(chain.wrong if chain else ()), *(_said(check, found) for check, found in findings)]
    skipped = [result.check.code for result in results if result.findings is None]
    values: dict[str, Any] = {
        "wrong": wrong,
        "findings": [_finding_json(check, found) for check, found in findings],
        "skipped": skipped,
    }
    counted = f"数据检查 {len(results) - len(skipped)} 项"
    counted += f"，未做 {len(skipped)} 项（须给出 --storage）" if skipped else ""
    head_line, sound = counted, "数据检查未发现问题。"
    if chain is not None:
        end = f"{chain.head.seq}:{chain.head.hash}"
        values |= {"head": end, "unsealed": chain.unsealed}
        head_line, sound = f"链头 {end}；未封存 {chain.unsealed} 条；{counted}", "日志完好。"
    last = f"发现 {len(wrong)} 处异常！" if wrong else sound
    out.give(values, "\n".join([head_line, *wrong, last]))
    return 1 if wrong else 0


def _said(check: DataCheck, found: Finding) -> str:
    return f"{check.title}：{found.table} {found.row_id} {found.what}。{check.remedy}[{check.code}]"


def _finding_json(check: DataCheck, found: Finding) -> dict[str, str]:
    return {
        "check": check.code,
        "title": check.title,
        "table": found.table,
        "id": str(found.row_id),
        "what": found.what,
        "remedy": check.remedy,
    }


def run_feed(chosen: argparse.Namespace, out: Out) -> None:
    """Seal what is not sealed, and print the next facts, a JSON document a line; then the cursor.

    With ``--json`` there are the facts' lines only, for a program; the cursor is the last line's ``seq``.
    """
    with database(chosen) as engine, Session(engine) as session:
        county_id = _county_id(session, chosen.county)
        while seal(session, county_id):
            session.commit()
        page = read_feed(session, county_id, chosen.after, chosen.limit, names=chosen.name)
    for change in page.changes:
        print(change.model_dump_json())
    if not out.as_json:
        print(f"下次从 --after {page.after} 读起")
