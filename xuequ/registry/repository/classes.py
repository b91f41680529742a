"""Questions for classes as of a day, their head teachers and groups."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, case, func, or_, select

from xuequ.registry.models.classes import ClassGroup, ClassGroupMember, HeadTeacher, SchoolClass
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.pupils import Enrolment
from xuequ.registry.models.staff import Placement, Staff
from xuequ.registry.repository.basis import (
    DAY,
    AnyRow,
    AnySelect,
    Rows,
    Scoped,
    open_on,
    owns,
    same,
)
from xuequ.registry.states.classes import Stage

_STAGE_ORDER = case({stage.value: place for place, stage in enumerate(Stage)}, value=SchoolClass.stage)


def there_on(day: Any) -> Any:
    """Return the condition that a class is formed and not dissolved on a day."""
    return and_(
        or_(SchoolClass.formed_on.is_(None), SchoolClass.formed_on <= day),
        or_(SchoolClass.dissolved_on.is_(None), SchoolClass.dissolved_on > day),
    )


def _running() -> Any:
    """Return the condition that a class is in one of its stage's grades; takes the bounds of `bounds`."""
    return or_(
        *(
            and_(
                SchoolClass.stage == stage.value,
                SchoolClass.entry_year.between(bindparam(f"{stage.value}_first"), bindparam("last")),
            )
            for stage in Stage
        )
    )


def bounds(cohorts: Mapping[Stage, range]) -> dict[str, int]:
    """Return the entry years of the running classes as a statement takes them."""
    first = {f"{stage.value}_first": years.start for stage, years in cohorts.items()}
    return {**first, "last": next(iter(cohorts.values())).stop - 1}


def pupils_on(day: Any) -> Any:
    """Return the count of the pupils in a class on a day, to stand in a select of classes."""
    return (
        select(func.count())
        .where(
            owns(Enrolment, Enrolment.class_id, SchoolClass), open_on(Enrolment.since, Enrolment.until, day)
        )
        .correlate(SchoolClass)
        .scalar_subquery()
    )


def _classes_on_a_day() -> AnySelect:
    led = open_on(HeadTeacher.since, HeadTeacher.until, DAY)
    works = and_(Placement.school_id == SchoolClass.school_id, open_on(Placement.since, Placement.until, DAY))
    grouped = open_on(ClassGroupMember.since, ClassGroupMember.until, DAY)
    return (
        select(
            *SchoolClass.__table__.c,
            *(School.code.label("school"), School.name.label("school_name")),
            *(HeadTeacher.id.label("head_id"), HeadTeacher.staff_id, HeadTeacher.since.label("head_since")),
            *(Staff.staff_no, Person.name.label("head_name"), Placement.id.label("placement_id")),
            *(ClassGroup.id.label("group_id"), ClassGroup.kind, ClassGroup.name.label("group_name")),
            pupils_on(DAY).label("pupils"),
        )
        .join(School, same(School, SchoolClass.school_id, SchoolClass))
        .outerjoin(HeadTeacher, and_(owns(HeadTeacher, HeadTeacher.class_id, SchoolClass), led))
        .outerjoin(Staff, same(Staff, HeadTeacher.staff_id, HeadTeacher))
        .outerjoin(Person, same(Person, Staff.person_id, Staff))
        .outerjoin(Placement, and_(owns(Placement, Placement.staff_id, Staff), works))
        .outerjoin(
            ClassGroupMember, and_(owns(ClassGroupMember, ClassGroupMember.class_id, SchoolClass), grouped)
        )
        .outerjoin(ClassGroup, same(ClassGroup, ClassGroupMember.group_id, ClassGroupMember))
        .order_by(School.id, _STAGE_ORDER, SchoolClass.entry_year.desc(), SchoolClass.number)
    )


_ALL = _classes_on_a_day()
_LIST = _ALL.where(_running(), there_on(DAY))
_CLASSES = Scoped(_ALL.where(SchoolClass.id.in_(bindparam("ids", expanding=True))), SchoolClass)
_RUNNING = Scoped(_LIST, SchoolClass)
_RUNNING_AT = Scoped(_LIST.where(School.code == bindparam("school")), SchoolClass)
_VACANT = Scoped(_LIST.where(or_(HeadTeacher.id.is_(None), Placement.id.is_(None))), SchoolClass)
_GROUPED = Scoped(
    select(
        *(ClassGroup.id, ClassGroup.school_id, ClassGroup.kind, ClassGroup.name),
        *(ClassGroup.since, ClassGroup.until, School.code.label("school")),
        *(SchoolClass.id.label("class_id"), SchoolClass.stage, SchoolClass.entry_year, SchoolClass.number),
        pupils_on(DAY).label("pupils"),
    )
    .join(School, same(School, ClassGroup.school_id, ClassGroup))
    .join(ClassGroupMember, owns(ClassGroupMember, ClassGroupMember.group_id, ClassGroup))
    .join(SchoolClass, same(SchoolClass, ClassGroupMember.class_id, ClassGroupMember))
    .where(open_on(ClassGroupMember.since, ClassGroupMember.until, DAY))
    .order_by(School.id, ClassGroup.id, SchoolClass.entry_year.desc(), SchoolClass.number),
    ClassGroup,
)


class ClassRows(Rows):
    """Classes of one scope."""

    def schools(self, ids: Collection[int]) -> dict[int, AnyRow]:
        """Return schools by id."""
        query = select(School.id, School.district_id, School.code, School.name).where(School.id.in_(ids))
        return {row.id: row for row in self.session.execute(self.here(query, School))}

    def lock_schools(self, ids: Collection[int]) -> None:
        """Make others who change the classes of these schools wait; whoever points to a school need not."""
        query = self.here(select(School.id), School).where(School.id.in_(ids)).order_by(School.id)
        self.session.execute(query.with_for_update(key_share=True)).all()

    def lock_classes(self, ids: Collection[int]) -> None:
        """Lock classes in the order of their ids; nobody enters them meanwhile."""
        query = self.here(select(SchoolClass.id), SchoolClass).where(SchoolClass.id.in_(ids))
        self.session.execute(query.order_by(SchoolClass.id).with_for_update()).all()

    def classes(self, ids: Collection[int], day: date) -> dict[int, AnyRow]:
        """Return classes by id as of a day, whether they run on it or not."""
        return {row.id: row for row in self.all(_CLASSES, ids=sorted(ids), day=day)}

    def running(self, day: date, cohorts: Mapping[Stage, range]) -> Sequence[AnyRow]:
        """Return the classes that run on a day, by school, grade and number."""
        return self.all(_RUNNING, day=day, **bounds(cohorts))

    def running_at(self, school: str, day: date, cohorts: Mapping[Stage, range]) -> Sequence[AnyRow]:
        """Return the classes of one school that run on a day."""
        return self.all(_RUNNING_AT, school=school, day=day, **bounds(cohorts))

    def without_head_teacher(self, day: date, cohorts: Mapping[Stage, range]) -> Sequence[AnyRow]:
        """Return the running classes that nobody leads who works at their school."""
        return self.all(_VACANT, day=day, **bounds(cohorts))

    def numbers(self, school_ids: Collection[int]) -> dict[tuple[int, str, int], set[int]]:
        """Return the numbers that were ever given, by school, stage and entry year."""
        columns = (SchoolClass.school_id, SchoolClass.stage, SchoolClass.entry_year, SchoolClass.number)
        query = self.here(select(*columns), SchoolClass).where(SchoolClass.school_id.in_(school_ids))
        taken: dict[tuple[int, str, int], set[int]] = {}
        for school_id, stage, entry_year, number in self.session.execute(query):
            taken.setdefault((school_id, stage, entry_year), set()).add(number)
        return taken

    # head teachers

    def heads_from(self, class_ids: Collection[int], day: date) -> dict[int, list[AnyRow]]:
        """Return who leads classes on a day or later, in the order of time."""
        query = (
            select(
                *(HeadTeacher.id, HeadTeacher.class_id, HeadTeacher.staff_id),
                *(HeadTeacher.since, HeadTeacher.until, Staff.staff_no),
            )
            .join(Staff, same(Staff, HeadTeacher.staff_id, HeadTeacher))
            .where(HeadTeacher.county_id == self.scope.county_id, HeadTeacher.class_id.in_(class_ids))
            .where(or_(HeadTeacher.until.is_(None), HeadTeacher.until > day))
            .order_by(HeadTeacher.since)
        )
        found: dict[int, list[AnyRow]] = {class_id: [] for class_id in class_ids}
        for row in self.session.execute(query):
            found[row.class_id].append(row)
        return found

    def working_at(self, staff_ids: Collection[int], day: date) -> dict[int, int]:
        """Lock where staff work on a day, wherever they are employed; return their schools."""
        query = (
            select(Placement.staff_id, Placement.school_id)
            .where(Placement.county_id == self.scope.county_id, Placement.staff_id.in_(staff_ids))
            .where(open_on(Placement.since, Placement.until, day))
            .order_by(Placement.id)
            .with_for_update(read=True)
        )
        return {row.staff_id: row.school_id for row in self.session.execute(query)}

    def staff_numbers(self, staff_ids: Collection[int]) -> dict[int, str]:
        """Return the numbers of those of the scope's staff."""
        query = self.here(select(Staff.id, Staff.staff_no), Staff).where(Staff.id.in_(staff_ids))
        return {row.id: row.staff_no for row in self.session.execute(query)}

    # groups

    def grouped(self, day: date) -> Sequence[AnyRow]:
        """Return the groups of a day, a row for each class in them."""
        return self.all(_GROUPED, day=day)

    def group(self, group_id: int) -> AnyRow | None:
        """Lock a group; return it with its school's code."""
        query = (
            select(*ClassGroup.__table__.c, School.code.label("school"))
            .join(School, same(School, ClassGroup.school_id, ClassGroup))
            .where(ClassGroup.id == group_id)
            .with_for_update(of=ClassGroup)
        )
        return self.session.execute(self.here(query, ClassGroup)).one_or_none()

    def grouped_from(self, class_ids: Collection[int], day: date) -> set[int]:
        """Return those of the classes that are in a group on a day or later."""
        query = (
            select(ClassGroupMember.class_id)
            .where(ClassGroupMember.county_id == self.scope.county_id)
            .where(ClassGroupMember.class_id.in_(class_ids))
            .where(or_(ClassGroupMember.until.is_(None), ClassGroupMember.until > day))
        )
        return set(self.session.scalars(query))
