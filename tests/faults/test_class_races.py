"""Classes changed and years rolled over at once: one effect, and one clear answer for everybody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.registry.office import Office, door_of, found
from xuequ import District, XuequError
from xuequ.embed import run_data_checks
from xuequ.registry.models.classes import HeadTeacher, SchoolClass
from xuequ.registry.models.pupils import Enrolment, PupilStatus
from xuequ.registry.models.rollover import Rollover
from xuequ.registry.schemas.classes import ClassForming, ClassMerger, ClassSplit, HeadTeacherAppointment
from xuequ.registry.schemas.rollover import RolloverView
from xuequ.registry.states.classes import Stage

BEGUN, TODAY = date(2025, 9, 1), date(2026, 7, 10)
Act = Callable[[District], object]


def together(engine: Engine, acts: list[Act], today: date = TODAY) -> Counter[str]:
    """Do acts at once, each in a transaction of its own; count what came of them."""
    ready = Barrier(len(acts))

    def do(act: Act) -> str:
        with Session(engine) as session:
            door = door_of(session, today)
            ready.wait()
            try:
                done = act(door)
                session.commit()
            except XuequError as error:
                return error.code
            return "already" if isinstance(done, RolloverView) and done.already else "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(do, acts))


def prepare(engine: Engine) -> tuple[int, list[int], int]:
    """Make a school with a top grade and two classes of grade 2; return it, its classes and a teacher."""
    with Session(engine) as session:
        found(session)
        office = Office(session)
        school = office.school("s1")
        classes = [office.form(school, Stage.PRIMARY, 2020), office.form(school, Stage.PRIMARY, 2021)]
        classes += [office.form(school, Stage.PRIMARY, 2024, number) for number in (1, 2)]
        for class_id in classes:
            for _ in range(4):
                office.pupil(class_id, BEGUN)
        teacher = office.teacher(school, BEGUN)
        session.commit()
        return school, classes, teacher


def test_of_many_who_apply_the_same_plan_one_does_and_the_others_are_told(engine: Engine) -> None:
    prepare(engine)
    with Session(engine) as session:
        plan = door_of(session, TODAY).registry.rollover.plan_rollover(2026)
    came = together(engine, [lambda door: door.registry.rollover.apply_rollover(plan)] * 6)
    assert came == {"done": 1, "already": 5}
    with Session(engine) as session:
        graduated = select(func.count()).where(PupilStatus.status == "graduated")
        assert session.scalar(graduated) == 4
        assert session.scalar(select(func.count()).select_from(Rollover)) == 1


def test_of_many_who_undo_it_one_does(engine: Engine) -> None:
    prepare(engine)
    with Session(engine) as session:
        service = door_of(session, TODAY).registry.rollover
        done = service.apply_rollover(service.plan_rollover(2026))
        session.commit()
    came = together(engine, [lambda door: door.registry.rollover.undo_rollover(done.id)] * 6)
    assert came == {"done": 1, "registry.rollover_undone": 5}
    with Session(engine) as session:
        assert session.scalar(select(func.count()).where(Enrolment.until.is_not(None))) == 0


def test_many_who_form_a_class_of_one_cohort_get_numbers_of_their_own(engine: Engine) -> None:
    school, _, _ = prepare(engine)
    asked = [ClassForming(school_id=school, stage=Stage.PRIMARY, entry_year=2025)]
    assert together(engine, [lambda door: door.registry.classes.form_classes(asked)] * 6) == {"done": 6}
    with Session(engine) as session:
        numbers = session.scalars(select(SchoolClass.number).where(SchoolClass.entry_year == 2025))
        assert sorted(numbers) == [1, 2, 3, 4, 5, 6]
    one = [ClassForming(school_id=school, stage=Stage.PRIMARY, entry_year=2025, number=9)]
    came = together(engine, [lambda door: door.registry.classes.form_classes(one)] * 6)
    assert came == {"done": 1, "registry.class_known": 5}


def test_of_many_who_appoint_a_head_teacher_one_does(engine: Engine) -> None:
    _, classes, teacher = prepare(engine)
    asked = [HeadTeacherAppointment(class_id=classes[2], staff_id=teacher)]
    came = together(engine, [lambda door: door.registry.classes.appoint_head_teachers(asked)] * 6)
    assert came == {"done": 1, "registry.head_teacher_known": 5}
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(HeadTeacher)) == 1


def test_a_class_is_merged_split_and_rolled_over_at_once_without_losing_anybody(engine: Engine) -> None:
    _, classes, _ = prepare(engine)
    with Session(engine) as session:
        plan = door_of(session, TODAY).registry.rollover.plan_rollover(2026)
    merger = ClassMerger(into_id=classes[2], class_ids=(classes[3],))
    acts: list[Act] = [
        lambda door: door.registry.classes.merge_classes(merger),
        lambda door: door.registry.classes.merge_classes(merger),
        lambda door: door.registry.classes.split_class(ClassSplit(class_id=classes[3], into=2)),
        lambda door: door.registry.classes.split_class(ClassSplit(class_id=classes[0], into=2)),
        lambda door: door.registry.rollover.apply_rollover(plan),
        lambda door: door.registry.classes.dissolve_class(classes[1]),
    ]
    came = together(engine, acts)
    expected = {"done", "core.stale", "registry.class_dissolved", "registry.class_not_empty"}
    assert set(came) <= expected and came["registry.class_not_empty"] == 1, came
    with Session(engine) as session:
        for day in (TODAY, date(2026, 9, 1)):
            open_then = (Enrolment.since <= day, Enrolment.until.is_(None) | (Enrolment.until > day))
            there = list(session.scalars(select(Enrolment.pupil_id).where(*open_then)))
            rolled = session.scalar(select(func.count()).select_from(Rollover))
            gone = 4 if rolled and day > TODAY else 0
            assert len(there) == len(set(there)) == 16 - gone
        found_wrong = [one.check.code for one in run_data_checks(session, "530921") if one.findings]
        assert found_wrong == []
