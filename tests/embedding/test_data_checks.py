"""Data checks: nothing is found in a made district, and every planted defect is."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.embedding import (
    planted_attendance,
    planted_budget,
    planted_calendar,
    planted_classes,
    planted_dues,
    planted_leave,
    planted_meetings,
    planted_members,
    planted_office,
)
from tests.registry import planted_people, planted_posts
from tests.unified.leadership import planted_links
from tests.unified.teaching import planted_cover
from xuequ import District, Money
from xuequ.core.checks import CheckUnknown, DataCheck, Finding, Ground, run_checks
from xuequ.core.context import Scope
from xuequ.core.ids import new_id
from xuequ.core.source import Source
from xuequ.core.storage import FolderStorage
from xuequ.embed import run_data_checks
from xuequ.embed.checks import every_check
from xuequ.registry.errors.places import CountyUnknown
from xuequ.registry.schemas.attachments import Attaching
from xuequ.testing import make_budget, make_district
from xuequ.testing.factories import SETTINGS
from xuequ.unified.evaluation import EvidenceByHand, EvidenceEntry

COUNTY, PLACE = "530921", "530921/qianfeng"
SOURCE = Source("test.record", 1)
DAY = date(2026, 9, 7)


@pytest.fixture
def storage(tmp_path: Path) -> FolderStorage:
    return FolderStorage(tmp_path)


@pytest.fixture
def door(session: Session, storage: FolderStorage) -> District:
    """Two districts with evidence, a budget line and attachments."""
    make_district(session, "530921/dasi")
    door = make_district(session, PLACE, settings=replace(SETTINGS, storage=storage))
    staff_id = one(session, "SELECT min(id) FROM xq_registry_staff WHERE district_id = :district", door)
    entry = EvidenceEntry(staff_id=staff_id, indicator="duty", amount=Decimal(1), day=DAY)
    door.evaluation.enter_evidence(EvidenceByHand(source=SOURCE, why="值周", entries=(entry,)))
    (line,) = make_budget(door, {"30216": Money.yuan(10)})
    door.budget.ledger.commit_funds(line, Money.yuan(4), SOURCE)
    for name, content in (("a.txt", b"a"), ("b.txt", b"b"), ("again.txt", b"a")):
        command = Attaching(source=SOURCE, name=name, school="s1")
        door.registry.attachments.attach(command, io.BytesIO(content))
    reversing = door.context.session.scalar(text("SELECT max(id) FROM xq_core_fact"))
    door.evaluation.reverse_evidence(SOURCE, int(reversing or 0))
    return door


def one(session: Session, query: str, door: District) -> int:
    return int(session.execute(text(query), {"district": door.context.scope.district_id}).scalar_one())


def findings(
    session: Session, storage: FolderStorage | None, place: str = COUNTY
) -> dict[str, list[Finding]]:
    results = run_data_checks(session, place, storage=storage)
    return {result.check.code: list(result.findings) for result in results if result.findings}


def test_nothing_is_found_where_nothing_is_wrong(door: District, storage: FolderStorage) -> None:
    for place in (COUNTY, PLACE, "530921/dasi"):
        assert findings(door.context.session, storage, place) == {}


def disarm(session: Session, table: str, *names: str) -> None:
    """Do what lets a defect in: drop the guards of a table."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        for name in names:
            session.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {name}"))
        return
    query = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
    for trigger in list(session.scalars(query, {"table": table})):
        session.execute(text(f"DROP TRIGGER {trigger}"))


def copy_of(session: Session, table: str, **values: Any) -> None:
    """Insert the newest row of a table again with other values."""
    row = session.execute(text(f"SELECT * FROM {table} ORDER BY id DESC LIMIT 1")).mappings().one()
    made = {**row, "id": new_id(), **values}
    columns, marks = ", ".join(made), ", ".join(f":{name}" for name in made)
    session.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({marks})"), made)


def overlapping_placement(session: Session) -> None:
    disarm(session, "xq_registry_placement", "ex_xq_registry_placement_staff_id")
    copy_of(session, "xq_registry_placement", since="2026-12-01")


def overlapping_enrolment(session: Session) -> None:
    disarm(session, "xq_registry_enrolment", "ex_xq_registry_enrolment_pupil_id")
    copy_of(session, "xq_registry_enrolment", since="2026-12-01")


def enrolled_elsewhere(session: Session) -> None:
    """Move one enrolment to another school of the same district, without its class."""
    disarm(session, "xq_registry_enrolment")
    session.execute(
        text(
            "UPDATE xq_registry_enrolment SET school_id = (SELECT s.id FROM xq_registry_school s "
            "WHERE s.district_id = xq_registry_enrolment.district_id AND s.code = 's1') "
            "WHERE id = (SELECT max(id) FROM xq_registry_enrolment)"
        )
    )


def placed_before_employed(session: Session) -> None:
    session.execute(
        text(
            "UPDATE xq_registry_employment SET since = '2026-09-02' "
            "WHERE id = (SELECT max(id) FROM xq_registry_employment)"
        )
    )


def on_the_roll_without_a_class(session: Session) -> None:
    disarm(session, "xq_registry_enrolment")
    session.execute(
        text(
            "UPDATE xq_registry_enrolment SET until = '2026-12-01' "
            "WHERE id = (SELECT max(id) FROM xq_registry_enrolment)"
        )
    )


def teaching_elsewhere(session: Session) -> None:
    """Let somebody teach the class of another school of the district."""
    session.execute(
        text(
            "INSERT INTO xq_registry_teaching (county_id, id, district_id, school_id, class_id, staff_id, "
            "subject, half_periods, since, itinerant, origin, exception) "
            "SELECT c.county_id, :id, c.district_id, c.school_id, c.id, p.staff_id, 'pe', 4, p.since, false, "
            "'new', '' FROM xq_registry_class c JOIN xq_registry_placement p "
            "ON p.district_id = c.district_id AND p.school_id <> c.school_id LIMIT 1"
        ),
        {"id": new_id()},
    )


def person_without_role(session: Session) -> None:
    copy_of(session, "xq_registry_person")


def role_of_a_merged_row(session: Session) -> None:
    merged = "UPDATE xq_registry_person SET merged_into_id = (SELECT min(id) FROM xq_registry_person) "
    session.execute(text(merged + "WHERE id = (SELECT max(person_id) FROM xq_registry_pupil)"))


def name_not_spelled(session: Session) -> None:
    unspelled = "UPDATE xq_registry_person SET initials = NULL "
    session.execute(text(unspelled + "WHERE id = (SELECT max(id) FROM xq_registry_person)"))


def two_districts(session: Session) -> None:
    session.execute(
        text(
            "UPDATE xq_registry_class SET district_id = (SELECT min(id) FROM xq_registry_district) "
            "WHERE id = (SELECT max(id) FROM xq_registry_class)"
        )
    )


def line_out_of_balance(session: Session) -> None:
    session.execute(text("UPDATE xq_budget_line SET committed = committed - 1, paid = paid + 1"))


def allowance_without_a_record(session: Session) -> None:
    session.execute(text("UPDATE xq_budget_line SET allowance = allowance + 1"))


def fact_gone(session: Session) -> None:
    disarm(session, "xq_core_fact")
    session.execute(text("DELETE FROM xq_core_fact WHERE name = 'evaluation.evidence_entered'"))


def reversal_forged(session: Session) -> None:
    disarm(session, "xq_evaluation_evidence")
    session.execute(text("UPDATE xq_evaluation_evidence SET amount = -1 WHERE reverses_id IS NOT NULL"))


def row_of(session: Session, table: str, **values: Any) -> int:
    """Insert a row into the county and district of the newest school; return its id."""
    here = session.execute(
        text("SELECT county_id, district_id, id FROM xq_registry_school ORDER BY id DESC LIMIT 1")
    ).one()
    shared = {"county_id": here.county_id, "district_id": here.district_id, "school_id": here.id}
    made = {"id": new_id(), **{name: shared[name] for name in shared if values.pop(name, True)}, **values}
    columns, marks = ", ".join(made), ", ".join(f":{name}" for name in made)
    session.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({marks})"), made)
    return int(made["id"])


def group_at_a_closed_school(session: Session) -> None:
    copy_of(session, "xq_registry_school", code="gone", closed_on="2026-09-05")
    row_of(session, "xq_registry_class_group", kind="combined", name="合班", since="2026-09-01")


def room_larger_than_its_building(session: Session) -> None:
    bare = {"district_id": False, "school_id": False}
    building = row_of(session, "xq_registry_premises", name="楼", area=100, structure="frame", **bare)
    used = {"state": "in_use", "since": "2026-09-01", "authority": ""}
    row_of(session, "xq_registry_premises_span", premises_id=building, **used)
    room = row_of(session, "xq_registry_room", premises_id=building, number="1", **bare)
    span = {"use": "office", "area": 101, "networked": False, "since": "2026-09-01"}
    row_of(session, "xq_registry_room_span", room_id=room, **span, **bare)


PLANTED: dict[str, Callable[[Session], None]] = {
    "registry.placements_do_not_overlap": overlapping_placement,
    "registry.enrolments_do_not_overlap": overlapping_enrolment,
    "registry.enrolments_are_at_their_class": enrolled_elsewhere,
    "registry.placements_within_employment": placed_before_employed,
    "registry.teachers_where_they_teach": teaching_elsewhere,
    "registry.names_are_spelled": name_not_spelled,
    "registry.roll_and_classes_agree": on_the_roll_without_a_class,
    "registry.persons_have_a_role": person_without_role,
    "registry.roles_are_of_kept_people": role_of_a_merged_row,
    "registry.districts_agree": two_districts,
    "registry.nobody_at_a_closed_school": group_at_a_closed_school,
    "registry.rooms_fit_their_building": room_larger_than_its_building,
    "budget.allowances_recorded": allowance_without_a_record,
    "budget.lines_balance": line_out_of_balance,
    "evaluation.evidence_has_its_fact": fact_gone,
    "evaluation.reversals_cancel": reversal_forged,
    **planted_attendance.PLANTED,
    **planted_budget.PLANTED,
    **planted_calendar.PLANTED,
    **planted_leave.PLANTED,
    **planted_dues.PLANTED,
    **planted_meetings.PLANTED,
    **planted_members.PLANTED,
    **planted_office.PLANTED,
    **planted_people.PLANTED,
    **planted_posts.PLANTED,
    **planted_classes.PLANTED,
    **planted_links.PLANTED,
    **planted_cover.PLANTED,
}


@pytest.mark.parametrize("code", sorted(PLANTED))
def test_a_planted_defect_is_found_and_nothing_else(
    door: District, storage: FolderStorage, code: str
) -> None:
    session = door.context.session
    PLANTED[code](session)
    session.expire_all()
    found = findings(session, storage)
    assert list(found) == [code]
    assert len(found[code]) == 1
    assert found[code][0].row_id > 0 and found[code][0].what


def test_contents_that_are_lost_or_changed_are_found(door: District, storage: FolderStorage) -> None:
    lost, changed = sorted(path for path in storage.folder.rglob("*") if path.is_file())
    lost.unlink()
    changed.write_bytes(b"forged")
    found = findings(door.context.session, storage)["registry.attachments_are_whole"]
    assert sorted(finding.what.rpartition(" ")[2] for finding in found) == ["不在存储中", "已被改动或损坏"]


def test_without_a_storage_contents_are_not_looked_at_and_that_is_said(door: District) -> None:
    results = run_data_checks(door.context.session, COUNTY)
    assert [r.check.code for r in results if r.findings is None] == ["registry.attachments_are_whole"]


def test_a_defect_of_one_district_is_not_anothers(door: District, storage: FolderStorage) -> None:
    line_out_of_balance(door.context.session)
    assert findings(door.context.session, storage, "530921/dasi") == {}
    assert list(findings(door.context.session, storage, PLACE)) == ["budget.lines_balance"]


def test_one_check_can_be_run_alone_and_an_unknown_one_is_refused_with_the_known(door: District) -> None:
    (result,) = run_data_checks(door.context.session, COUNTY, only="budget.lines_balance")
    assert result.findings == ()
    with pytest.raises(CheckUnknown) as caught:
        run_data_checks(door.context.session, COUNTY, only="budget.none")
    assert "budget.lines_balance" in caught.value.known
    with pytest.raises(CountyUnknown):
        run_data_checks(door.context.session, "999999")


def test_every_check_has_a_planted_defect_a_code_of_its_own_a_title_and_a_remedy() -> None:
    checks = every_check()
    codes = [check.code for check in checks]
    assert len(set(codes)) == len(codes)
    assert set(codes) == {*PLANTED, "registry.attachments_are_whole"}
    assert all(check.title and check.remedy for check in checks)


def test_a_hosts_own_check_runs_beside_ours(session: Session) -> None:
    check = DataCheck("host.own", "宿主自查", lambda ground: [Finding("t", 1, ground.place)], "改")
    (result,) = run_checks([check], Ground(session, Scope(1), "530921"))
    assert result.findings == (Finding("t", 1, "530921"),)
