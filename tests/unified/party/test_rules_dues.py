"""Rules of dues: bands that jump, bases, first months, whose month it is, payments, arrears; no database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ import Money
from xuequ.core.errors import Problem, UnknownCode
from xuequ.core.spans import DaySpan, months_later
from xuequ.core.standards import Standard, StandardNotSet, Standards
from xuequ.standards.national import national
from xuequ.unified.party.errors.dues import (
    AgreedDuesMissing,
    AgreedDuesOutside,
    BackPaymentTooLong,
    ConsentMissing,
    DuesNegative,
    DuesShort,
    HigherApprovalMissing,
    MonthElsewhere,
    MonthPaid,
    MonthSettled,
    NothingPaid,
    PaidAhead,
    PayItemUnclear,
    PayMissing,
    ReductionNone,
    TooManyMonths,
)
from xuequ.unified.party.rules.dues import (
    Belonging,
    PayRecord,
    dues_of,
    make_base,
    months_between,
    owed_months,
    payer_on,
    record_for,
)
from xuequ.unified.party.rules.dues_arrears import arrears_of, months_without
from xuequ.unified.party.rules.dues_paying import (
    Paying,
    amount_problems,
    month_problems,
    pot_of_extra,
    reduction_problems,
    time_problems,
)
from xuequ.unified.party.states.dues import DuesCategory, PayItem, Pot
from xuequ.unified.party.states.members import MemberState

PLACE = "530921/qianfeng"
LAW = national(PLACE)
LONG_AGO = date(2020, 1, 1)
SALARIED, RETIRED = DuesCategory.SALARIED, DuesCategory.RETIRED


def month(year: int, number: int) -> date:
    return date(year, number, 1)


JANUARY, NOVEMBER = month(2026, 1), month(2026, 11)


def ours(rounding: str = "fen", first_month: str = "days", base_fixed: str | None = None) -> Standards:
    """Return the law and what this district has set."""
    values = {"party.dues.rounding": rounding, "party.dues.first_month": first_month}
    if base_fixed:
        values["party.dues.base_fixed"] = base_fixed
    return LAW.with_own(
        Standard(key, value, DaySpan(month(2008, 4)), place=PLACE, authority="支部决议")
        for key, value in values.items()
    )


def record(
    base: str | Money = "0",
    category: DuesCategory = SALARIED,
    since: date = JANUARY,
    *,
    agreed: Money | None = None,
    at_once: bool = False,
) -> PayRecord:
    amount = base if isinstance(base, Money) else Money.yuan(base)
    return PayRecord(1, since, category, amount, agreed, at_once)


def due(base: str | Money, category: DuesCategory = SALARIED, rounding: str = "fen") -> Money:
    return dues_of(record(base, category), NOVEMBER, ours(rounding), joined_on=LONG_AGO).amount


def kinds(problems: Iterable[Problem]) -> list[type[Exception]]:
    return [type(problem.error) for problem in problems]


# bands


@pytest.mark.parametrize(
    ("base", "wanted"),
    [
        ("0", "0"),
        ("3000", "15.00"),
        ("3000.01", "30.00"),
        ("5000", "50.00"),
        ("5000.01", "75.00"),
        ("10000", "150.00"),
        ("10000.01", "200.00"),
    ],
)
def test_the_rate_of_the_band_is_that_of_the_whole_base(base: str, wanted: str) -> None:
    assert due(base) == Money.yuan(wanted)


@pytest.mark.parametrize(("pension", "wanted"), [("5000", "25.00"), ("5000.01", "50.00")])
def test_the_retired_have_two_bands(pension: str, wanted: str) -> None:
    assert due(pension, RETIRED) == Money.yuan(wanted)


@pytest.mark.parametrize("category", [DuesCategory.STUDENT, DuesCategory.RELIEF])
def test_students_and_those_on_relief_pay_two_jiao(category: DuesCategory) -> None:
    figure = dues_of(record(category=category), NOVEMBER, LAW, joined_on=LONG_AGO)
    assert figure.amount == Money.yuan("0.20")
    assert [one.key for one in figure.used] == ["party.dues.flat"]


@given(st.integers(0, 2_000_000), st.integers(0, 2_000_000), st.sampled_from(["fen", "jiao"]))
def test_who_earns_more_never_pays_less(one: int, other: int, rounding: str) -> None:
    less, more = sorted((one, other))
    assert due(Money(less), rounding=rounding) <= due(Money(more), rounding=rounding)


def test_dues_jump_at_exactly_three_bases() -> None:
    """A step of one fen of the base moves the dues by at most one fen, but for the ends of the bands."""
    ends = [300_000, 500_000, 1_000_000]
    near = sorted({end + step for end in ends for step in range(-300, 300)} | set(range(0, 1_300_000, 997)))
    jumps = [before for before in near if (due(Money(before + 1)) - due(Money(before))).fen > 1]
    assert jumps == ends


@given(st.integers(0, 2_000_000))
def test_between_the_jumps_the_dues_are_a_share_of_the_base_to_half_a_fen(fen: int) -> None:
    figure = dues_of(record(Money(fen)), NOVEMBER, ours(), joined_on=LONG_AGO)
    assert figure.rate is not None
    assert abs(figure.amount.fen - figure.rate * fen) <= Fraction(1, 2)
    in_jiao = dues_of(record(Money(fen)), NOVEMBER, ours("jiao"), joined_on=LONG_AGO)
    assert in_jiao.amount.fen % 10 == 0 and abs(in_jiao.amount.fen - figure.rate * fen) <= 5


def test_a_tie_is_rounded_up_from_the_exact_figure_and_not_twice() -> None:
    assert due("2009", rounding="jiao") == Money.yuan("10.00")  # 10.045
    assert due("2009") == Money.yuan("10.05")
    assert due("2010", rounding="jiao") == Money.yuan("10.10")  # 10.05 just half


def test_the_unit_of_rounding_has_no_default() -> None:
    with pytest.raises(StandardNotSet):
        dues_of(record("4000"), NOVEMBER, LAW, joined_on=LONG_AGO)


def test_a_unit_that_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownCode):
        due("4000", rounding="yuan")


def test_a_figure_says_by_which_entries_it_was_made() -> None:
    figure = dues_of(record("4000"), NOVEMBER, ours(), joined_on=LONG_AGO)
    assert [(one.key, one.place) for one in figure.used] == [
        ("party.dues.bands", ""),
        ("party.dues.rounding", PLACE),
    ]
    again = dues_of(record("4000"), NOVEMBER, Standards(figure.used), joined_on=LONG_AGO)
    assert again.amount == figure.amount == Money.yuan("40.00")


# bases

PAY = {
    PayItem.POST_WAGE: Money.yuan("2500"),
    PayItem.GRADE_WAGE: Money.yuan("1800"),
    PayItem.PERFORMANCE_BASIC: Money.yuan("1200"),
    PayItem.ALLOWANCES: Money.yuan("500"),
    PayItem.PERFORMANCE_INCENTIVE: Money.yuan("900"),
    PayItem.REFORM_SUBSIDIES: Money.yuan("600"),
    PayItem.INCOME_TAX: Money.yuan("30"),
    PayItem.SOCIAL_INSURANCE: Money.yuan("620"),
    PayItem.HOUSING_FUND: Money.yuan("720"),
    PayItem.ANNUITY: Money.yuan("240"),
}


def test_incentive_pay_and_subsidies_are_out_and_what_goes_off_is_taken_off() -> None:
    base, problems = make_base("王", SALARIED, PAY, None, LAW, NOVEMBER)
    assert problems == []
    assert base.amount == Money.yuan(2500 + 1800 + 1200 + 500 - 30 - 620 - 720 - 240)
    assert [one.key for one in base.used] == ["party.dues.base_includes", "party.dues.base_excludes"]


def test_a_place_that_counts_incentive_pay_says_so_in_data() -> None:
    counted = ("post_wage", "grade_wage", "performance_basic", "allowances", "performance_incentive")
    left_out = ("income_tax", "social_insurance", "housing_fund", "annuity", "reform_subsidies")
    span = DaySpan(month(2020, 1))
    local = LAW.with_own(
        [
            Standard("party.dues.base_includes", counted, span, place=PLACE),
            Standard("party.dues.base_excludes", left_out, span, place=PLACE),
        ]
    )
    base, problems = make_base("王", SALARIED, PAY, None, local, NOVEMBER)
    assert problems == [] and base.amount == Money.yuan(6000 + 900 - 1610)


def test_an_item_in_neither_list_or_in_both_is_refused() -> None:
    base = {**PAY, PayItem.PENSION: Money.yuan(1)}
    assert kinds(make_base("王", SALARIED, base, None, LAW, NOVEMBER)[1]) == [PayItemUnclear]
    own = Standard("party.dues.base_excludes", ("post_wage",), DaySpan(month(2020, 1)), place=PLACE)
    both = make_base("王", SALARIED, {PayItem.POST_WAGE: Money(1)}, None, LAW.with_own([own]), NOVEMBER)
    assert PayItemUnclear in kinds(both[1])


def test_pay_and_bases_below_nothing_are_refused_all_at_once() -> None:
    pay = {PayItem.POST_WAGE: Money.yuan(-5), PayItem.INCOME_TAX: Money.yuan(7)}
    assert kinds(make_base("王", SALARIED, pay, None, LAW, NOVEMBER)[1]) == [DuesNegative, DuesNegative]


@pytest.mark.parametrize(
    "pay", [{}, {PayItem.INCOME_TAX: Money(1)}, {PayItem.PERFORMANCE_INCENTIVE: Money(1)}]
)
def test_who_earns_must_say_what_counts(pay: dict[PayItem, Money]) -> None:
    assert PayMissing in kinds(make_base("王", SALARIED, pay, None, LAW, NOVEMBER)[1])


def test_the_retired_reckon_from_the_pension() -> None:
    base, problems = make_base("王", RETIRED, {PayItem.PENSION: Money.yuan(4800)}, None, LAW, NOVEMBER)
    assert problems == [] and base.amount == Money.yuan(4800)


def test_students_and_those_on_relief_have_no_base() -> None:
    for category in (DuesCategory.STUDENT, DuesCategory.RELIEF):
        base, problems = make_base("王", category, {}, None, LAW, NOVEMBER)
        assert (base.amount, base.used, problems) == (Money(0), (), [])


@pytest.mark.parametrize(
    ("agreed", "wanted"),
    [
        (None, [AgreedDuesMissing]),
        ("0.19", [AgreedDuesOutside]),
        ("0.20", []),
        ("1.00", []),
        ("1.01", [AgreedDuesOutside]),
        ("-0.20", [DuesNegative, AgreedDuesOutside]),
    ],
)
def test_a_farmer_agrees_on_two_jiao_to_one_yuan(agreed: str | None, wanted: list[type[Exception]]) -> None:
    amount = None if agreed is None else Money.yuan(agreed)
    base, problems = make_base("王", DuesCategory.FARMER, {}, amount, LAW, NOVEMBER)
    assert kinds(problems) == wanted
    if not wanted:
        paid = dues_of(record(category=DuesCategory.FARMER, agreed=amount), NOVEMBER, LAW, joined_on=LONG_AGO)
        assert paid.amount == amount and base.amount == Money(0)


# when a new salary counts


@pytest.mark.parametrize(
    ("base_fixed", "in_july", "in_january"), [("year", "4000", "6000"), ("month", "6000", "6000")]
)
def test_a_new_salary_waits_for_january_where_the_base_is_fixed_for_the_year(
    base_fixed: str, in_july: str, in_january: str
) -> None:
    rises = [record("4000"), record("6000", since=month(2026, 7))]
    local = ours(base_fixed=base_fixed)
    for when, wanted in ((month(2026, 7), in_july), (month(2027, 1), in_january)):
        found = record_for(rises, when, local)
        assert found is not None and found.base == Money.yuan(wanted)


def test_the_law_itself_changed_from_the_month_to_the_year() -> None:
    rises = [record("4000", since=month(2016, 1)), record("6000", since=month(2016, 7))]
    rises.append(record("9000", since=month(2017, 3)))
    assert [
        getattr(record_for(rises, when, LAW), "base", None)
        for when in (month(2015, 12), month(2016, 7), month(2017, 3), month(2018, 1))
    ] == [None, Money.yuan(6000), Money.yuan(6000), Money.yuan(9000)]


def test_another_category_and_what_was_decided_so_do_not_wait() -> None:
    local = ours(base_fixed="year")
    retired = [record("9000"), record("5000", RETIRED, month(2026, 6))]
    assert record_for(retired, month(2026, 6), local) == retired[1]
    decided = [record("9000"), record("3000", since=month(2026, 6), at_once=True)]
    assert record_for(decided, month(2026, 6), local) == decided[1]
    assert record_for(decided, month(2026, 5), local) == decided[0]


def test_who_comes_during_the_year_takes_the_first_base_there_is() -> None:
    came = [record("4000", since=month(2026, 5)), record("6000", since=month(2026, 7))]
    local = ours(base_fixed="year")
    assert record_for(came, month(2026, 4), local) is None
    assert record_for(came, month(2026, 12), local) == came[0]
    assert record_for(came, month(2027, 1), local) == came[1]


# the first month


@pytest.mark.parametrize(
    ("policy", "wanted"),
    [("whole", "90.00"), ("none", "0"), ("days", "48.00")],  # from the 15th, 16 of 30 days
)
def test_the_first_month_is_what_the_district_says(policy: str, wanted: str) -> None:
    joined = date(2026, 11, 15)
    figure = dues_of(record("6000"), NOVEMBER, ours(first_month=policy), joined_on=joined)
    assert figure.amount == Money.yuan(wanted)
    assert "party.dues.first_month" in {one.key for one in figure.used}


def test_the_month_after_is_whole() -> None:
    figure = dues_of(record("6000"), month(2026, 12), ours(), joined_on=date(2026, 11, 15))
    assert figure.amount == Money.yuan("90.00")


def test_a_flat_amount_by_days_is_rounded_as_well_and_says_by_what() -> None:
    student = record(category=DuesCategory.STUDENT)
    figure = dues_of(student, NOVEMBER, ours("jiao"), joined_on=date(2026, 11, 16))
    assert figure.amount == Money.yuan("0.10")
    assert [one.key for one in figure.used][-1] == "party.dues.rounding"


def test_the_first_month_has_no_default() -> None:
    with pytest.raises(StandardNotSet):
        dues_of(record(category=DuesCategory.STUDENT), NOVEMBER, LAW, joined_on=date(2026, 11, 2))


def test_a_reduction_never_raises_the_dues() -> None:
    for reduced, wanted in (("0", "0"), ("5", "5"), ("500", "40")):
        figure = dues_of(record("4000"), NOVEMBER, ours(), joined_on=LONG_AGO, reduced=Money.yuan(reduced))
        assert figure.amount == Money.yuan(wanted)


# whose month it is

HERE, THERE = 7, 8


def member(*branches: tuple[date, int], state: MemberState = MemberState.FULL) -> Belonging:
    """Return a member of one branch after the other, without a gap."""
    ends = [*(since for since, _ in branches[1:]), None]
    spans = tuple((DaySpan(since, end), at) for (since, at), end in zip(branches, ends, strict=True))
    first = branches[0][0]
    return Belonging(1, "王", "T1", first, spans, ((DaySpan(first), state),))


def test_who_moves_in_mid_month_pays_that_month_where_they_came_from() -> None:
    moved = member((LONG_AGO, HERE), (date(2026, 11, 10), THERE))
    three = months_between(month(2026, 10), month(2026, 12))
    assert owed_months(moved, HERE, three) == three[:2]
    assert owed_months(moved, THERE, three) == three[2:]


def test_who_moves_on_the_first_pays_where_they_go() -> None:
    moved = member((LONG_AGO, HERE), (NOVEMBER, THERE))
    assert owed_months(moved, THERE, [NOVEMBER]) == [NOVEMBER]


def test_who_joins_in_mid_month_owes_that_month() -> None:
    joined = member((date(2026, 11, 15), HERE), state=MemberState.PROBATIONARY)
    assert owed_months(joined, HERE, months_between(month(2026, 10), month(2026, 12))) == [
        NOVEMBER,
        month(2026, 12),
    ]


def test_nobody_owes_while_suspended() -> None:
    assert owed_months(member((LONG_AGO, HERE), state=MemberState.SUSPENDED), HERE, [NOVEMBER]) == []


@given(st.lists(st.tuples(st.integers(1, 400), st.sampled_from([HERE, THERE, 9])), max_size=6))
def test_every_month_is_owed_to_one_branch_however_often_somebody_moves(
    moves: list[tuple[int, int]],
) -> None:
    branches = [(date(2025, 1, 10), HERE)]
    for days, branch in moves:
        branches.append((branches[-1][0] + timedelta(days), branch))
    moved = member(*branches)
    for when in months_between(month(2025, 1), month(2027, 12)):
        owed = [branch for branch in (HERE, THERE, 9) if owed_months(moved, branch, [when])]
        assert len(owed) == 1
        payer = payer_on(moved, when)
        assert payer is not None and owed == [payer[0]]
    assert payer_on(moved, month(2024, 12)) is None


# paying


def paying(*months: date, amount: str = "40", on: date = date(2026, 11, 20), **more: str) -> Paying:
    return Paying("王", months, Money.yuan(amount), on, **more)


def back(count: int) -> tuple[date, ...]:
    """Return the months before November, so many."""
    return tuple(months_later(NOVEMBER, -number) for number in range(count, 0, -1))


TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(("count", "wanted"), [(1, []), (6, []), (7, [BackPaymentTooLong])])
def test_six_months_may_be_paid_back_and_seven_may_not(count: int, wanted: list[type[Exception]]) -> None:
    assert kinds(time_problems(paying(*back(count)), LAW, TODAY)) == wanted


def test_the_seventh_month_back_is_refused_also_when_it_comes_alone() -> None:
    assert kinds(time_problems(paying(back(7)[0]), LAW, TODAY)) == [BackPaymentTooLong]


@pytest.mark.parametrize(
    ("months", "consent", "wanted"),
    [
        ((NOVEMBER,), "", []),
        ((month(2026, 12),), "", [ConsentMissing]),
        ((NOVEMBER, month(2026, 12)), "", [ConsentMissing]),
        ((NOVEMBER, month(2026, 12), month(2027, 1)), "支委会纪要", []),
        ((NOVEMBER, month(2026, 12), month(2027, 1), month(2027, 2)), "支委会纪要", [TooManyMonths]),
        ((*back(6), NOVEMBER), "", []),
    ],
)
def test_a_quarter_at_once_wants_the_consent_of_the_branch(
    months: tuple[date, ...], consent: str, wanted: list[type[Exception]]
) -> None:
    assert kinds(time_problems(paying(*months, consent=consent), LAW, TODAY)) == wanted


def test_somebody_else_may_bring_the_money_with_the_consent_of_the_branch() -> None:
    assert kinds(time_problems(paying(NOVEMBER, proxy="李"), LAW, TODAY)) == [ConsentMissing]
    assert time_problems(paying(NOVEMBER, proxy="李", consent="纪要"), LAW, TODAY) == []


def test_nothing_is_paid_tomorrow() -> None:
    assert kinds(time_problems(paying(NOVEMBER, on=date(2026, 11, 25)), LAW, TODAY)) == [PaidAhead]


@pytest.mark.parametrize(
    ("amount", "wanted"),
    [("-1", [DuesNegative]), ("0", [NothingPaid]), ("39.99", [DuesShort]), ("40", []), ("5000", [])],
)
def test_a_payment_is_never_short_and_may_be_as_large_as_one_likes(
    amount: str, wanted: list[type[Exception]]
) -> None:
    assert kinds(amount_problems(paying(amount=amount), Money.yuan(40))) == wanted


@pytest.mark.parametrize(("extra", "pot"), [("999.99", Pot.DUES), ("1000", Pot.CENTRE)])
def test_a_gift_of_a_thousand_goes_wholly_to_the_centre(extra: str, pot: Pot) -> None:
    assert pot_of_extra(Money.yuan(extra), LAW, TODAY) is pot


def test_a_month_is_paid_once_and_only_where_it_is_owed() -> None:
    four = (month(2026, 8), month(2026, 9), month(2026, 10), NOVEMBER)
    problems = month_problems(
        paying(*four), owed=[month(2026, 9), month(2026, 10)], paid=[month(2026, 10)], settled=month(2026, 8)
    )
    assert kinds(problems) == [MonthSettled, MonthPaid, MonthElsewhere]


def test_a_reduction_needs_the_higher_committee_and_its_document() -> None:
    def found(amount: str, approver: str = "镇党委", document: str = "批复1号") -> list[type[Exception]]:
        return kinds(reduction_problems("王", Money.yuan(amount), approver, document, LAW, TODAY))

    assert found("0") == []
    assert found("5", approver="") == [HigherApprovalMissing]
    assert found("5", document="") == [HigherApprovalMissing]
    assert found("-1") == [ReductionNone]


# arrears and the alarm


def test_arrears_are_of_months_that_are_over_and_know_what_is_too_old() -> None:
    unpaid = {month(2026, n): Money.yuan(40) for n in range(3, 12)} | {month(2026, 6): Money(0)}
    found = arrears_of(unpaid, TODAY, LAW)
    assert found is not None
    assert (found.age, found.amount) == (8, Money.yuan(7 * 40))
    assert found.too_old == (month(2026, 3), month(2026, 4))
    assert arrears_of({NOVEMBER: Money(1)}, TODAY, LAW) is None


def test_the_row_is_broken_by_a_month_that_was_paid_or_exempted() -> None:
    owed = months_between(month(2026, 1), month(2026, 12))
    assert months_without(owed, [], TODAY) == owed[:10]
    assert months_without(owed, [month(2026, 7)], TODAY) == owed[7:10]
    assert months_without(owed, [month(2026, 10)], TODAY) == []
    away = [when for when in owed if when != month(2026, 8)]
    assert months_without(away, [], TODAY) == owed[8:10]


@given(st.sets(st.integers(0, 30)))
def test_a_row_of_months_has_no_gap(paid: set[int]) -> None:
    owed = months_between(month(2024, 6), month(2026, 11))
    found = months_without(owed, {months_later(owed[0], number) for number in paid}, TODAY)
    assert all(months_later(before, 1) == after for before, after in pairwise(found))
