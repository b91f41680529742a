"""Claims from the school to the archive: money, bands, duties, refusals, replays."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.unified.budget.buying import accept, order_id, ordered
from tests.unified.budget.counter import SPENT, TODAY, Counter, counter, set_rule
from xuequ import Actor, District, Holding, Money, Post
from xuequ.core.errors import ActionNotPermitted, IllegalTransition, Problems, Stale, XuequError
from xuequ.core.settings import FixedClock, Settings
from xuequ.core.source import Source
from xuequ.core.standards import StandardNotSet
from xuequ.registry.schemas.posts import Appointing, Delegating
from xuequ.registry.states.posts import AppointmentEnd
from xuequ.testing.factories import make_budget
from xuequ.unified.budget.errors.claims import (
    BandPostMissing,
    BandsBroken,
    ClaimAhead,
    ClaimClosed,
    ClaimDecisionMissing,
    ClaimKnown,
    ClaimTaken,
    DutiesMeet,
    GoodsNotAccepted,
    InvoiceUsed,
    PaidBeforeApproved,
    PostExcludes,
)
from xuequ.unified.budget.errors.council import DecisionUnknown, OverCeiling
from xuequ.unified.budget.errors.ledger import InsufficientBudget, NotHeld
from xuequ.unified.budget.schemas.claims import InvoiceClaimed, LineClaimed
from xuequ.unified.budget.states.claims import Act, ClaimState
from xuequ.unified.budget.states.ledger import Pot

NOVEMBER = date(2026, 11, 30)


@pytest.fixture
def desk(session: Session) -> Counter:
    return counter(session)


def codes(error: XuequError) -> list[str]:
    """Return the codes of all that was refused."""
    return [one.error.code for one in error.problems] if isinstance(error, Problems) else [error.code]


def test_a_claim_goes_from_the_school_to_the_archive_and_its_money_with_it(desk: Counter) -> None:
    claim = desk.submitted("120.50")
    assert desk.pots() == ("120.50", "0.00", "0.00")
    desk.door(Post.SCHOOL_HEAD).budget.claims.accept(claim.id)
    desk.door(Post.GENERAL_AFFAIRS_DIRECTOR).budget.claims.check(claim.id)
    desk.door(Post.PRINCIPAL).budget.claims.approve(claim.id)
    assert desk.pots() == ("0.00", "120.50", "0.00")
    desk.door(Post.CASHIER).budget.claims.pay(claim.id)
    assert desk.pots() == ("0.00", "0.00", "120.50")
    desk.door(Post.ACCOUNTANT).budget.claims.post(claim.id)
    filed = desk.door(Post.ACCOUNTANT).budget.claims.archive(claim.id)
    assert filed.state is ClaimState.ARCHIVED
    assert [(step.label, step.post) for step in filed.steps] == [
        ("填写", "教师"),
        ("提交", "学校负责人"),
        ("验收", "学校负责人"),
        ("审核", "总务主任"),
        ("审批", "学区校长"),
        ("支付", "出纳"),
        ("入账", "会计"),
        ("归档", "会计"),
    ]
    approval = filed.steps[4]
    assert str(approval.summed) == "120.50" and "学区内控制度" in approval.basis


def test_whoever_does_it_again_changes_nothing_and_a_second_is_told_who_was_first(desk: Counter) -> None:
    claim = desk.approved()
    again = desk.door(Post.PRINCIPAL).budget.claims.approve(claim.id)
    assert again == claim and desk.pots() == ("0.00", "120.00", "0.00")
    with pytest.raises(ClaimTaken) as taken:
        desk.door(Post.GENERAL_AFFAIRS_DIRECTOR).budget.claims.approve(claim.id)
    assert desk.staff[Post.PRINCIPAL][1] in taken.value.by and taken.value.on == str(TODAY)
    paid = desk.door(Post.CASHIER).budget.claims.pay(claim.id)
    assert desk.door(Post.CASHIER).budget.claims.pay(claim.id) == paid
    assert desk.door(Post.PRINCIPAL).budget.claims.approve(claim.id).state is ClaimState.PAID
    assert desk.pots() == ("0.00", "0.00", "120.00")
    with pytest.raises(IllegalTransition):
        desk.door(Post.ACCOUNTANT).budget.claims.archive(claim.id)


def test_a_claim_that_comes_back_gives_its_money_back_and_goes_round_again(desk: Counter) -> None:
    first = desk.approved()
    back = desk.door(Post.PRINCIPAL).budget.claims.return_claim(first.id, "发票抬头有误")
    assert back.state is ClaimState.RETURNED and back.steps[-1].reason == "发票抬头有误"
    assert desk.pots() == ("0.00", "0.00", "0.00")
    assert desk.door(Post.PRINCIPAL).budget.claims.return_claim(first.id, "又退") == back
    claims = desk.door(desk.claimant_no).budget.claims
    lines = tuple(LineClaimed(line_id=one.line_id, what="复印纸", amount=one.amount) for one in back.lines)
    changed = desk.claiming("120", number=back.number, lines=lines)
    draft = claims.revise(back.id, changed, back.version)
    assert draft.state is ClaimState.DRAFT and draft.lines[0].what == "复印纸"
    assert claims.revise(back.id, changed, back.version) == draft, "what stands is no change"
    desk.door(Post.SCHOOL_HEAD).budget.claims.submit(back.id)
    with pytest.raises(GoodsNotAccepted):
        desk.door(Post.GENERAL_AFFAIRS_DIRECTOR).budget.claims.check(back.id)
    desk.door(Post.SCHOOL_HEAD).budget.claims.accept(back.id)
    desk.door(Post.GENERAL_AFFAIRS_DIRECTOR).budget.claims.check(back.id)
    with pytest.raises(Stale):
        desk.door(Post.PRINCIPAL).budget.claims.approve(back.id, version=back.version)
    desk.door(Post.PRINCIPAL).budget.claims.approve(back.id, version=draft.version)
    desk.door(Post.CASHIER).budget.claims.pay(back.id)
    assert desk.pots() == ("0.00", "0.00", "120.00")


def test_an_invoice_is_claimed_once_until_its_claim_is_void(desk: Counter) -> None:
    one = desk.claiming()
    claims = desk.door(desk.claimant_no).budget.claims
    first = claims.draft([one])[0]
    same = InvoiceClaimed(number=f" {one.invoices[0].number}", day=SPENT, amount=Money.yuan(80))
    with pytest.raises(InvoiceUsed) as used:
        claims.draft([desk.claiming("80", invoices=(same,))])
    assert used.value.claim == first.number
    claims.void(first.id, "填错")
    claims.void(first.id, "填错")
    assert claims.draft([desk.claiming("80", invoices=(same,))])[0].invoices[0].amount == Money.yuan(80)


def test_the_same_draft_again_is_the_same_claim_and_another_content_is_refused(desk: Counter) -> None:
    command = desk.claiming()
    claims = desk.door(desk.claimant_no).budget.claims
    assert claims.draft([command]) == claims.draft([command])
    other = command.model_copy(update={"supplier": "另一家", "invoices": ()})
    with pytest.raises(ClaimKnown):
        claims.draft([other])
    submitted = desk.submitted()
    with pytest.raises(ClaimClosed):
        claims.revise(submitted.id, desk.claiming(number=submitted.number), submitted.version)


def test_all_that_stands_against_a_claim_is_said_at_once(desk: Counter) -> None:
    session_lines = make_budget(desk.door(), {"30201": Money.yuan(10)}, year=2027, school="s2")
    lines = (
        LineClaimed(line_id=session_lines[0], what="外校", amount=Money.yuan(5)),
        LineClaimed(line_id=desk.goods, what="本校", amount=Money.yuan(5)),
    )
    bill = InvoiceClaimed(number="OLD1", day=date(2025, 12, 30), amount=Money.yuan(1))
    claim = desk.draft(lines=lines, invoices=(bill,), spent_on=NOVEMBER)
    with pytest.raises(Problems) as refused:
        desk.door(Post.SCHOOL_HEAD).budget.claims.submit(claim.id)
    assert sorted(codes(refused.value)) == [
        "budget.claim_ahead",
        "budget.claim_line_of_other_school",
        "budget.day_outside_year",
        "budget.invoice_outside_year",
        "budget.invoice_outside_year",
        "budget.invoices_short",
    ]
    assert desk.pots() == ("0.00", "0.00", "0.00")


def test_of_a_line_with_a_thousand_two_claims_of_six_hundred_one_is_submitted(session: Session) -> None:
    desk = counter(session, budget="1000")
    desk.submitted("600")
    second = desk.draft("600")
    with pytest.raises(InsufficientBudget) as short:
        desk.door(Post.SCHOOL_HEAD).budget.claims.submit(second.id)
    assert str(short.value.available) == "400.00"


def test_split_purchases_are_summed_before_the_band_is_chosen(desk: Counter) -> None:
    director = desk.door(Post.GENERAL_AFFAIRS_DIRECTOR).budget.claims
    director.approve(desk.checked("300").id)
    second = desk.checked("1", supplier=" 凤山 文具店")
    with pytest.raises(BandPostMissing) as missing:
        director.approve(second.id)
    assert str(missing.value.summed) == "301.00" and "校长" in missing.value.posts
    far = desk.checked("300", spent_on=date(2026, 9, 20))
    assert director.approve(far.id).state is ClaimState.APPROVED, "thirty days apart"
    assert desk.door(Post.PRINCIPAL).budget.claims.approve(second.id).state is ClaimState.APPROVED


def test_what_the_council_decides_needs_its_decision(desk: Counter) -> None:
    claim = desk.checked("10000.01")
    with pytest.raises(ClaimDecisionMissing):
        desk.door(Post.PRINCIPAL).budget.claims.approve(claim.id)
    with pytest.raises(DecisionUnknown):
        desk.draft("10000.02", decision_item_id=7, supplier="别家")
    cited = desk.checked("10000.02", decision_item_id=desk.adopted("10000.01"), supplier="别家")
    with pytest.raises(OverCeiling):
        desk.door(Post.PRINCIPAL).budget.claims.approve(cited.id)
    large = desk.draft("20000")
    with pytest.raises(ClaimDecisionMissing):
        desk.door(Post.SCHOOL_HEAD).budget.claims.submit(large.id)


def test_without_bands_or_with_broken_ones_nobody_approves(session: Session) -> None:
    desk = counter(session, bands=None)
    claim = desk.checked()
    approve = desk.door(Post.PRINCIPAL).budget.claims.approve
    with pytest.raises(StandardNotSet) as unset:
        approve(claim.id)
    assert unset.value.key == "budget.claims.bands"
    set_rule(desk.door(), "budget.claims.bands", '[{"upto": "300", "post": "principal"}]')
    with pytest.raises(BandsBroken):
        desk.door(Post.PRINCIPAL).budget.claims.approve(claim.id)


def test_the_claimant_neither_accepts_nor_approves_and_who_accepts_does_not_approve(desk: Counter) -> None:
    mine = desk.submitted(claimant_id=desk.staff[Post.SCHOOL_HEAD][0])
    with pytest.raises(DutiesMeet):
        desk.door(Post.SCHOOL_HEAD).budget.claims.accept(mine.id)
    desk.door(desk.claimant_no).budget.claims.accept(mine.id)
    own = desk.checked(claimant_id=desk.staff[Post.PRINCIPAL][0])
    with pytest.raises(DutiesMeet):
        desk.door(Post.PRINCIPAL).budget.claims.approve(own.id)
    claim = desk.submitted()
    desk.door(Post.PRINCIPAL).budget.claims.accept(claim.id)
    desk.door(Post.GENERAL_AFFAIRS_DIRECTOR).budget.claims.check(claim.id)
    with pytest.raises(DutiesMeet) as meet:
        desk.door(Post.PRINCIPAL).budget.claims.approve(claim.id)
    assert "验收" in meet.value.duties and "审批" in meet.value.duties


def test_a_delegation_does_not_get_round_it(desk: Counter) -> None:
    claim = desk.checked(claimant_id=desk.staff[Post.PRINCIPAL][0])
    posts = desk.door().registry.posts
    principal = next(one for one in posts.holders(TODAY) if one.post is Post.PRINCIPAL)
    posts.delegate(principal.id, Delegating(staff_id=desk.claimant, since=TODAY, reason="外出"))
    with pytest.raises(DutiesMeet) as meet:
        desk.door(desk.claimant_no).budget.claims.approve(claim.id)
    assert meet.value.staff == desk.staff[Post.PRINCIPAL][1], "the powers are the claimant's own"
    other = desk.checked("20", supplier="别家", claimant_id=desk.staff[Post.CASHIER][0])
    assert desk.door(desk.claimant_no).budget.claims.approve(other.id).state is ClaimState.APPROVED


def test_who_was_cashier_when_it_was_paid_may_not_post_it_later(desk: Counter) -> None:
    claim = desk.approved()
    cashier = desk.staff[Post.CASHIER]
    desk.door().budget.claims.pay(claim.id, on=TODAY)
    posts = desk.door(today=NOVEMBER).registry.posts
    held = {one.post: one.id for one in posts.holders(NOVEMBER)}
    posts.end_appointment(held[Post.CASHIER], AppointmentEnd.MOVED, NOVEMBER)
    posts.end_appointment(held[Post.ACCOUNTANT], AppointmentEnd.MOVED, NOVEMBER)
    command = {"staff_id": cashier[0], "post": Post.ACCOUNTANT, "since": NOVEMBER, "authority": "文"}
    posts.appoint(Appointing.model_validate(command))
    with pytest.raises(PostExcludes) as excluded:
        desk.door(cashier[1], today=NOVEMBER).budget.claims.post(claim.id)
    assert excluded.value.on == str(TODAY)


def test_the_cashier_neither_checks_approves_posts_nor_files(desk: Counter) -> None:
    claims = desk.door(Post.CASHIER).budget.claims
    claim = desk.paid()
    for act in (claims.check, claims.approve, claims.post, claims.archive):
        with pytest.raises(ActionNotPermitted):
            act(claim.id)


def test_a_payment_has_a_day_between_its_approval_and_today(desk: Counter) -> None:
    claim = desk.approved()
    claims = desk.door(Post.CASHIER).budget.claims
    with pytest.raises(PaidBeforeApproved):
        claims.pay(claim.id, on=SPENT)
    with pytest.raises(ClaimAhead):
        claims.pay(claim.id, on=NOVEMBER)


def test_a_claim_on_an_order_consumes_the_order_s_commitment_first(desk: Counter) -> None:
    view = accept(desk, ordered(desk), "10")
    order = Source("budget.order", order_id(view))
    first = desk.submitted("70", order_id=order.id)
    second = desk.submitted("50", order_id=order.id)
    assert [one.lines[0].from_order for one in (first, second)] == [Money.yuan(70), Money.yuan(30)]
    assert desk.pots() == ("20.00", "100.00", "0.00")
    for claim in (first, second):
        desk.door(Post.SCHOOL_HEAD).budget.claims.accept(claim.id)
        desk.door(Post.GENERAL_AFFAIRS_DIRECTOR).budget.claims.check(claim.id)
        desk.door(Post.PRINCIPAL).budget.claims.approve(claim.id)
    assert desk.pots() == ("0.00", "120.00", "0.00")
    for claim in (first, second):
        desk.door(Post.CASHIER).budget.claims.pay(claim.id)
    assert desk.pots() == ("0.00", "0.00", "120.00")
    with pytest.raises(NotHeld):
        desk.door().budget.ledger.release(
            desk.goods, Money(1), Source("budget.order", 10), out_of=Pot.COMMITTED, purpose=order
        )


def test_what_comes_back_leaves_the_order_s_commitment_to_others(desk: Counter) -> None:
    order = order_id(accept(desk, ordered(desk), "10"))
    claim = desk.approved("70", order_id=order)
    desk.door(Post.PRINCIPAL).budget.claims.return_claim(claim.id, "数量不符")
    assert desk.pots() == ("0.00", "100.00", "0.00")
    assert desk.submitted("100", order_id=order).lines[0].from_order == Money.yuan(100)


def test_last_year_s_claim_may_still_come_back_in_january_but_not_be_paid(desk: Counter) -> None:
    claim = desk.approved()
    january = date(2027, 1, 5)
    with pytest.raises(XuequError) as outside:
        desk.door(Post.CASHIER, january).budget.claims.pay(claim.id)
    assert outside.value.code == "budget.day_outside_year"
    desk.door(Post.PRINCIPAL, january).budget.claims.return_claim(claim.id, "跨年")
    assert desk.pots() == ("0.00", "0.00", "0.00")
    assert claim.steps[-1].act is Act.APPROVE


def test_two_districts_keep_their_claims_and_invoices_apart(session: Session, desk: Counter) -> None:
    other = counter(session, "530921/dasi")
    one = desk.claiming()
    there = other.claiming(number=one.number, invoices=one.invoices)
    desk.door(desk.claimant_no).budget.claims.draft([one])
    made = other.door(other.claimant_no).budget.claims.draft([there])[0]
    with pytest.raises(XuequError) as unknown:
        desk.door().budget.claims.claim(made.id)
    assert unknown.value.code == "budget.claim_unknown"
    assert len(other.door().budget.claims.list(2026).claims) == 1


def test_what_the_council_decided_is_drawn_at_approval_and_given_back_with_the_claim(desk: Counter) -> None:
    item, council = desk.adopted("12300"), desk.door().budget.council
    claim = desk.checked("12000", decision_item_id=item)
    with pytest.raises(BandPostMissing):
        desk.door(Post.GENERAL_AFFAIRS_DIRECTOR).budget.claims.approve(claim.id)
    claims = desk.door(Post.PRINCIPAL).budget.claims
    claims.approve(claim.id)
    claims.approve(claim.id)
    assert council.item(item).drawn == Money.yuan(12000)
    claims.return_claim(claim.id, "超出决议范围")
    assert council.item(item).drawn == Money.yuan(0)
    small = desk.checked("300")
    director = desk.door(Post.GENERAL_AFFAIRS_DIRECTOR).budget.claims
    assert director.approve(small.id).state is ClaimState.APPROVED, "what the council decided is not summed"


def test_powers_of_a_cashier_that_were_lent_keep_one_from_approving(desk: Counter) -> None:
    claim = desk.checked()
    posts = desk.door().registry.posts
    held = {one.post: one.id for one in posts.holders(TODAY)}
    lent = Delegating(staff_id=desk.claimant, since=TODAY, reason="外出")
    posts.delegate(held[Post.CASHIER], lent)
    with pytest.raises(XuequError) as clash:
        posts.delegate(held[Post.PRINCIPAL], lent)
    assert clash.value.code == "registry.duties_clash", "at the registry already"
    principal = Holding(Post.PRINCIPAL, desk.place)
    settings = Settings(clock=FixedClock.at(TODAY))
    both = District(desk.session, desk.place, actor=Actor(desk.claimant_no, (principal,)), settings=settings)
    with pytest.raises(Problems) as refused:
        both.budget.claims.approve(claim.id)
    assert set(codes(refused.value)) == {"budget.claim_duties", "budget.claim_post_excludes"}
