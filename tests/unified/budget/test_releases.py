"""Releases: envelopes out of training and activities money, and whether training gets its share."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.unified.budget.allotting import (
    ELSEWHERE,
    JANUARY,
    PLACE,
    adopt_budget,
    allotting,
    amount,
    at,
    release,
)
from xuequ import District, Money
from xuequ.core.errors import Problems
from xuequ.core.journal import FactRow
from xuequ.core.source import Source
from xuequ.embed import run_data_checks
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.testing import make_district
from xuequ.unified.budget.errors.allotments import (
    PurseDiffers,
    ReleaseDiffers,
    ReleaseElsewhere,
    ReleaseEnded,
    ReleaseInUse,
    ReleaseNowhere,
    ReleaseUnknown,
)
from xuequ.unified.budget.errors.ledger import (
    AmountNotPositive,
    DayOutsideYear,
    InsufficientBudget,
    LineUnknown,
    NotHeld,
)
from xuequ.unified.budget.models.allotments import Release
from xuequ.unified.budget.schemas.allotments import ReleaseView, ReleaseVoiding
from xuequ.unified.budget.service.allotments import AllotmentService
from xuequ.unified.budget.states.allotments import ReleaseState
from xuequ.unified.budget.states.ledger import Pot, Purse

EVENT = Source("events.event", 7)


@dataclass
class Office:
    """A door, and the lines of its budget of 2027."""

    door: District
    operating: int
    training: int
    activities: int
    of_s2: int

    @property
    def allotments(self) -> AllotmentService:
        return self.door.budget.allotments

    def available(self, line_id: int) -> Money:
        return self.door.budget.ledger.line(line_id).available

    def pay(self, view: ReleaseView, yuan: int, number: int = 1) -> None:
        """Pay a claim out of an envelope."""
        claim, purpose = Source("budget.claim", number), Source("budget.release", view.id)
        line, paid = view.line_id, Money.yuan(yuan)
        self.door.budget.ledger.pay(line, paid, claim, out_of=Pot.RESERVED, purpose=purpose)


@pytest.fixture
def office(session: Session) -> Office:
    door = allotting(session)
    lines = adopt_budget(
        door,
        amount("operating", "30201", 543_200),
        amount("training", "30216", 28_000),
        amount("activities", "30299", 4000),
        amount("training", "30211", 800, "s2"),
    )
    return Office(door, *lines)


def astray(session: Session) -> list[str]:
    session.flush()
    results = run_data_checks(session, PLACE)
    found = [result for result in results if result.check.code == "budget.releases_agree"]
    return [one.what for result in found for one in result.findings or ()]


def facts(session: Session) -> list[str]:
    names = session.scalars(select(FactRow.name).where(FactRow.name.like("budget.release%")))
    return sorted(name for name in names)


# releasing


def test_a_release_holds_its_money_for_the_school(session: Session, office: Office) -> None:
    view = office.allotments.release_funds(release(office.training, 8000))
    assert (view.left, view.school, view.purse) == (Money.yuan(8000), "s1", Purse.TRAINING)
    assert (view.released_on, view.state) == (JANUARY, ReleaseState.OPEN)
    assert office.available(office.training) == Money.yuan(20_000)
    assert facts(session) == ["budget.release_made"] and astray(session) == []


def test_the_same_release_again_changes_nothing(session: Session, office: Office) -> None:
    first = office.allotments.release_funds(release(office.training, 8000))
    assert office.allotments.release_funds(release(office.training, 8000)) == first
    later = at(session, JANUARY.replace(day=20)).budget.allotments
    assert later.release_funds(release(office.training, 8000)) == first
    assert office.available(office.training) == Money.yuan(20_000)
    assert facts(session) == ["budget.release_made"]
    for other in (
        release(office.training, 8001),
        release(office.activities, 8000),
        release(office.training, 8000, school="s2"),
        release(office.training, 8000, event=EVENT),
        release(office.training, 8000, released_on=JANUARY.replace(day=3)),
    ):
        with pytest.raises(ReleaseDiffers):
            office.allotments.release_funds(other)


def test_no_more_is_released_than_is_available(office: Office) -> None:
    office.allotments.release_funds(release(office.training, 20_000))
    with pytest.raises(InsufficientBudget) as refusal:
        office.allotments.release_funds(release(office.training, 8001, "H2"))
    assert refusal.value.available == Money.yuan(8000)
    assert [one.number for one in office.allotments.releases(2027)] == ["H1"]
    office.allotments.release_funds(release(office.training, 8000, "H2"))
    assert office.available(office.training) == Money(0)


def test_only_training_and_activities_are_released_and_to_somebody(session: Session, office: Office) -> None:
    for command, error in (
        (release(office.operating, 1), PurseDiffers),
        (release(office.training, 1, school=None), ReleaseNowhere),
        (release(office.of_s2, 1), ReleaseElsewhere),
        (release(office.training, 1, school="s9"), SchoolUnknown),
        (release(1, 1), LineUnknown),
        (release(office.training, 0), AmountNotPositive),
        (release(office.training, 1, released_on=JANUARY.replace(year=2026)), DayOutsideYear),
    ):
        with pytest.raises(error):
            office.allotments.release_funds(command)
    with pytest.raises(Problems):
        office.allotments.release_funds(release(office.operating, 1, school=None))
    assert office.allotments.releases(2027) == [] and facts(session) == []


def test_releases_are_listed_by_year_and_school(session: Session, office: Office) -> None:
    festival = office.allotments.release_funds(
        release(office.activities, 500, "H2", school=None, event=EVENT, about="艺术节")
    )
    own = office.allotments.release_funds(release(office.of_s2, 300, "H3", school="s2"))
    assert (festival.event, festival.school) == (EVENT, None)
    assert office.allotments.releases(2027) == [festival, own]
    assert office.allotments.releases(2027, "s2") == [own]
    assert office.allotments.releases(2026) == []
    make_district(session, ELSEWHERE)
    other = at(session, JANUARY, ELSEWHERE).budget.allotments
    assert other.releases(2027) == []
    with pytest.raises(ReleaseUnknown):
        other.release(own.id)
    with pytest.raises(LineUnknown):
        other.release_funds(release(office.training, 1, "H9"))


# what is used of it


def test_payments_consume_the_envelope_and_no_more_than_it(office: Office) -> None:
    view = office.allotments.release_funds(release(office.training, 8000))
    office.pay(view, 3000)
    used = office.allotments.release(view.id)
    assert (used.left, used.paid, used.committed) == (Money.yuan(5000), Money.yuan(3000), Money(0))
    assert office.available(office.training) == Money.yuan(20_000)
    with pytest.raises(NotHeld):
        office.pay(view, 5001, 2)


def test_what_is_left_is_given_back_once(session: Session, office: Office) -> None:
    view = office.allotments.release_funds(release(office.training, 8000))
    office.pay(view, 3000)
    ended = office.allotments.give_back(view.id)
    assert (ended.state, ended.returned, ended.left) == (ReleaseState.RETURNED, Money.yuan(5000), Money(0))
    assert office.available(office.training) == Money.yuan(25_000)
    assert office.allotments.give_back(view.id) == ended
    with pytest.raises(ReleaseEnded):
        office.allotments.void_release(ReleaseVoiding(release_id=view.id, reason="重复"))
    with pytest.raises(NotHeld):
        office.pay(view, 1, 2)
    assert facts(session) == ["budget.release_made", "budget.release_returned"] and astray(session) == []


def test_an_envelope_used_up_gives_nothing_back(session: Session, office: Office) -> None:
    view = office.allotments.release_funds(release(office.training, 8000))
    office.pay(view, 8000)
    assert office.allotments.give_back(view.id).returned == Money(0)
    assert office.available(office.training) == Money.yuan(20_000) and astray(session) == []


def test_a_release_is_voided_only_while_nothing_of_it_is_used(session: Session, office: Office) -> None:
    used = office.allotments.release_funds(release(office.training, 8000))
    office.pay(used, 3000)
    with pytest.raises(ReleaseInUse) as refusal:
        office.allotments.void_release(ReleaseVoiding(release_id=used.id, reason="重复"))
    assert refusal.value.used == Money.yuan(3000)
    twice = office.allotments.release_funds(release(office.training, 8000, "H2"))
    voiding = ReleaseVoiding(release_id=twice.id, reason="重复")
    voided = office.allotments.void_release(voiding)
    assert (voided.state, voided.end_reason, voided.ended_on) == (ReleaseState.VOIDED, "重复", JANUARY)
    assert office.allotments.void_release(voiding) == voided
    with pytest.raises(ReleaseEnded):
        office.allotments.give_back(twice.id)
    assert office.available(office.training) == Money.yuan(20_000) and astray(session) == []


def test_an_unknown_release_is_refused(office: Office) -> None:
    with pytest.raises(ReleaseUnknown):
        office.allotments.give_back(1)


def test_a_release_that_says_another_amount_than_its_entry_is_found(session: Session, office: Office) -> None:
    view = office.allotments.release_funds(release(office.training, 8000))
    session.execute(update(Release).where(Release.id == view.id).values(amount=Money.yuan(9000)))
    assert astray(session) == ["核拨单“H1”的金额 9000.00 元、交回 0.00 元与记账不符"]


# the training check


def test_training_is_compared_with_the_whole_of_operating_funds(office: Office) -> None:
    check = office.allotments.training_check(2027)
    planned, paid = check.shares
    assert (planned.amount, planned.whole) == (Money.yuan(28_800), Money.yuan(576_000))
    assert (planned.percent, planned.flagged, planned.short) == ("5.00%", False, Money(0))
    assert (paid.percent, paid.flagged, paid.short) == ("0.00%", True, Money.yuan(28_800))
    assert [(line.economic, line.planned) for line in check.lines] == [
        ("30211", Money.yuan(800)),
        ("30216", Money.yuan(28_000)),
    ]


def test_a_training_line_shows_what_is_released_and_paid(office: Office) -> None:
    view = office.allotments.release_funds(release(office.training, 28_000))
    office.pay(view, 27_999)
    check = office.allotments.training_check(2027)
    assert (check.lines[1].held, check.lines[1].paid) == (Money.yuan(1), Money.yuan(27_999))
    assert (check.shares[1].percent, check.shares[1].verdict) == ("4.86%", "不足")


def test_a_plan_below_the_share_is_listed_and_blocks_nothing(session: Session) -> None:
    door = allotting(session)
    adopt_budget(door, amount("operating", "30201", 95_001), amount("training", "30216", 4999))
    planned = door.budget.allotments.training_check(2027).shares[0]
    assert (planned.flagged, planned.percent, planned.short) == (True, "4.99%", Money.yuan(1))
    assert door.budget.allotments.training_check(2026).shares[0].percent == "—"
