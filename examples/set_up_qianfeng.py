"""Sets the example district up: migrates, imports its workbooks, and leaves the district at a glance.

    python examples/set_up_qianfeng.py --out out
    python examples/set_up_qianfeng.py --url postgresql+psycopg://localhost/xuequ --out out

The district's totals are those of a published report; every person, and whatever that report does not say, is
invented (data/qianfeng/).
Running it again changes nothing.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path

import a_fiscal_year
import a_term
import term_pages
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from xuequ import Actor, County, District, Settings
from xuequ.core.plan import Outcome, Plan
from xuequ.core.settings import FixedClock
from xuequ.embed import configure_sqlite, upgrade
from xuequ.exchange import apply_file
from xuequ.registry import DistrictGlance
from xuequ.registry.documents import DISTRICT_GLANCE
from xuequ.registry.errors.places import CountyKnown, DistrictKnown
from xuequ.registry.schemas.places import CountyRegistration, DistrictFoundation
from xuequ.registry.templates import CALENDAR, POSTS, PREMISES, SET_UP, STAFF, TEACHING, VILLAGES
from xuequ.reports import render, write_html, write_xlsx
from xuequ.unified.leadership.templates.duties import DRILLS, DUTY
from xuequ.unified.leadership.templates.leave import LEAVE
from xuequ.unified.party.templates.attendance import MEETING_ATTENDANCE
from xuequ.unified.party.templates.development import DEVELOPMENT
from xuequ.unified.party.templates.dues import DUES
from xuequ.unified.party.templates.members import MEMBERS

DATA = Path(__file__).parent / "data" / "qianfeng"
WORKBOOKS = (
    ("qianfeng.xlsx", SET_UP),
    ("villages.xlsx", VILLAGES),
    ("premises.xlsx", PREMISES),
    ("calendar.xlsx", CALENDAR),
    ("posts.xlsx", POSTS),
    ("certificates.xlsx", STAFF),
    ("teaching.xlsx", TEACHING),
)
"""What is imported, in this order: the others speak of the first one's schools and people."""

TERM_WORKBOOKS = (
    ("leave.xlsx", LEAVE),
    ("duty.xlsx", DUTY),
    ("drills.xlsx", DRILLS),
    ("members.xlsx", MEMBERS),
    ("attendance.xlsx", MEETING_ATTENDANCE),
    ("development.xlsx", DEVELOPMENT),
)
"""What is imported as of `a_term.TERM_DAY`: the autumn term of the leadership, and of the branch."""

COUNTY, DISTRICT = "530921", "qianfeng"
COUNT_DAY = date(2026, 9, 1)


def open_database(url: str) -> Engine:
    """Make an engine and bring the tables up."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        configure_sqlite(engine)
    with engine.connect() as connection:
        upgrade(connection)
    return engine


def found(session: Session, actor: Actor) -> None:
    """Register the county and found the district, unless an earlier run has."""
    county = County(session, COUNTY, actor=actor)
    with suppress(CountyKnown):
        county.registry.register_county(CountyRegistration(name="凤庆县教育体育局"))
    with suppress(DistrictKnown):
        county.registry.found_district(DistrictFoundation(code=DISTRICT, name="凤山镇前锋学区"))


def set_up(engine: Engine, out: Path) -> tuple[list[Plan], DistrictGlance]:
    """Import the workbooks in one transaction, and write the report as HTML and xlsx."""
    actor = Actor.system("示例：建立前锋学区")
    settings = Settings(clock=FixedClock.at(COUNT_DAY))
    with Session(engine) as session:
        found(session, actor)
        district = District(session, f"{COUNTY}/{DISTRICT}", actor=actor, settings=settings)
        plans = [apply_file(district, DATA / name, template) for name, template in WORKBOOKS]
        plans += live_a_term(session, actor)
        a_fiscal_year.live(on_day(session, actor, a_term.TERM_DAY))
        session.commit()
        page = render(district, DISTRICT_GLANCE)
        out.mkdir(parents=True, exist_ok=True)
        write_html(page, out / "district_at_a_glance.html")
        write_xlsx(page, out / "district_at_a_glance.xlsx")
        term_pages.write(partial(on_day, session, actor), out)
        return plans, district.registry.district_at_a_glance()


def on_day(session: Session, actor: Actor, day: date) -> District:
    """Open the district's door on a day."""
    settings = Settings(clock=FixedClock.at(day))
    return District(session, f"{COUNTY}/{DISTRICT}", actor=actor, settings=settings)


def live_a_term(session: Session, actor: Actor) -> list[Plan]:
    """Import the workbooks of the autumn term, and do what no workbook brings in."""
    district = on_day(session, actor, a_term.TERM_DAY)
    plans = [apply_file(district, DATA / name, template) for name, template in TERM_WORKBOOKS]
    a_term.live(district)
    district = on_day(
        session, actor, a_term.TERM_DAY
    )  # who knows the figures that the district has set meanwhile
    plans.append(apply_file(district, DATA / "dues.xlsx", DUES))  # of the ledger that has now been opened
    a_term.remit(district)
    return plans


def tell(plans: Sequence[Plan], glance: DistrictGlance, out: Path) -> None:
    """Print what happened."""
    for plan in plans:
        for sheet in plan.template.sheets:
            counts = {outcome: plan.count(outcome, sheet.name) for outcome in Outcome}
            said = "，".join(f"{outcome.value} {count}" for outcome, count in counts.items() if count)
            print(f"{plan.template.title}·{sheet.title}：{said or '无'}")
    print(
        f"{glance.district}：{glance.school_count} 所学校，{glance.class_count} 个教学班，"
        f"{glance.pupil_count} 名学生（学前 {glance.preschool_count}），{glance.staff_count} 名教师"
    )
    for line in glance.reconciliation.lines:
        implied = f"，需分母 {line.implied_text}" if line.implied_text else ""
        print(f"  {line.label}：公布 {line.printed}，按登记 {line.computed}{implied} —— {line.verdict.label}")
    for total in glance.reconciliation.sums:
        print(f"  {total.whole}：{total.parts} = {total.computed} —— {total.verdict.label}")
    print(f"报表：{out / 'district_at_a_glance.html'}、{out / 'district_at_a_glance.xlsx'}")
    print(f"本学期和预算：{out / term_pages.START}（行政管理、经费和党组织各页的目录）")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Set up the example district 前锋学区.")
    parser.add_argument(
        "--out", type=Path, default=Path("out"), help="folder for the database and the report"
    )
    parser.add_argument("--url", help="database; SQLite in the folder when left out")
    chosen = parser.parse_args(arguments)
    chosen.out.mkdir(parents=True, exist_ok=True)
    engine = open_database(chosen.url or f"sqlite:///{chosen.out / 'qianfeng.sqlite'}")
    try:
        plans, glance = set_up(engine, chosen.out)
    finally:
        engine.dispose()
    tell(plans, glance, chosen.out)


if __name__ == "__main__":
    main()
