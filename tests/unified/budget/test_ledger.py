"""The budget's ledger: guarded, replayable, and nobody takes what is held for something else."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine, delete, event, func, insert, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.unified.budget.fiscal import carry_basic
from xuequ import Actor, District, Holding, Money, Post
from xuequ.core.database import translate
from xuequ.core.errors import (
    ActionNotPermitted,
    IllegalTransition,
    JournalSealed,
    Problems,
    Stale,
)
from xuequ.core.ids import new_id, take_ids
from xuequ.core.journal import FactRow
from xuequ.core.source import Source
from xuequ.embed import retrying
from xuequ.testing import make_budget, make_district
from xuequ.testing.factories import MAKER, SETTINGS
from xuequ.unified.budget import EntryView, Posting
from xuequ.unified.budget.errors.ledger import (
    AmountNotPositive,
    DayOutsideYear,
    EntryDiffers,
    InsufficientBudget,
    LineUnknown,
    MoneyStillHeld,
    NotHeld,
    YearClosed,
)
from xuequ.unified.budget.models.ledger import BudgetEntry, BudgetLine
from xuequ.unified.budget.repository.ledger import BudgetRepository
from xuequ.unified.budget.rules.ledger import Balances
from xuequ.unified.budget.states.ledger import Book, Movement, Pot

PLACE = "530921/qianfeng"
HUNDRED = Money.yuan(100)
CONTRACT = Source("budget.contract", 1)
OTHER = Source("budget.contract", 2)


def claim(number: int) -> Source:
    return Source("budget.claim", number)


@pytest.fixture
def door(session: Session) -> District:
    return make_district(session, PLACE)


@pytest.fixture
def line(door: District) -> int:
    return make_budget(door, {"30216": HUNDRED, "30201": HUNDRED})[0]


def other_line(door: District) -> int:
    return next(line.id for line in door.budget.ledger.lines(2026) if line.economic == "30201")


def balances(door: District, line_id: int) -> tuple[str, str, str, str]:
    view = door.budget.ledger.line(line_id)
    return str(view.available), str(view.reserved), str(view.committed), str(view.paid)


def yuan(amount: int) -> Money:
    return Money.yuan(amount)


def names(session: Session) -> list[str]:
    query = select(FactRow.name).where(FactRow.name.like("budget.%")).order_by(FactRow.id)
    return list(session.scalars(query))


# lines and years


def test_a_year_is_one_books_and_one_districts(door: District, line: int) -> None:
    make_budget(door, {"30216": HUNDRED}, year=2027, school="s1")
    view = door.budget.ledger.line(line)
    assert (view.available, view.school, view.name) == (HUNDRED, None, "公用经费·培训费")
    assert [(one.year, one.school) for one in door.budget.ledger.lines(2027)] == [(2027, "s1")]
    assert len(door.budget.ledger.lines(2026)) == 2
    assert door.budget.ledger.lines(2026, book=Book.NUTRITION) == []
    elsewhere = make_district(door.context.session, "530921/dasi")
    assert elsewhere.budget.ledger.lines(2026) == []
    for door_, line_id in ((elsewhere, line), (door, 42)):
        with pytest.raises(LineUnknown):
            door_.budget.ledger.line(line_id)


@pytest.mark.parametrize("school", [None, "s1"], ids=["of the district", "of a school"])
def test_the_database_itself_holds_one_line_of_a_cell(door: District, school: str | None) -> None:
    make_budget(door, {"30216": HUNDRED}, school=school)
    values = dict(door.context.session.execute(select(BudgetLine.__table__)).mappings().one())
    with pytest.raises(DBAPIError), door.context.session.begin_nested():
        door.context.session.execute(insert(BudgetLine).values(values | {"id": new_id()}))


def test_a_closed_year_takes_nothing_more_and_answers_what_was_sent_before(door: District, line: int) -> None:
    carry_basic(door)
    paid = door.budget.ledger.pay(line, yuan(10), claim(1))
    door.budget.closing.close(2026)
    door.budget.closing.close(2026)
    assert names(door.context.session).count("budget.year_closed") == 1
    assert door.budget.ledger.pay(line, yuan(10), claim(1)) == paid
    late: list[Callable[[], object]] = [
        lambda: door.budget.ledger.pay(line, yuan(10), claim(2)),
        lambda: door.budget.ledger.refund(line, yuan(1), claim(3), purpose=claim(1)),
    ]
    for act in late:
        with pytest.raises(YearClosed):
            act()
    make_budget(door, {"30216": HUNDRED}, year=2027)
    assert door.budget.ledger.line(line).closed_on == date(2026, 9, 1)


def test_a_year_is_not_closed_while_money_is_held(door: District, line: int) -> None:
    carry_basic(door)
    door.budget.ledger.reserve_funds(line, yuan(30), CONTRACT)
    with pytest.raises(MoneyStillHeld) as caught:
        door.budget.closing.close(2026)
    assert caught.value.held == yuan(30)
    door.budget.ledger.release(line, yuan(30), CONTRACT)
    door.budget.closing.close(2026)


# the ways of money


def test_reserve_commit_pay_in_parts_release_the_rest(door: District, line: int) -> None:
    ledger = door.budget.ledger
    ledger.reserve_funds(line, yuan(50), CONTRACT)
    assert balances(door, line) == ("50.00", "50.00", "0.00", "0.00")
    ledger.commit_funds(line, yuan(40), CONTRACT, out_of=Pot.RESERVED)
    ledger.release(line, yuan(10), CONTRACT)
    assert balances(door, line) == ("60.00", "0.00", "40.00", "0.00")
    for number in (1, 2):
        ledger.pay(line, yuan(15), claim(number), out_of=Pot.COMMITTED, purpose=CONTRACT)
    ledger.release(line, yuan(10), CONTRACT, out_of=Pot.COMMITTED)
    assert balances(door, line) == ("70.00", "0.00", "0.00", "30.00")
    ledger.refund(line, yuan(5), claim(3), purpose=CONTRACT)
    assert balances(door, line) == ("75.00", "0.00", "0.00", "25.00")
    assert names(door.context.session) == [
        "budget.project_added",
        "budget.approved",
        "budget.funds_reserved",
        "budget.funds_committed",
        "budget.funds_released",
        "budget.payment_made",
        "budget.payment_made",
        "budget.funds_released",
        "budget.payment_refunded",
    ]


def test_more_than_is_available_is_refused_with_the_line_what_there_is_and_what_was_asked(
    door: District, line: int
) -> None:
    door.budget.ledger.commit_funds(line, yuan(70), CONTRACT)
    with pytest.raises(InsufficientBudget) as caught:
        door.budget.ledger.pay(line, Money.yuan("30.01"), claim(1))
    error = caught.value
    assert (error.line, error.available, error.asked) == ("公用经费·培训费", yuan(30), Money.yuan("30.01"))
    assert "可用 30.00 元，不足 30.01 元" in str(error)
    assert balances(door, line) == ("30.00", "0.00", "70.00", "0.00")
    door.budget.ledger.pay(line, yuan(30), claim(1))
    with pytest.raises(InsufficientBudget):
        door.budget.ledger.reserve_funds(line, Money(2**63 - 1), claim(2))


def test_a_refusal_leaves_no_entry_so_the_source_may_try_again(door: District, line: int) -> None:
    with pytest.raises(InsufficientBudget):
        door.budget.ledger.pay(line, yuan(101), claim(1))
    assert door.context.session.scalar(select(func.count()).select_from(BudgetEntry)) == 0
    door.budget.ledger.pay(line, yuan(100), claim(1))


def test_what_is_held_for_something_else_cannot_be_taken(door: District, line: int) -> None:
    """Two contracts on one line: the first may not be paid out of what the second has bound."""
    door.budget.ledger.commit_funds(line, yuan(40), CONTRACT)
    door.budget.ledger.commit_funds(line, yuan(40), OTHER)
    with pytest.raises(NotHeld) as caught:
        door.budget.ledger.pay(line, yuan(50), claim(1), out_of=Pot.COMMITTED, purpose=CONTRACT)
    assert (caught.value.purpose, caught.value.pot, caught.value.short) == (str(CONTRACT), "占用", yuan(10))
    with pytest.raises(NotHeld):
        door.budget.ledger.release(line, yuan(1), claim(1), out_of=Pot.COMMITTED)
    with pytest.raises(NotHeld):
        door.budget.ledger.refund(line, yuan(1), claim(1), purpose=CONTRACT)
    with pytest.raises(NotHeld):
        door.budget.ledger.commit_funds(line, yuan(1), CONTRACT, out_of=Pot.RESERVED)
    assert balances(door, line) == ("20.00", "0.00", "80.00", "0.00")


def test_days_amounts_and_ways_that_are_wrong_are_refused(door: District, line: int) -> None:
    with pytest.raises(DayOutsideYear):
        door.budget.ledger.pay(line, yuan(1), claim(1), day=date(2027, 1, 1))
    for amount in (Money(0), Money(-1)):
        with pytest.raises(AmountNotPositive):
            door.budget.ledger.pay(line, amount, claim(1))
    with pytest.raises(IllegalTransition):
        door.budget.ledger.pay(line, yuan(1), claim(1), out_of=Pot.PAID)
    make_district(door.context.session, "530921/dasi")
    elsewhere = District(door.context.session, "530921/dasi", actor=MAKER, settings=SETTINGS)
    with pytest.raises(LineUnknown):
        elsewhere.budget.ledger.pay(line, yuan(1), claim(1))


# again


def test_the_same_source_again_has_the_same_answer_and_one_effect(door: District, line: int) -> None:
    first = door.budget.ledger.pay(line, yuan(60), claim(1))
    facts = names(door.context.session)
    assert [door.budget.ledger.pay(line, yuan(60), claim(1)) for _ in range(3)] == [first] * 3
    assert names(door.context.session) == facts
    assert balances(door, line) == ("40.00", "0.00", "0.00", "60.00")


def test_the_same_source_with_another_content_is_refused(door: District, line: int) -> None:
    door.budget.ledger.pay(line, yuan(60), claim(1))
    with pytest.raises(EntryDiffers) as caught:
        door.budget.ledger.pay(line, yuan(61), claim(1))
    assert "60.00" in caught.value.recorded and "61.00" in caught.value.given
    with pytest.raises(EntryDiffers):
        door.budget.ledger.pay(line, yuan(60), claim(1), day=date(2026, 2, 1))


def test_one_source_may_use_several_lines_and_go_several_ways(door: District, line: int) -> None:
    other = other_line(door)
    door.budget.ledger.pay(line, yuan(10), CONTRACT)
    door.budget.ledger.pay(other, yuan(10), CONTRACT)
    door.budget.ledger.commit_funds(line, yuan(5), CONTRACT)
    door.budget.ledger.pay(line, yuan(5), CONTRACT, out_of=Pot.COMMITTED)
    assert balances(door, line) == ("85.00", "0.00", "0.00", "15.00")


# many


def pay(line_id: int, number: int, amount: int = 1, **more: Any) -> Posting:
    values: dict[str, Any] = {"movement": Movement.PAY, "out_of": Pot.AVAILABLE, "source": claim(number)}
    return Posting(line_id=line_id, amount=yuan(amount), **(values | more))


def test_many_are_posted_all_or_none_and_again_without_effect(door: District, line: int) -> None:
    other = other_line(door)
    batch = [pay((line, other)[n % 2], n) for n in range(1, 41)]
    views = door.budget.ledger.post_many(batch)
    assert [view.source for view in views] == [posting.source for posting in batch]
    assert door.budget.ledger.post_many(batch) == views
    assert door.budget.ledger.post_many([*batch[:3], pay(line, 99)])[:3] == views[:3]
    assert balances(door, line)[3] == "21.00" and balances(door, other)[3] == "20.00"
    with pytest.raises(InsufficientBudget):
        door.budget.ledger.post_many([pay(other, 100), pay(line, 101, 80)])
    assert balances(door, other)[3] == "20.00"
    assert door.budget.ledger.post_many([]) == []


def test_the_same_posting_twice_in_one_batch_counts_once(door: District, line: int) -> None:
    first, second = door.budget.ledger.post_many([pay(line, 1), pay(line, 1)])
    assert first == second
    assert balances(door, line)[3] == "1.00"
    with pytest.raises(EntryDiffers):
        door.budget.ledger.post_many([pay(line, 2), pay(line, 2, 3)])


def test_a_batch_may_hold_and_take_in_any_order(door: District, line: int) -> None:
    held = {"source": CONTRACT, "out_of": Pot.COMMITTED}
    commit = pay(line, 1, 90, source=CONTRACT, movement=Movement.COMMIT)
    door.budget.ledger.post_many([pay(line, 1, 60, **held), commit])
    assert balances(door, line) == ("10.00", "0.00", "30.00", "60.00")


def test_all_that_is_wrong_with_a_batch_is_said_at_once(door: District, line: int) -> None:
    with pytest.raises(Problems) as caught:
        door.budget.ledger.post_many([pay(line, 1, 0), pay(line, 2, day=date(2025, 1, 1))])
    assert len(caught.value.problems) == 2
    with pytest.raises(LineUnknown):
        door.budget.ledger.post_many([pay(line, 1), pay(42, 2)])


def test_a_batch_takes_a_fixed_number_of_statements_a_line(door: District, line: int) -> None:
    statements: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        statements.append(statement)

    def posted(first: int, many: int) -> int:
        statements.clear()
        event.listen(door.context.session.get_bind(), "before_cursor_execute", note)
        door.budget.ledger.post_many([pay(line, n) for n in range(first, first + many)])
        event.remove(door.context.session.get_bind(), "before_cursor_execute", note)
        return len(statements)

    door.budget.ledger.line(line)  # where the door is, is asked once
    assert posted(1, 1) == posted(2, 50)


def test_a_line_that_frees_money_between_the_refusal_and_the_look_is_stale(
    door: District, line: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(self: BudgetRepository, line_id: int, change: Balances) -> bool:
        return False

    monkeypatch.setattr(BudgetRepository, "move", never)
    with pytest.raises(Stale):
        door.budget.ledger.pay(line, yuan(1), claim(1))


@pytest.mark.parametrize(
    "statement",
    [update(BudgetEntry).values(amount=Money(1)), delete(BudgetEntry)],
    ids=["update", "delete"],
)
def test_entries_are_never_changed_or_deleted(door: District, line: int, statement: Any) -> None:
    door.budget.ledger.pay(line, yuan(1), claim(1))
    with pytest.raises(DBAPIError) as caught, door.context.session.begin_nested():
        door.context.session.execute(statement)
    assert isinstance(translate(caught.value), JournalSealed)


@pytest.mark.parametrize("column", ["reserved", "committed", "paid"])
@pytest.mark.parametrize("fen", [-1, 10_001])
def test_the_database_itself_refuses_less_than_nothing_and_more_than_the_amount(
    door: District, line: int, column: str, fen: int
) -> None:
    with pytest.raises(DBAPIError), door.context.session.begin_nested():
        door.context.session.execute(update(BudgetLine).values({column: Money(fen)}))


def test_the_head_of_a_school_sees_that_schools_lines_only(door: District, line: int) -> None:
    session = door.context.session
    lines = {
        code: make_budget(door, {"30216": HUNDRED}, year=year, school=code)[0]
        for year, code in ((2027, "s1"), (2028, "s2"))
    }
    head = Actor("H", (Holding(Post.SCHOOL_HEAD, f"{PLACE}/s1"),))
    seeing = District(session, PLACE, actor=head, settings=SETTINGS)
    assert seeing.budget.ledger.line(lines["s1"]).school == "s1"
    for line_id in (lines["s2"], line):
        with pytest.raises(ActionNotPermitted):
            seeing.budget.ledger.line(line_id)


# at once


def made(engine: Engine, amount: Money = HUNDRED, lines: int = 1) -> list[int]:
    with Session(engine) as session:
        door = make_district(session, PLACE, schools=1, pupils=0, staff=0)
        ids = make_budget(door, dict.fromkeys(("30201", "30202", "30205", "30216")[:lines], amount))
        session.commit()
    return ids


def act(engine: Engine, use: Callable[[District], Any]) -> Any:
    def call(session: Session) -> Any:
        return use(District(session, PLACE, actor=MAKER, settings=SETTINGS))

    return retrying(partial(Session, engine), call, attempts=20)


def test_a_request_sent_a_thousand_times_at_once_has_one_answer_and_one_effect(engine: Engine) -> None:
    (line,) = made(engine)
    times = 1_000 if engine.dialect.name == "postgresql" else 200

    def send(number: int) -> EntryView:
        sent: EntryView = act(engine, lambda d: d.budget.ledger.pay(line, yuan(7), CONTRACT))
        return sent

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(times)))
    assert len({answer.id for answer in answers}) == 1 and len(answers) == times
    with Session(engine) as session:
        door = District(session, PLACE, actor=MAKER, settings=SETTINGS)
        assert balances(door, line) == ("93.00", "0.00", "0.00", "7.00")
        assert names(session).count("budget.payment_made") == 1


def test_threads_that_post_on_several_lines_neither_overspend_nor_deadlock(engine: Engine) -> None:
    """Batches name the lines in either order; what is asked is more than there is."""
    lines = made(engine, yuan(50), lines=4)
    sources = iter(take_ids(1_000))
    batches = [[next(sources) for _ in range(4)] for _ in range(24)]

    def post(number: int) -> int:
        order = lines if number % 2 else lines[::-1]
        postings = [pay(line, source, 4) for line, source in zip(order, batches[number], strict=True)]
        try:
            return len(act(engine, lambda d: d.budget.ledger.post_many(postings)))
        except InsufficientBudget:
            return 0

    with ThreadPoolExecutor(8) as pool:
        done = sum(pool.map(post, range(24)))
    with Session(engine) as session:
        door = District(session, PLACE, actor=MAKER, settings=SETTINGS)
        assert [str(view.paid) for view in door.budget.ledger.lines(2026)] == ["48.00"] * 4
        assert done == 48
        rows = session.scalar(select(func.count()).select_from(BudgetEntry))
        assert rows == 48
