"""Who stays away: meetings and dues looked at together, flagged, proposed and never acted upon."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy.orm import Session

from tests.reports.pages import Page
from tests.unified.party.hall import ELSEWHERE, TODAY, Hall, hall
from tests.unified.party.meeting import held
from tests.unified.party.treasury import month, pay, paying, treasury
from xuequ import Actor, Holding, Post
from xuequ.core.errors import ActionNotPermitted
from xuequ.reports import render, write_xlsx
from xuequ.reports.html import to_html
from xuequ.unified.party.documents.watch import STAYING_AWAY
from xuequ.unified.party.models.members import MemberStatus
from xuequ.unified.party.states.meetings import AlarmLevel

FLAG, PROPOSE = AlarmLevel.WARN, AlarmLevel.PROPOSE


@pytest.fixture
def stand(session: Session) -> Hall:
    return hall(session)


def meet(place: Hall, away: int, months: int, until: int = 10) -> None:
    """Hold a meeting in each of so many months up to one, to which one member does not come."""
    present = [one for one in (*place.full, *place.probationary) if one != away]
    for number in range(until - months + 1, until + 1):
        held(place, present, on=date(2026, number, 5))


def levels(place: Hall, on: date | None = None) -> dict[int, AlarmLevel]:
    return {line.member_id: line.level for line in place.door.party.watch.staying_away(on).lines}


@pytest.mark.parametrize(("months", "wanted"), [(2, None), (3, FLAG), (5, FLAG), (6, PROPOSE), (7, PROPOSE)])
def test_months_away_are_flagged_from_three_and_proposed_at_six(
    stand: Hall, months: int, wanted: AlarmLevel | None
) -> None:
    away = stand.full[7]
    meet(stand, away, months)
    assert levels(stand).get(away) is wanted
    assert set(levels(stand)) <= {away}


def test_it_is_said_as_of_a_day_and_nothing_is_done(stand: Hall) -> None:
    away = stand.full[7]
    meet(stand, away, 6)
    before = stand.session.query(MemberStatus.id, MemberStatus.state, MemberStatus.until).all()
    (line,) = stand.door.party.watch.staying_away().lines
    assert (line.meetings, line.dues, line.months) == (6, 0, 6)
    assert line.grounds == ("连续6个月未参加组织生活",) and "党章" in line.authority
    assert levels(stand, date(2026, 8, 31)) == {away: FLAG}
    assert levels(stand, date(2026, 6, 30)) == {}
    assert stand.session.query(MemberStatus.id, MemberStatus.state, MemberStatus.until).all() == before


def test_a_branch_without_a_ledger_of_dues_is_looked_at_for_meetings_only(stand: Hall) -> None:
    meet(stand, stand.full[7], 3)
    watch = stand.door.party.watch.staying_away()
    assert not watch.dues_known and (watch.warned, watch.proposed) == (1, 0)
    assert "尚未建立党费台账" in to_html(render(stand.door, STAYING_AWAY))


def test_dues_and_meetings_are_looked_at_together_and_never_added_up(session: Session) -> None:
    branch = treasury(session)
    one, two, three, four = branch.full
    pay(branch.door, paying(one, month(5), month(8)), paying(two, month(5), month(7)))
    pay(branch.door, paying(three, month(10)))
    meet(branch, two, 4)
    watch = branch.door.party.watch.staying_away()
    found = {line.member_id: (line.level, line.meetings, line.dues) for line in watch.lines}
    assert watch.dues_known
    assert found[two] == (FLAG, 4, 3)  # four and three are not seven
    assert found[four][::2] == (PROPOSE, 10)
    assert one not in found and three not in found
    assert [line.months for line in watch.lines] == sorted(
        (line.months for line in watch.lines), reverse=True
    )
    grounds = next(line.grounds for line in watch.lines if line.member_id == two)
    assert grounds == ("连续4个月未参加组织生活", "连续3个月未交党费")


def test_the_document_is_drawn_in_both_formats(stand: Hall, tmp_path: Path) -> None:
    meet(stand, stand.full[7], 6)
    page = render(stand.door, STAYING_AWAY)
    html = Page(to_html(page))
    assert "提请支部大会讨论" in " ".join(html.within("td"))
    write_xlsx(page, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cells = [str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line]
    assert "连续6个月未参加组织生活" in cells
    assert any(STAYING_AWAY.title in text for text in cells)


def test_nobody_else_sees_it_and_districts_do_not_mix(stand: Hall) -> None:
    meet(stand, stand.full[7], 3)
    other = hall(stand.session, ELSEWHERE)
    assert levels(other) == {}
    place = stand.door.context.place
    for post in (Post.PRINCIPAL, Post.PARTY_GROUP_LEADER):
        door = stand.at(TODAY, Actor("qianfeng-s1-T1", (Holding(post, place),)))
        with pytest.raises(ActionNotPermitted):
            door.party.watch.staying_away()
