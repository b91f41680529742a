"""Headcounts: live figures change with the roll; what was frozen at a count date never does."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from xuequ import Actor, District, Holding, Post
from xuequ.core.errors import ActionNotPermitted, Problems
from xuequ.core.journal import FactRow
from xuequ.core.settings import CHINA, FixedClock
from xuequ.embed import run_data_checks
from xuequ.registry.errors.headcounts import (
    AlreadyConfirmed,
    CountDateAhead,
    HeadcountAlreadyFrozen,
    HeadcountNeedsReason,
    HeadcountNotFrozen,
    HeadcountReplaced,
    HeadcountUnknown,
    NoFrozenHeadcount,
    PupilsPastTheirStage,
    SchoolsUnconfirmed,
)
from xuequ.registry.errors.places import DistrictNeeded, SchoolUnknown
from xuequ.registry.models.circumstances import PupilTrait
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.headcounts import HeadcountFreeze, HeadcountPupils
from xuequ.registry.models.pupils import Enrolment, PupilStatus
from xuequ.registry.schemas.headcounts import (
    CountedPupilLine,
    DraftHeadcount,
    FrozenHeadcount,
    HeadcountDrawing,
    LivePupilLine,
    PupilFigures,
)
from xuequ.registry.states.circumstances import TraitKind
from xuequ.registry.states.headcounts import CountPurpose
from xuequ.registry.states.pupils import PupilState
from xuequ.registry.states.staff import StaffCategory, Title
from xuequ.testing import DAY, make_county, make_district
from xuequ.testing.factories import SETTINGS

PLACE = "530921/qianfeng"
FUNDS = CountPurpose.FUNDS
DRAWING = HeadcountDrawing(count_date=DAY, purpose=FUNDS)
LATER = DAY + timedelta(20)


@pytest.fixture
def door(session: Session) -> District:
    """Two schools with three pupils and two teachers each; another district beside it."""
    make_district(session, "530921/dasi", pupils=5)
    return make_district(session, PLACE)


def acting(door: District, *posts: tuple[Post, str]) -> District:
    held = tuple(Holding(post, place) for post, place in posts)
    return District(door.context.session, PLACE, actor=Actor("T1", held), settings=door.context.settings)


def on(door: District, day: date) -> District:
    """Return the same door on another day."""
    settings = replace(SETTINGS, clock=FixedClock.at(day))
    return District(door.context.session, PLACE, actor=door.context.actor, settings=settings)


def pupils(door: District, school: str = "s1") -> list[int]:
    return [pupil.id for pupil in door.registry.pupils_of(school)]


def become(door: District, pupil_id: int, state: PupilState, since: date = DAY) -> None:
    """Let a pupil stand in another state since a day, past the pupils' own use cases."""
    session, mine = door.context.session, PupilStatus.pupil_id == pupil_id
    status = session.execute(select(PupilStatus).where(mine, PupilStatus.until.is_(None))).scalar_one()
    if since == status.since:
        status.status = state.code
    else:
        values = {"county_id": status.county_id, "district_id": status.district_id, "reason": "other"}
        status.until = since
        session.flush()
        session.add(
            PupilStatus(
                **values,
                school_id=status.school_id,
                pupil_id=pupil_id,
                status=state.code,
                since=since,
            )
        )
    session.flush()


def have(door: District, pupil_id: int, *kinds: TraitKind, since: date = DAY) -> None:
    county_id = door.context.scope.county_id
    rows = [PupilTrait(county_id=county_id, pupil_id=pupil_id, kind=kind.code, since=since) for kind in kinds]
    door.context.session.add_all(rows)
    door.context.session.flush()


def drawn(door: District, **more: Any) -> DraftHeadcount:
    return door.registry.headcounts.draft_snapshot(DRAWING.model_copy(update=more))


def frozen(door: District) -> FrozenHeadcount:
    draft = drawn(door)
    for school in ("s1", "s2"):
        door.registry.headcounts.confirm(draft.id, school)
    return door.registry.headcounts.freeze(draft.id)


def figures(on_roll: int, in_school: int, **more: int) -> PupilFigures:
    rest = dict.fromkeys(("boarders", "left_behind", "migrant", "special_needs"), 0) | more
    return PupilFigures(on_roll=on_roll, in_school=in_school, **rest)


# live


def test_live_figures_are_by_school_class_and_sex_and_of_this_district_only(door: District) -> None:
    live = door.registry.headcounts.live()
    lines = [(line.school, line.class_name, line.grade, line.on_roll) for line in live.pupils]
    assert lines == [("s1", "一（1）班", 1, 3), ("s2", "一（1）班", 1, 3)]
    assert live.pupil_total == figures(6, 6) and live.as_of == DAY
    staff = [(line.school, line.title, line.category, line.establishment, line.heads) for line in live.staff]
    assert staff == [(school, Title.FIRST, StaffCategory.TEACHER, None, 2) for school in ("s1", "s2")]
    assert live.staff_total == 4 and live.overdue == ()


@pytest.mark.parametrize("state", [state for state in PupilState if state.on_roll])
def test_who_is_on_the_roll_and_who_is_in_school_is_as_the_state_says(
    door: District, state: PupilState
) -> None:
    become(door, pupils(door)[0], state)
    assert door.registry.headcounts.live().pupil_total == figures(6, 5 + state.in_school)


def test_circumstances_are_counted_among_those_in_school(door: District) -> None:
    first, second, third = pupils(door)
    have(door, first, TraitKind.BOARDER, TraitKind.LEFT_BEHIND, TraitKind.ORPHAN)
    have(door, second, TraitKind.BOARDER, TraitKind.MIGRANT, TraitKind.SPECIAL_NEEDS)
    have(door, third, TraitKind.BOARDER, since=LATER)
    become(door, second, PupilState.SUSPENDED)
    total = door.registry.headcounts.live().pupil_total
    assert total == figures(6, 5, boarders=1, left_behind=1)
    assert on(door, LATER).registry.headcounts.live().pupil_total.boarders == 2


def test_a_class_past_its_last_grade_stands_apart_and_stops_the_drawing_up(door: District) -> None:
    session = door.context.session
    class_id = door.registry.headcounts.live().pupils[0].class_id
    session.execute(update(SchoolClass).where(SchoolClass.id == class_id).values(entry_year=2019))
    live = door.registry.headcounts.live()
    assert [(one.school, one.class_name, one.pupils) for one in live.overdue] == [
        ("s1", "2019级小学（1）班", 3)
    ]
    assert live.pupil_total == figures(3, 3)
    with pytest.raises(PupilsPastTheirStage):
        drawn(door)


# drawing up, confirming, freezing


def test_a_headcount_is_drawn_up_confirmed_by_each_school_and_frozen(door: District) -> None:
    counts = door.registry.headcounts
    draft = drawn(door)
    assert (draft.edition, draft.unconfirmed, draft.confirmed) == (1, ("s1", "s2"), ())
    assert draft.pupil_total == figures(6, 6) and draft.staff_total == 4
    with pytest.raises(SchoolsUnconfirmed):
        counts.freeze(draft.id)
    head = acting(door, (Post.SCHOOL_HEAD, f"{PLACE}/s1")).registry.headcounts
    mine = head.draft(draft.id, "s1")
    assert {line.school for line in mine.pupils} == {line.school for line in mine.staff} == {
        "s1"
    } and mine.unconfirmed == ("s1",)
    head.confirm(draft.id, "s1")
    with pytest.raises(ActionNotPermitted):
        head.confirm(draft.id, "s2")
    with pytest.raises(ActionNotPermitted):
        head.draft(draft.id)
    with pytest.raises(AlreadyConfirmed):
        head.confirm(draft.id, "s1")
    counts.confirm(draft.id, "s2")
    assert [(one.school, one.confirmed_by) for one in counts.draft(draft.id).confirmed] == [
        ("s1", "T1"),
        ("s2", "系统（test data）"),
    ]
    view = counts.freeze(draft.id)
    assert (view.frozen_by, view.frozen_without, view.reason) == ("系统（test data）", (), "")
    assert view.origin == "统计时点 2026-09-01，经费核定第 1 版，系统（test data） 冻结"
    assert view.pupils == draft.pupils and view.pupil_total == draft.pupil_total
    assert counts.frozen(draft.id) == view == counts.frozen_at(DAY, FUNDS)
    assert len(view.sha256) == 64


def test_it_may_be_frozen_without_a_school_when_the_reason_is_kept(door: District) -> None:
    draft = drawn(door)
    door.registry.headcounts.confirm(draft.id, "s2")
    view = door.registry.headcounts.freeze(draft.id, "上报期限已到")
    assert (view.frozen_without, view.reason) == (("s1",), "上报期限已到")


def test_what_was_frozen_never_changes_when_the_roll_does(door: District) -> None:
    view = frozen(door)
    first, second, _ = pupils(door)
    session = door.context.session
    become(door, first, PupilState.SUSPENDED)
    session.execute(update(Enrolment).where(Enrolment.pupil_id == second).values(until=DAY + timedelta(1)))
    have(door, pupils(door, "s2")[0], TraitKind.BOARDER)
    later = on(door, LATER).registry.headcounts
    assert later.frozen(view.id) == view == later.frozen_at(DAY, FUNDS)
    found = later.difference(view.id)
    assert (found.count_date, found.live_as_of) == (DAY, LATER)
    assert [(one.school, one.label, one.frozen, one.live) for one in found.lines] == [
        ("s1", "在籍", 3, 2),
        ("s1", "在校", 3, 1),
        ("s2", "寄宿生", 0, 1),
    ]
    assert later.live().pupil_total != view.pupil_total
    assert door.registry.headcounts.difference(view.id, DAY).lines[0].figure == "in_school"


def test_live_and_frozen_are_of_different_types_that_nothing_adds(door: District) -> None:
    live, view = door.registry.headcounts.live(), frozen(door)
    assert not {type(line) for line in live.pupils} & {type(line) for line in view.pupils}
    assert {LivePupilLine, CountedPupilLine} == {type(live.pupils[0]), type(view.pupils[0])}
    for one, other in ((live, view), (view, live), (live.pupil_total, view.pupil_total)):
        with pytest.raises(TypeError):
            one + other  # type: ignore[operator]  # pyright: ignore


def test_a_correction_is_a_new_edition_with_a_reason_and_the_old_one_stays(door: District) -> None:
    counts, view = door.registry.headcounts, frozen(door)
    with pytest.raises(HeadcountNeedsReason):
        drawn(door)
    become(door, pupils(door)[0], PupilState.SUSPENDED)
    second = drawn(door, reason="漏登一名休学学生")
    assert second.edition == 2 and second.pupil_total == figures(6, 5)
    assert counts.frozen_at(DAY, FUNDS) == view
    with pytest.raises(HeadcountNotFrozen):
        counts.frozen(second.id)
    again = counts.freeze(second.id, "上报期限已到")
    assert again.correction == "漏登一名休学学生"
    assert counts.frozen_at(DAY, FUNDS) == again and counts.frozen(view.id) == view
    assert [(one.edition, one.frozen_at is not None) for one in counts.editions()] == [(1, True), (2, True)]


def test_a_draft_that_was_drawn_up_again_can_no_longer_be_confirmed_or_frozen(door: District) -> None:
    counts, first = door.registry.headcounts, drawn(door)
    drawn(door, reason="更正班级后重出")
    for act in (lambda: counts.confirm(first.id, "s1"), lambda: counts.freeze(first.id, "急")):
        with pytest.raises(HeadcountReplaced):
            act()


def test_what_is_frozen_is_neither_confirmed_nor_frozen_again(door: District) -> None:
    counts, view = door.registry.headcounts, frozen(door)
    with pytest.raises(Problems) as refused:
        counts.confirm(view.id, "s1")
    kinds = {type(problem.error) for problem in refused.value.problems}
    assert kinds == {HeadcountAlreadyFrozen, AlreadyConfirmed}
    with pytest.raises(HeadcountAlreadyFrozen) as again:
        counts.freeze(view.id)
    assert again.value.frozen_at == f"{view.frozen_at.astimezone(CHINA):%Y-%m-%d %H:%M}"  # as China reads it


def test_refusals_name_what_is_not_there(door: District) -> None:
    counts = door.registry.headcounts
    draft = drawn(door)
    refused: list[tuple[type[Exception], Callable[[], object]]] = [
        (CountDateAhead, lambda: drawn(door, count_date=LATER)),
        (SchoolUnknown, lambda: counts.confirm(draft.id, "s9")),
        (SchoolUnknown, lambda: counts.draft(draft.id, "s9")),
        (HeadcountUnknown, lambda: counts.confirm(1, "s1")),
        (HeadcountUnknown, lambda: counts.freeze(1)),
        (HeadcountUnknown, lambda: counts.draft(1)),
        (HeadcountUnknown, lambda: counts.frozen(1)),
        (HeadcountNotFrozen, lambda: counts.difference(draft.id)),
        (NoFrozenHeadcount, lambda: counts.frozen_at(DAY, FUNDS)),
        (DistrictNeeded, lambda: make_county(door.context.session).registry.headcounts.freeze(draft.id)),
    ]
    for error, act in refused:
        with pytest.raises(error):
            act()


def test_two_districts_never_see_each_others_headcounts(door: District) -> None:
    view = frozen(door)
    other = District(door.context.session, "530921/dasi", actor=door.context.actor, settings=SETTINGS)
    assert other.registry.headcounts.editions() == []
    with pytest.raises(HeadcountUnknown):
        other.registry.headcounts.frozen(view.id)
    mine = other.registry.headcounts.draft_snapshot(DRAWING)
    assert mine.edition == 1 and mine.pupil_total == figures(10, 10)


def test_the_county_sees_a_headcount_with_the_schools_of_its_district(door: District) -> None:
    """Two districts have schools of the same codes; what one has counted says nothing of the other's."""
    county = make_county(door.context.session).registry.headcounts
    view = frozen(door)
    mine = door.registry.headcounts.draft(view.id)
    assert county.draft(view.id) == mine and mine.unconfirmed == ()
    with pytest.raises(DistrictNeeded):
        county.difference(view.id)


def test_every_step_is_in_the_journal(door: District) -> None:
    frozen(door)
    query = select(FactRow.name).where(FactRow.name.startswith("registry.headcount_")).order_by(FactRow.id)
    assert list(door.context.session.scalars(query)) == [
        "registry.headcount_drafted",
        *["registry.headcount_confirmed"] * 2,
        "registry.headcount_frozen",
    ]


# the tables


@pytest.mark.parametrize("model", [HeadcountPupils, HeadcountFreeze])
def test_the_tables_refuse_to_change_what_was_counted(door: District, model: Any) -> None:
    frozen(door)
    session = door.context.session
    with pytest.raises(DBAPIError, match="append-only"), session.begin_nested():
        session.execute(update(model).values(on_roll=99))


def findings(session: Session) -> dict[str, list[str]]:
    results = run_data_checks(session, PLACE)
    return {result.check.code: [one.what for one in result.findings] for result in results if result.findings}


def test_the_data_checks_find_a_figure_that_was_changed_past_the_tables(door: District) -> None:
    view = frozen(door)
    session = door.context.session
    assert findings(session) == {}
    disarm(session, "xq_registry_headcount_pupils")
    session.execute(update(HeadcountPupils).where(HeadcountPupils.headcount_id == view.id).values(on_roll=4))
    assert findings(session) == {
        "registry.frozen_headcounts_add_up": ["在籍冻结为 6，各行合计为 8"],
        "registry.frozen_headcounts_are_unchanged": ["统计时点 2026-09-01 第 1 版已被改动"],
    }


def disarm(session: Session, table: str) -> None:
    """Do what an owner of the database can: drop the guards of a table."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        return
    query = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
    for trigger in list(session.scalars(query, {"table": table})):
        session.execute(text(f"DROP TRIGGER {trigger}"))


# statements


@contextmanager
def statements(session: Session) -> Generator[list[str]]:
    """Note the statements that are sent."""
    sent: list[str] = []
    engine: Engine = session.get_bind().engine

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "BEGIN")):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_the_number_of_statements_does_not_grow_with_the_schools(session: Session) -> None:
    counted: dict[int, list[int]] = {}
    for schools in (2, 30):
        door = make_district(session, f"530921/d{schools}", schools=schools)
        numbers: list[int] = []
        with statements(session) as sent:
            live = door.registry.headcounts.live()
        assert live.pupil_total.on_roll == 3 * schools
        numbers.append(len(sent))
        with statements(session) as sent:
            draft = drawn(door)
        numbers.append(len(sent))
        with statements(session) as sent:
            door.registry.headcounts.freeze(draft.id, "上报期限已到")
        numbers.append(len(sent))
        with statements(session) as sent:
            door.registry.headcounts.difference(draft.id)
        numbers.append(len(sent))
        counted[schools] = numbers
    assert counted[2] == counted[30]
    live_, draft_, freeze_, difference_ = counted[30]
    assert live_ <= 4 and draft_ <= 14 and freeze_ <= 13 and difference_ <= 6
