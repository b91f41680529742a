"""A district that the first release set up comes through every later migration, and back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from xuequ.core.access import Actor
from xuequ.district import County, District
from xuequ.embed import check, downgrade, run_data_checks, upgrade
from xuequ.registry.schemas.places import SchoolOpening
from xuequ.registry.states.places import SchoolKind
from xuequ.testing.factories import SETTINGS

MakeEngine = Callable[[str], Engine]
FIRST, MOVED = date(2026, 9, 1), date(2026, 10, 1)

GROUND_FLOOR: dict[str, Sequence[dict[str, Any]]] = {
    "xq_registry_county": [{"county_id": 1, "code": "530921", "name": "县教育局"}],
    "xq_core_chain": [{"county_id": 1, "seq": 0, "hash": bytes(32)}],
    "xq_registry_district": [{"county_id": 1, "id": 2, "code": "qianfeng", "name": "前锋学区"}],
    "xq_registry_school": [
        {"county_id": 1, "id": 10 + n, "district_id": 2, "code": f"s{n}", "name": f"完小{n}", "kind": kind}
        for n, kind in ((1, "central"), (2, "complete"))
    ],
    "xq_registry_class": [
        {"county_id": 1, "id": i, "district_id": 2, "school_id": school, "number": number}
        | {"stage": "primary", "entry_year": 2026}
        for i, school, number in ((20, 11, 1), (21, 11, 2), (22, 12, 1))
    ]
    + [
        {"county_id": 1, "id": 23, "district_id": 2, "school_id": 12, "number": 1}
        | {"stage": "preschool", "entry_year": 2026}
    ],
    "xq_registry_person": [
        {"county_id": 1, "id": 30 + n, "name": f"某{n}", "sex": "2", "birth_date": date(1990, 1, 1)}
        for n in range(5)
    ],
    "xq_registry_staff": [
        {"county_id": 1, "id": 40 + n, "district_id": 2, "person_id": 30 + n, "staff_no": f"T{n}"}
        | {"title": title}
        for n, title in ((0, "senior"), (1, "none"))
    ],
    "xq_registry_placement": [
        {"county_id": 1, "id": i, "district_id": 2, "school_id": school, "staff_id": staff}
        | {"since": since, "until": until}
        for i, school, staff, since, until in (
            (50, 11, 40, FIRST, MOVED),
            (51, 12, 40, MOVED, None),
            (52, 12, 41, FIRST, None),
        )
    ],
    "xq_registry_pupil": [
        {"county_id": 1, "id": 60 + n, "district_id": 2, "person_id": 32 + n, "pupil_no": f"P{n}"}
        for n in range(3)
    ],
    "xq_registry_enrolment": [
        {"county_id": 1, "id": i, "district_id": 2, "school_id": school, "class_id": class_id}
        | {"pupil_id": pupil, "since": since, "until": until}
        for i, school, class_id, pupil, since, until in (
            (70, 11, 20, 60, FIRST, MOVED),
            (71, 12, 22, 60, MOVED, None),
            (72, 11, 20, 61, FIRST, MOVED),
            (73, 11, 21, 61, MOVED, None),
            (74, 12, 22, 62, FIRST, None),
        )
    ],
}
"""What the ground floor's library could have written: two schools, two of staff, three pupils, moves."""


def fill(connection: Connection) -> None:
    for table, rows in GROUND_FLOOR.items():
        columns = list(rows[0])
        values = ", ".join(f":{column}" for column in columns)
        connection.execute(text(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})"), rows)
    connection.commit()


def content(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of the ground floor's tables in the columns that they had."""
    with engine.connect() as connection:
        return {
            table: sorted(
                tuple(row) for row in connection.execute(text(f"SELECT {', '.join(rows[0])} FROM {table}"))
            )
            for table, rows in GROUND_FLOOR.items()
        }


def at_the_ground_floor(url: str, make_engine: MakeEngine) -> Engine:
    engine = make_engine(url)
    with engine.connect() as connection:
        upgrade(connection, "0001")
        fill(connection)
    return engine


def rows(engine: Engine, query: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(str(value) for value in row) for row in connection.execute(text(query))]


def test_no_row_is_lost_up_down_and_up_again(empty_url: str, make_engine: MakeEngine) -> None:
    engine = at_the_ground_floor(empty_url, make_engine)
    before = content(engine)
    for _ in range(2):
        with engine.connect() as connection:
            upgrade(connection)
            check(connection)
        with engine.connect() as connection:
            downgrade(connection, "0001")
        assert content(engine) == before


def test_what_placements_titles_and_classes_implied_is_said(empty_url: str, make_engine: MakeEngine) -> None:
    engine = at_the_ground_floor(empty_url, make_engine)
    with engine.connect() as connection:
        upgrade(connection)
    employments = "SELECT staff_id, school_id, since, until FROM xq_registry_employment ORDER BY staff_id"
    assert rows(engine, employments) == [
        ("40", "11", str(FIRST), "None"),
        ("41", "12", str(FIRST), "None"),
    ]
    held = "SELECT staff_id, code FROM xq_registry_standing WHERE kind = '{}' ORDER BY staff_id"
    assert rows(engine, held.format("title")) == [("40", "senior"), ("41", "none")]
    assert rows(engine, held.format("category")) == [("40", "teacher"), ("41", "teacher")]
    kinds = "SELECT id, kind FROM xq_registry_placement ORDER BY id"
    assert rows(engine, kinds) == [("50", "own"), ("51", "assigned"), ("52", "own")]
    ways = "SELECT id, entered_as, left_as FROM xq_registry_enrolment ORDER BY id"
    assert rows(engine, ways) == [
        ("70", "set_up", "transfer_out"),
        ("71", "transfer_in", "None"),
        ("72", "set_up", "class_change"),
        ("73", "class_change", "None"),
        ("74", "set_up", "None"),
    ]
    status = "SELECT pupil_id, school_id, since, until, status FROM xq_registry_pupil_status ORDER BY 1, 3"
    assert rows(engine, status) == [
        ("60", "11", str(FIRST), str(MOVED), "registered"),
        ("60", "12", str(MOVED), "None", "registered"),
        ("61", "11", str(FIRST), "None", "registered"),
        ("62", "12", str(FIRST), "None", "registered"),
    ]
    schools = "SELECT id, legal_person, preschool_attached FROM xq_registry_school ORDER BY id"
    yes, no = ("1", "0") if engine.dialect.name == "sqlite" else ("True", "False")
    assert rows(engine, schools) == [("11", yes, no), ("12", no, yes)]


def test_the_library_works_on_what_was_brought_up(empty_url: str, make_engine: MakeEngine) -> None:
    engine = at_the_ground_floor(empty_url, make_engine)
    with engine.connect() as connection:
        upgrade(connection)
    with Session(engine) as session:
        district = District(session, "530921/qianfeng", actor=Actor.system("test"), settings=SETTINGS)
        glance = district.registry.district_at_a_glance(MOVED)
        assert [(school.staff, school.pupils) for school in glance.schools] == [(0, 1), (2, 2)]
        assert [pupil.pupil_no for pupil in district.registry.pupils_of("s1")] == ["P0", "P1"]
        people = district.registry.people
        assert people.spell_names() == 5
        assert [found.name for found in people.search("某0")] == ["某0"]
        found = {one.check.code: one.findings for one in run_data_checks(session, "530921")}
        assert not any(found.values()), found


def test_what_lies_outside_any_district_does_not_stop_a_downgrade(
    empty_url: str, make_engine: MakeEngine
) -> None:
    engine = at_the_ground_floor(empty_url, make_engine)
    before = content(engine)
    with engine.connect() as connection:
        upgrade(connection)
    with Session(engine) as session:
        county = County(session, "530921", actor=Actor.system("test"), settings=SETTINGS)
        county.registry.places.open_school(
            SchoolOpening(code="middle", name="初级中学", kind=SchoolKind.JUNIOR, opened_on=FIRST)
        )
        session.commit()
    with engine.connect() as connection:
        downgrade(connection, "0001")
    assert content(engine) == before
