"""Workbooks in and out: plan, apply, export, and the history."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from xuequ.cli.common import Out, complain, output_file, place_code, refusal, with_url
from xuequ.cli.doors import TEMPLATES, open_door
from xuequ.cli.plans import plan_json, plan_text
from xuequ.core.errors import Problems
from xuequ.core.plan import Decision
from xuequ.core.settings import CHINA
from xuequ.exchange.importing import apply_file, export_file, find_template, plan_file
from xuequ.exchange.reader import Progress
from xuequ.exchange.rejects import write_rejects_of

PLACE = "县代码/学区代码；校历、规则参数等由县填报的，也可只写县代码"
KEYS = "密钥文件；表中有证件号码或电话时须给出"


def add_to(commands: Any) -> None:
    """Add the commands."""
    bring = with_url(commands.add_parser("import", help="导入工作簿或 csv"))
    bring.add_argument("file", type=Path, help="xlsx、xls、csv 文件，或按工作表命名的 csv 文件夹")
    bring.add_argument("--place", type=place_code, required=True, help=PLACE)
    bring.add_argument("--template", default="registry.set_up", help="模板名")
    how = bring.add_mutually_exclusive_group(required=True)
    how.add_argument("--plan", action="store_true", help="只看计划，不写入")
    how.add_argument("--apply", action="store_true", help="写入，全部成功或全部不写")
    bring.add_argument(
        "--decide",
        choices=[decision.value for decision in Decision],
        default=Decision.ASK.value,
        help="表格与手工登记的内容不一致时：ask 列出待定（默认），file 以表为准，registered 以登记为准",
    )
    bring.add_argument("--rejects", type=output_file, help="把有问题的行连同改法写入此 .xlsx，改好后再导入")
    bring.add_argument("--keys", type=Path, help=KEYS)
    bring.set_defaults(run=bring_in)

    out = with_url(commands.add_parser("export", help="导出为工作簿，原样导入不作任何改动"))
    out.add_argument("template", help="模板名，如 registry.set_up")
    out.add_argument("--place", type=place_code, required=True, help=PLACE)
    out.add_argument("--school", help="只导出此校，填学校代码")
    out.add_argument("-o", "--output", type=output_file, required=True)
    out.add_argument("--keys", type=Path, help=KEYS)
    out.set_defaults(run=take_out)

    history = with_url(commands.add_parser("imports", help="列出导入记录"))
    history.add_argument("--place", type=place_code, required=True, help=PLACE)
    history.add_argument("--template", help="只列此模板的")
    history.set_defaults(run=list_imports)


def bring_in(chosen: argparse.Namespace, out: Out) -> int:
    """Plan a file, or apply it; exit 1 when there are problems."""
    declared = find_template(chosen.template, TEMPLATES)
    decision = Decision(chosen.decide)
    bring = apply_file if chosen.apply else plan_file
    with open_door(chosen, declared) as (session, door), progress_shown(sys.stderr) as progress:
        try:
            plan = bring(door, chosen.file, declared, decision, progress)
        except Problems as refused:
            return _refuse(chosen, out, refused, {})
        if chosen.apply:
            session.commit()
    values, text = plan_json(plan, chosen.lang), plan_text(plan, applied=chosen.apply)
    if not plan.problems:
        out.give(values, text)
        return 0
    if not out.as_json:
        out.give(values, text)
    return _refuse(chosen, out, Problems(problems=plan.problems), values)


def _refuse(chosen: argparse.Namespace, out: Out, refused: Problems, values: dict[str, Any]) -> int:
    """Say what is wrong, and write the rows that are into a workbook if asked to."""
    if out.as_json:
        out.give(values | refusal(refused, chosen.lang), "")
    else:
        complain(refused, chosen.lang)
    if chosen.rejects is not None:
        declared = find_template(chosen.template, TEMPLATES)
        count = write_rejects_of(chosen.rejects, chosen.file, declared, refused.problems)
        print(f"有问题的 {count} 行已写入 {chosen.rejects}，改好后可直接导入", file=sys.stderr)
    return 1


def take_out(chosen: argparse.Namespace, out: Out) -> None:
    """Export what is registered."""
    declared = find_template(chosen.template, TEMPLATES)
    with open_door(chosen, declared) as (session, door):
        export = export_file(door, chosen.output, declared, chosen.school)
        session.commit()  # the journal says who took it out
    counts = {name: len(rows) for name, rows in export.rows.items()}
    lines = [f"已写出 {chosen.output}"]
    lines += [f"  {sheet.title}：{counts[sheet.name]} 行" for sheet in declared.sheets]
    out.give({"file": str(chosen.output), "rows": counts}, "\n".join(lines))


def list_imports(chosen: argparse.Namespace, out: Out) -> None:
    """List the files that were applied."""
    with open_door(chosen) as (_, door):
        found = door.registry.books.imports(chosen.template)
    lines = [
        f"{one.at.astimezone(CHINA):%Y-%m-%d %H:%M}  {one.template}  {one.file or '（无文件）'}  "
        f"新增 {_sum(one.counts, 'added')} 变更 {_sum(one.counts, 'changed')}  {one.staff_no or one.reason}"
        for one in found
    ]
    imports = [one.model_dump(mode="json") for one in found]
    out.give({"imports": imports}, "\n".join(lines) or "没有导入记录")


def _sum(counts: dict[str, dict[str, int]], outcome: str) -> int:
    return sum(by_outcome.get(outcome, 0) for by_outcome in counts.values())


class progress_shown:  # noqa: N801 — it is used like a function
    """Show on a terminal how far a file is read; say nothing into a pipe."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.wide = 0

    def __enter__(self) -> Progress | None:
        return self.show if self.stream.isatty() else None

    def __exit__(self, *_: object) -> None:
        if self.wide:
            self.stream.write("\r" + " " * self.wide + "\r")
            self.stream.flush()

    def show(self, sheet: str, rows: int) -> None:
        """Write over what was shown before."""
        text = f"正在读“{sheet}”：第 {rows:,} 行"
        self.wide = max(self.wide, 2 * len(text))
        self.stream.write(f"\r{text}")
        self.stream.flush()
