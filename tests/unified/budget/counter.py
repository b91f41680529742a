"""The counter where claims are settled: a made district with its posts, its bands, and a budget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuequ import Actor, District, Money, Post
from xuequ.core.settings import FixedClock, Settings
from xuequ.registry.models.places import County
from xuequ.registry.models.staff import Staff
from xuequ.registry.schemas.posts import Appointing
from xuequ.standards.schemas import StandardValue
from xuequ.testing import make_district
from xuequ.testing.factories import MAKER, SETTINGS, make_budget
from xuequ.unified.budget.schemas.claims import Claiming, ClaimView, InvoiceClaimed, LineClaimed
from xuequ.unified.budget.schemas.council import Attending, Convening, ItemProposal, ItemVote, Seating
from xuequ.unified.budget.states.council import CouncilRole, Matter

PLACE = "530921/qianfeng"
TODAY = date(2026, 11, 2)
SPENT = date(2026, 10, 20)
SINCE = date(2026, 9, 1)
BANDS = (
    '[{"upto": "300", "post": "general_affairs_director"}, {"upto": "10000", "post": "principal"}, '
    '{"post": "council"}]'
)
POSTS = (
    (Post.PRINCIPAL, None),
    (Post.GENERAL_AFFAIRS_DIRECTOR, None),
    (Post.ACCOUNTANT, None),
    (Post.CASHIER, None),
    (Post.SCHOOL_HEAD, "s1"),
    (Post.BUYER, None),
)
_NUMBERS = count(1)


@dataclass(frozen=True)
class Counter:
    """What stands: the session, staff by post, two teachers of s1, and the lines for goods and training."""

    session: Session
    place: str
    staff: dict[Post, tuple[int, str]]
    claimant: int
    claimant_no: str
    goods: int
    training: int

    def door(self, who: Post | str | None = None, today: date = TODAY) -> District:
        """Open the door as the holder of a post, by a number of staff, or as a script."""
        actor = MAKER if who is None else Actor(self.staff[who][1] if isinstance(who, Post) else who)
        return District(self.session, self.place, actor=actor, settings=Settings(clock=FixedClock.at(today)))

    def claiming(self, amount: str = "120", **more: Any) -> Claiming:
        """Return a claim of s1 for paper, with an invoice over the same amount."""
        number = next(_NUMBERS)
        spent = more.pop("spent_on", SPENT)
        invoice = InvoiceClaimed(number=f"{number:020d}", day=spent, amount=Money.yuan(amount))
        said: dict[str, Any] = {
            "number": f"BX{number:04d}",
            "school": "s1",
            "claimant_id": self.claimant,
            "supplier": "凤山文具店",
            "spent_on": spent,
            "lines": (LineClaimed(line_id=self.goods, what="打印纸", amount=Money.yuan(amount)),),
            "invoices": (invoice,),
        }
        return Claiming(**{**said, **more})

    def draft(self, amount: str = "120", **more: Any) -> ClaimView:
        """Write a claim."""
        return self.door(self.claimant_no).budget.claims.draft([self.claiming(amount, **more)])[0]

    def submitted(self, amount: str = "120", **more: Any) -> ClaimView:
        """Write a claim and submit it."""
        return self.door(Post.SCHOOL_HEAD).budget.claims.submit(self.draft(amount, **more).id)

    def checked(self, amount: str = "120", **more: Any) -> ClaimView:
        """Write a claim and let it come to be approved."""
        claim = self.submitted(amount, **more)
        self.door(Post.SCHOOL_HEAD).budget.claims.accept(claim.id)
        return self.door(Post.GENERAL_AFFAIRS_DIRECTOR).budget.claims.check(claim.id)

    def approved(self, amount: str = "120", by: Post = Post.PRINCIPAL, **more: Any) -> ClaimView:
        """Write a claim and let it come to be paid."""
        return self.door(by).budget.claims.approve(self.checked(amount, **more).id)

    def paid(self, amount: str = "120", **more: Any) -> ClaimView:
        """Write a claim and let it be paid."""
        return self.door(Post.CASHIER).budget.claims.pay(self.approved(amount, **more).id)

    def adopted(self, ceiling: str) -> int:
        """Have the council adopt an item with a ceiling; return its id."""
        council = self.door().budget.council
        members = tuple(staff_id for staff_id, _ in self.staff.values())[:3]
        for number, member in enumerate(members):
            role = CouncilRole.MEMBER if number else CouncilRole.CHAIR
            council.seat(Seating(staff_id=member, role=role, since=SINCE))
        convening = Convening(number=1, day=TODAY, chair_id=members[0], recorder_id=members[1])
        meeting = council.convene(convening)
        proposal = ItemProposal(matter=Matter.BULK_PURCHASE, subject="购置教具", ceiling=Money.yuan(ceiling))
        (item,) = council.propose(meeting.id, [proposal])
        council.hold(meeting.id, Attending(present=members))
        council.decide(item.id, ItemVote(yes=3))
        return int(item.id)

    def pots(self, line_id: int | None = None) -> tuple[str, str, str]:
        """Return what is reserved, committed and paid on a line."""
        line = self.door().budget.ledger.line(line_id or self.goods)
        return str(line.reserved), str(line.committed), str(line.paid)


def set_rule(door: District, key: str, value: str) -> None:
    """Let the district set a rule parameter."""
    fields: dict[str, Any] = {"key": key, "value": value, "since": date(2026, 1, 1)}
    door.standards.record(StandardValue(**fields, authority="学区内控制度", reason="补录"))


def counter(
    session: Session, place: str = PLACE, *, bands: str | None = BANDS, budget: str = "60000"
) -> Counter:
    """Make a counter; without `bands` the district has not said who approves what."""
    door = make_district(session, place, schools=2, pupils=0, staff=7)
    county, _, district = place.partition("/")
    query = (
        select(Staff.id, Staff.staff_no)
        .join(County, County.county_id == Staff.county_id)
        .where(County.code == county, Staff.staff_no.startswith(f"{district}-"))
    )
    people = [(row.id, row.staff_no) for row in session.execute(query.order_by(Staff.staff_no))]
    posts = door.registry.posts
    held: dict[Post, tuple[int, str]] = {}
    for (post, school), who in zip(POSTS, people, strict=False):
        command = {"staff_id": who[0], "post": post, "since": SINCE, "authority": "文", "school": school}
        posts.appoint(Appointing.model_validate(command))
        held[post] = who
    if bands is not None:
        set_rule(door, "budget.claims.bands", bands)
        set_rule(door, "budget.claims.split_days", "30")
    set_rule(door, "budget.council.bulk_from", "20000")
    goods, training = make_budget(door, {"30201": Money.yuan(budget), "30216": Money.yuan(budget)})
    spare, *_ = people[len(POSTS) :]
    return Counter(session, place, held, spare[0], spare[1], goods, training)


__all__ = ["BANDS", "PLACE", "SETTINGS", "SPENT", "TODAY", "Counter", "counter", "set_rule"]
