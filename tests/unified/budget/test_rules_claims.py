"""Pure rules of claims: bands, split purchases, parts of an order, suppliers, amounts in capitals."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ import Money, Post
from xuequ.core.access import Post as AnyPost
from xuequ.core.errors import IllegalTransition
from xuequ.core.spans import DaySpan
from xuequ.core.standards import Standard
from xuequ.registry.rules.duties import Held
from xuequ.standards.national import national
from xuequ.unified.budget.errors.claims import BandsBroken
from xuequ.unified.budget.rules.claim_bands import (
    Band,
    band_of,
    bands_of,
    bands_problems,
    signers,
    split_total,
)
from xuequ.unified.budget.rules.claim_duties import DUTIES, Doer, done_by, meeting_problems, post_problems
from xuequ.unified.budget.rules.claims import (
    ClaimSaid,
    InvoiceSaid,
    LineSaid,
    act_problems,
    claim_problems,
    parts_of_order,
    supplier_key,
)
from xuequ.unified.budget.states.claims import APPROVERS, COUNCIL, WAYS, Act, ClaimState
from xuequ.unified.budget.states.ledger import Book, Purse

DAY = date(2026, 11, 2)
PLACE = "530921/qianfeng"
BULK = Standard("budget.council.bulk_from", Money.yuan(101), DaySpan(date(2026, 1, 1), None))
STANDARDS = national().with_own([BULK])
LOCAL: tuple[dict[str, Any], ...] = (
    {"upto": Money.yuan(300), "post": "general_affairs_director"},
    {"upto": Money.yuan(10000), "post": "principal"},
    {"post": COUNCIL},
)
amounts = st.integers(1, 10**9).map(Money)
days = st.integers(-80, 80).map(lambda number: DAY + timedelta(number))
spendings = st.lists(st.tuples(days, amounts), max_size=8)


def broken(*rows: dict[str, Any]) -> list[int]:
    """Return the rows that are wrong."""
    problems = [problem.error for problem in bands_problems(rows)]
    return [error.row for error in problems if isinstance(error, BandsBroken)]


def test_a_table_of_bands_is_ordered_ascending_and_open_at_the_end() -> None:
    assert broken(*LOCAL) == []
    assert broken() == [0]
    assert broken(*LOCAL[:2]) == [2]
    assert broken(LOCAL[2], LOCAL[0]) == [2, 1]
    assert broken(LOCAL[1], LOCAL[0], LOCAL[2]) == [2]
    assert broken(LOCAL[0], LOCAL[0], LOCAL[2]) == [2]
    assert broken({"upto": Money(0), "post": "principal"}, LOCAL[2]) == [1]
    assert broken({"post": "cashier"}) == [1]


@given(st.lists(amounts, unique=True, max_size=6), amounts, st.data())
def test_bands_cover_every_amount_once(limits: list[Money], amount: Money, data: st.DataObject) -> None:
    posts = st.sampled_from([*[post.code for post in APPROVERS], COUNCIL])
    rows: list[Any] = [{"upto": limit, "post": data.draw(posts)} for limit in sorted(limits)]
    rows.append({"post": data.draw(posts)})
    assert not bands_problems(rows)
    bands = bands_of(rows)
    place = band_of(bands, amount)
    within = [
        number
        for number, band in enumerate(bands)
        if (number == 0 or amount > (bands[number - 1].upto or Money(0)))
        and (band.upto is None or amount <= band.upto)
    ]
    assert within == [place]
    assert signers(bands, place)


def test_a_limit_is_within_its_band_and_a_higher_post_may_sign_for_a_lower_one() -> None:
    bands = bands_of(LOCAL)
    assert [band_of(bands, Money.yuan(amount)) for amount in ("300", "300.01", "10000", "10000.01")] == [
        *(0, 1),
        *(1, 2),
    ]
    assert signers(bands, 0) == (Post.GENERAL_AFFAIRS_DIRECTOR, Post.PRINCIPAL)
    assert signers(bands, 1) == (Post.PRINCIPAL,)
    assert signers(bands, 2) == (Post.PRINCIPAL,), "who carries out what the council has decided"
    assert signers([Band(None, None)], 0) == (Post.PRINCIPAL,)
    assert [band.label for band in bands] == ["总务主任", "学区校长", "校务委员会"]


@given(days, amounts, spendings, st.integers(0, 60))
def test_what_is_summed_is_at_least_the_claim_and_never_shrinks(
    day: date, amount: Money, others: list[tuple[date, Money]], within: int
) -> None:
    summed = split_total(day, amount, others, within)
    assert amount <= summed <= amount + Money.total(money for _, money in others)
    assert summed <= split_total(day, amount, others, within + 1)
    assert summed <= split_total(day, amount, [*others, (day, Money(1))], within)


def test_purchases_far_apart_are_not_summed_though_both_are_near_the_claim() -> None:
    spent = [(DAY - timedelta(20), Money.yuan(200)), (DAY + timedelta(20), Money.yuan(300))]
    assert str(split_total(DAY, Money.yuan(100), spent, 30)) == "400.00"
    assert str(split_total(DAY, Money.yuan(100), spent, 41)) == "600.00"
    assert str(split_total(DAY, Money.yuan(100), spent, 20)) == "100.00"


@given(
    st.lists(st.tuples(st.integers(1, 3), amounts), min_size=1, max_size=6),
    st.dictionaries(st.integers(1, 3), amounts),
    st.dictionaries(st.integers(1, 3), amounts),
)
def test_an_order_pays_no_more_than_it_holds_and_no_more_than_the_line(
    lines: list[tuple[int, Money]], held: dict[int, Money], spoken: dict[int, Money]
) -> None:
    parts = parts_of_order(lines, held, spoken)
    assert all(Money(0) <= part <= amount for part, (_, amount) in zip(parts, lines, strict=True))
    for line in {line for line, _ in lines}:
        taken = Money.total(part for part, (one, _) in zip(parts, lines, strict=True) if one == line)
        asked = Money.total(amount for one, amount in lines if one == line)
        left = max(held.get(line, Money(0)) - spoken.get(line, Money(0)), Money(0))
        assert taken == min(asked, left)


def test_suppliers_are_compared_without_spaces_marks_and_widths() -> None:
    assert supplier_key("凤山 文具店（个体）") == supplier_key("凤山文具店(个体)")
    assert supplier_key("ＡＢC公司") == supplier_key("abc公司")
    assert supplier_key("甲店") != supplier_key("乙店")
    assert supplier_key("——")


def test_every_state_but_the_last_ones_leads_on_and_nothing_leads_out_of_those() -> None:
    ways = {
        state: {to for from_, to in WAYS.values() if state in from_ and to is not state}
        for state in ClaimState
    }
    assert {state for state, to in ways.items() if not to} == {ClaimState.ARCHIVED, ClaimState.VOIDED}
    assert all(ways[state] for state in ClaimState if state not in (ClaimState.ARCHIVED, ClaimState.VOIDED))
    problems = act_problems(Act.PAY, ClaimState.CHECKED)
    assert isinstance(problems[0].error, IllegalTransition)
    assert act_problems(Act.PAY, ClaimState.APPROVED) == []


@pytest.mark.parametrize(
    ("done", "act", "refused"),
    [
        ((), Act.ACCEPT, True),
        ((), Act.CHECK, True),
        ((), Act.APPROVE, True),
        ((), Act.PAY, False),
        ((), Act.POST, True),
        ((Act.ACCEPT,), Act.APPROVE, True),
        ((Act.ACCEPT,), Act.CHECK, False),
        ((Act.CHECK,), Act.APPROVE, False),
        ((Act.APPROVE,), Act.PAY, True),
        ((Act.CHECK,), Act.PAY, True),
        ((Act.PAY,), Act.POST, True),
        ((Act.PAY,), Act.ARCHIVE, True),
        ((Act.APPROVE,), Act.POST, True),
        ((Act.POST,), Act.ARCHIVE, False),
    ],
)
def test_who_has_done_one_thing_may_not_do_what_it_excludes(
    done: tuple[Act, ...], act: Act, refused: bool
) -> None:
    """Nothing done means the claimant's own claim; else somebody else's."""
    doer, claimant = Doer(7, "T7"), 7 if not done else 1
    history = done_by(claimant, [(one, 7) for one in done] + [(Act.APPROVE, None)])
    problems = meeting_problems(act, [doer], history, STANDARDS, on=DAY, claim="B1")
    assert bool(problems) == refused


def test_acts_that_are_no_duty_are_anybody_s() -> None:
    assert Act.RETURN not in DUTIES
    assert meeting_problems(Act.RETURN, [Doer(1, "T1")], done_by(1, []), STANDARDS, on=DAY, claim="B") == []


def held(post: AnyPost, since: date, until: date | None = None) -> Held:
    return Held(post, PLACE, DaySpan(since, until))


def test_a_post_excludes_an_act_on_the_days_that_matter() -> None:
    paid = date(2026, 10, 1)
    was = [held(Post.CASHIER, date(2026, 1, 1), date(2026, 10, 15)), held(Post.ACCOUNTANT, DAY)]

    def found(act: Act, *on: date, holds: list[Held] = was) -> list[str]:
        problems = post_problems(act, Doer(1, "T1"), holds, on, STANDARDS, place=PLACE)
        return [f"{problem.error.facts()['post']} {problem.error.facts()['on']}" for problem in problems]

    assert found(Act.POST, DAY) == []
    assert found(Act.POST, DAY, paid) == ["出纳 2026-10-01"]
    assert found(Act.ACCEPT, DAY, holds=[held(Post.PRINCIPAL, paid)]) == [], "of claims that others approve"
    assert found(Act.ACCEPT, DAY, holds=[held(Post.BUYER, paid)]) == ["采购员 2026-11-02"]
    assert found(Act.APPROVE, DAY, holds=[held(Post.ACCOUNTANT, paid)]) == ["会计 2026-11-02"]


def said(**more: Any) -> ClaimSaid:
    """Return a claim of school 1 that nothing stands against."""
    line: dict[str, Any] = {"book": Book.SCHOOL, "year": 2026, "closed": False, "economic": "30201"}
    line = {name: more.pop(name, value) for name, value in line.items()}
    line |= {"line_id": 5, "school_id": 1, "name": "办公费", "project": "公用经费", "purse": Purse.OPERATING}
    line |= {"what": "纸", "amount": more.pop("amount", Money.yuan(100))}
    whole: dict[str, Any] = {"number": "B1", "school_id": 1, "spent_on": DAY, "uninvoiced": ""}
    whole |= {"decided": False, "invoices": [InvoiceSaid("", "1", DAY, Money.yuan(100))]}
    whole |= {"lines": [LineSaid(**line)], **more}
    return ClaimSaid(**whole)


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({}, []),
        ({"school_id": None}, ["budget.claim_line_of_other_school"]),
        ({"school_id": 2}, ["budget.claim_line_of_other_school"]),
        ({"book": Book.NUTRITION}, ["budget.claim_line_of_other_book"]),
        ({"closed": True}, ["budget.year_closed"]),
        ({"year": 2025}, ["budget.day_outside_year", "budget.invoice_outside_year"]),
        ({"economic": "30101"}, ["budget.use_forbidden"]),
        ({"economic": "30701"}, ["budget.use_forbidden"]),
        ({"economic": "31006"}, ["budget.use_forbidden", "budget.claim_decision_missing"]),
        ({"economic": "31006", "decided": True}, ["budget.use_forbidden"]),
        ({"spent_on": date(2026, 11, 3)}, ["budget.claim_ahead"]),
        ({"lines": []}, ["budget.claim_empty"]),
        ({"invoices": []}, ["budget.invoices_short"]),
        ({"invoices": [], "uninvoiced": "补助"}, []),
        ({"invoices": [InvoiceSaid("", "1", DAY, Money.yuan(50))] * 2}, ["budget.invoice_twice"]),
        (
            {"economic": "30101", "closed": True, "book": Book.UNION, "invoices": []},
            [
                *("budget.claim_line_of_other_book", "budget.year_closed"),
                *("budget.use_forbidden", "budget.invoices_short"),
            ],
        ),
    ],
)
def test_all_that_stands_against_a_claim(more: dict[str, Any], refused: list[str]) -> None:
    found = claim_problems(said(**more), STANDARDS, today=DAY)
    assert [problem.error.code for problem in found] == refused


def test_from_where_the_district_says_bulk_begins_a_purchase_needs_a_decision() -> None:
    more = said(lines=[*said().lines, *said(amount=Money.yuan(1)).lines], uninvoiced="补助")
    found = claim_problems(more, STANDARDS, today=DAY)
    assert [problem.error.code for problem in found] == ["budget.claim_decision_missing"]


CAPITALS = {
    "0": "零元整",
    "0.01": "壹分",
    "0.10": "壹角整",
    "10.00": "壹拾元整",
    "100.05": "壹佰元零伍分",
    "101.01": "壹佰零壹元零壹分",
    "1000": "壹仟元整",
    "1001.10": "壹仟零壹元壹角",
    "10005.50": "壹万零伍元伍角",
    "1680.32": "壹仟陆佰捌拾元叁角贰分",
    "107000.53": "壹拾万零柒仟元伍角叁分",
    "325.04": "叁佰贰拾伍元零肆分",
    "100000001.50": "壹亿零壹元伍角",
    "1000000000000": "壹万亿元整",
}


@pytest.mark.parametrize("amount", CAPITALS)
def test_amounts_in_capitals_read_back(amount: str) -> None:
    money = Money.yuan(amount)
    assert Money.from_capitals(f"人民币{money.capitals()}") == money
    assert Money.from_capitals(CAPITALS[amount]) == money


def test_amounts_in_capitals_follow_the_rules_of_zeros() -> None:
    written = {amount: Money.yuan(amount).capitals() for amount in CAPITALS}
    assert written == {**CAPITALS, "0.10": written["0.10"]}
    assert written["0.10"].startswith("壹角")


@given(st.integers(0, 10**15).map(Money))
def test_every_amount_in_capitals_reads_back(money: Money) -> None:
    assert Money.from_capitals(money.capitals()) == money
