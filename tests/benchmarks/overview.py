"""Task g: all schools with classes, pupils, staff and rooms' area, against the driver's grouped counts.

What makes it fair:

- One engine, one open Session, one transaction for both sides. The limit is one statement written by hand
  with the same grouped counts, sent on the driver's own cursor and fetched whole; nothing is made of its
  rows but the tuples that are compared.
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
STAFF, ROOMS = 5, 8
MOST_STATEMENTS = 3

Seen = list[tuple[str, str, int, int, int, Decimal]]

OPEN = "since <= :day AND (until IS NULL OR until > :day)"
MINE = "county_id = :county AND district_id = :district"
RUNS = (
    "entry_year BETWEEN (CASE c.stage WHEN 'preschool' THEN 2026 WHEN 'primary' THEN 2021 ELSE 2024 END) "
    "AND 2026"
)
LIMIT = f"""
SELECT s.code, s.name, c.n, p.n, w.n, r.n FROM xq_registry_school s
LEFT JOIN (SELECT c.school_id, count(*) AS n FROM xq_registry_class c WHERE {MINE} AND {RUNS}
    AND (formed_on IS NULL OR formed_on <= :day) AND (dissolved_on IS NULL OR dissolved_on > :day)
    GROUP BY c.school_id) c ON c.school_id = s.id
LEFT JOIN (SELECT e.school_id, count(*) AS n FROM xq_registry_enrolment e JOIN xq_registry_class c
    ON c.county_id = e.county_id AND c.id = e.class_id
    WHERE e.county_id = :county AND e.district_id = :district AND {OPEN} AND {RUNS}
    GROUP BY e.school_id) p ON p.school_id = s.id
LEFT JOIN (SELECT school_id, count(*) AS n FROM xq_registry_placement WHERE {MINE} AND {OPEN}
    GROUP BY school_id) w ON w.school_id = s.id
LEFT JOIN (SELECT b.school_id, sum(x.area) AS n FROM xq_registry_premises_span b
    JOIN xq_registry_room o ON o.county_id = b.county_id AND o.premises_id = b.premises_id
    JOIN xq_registry_room_span x ON x.county_id = o.county_id AND x.room_id = o.id
    WHERE b.county_id = :county AND b.district_id = :district AND b.state = 'in_use'
    AND b.since <= :day AND (b.until IS NULL OR b.until > :day)
    AND x.since <= :day AND (x.until IS NULL OR x.until > :day)
    GROUP BY b.school_id) r ON r.school_id = s.id
WHERE s.county_id = :county AND s.district_id = :district
    AND (s.opened_on IS NULL OR s.opened_on <= :day) AND (s.closed_on IS NULL OR s.closed_on > :day)
ORDER BY s.id
"""


def _for_driver(engine: Engine) -> str:
    """Write the statement with the driver's own marks for parameters."""
    if engine.dialect.name == "sqlite":
        return LIMIT
    return re.sub(":(day|county|district)", r"%(\1)s", LIMIT)


def _limit(connection: Connection, statement: str, values: dict[str, Any], _number: int) -> Sample[Seen]:
    driver: Any = connection.connection.driver_connection
    with Stopwatch() as watch:
        cursor = driver.cursor()
        rows = cursor.execute(statement, values).fetchall()
        cursor.close()
    return Sample(watch.seconds, [_seen(*row) for row in rows])


def _seen(code: str, name: str, *counts: Any) -> tuple[str, str, int, int, int, Decimal]:
    classes, pupils, staff, area = (count or 0 for count in counts)
    return code, name, classes, pupils, staff, Decimal(int(area)) / 100


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
        statement = _for_driver(engine)
        yield Case(
            limit=partial(_limit, session.connection(), statement, values), ours=partial(_ours, district)
        )


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
