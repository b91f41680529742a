"""What ends, moves and begins when classes change; every statement takes many rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, and_, or_, select, update

from xuequ.core.bulk import bulk_load
from xuequ.core.tables import Base
from xuequ.registry.models.classes import ClassGroup, ClassGroupMember, HeadTeacher, SchoolClass
from xuequ.registry.models.pupils import Enrolment, Pupil
from xuequ.registry.models.teaching import Teaching
from xuequ.registry.repository.basis import AnyRow, Rows, same
from xuequ.registry.states.pupils import Left
from xuequ.registry.states.teaching import TeachingChange

Spans = type[HeadTeacher] | type[ClassGroupMember] | type[Teaching]
SPANS: dict[str, Spans] = {"班主任": HeadTeacher, "合班": ClassGroupMember, "任课": Teaching}
"""What a class has by date, beside its pupils; it ends with the class."""


def lasting(model: Any, day: Any) -> Any:
    """Return the condition that a span goes beyond the day before."""
    return or_(model.until.is_(None), model.until > day)


class ClassChangeRows(Rows):
    """Writing of classes, of what belongs to them, and of their pupils' enrolments."""

    def load(self, model: type[Base], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
        """Insert many rows of one table."""
        return bulk_load(self.session.connection(), cast("Table", model.__table__), columns, rows)

    def change_class(self, class_id: int, values: dict[str, Any]) -> None:
        """Change fields of a class."""
        here = (SchoolClass.county_id == self.scope.county_id, SchoolClass.id == class_id)
        self.session.execute(update(SchoolClass).where(*here).values(values))

    def end_classes(self, class_ids: Collection[int], day: date, successor_id: int | None) -> None:
        """Dissolve classes from a day."""
        here = (SchoolClass.county_id == self.scope.county_id, SchoolClass.id.in_(class_ids))
        values = {"dissolved_on": day, "successor_id": successor_id}
        self.session.execute(update(SchoolClass).where(*here).values(values))

    # what belongs to classes

    def begun_from(self, class_ids: Collection[int], day: date) -> Sequence[tuple[str, int, date]]:
        """Return what belongs to classes and begins on a day or later: what, class, first day."""
        found: list[tuple[str, int, date]] = []
        for what, model in SPANS.items():
            query = select(model.class_id, model.since).where(
                model.county_id == self.scope.county_id, model.class_id.in_(class_ids), model.since >= day
            )
            found += [(what, row.class_id, row.since) for row in self.session.execute(query)]
        return found

    def end_what_belongs(self, class_ids: Collection[int], day: date, why: TeachingChange) -> None:
        """End what belongs to classes on a day."""
        for model in SPANS.values():
            values: dict[str, Any] = {"until": day}
            if model is Teaching:
                values["ended"] = why.code
            here = (model.county_id == self.scope.county_id, model.class_id.in_(class_ids))
            self.session.execute(
                update(model).where(*here, model.since < day, lasting(model, day)).values(values)
            )

    def grouped_with(self, class_ids: Collection[int], day: date) -> Sequence[AnyRow]:
        """Return every class of the groups in which one of these is on a day, with its group's kind."""
        of_these = select(ClassGroupMember.group_id).where(
            ClassGroupMember.county_id == self.scope.county_id,
            ClassGroupMember.class_id.in_(class_ids),
            lasting(ClassGroupMember, day),
        )
        query = (
            select(
                *(ClassGroup.id, ClassGroup.kind, ClassGroup.school_id, ClassGroup.until),
                *(ClassGroupMember.id.label("member_id"), ClassGroupMember.until.label("member_until")),
                *(SchoolClass.id.label("class_id"), SchoolClass.stage, SchoolClass.entry_year),
            )
            .join(ClassGroupMember, same(ClassGroup, ClassGroupMember.group_id, ClassGroupMember))
            .join(SchoolClass, same(SchoolClass, ClassGroupMember.class_id, ClassGroupMember))
            .where(ClassGroup.county_id == self.scope.county_id, ClassGroup.id.in_(of_these))
            .where(lasting(ClassGroupMember, day))
            .order_by(ClassGroup.id, SchoolClass.id)
        )
        return self.session.execute(query).all()

    def end_groups(self, group_ids: Collection[int], day: date) -> None:
        """End groups and whoever is in them."""
        member = ClassGroupMember
        members = (member.county_id == self.scope.county_id, member.group_id.in_(group_ids))
        begun = (member.since < day, lasting(member, day))
        self.session.execute(update(member).where(*members, *begun).values(until=day))
        groups = (ClassGroup.county_id == self.scope.county_id, ClassGroup.id.in_(group_ids))
        self.session.execute(update(ClassGroup).where(*groups, lasting(ClassGroup, day)).values(until=day))

    def end_head_teachers(self, ids: Collection[int], day: date) -> None:
        """End the time of head teachers on a day."""
        here = (HeadTeacher.county_id == self.scope.county_id, HeadTeacher.id.in_(ids))
        self.session.execute(update(HeadTeacher).where(*here).values(until=day))

    # pupils of classes

    def lock_pupils_of(self, class_ids: Collection[int], day: date) -> None:
        """Make others who change the pupils of classes wait, in the order of the pupils."""
        of_these = select(Enrolment.pupil_id).where(
            Enrolment.county_id == self.scope.county_id,
            Enrolment.class_id.in_(class_ids),
            lasting(Enrolment, day),
        )
        query = select(Pupil.id).where(Pupil.county_id == self.scope.county_id, Pupil.id.in_(of_these))
        self.session.execute(query.order_by(Pupil.id).with_for_update(key_share=True)).all()

    def enrolled_from(self, class_ids: Collection[int], day: date) -> Sequence[AnyRow]:
        """Return the enrolments in classes that hold a day or a later one, by pupil number."""
        query = (
            select(*Enrolment.__table__.c, Pupil.pupil_no)
            .join(Pupil, same(Pupil, Enrolment.pupil_id, Enrolment))
            .where(Enrolment.county_id == self.scope.county_id, Enrolment.class_id.in_(class_ids))
            .where(lasting(Enrolment, day))
            .order_by(Pupil.pupil_no, Enrolment.since)
        )
        return self.session.execute(query).all()

    def leave_for_another_class(self, enrolment_ids: Collection[int], day: date) -> None:
        """End enrolments on a day, since their pupils go to another class of the school."""
        here = (Enrolment.county_id == self.scope.county_id, Enrolment.id.in_(enrolment_ids))
        values = {"until": day, "left_as": Left.CLASS_CHANGE.code}
        self.session.execute(update(Enrolment).where(*here).values(values))

    def turn_to(self, enrolment_ids: Collection[int], class_id: int) -> None:
        """Let enrolments that begin later lead to another class."""
        here = (Enrolment.county_id == self.scope.county_id, Enrolment.id.in_(enrolment_ids))
        self.session.execute(update(Enrolment).where(*here).values(class_id=class_id))

    # checks

    def enrolled_beyond(self) -> Sequence[AnyRow]:
        """Return enrolments on days on which their class is not formed yet, or dissolved."""
        gone = SchoolClass.dissolved_on.is_not(None)
        query = (
            select(
                *(Enrolment.id, Enrolment.pupil_id, Enrolment.class_id, Enrolment.since, Enrolment.until),
                *(SchoolClass.formed_on, SchoolClass.dissolved_on),
            )
            .join(SchoolClass, same(SchoolClass, Enrolment.class_id, Enrolment))
            .where(
                or_(
                    Enrolment.since < SchoolClass.formed_on,
                    and_(gone, lasting(Enrolment, SchoolClass.dissolved_on)),
                )
            )
        )
        return self.session.execute(self.here(query, Enrolment).order_by(Enrolment.id)).all()

    def belonging_beyond(self) -> Iterator[tuple[str, AnyRow]]:
        """Walk what goes on of classes that are dissolved, with its table."""
        for model in SPANS.values():
            query = (
                select(model.id, model.class_id, SchoolClass.dissolved_on)
                .join(SchoolClass, same(SchoolClass, model.class_id, model))
                .where(SchoolClass.dissolved_on.is_not(None), lasting(model, SchoolClass.dissolved_on))
            )
            for row in self.session.execute(self.here(query, SchoolClass).order_by(model.id)):
                yield model.__tablename__, row
