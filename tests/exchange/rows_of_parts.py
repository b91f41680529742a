"""Rows of the workbooks of the budget, of leave and of the party, as hypothesis makes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from xuequ.core.fields import Command
from xuequ.registry.states.calendar import DayHalf
from xuequ.testing.strategies import days
from xuequ.unified.budget.schemas.books.claims import ClaimLineRow, ClaimRow, InvoiceRow
from xuequ.unified.budget.schemas.books.lines import BudgetIncomeRow, BudgetLineRow
from xuequ.unified.budget.states.ledger import Book, FundSource
from xuequ.unified.budget.templates.claims import CLAIMS
from xuequ.unified.budget.templates.lines import LINES
from xuequ.unified.leadership.schemas.books.leave import LeaveRow
from xuequ.unified.leadership.states.leave import LeaveKind, LeaveState
from xuequ.unified.leadership.templates.leave import LEAVE
from xuequ.unified.party.schemas.books.attendance import AttendanceRow, MeetingRow
from xuequ.unified.party.schemas.books.development import CaseRow, ReplacementRow, StepRow
from xuequ.unified.party.schemas.books.dues import BaseRow, CarriedRow, PaymentRow, ReductionRow
from xuequ.unified.party.schemas.books.members import BranchRow, GroupRow, LeaderRow, MemberRow, SeatRow
from xuequ.unified.party.states.development import Outcome, Role, StepKind
from xuequ.unified.party.states.dues import DuesCategory
from xuequ.unified.party.states.meetings import Body, Mark, MeetingKind
from xuequ.unified.party.states.members import MemberState, Office
from xuequ.unified.party.templates.attendance import MEETING_ATTENDANCE
from xuequ.unified.party.templates.development import DEVELOPMENT
from xuequ.unified.party.templates.dues import DUES
from xuequ.unified.party.templates.members import MEMBERS

Texts = Callable[[int], st.SearchStrategy[str]]
Rows = Mapping[str, st.SearchStrategy[Command]]

AMOUNTS = st.decimals(0, Decimal("99999.99"), places=2)
PAY = (
    *("post_wage", "grade_wage", "performance_basic", "allowances", "performance_incentive"),
    *("reform_subsidies", "pension", "income_tax", "social_insurance", "housing_fund", "annuity", "agreed"),
)


def rows_of_parts(texts: Texts) -> Mapping[str, Rows]:
    """Return rows by template and sheet.

    Args:
        texts: makes text of so many characters at most.
    """
    return {
        CLAIMS.name: _claims(texts),
        LEAVE.name: _leave(texts),
        LINES.name: _lines(texts),
        DEVELOPMENT.name: _development(texts),
        DUES.name: _dues(texts),
        MEETING_ATTENDANCE.name: _attendance(texts),
        MEMBERS.name: _members(texts),
    }


def _papers(texts: Texts) -> st.SearchStrategy[str]:
    return st.just("") | texts(200)


def _who(texts: Texts) -> dict[str, st.SearchStrategy[Any]]:
    return {"staff_no": texts(40), "name": st.none() | texts(100)}


def _lines(texts: Texts) -> Rows:
    own: dict[str, Any] = {"year": st.integers(2000, 2100), "book": st.sampled_from(Book)}
    own |= {"fund": st.sampled_from(FundSource), "project": st.sampled_from(["operating", "repair"])}
    own |= {"amount": AMOUNTS, "note": st.none() | texts(200)}
    codes = {"function": texts(40), "economic": texts(40), "school": st.none() | st.just("s1")}
    return {"incomes": st.builds(BudgetIncomeRow, **own), "lines": st.builds(BudgetLineRow, **own, **codes)}


def _leave(texts: Texts) -> Rows:
    papers, half, day = _papers(texts), st.sampled_from(DayHalf), st.none() | days()
    row = st.builds(
        LeaveRow,
        **_who(texts),
        first_day=days(),
        first_half=half,
        last_day=days(),
        last_half=half,
        asked_on=day,
        decided_on=day,
        reported_on=day,
        back_day=day,
        reason=papers,
        evidence=papers,
        late_reason=papers,
        document=papers,
        turn=st.none() | st.integers(1, 9),
        kind=st.sampled_from(LeaveKind),
        state=st.none() | st.sampled_from(LeaveState),
        approver_no=st.none() | texts(40),
        back_half=st.none() | half,
        void_reason=papers,
    )
    return {"leaves": row}


def _development(texts: Texts) -> Rows:
    papers, counts, half_year = _papers(texts), st.integers(0, 99), st.integers(6, 12)
    own: dict[str, Any] = {"staff_no": texts(40), "on": days(), "reason": papers, "remark": papers}
    tally = {"due": counts, "present": counts, "yes": counts}
    steps = (
        st.builds(StepRow, kind=st.just(StepKind.TALK), **own),
        st.builds(StepRow, kind=st.just(StepKind.NOTICE), until=days(), **own),
        st.builds(StepRow, kind=st.just(StepKind.TRAINING), hours=st.integers(1, 99), **own),
        st.builds(
            StepRow, kind=st.just(StepKind.MEETING), sponsors=texts(40), outcome=st.none(), **tally, **own
        ),
        st.builds(
            StepRow,
            kind=st.just(StepKind.CONVERSION),
            outcome=st.just(Outcome.EXTEND),
            months=half_year,
            **own,
        ),
    )
    made_way = {"old_no": texts(40), "new_no": texts(40), "on": days(), "reason": texts(200)}
    return {
        "cases": st.builds(CaseRow, **_who(texts), applied_on=days(), document=texts(200), reason=papers),
        "steps": st.one_of(*steps),
        "replacements": st.builds(ReplacementRow, staff_no=texts(40), role=st.sampled_from(Role), **made_way),
    }


def _claims(texts: Texts) -> Rows:
    number = texts(40)
    codes = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,39}", fullmatch=True)
    bills = st.text("0123456789ABCDEF", min_size=1, max_size=40)
    return {
        "claims": st.builds(
            ClaimRow,
            **_who(texts),
            number=number,
            school=st.none() | codes,
            supplier=texts(100),
            spent_on=days(),
            uninvoiced=st.none() | texts(200),
        ),
        "lines": st.builds(
            ClaimLineRow,
            number=number,
            no=st.integers(1, 9999),
            project=codes,
            function=number,
            economic=number,
            line_school=st.none() | codes,
            fund=st.sampled_from(FundSource),
            what=texts(200),
            amount=AMOUNTS,
        ),
        "invoices": st.builds(
            InvoiceRow,
            number=number,
            code=st.none() | bills,
            invoice=bills,
            day=days(),
            amount=AMOUNTS,
            supplier=st.none() | texts(100),
        ),
    }


def _dues(texts: Texts) -> Rows:
    who, maybe, month = _who(texts), st.none() | texts(200), st.none() | days()
    return {
        "bases": st.builds(
            BaseRow,
            **who,
            **{name: st.none() | AMOUNTS for name in PAY},
            since=days(),
            category=st.sampled_from(DuesCategory),
            reason=maybe,
        ),
        "reductions": st.builds(
            ReductionRow,
            **who,
            since=days(),
            last=days(),
            studied_on=days(),
            amount=AMOUNTS,
            approver=texts(200),
            document=texts(200),
        ),
        "carried": st.builds(CarriedRow, **who, through=days(), source=texts(200)),
        "payments": st.builds(
            PaymentRow,
            **who,
            first=month,
            last=month,
            amount=AMOUNTS,
            paid_on=days(),
            received_by=maybe,
            proxy=maybe,
            consent=maybe,
            voided_on=month,
            receipt=texts(40),
            void_reason=maybe,
        ),
    }


def _attendance(texts: Texts) -> Rows:
    papers, number = _papers(texts), st.none() | texts(40)
    return {
        "meetings": st.builds(
            MeetingRow,
            within=number,
            host=number,
            lecturer=number,
            between=papers,
            place=papers,
            agenda=papers,
            number=texts(40),
            kind=st.sampled_from(MeetingKind),
            body=st.none() | st.sampled_from(Body),
            group=st.none() | texts(100),
            planned_on=days(),
            topic=texts(200),
            held_on=st.none() | days(),
        ),
        "attendance": st.builds(
            AttendanceRow,
            number=texts(40),
            staff_no=texts(40),
            mark=st.sampled_from(Mark),
            excused_on=st.none() | days(),
            reason=papers,
        ),
    }


def _members(texts: Texts) -> Rows:
    who, day, named = _who(texts), st.none() | days(), st.none() | texts(100)
    return {
        "branch": st.builds(
            BranchRow,
            name=texts(100),
            superior=texts(100),
            since=days(),
            full_members=st.integers(0, 99),
            term_ends_on=day,
            authority=texts(200),
        ),
        "groups": st.builds(GroupRow, name=texts(100), since=days(), schools=st.none() | texts(200)),
        "members": st.builds(
            MemberRow,
            **who,
            full_on=day,
            since=day,
            probation_ends_on=day,
            suspended_on=day,
            state=st.sampled_from(MemberState),
            joined_on=days(),
            joined_in=st.none() | texts(200),
            lost_since=day,
            group=named,
        ),
        "committee": st.builds(
            SeatRow, **who, office=st.sampled_from(Office), since=days(), authority=texts(200)
        ),
        "leaders": st.builds(LeaderRow, **who, group=texts(100), since=days()),
    }
