"""The workbook of development cases: cases under way come in with their steps, and go out again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.registry.booking import errors, outcomes, places, reading
from tests.unified.party.hall import Hall
from tests.unified.party.pipeline import APPLIED, LATER, PAPER, WAY, advance, apply, ballot, meeting_hall
from xuequ import Actor, Holding, Post
from xuequ.core.errors import ActionNotPermitted, ColumnFixed, IllegalTransition, ImportConflict
from xuequ.core.fields import Command
from xuequ.core.plan import Decision, Outcome, Plan
from xuequ.core.workbook import Reading
from xuequ.exchange import apply_file, plan_file, write_workbook
from xuequ.exchange.importing import export_file
from xuequ.registry.errors.people import NameDiffers
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.models.staff import Staff
from xuequ.unified.party.errors.development import (
    CaseUnknown,
    SponsorUnknown,
    StepTooEarly,
    TallyDiffers,
    TallyMissing,
    VoteMissing,
    VoteSaysOtherwise,
)
from xuequ.unified.party.models.members import Member
from xuequ.unified.party.schemas.books.development import CaseRow, ReplacementRow, StepRow
from xuequ.unified.party.schemas.development import SponsorReplacement, Voiding
from xuequ.unified.party.states.development import Outcome as Came
from xuequ.unified.party.states.development import Phase, Role, StepKind
from xuequ.unified.party.templates.development import DEVELOPMENT

S = StepKind


@pytest.fixture
def place(session: Session) -> Hall:
    return meeting_hall(session)


def number(place: Hall, person_id: int) -> str:
    return place.session.scalars(select(Staff.staff_no).where(Staff.person_id == person_id)).one()


def who(place: Hall, one: int = 0) -> str:
    return number(place, place.spare[one])


def member_no(place: Hall, member_id: int) -> str:
    return number(place, place.session.scalars(select(Member.person_id).where(Member.id == member_id)).one())


def case_row(place: Hall, one: int = 0, **more: Any) -> CaseRow:
    return CaseRow(staff_no=who(place, one), applied_on=APPLIED, **{"document": PAPER, **more})


def step_row(place: Hall, kind: str, on: str, one: int = 0, **more: Any) -> StepRow:
    """Make a row that is right but for its day."""
    own: dict[str, Any] = {}
    if kind in {"activist", "candidate", "pre_review", "approval", "request", "conversion_approval"}:
        own["document"] = PAPER
    if kind in {"activist", "meeting"}:
        own["sponsors"] = "、".join(member_no(place, member) for member in place.full[:2])
    if kind in {"meeting", "conversion"}:
        own |= {"due": 8, "present": 7, "yes": 5}
    if kind == "notice":
        own["until"] = date(2026, 5, 27)
    if kind == "training":
        own["hours"] = 24
    return StepRow(staff_no=who(place, one), kind=S(kind), on=date.fromisoformat(on), **{**own, **more})


def rows(place: Hall, up_to: int = 9) -> dict[str, list[Command]]:
    steps: list[Command] = [step_row(place, kind, on) for kind, on in WAY[:up_to]]
    return {"cases": [case_row(place)], "steps": steps}


def book(**sheets: Iterable[Command]) -> Reading:
    return reading(DEVELOPMENT, **sheets)


def take(place: Hall, decision: Decision = Decision.ASK, /, **sheets: Iterable[Command]) -> Plan:
    return place.door.party.books.take(book(**sheets), decision)


def refused(place: Hall, **sheets: Iterable[Command]) -> Any:
    return place.door.party.books.plan(book(**sheets)).problems


def test_a_case_under_way_comes_in_with_its_steps_and_the_same_file_changes_nothing(place: Hall) -> None:
    whole = rows(place)
    assert outcomes(take(place, **whole)) == {Outcome.ADDED: 10}
    (view,) = place.door.party.development.cases()
    assert view.taken_over and view.phase is Phase.CANDIDATE and len(view.steps) == 10
    assert take(place, **whole).changes_nothing


def test_an_export_reads_back_unchanged(place: Hall, tmp_path: Path) -> None:
    view = advance(place, "oath")
    replaced = SponsorReplacement(
        role=Role.INTRODUCER,
        old_member_id=place.full[0],
        new_member_id=place.full[3],
        on=date(2026, 9, 1),
        reason="转出",
    )
    place.door.party.development.replace_sponsor(view.id, replaced)
    export_file(place.door, tmp_path / "development.xlsx", DEVELOPMENT)
    again = plan_file(place.door, tmp_path / "development.xlsx", DEVELOPMENT)
    assert outcomes(again) == {Outcome.UNCHANGED: 14} and not again.problems


def test_the_whole_way_comes_from_a_file_with_its_member(place: Hall, tmp_path: Path) -> None:
    whole = {name: list(some) for name, some in rows(place, len(WAY)).items()}
    write_workbook(tmp_path / "a.xlsx", DEVELOPMENT, whole)
    apply_file(place.door, tmp_path / "a.xlsx", DEVELOPMENT)
    member = select(Member.full_on).where(Member.person_id == place.spare[0])
    assert place.session.scalars(member).one() == date(2027, 7, 1)
    assert place.door.party.books.export(DEVELOPMENT.name).rows["cases"] == []  # it is closed
    assert outcomes(plan_file(place.door, tmp_path / "a.xlsx", DEVELOPMENT)) == {Outcome.UNCHANGED: 16}


def test_what_departs_from_its_text_needs_a_reason_and_names_its_cell(place: Hall) -> None:
    whole = rows(place, 3)
    early = step_row(place, "candidate", "2026-01-20")
    problems = refused(place, cases=whole["cases"], steps=[*whole["steps"], early])
    assert errors(problems) == [StepTooEarly] and places(problems) == [("步骤", 5, "日期")]
    allowed = early.model_copy(update={"reason": "原支部已定"})
    take(place, cases=whole["cases"], steps=[*whole["steps"], allowed])
    (one,) = place.door.party.development.exceptions()
    assert one.reason == "原支部已定"


def test_rows_of_nobody_of_no_case_of_no_member_or_out_of_turn_are_refused(place: Hall) -> None:
    unknown = case_row(place).model_copy(update={"staff_no": "X"})
    assert errors(refused(place, cases=[unknown])) == [StaffUnknown]
    renamed = case_row(place, name="别人")
    assert errors(refused(place, cases=[renamed])) == [NameDiffers]
    alone = step_row(place, "talk", "2025-02-05")
    assert errors(refused(place, steps=[alone])) == [CaseUnknown]
    cases = [case_row(place)]
    nobody = step_row(place, "activist", "2025-02-28", sponsors="X")
    problems = refused(place, cases=cases, steps=[alone, nobody])
    assert errors(problems) == [SponsorUnknown]
    leap = step_row(place, "oath", "2025-03-01")
    problems = refused(place, cases=cases, steps=[alone, leap])
    assert errors(problems) == [IllegalTransition] and places(problems) == [("步骤", 3, "步骤")]
    assert place.door.party.development.cases() == []  # a plan leaves nothing


@pytest.mark.parametrize(
    ("kind", "more", "says"),
    [
        ("application", {}, "在办人员"),
        ("talk", {"hours": 3}, "不填"),
        ("notice", {}, "须填"),
        ("meeting", {"sponsors": "a、b", "due": 8, "present": 8}, "须同填"),
        ("review", {"outcome": "passed"}, "没有"),
        ("conversion", {"due": 8, "present": 8, "yes": 8, "months": 6}, "延长"),
    ],
)
def test_a_row_has_what_its_kind_of_step_has(kind: str, more: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        StepRow(staff_no="1", kind=S(kind), on=APPLIED, **more)


def test_nothing_that_is_recorded_is_changed_by_a_file(place: Hall) -> None:
    take(place, **rows(place, 3))
    other = step_row(place, "activist", "2025-02-28", document="另一文号")
    assert errors(place.door.party.books.plan(book(steps=[other]), Decision.FILE).problems) == [ColumnFixed]


def test_a_step_that_was_voided_is_not_brought_back_by_the_same_file_but_corrected_by_another(
    place: Hall,
) -> None:
    whole = rows(place, 3)
    take(place, **whole)
    (view,) = place.door.party.development.cases()
    place.door.party.development.void_step(view.steps[-1].id, Voiding(reason="录错"))
    assert take(place, **whole).changes_nothing
    assert place.door.party.development.cases()[0].phase is not Phase.CANDIDATE
    corrected = step_row(place, "review", "2025-08-20", remark="更正")
    take(place, steps=[corrected])
    assert place.door.party.development.cases()[0].steps[-1].remark == "更正"


def test_what_was_decided_by_hand_is_kept_or_a_conflict(place: Hall) -> None:
    """A case that was opened by hand says of its paper what the hand wrote."""
    apply(place)
    same = take(place, cases=[case_row(place)])
    assert same.changes_nothing
    problems = refused(place, cases=[case_row(place, document="另一编号")])
    assert errors(problems) in ([ColumnFixed], [ImportConflict])


def test_a_file_goes_on_with_a_case_that_began_here_by_its_rules(place: Hall) -> None:
    apply(place)
    late = step_row(place, "talk", "2025-02-05")
    take(
        place,
        steps=[late, step_row(place, "activist", "2025-02-28"), step_row(place, "review", "2025-08-20")],
    )
    early = step_row(place, "candidate", "2026-01-20", reason="想早一点")
    assert errors(refused(place, steps=[early])) == [StepTooEarly]


def test_contacts_who_made_way_come_in(place: Hall) -> None:
    replacement = ReplacementRow(
        staff_no=who(place),
        role=Role.CONTACT,
        old_no=member_no(place, place.full[0]),
        new_no=member_no(place, place.full[4]),
        on=date(2025, 9, 1),
        reason="调离",
    )
    take(place, **rows(place, 3), replacements=[replacement])
    (view,) = place.door.party.development.cases()
    assert [one.member_id for one in view.sponsors if one.until is None] == [place.full[1], place.full[4]]
    assert take(place, replacements=[replacement]).changes_nothing


def test_a_result_of_a_meeting_that_is_not_its_tallys_is_refused(place: Hall) -> None:
    take(place, **rows(place, 9))
    wrong = step_row(place, "meeting", "2026-07-01", outcome=Came.FAILED)
    problems = refused(place, steps=[wrong])
    assert errors(problems) == [VoteSaysOtherwise] and places(problems) == [("步骤", 2, "结果")]
    take(place, steps=[step_row(place, "meeting", "2026-07-01", outcome=Came.PASSED)])


def test_a_meeting_of_a_case_that_began_here_stands_on_its_recorded_vote(place: Hall) -> None:
    view = advance(place, "pre_review")
    row = step_row(place, "meeting", "2026-07-01")
    assert errors(refused(place, steps=[row])) == [VoteMissing]
    ballot(place, view.id, "meeting", "2026-07-01", yes=6)
    problems = refused(place, steps=[row])
    assert errors(problems) == [TallyDiffers] and places(problems) == [("步骤", 2, "应到人数")]
    take(place, steps=[row.model_copy(update={"due": None, "present": None, "yes": None})])
    assert place.door.party.development.case(view.id).steps[-1].yes == 6


def test_a_meeting_of_before_has_its_tally(place: Hall) -> None:
    take(place, **rows(place, 9))
    bare = step_row(place, "meeting", "2026-07-01", due=None, present=None, yes=None)
    assert errors(refused(place, steps=[bare])) == [TallyMissing]


def test_an_export_can_be_of_one_school(place: Hall) -> None:
    advance(place, "talk")
    of = place.door.party.books.export
    assert len(of(DEVELOPMENT.name, "s2").rows["steps"]) == 1
    assert len(of(DEVELOPMENT.name, "s1").rows["steps"]) == 0


def test_the_workbook_is_the_secretarys(place: Hall) -> None:
    principal = Actor("qianfeng-s1-T1", (Holding(Post.PRINCIPAL, place.door.context.place),))
    with pytest.raises(ActionNotPermitted):
        place.at(LATER, principal).party.books.export(DEVELOPMENT.name)
