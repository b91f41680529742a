"""A stateful machine over fiscal years against a plain model, on both databases.

Budgets are adopted, adjusted, split, used and closed in any order; money is conserved over the years to the
fen, by every dimension, and whatever is sent again changes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.unified.budget.fiscal import PLACE, PRIMARY, carry_basic, findings
from xuequ import District, Money, XuequError
from xuequ.core.journal import FactRow
from xuequ.core.source import Source
from xuequ.testing import make_district, rollback_session
from xuequ.unified.budget import Posting
from xuequ.unified.budget.schemas.adjustments import (
    AdjustmentDraft,
    AdjustmentReversal,
    IncomeChange,
    LineChange,
    LineSplit,
    SchoolShare,
)
from xuequ.unified.budget.schemas.years import BudgetAdoption, IncomeAmount, LineAmount, ProjectOpening
from xuequ.unified.budget.states.ledger import WAYS, Movement, Pot, ProjectKind, Purse

FIRST = 2026
Key = tuple[int, str, str, str | None]
"""A cell of the model: year, project, economic code, school."""

PLACES = (("operating", "30201"), ("operating", "30216"), ("books", "30218"), ("books", "30211"))
SCHOOLS = ("s1", "s2")
PLACE_NO, FEN, PURPOSE = st.integers(0, 3), st.integers(1, 80), st.integers(1, 2)
SCHOOL = st.sampled_from((None, *SCHOOLS))
WAY = {movement: st.sampled_from(sorted(pots)) for movement, (pots, _) in WAYS.items()}


@dataclass
class ModelLine:
    """A line as plainly as can be: the year's own money, carried lots by origin, what purposes hold."""

    own: int = 0
    lots: dict[int, int] = field(default_factory=dict[int, int])
    held: Counter[tuple[int, Pot]] = field(default_factory=Counter[tuple[int, Pot]])

    def pot(self, pot: Pot) -> int:
        return sum(fen for (_, where), fen in self.held.items() if where is pot)

    @property
    def carried(self) -> int:
        return sum(self.lots.values())

    @property
    def available(self) -> int:
        return self.own + self.carried - sum(self.held.values())

    def left(self, year: int) -> dict[int, int]:
        """Return what is unspent by origin, when fen by fen the oldest goes first."""
        stack = [origin for origin in sorted(self.lots) for _ in range(self.lots[origin])]
        stack += [year] * self.own
        return dict(Counter(stack[self.pot(Pot.PAID) :]))


@dataclass
class ModelAdjustment:
    """An adjustment: what it changes, and how far it is."""

    command: AdjustmentDraft | None
    year: int
    lines: dict[Key, int]
    income: Counter[tuple[int, str]]
    state: str = "drafted"
    countered: bool = False
    red: AdjustmentReversal | None = None


class FiscalYears(RuleBasedStateMachine):
    """The model: lines, incomes, adjustments, and what was handed back."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.opened = rollback_session(self.engine)
        self.session: Session = self.opened.__enter__()
        self.lines: defaultdict[Key, ModelLine] = defaultdict(ModelLine)
        self.income = Counter[tuple[int, str]]()
        self.adjustments: dict[str, ModelAdjustment] = {}
        self.splits: dict[str, LineSplit] = {}
        self.sent: list[Posting] = []
        self.year, self.adopted, self.numbers, self.surplus = FIRST, FIRST - 1, 0, 0

    def teardown(self) -> None:
        try:
            if hasattr(self, "door"):
                assert findings(self.door) == []
        finally:
            self.opened.__exit__(None, None, None)

    @initialize(basic=st.booleans())
    def begin(self, basic: bool) -> None:
        """A district with a basic and a special project, and its first budget."""
        self.door: District = make_district(self.session, PLACE, schools=2, pupils=0, staff=0)
        self.basic = basic
        carry_basic(self.door, str(basic).lower())
        self.door.budget.projects.add(ProjectOpening(code="operating", name="公用经费"))
        special: dict[str, Any] = {"kind": ProjectKind.PROJECT, "purse": Purse.SPECIFIC}
        self.door.budget.projects.add(ProjectOpening(code="books", name="图书专项", **special))
        self.adopt(100, 100)

    def number(self) -> int:
        self.numbers += 1
        return self.numbers

    @property
    def running(self) -> bool:
        return self.adopted >= self.year

    def key(self, place: int, school: str | None, year: int | None = None) -> Key:
        return (year or self.year, *PLACES[place], school)

    def ids(self) -> dict[Key, Any]:
        """Return the lines that there are by the model's cells."""
        projects = {one.id: one.code for one in self.door.budget.projects.list()}
        return {
            (one.year, projects[one.project_id], one.economic, one.school): one
            for year in range(FIRST, self.year + 2)
            for one in self.door.budget.ledger.lines(year)
        }

    def expect(self, allowed: bool, act: Callable[[], object]) -> bool:
        """Do an act that the model allows or refuses; tell whether it was done."""
        try:
            act()
        except XuequError:
            assert not allowed
            return False
        assert allowed
        return True

    # the year

    @precondition(lambda self: self.adopted <= self.year)
    @rule(first=FEN, second=FEN)
    def adopt(self, first: int, second: int) -> None:
        """Adopt the next budget, this year's or the one after."""
        year = self.adopted + 1
        amounts = {0: first, 2: second}
        self.door.budget.years.adopt(
            BudgetAdoption(
                year=year,
                approved_on=date(year, 3, 1),
                document_no="批复",
                incomes=tuple(
                    IncomeAmount(project=PLACES[n][0], amount=Money(fen)) for n, fen in amounts.items()
                ),
                lines=tuple(
                    LineAmount(
                        project=PLACES[n][0], function=PRIMARY, economic=PLACES[n][1], amount=Money(fen)
                    )
                    for n, fen in amounts.items()
                ),
            )
        )
        for place, fen in amounts.items():
            self.lines[self.key(place, None, year)].own += fen
            self.income[year, PLACES[place][0]] += fen
        self.adopted = year

    @rule()
    def close(self) -> None:
        """Close the year: refused while money is held; else all that is unspent finds its place."""
        of = {key: line for key, line in self.lines.items() if key[0] == self.year}
        held = any(line.pot(pot) for line in of.values() for pot in (Pot.RESERVED, Pot.COMMITTED))
        allowed = self.running and not held
        if not self.expect(allowed, lambda: self.door.budget.closing.close(self.year)):
            return
        for (year, project, economic, school), line in of.items():
            for origin, fen in line.left(year).items():
                if origin < year or (project == "operating" and not self.basic):
                    self.surplus += fen
                else:
                    self.lines[year + 1, project, economic, school].lots[origin] = fen
        self.year += 1

    @precondition(lambda self: self.year > FIRST)
    @rule()
    def close_again(self) -> None:
        """A closed year closes again with the same answer."""
        self.unchanged(lambda: self.door.budget.closing.close(self.year - 1))

    # adjustments

    def drafted(self, lines: dict[Key, int], income: dict[str, int]) -> None:
        """Draft an adjustment that balances."""
        number = f"T{self.number()}"
        command = AdjustmentDraft(
            number=number,
            year=self.year,
            day=date(self.year, 6, 1),
            reason="调整",
            incomes=tuple(IncomeChange(project=code, amount=Money(fen)) for code, fen in income.items()),
            lines=tuple(
                LineChange(
                    project=key[1], function=PRIMARY, economic=key[2], school=key[3], amount=Money(fen)
                )
                for key, fen in lines.items()
            ),
        )
        self.door.budget.adjustments.draft(command)
        incomes = Counter({(self.year, code): fen for code, fen in income.items()})
        self.adjustments[number] = ModelAdjustment(command, self.year, lines, incomes)

    @rule(pocket=st.integers(0, 1), there=SCHOOL, back=SCHOOL, fen=FEN)
    def draft_shift(self, pocket: int, there: str | None, back: str | None, fen: int) -> None:
        """A shift from one cell to another of the same project."""
        self.drafted({self.key(2 * pocket, back): -fen, self.key(2 * pocket + 1, there): fen}, {})

    @rule(place=PLACE_NO, fen=FEN, sign=st.sampled_from((1, -1)), school=SCHOOL)
    def draft_income(self, place: int, fen: int, sign: int, school: str | None) -> None:
        """Income changes, and expenditure with it."""
        self.drafted({self.key(place, school): sign * fen}, {PLACES[place][0]: sign * fen})

    @rule(fen=FEN)
    def draft_across(self, fen: int) -> None:
        """Money of one project never goes to another."""
        self.expect(False, lambda: self.drafted({self.key(0, None): -fen, self.key(2, None): fen}, {}))

    def pick(self, data: st.DataObject) -> tuple[str, ModelAdjustment]:
        number = data.draw(st.sampled_from(sorted(self.adjustments)))
        return number, self.adjustments[number]

    @precondition(lambda self: self.adjustments)
    @rule(data=st.data())
    def approve(self, data: st.DataObject) -> None:
        """Finance approves, again or for the first time; not what was voided before."""
        number, of = self.pick(data)
        again = of.state in ("approved", "applied", "voided after")
        act = self.door.budget.adjustments.record_approval
        if self.expect(again or of.state == "drafted", lambda: act(number, f"财{number}")) and not again:
            of.state = "approved"

    def fits(self, of: ModelAdjustment) -> bool:
        lines = [(self.lines[key], fen) for key, fen in of.lines.items()]
        enough = all(line.available + fen >= 0 and (fen > 0 or line.own + fen >= 0) for line, fen in lines)
        income = all(self.income[at] + fen >= 0 for at, fen in of.income.items())
        return enough and income and self.running and of.year == self.year

    @precondition(lambda self: self.adjustments)
    @rule(data=st.data())
    def apply(self, data: st.DataObject) -> None:
        """What was approved is applied once, if the lines have it and the year is open."""
        number, of = self.pick(data)
        allowed = of.state == "applied" or (of.state == "approved" and self.fits(of))
        done = self.expect(allowed, lambda: self.door.budget.adjustments.apply(number))
        if done and of.state != "applied":
            of.state = "applied"
            self.change(of)

    def change(self, of: ModelAdjustment) -> None:
        for key, fen in of.lines.items():
            self.lines[key].own += fen
        self.income.update(of.income)

    @precondition(lambda self: self.adjustments)
    @rule(data=st.data())
    def void(self, data: st.DataObject) -> None:
        """What was not applied is voided; a counter-adjustment that is voided can be drafted anew."""
        number, of = self.pick(data)
        done = self.expect(of.state != "applied", lambda: self.door.budget.adjustments.void(number, "作废"))
        if done and not of.state.startswith("voided"):
            of.state = "voided after" if of.state == "approved" else "voided"
            if of.red is not None:
                self.adjustments[of.red.reverses].countered = False

    @precondition(lambda self: self.adjustments)
    @rule(data=st.data())
    def reverse(self, data: st.DataObject) -> None:
        """What was applied is reversed by a red one."""
        number, of = self.pick(data)
        red = f"H{self.number()}"
        command = AdjustmentReversal(number=red, reverses=number, day=date(of.year, 7, 1), reason="冲销")
        allowed = of.state == "applied" and of.red is None and not of.countered
        if self.expect(allowed, lambda: self.door.budget.adjustments.reverse(command)):
            of.countered = True
            lines = {key: -fen for key, fen in of.lines.items()}
            income = Counter({at: -fen for at, fen in of.income.items()})
            self.adjustments[red] = ModelAdjustment(None, of.year, lines, income, red=command)

    @precondition(lambda self: self.adjustments)
    @rule(data=st.data())
    def draft_again(self, data: st.DataObject) -> None:
        """The same adjustment again changes nothing."""
        _, of = self.pick(data)
        adjustments = self.door.budget.adjustments
        if of.command is not None:
            self.unchanged(lambda: adjustments.draft(of.command))  # type: ignore[arg-type]
        elif of.red is not None:
            self.unchanged(lambda: adjustments.reverse(of.red))  # type: ignore[arg-type]

    @rule(place=PLACE_NO, shares=st.lists(st.integers(-30, 60).filter(bool), min_size=1, max_size=2))
    def split(self, place: int, shares: list[int]) -> None:
        """A line of the district is split to schools, or takes back from them."""
        line = self.ids().get(self.key(place, None))
        if line is None:
            return
        number, named = f"F{self.number()}", dict(zip(SCHOOLS, shares, strict=False))
        given = tuple(SchoolShare(school=school, amount=Money(fen)) for school, fen in named.items())
        day = date(self.year, 6, 1)
        command = LineSplit(number=number, line_id=line.id, day=day, reason="分解", shares=given)
        changes = {self.key(place, school): fen for school, fen in named.items()}
        if sum(shares):
            changes[self.key(place, None)] = -sum(shares)
        of = ModelAdjustment(None, self.year, changes, Counter(), "applied")
        if self.expect(self.fits(of), lambda: self.door.budget.adjustments.split_line(command)):
            self.change(of)
            self.splits[number] = command

    @precondition(lambda self: self.splits)
    @rule(data=st.data())
    def split_again(self, data: st.DataObject) -> None:
        """The same split again changes nothing."""
        command = self.splits[data.draw(st.sampled_from(sorted(self.splits)))]
        self.unchanged(lambda: self.door.budget.adjustments.split_line(command))

    # entries

    def post(
        self, movement: Movement, out_of: Pot, place: int, school: str | None, fen: int, purpose: int
    ) -> None:
        """Post an entry of any kind on a line of the year."""
        key = self.key(place, school)
        line = self.ids().get(key)
        if line is None:
            return
        posting = Posting(
            line_id=line.id,
            movement=movement,
            out_of=out_of,
            amount=Money(fen),
            source=Source("test.act", self.number()),
            purpose=Source("test.purpose", purpose),
            day=date(self.year, 6, 1),
        )
        model, into = self.lines[key], WAYS[movement][1]
        has = model.available if out_of is Pot.AVAILABLE else model.held[purpose, out_of]
        if self.expect(has >= fen, lambda: self.door.budget.ledger.post_many([posting])):
            self.sent.append(posting)
            for pot, more in ((out_of, -fen), (into, fen)):
                if pot is not Pot.AVAILABLE:
                    model.held[purpose, pot] += more

    @rule(place=PLACE_NO, school=SCHOOL, fen=FEN, purpose=PURPOSE)
    def reserve(self, place: int, school: str | None, fen: int, purpose: int) -> None:
        """Set money aside."""
        self.post(Movement.RESERVE, Pot.AVAILABLE, place, school, fen, purpose)

    @rule(place=PLACE_NO, school=SCHOOL, fen=FEN, purpose=PURPOSE, out_of=WAY[Movement.COMMIT])
    def commit(self, place: int, school: str | None, fen: int, purpose: int, out_of: Pot) -> None:
        """Bind money."""
        self.post(Movement.COMMIT, out_of, place, school, fen, purpose)

    @rule(place=PLACE_NO, school=SCHOOL, fen=FEN, purpose=PURPOSE, out_of=WAY[Movement.PAY])
    def pay(self, place: int, school: str | None, fen: int, purpose: int, out_of: Pot) -> None:
        """Pay."""
        self.post(Movement.PAY, out_of, place, school, fen, purpose)

    @rule(place=PLACE_NO, school=SCHOOL, fen=FEN, purpose=PURPOSE)
    def refund(self, place: int, school: str | None, fen: int, purpose: int) -> None:
        """Take back what was paid."""
        self.post(Movement.REFUND, Pot.PAID, place, school, fen, purpose)

    @rule()
    def release_all(self) -> None:
        """Give back everything that is held, so that a year can close."""
        for key, line in list(self.lines.items()):
            for (purpose, pot), fen in list(line.held.items()):
                if key[0] == self.year and pot is not Pot.PAID and fen:
                    place = PLACES.index(key[1:3])
                    self.post(Movement.RELEASE, pot, place, key[3], fen, purpose)

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def post_again(self, data: st.DataObject) -> None:
        """The same entry again changes nothing, in an open year or a closed one."""
        posting = data.draw(st.sampled_from(self.sent))
        self.unchanged(lambda: self.door.budget.ledger.post_many([posting]))

    # what always holds

    def unchanged(self, act: Callable[[], object]) -> None:
        """Do what was done before: the answer is there, and nothing is said or moved."""
        count = select(func.count()).select_from(FactRow)
        facts, lines = self.session.scalar(count), self.ids()
        act()
        assert self.session.scalar(count) == facts
        assert self.ids() == lines

    @invariant()
    def lines_are_what_the_model_says(self) -> None:
        """Every line is what the model says, and so is every sum by project, code and school."""
        if not hasattr(self, "door"):
            return
        there = self.ids()
        assert {key for key, line in self.lines.items() if line.own or line.carried} <= there.keys()
        for dimension in (0, 1, 2, 3):
            sums, model = Counter[Any](), Counter[Any]()
            for key, view in there.items():
                sums[key[dimension]] += view.available.fen
            for key, line in self.lines.items():
                model[key[dimension]] += line.available
            assert +sums == +model
        for key, view in there.items():
            line = self.lines[key]
            assert view.available.fen == line.available >= 0
            assert (view.approved + view.adjusted).fen == line.own >= 0
            assert view.carried_in.fen == line.carried
            pots = (view.reserved.fen, view.committed.fen, view.paid.fen)
            assert pots == tuple(map(line.pot, (Pot.RESERVED, Pot.COMMITTED, Pot.PAID)))

    @invariant()
    def money_is_conserved(self) -> None:
        """All income was paid, is available or held in years that are open, or was surplus to hand back."""
        paid = sum(line.pot(Pot.PAID) for line in self.lines.values())
        open_ = [line for key, line in self.lines.items() if key[0] >= self.year]
        left = sum(line.own + line.carried - line.pot(Pot.PAID) for line in open_)
        assert sum(self.income.values()) == paid + left + self.surplus

    @invariant()
    def expenditure_follows_income(self) -> None:
        """By year and project what the lines have of their own is what comes in."""
        own = Counter[tuple[int, str]]()
        for (year, project, _, _), line in self.lines.items():
            own[year, project] += line.own
        assert +own == +self.income


def test_fiscal_years_conserve_money(shared_engine: Engine) -> None:
    FiscalYears.engine = shared_engine
    run_state_machine_as_test(
        FiscalYears, settings=settings(max_examples=20, stateful_step_count=35, deadline=None)
    )
