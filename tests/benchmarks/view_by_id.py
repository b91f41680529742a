"""Task b: one view by id through a service, in the caller's Session, against ``Session.get``.

What makes it fair:

- One engine, one open Session, one transaction for both sides (on SQLite begun at the driver too, which
  does not begin one for a SELECT by itself); so connection, transaction and statement cache are the same.
- The same ids in the same random order; every id comes once in a sample, and ``expunge_all()`` before each
  sample, outside the stopwatch and for both sides alike, empties the identity map. So ``Session.get``
  hits the database every time. Before anything is timed statements are counted:
  exactly one an id on either side, or the task stops.
- Both sides touch the four attributes that the view has, and keep them in a list that is then compared.
- The actor is a person whose posts are looked up in the appointments, so ours pays for its permission
  checks, and not the shortcut that the system or a host's own posts have. The door is opened once outside
  and has looked them up, as in a request that looks at more than one thing; what opening it anew for one
  view costs, with a look-up each time, stands in the extras.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from random import Random
from statistics import median

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.benchmarks.harness import Arena, Case, Goal, Sample, Size, Stopwatch, Task, statements
from xuequ import Actor, District, Post
from xuequ.registry.models.places import School
from xuequ.registry.models.staff import Staff
from xuequ.registry.schemas.posts import Appointing
from xuequ.testing import make_district
from xuequ.testing.factories import DAY, SETTINGS

PLACE = "530921/qianfeng"
PRINCIPAL = Actor("qianfeng-s1-T1")
SCHOOLS: dict[Size, int] = {"small": 40, "full": 200}
PAIRS: dict[Size, int] = {"small": 2, "full": 5}

Seen = tuple[int, str, str, str]
Look = Callable[[Sequence[int]], list[Seen]]


class Sides:
    """The ways to look at schools, all in one Session; each is written out, for a fair loop."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.district = self.open()

    def open(self) -> District:
        """Open the door anew."""
        return District(self.session, PLACE, actor=PRINCIPAL, settings=SETTINGS)

    def get(self, ids: Sequence[int]) -> list[Seen]:
        """Look at schools as the limit does."""
        session, county_id = self.session, self.district.context.scope.county_id
        seen: list[Seen] = []
        for school_id in ids:
            row = session.get(School, (county_id, school_id))
            assert row is not None
            seen.append((row.id, row.code, row.name, row.kind))
        return seen

    def view(self, ids: Sequence[int]) -> list[Seen]:
        """Look at schools as users of the library do."""
        district = self.district
        seen: list[Seen] = []
        for school_id in ids:
            school = district.registry.school(school_id)
            seen.append((school.id, school.code, school.name, school.kind))
        return seen

    def open_and_view(self, ids: Sequence[int]) -> list[Seen]:
        """Look at schools through a door opened for each."""
        seen: list[Seen] = []
        for school_id in ids:
            school = self.open().registry.school(school_id)
            seen.append((school.id, school.code, school.name, school.kind))
        return seen


@contextmanager
def prepare(arena: Arena) -> Generator[Case[list[Seen]]]:
    """Make the schools and open the one Session that both sides use."""
    with arena.database() as engine, Session(engine) as session:
        _make(session, SCHOOLS[arena.size])
        session.commit()
        if arena.engine == "sqlite":
            session.connection().exec_driver_sql("BEGIN")
        sides = Sides(session)
        ids = [school.id for school in sides.district.registry.schools()]
        for look in (sides.get, sides.view):
            _count(engine, session, look, ids)

        def sample(look: Look, number: int) -> Sample[list[Seen]]:
            order = Random(number).sample(ids, len(ids))
            session.expunge_all()
            with Stopwatch() as watch:
                seen = look(order)
            return Sample(watch.seconds, seen)

        def extras() -> dict[str, float]:
            opened = median(sample(sides.open_and_view, number).seconds for number in range(5))
            return {"ms of a view through a door opened for it": round(opened / len(ids) * 1000, 4)}

        yield Case(
            limit=lambda number: sample(sides.get, number),
            ours=lambda number: sample(sides.view, number),
            operations=len(ids),
            pairs=PAIRS[arena.size],
            extras=extras,
        )


def _make(session: Session, schools: int) -> None:
    """Make the schools, and appoint a principal."""
    door = make_district(session, PLACE, schools=schools, pupils=0, staff=1)
    of_s1 = select(Staff.id).where(Staff.staff_no == PRINCIPAL.staff_no)
    one = session.scalars(of_s1).one()
    command = Appointing(staff_id=one, post=Post.PRINCIPAL, since=DAY, authority="文")
    door.registry.posts.appoint(command)


def _count(engine: Engine, session: Session, look: Look, ids: Sequence[int]) -> None:
    """Make sure that a side sends one statement for each id, no fewer and no more."""
    session.expunge_all()
    with statements(engine) as sent:
        look(ids)
    if len(sent) != len(ids):
        raise RuntimeError(f"{len(sent)} statements for {len(ids)} ids, so the times mean nothing")


TASK = Task(
    name="b",
    title="one view by id",
    goals={"sqlite": Goal(1.25), "postgresql": Goal(1.25)},
    prepare=prepare,
    rounds=25,
)
