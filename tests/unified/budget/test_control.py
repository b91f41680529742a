"""Control: nothing is overspent in silence, whoever lets it pass."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine, delete, event, func, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.reports.pages import Page
from tests.unified.budget.fiscal import carry_basic
from xuequ import Actor, District, Holding, Money, Post
from xuequ.core.database import translate
from xuequ.core.errors import ActionNotPermitted, JournalSealed
from xuequ.core.ids import take_ids
from xuequ.core.journal import FactRow
from xuequ.core.source import Source
from xuequ.core.standards import StandardNotSet
from xuequ.embed import retrying, run_data_checks
from xuequ.reports import render, write_xlsx
from xuequ.reports.html import to_html
from xuequ.standards.importing import read_toml
from xuequ.standards.national import national
from xuequ.testing import make_budget, make_district
from xuequ.testing.factories import MAKER, SETTINGS
from xuequ.unified.budget import Posting
from xuequ.unified.budget.documents import EXECUTION, OPEN_COMMITMENTS
from xuequ.unified.budget.errors.control import OverrideDiffers, OverrideNotYours
from xuequ.unified.budget.errors.ledger import (
    AmountNotPositive,
    InsufficientBudget,
    LineUnknown,
    NotHeld,
    YearClosed,
)
from xuequ.unified.budget.models.control import BudgetOverride
from xuequ.unified.budget.models.ledger import BudgetLine
from xuequ.unified.budget.states.control import ControlMode, ControlStage
from xuequ.unified.budget.states.ledger import Movement, Pot

PLACE = "530921/qianfeng"
HUNDRED = Money.yuan(100)
CONTRACT = Source("budget.contract", 1)
REPAIR = Source("test.repair", 1)
PRINCIPAL = Actor("P", (Holding(Post.PRINCIPAL, PLACE),))


def claim(number: int) -> Source:
    return Source("budget.claim", number)


def yuan(amount: int | str) -> Money:
    return Money.yuan(amount)


def decide(door: District, **values: str) -> None:
    """Let the district set parameters of control."""
    told = "\n".join(
        f'[["budget.control.{key}"]]\nvalue = {value}\nsince = 2026-09-01\n'
        'authority = "学区〔2026〕3号"\nchecked = "text"\n'
        for key, value in values.items()
    )
    plan = door.standards.plan_import(read_toml("own.toml", told, national()))
    door.standards.import_values(plan)


@pytest.fixture
def door(session: Session) -> District:
    return make_district(session, PLACE)


@pytest.fixture
def line(door: District) -> int:
    return make_budget(door, {"30216": HUNDRED, "30201": HUNDRED})[0]


@pytest.fixture
def principal(door: District) -> District:
    decide(door, override_posts='["principal"]')
    return District(door.context.session, PLACE, actor=PRINCIPAL, settings=SETTINGS)


def found(session: Session, check: str = "budget.allowances_recorded") -> int:
    (result,) = run_data_checks(session, PLACE, only=check)
    return len(result.findings or ())


Act = Callable[[District, int, int], Any]
ACTS: dict[ControlStage, Act] = {
    ControlStage.REQUEST: lambda d, line, n: d.budget.ledger.reserve_funds(line, yuan(60), claim(n)),
    ControlStage.COMMITMENT: lambda d, line, n: d.budget.ledger.commit_funds(line, yuan(60), claim(n)),
    ControlStage.ACTUAL: lambda d, line, n: d.budget.ledger.pay(line, yuan(60), claim(n)),
}


# modes


@pytest.mark.parametrize("stage", ControlStage)
def test_each_stage_refuses_until_the_district_says_otherwise(
    door: District, line: int, stage: ControlStage
) -> None:
    ACTS[stage](door, line, 1)
    with pytest.raises(InsufficientBudget):
        ACTS[stage](door, line, 2)
    others = {one.code: '"allow"' for one in ControlStage if one is not stage}
    decide(door, **others)
    with pytest.raises(InsufficientBudget):
        ACTS[stage](door, line, 2)
    assert door.budget.ledger.line(line).allowance == Money(0)


@pytest.mark.parametrize("stage", ControlStage)
@pytest.mark.parametrize("mode", [ControlMode.WARN, ControlMode.ALLOW])
def test_what_passes_raises_the_allowance_by_exactly_what_is_missing_and_is_recorded(
    door: District, line: int, stage: ControlStage, mode: ControlMode
) -> None:
    decide(door, **{stage.code: f'"{mode.code}"'})
    ACTS[stage](door, line, 1)
    assert door.budget.control.overrides(2026) == []
    entry = ACTS[stage](door, line, 2)
    view = door.budget.ledger.line(line)
    assert (view.allowance, view.available) == (yuan(20), Money(0))
    (recorded,) = door.budget.control.overrides(2026)
    assert (recorded.entry_id, recorded.source, recorded.amount) == (entry.id, claim(2), yuan(20))
    assert (recorded.stage, recorded.mode, recorded.post, recorded.reason) == (stage, mode, None, None)
    facts = select(FactRow.payload).where(FactRow.name == "budget.overspend_allowed")
    assert len(door.context.session.scalars(facts).all()) == 1
    assert ACTS[stage](door, line, 2) == entry  # a replay overspends nothing more
    assert door.budget.ledger.line(line).allowance == yuan(20)
    assert found(door.context.session) == found(door.context.session, "budget.lines_balance") == 0


def test_in_a_batch_every_stage_that_overspends_must_be_let_pass(door: District, line: int) -> None:
    def posting(number: int, movement: Movement) -> Posting:
        held: dict[str, Any] = {"out_of": Pot.AVAILABLE, "amount": yuan(80), "source": claim(number)}
        return Posting(line_id=line, movement=movement, **held)

    batch = [posting(1, Movement.COMMIT), posting(2, Movement.PAY), posting(3, Movement.RESERVE)]
    decide(door, request='"warn"')
    with pytest.raises(InsufficientBudget):
        door.budget.ledger.post_many(batch)
    decide(door, actual='"allow"')
    views = door.budget.ledger.post_many(batch)
    recorded = door.budget.control.overrides(2026)
    assert {(one.entry_id, one.amount, one.mode) for one in recorded} == {
        (views[1].id, yuan(60), ControlMode.ALLOW),
        (views[2].id, yuan(80), ControlMode.WARN),
    }
    assert door.budget.ledger.line(line).allowance == yuan(140)


def test_control_lets_nobody_take_what_is_held_for_another_nor_post_in_a_closed_year(
    door: District, line: int
) -> None:
    carry_basic(door)
    decide(door, request='"allow"', commitment='"allow"', actual='"allow"')
    door.budget.ledger.commit_funds(line, yuan(10), CONTRACT)
    with pytest.raises(NotHeld):
        door.budget.ledger.pay(line, yuan(200), claim(1), out_of=Pot.COMMITTED, purpose=CONTRACT)
    with pytest.raises(InsufficientBudget):  # more than any column of money can hold
        door.budget.ledger.pay(line, Money(2**63 - 1), claim(1))
    door.budget.ledger.release(line, yuan(10), CONTRACT, out_of=Pot.COMMITTED)
    door.budget.closing.close(2026)
    with pytest.raises(YearClosed):
        door.budget.ledger.pay(line, yuan(200), claim(1))
    assert door.budget.control.overrides(2026) == []


def test_control_costs_no_statement_while_it_fits(door: District, line: int) -> None:
    decide(door, actual='"allow"')
    door.budget.ledger.pay(line, yuan(1), claim(1))
    statements: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        statements.append(statement)

    event.listen(door.context.session.get_bind(), "before_cursor_execute", note)
    door.budget.ledger.pay(line, yuan(1), claim(2))
    event.remove(door.context.session.get_bind(), "before_cursor_execute", note)
    words = [statement.split()[0] for statement in statements if "SAVEPOINT" not in statement]
    assert words == ["SELECT", "INSERT", "UPDATE", "INSERT"]


# overriding


def test_a_named_post_overrides_a_refusal_with_a_reason_once(
    door: District, principal: District, line: int
) -> None:
    door.budget.ledger.pay(line, HUNDRED, claim(1))
    with pytest.raises(InsufficientBudget):
        door.budget.ledger.pay(line, yuan(30), claim(2))
    made = principal.budget.control.override(line, yuan(30), "暴雨抢修屋面", REPAIR)
    assert (made.post, made.mode, made.reason) == (Post.PRINCIPAL, ControlMode.REFUSE, "暴雨抢修屋面")
    assert principal.budget.control.override(line, yuan(30), "暴雨抢修屋面", REPAIR) == made
    door.budget.ledger.pay(line, yuan(30), claim(2))
    with pytest.raises(InsufficientBudget):
        door.budget.ledger.pay(line, Money(1), claim(3))
    for amount, reason in ((yuan(31), "暴雨抢修屋面"), (yuan(30), "另有原因")):
        with pytest.raises(OverrideDiffers):
            principal.budget.control.override(line, amount, reason, REPAIR)
    assert [one.id for one in door.budget.control.overrides(2026)] == [made.id]
    assert found(door.context.session) == 0


def test_who_is_not_named_overrides_nothing(door: District, line: int) -> None:
    principal = District(door.context.session, PLACE, actor=PRINCIPAL, settings=SETTINGS)
    with pytest.raises(StandardNotSet) as caught:
        principal.budget.control.override(line, yuan(1), "抢修", REPAIR)
    assert "override_posts" in str(caught.value)
    decide(door, override_posts='["bureau_officer"]')
    again = District(door.context.session, PLACE, actor=PRINCIPAL, settings=SETTINGS)
    for one in (again, door):  # a post that is not named, and a script
        with pytest.raises(OverrideNotYours):
            one.budget.control.override(line, yuan(1), "抢修", REPAIR)
    cashier = Actor("C", (Holding(Post.CASHIER, PLACE),))
    with pytest.raises(ActionNotPermitted):
        District(door.context.session, PLACE, actor=cashier, settings=SETTINGS).budget.control.override(
            line, yuan(1), "抢修", REPAIR
        )


def test_what_cannot_be_overridden_is_refused(door: District, principal: District, line: int) -> None:
    override = principal.budget.control.override
    with pytest.raises(AmountNotPositive):
        override(line, Money(0), "抢修", REPAIR)
    with pytest.raises(ValueError, match="reason"):
        override(line, yuan(1), "  ", REPAIR)
    elsewhere = make_district(door.context.session, "530921/dasi")
    (other,) = make_budget(elsewhere, {"30216": HUNDRED})
    for unknown in (42, other):
        with pytest.raises(LineUnknown):
            override(unknown, yuan(1), "抢修", REPAIR)
    made = override(line, yuan(1), "抢修", REPAIR)
    carry_basic(door)
    door.budget.closing.close(2026)
    assert override(line, yuan(1), "抢修", REPAIR) == made
    with pytest.raises(YearClosed):
        override(line, yuan(1), "抢修", Source("test.repair", 2))
    assert len(door.budget.control.overrides(2026)) == 1


@pytest.mark.parametrize(
    "statement",
    [update(BudgetOverride).values(amount=Money(1)), delete(BudgetOverride)],
    ids=["update", "delete"],
)
def test_overrides_are_never_changed_or_deleted(principal: District, line: int, statement: Any) -> None:
    principal.budget.control.override(line, yuan(1), "抢修", REPAIR)
    with pytest.raises(DBAPIError) as caught, principal.context.session.begin_nested():
        principal.context.session.execute(statement)
    assert isinstance(translate(caught.value), JournalSealed)


# views


def test_execution_is_by_line_project_and_school_beside_the_time(door: District, line: int) -> None:
    ledger = door.budget.ledger
    ledger.pay(line, yuan(25), claim(1), day=date(2026, 3, 1))
    ledger.commit_funds(line, yuan(30), CONTRACT, day=date(2026, 5, 1))
    ledger.pay(line, yuan(10), claim(2), out_of=Pot.COMMITTED, purpose=CONTRACT, day=date(2026, 6, 1))
    march = door.budget.control.execution(2026, date(2026, 3, 14))
    assert (march.time_progress, march.time_percent) == (Fraction(1, 5), Decimal("20.0"))
    assert (march.total.budget, march.total.paid, march.total.committed) == (yuan(200), yuan(25), Money(0))
    assert march.total.rate == Fraction(1, 8)
    now = door.budget.control.execution(2026)
    (one,) = [each for each in now.lines if each.id == line]
    assert (one.paid, one.committed, one.available) == (yuan(35), yuan(20), yuan(45))
    assert (one.rate, one.percent, one.school) == (Fraction(7, 20), Decimal("35.0"), None)
    assert [(g.label, g.rate) for g in (*now.projects, *now.schools)] == [
        ("公用经费", Fraction(7, 40)),
        ("学区", Fraction(7, 40)),
    ]
    assert now.total.available == Money.total(each.available for each in ledger.lines(2026))


def test_what_may_be_overspent_is_no_budget(door: District, line: int) -> None:
    decide(door, actual='"warn"')
    door.budget.ledger.pay(line, yuan(120), claim(1))
    (one,) = [each for each in door.budget.control.execution(2026).lines if each.id == line]
    assert (one.budget, one.allowance, one.percent) == (HUNDRED, yuan(20), Decimal("120.0"))


def test_open_commitments_say_for_what_and_since_when(door: District, line: int) -> None:
    ledger, control = door.budget.ledger, door.budget.control
    ledger.commit_funds(line, yuan(30), CONTRACT, day=date(2026, 5, 1))
    ledger.commit_funds(line, yuan(5), claim(9), purpose=CONTRACT, day=date(2026, 8, 1))
    ledger.commit_funds(line, yuan(7), Source("budget.contract", 2), day=date(2026, 6, 1))
    ledger.pay(line, yuan(7), Source("budget.contract", 2), out_of=Pot.COMMITTED, day=date(2026, 7, 1))
    ledger.pay(line, yuan(10), claim(1), out_of=Pot.COMMITTED, purpose=CONTRACT)
    (one,) = control.open_commitments(2026).lines
    assert (one.purpose, one.amount, one.since, one.days) == (CONTRACT, yuan(25), date(2026, 5, 1), 123)
    june = control.open_commitments(2026, date(2026, 6, 30)).lines
    assert [(each.amount, each.since.month) for each in june] == [(yuan(30), 5), (yuan(7), 6)]


def test_two_districts_never_mix(door: District, line: int) -> None:
    door.budget.ledger.commit_funds(line, yuan(30), CONTRACT)
    decide(door, request='"allow"')
    door.budget.ledger.reserve_funds(line, yuan(90), claim(1))
    elsewhere = make_district(door.context.session, "530921/dasi")
    (other,) = make_budget(elsewhere, {"30216": HUNDRED})
    control = elsewhere.budget.control
    assert control.overrides(2026) == [] and control.open_commitments(2026).lines == ()
    assert [one.id for one in control.execution(2026).lines] == [other]
    with pytest.raises(InsufficientBudget):
        elsewhere.budget.ledger.reserve_funds(other, yuan(101), claim(1))


def test_documents_are_drawn_in_both_formats(door: District, line: int, tmp_path: Path) -> None:
    door.budget.ledger.commit_funds(line, yuan(30), CONTRACT)
    door.context.session.execute(update(BudgetLine).values(name="=cmd|'/c calc'!A0"))
    for document in (EXECUTION, OPEN_COMMITMENTS):
        page = render(door, document, year=2026)
        html = to_html(page)
        assert "2026 年度 学校经费 截至 2026-09-01" in html and Page(html).within("td")
        assert ("<svg" in html) == bool(document.charts)
        write_xlsx(page, tmp_path / "a.xlsx")
        book = openpyxl.load_workbook(tmp_path / "a.xlsx")
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert cells and not [cell for cell in cells if cell.data_type == "f"]
    assert "30.00" in html


# at once


def test_threads_that_overspend_by_leave_are_all_recorded_to_the_fen(engine: Engine) -> None:
    with Session(engine) as session:
        door = make_district(session, PLACE, schools=1, pupils=0, staff=0)
        (line,) = make_budget(door, {"30216": yuan(50)})
        decide(door, actual='"warn"')
        session.commit()
    sources = take_ids(24)

    def pay(session: Session, source: int) -> None:
        here = District(session, PLACE, actor=MAKER, settings=SETTINGS)
        here.budget.ledger.pay(line, yuan(7), claim(source))

    def send(source: int) -> None:
        retrying(partial(Session, engine), lambda session: pay(session, source), attempts=20)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(send, sources))
    with Session(engine) as session:
        door = District(session, PLACE, actor=MAKER, settings=SETTINGS)
        view = door.budget.ledger.line(line)
        assert (view.paid, view.allowance, view.available) == (yuan(168), yuan(118), Money(0))
        assert session.scalar(select(func.count()).select_from(BudgetOverride)) == 17
        assert found(session) == found(session, "budget.lines_balance") == 0
