"""The autumn term of the example district as its office lives it: what no workbook brings in.

Links and support are those of the published report; regulations, visits, a hazard, two leaves
that changed, cover and a vote of the branch are invented, with all persons. Each is done on its own day, by
whoever does it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from xuequ import Actor, District, Money, Post, Settings
from xuequ.core.settings import FixedClock
from xuequ.registry.states.classes import Stage
from xuequ.standards.schemas import StandardValue
from xuequ.unified.leadership.schemas.leave import LeaveDecision, LeaveExtension, LeaveRequest
from xuequ.unified.leadership.schemas.ledgers import Done
from xuequ.unified.leadership.schemas.links import LinkLine, LinksDrawing
from xuequ.unified.leadership.schemas.regulations import (
    DeliberationRecord,
    Drafting,
    Issuing,
    RegulationRegistration,
)
from xuequ.unified.leadership.schemas.safety import HazardReport
from xuequ.unified.leadership.schemas.support import SupportSetting
from xuequ.unified.leadership.schemas.visits import FindingEntry, Resolving, VisitRecord
from xuequ.unified.leadership.states.leave import LeaveKind
from xuequ.unified.leadership.states.regulations import Body, RegulationKind
from xuequ.unified.leadership.states.visits import VisitKind
from xuequ.unified.party.schemas.dues import LedgerOpening, Remitting
from xuequ.unified.party.schemas.votes import TallyCount, VoteRecord
from xuequ.unified.party.states.votes import VoteKind
from xuequ.unified.teaching.schemas.cover import CoverAssigning
from xuequ.unified.teaching.states.cover import NeedState

TERM_BEGINS = date(2026, 9, 1)
TERM_DAY = date(2026, 11, 25)
"""As of which day the term is told."""

LINKS = {
    Post.PRINCIPAL: ("qunxing", "zongyuan"),
    Post.PARTY_SECRETARY: ("qianfeng", "daoxiang"),
    Post.ACADEMIC_DIRECTOR: ("dayou", "wengqing", "xiangtang"),
    Post.GENERAL_AFFAIRS_DIRECTOR: ("fengping",),
}
"""Who is linked with which schools, as the report says."""

OWN_FIGURES = {
    "leave.report_within_days": "3",
    "leadership.visits_per_term": "2",
    "leadership.acknowledge_within_days": "14",
    "party.absences_flagged_from": "3",
    "party.dues.rounding": "jiao",
    "party.dues.first_month": "whole",
}
"""What law leaves to the district, as this one has invented it."""

OFFICE = Actor.system("示例：学区办公室")
SECOND_GRADES = (
    (Post.PARTY_SECRETARY, "qianfeng", "72.1"),
    (Post.ACADEMIC_DIRECTOR, "dayou", "70.6"),
    (Post.GENERAL_AFFAIRS_DIRECTOR, "fengping", "73.0"),
)
"""Whose second grade a leader supports, as the report says, with an invented baseline."""

REGULATIONS = (
    (
        *("2", "请假和顶班制度", RegulationKind.GENERAL, Body.COUNCIL),
        *(date(2026, 9, 7), ()),
    ),
    (
        *("3", "教师考核方案", RegulationKind.APPRAISAL, Body.ASSEMBLY),
        *(date(2026, 9, 21), ("wengqing",)),
    ),
    (
        *("4", "校园安全值班制度", RegulationKind.GENERAL, Body.COUNCIL),
        *(date(2026, 11, 16), ("xiangtang", "fengping")),
    ),
)
"""Number, title, kind, who passed it, the day of issue, and which schools have not signed."""

VISITS = (
    (Post.PRINCIPAL, "qunxing", date(2026, 9, 9), VisitKind.PLANNED, "", ""),
    (
        Post.PRINCIPAL,
        "zongyuan",
        date(2026, 9, 23),
        VisitKind.PLANNED,
        "六年级作业批改不及时",
        "已补批，教导处复查",
    ),
    (Post.PARTY_SECRETARY, "daoxiang", date(2026, 9, 16), VisitKind.PLANNED, "", ""),
    (Post.PARTY_SECRETARY, "qianfeng", date(2026, 10, 15), VisitKind.UNANNOUNCED, "", ""),
    (Post.ACADEMIC_DIRECTOR, "dayou", date(2026, 10, 14), VisitKind.PLANNED, "", ""),
    (
        Post.ACADEMIC_DIRECTOR,
        "wengqing",
        date(2026, 10, 20),
        VisitKind.PLANNED,
        "复式班课表未上墙",
        "课表已公布",
    ),
    (
        Post.ACADEMIC_DIRECTOR,
        "xiangtang",
        date(2026, 11, 11),
        VisitKind.UNANNOUNCED,
        "功能室使用记录不全",
        "",
    ),
    (Post.GENERAL_AFFAIRS_DIRECTOR, "fengping", date(2026, 11, 18), VisitKind.PLANNED, "", ""),
    (Post.PRINCIPAL, "qunxing", date(2026, 11, 24), VisitKind.UNANNOUNCED, "", ""),
)
"""Who visited which school on which day, what problem was found, and how it was resolved."""

COVERED_DAYS = (date(2026, 9, 8), date(2026, 9, 10), date(2026, 10, 13), TERM_DAY)
"""The days for whose lessons the example assigns cover."""


class Term:
    """The district on the days of the term: ``on(day)`` is its door on one."""

    def __init__(self, district: District) -> None:
        self.session, self.place = district.context.session, district.context.place
        registry = self.on(TERM_BEGINS).registry
        self.schools = [school.code for school in registry.schools()]
        staff = [one for code in self.schools for one in registry.staff.staff_of(code)]
        self.ids = {one.staff_no: one.id for one in staff}

    def on(self, day: date, staff_no: str = "") -> District:
        """Open the door on a day, as the office or as somebody of the staff."""
        actor = Actor(staff_no) if staff_no else OFFICE
        settings = Settings(clock=FixedClock.at(day))
        return District(self.session, self.place, actor=actor, settings=settings)

    def holder(self, post: Post, school: str | None = None) -> str:
        """Return the staff number of who holds a post."""
        found = self.on(TERM_BEGINS).registry.posts.holder(post, school)
        assert found is not None, "every post of the example is held"
        return found.staff_no

    def signer(self, school: str) -> str:
        """Return who signs for a school: its head, and at the central school the academic director."""
        central = school == "qianfeng"
        return self.holder(Post.ACADEMIC_DIRECTOR) if central else self.holder(Post.SCHOOL_HEAD, school)


def is_lived(district: District) -> bool:
    """Tell whether an earlier run has lived the term."""
    return bool(district.leadership.links.links(TERM_BEGINS))


def begin(term: Term) -> None:
    """Set the district's own figures, link the schools, and give every leader somebody to support."""
    office = term.on(TERM_BEGINS)
    for key, value in OWN_FIGURES.items():
        said = StandardValue(key=key, value=value, since=TERM_BEGINS, authority="示例学区〔2026〕1号")
        office.standards.record(said)
    links = tuple(LinkLine(school=code, post=post) for post, codes in LINKS.items() for code in codes)
    office.leadership.links.draw_links(LinksDrawing(since=TERM_BEGINS, links=links))
    measure: dict[str, Any] = {"school_year": 2026, "term": 1, "measure": "上学期期末语文平均分"}
    sixth = SupportSetting(
        post=Post.PRINCIPAL,
        stage=Stage.PRIMARY,
        entry_year=2021,
        baseline=Decimal("68.4"),
        baseline_mean=Decimal("71.2"),
        **measure,
    )
    office.leadership.support.set_target(sixth)
    for post, school, baseline in SECOND_GRADES:
        classes = office.registry.classes.classes_of(school)
        (second,) = [one for one in classes if (one.stage, one.entry_year) == (Stage.PRIMARY, 2025)]
        scores: dict[str, Any] = {"baseline": Decimal(baseline), "baseline_mean": Decimal("76.5")}
        target = SupportSetting(post=post, class_id=second.id, **scores, **measure)
        office.leadership.support.set_target(target)


def regulate(term: Term) -> None:
    """Issue regulations, and let the heads of schools sign for them; two have not yet."""
    for code, title, kind, body, day, late in REGULATIONS:
        regulations = term.on(day).leadership.regulations
        made = regulations.register(RegulationRegistration(code=code, title=title, kind=kind))
        text = sha256(f"示例：{title}".encode()).hexdigest()
        draft = regulations.draft(made.id, Drafting(text_sha256=text))
        passed = DeliberationRecord(body=body, held_on=day, minutes_no=f"示例纪要〔2026〕{code}")
        regulations.deliberate(draft.id, passed)
        number = f"示例学区〔2026〕{code}号"
        version = regulations.issue(draft.id, Issuing(document_no=number, since=day))
        for school in term.schools:
            if school not in late:
                signing = term.on(day, term.signer(school)).leadership.acknowledgements
                signing.read(version.id, school)
                signing.sign(version.id, school)


def visit(term: Term) -> None:
    """Let leaders visit the schools that they are linked with; one problem is still open."""
    for post, school, day, kind, found, resolved in VISITS:
        entries = (FindingEntry(text=found, problem=True),) if found else ()
        record = VisitRecord(
            visitor_id=term.ids[term.holder(post)],
            school=school,
            visited_on=day,
            kind=kind,
            topics="常规管理、课堂教学" if kind is VisitKind.PLANNED else "安全、食堂",
            findings=entries,
        )
        made = term.on(day).leadership.visits.record(record)
        term.on(day, term.signer(school)).leadership.visits.countersign(made.id)
        if resolved:
            closing = Resolving(resolution=resolved, on=TERM_DAY)
            term.on(TERM_DAY).leadership.visits.resolve(made.findings[0].id, closing)


def report_hazard(term: Term) -> None:
    """Report a hazard, rectify it, and let somebody else verify it."""
    found, due, done = date(2026, 10, 16), date(2026, 10, 30), date(2026, 10, 26)
    owner = term.signer("dayou")
    hazard = HazardReport(
        school="dayou",
        spot="教学楼二楼东侧",
        text="疏散指示牌脱落，应急灯不亮",
        found_on=found,
        owner_id=term.ids[owner],
        due_on=due,
    )
    made = term.on(found).leadership.safety.report_hazard(hazard)
    term.on(done, owner).leadership.safety.rectify(made.id, Done(proof="照片存学区安全档案"))
    term.on(due, term.holder(Post.PRINCIPAL)).leadership.safety.verify(made.id)


def fall_ill(term: Term) -> None:
    """Let two people fall ill: one is back early, of the other the leave is extended."""
    principal = term.ids[term.holder(Post.PRINCIPAL)]

    def granted(staff_no: str, first: date, last: date) -> int:
        leave = term.on(first).leadership.leave
        request = LeaveRequest(
            staff_id=term.ids[staff_no],
            kind=LeaveKind.SICK,
            first_day=first,
            last_day=last,
            reason="住院",
            evidence="住院证明",
        )
        asked = leave.request_leave(request)
        return leave.record_decision(asked.id, LeaveDecision(approver_id=principal)).id

    early, back = granted("T033", date(2026, 9, 14), date(2026, 9, 18)), date(2026, 9, 17)
    term.on(back).leadership.leave.register_return(early, back)
    longer, back = granted("T021", date(2026, 10, 12), date(2026, 10, 14)), date(2026, 10, 19)
    extending = term.on(date(2026, 10, 14)).leadership.leave
    extending.extend(longer, LeaveExtension(last_day=date(2026, 10, 16), reason="病情未愈"))
    extending.record_decision(longer, LeaveDecision(approver_id=principal))
    term.on(back).leadership.leave.register_return(longer, back)


def cover(term: Term) -> None:
    """Assign a substitute to every lesson of some days of leave but the last; then count what has passed."""
    door = term.on(TERM_DAY)
    for day in COVERED_DAYS:
        needs = door.teaching.cover.uncovered(day)
        for need in needs if day < TERM_DAY else needs[:-1]:
            first = next(iter(door.teaching.cover.candidates(need.id)), None)
            if first is not None and need.state is NeedState.OPEN:
                why = "错开节次上课" if first.combined else ""
                assigning = CoverAssigning(
                    need_id=need.id, staff_id=first.staff_id, combined=first.combined, reason=why
                )
                door.teaching.cover.assign_cover(assigning)
    door.leadership.leave.record_taken()
    door.teaching.cover.record_given()


def vote(term: Term) -> None:
    """Record the vote of the branch meeting of November."""
    day = date(2026, 11, 12)
    party = term.on(TERM_DAY).party
    (meeting,) = [one for one in party.meetings.meetings(day, TERM_DAY) if one.number == "ZB-2026-03"]
    ballots = TallyCount(yes=17, no=1, abstain=1)
    matter = "通过党员联系学校办法"
    party.votes.record_vote(
        VoteRecord(meeting_id=meeting.id, kind=VoteKind.ORDINARY, matter=matter, cast=ballots)
    )


def open_ledger(term: Term) -> None:
    """Open the branch's ledger of dues with the month after it was founded."""
    opening = LedgerOpening(since=TERM_BEGINS, balance=Money.yuan(0), authority="支委会会议记录")
    term.on(TERM_DAY).party.dues.open_ledger(opening)


def remit(district: District) -> None:
    """Reckon what is owed, and remit dues to the superior, unless an earlier run has."""
    if not district.party.dues.remittances():
        district.party.dues.assess(TERM_BEGINS, TERM_DAY)
        sent = Remitting(number="SJ-2026-01", amount=Money.yuan(2000), remitted_on=date(2026, 11, 16))
        district.party.dues.remit(sent)


def live(district: District) -> None:
    """Live the term, after its workbooks were imported; a term that was lived is left as it is."""
    if is_lived(district):
        return
    term = Term(district)
    for part in (begin, regulate, visit, report_hazard, fall_ill, cover, vote, open_ledger):
        part(term)
