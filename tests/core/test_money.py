from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from xuequ.core.errors import InexactMoney, UnreadableMoney, UnsharableMoney, XuequError
from xuequ.core.money import LIMIT, Money

FEN = st.integers(-LIMIT, LIMIT)
MODEST = st.integers(-(10**12), 10**12).map(Money)
EXACT_WEIGHT = st.one_of(
    st.integers(0, 1000),
    st.fractions(0, 1000, max_denominator=60),
    st.decimals(0, 1000, places=2),
)
WEIGHTS = st.lists(EXACT_WEIGHT, min_size=1, max_size=12).filter(any)
ANY_TEXT = st.lists(st.integers(0, 0x10FFFF).map(chr), max_size=12).map("".join)
SIGNS = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正负"


def shares(total: Money, weights: list[int | Fraction | Decimal]) -> list[int]:
    return [part.fen for part in total.allocate(weights)]


# What an amount is


@pytest.mark.parametrize("value", [1.0, True, "1", None, Decimal(1), Fraction(1)])
def test_only_a_plain_whole_number_is_a_number_of_fen(value: Any) -> None:
    with pytest.raises(InexactMoney) as caught:
        Money(value)
    assert caught.value.value == repr(value)


def test_the_largest_amount_is_what_a_bigint_holds() -> None:
    assert (Money(LIMIT).fen, Money(-LIMIT).fen) == (LIMIT, -LIMIT)
    for beyond in (LIMIT + 1, -LIMIT - 1):
        with pytest.raises(InexactMoney):
            Money(beyond)


def test_a_sum_beyond_the_largest_amount_is_refused() -> None:
    with pytest.raises(InexactMoney):
        Money.total([Money(LIMIT), Money(1)])


def test_no_amount_is_zero_and_says_no() -> None:
    assert Money() == Money(0)
    assert not Money()
    assert Money(1)
    assert Money(-1)


@given(MODEST, MODEST)
def test_adding_and_taking_away_are_exact(one: Money, other: Money) -> None:
    assert one + other - other == one
    assert one - one == Money()
    assert one - other == -(other - one)
    assert abs(one) == max(one, -one)


@given(st.lists(MODEST))
def test_a_total_is_the_sum_of_the_fen(amounts: list[Money]) -> None:
    assert Money.total(amounts).fen == sum(amount.fen for amount in amounts)


def test_ten_times_ten_fen_are_one_yuan_exactly() -> None:
    assert Money.total([Money.yuan("0.10")] * 10) == Money.yuan(1)
    assert Money.yuan("0.10") * 10 == 10 * Money.yuan("0.10") == Money.yuan(1)


@pytest.mark.parametrize("count", [0.5, 2.0, True, Decimal(2), Fraction(1, 2)])
def test_an_amount_is_multiplied_by_whole_numbers_only(count: Any) -> None:
    with pytest.raises(InexactMoney):
        assert Money(100) * count


@given(FEN, FEN)
def test_amounts_are_ordered_by_their_fen(one: int, other: int) -> None:
    assert (Money(one) < Money(other)) is (one < other)
    assert (Money(one) == Money(other)) is (one == other)


# Reading yuan


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("0", 0),
        ("-0.00", 0),
        ("12", 1200),
        ("0.3", 30),
        ("0.30", 30),
        ("0.3000", 30),
        ("-0.01", -1),
        ("1,234.50", 123450),
        ("1,234,567", 123456700),
        ("1234567.89", 123456789),
        ("￥30", 3000),
        ("¥30", 3000),
        ("￥ 30.05", 3005),
        ("-￥30", -3000),
        ("30元", 3000),
        ("  30 元 ", 3000),
        ("３０．５", 3050),
        ("￥１，２３４．５０", 123450),
        ("92233720368547758.07", LIMIT),
        ("-92233720368547758.07", -LIMIT),
    ],
)
def test_yuan_are_read_as_people_write_them(text: str, fen: int) -> None:
    assert Money.yuan(text) == Money(fen)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "元",
        "￥",
        ".",
        "5.",
        ".5",
        "+5",
        "--1",
        "1e5",
        "1_000",
        "1 000",
        "1.2.3",
        "一百",
        "nan",
        "inf",
    ],
)
def test_text_that_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(UnreadableMoney) as caught:
        Money.yuan(text)
    assert caught.value.text == text


@pytest.mark.parametrize("text", ["1,23", "1234,567", "1,2345", ",123", "1,,234", "1,234.5,6"])
def test_misplaced_commas_are_refused(text: str) -> None:
    with pytest.raises(UnreadableMoney):
        Money.yuan(text)


@pytest.mark.parametrize("amount", ["0.001", "1.005", Decimal("0.001"), Decimal("1E-3")])
def test_a_part_of_a_fen_is_refused(amount: str | Decimal) -> None:
    with pytest.raises(InexactMoney):
        Money.yuan(amount)


@pytest.mark.parametrize("amount", [0.1, 1.0, float("nan"), True, False, None, Fraction(1, 2), b"1"])
def test_floats_and_other_kinds_of_value_are_no_yuan(amount: Any) -> None:
    with pytest.raises(InexactMoney):
        Money.yuan(amount)


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_a_decimal_that_is_no_number_is_refused(amount: str) -> None:
    with pytest.raises(InexactMoney):
        Money.yuan(Decimal(amount))


@pytest.mark.parametrize("amount", ["92233720368547758.08", Decimal(10) ** 20, 10**17])
def test_more_yuan_than_a_bigint_of_fen_are_refused(amount: str | Decimal | int) -> None:
    with pytest.raises(InexactMoney):
        Money.yuan(amount)


@pytest.mark.parametrize("amount", ["9" * 5000, Decimal("1E+5000")])
def test_a_number_too_long_to_print_is_refused_like_any_other(amount: str | Decimal) -> None:
    with pytest.raises(InexactMoney):
        Money.yuan(amount)


@pytest.mark.parametrize("text", ["1￥2", "￥￥1", "10²"])
def test_signs_amid_the_digits_are_refused(text: str) -> None:
    with pytest.raises(UnreadableMoney):
        Money.yuan(text)


@given(ANY_TEXT | st.text("0123456789０１,，.．-￥元 ", max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        Money.yuan(text)
    except (UnreadableMoney, InexactMoney):
        return


@given(FEN)
def test_what_is_written_is_read_back(fen: int) -> None:
    amount = Money(fen)
    assert Money.yuan(str(amount)) == amount
    assert Money.yuan(f"￥{amount:,}元") == amount
    assert Money.yuan(Decimal(str(amount))) == amount


# Writing yuan


@pytest.mark.parametrize(
    ("fen", "plain", "grouped"),
    [
        (0, "0.00", "0.00"),
        (5, "0.05", "0.05"),
        (-5, "-0.05", "-0.05"),
        (30, "0.30", "0.30"),
        (123450, "1234.50", "1,234.50"),
        (-100000000, "-1000000.00", "-1,000,000.00"),
    ],
)
def test_yuan_have_two_decimals_and_commas_when_asked(fen: int, plain: str, grouped: str) -> None:
    amount = Money(fen)
    assert (str(amount), f"{amount}", f"{amount:,}") == (plain, plain, grouped)


@pytest.mark.parametrize("spec", [".2f", "d", ">10", ",.2f"])
def test_a_format_that_money_does_not_know_is_refused(spec: str) -> None:
    with pytest.raises(ValueError, match="Money knows the formats"):
        format(Money(1), spec)


# Shares by a rate


@pytest.mark.parametrize(
    ("fen", "rate", "share"),
    [
        (1, Fraction(1, 2), 1),
        (-1, Fraction(1, 2), -1),
        (1, Fraction(-1, 2), -1),
        (-1, Fraction(-1, 2), 1),
        (3, Fraction(1, 2), 2),
        (1, Fraction(49, 100), 0),
        (-1, Fraction(49, 100), 0),
        (1, Fraction(51, 100), 1),
        (10010, Decimal("0.005"), 50),
        (10000, Decimal("0.33335"), 3334),
        (100, 3, 300),
        (100, 0, 0),
        (0, Decimal("-0.5"), 0),
    ],
)
def test_half_a_fen_is_rounded_away_from_zero(fen: int, rate: Fraction | Decimal | int, share: int) -> None:
    assert Money(fen).share_of(rate) == Money(share)


@given(MODEST, st.fractions(-10, 10, max_denominator=1000))
def test_a_share_lies_within_half_a_fen_of_the_exact_one(amount: Money, rate: Fraction) -> None:
    exact = rate * amount.fen
    share = amount.share_of(rate).fen
    assert abs(share - exact) <= Fraction(1, 2)
    if abs(share - exact) == Fraction(1, 2):
        assert abs(share) > abs(exact)


@pytest.mark.parametrize("rate", [0.5, 1.0, True, "0.5", None, 1j])
def test_a_rate_must_be_exact(rate: Any) -> None:
    with pytest.raises(InexactMoney):
        Money(100).share_of(rate)


@pytest.mark.parametrize("rate", ["NaN", "Infinity", "-Infinity"])
def test_a_rate_that_is_no_number_is_refused(rate: str) -> None:
    with pytest.raises(InexactMoney):
        Money(100).share_of(Decimal(rate))


# Sharing out


def test_performance_pay_is_shared_out_by_scores_to_the_fen() -> None:
    scores: list[int | Fraction | Decimal] = [Decimal("92.5"), 88, 88, Decimal("75.25"), 60]
    assert shares(Money.yuan(10_000), scores) == [229102, 217957, 217956, 186378, 148607]


def test_a_hundred_yuan_among_three_give_the_first_one_fen_more() -> None:
    assert shares(Money.yuan(100), [1, 1, 1]) == [3334, 3333, 3333]
    assert shares(Money.yuan(200), [1, 1, 1]) == [6667, 6667, 6666]


def test_the_largest_remainder_goes_before_the_earlier_weight() -> None:
    assert shares(Money(10), [1, 2, 4]) == [1, 3, 6]
    assert shares(Money(10), [4, 2, 1]) == [6, 3, 1]


def test_among_equal_remainders_the_earlier_weight_goes_first() -> None:
    assert shares(Money(10), [1, 1, 4]) == [2, 2, 6]
    assert shares(Money(10), [4, 1, 1]) == [7, 2, 1]
    assert shares(Money(1), [1, 2, 2]) == [0, 1, 0]


def test_an_amount_owed_is_shared_out_like_one_received() -> None:
    assert shares(Money.yuan(-100), [1, 1, 1]) == [-3334, -3333, -3333]


def test_nothing_is_shared_out_as_nothing() -> None:
    assert shares(Money(), [3, 0, 1]) == [0, 0, 0]


@given(FEN, WEIGHTS)
def test_the_parts_add_up_and_each_lies_within_a_fen_of_its_ideal(
    fen: int, weights: list[int | Fraction | Decimal]
) -> None:
    exact = [Fraction(weight) for weight in weights]
    parts = shares(Money(fen), weights)
    assert sum(parts) == fen
    for part, weight in zip(parts, exact, strict=True):
        assert abs(part - fen * weight / sum(exact)) < 1
        assert part == 0 or weight > 0


@given(FEN, WEIGHTS)
def test_the_sign_of_the_amount_changes_no_part(fen: int, weights: list[int | Fraction | Decimal]) -> None:
    assert shares(Money(-fen), weights) == [-part for part in shares(Money(fen), weights)]


@given(st.integers(0, LIMIT), st.integers(1, 30))
def test_among_equal_weights_the_earlier_never_gets_less(fen: int, count: int) -> None:
    parts = shares(Money(fen), [1] * count)
    assert parts == sorted(parts, reverse=True)


@pytest.mark.parametrize(
    "weights", [[], [0], [0, 0], [-1], [-1, 2], [Decimal("-0.01"), 5], [1, Fraction(-1, 3), 1]]
)
def test_weights_that_cannot_share_are_refused(weights: list[int | Fraction | Decimal]) -> None:
    with pytest.raises(UnsharableMoney) as caught:
        Money.yuan(12).allocate(weights)
    assert caught.value.amount == "12.00"


@pytest.mark.parametrize("weight", [0.5, True, "1/3", Decimal("NaN"), Decimal("Infinity")])
def test_a_weight_must_be_exact(weight: Any) -> None:
    with pytest.raises(XuequError):
        Money(100).allocate([weight, 1])


# Capitals


@pytest.mark.parametrize(
    ("yuan", "text"),
    [
        ("0", "零元整"),
        ("0.01", "壹分"),
        ("0.30", "叁角"),
        ("0.35", "叁角伍分"),
        ("1", "壹元整"),
        ("10", "壹拾元整"),
        ("10.05", "壹拾元零伍分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("100000", "壹拾万元整"),
        ("100001", "壹拾万零壹元整"),
        ("10001000", "壹仟万零壹仟元整"),
        ("100000000", "壹亿元整"),
        ("100010000", "壹亿零壹万元整"),
        ("1000000000000", "壹万亿元整"),
        ("1000000000001", "壹万亿零壹元整"),
        ("-325.04", "负叁佰贰拾伍元零肆分"),
        ("-0.01", "负壹分"),
    ],
)
def test_capitals_are_written_as_on_vouchers(yuan: str, text: str) -> None:
    assert Money.yuan(yuan).capitals() == text
    assert Money.from_capitals(text) == Money.yuan(yuan)


@given(FEN)
@example(LIMIT)
@example(-LIMIT)
def test_every_amount_in_capitals_is_read_back(fen: int) -> None:
    assert Money.from_capitals(Money(fen).capitals()) == Money(fen)


@given(st.lists(st.sampled_from("0000000123456789"), min_size=1, max_size=18))
def test_amounts_full_of_zeros_are_read_back_from_capitals(digits: list[str]) -> None:
    amount = Money(int("".join(digits)))
    assert Money.from_capitals(amount.capitals()) == amount
    assert "零零" not in amount.capitals()


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("人民币壹拾元整", "10"),
        ("人民币 壹拾元整", "10"),
        (" 壹拾元整 ", "10"),
        ("壹拾圆整", "10"),
        ("壹拾元正", "10"),
        ("壹拾元", "10"),
        ("人民币壹拾圆正", "10"),
        ("人民币负壹拾圆正", "-10"),
        ("零元", "0"),
        ("壹拾元伍角整", "10.50"),
        ("壹拾元零伍角", "10.50"),
        ("壹拾元伍分", "10.05"),
        ("壹拾元零伍分", "10.05"),
    ],
)
def test_the_usual_variants_of_capitals_are_read(text: str, yuan: str) -> None:
    assert Money.from_capitals(text) == Money.yuan(yuan)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "元", "零", "整", "负", "人民币", "角", "零分", "元整", "10元", "一元", "壹", "壹拾"),
        *("壹仟壹仟元整", "壹拾佰元整", "拾元整", "零壹元整", "壹零元整", "壹佰壹元整", "壹仟零零壹元整"),
        *("壹万万元整", "万亿元整", "亿元整", "壹亿壹亿元整", "壹万壹亿万元整", "壹元贰元整"),
        *("壹元零整", "壹元零零伍分", "叁角零伍分", "零伍分", "壹元伍角零伍分", "壹元零角伍分", "壹分壹角"),
        *("壹元整正", "壹元整伍角", "壹元 整", "负负壹元整", "负人民币壹元整", "人民币人民币壹元整"),
    ],
)
def test_garbled_capitals_are_refused(text: str) -> None:
    with pytest.raises(UnreadableMoney) as caught:
        Money.from_capitals(text)
    assert caught.value.text == text


@pytest.mark.parametrize(
    "text", ["壹拾亿亿元整", "玖" + "亿" * 600 + "元整", "亿" * 5000 + "元", "万" * 5000 + "元"]
)
def test_capitals_beyond_any_amount_are_refused(text: str) -> None:
    with pytest.raises(UnreadableMoney):
        Money.from_capitals(text)


@given(st.text(SIGNS, max_size=16))
@example("壹元零整")
def test_capitals_are_refused_or_read_for_what_they_say(text: str) -> None:
    try:
        amount = Money.from_capitals(text)
    except UnreadableMoney:
        return
    said = text.replace("圆", "元").rstrip("整正").replace("零", "").removeprefix("负")
    written = amount.capitals().rstrip("整").replace("零", "").removeprefix("负")
    assert said == written
