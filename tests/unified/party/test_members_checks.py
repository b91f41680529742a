"""Data checks of members: planted defects are found, a made branch has none."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from tests.unified.party.hall import PLACE, TODAY, Hall, hall
from xuequ.embed import run_data_checks
from xuequ.unified.party.models.members import Affiliation, CommitteeSeat, MemberStatus
from xuequ.unified.party.schemas.transfers import LetterIssuing


@pytest.fixture
def stand(session: Session) -> Hall:
    return hall(session)


def found(session: Session) -> dict[str, list[str]]:
    session.flush()
    results = run_data_checks(session, PLACE)
    return {
        result.check.code.removeprefix("party."): [one.what for one in result.findings]
        for result in results
        if result.check.code.startswith("party.") and result.findings
    }


def test_a_branch_under_way_has_no_defect(session: Session, stand: Hall) -> None:
    assert found(session) == {}


def test_who_went_out_of_the_county_is_no_defect(session: Session, stand: Hall) -> None:
    members = stand.door.party.members
    letter = LetterIssuing(
        member_id=stand.full[0], number="1", to_outside="外县", issued_on=TODAY, valid_days=9
    )
    members.confirm_received_outside(members.issue_transfer(letter), TODAY)
    assert found(session) == {}


def test_a_gap_in_the_status_is_found(session: Session, stand: Hall) -> None:
    one = stand.full[0]
    full = (MemberStatus.member_id == one, MemberStatus.state == "full")
    session.execute(update(MemberStatus).where(*full).values(since=date(2011, 7, 1)))
    assert [what[-24:] for what in found(session)["status_unbroken"]] == [
        "2011-06-20 至 2011-07-01 之间中断"[-24:]
    ]
    session.execute(delete(MemberStatus).where(MemberStatus.member_id == one))
    assert found(session)["status_unbroken"] == ["没有党员状态"]


def test_a_member_without_a_responsible_branch_is_found(session: Session, stand: Hall) -> None:
    here = Affiliation.member_id == stand.full[5]
    session.execute(update(Affiliation).where(here).values(until=TODAY))
    defects = found(session)
    assert (
        len(defects["one_responsible_branch"]) == 1
        and "止于 2026-11-02" in defects["one_responsible_branch"][0]
    )
    assert len(defects["offices_in_own_branch"]) == 1, "the place in a group goes beyond"


def test_a_seat_of_somebody_of_another_branch_is_found(session: Session, stand: Hall) -> None:
    early = update(CommitteeSeat).where(CommitteeSeat.member_id == stand.full[1])
    session.execute(early.values(since=date(2015, 6, 1)))
    assert len(found(session)["offices_in_own_branch"]) == 1
