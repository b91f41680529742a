"""Questions of the workbook of classes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from xuequ.registry.models.classes import ClassGroup, ClassGroupMember, SchoolClass
from xuequ.registry.models.places import School
from xuequ.registry.repository.basis import AnyRow, Rows, owns, same


class ClassBookRows(Rows):
    """Groups of classes with their whole history."""

    def groups(self) -> Sequence[AnyRow]:
        """Return every group, a row for each class in it; those of one group stand together."""
        query = (
            select(
                *(ClassGroup.id, ClassGroup.kind, ClassGroup.name, ClassGroup.since, ClassGroup.until),
                *(School.code.label("school"), SchoolClass.stage, SchoolClass.entry_year, SchoolClass.number),
            )
            .join(School, same(School, ClassGroup.school_id, ClassGroup))
            .join(ClassGroupMember, owns(ClassGroupMember, ClassGroupMember.group_id, ClassGroup))
            .join(SchoolClass, same(SchoolClass, ClassGroupMember.class_id, ClassGroupMember))
            .order_by(School.code, ClassGroup.since, ClassGroup.id)
        )
        return self.session.execute(self.here(query, ClassGroup)).all()
