"""Dues paid, voided and remitted at once: one month is paid once, and no more goes up than there is."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.faults.test_post_races import Act, together
from tests.unified.party.hall import hall
from tests.unified.party.treasury import MONTHLY, OPENING, paying, salaried, treasury
from xuequ import District, Money
from xuequ.embed import run_data_checks
from xuequ.testing.factories import DAY, MAKER, SETTINGS
from xuequ.unified.party.models.dues import DuesAssessment, DuesMonth, DuesPayment
from xuequ.unified.party.schemas.dues import LedgerOpening, LedgerView, Remitting, Voiding

PLACE = "530921/qianfeng"
JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 1)
RIVALS = 6


def prepare(engine: Engine) -> tuple[int, ...]:
    """Make a branch with its ledger; return its members."""
    with Session(engine) as session:
        made = treasury(session, today=DAY)
        session.commit()
        return made.full


def door(session: Session) -> District:
    return District(session, PLACE, actor=MAKER, settings=SETTINGS)


def ledger(engine: Engine) -> LedgerView:
    """Return the account, which must be what its entries come to."""
    with Session(engine) as session:
        for check in ("party.dues_ledgers_balance", "party.dues_months_paid_once"):
            assert run_data_checks(session, PLACE, only=check)[0].findings == ()
        return door(session).party.dues.ledger()


def count(engine: Engine, model: type[DuesMonth] | type[DuesPayment] | type[DuesAssessment]) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def pays(member_id: int, first: date, last: date | None = None, receipt: str = "") -> Act:
    row = paying(member_id, first, last, receipt=receipt)
    return lambda door: door.party.dues.pay([row])


def test_one_month_paid_at_once_is_paid_once_and_the_others_are_told_so(engine: Engine) -> None:
    one, *_ = prepare(engine)
    came = together(engine, [pays(one, AUGUST, receipt=f"R{n}") for n in range(RIVALS)])
    assert came == {"done": 1, "party.dues_month_paid": RIVALS - 1}
    assert ledger(engine).received == MONTHLY
    assert count(engine, DuesMonth) == count(engine, DuesAssessment) == 1


def test_payments_whose_months_meet_do_not_both_stand(engine: Engine) -> None:
    one, *_ = prepare(engine)
    came = together(engine, [pays(one, JULY, AUGUST, "A"), pays(one, AUGUST, receipt="B")])
    assert came == {"done": 1, "party.dues_month_paid": 1}


def test_one_receipt_used_at_once_is_used_once(engine: Engine) -> None:
    members = prepare(engine)
    came = together(engine, [pays(one, AUGUST, receipt="R") for one in members])
    assert came == {"done": 1, "party.dues_receipt_used": len(members) - 1}


def test_everybody_pays_at_once_and_all_of_it_is_booked(engine: Engine) -> None:
    members = prepare(engine)
    acts = [pays(one, month) for one in members for month in (JULY, AUGUST)]
    assert together(engine, acts) == {"done": len(acts)}
    assert ledger(engine).received == MONTHLY * len(acts)


def test_no_more_is_remitted_at_once_than_there_is(engine: Engine) -> None:
    prepare(engine)

    def remit(number: int) -> Act:
        command = Remitting(number=f"S{number}", amount=Money.yuan(40))
        return lambda door: door.party.dues.remit(command)

    came = together(engine, [remit(number) for number in range(RIVALS)])
    assert came == {"done": 2, "party.dues_ledger_short": RIVALS - 2}
    assert ledger(engine).balance == OPENING - Money.yuan(80)


def test_a_payment_voided_at_once_is_voided_once(engine: Engine) -> None:
    one, *_ = prepare(engine)
    with Session(engine) as session:
        (view,) = door(session).party.dues.pay([paying(one, AUGUST)])
        session.commit()
    void: Act = lambda door: door.party.dues.void_payment(view.id, Voiding(reason="错"))  # noqa: E731
    came = together(engine, [void] * RIVALS)
    assert came == {"done": 1, "party.dues_payment_voided": RIVALS - 1}
    assert ledger(engine).received == Money(0)


def test_a_month_is_assessed_and_paid_at_once_and_has_one_figure(engine: Engine) -> None:
    members = prepare(engine)
    assess: Act = lambda door: door.party.dues.assess(JULY, AUGUST)  # noqa: E731
    came = together(engine, [assess, pays(members[0], JULY, AUGUST), assess, pays(members[1], JULY)])
    assert came == {"done": 4}
    assert count(engine, DuesAssessment) == 2 * len(members)


def test_a_base_set_at_once_has_one_version(engine: Engine) -> None:
    one, *_ = prepare(engine)
    row = salaried(one, Money.yuan(4000), AUGUST)
    came = together(engine, [lambda door: door.party.dues.set_bases([row])] * RIVALS)
    assert came == {"done": 1, "party.dues_base_as_before": RIVALS - 1}


def test_one_ledger_is_opened_at_once(engine: Engine) -> None:
    with Session(engine) as session:
        hall(session, committee=0, today=DAY)
        session.commit()
    command = LedgerOpening(since=JULY, balance=Money(0), authority="账簿")
    came = together(engine, [lambda door: door.party.dues.open_ledger(command)] * RIVALS)
    assert came == {"done": 1, "party.dues_ledger_known": RIVALS - 1}
