"""The team as of any day, its support, and the documents over both."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.registry.posts import DAY, DECEMBER, NOVEMBER, OCTOBER, PLACE, appoint, county_door, lend, staff_id
from tests.reports.pages import Page
from tests.unified.leadership.teams import PLAN, TEAM, A, G, P, S, draw, make_team
from xuequ import District, Post
from xuequ.core.document import Document
from xuequ.core.errors import Problems
from xuequ.registry.errors.classes import ClassUnknown
from xuequ.registry.errors.places import DistrictNeeded, SchoolUnknown
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.places import School
from xuequ.registry.schemas.places import GovernanceAdoption
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.places import GovernanceMode, SchoolKind
from xuequ.registry.states.posts import AppointmentEnd
from xuequ.reports import render, write_xlsx
from xuequ.reports.html import to_html
from xuequ.testing import make_district
from xuequ.unified.leadership.documents.links import DUTY_LINK_TABLE, VACANCY_LIST
from xuequ.unified.leadership.errors.support import (
    SupportDone,
    SupportedTwice,
    SupportsAlready,
    SupportUnknown,
    TargetAbsent,
)
from xuequ.unified.leadership.schemas.links import DefectView
from xuequ.unified.leadership.schemas.support import SupportResult, SupportSetting

MARCH = date(2027, 3, 3)


@pytest.fixture
def door(session: Session) -> District:
    return make_team(session)


def said(defects: list[DefectView]) -> set[tuple[str, str]]:
    return {(one.kind.code, one.place_name if one.post is None else one.post.code) for one in defects}


# the team


def test_the_team_stands_in_the_articles_order_with_who_chairs(door: District) -> None:
    team = door.leadership.team.team()
    assert [one.post for one in team.members] == [P, S, A, G]
    assert [one.staff_no.removeprefix("qianfeng-") for one in team.members] == list(TEAM.values())
    assert (team.governance, team.chair) == (GovernanceMode.PRINCIPAL, P)
    assert team.members[0].legal_representative and "义务教育法" in team.governance_authority
    door.registry.places.adopt_governance(
        GovernanceAdoption(
            district="qianfeng", mode=GovernanceMode.PARTY, since=NOVEMBER, authority="县委〔2026〕3号"
        )
    )
    assert [door.leadership.team.team(on).chair for on in (OCTOBER, NOVEMBER)] == [P, S]


def test_a_vacant_post_is_a_defect_and_an_acting_holder_fills_it(door: District) -> None:
    held = door.registry.posts.holder(G)
    assert held is not None
    door.registry.posts.end_appointment(held.id, AppointmentEnd.RETIRED, OCTOBER)
    assert ("vacant", G.code) not in said(door.leadership.team.defects(DAY))
    assert ("vacant", G.code) in said(door.leadership.team.defects(OCTOBER))
    member = door.leadership.team.team(OCTOBER).members[3]
    assert (member.staff_id, member.vacant_since, member.name) == (None, OCTOBER, "")
    appoint(door, "s2-T3", G, since=NOVEMBER, acting=True)
    assert ("vacant", G.code) not in said(door.leadership.team.defects(NOVEMBER))
    assert door.leadership.team.team(NOVEMBER).members[3].acting


def test_powers_that_are_lent_show_in_the_days_of_the_delegation(door: District) -> None:
    held = door.registry.posts.holder(P)
    assert held is not None
    lend(door, held.id, "s2-T3", since=OCTOBER, until=NOVEMBER)
    lent = [len(door.leadership.team.team(on).members[0].delegates) for on in (DAY, OCTOBER, NOVEMBER)]
    assert lent == [0, 1, 0]
    (line,) = door.leadership.team.vacancy_list(OCTOBER).stand_ins
    assert (line.way, line.for_whom, line.reason) == ("授权代行", "师1", "外出培训")


def test_who_was_head_on_the_third_of_march(door: District) -> None:
    appoint(door, "s1-T3", Post.SCHOOL_HEAD, school="s1", until=MARCH)
    appoint(door, "s1-T2", Post.SCHOOL_HEAD, school="s1", since=MARCH)
    before, on = (door.leadership.team.head_of("s1", day).head for day in (date(2027, 3, 2), MARCH))
    assert before is not None and before.staff_no == "qianfeng-s1-T3"
    assert on is not None and on.staff_no == "qianfeng-s1-T2"
    nobody = door.leadership.team.head_of("s2", MARCH)
    assert (nobody.head, nobody.needed) == (None, True)
    with pytest.raises(SchoolUnknown):
        door.leadership.team.head_of("s9")
    with pytest.raises(DistrictNeeded):
        county_door(door).leadership.team.team()


def test_the_central_school_may_do_without_a_head(door: District) -> None:
    central = {"kind": SchoolKind.CENTRAL.code, "legal_person": True}
    door.context.session.execute(update(School).where(School.code == "s1").values(**central))
    assert not door.leadership.team.head_of("s1").needed
    vacant = [one for one in door.leadership.team.defects() if one.post is Post.SCHOOL_HEAD]
    assert [one.place_name for one in vacant] == ["s2完小", "s3完小", "s4完小", "s5完小"]


# support


def class_id(door: District, school: str) -> int:
    query = (
        select(SchoolClass.id).join(School, School.id == SchoolClass.school_id).where(School.code == school)
    )
    return int(door.context.session.scalars(query).one())


def setting(door: District, post: Post, **more: object) -> SupportSetting:
    values: dict[str, object] = {"school_year": 2026, "term": 1, "measure": "期末语文平均分"}
    values |= {"baseline": "61.5", "baseline_mean": "68"}
    return SupportSetting.model_validate({"post": post, **values, **more})


def test_a_leader_supports_a_class_or_a_grade_group_from_baseline_to_result(door: District) -> None:
    support = door.leadership.support
    one = support.set_target(setting(door, P, stage=Stage.PRIMARY, entry_year=2026))
    two = support.set_target(setting(door, S, stage=Stage.PRIMARY, entry_year=2026, school="s2"))
    three = support.set_target(setting(door, A, class_id=class_id(door, "s3")))
    assert [view.target for view in (one, two, three)] == [
        *("全学区一年级组", "s2完小一年级组", "s3完小一（1）班"),
    ]
    assert [view.kind.code for view in (one, two, three)] == ["district_grade", "school_grade", "class"]
    done = support.record_result(three.id, SupportResult(result=Decimal(70), result_mean=Decimal("70.25")))
    assert (done.gain, one.gain) == (Decimal("6.25"), None)
    corrected = support.record_result(three.id, SupportResult(result=Decimal(71)))
    assert corrected.gain == Decimal("9.5")  # without the district's mean it is the target's own
    assert [view.post for view in support.targets()] == [P, S, A]
    assert support.targets(2025) == []


def test_what_cannot_be_supported_is_refused(door: District) -> None:
    support = door.leadership.support
    first = support.set_target(setting(door, P, class_id=class_id(door, "s1")))
    with pytest.raises(SupportedTwice):
        support.set_target(setting(door, S, class_id=class_id(door, "s1")))
    with pytest.raises(SupportsAlready):
        support.set_target(setting(door, P, term=0, class_id=class_id(door, "s2")))
    with pytest.raises(TargetAbsent):
        support.set_target(setting(door, S, stage=Stage.PRIMARY, entry_year=2019))
    with pytest.raises(TargetAbsent):
        support.set_target(setting(door, S, stage=Stage.JUNIOR, entry_year=2026))
    with pytest.raises(TargetAbsent):
        support.set_target(setting(door, S, school_year=2025, class_id=class_id(door, "s2")))
    with pytest.raises(ClassUnknown):
        support.set_target(setting(door, S, class_id=1))
    with pytest.raises(SchoolUnknown):
        support.set_target(setting(door, S, stage=Stage.PRIMARY, entry_year=2026, school="s9"))
    with pytest.raises(Problems):
        support.set_target(setting(door, Post.CASHIER, class_id=class_id(door, "s1")))
    support.withdraw_target(first.id, "写错班级")
    assert support.set_target(setting(door, S, class_id=class_id(door, "s1"))).post is S
    with pytest.raises(SupportUnknown):
        support.withdraw_target(first.id, "再撤")


def test_a_result_cannot_be_taken_back_with_its_target(door: District) -> None:
    support = door.leadership.support
    one = support.set_target(setting(door, P, class_id=class_id(door, "s1")))
    support.record_result(one.id, SupportResult(result=Decimal(1)))
    with pytest.raises(SupportDone):
        support.withdraw_target(one.id, "写错")
    with pytest.raises(SupportUnknown):
        support.record_result(1, SupportResult(result=Decimal(1)))


@pytest.mark.parametrize(
    "more",
    [{}, {"stage": Stage.PRIMARY}, {"class_id": 1, "stage": Stage.PRIMARY, "entry_year": 2026}],
)
def test_a_target_is_one_class_or_one_group(door: District, more: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="班级"):
        setting(door, P, **more)


def test_support_of_another_district_is_not_seen(door: District, session: Session) -> None:
    one = door.leadership.support.set_target(setting(door, P, class_id=class_id(door, "s1")))
    other = make_district(session, "530921/dasi", schools=1, pupils=0, staff=1)
    assert other.leadership.support.targets() == []
    with pytest.raises(SupportUnknown):
        other.leadership.support.record_result(one.id, SupportResult(result=Decimal(1)))


# documents


@pytest.mark.parametrize("document", [DUTY_LINK_TABLE, VACANCY_LIST], ids=lambda document: document.name)
def test_a_document_is_drawn_in_both_formats_also_of_an_empty_district(
    door: District, session: Session, tmp_path: Path, document: Document
) -> None:
    draw(door)
    empty = make_district(session, "530922/leer", schools=0, pupils=0, staff=0)
    for one in (door, empty):
        page = render(one, document)
        write_xlsx(page, tmp_path / "a.xlsx")
        assert "<table" in to_html(page) and openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames


def test_the_public_table_shows_each_leader_with_schools_and_support(door: District) -> None:
    draw(door)
    door.leadership.support.set_target(setting(door, A, class_id=class_id(door, "s3")))
    cells = Page(to_html(render(door, DUTY_LINK_TABLE))).within("td")
    assert "s3完小、s5完小" in cells and "s3完小一（1）班" in cells
    assert all(f"{school}完小" in cells for school in PLAN)


def test_the_list_of_vacancies_names_what_is_missing(door: District) -> None:
    draw(door)
    held = door.registry.posts.holder(G)
    assert held is not None
    door.registry.posts.end_appointment(held.id, AppointmentEnd.RETIRED, OCTOBER)
    cells = Page(to_html(render(door, VACANCY_LIST, on=DECEMBER))).within("td")
    assert {"岗位空缺，无人主持", "挂钩人已不任该岗位", "总务主任"} <= set(cells)
    assert staff_id(door, "s2-T2") == held.staff_id and PLACE
