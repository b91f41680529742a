"""Writes the documents of the example's autumn term and of its budget, and a page that leads to them.

What is the party's stands in a folder of its own, apart from what everybody in the office opens.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape
from pathlib import Path
from typing import Any

from a_fiscal_year import BUDGET_DAY, YEAR
from a_term import TERM_BEGINS, TERM_DAY

from xuequ import District
from xuequ.core.document import Document
from xuequ.reports import render, write_html, write_xlsx
from xuequ.unified.budget.documents.allotments import OPERATING_ALLOTMENT, TRAINING_CHECK
from xuequ.unified.budget.documents.claims import CLAIM, CLAIMS, TURNAROUND
from xuequ.unified.budget.documents.control import EXECUTION, OPEN_COMMITMENTS
from xuequ.unified.budget.documents.council import DECISIONS
from xuequ.unified.budget.documents.years import BUDGET_APPROVED, BUDGET_PROPOSAL
from xuequ.unified.leadership.documents.leave import LEAVE_LEDGER, OVERDUE_RETURNS, UNREPORTED_LEAVES
from xuequ.unified.leadership.documents.ledgers import DUTY_ROSTER, SAFETY_LEDGER
from xuequ.unified.leadership.documents.links import DUTY_LINK_TABLE
from xuequ.unified.leadership.documents.regulations import ACK_MATRIX
from xuequ.unified.leadership.documents.visits import VISIT_LOG
from xuequ.unified.party.documents.development import DEVELOPMENT_LEDGER
from xuequ.unified.party.documents.dues import DUES_LEDGER
from xuequ.unified.party.documents.meetings import COMPLETION_GRID, MEETING_ATTENDANCE
from xuequ.unified.party.documents.members import ROSTER
from xuequ.unified.teaching.documents.cover import UNCOVERED_LESSONS

START = "index.html"
PARTY = "party"


@dataclass(frozen=True, slots=True)
class Page:
    """A document, the file it is written to, what it must be told, and what the start page calls it."""

    file: str
    document: Document
    arguments: dict[str, Any] = field(default_factory=dict[str, Any])
    more: str = ""

    @property
    def label(self) -> str:
        """What the start page calls it."""
        return self.document.title + self.more


LEAVE = (
    *(
        Page(f"leave_2026_{month:02}", LEAVE_LEDGER, {"year": 2026, "month": month}, f"（{month}月）")
        for month in (9, 10, 11)
    ),
    Page("leave_unreported", UNREPORTED_LEAVES),
    Page("leave_overdue", OVERDUE_RETURNS),
    Page("uncovered_lessons", UNCOVERED_LESSONS),
)
OFFICE = (
    Page("duty_links", DUTY_LINK_TABLE, {"on": TERM_BEGINS, "contact": "学区办公室"}),
    Page("regulations", ACK_MATRIX),
    Page("visits", VISIT_LOG, {"first": TERM_BEGINS, "last": TERM_DAY}),
    Page("duty_roster", DUTY_ROSTER, {"first": date(2026, 11, 16), "last": date(2026, 12, 4)}),
    Page("safety", SAFETY_LEDGER, {"first": TERM_BEGINS, "last": TERM_DAY}),
)
BRANCH = (
    Page("roster", ROSTER),
    Page("meetings", COMPLETION_GRID, {"year": 2026}),
    Page("attendance", MEETING_ATTENDANCE, {"since": TERM_BEGINS, "until": TERM_DAY + timedelta(days=1)}),
    Page("dues", DUES_LEDGER, {"year": 2026}),
    Page("development", DEVELOPMENT_LEDGER),
)
_OF_YEAR = {"year": YEAR}
BUDGET = (
    Page("allotment", OPERATING_ALLOTMENT, _OF_YEAR),
    Page("budget_proposal", BUDGET_PROPOSAL, _OF_YEAR),
    Page("budget_approved", BUDGET_APPROVED, _OF_YEAR),
    Page("execution", EXECUTION, _OF_YEAR),
    Page("open_commitments", OPEN_COMMITMENTS, _OF_YEAR),
    Page("training_check", TRAINING_CHECK, _OF_YEAR),
    Page("decisions", DECISIONS, _OF_YEAR),
    Page("claims", CLAIMS, _OF_YEAR),
    Page("claim_turnaround", TURNAROUND, _OF_YEAR),
    Page("claim", CLAIM, {"number": f"BX{YEAR}-W01"}, "（屋面维修）"),
)


@dataclass(frozen=True, slots=True)
class Room:
    """A part of the start page: pages as of a day, in a folder, with what is said of them."""

    heading: str
    pages: tuple[Page, ...]
    day: date = TERM_DAY
    folder: str = ""
    note: str = ""
    apart: bool = False


ROOMS = (
    Room("请假和顶班", LEAVE),
    Room("行政管理", OFFICE),
    Room(
        f"{YEAR}年经费预算",
        BUDGET,
        day=BUDGET_DAY,
        note=f"截至 {BUDGET_DAY}。核定人数取自 2026 年秋季报表，批复、报销和决议均为虚构。",
    ),
    Room(
        "党组织",
        BRANCH,
        folder=f"{PARTY}/",
        note="党组织资料单独存放，只供党支部和上级党组织查阅。",
        apart=True,
    ),
)

_HEAD = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>前锋学区 · 2026年秋季学期和2027年预算</title>
<style>
body { font-family: "Noto Sans SC", "Microsoft YaHei", sans-serif; max-width: 46rem; margin: 2rem auto;
  padding: 0 1rem; line-height: 1.8; color: #222; }
h1 { font-size: 1.5rem; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .3rem; border-bottom: 1px solid #999; }
.apart { margin-top: 2.5rem; padding: .2rem 1rem .8rem; border: 2px solid #a33; }
ul { margin: .4rem 0; padding-left: 1.2rem; }
p { margin: .3rem 0; color: #555; }
</style>
</head>
<body>
"""


def write(door: Callable[[date], District], out: Path) -> None:
    """Write every page as HTML and xlsx as of its day, and the page that leads to them."""
    (out / PARTY).mkdir(parents=True, exist_ok=True)
    for room in ROOMS:
        district = door(room.day)
        for page in room.pages:
            rendered = render(district, page.document, **page.arguments)
            write_html(rendered, out / room.folder / f"{page.file}.html")
            write_xlsx(rendered, out / room.folder / f"{page.file}.xlsx")
    (out / START).write_text(start_page(), "utf-8")


def start_page() -> str:
    """Return the page that leads to all others."""
    parts = [
        _HEAD,
        "<h1>前锋学区 · 2026年秋季学期和2027年预算</h1>\n",
        f"<p>截至 {TERM_DAY}。示例数据：人员和本学期各项记录均为虚构。</p>\n",
        '<ul><li><a href="district_at_a_glance.html">基本情况一览表</a>（2026-09-01）</li></ul>\n',
    ]
    for room in ROOMS:
        parts.append(f"<section{' class=apart' if room.apart else ''}>\n<h2>{escape(room.heading)}</h2>\n")
        parts += [f"<p>{escape(room.note)}</p>\n"] if room.note else []
        lines = (
            f'<li><a href="{room.folder}{page.file}.html">{escape(page.label)}</a>'
            f' · <a href="{room.folder}{page.file}.xlsx">xlsx</a></li>\n'
            for page in room.pages
        )
        parts += ["<ul>\n", *lines, "</ul>\n</section>\n"]
    return "".join([*parts, "</body>\n</html>\n"])
