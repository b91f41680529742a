"""The budget of the example district for 2027, from last autumn's return to the end of the spring term.

What the law says is computed from the headcount of the published report; what the district decides itself,
its claims, and the leak in a roof are invented, with all persons. Each act is done on its own day, by whoever
does it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

from xuequ import Actor, District, Money, Post, Settings
from xuequ.core.settings import FixedClock
from xuequ.registry.schemas.headcounts import HeadcountDrawing
from xuequ.registry.states.headcounts import CountPurpose
from xuequ.standards.schemas import StandardValue
from xuequ.unified.budget.schemas.allotments import AllotmentAdoption, FundsRelease
from xuequ.unified.budget.schemas.claims import Claiming, InvoiceClaimed, LineClaimed
from xuequ.unified.budget.schemas.council import Attending, Convening, ItemProposal, ItemVote, Seating
from xuequ.unified.budget.schemas.years import (
    BudgetApproval,
    BudgetDraft,
    ControlFigure,
    Deliberation,
    DraftIncome,
    DraftLine,
    ProjectOpening,
    Submission,
)
from xuequ.unified.budget.states.council import CouncilRole, Matter
from xuequ.unified.budget.states.ledger import ProjectKind, Purse

YEAR = 2027
COUNT_DAY = date(2026, 9, 1)
FROZEN_ON = date(2026, 11, 30)
MEETING_DAY = date(2027, 4, 12)
BUDGET_DAY = date(2027, 6, 30)
"""As of which day the year is told."""

OFFICE = Actor.system("示例：学区办公室")
OWN_FIGURES = {
    "budget.claims.bands": '[{"upto": "300", "post": "general_affairs_director"}, '
    '{"upto": "10000", "post": "principal"}, {"post": "council"}]',
    "budget.claims.split_days": "30",
    "budget.council.bulk_from": "5000",
    "budget.council.ratify_within_days": "15",
}
"""What law leaves to the district, as this one has invented it."""

PROJECTS = (
    ("operating", "公用经费", ProjectKind.BASIC, Purse.OPERATING),
    ("training", "师训经费", ProjectKind.BASIC, Purse.TRAINING),
    ("activities", "文体活动经费", ProjectKind.BASIC, Purse.ACTIVITIES),
    ("repair", "校舍维修专项", ProjectKind.PROJECT, Purse.SPECIFIC),
)
SHARES = {"30201": 35, "30202": 15, "30205": 8, "30206": 17, "30218": 25}
"""How each school's operating funds are spread over economic codes, in hundredths."""

ACTIVITIES, REPAIR = Money.yuan(18_000), Money.yuan(60_000)
CLAIMED = (
    (date(2027, 3, 9), "30201", "办公用纸、墨盒", ("兴文文具店", "博雅文具店", "学友书店", "鑫源办公"), 268),
    (date(2027, 4, 20), "30206", "一季度电费", ("凤庆供电局",), 1_140),
    (date(2027, 5, 18), "30218", "教学挂图、实验材料", ("启智教学仪器", "育才教具", "新苗教育用品"), 2_360),
)
"""Day, economic code, what, from whom by turns, and about how many yuan each school claims."""


@dataclass(frozen=True, slots=True)
class Year:
    """The district on the days of the year: ``on(day)`` is its door on one."""

    district: District

    def on(self, day: date, post: Post | None = None, school: str | None = None) -> District:
        """Open the door on a day, as the office or as who holds a post."""
        actor = OFFICE if post is None else Actor(self.holder(post, school)[1])
        settings = Settings(clock=FixedClock.at(day))
        context = self.district.context
        return District(context.session, context.place, actor=actor, settings=settings)

    def holder(self, post: Post, school: str | None = None) -> tuple[int, str]:
        """Return the id and the number of who holds a post."""
        found = self.district.registry.posts.holder(post, school)
        assert found is not None, "every post of the example is held"
        return found.staff_id, found.staff_no

    def schools(self) -> list[str]:
        """Return the codes of the schools."""
        return [school.code for school in self.district.registry.schools()]


def is_begun(district: District) -> bool:
    """Tell whether an earlier run has lived the year."""
    return bool(district.budget.projects.list())


def prepare(year: Year) -> None:
    """Freeze the autumn's return, set the district's own figures, add projects, adopt the allotment."""
    office = year.on(FROZEN_ON)
    drawing = HeadcountDrawing(count_date=COUNT_DAY, purpose=CountPurpose.YEAR_START)
    counts = office.registry.headcounts
    counts.freeze(counts.draft_snapshot(drawing).id, "示例：上报期限已到")
    for key, value in OWN_FIGURES.items():
        said = StandardValue(key=key, value=value, since=date(YEAR, 1, 1), authority="示例学区〔2026〕9号")
        office.standards.record(said)
    for code, name, kind, purse in PROJECTS:
        office.budget.projects.add(ProjectOpening(code=code, name=name, kind=kind, purse=purse))
    office.budget.allotments.adopt_allotment(AllotmentAdoption(year=YEAR, document_no="示例核定〔2026〕1号"))


def draft(year: Year) -> tuple[list[DraftIncome], list[DraftLine]]:
    """Return income and expenditure: what was allotted, spread over codes, activities, and a repair."""
    primary: dict[str, Any] = {"function": "2050202"}
    lines: list[DraftLine] = []
    suggested = year.on(FROZEN_ON).budget.allotments.suggest_lines(YEAR, "operating", "training")
    for line in suggested:
        said = dict(line)
        if line.project == "training":
            lines.append(DraftLine(**said, note="按公用经费 5% 安排"))
            continue
        amount, codes = said.pop("amount"), said.pop("economic")
        parts = zip(SHARES, amount.allocate(list(SHARES.values())), strict=True)
        lines += [DraftLine(**said, economic=code, amount=part) for code, part in parts]
        assert codes == "30201", "the allotment is suggested as office expenses"
    lines.append(DraftLine(project="activities", economic="30299", amount=ACTIVITIES, **primary))
    lines.append(DraftLine(project="repair", economic="30213", amount=REPAIR, **primary))
    totals = {code: Money.total(one.amount for one in lines if one.project == code) for code, *_ in PROJECTS}
    return [DraftIncome(project=code, amount=total) for code, total in totals.items()], lines


def budget(year: Year) -> None:
    """Compile the budget: begun in December, two up and two down, approved in February."""
    incomes, lines = draft(year)
    begun = year.on(date(2026, 12, 1)).budget.years.begin(YEAR)
    said = BudgetDraft(year=YEAR, revision=begun.revision, incomes=tuple(incomes), lines=tuple(lines))
    view = year.on(date(2026, 12, 8)).budget.years.draft_lines(said)
    deliberated = Deliberation(year=YEAR, minutes_no="示例纪要〔2026〕12号")
    year.on(date(2026, 12, 14)).budget.years.deliberate(deliberated)
    first = Submission(year=YEAR, document_no="示例学区报〔2026〕20号")
    year.on(date(2026, 12, 18)).budget.years.propose(first)
    figure = ControlFigure(year=YEAR, document_no="示例财教控〔2027〕3号", whole=view.expenditure)
    year.on(date(2027, 1, 11)).budget.years.receive_control_figure(figure)
    second = Submission(year=YEAR, document_no="示例学区报〔2027〕2号")
    year.on(date(2027, 1, 20)).budget.years.submit_draft(second)
    approved_on = date(2027, 2, 22)
    approval = BudgetApproval(
        year=YEAR,
        document_no="示例财教〔2027〕11号",
        approved_on=approved_on,
        income=view.income,
        expenditure=view.expenditure,
    )
    year.on(approved_on).budget.years.approve(approval)


def line_of(year: Year, project: str, economic: str, school: str | None = None) -> int:
    """Return the id of a line of the approved budget."""
    (project_id,) = [one.id for one in year.on(BUDGET_DAY).budget.projects.list() if one.code == project]
    wanted = (project_id, economic, school)
    lines = year.on(BUDGET_DAY).budget.ledger.lines(YEAR)
    (found,) = [one.id for one in lines if (one.project_id, one.economic, one.school) == wanted]
    return found


def seat_council(year: Year) -> list[int]:
    """Seat the school council: the leadership team and the heads of schools; return who they are."""
    team = [Post.PRINCIPAL, Post.PARTY_SECRETARY, Post.ACADEMIC_DIRECTOR, Post.GENERAL_AFFAIRS_DIRECTOR]
    seats = [year.holder(post)[0] for post in team]
    seats += [year.holder(Post.SCHOOL_HEAD, code)[0] for code in year.schools() if code != "qianfeng"]
    council = year.on(date(YEAR, 1, 4)).budget.council
    for number, staff_id in enumerate(seats):
        role = CouncilRole.MEMBER if number else CouncilRole.CHAIR
        council.seat(Seating(staff_id=staff_id, role=role, since=date(YEAR, 1, 4)))
    return seats


def decide_repair(year: Year) -> int:
    """Let the council decide on the repair of a leaking roof; return the item."""
    members = seat_council(year)
    council = year.on(MEETING_DAY).budget.council
    recorder = year.holder(Post.ACCOUNTANT)[0]
    convening = Convening(number=1, day=MEETING_DAY, chair_id=members[0], recorder_id=recorder)
    meeting = council.convene(convening)
    proposal = ItemProposal(
        matter=Matter.BUILDING_REPAIR,
        subject="稻香完小教学楼屋面防水维修",
        ceiling=Money.yuan(42_000),
        until=date(2027, 10, 1),
        line_id=line_of(year, "repair", "30213"),
    )
    (item,) = council.propose(meeting.id, [proposal])
    council.hold(meeting.id, Attending(present=tuple(members[:-1]), excused=(members[-1],)))
    council.decide(item.id, ItemVote(yes=len(members) - 2, abstain=1))
    council.sign_minutes(meeting.id)
    return item.id


def claimants(year: Year) -> dict[str, int]:
    """Return of every school somebody who is neither its head nor of the leadership or the accounts."""
    posts = (Post.PRINCIPAL, Post.PARTY_SECRETARY, Post.ACADEMIC_DIRECTOR, Post.GENERAL_AFFAIRS_DIRECTOR)
    held = {year.holder(post)[0] for post in (*posts, Post.ACCOUNTANT, Post.CASHIER)}
    held |= {year.holder(Post.SCHOOL_HEAD, code)[0] for code in year.schools() if code != "qianfeng"}
    registry = year.on(BUDGET_DAY).registry
    return {
        code: next(one.id for one in registry.staff.staff_of(code) if one.id not in held)
        for code in year.schools()
    }


def claim_numbers() -> Iterator[str]:
    """Count the claims of the year."""
    return (f"BX{YEAR}-{number:03d}" for number in count(1))


def write_claims(year: Year) -> list[tuple[date, int, str, int]]:
    """Let every school write its claims; return the day, the claim, the school and the yuan of each."""
    numbers, people = claim_numbers(), claimants(year)
    made: list[tuple[date, int, str, int]] = []
    for day, economic, what, suppliers, about in CLAIMED:
        for place, school in enumerate(year.schools()):
            yuan = about - 13 * place
            number = next(numbers)
            invoice = InvoiceClaimed(number=f"2753{number[-3:]}".zfill(20), day=day, amount=Money.yuan(yuan))
            line = LineClaimed(
                line_id=line_of(year, "operating", economic, school), what=what, amount=Money.yuan(yuan)
            )
            claiming = Claiming(
                number=number,
                school=school,
                claimant_id=people[school],
                supplier=suppliers[place % len(suppliers)],
                spent_on=day,
                lines=(line,),
                invoices=(invoice,),
            )
            (claim,) = year.on(day + timedelta(days=1)).budget.claims.draft([claiming])
            made.append((day, claim.id, school, yuan))
    return made


def claim(year: Year) -> None:
    """Take the claims of the spring term through the office; the last ones are still under way."""
    written = write_claims(year)
    for number, (day, claim_id, school, yuan) in enumerate(written):
        central = school == "qianfeng"
        signing = Post.ACADEMIC_DIRECTOR if central else Post.SCHOOL_HEAD
        head = None if central else school
        days = [day + timedelta(days=more) for more in (2, 4, 7, 9, 12)]
        year.on(days[0], signing, head).budget.claims.submit(claim_id)
        year.on(days[0], signing, head).budget.claims.accept(claim_id)
        if number == len(written) - 1:
            return
        year.on(days[1], Post.GENERAL_AFFAIRS_DIRECTOR).budget.claims.check(claim_id)
        if number == len(written) - 2:
            continue
        alone = yuan <= 300 and number < 4  # later ones come to more with those of the same supplier
        approver = Post.GENERAL_AFFAIRS_DIRECTOR if alone else Post.PRINCIPAL
        year.on(days[2], approver).budget.claims.approve(claim_id)
        if number == len(written) - 3:
            continue
        year.on(days[3], Post.CASHIER).budget.claims.pay(claim_id)
        year.on(days[4], Post.ACCOUNTANT).budget.claims.post(claim_id)


def repair(year: Year, item_id: int) -> None:
    """Claim the repair that the council has decided on, below its ceiling."""
    day, line_id = date(2027, 5, 28), line_of(year, "repair", "30213")
    amount = Money.yuan(38_600)
    claiming = Claiming(
        number=f"BX{YEAR}-W01",
        school="daoxiang",
        claimant_id=claimants(year)["daoxiang"],
        supplier="凤庆恒固防水工程队",
        spent_on=day,
        decision_item_id=item_id,
        lines=(LineClaimed(line_id=line_id, what="教学楼屋面防水维修", amount=amount),),
        invoices=(InvoiceClaimed(number="27530000000000000901", day=day, amount=amount),),
    )
    (made,) = year.on(day).budget.claims.draft([claiming])
    head = year.on(date(2027, 5, 31), Post.SCHOOL_HEAD, "daoxiang").budget.claims
    head.submit(made.id)
    head.accept(made.id)
    year.on(date(2027, 6, 2), Post.GENERAL_AFFAIRS_DIRECTOR).budget.claims.check(made.id)
    year.on(date(2027, 6, 4), Post.PRINCIPAL).budget.claims.approve(made.id)
    year.on(date(2027, 6, 9), Post.CASHIER).budget.claims.pay(made.id)
    year.on(date(2027, 6, 15), Post.ACCOUNTANT).budget.claims.post(made.id)


def release(year: Year) -> None:
    """Release money for a training day of all teachers, and for the festival of 1 June."""
    training = line_of(year, "training", "30216")
    activities = line_of(year, "activities", "30299")
    for number, line_id, yuan, about, day in (
        ("HB-01", training, 6_400, "全学区语文教师集中培训", date(2027, 3, 22)),
        ("HB-02", activities, 8_000, "庆“六一”文艺汇演", date(2027, 5, 10)),
    ):
        said = FundsRelease(
            number=number, line_id=line_id, amount=Money.yuan(yuan), about=about, school="qianfeng"
        )
        year.on(day).budget.allotments.release_funds(said)


def live(district: District) -> None:
    """Live the year up to `BUDGET_DAY`; a year that was lived is left as it is."""
    if is_begun(district):
        return
    year = Year(district)
    prepare(year)
    budget(year)
    release(year)
    item_id = decide_repair(year)
    claim(year)
    repair(year, item_id)
