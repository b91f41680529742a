"""What county and district set themselves, through their doors."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, insert, select
from sqlalchemy.orm import Session

from xuequ.core.access import Actor
from xuequ.core.database import translate
from xuequ.core.errors import AlreadyThere, Problems, Stale, XuequError
from xuequ.core.ids import new_id
from xuequ.core.journal import FactRow
from xuequ.core.plan import Outcome
from xuequ.core.settings import FixedClock, Settings
from xuequ.core.standards import StandardNotSet
from xuequ.core.workbook import Reading
from xuequ.district import County, District
from xuequ.exchange.reader import read_workbook
from xuequ.exchange.writer import write_workbook
from xuequ.standards.errors import Backdated, BelowFloor, CountySets, KeyUnknown, NotForYou, ValueUnreadable
from xuequ.standards.importing import read_toml
from xuequ.standards.models import OwnValue
from xuequ.standards.national import national
from xuequ.standards.schemas import StandardValue
from xuequ.standards.states import Checked
from xuequ.standards.templates import VALUES
from xuequ.testing import make_district

HERE = "530921/qianfeng"
VISITS = "leadership.visits_per_term"
TODAY = date(2026, 9, 1)


def on(day: date) -> Settings:
    return Settings(clock=FixedClock.at(day))


def district(session: Session, day: date = TODAY, code: str = HERE) -> District:
    return District(session, code, actor=Actor.system("test"), settings=on(day))


def county(session: Session, day: date = TODAY) -> County:
    return County(session, "530921", actor=Actor.system("test"), settings=on(day))


def value(
    written: str, since: date, until: date | None = None, *, key: str = VISITS, reason: str = ""
) -> StandardValue:
    return StandardValue(
        key=key, value=written, since=since, until=until, authority="学区〔2026〕1号", reason=reason
    )


@pytest.fixture
def here(session: Session) -> Session:
    make_district(session, HERE, schools=1, pupils=1, staff=1)
    make_district(session, "530921/dasi", schools=1, pupils=1, staff=1)
    return session


# precedence


def test_a_county_s_value_holds_in_its_districts_unless_a_district_sets_its_own(here: Session) -> None:
    with pytest.raises(StandardNotSet):
        district(here).context.standards.whole(VISITS, on=TODAY)
    county(here).standards.record(value("2", TODAY))
    for code in (HERE, "530921/dasi"):
        assert district(here, code=code).context.standards.whole(VISITS, on=TODAY) == 2
    district(here).standards.record(value("4", TODAY))
    assert district(here).context.standards.whole(VISITS, on=TODAY) == 4
    assert district(here, code="530921/dasi").context.standards.whole(VISITS, on=TODAY) == 2
    assert county(here).context.standards.whole(VISITS, on=TODAY) == 2


def test_an_own_value_wins_over_province_and_nation_and_gives_way_when_it_ends(here: Session) -> None:
    key, ends = "budget.operating.primary", date(2027, 1, 1)
    door = district(here)
    door.standards.record(value("800", TODAY, ends, key=key))
    standards = door.context.standards
    assert str(standards.money(key, on=TODAY)) == "800.00"
    assert str(standards.money(key, on=ends)) == "720.00"
    assert str(standards.money(key, on=date(2026, 8, 31))) == "720.00"


def test_a_door_knows_the_value_as_soon_as_it_has_recorded_it(here: Session) -> None:
    door = district(here)
    assert VISITS not in door.context.standards
    door.standards.record(value("4", TODAY))
    assert door.context.standards.whole(VISITS, on=TODAY) == 4


# history


def test_a_value_recorded_later_does_not_change_the_answer_for_an_old_day(here: Session) -> None:
    district(here).standards.record(value("4", TODAY))
    door = district(here, date(2027, 3, 1))
    door.standards.record(value("6", date(2027, 3, 1)))
    standards = door.context.standards
    assert standards.whole(VISITS, on=date(2027, 2, 28)) == 4
    assert standards.whole(VISITS, on=date(2027, 3, 1)) == 6
    spans = [(view.since, view.until) for view in door.standards.history(VISITS)]
    assert spans == [(TODAY, date(2027, 3, 1)), (date(2027, 3, 1), None)]


def test_a_correction_needs_a_reason_and_keeps_what_was_known_before(here: Session) -> None:
    district(here).standards.record(value("4", TODAY))
    later = date(2026, 12, 1)
    door = district(here, later)
    with pytest.raises(Backdated):
        door.standards.record(value("5", date(2026, 10, 1)))
    view = door.standards.record(value("5", date(2026, 10, 1), reason="原登记有误"))
    standards = door.context.standards
    assert standards.whole(VISITS, on=date(2026, 9, 30)) == 4
    assert standards.whole(VISITS, on=later) == 5
    old = door.standards.as_known(date(2026, 11, 30))
    assert old.whole(VISITS, on=date(2026, 11, 30)) == 4
    assert door.standards.as_known(later).whole(VISITS, on=later) == 5
    withdrawn = [one for one in door.standards.history(VISITS) if one.withdrawn_at]
    assert [(one.value, one.since, one.until, one.replaced_by) for one in withdrawn] == [
        ("4", TODAY, None, view.id)
    ]


def test_a_correction_in_the_middle_keeps_the_days_before_and_after_it(here: Session) -> None:
    district(here).standards.record(value("4", TODAY))
    door = district(here, date(2027, 1, 1))
    door.standards.record(value("5", date(2026, 10, 1), date(2026, 11, 1), reason="十月为 5 次"))
    standards = door.context.standards
    days = (date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 1))
    assert [standards.whole(VISITS, on=day) for day in days] == [4, 5, 5, 4]


# what is refused


@pytest.mark.parametrize(
    ("command", "error"),
    [
        (value("4", TODAY, key="leadership.trips"), KeyUnknown),
        (value("0.5", TODAY), ValueUnreadable),
        (value("719", TODAY, key="budget.operating.primary"), BelowFloor),
        (value("true", TODAY, key="inspection.tests.cross_school"), NotForYou),
        (value("1.5", TODAY, key="resources.staff_per_class"), CountySets),
        (value("4", date(2026, 8, 31)), Backdated),
    ],
)
def test_a_value_that_may_not_be_set_is_refused(
    here: Session, command: StandardValue, error: type[XuequError]
) -> None:
    with pytest.raises(error):
        district(here).standards.record(command)
    assert here.scalar(select(func.count()).select_from(OwnValue)) == 0


def test_a_county_that_has_read_the_figure_corrects_one_that_the_packs_hold_from_memory(
    here: Session,
) -> None:
    key = "budget.operating.primary"
    assert national(HERE).entry(key, on=TODAY).checked == "memory"
    remembered = value("700", TODAY, key=key).model_copy(update={"checked": Checked.MEMORY})
    with pytest.raises(BelowFloor):
        county(here).standards.record(remembered)
    county(here).standards.record(value("700", TODAY, key=key))
    assert str(district(here).context.standards.money(key, on=TODAY)) == "700.00"
    with pytest.raises(BelowFloor):
        district(here).standards.record(value("699", TODAY, key=key))


def test_what_an_unknown_key_has_had_is_refused_too(here: Session) -> None:
    with pytest.raises(KeyUnknown):
        district(here).standards.history("leadership.trips")


def row(session: Session, **changes: Any) -> dict[str, Any]:
    scope = district(session).context.scope
    values = {
        "county_id": scope.county_id,
        "id": new_id(),
        "district_id": scope.district_id,
        "place": HERE,
        "key": VISITS,
        "since": TODAY,
        "until": None,
        "value": "4",
        "kind": "whole",
        "unit": "",
        "authority": "文",
        "article": "",
        "checked": "text",
        "reason": "",
        "recorded_at": on(TODAY).clock.now(),
        "recorded_by": "test",
        "replaced_by": 0,
        "withdrawn_at": None,
    }
    return {**values, **changes}


@pytest.mark.parametrize(
    "changes",
    [
        {"since": date(2026, 10, 1)},
        {"key": "other", "until": TODAY},
        {"key": "other", "value": ""},
        {"key": "other", "authority": ""},
        {"key": "other", "checked": "surely"},
        {"key": "other", "replaced_by": 7},
    ],
)
def test_behind_the_rules_the_database_refuses_it_too(here: Session, changes: dict[str, Any]) -> None:
    here.execute(insert(OwnValue).values(**row(here)))
    here.flush()
    from_driver: Any = None
    with here.begin_nested() as nested:
        try:
            here.execute(insert(OwnValue).values(**row(here, **changes)))
        except Exception as error:
            from_driver = error
        nested.rollback()
    assert isinstance(translate(from_driver), AlreadyThere)


def test_a_withdrawn_row_is_in_nobody_s_way(here: Session) -> None:
    gone = {"replaced_by": 7, "withdrawn_at": on(TODAY).clock.now()}
    here.execute(insert(OwnValue).values(**row(here, **gone)))
    here.execute(insert(OwnValue).values(**row(here)))
    assert here.scalar(select(func.count()).select_from(OwnValue)) == 2


# facts and statements


def test_recording_is_announced_with_authority_and_reason(here: Session) -> None:
    district(here).standards.record(value("4", date(2026, 8, 1), reason="补录"))
    names = list(here.scalars(select(FactRow.name).where(FactRow.name == "standards.recorded")))
    payload = here.scalars(select(FactRow.payload).where(FactRow.name == "standards.recorded")).one()
    assert names == ["standards.recorded"]
    assert "学区〔2026〕1号" in payload and "补录" in payload


def statements(session: Session, act: Callable[[], object]) -> list[str]:
    """Return the statements that an act sends."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    bind = session.connection()
    event.listen(bind, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(bind, "before_cursor_execute", note)
    return sent


def test_without_values_of_its_own_a_door_sends_no_statement_for_them(here: Session) -> None:
    fresh = district(here)
    assert len(statements(here, lambda: fresh.context.standards)) == 1  # the place, as ever
    county(here).standards.record(value("2", TODAY))
    fresh = district(here)
    assert len(statements(here, lambda: fresh.context.standards)) == 2
    assert fresh.context.scope.has_standards


def test_another_district_s_values_cost_this_one_nothing(here: Session) -> None:
    district(here, code="530921/dasi").standards.record(value("2", TODAY))
    assert not district(here).context.scope.has_standards
    assert not county(here).context.scope.has_standards


# lists


def test_the_list_says_what_holds_here_and_who_decided_it(here: Session) -> None:
    door = district(here)
    [unset] = door.standards.listed(VISITS)
    assert (unset.value, unset.set_by, unset.is_set) == (None, "district", False)
    door.standards.record(value("4", TODAY))
    [view] = door.standards.listed(VISITS)
    assert (view.value, view.place, view.authority, view.checked) == ("4", HERE, "学区〔2026〕1号", "text")
    [before] = door.standards.listed(VISITS, on=date(2026, 8, 31))
    assert before.value is None
    assert VISITS not in {one.key for one in door.standards.listed(unchecked=True)}


# files

FILE = """
[["leadership.visits_per_term"]]
value = 4
since = 2026-09-01
until = 2027-09-01
authority = "学区〔2026〕1号"
checked = "text"

[["leadership.visits_per_term"]]
value = 6
since = 2027-09-01
authority = "学区〔2026〕1号"
checked = "text"

[["budget.claims.bands"]]
value = [{ upto = "300", post = "general_affairs_director" }, { post = "principal" }]
since = 2026-09-01
authority = "学区〔2026〕2号"
article = "第三条"
checked = "text"
"""


def toml(text: str = FILE) -> Reading:
    return read_toml("own.toml", text, national())


def test_a_toml_file_is_planned_and_imported_and_the_second_time_changes_nothing(here: Session) -> None:
    door = district(here)
    plan = door.standards.plan_import(toml())
    assert plan.problems == () and plan.count(Outcome.ADDED) == 3
    door.standards.import_values(plan)
    standards = door.context.standards
    assert standards.whole(VISITS, on=date(2027, 8, 31)) == 4
    assert standards.whole(VISITS, on=date(2027, 9, 1)) == 6
    assert [row["post"] for row in standards.rows("budget.claims.bands", on=TODAY)] == [
        "general_affairs_director",
        "principal",
    ]
    assert door.standards.plan_import(toml()).changes_nothing


def test_a_workbook_is_imported_as_well(here: Session, tmp_path: Path) -> None:
    path = tmp_path / "own.xlsx"
    write_workbook(path, VALUES, {"values": [value("4", TODAY)]})
    door = district(here)
    door.standards.import_values(door.standards.plan_import(read_workbook(path, VALUES)))
    assert door.context.standards.whole(VISITS, on=TODAY) == 4


def test_a_file_with_anything_wrong_is_refused_whole(here: Session) -> None:
    wrong = FILE.replace("value = 6", "value = 0.5").replace('upto = "300"', 'upto = "much"')
    door = district(here)
    plan = door.standards.plan_import(toml(wrong))
    assert len(plan.problems) == 2
    with pytest.raises(Problems):
        door.standards.import_values(plan)
    assert door.standards.history(VISITS) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"key": "leadership.trips"}, "standards.key_unknown"),
        ({"value": "many"}, "standards.value_unreadable"),
        ({"since": date(2026, 8, 1)}, "standards.backdated"),
        ({"until": TODAY}, "core.span_backwards"),
    ],
)
def test_every_row_of_a_workbook_is_checked_and_named(
    here: Session, tmp_path: Path, change: dict[str, Any], code: str
) -> None:
    path = tmp_path / "own.xlsx"
    write_workbook(path, VALUES, {"values": [value("4", TODAY).model_copy(update=change)]})
    plan = district(here).standards.plan_import(read_workbook(path, VALUES))
    [problem] = plan.problems
    assert problem.error.code == code
    assert problem.place is not None and problem.place.row == 2


def test_a_plan_made_before_something_was_recorded_is_stale(here: Session) -> None:
    door = district(here)
    plan = door.standards.plan_import(toml())
    door.standards.record(value("5", TODAY))
    with pytest.raises(Stale):
        door.standards.import_values(plan)


def test_a_changed_value_of_a_file_is_a_correction_and_needs_its_reason(here: Session) -> None:
    door = district(here)
    door.standards.import_values(door.standards.plan_import(toml()))
    changed = FILE.replace("value = 4", "value = 5")
    plan = door.standards.plan_import(toml(changed))
    assert [problem.error.code for problem in plan.problems] == ["standards.backdated"]
    with_reason = changed.replace("until = 2027-09-01", 'until = 2027-09-01\nreason = "抄错"')
    plan = door.standards.plan_import(toml(with_reason))
    assert plan.problems == () and plan.count(Outcome.CHANGED) == 1
    door.standards.import_values(plan)
    assert door.context.standards.whole(VISITS, on=TODAY) == 5
    assert door.context.standards.whole(VISITS, on=date(2027, 9, 1)) == 6


# racing


def test_two_who_set_one_value_at_once_leave_one_value_a_day(
    url: str, make_engine: Callable[[str], Engine]
) -> None:
    engine = make_engine(url)
    with Session(engine) as session:
        make_district(session, HERE, schools=1, pupils=1, staff=1)
        session.commit()

    def set_it(number: int) -> str:
        with Session(engine) as session:
            try:
                district(session).standards.record(value(str(number), date(2026, 9, 2)))
                session.commit()
            except XuequError as error:
                session.rollback()
                return error.code
        return ""

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(set_it, range(1, 9)))
    assert "" in outcomes
    assert set(outcomes) <= {"", "core.already_there", "core.database_busy"}
    with Session(engine) as session:
        counting = session.scalars(select(OwnValue.value).where(OwnValue.replaced_by == 0)).all()
        assert len(counting) == 1
        withdrawn = session.scalar(select(func.count()).where(OwnValue.replaced_by != 0))
        assert withdrawn == outcomes.count("") - 1
