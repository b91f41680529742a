"""Task g: all schools with classes, pupils, staff and rooms' area, against the driver's grouped counts.

What makes it fair:

- One engine, one open Session, one transaction for both sides. The limit is two statements written by hand,
  the schools and the same grouped counts, sent on the driver's own cursor and fetched whole; what is
  made of the rows for comparing them is not timed.
- Before anything is timed our statements are counted: at most three, or the task stops.
- Both sides ask for the same day, which in ours is the caller's; ours pays for its permission check, for
  finding the rule parameters of the day and for a view of each school.
- The actor is a person with a post, so ours does not take the shortcut that the system has.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from tests.benchmarks.harness import Arena, Case, Goal, Sample, Size, Stopwatch, Task, statements
from xuequ import Actor, District, Holding, Post
from xuequ.registry.schemas.premises import PremisesRegistration, RoomRegistration
from xuequ.registry.states.premises import RoomUse, Structure
from xuequ.testing import DAY, make_district

PLACE = "530921/qianfeng"
PRINCIPAL = Actor(staff_no="T001", holdings=(Holding(Post.PRINCIPAL, PLACE),))
SCHOOLS: dict[Size, int] = {"small": 10, "full": 200}
PUPILS: dict[Size, int] = {"small": 5, "full": 60}
PAIRS: dict[Size, int] = {"small": 2, "full": 5}
STAFF, ROOMS = 5, 8
MOST_STATEMENTS = 3

Line = tuple[str, str, int, int, int, Decimal]
Seen = list[Line]

OPEN = "since <= :day AND (until IS NULL OR until > :day)"
MINE = "county_id = :county AND district_id = :district"
RUNS = (
    "entry_year BETWEEN (CASE c.stage WHEN 'preschool' THEN 2026 WHEN 'primary' THEN 2021 ELSE 2024 END) "
    "AND 2026"
)
SCHOOLS_OPEN = f"""
SELECT id, code, name FROM xq_registry_school WHERE {MINE}
    AND (opened_on IS NULL OR opened_on <= :day) AND (closed_on IS NULL OR closed_on > :day) ORDER BY id
"""
COUNTS = f"""
SELECT 0, school_id, count(*) FROM xq_registry_class c WHERE {MINE} AND {RUNS}
    AND (formed_on IS NULL OR formed_on <= :day) AND (dissolved_on IS NULL OR dissolved_on > :day)
    GROUP BY school_id
UNION ALL SELECT 1, c.school_id, sum(e.n) FROM xq_registry_class c
    JOIN (SELECT class_id, count(*) AS n FROM xq_registry_enrolment WHERE {MINE} AND {OPEN}
        GROUP BY class_id) e ON e.class_id = c.id
    WHERE {MINE} AND {RUNS} GROUP BY c.school_id
UNION ALL SELECT 2, school_id, count(*) FROM xq_registry_placement WHERE {MINE} AND {OPEN} GROUP BY school_id
UNION ALL SELECT 3, school_id, sum(x.n) FROM xq_registry_premises_span b
    JOIN (SELECT premises_id, sum(area) AS n FROM xq_registry_room o
        JOIN xq_registry_room_span x ON x.county_id = o.county_id AND x.room_id = o.id
        WHERE o.county_id = :county AND premises_id IS NOT NULL AND {OPEN} GROUP BY premises_id) x
    ON x.premises_id = b.premises_id
    WHERE {MINE} AND state = 'in_use' AND {OPEN} GROUP BY school_id
"""


def _for_driver(engine: Engine) -> tuple[str, str]:
    """Write the statements with the driver's own marks for parameters."""
    if engine.dialect.name == "sqlite":
        return SCHOOLS_OPEN, COUNTS
    marked = (re.sub(":(day|county|district)", r"%(\1)s", one) for one in (SCHOOLS_OPEN, COUNTS))
    schools, counts = marked
    return schools, counts


def _limit(
    connection: Connection, sent: tuple[str, str], values: dict[str, Any], _number: int
) -> Sample[Seen]:
    driver: Any = connection.connection.driver_connection
    with Stopwatch() as watch:
        cursor = driver.cursor()
        schools, counts = (cursor.execute(one, values).fetchall() for one in sent)
        cursor.close()
    numbers = {(what, school_id): int(number) for what, school_id, number in counts}
    return Sample(watch.seconds, [_seen(numbers, *row) for row in schools])


def _seen(numbers: dict[tuple[int, int], int], school_id: int, code: str, name: str) -> Line:
    classes, pupils, staff, area = (numbers.get((what, school_id), 0) for what in range(4))
    return code, name, classes, pupils, staff, Decimal(area) / 100


def _ours(district: District, _number: int) -> Sample[Seen]:
    with Stopwatch() as watch:
        rows = district.registry.places.overview(DAY)
    return Sample(
        watch.seconds,
        [(row.code, row.name, row.classes, row.pupils, row.staff, row.rooms_area) for row in rows],
    )


@contextmanager
def prepare(arena: Arena) -> Generator[Case[Seen]]:
    """Make schools with people and rooms, and open the one Session that both sides use."""
    with arena.database() as engine, Session(engine) as session:
        size = arena.size
        maker = make_district(session, PLACE, schools=SCHOOLS[size], pupils=PUPILS[size], staff=STAFF)
        _furnish(maker, [school.id for school in maker.registry.schools()])
        session.commit()
        _analyse(session)
        if arena.engine == "sqlite":
            session.connection().exec_driver_sql("BEGIN")
        district = District(session, PLACE, actor=PRINCIPAL)
        _count(engine, district)
        scope = district.context.scope
        day: Any = str(DAY) if arena.engine == "sqlite" else DAY
        values = {"county": scope.county_id, "district": scope.district_id, "day": day}
        limit = partial(_limit, session.connection(), _for_driver(engine), values)
        yield Case(limit=limit, ours=partial(_ours, district), pairs=PAIRS[size])


def _furnish(maker: District, school_ids: Iterable[int]) -> None:
    buildings = [
        PremisesRegistration(
            school_id=school_id, name="楼", area=Decimal(900), structure=Structure.FRAME, since=DAY
        )
        for school_id in school_ids
    ]
    rooms = [
        RoomRegistration(
            number=str(number), use=RoomUse.CLASSROOM, area=Decimal("52.35"), premises_id=at, since=DAY
        )
        for at in maker.registry.premises.register_premises(buildings)
        for number in range(ROOMS)
    ]
    maker.registry.premises.register_rooms(rooms)


def _analyse(session: Session) -> None:
    """Let the database know its tables, as one that has been in use for a while does."""
    session.connection().exec_driver_sql("ANALYZE")
    session.commit()


def _count(engine: Engine, district: District) -> None:
    with statements(engine) as sent:
        district.registry.places.overview(DAY)
    if len(sent) > MOST_STATEMENTS:
        raise RuntimeError(f"{len(sent)} statements for one overview")


TASK = Task(
    name="g",
    title="overview of all schools",
    goals={"sqlite": Goal(2), "postgresql": Goal(2)},
    prepare=prepare,
    rounds=25,
)
