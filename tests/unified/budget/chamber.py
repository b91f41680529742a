"""A council that can meet: a made district with its members, budget lines, and local rules set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuequ import Actor, District, Money
from xuequ.core.checks import Ground, run_checks
from xuequ.core.context import Context, Service, use_case
from xuequ.core.settings import FixedClock, Settings
from xuequ.core.source import Source
from xuequ.registry.models.places import County
from xuequ.registry.models.staff import Staff
from xuequ.standards.schemas import StandardValue
from xuequ.testing import make_budget, make_district
from xuequ.testing.factories import MAKER
from xuequ.unified.budget.actions.council import RECORD_DECISIONS
from xuequ.unified.budget.checks.council import CHECKS
from xuequ.unified.budget.schemas.council import (
    Attending,
    Convening,
    ItemProposal,
    ItemView,
    ItemVote,
    Seating,
)
from xuequ.unified.budget.service.council import cover
from xuequ.unified.budget.states.council import CouncilRole, Matter

PLACE, ELSEWHERE = "530921/qianfeng", "530921/dasi"
SEATED, MET, TODAY = date(2026, 1, 1), date(2026, 10, 12), date(2026, 10, 20)
HUNDRED, FEN = Money.yuan(100), Money(1)
ORDER, OTHER = Source("budget.order", 1), Source("budget.order", 2)


@dataclass(frozen=True)
class Chamber:
    """What stands: the door, members by staff number with the chair first, spare staff, lines by code."""

    door: District
    members: tuple[int, ...]
    spare: tuple[int, ...]
    lines: dict[str, int]

    @property
    def council(self) -> Any:
        return self.door.budget.council

    def at(self, day: date, actor: Actor = MAKER) -> District:
        """Open the door on another day, or as somebody else."""
        settings = Settings(clock=FixedClock.at(day))
        return District(self.door.context.session, self.door.context.place, actor=actor, settings=settings)

    def convened(self, number: int = 1, day: date = MET) -> int:
        """Convene a meeting; return its id."""
        who = {"chair_id": self.members[0], "recorder_id": self.spare[0]}
        return int(self.council.convene(Convening(number=number, day=day, **who)).id)

    def held(self, number: int = 1, present: int | None = None, day: date = MET) -> int:
        """Hold a meeting with the first so many members, or all of them; return its id."""
        meeting_id = self.convened(number, day)
        self.council.hold(meeting_id, Attending(present=self.members[:present]))
        return meeting_id

    def proposed(self, meeting_id: int, **fields: Any) -> int:
        """Put one item on the agenda; return its id."""
        return int(self.council.propose(meeting_id, [proposal(**fields)])[0].id)

    def adopted(self, number: int = 1, **fields: Any) -> int:
        """Have a meeting adopt one item; return its id."""
        item_id = self.proposed(self.held(number), **fields)
        self.council.decide(item_id, ItemVote(yes=len(self.members)))
        return item_id

    def view(self, item_id: int) -> ItemView:
        """Return an item."""
        found = self.council.item(item_id)
        assert isinstance(found, ItemView)
        return found


def proposal(**fields: Any) -> ItemProposal:
    """Return a repair with a ceiling of a hundred yuan, but for the fields that are given."""
    values: dict[str, Any] = {"matter": Matter.BUILDING_REPAIR, "subject": "南楼屋面维修", "ceiling": HUNDRED}
    return ItemProposal(**{**values, **fields})


def set_rule(door: District, key: str, value: str, since: date = SEATED) -> None:
    """Let the district set a rule parameter."""
    fields: dict[str, Any] = {"key": key, "value": value, "since": since}
    door.standards.record(StandardValue(**fields, authority="校务委员会决议", reason="补录"))


def staff_of(session: Session, place: str) -> list[int]:
    """Return the staff of a made district, by staff number."""
    county, _, district = place.partition("/")
    query = (
        select(Staff.id)
        .join(County, County.county_id == Staff.county_id)
        .where(County.code == county, Staff.staff_no.startswith(f"{district}-"))
    )
    return list(session.scalars(query.order_by(Staff.staff_no)))


def chamber(session: Session, place: str = PLACE, *, members: int = 6, spare: int = 2) -> Chamber:
    """Make a district whose council has so many members, and a line for repairs and one for goods."""
    settings = Settings(clock=FixedClock.at(TODAY))
    door = make_district(
        session, place, schools=2, pupils=1, staff=(members + spare + 1) // 2, settings=settings
    )
    set_rule(door, "budget.council.bulk_from", "5000")
    set_rule(door, "budget.council.ratify_within_days", "15")
    codes = {"30213": Money.yuan(10000), "30201": Money.yuan(10000)}
    lines = dict(zip(codes, make_budget(door, codes), strict=True))
    staff = staff_of(session, place)
    for number, staff_id in enumerate(staff[:members]):
        role = CouncilRole.MEMBER if number else CouncilRole.CHAIR
        door.budget.council.seat(Seating(staff_id=staff_id, role=role, since=SEATED))
    return Chamber(door, tuple(staff[:members]), tuple(staff[members:]), lines)


class Spending(Service):
    """A topic that draws within its own use cases, as orders and claims do."""

    @use_case(RECORD_DECISIONS)
    def draw(self, item_id: int, amount: Money, source: Source = ORDER, on: date = MET) -> None:
        cover.draw(self.context, item_id, amount, source, on=on)

    @use_case(RECORD_DECISIONS)
    def give_back(self, item_id: int, source: Source = ORDER) -> None:
        cover.give_back(self.context, item_id, source)

    @use_case(RECORD_DECISIONS)
    def spend(self, economic: str, amount: Money, item_id: int | None) -> None:
        cover.draw_where_needed(self.context, economic, amount, ORDER, item_id=item_id, on=MET)


def spending(made: Chamber, day: date = TODAY) -> Spending:
    return Spending(made.at(day).context)


def found_wrong(made: Chamber) -> list[str]:
    """Return what the council's data checks find."""
    context: Context = made.door.context
    context.session.flush()
    ground = Ground(context.session, context.scope, context.place)
    return [finding.what for result in run_checks(CHECKS, ground) for finding in result.findings or ()]
