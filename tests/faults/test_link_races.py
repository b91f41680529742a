"""Links drawn at once, and schools that open meanwhile: the schools stay partitioned."""

from __future__ import annotations

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.faults.test_post_races import Act, together
from tests.registry.posts import DAY, OCTOBER, PLACE
from tests.unified.leadership.teams import PLAN, A, G, P, S, drawing, linked, make_team, open_school
from xuequ import District
from xuequ.core.checks import Ground, run_checks
from xuequ.testing.factories import MAKER, SETTINGS
from xuequ.unified.leadership.checks import CHECKS


def door_of(session: Session) -> District:
    return District(session, PLACE, actor=MAKER, settings=SETTINGS)


def findings(door: District) -> list[str]:
    ground = Ground(door.context.session, door.context.scope, PLACE)
    return [one.what for result in run_checks(CHECKS, ground) for one in result.findings or ()]


def prepare(engine: Engine) -> None:
    with Session(engine) as session:
        make_team(session)
        session.commit()


def test_links_drawn_by_many_at_once_are_those_of_one_of_them(engine: Engine) -> None:
    prepare(engine)
    plans = [{**PLAN, "s1": post} for post in (P, S, A, G)]
    acts: list[Act] = [
        lambda door, plan=plan: door.leadership.links.draw_links(drawing(plan))  # type: ignore[misc]
        for plan in plans
    ]
    assert together(engine, acts) == {"done": 4}  # each replaces the one before, whole
    with Session(engine) as session:
        door = door_of(session)
        assert linked(door, DAY) in plans
        assert findings(door) == []


def test_a_school_that_opens_while_the_links_are_first_drawn_is_linked_or_does_not_open(
    engine: Engine,
) -> None:
    prepare(engine)
    acts: list[Act] = [
        lambda door: door.leadership.links.draw_links(drawing(PLAN)),
        lambda door: open_school(door, "new", OCTOBER),
    ]
    came = together(engine, acts)
    assert came in (
        {"done": 1, "leadership.school_unlinked": 1},
        {"done": 1, "leadership.school_left_out": 1},
    )
    with Session(engine) as session:
        assert findings(door_of(session)) == []
