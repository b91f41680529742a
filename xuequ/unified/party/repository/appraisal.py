"""Queries of 民主评议, criticism and what is put right."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Table, bindparam, select, update

from xuequ.registry.models.people import Person
from xuequ.registry.models.staff import Staff
from xuequ.registry.repository.basis import AnyRow, AnySelect, same
from xuequ.unified.party.models.appraisal import Appraisal, Appraised, Criticism, Rectification
from xuequ.unified.party.models.meetings import Meeting
from xuequ.unified.party.models.members import Member
from xuequ.unified.party.repository.meetings import MeetingRows, named_member


class AppraisalRows(MeetingRows):
    """Appraisals of a district's branch, and what came of its life meetings."""

    def of_year(self, branch_id: int, year: int) -> AnyRow | None:
        """Return the appraisal of a year."""
        query = select(Appraisal.id, Appraisal.year, Appraisal.opened_on).where(
            Appraisal.branch_id == branch_id, Appraisal.year == year
        )
        return self.session.execute(self.here(query, Appraisal)).one_or_none()

    def lock_appraisal(self, appraisal_id: int) -> AnyRow | None:
        """Return an appraisal that nobody else takes on meanwhile."""
        query = select(Appraisal.id, Appraisal.branch_id, Appraisal.year, Appraisal.opened_on).where(
            Appraisal.id == appraisal_id
        )
        locked = self.here(query, Appraisal).with_for_update(key_share=True)
        return self.session.execute(locked).one_or_none()

    def appraised(self, appraisal_id: int) -> Sequence[AnyRow]:
        """Return how far the members of an appraisal have come, with their names, by number of staff."""
        query: AnySelect = select(Appraised.__table__, Person.name, Staff.staff_no)
        query = named_member(query, Appraised.member_id, Appraised).where(
            Appraised.county_id == self.scope.county_id, Appraised.appraisal_id == appraisal_id
        )
        return self.session.execute(query.order_by(Staff.staff_no, Appraised.member_id)).all()

    def step(self, values: Sequence[Mapping[str, Any]]) -> None:
        """Write what some members came to: `at` is the row's id, the rest its fields, the same in each."""
        table = cast("Table", Appraised.__table__)
        here = (table.c.county_id == self.scope.county_id, table.c.id == bindparam("at"))
        names = [name for name in values[0] if name != "at"]
        said: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
        rows = [{"at": one["at"]} | {f"new_{name}": one[name] for name in names} for one in values]
        self.session.connection().execute(update(table).where(*here).values(said), rows)

    # criticism and what is put right

    def criticisms(self, meeting_id: int) -> Sequence[AnyRow]:
        """Return what a meeting raised, in the order in which it was recorded."""
        columns = (Criticism.id, Criticism.meeting_id, Criticism.kind, Criticism.member_id, Criticism.text)
        query = select(*columns).where(
            Criticism.county_id == self.scope.county_id, Criticism.meeting_id == meeting_id
        )
        return self.session.execute(query.order_by(Criticism.id)).all()

    def known_criticisms(self, ids: Collection[int]) -> set[int]:
        """Return those items of criticism that meetings of the district have raised."""
        query = (
            select(Criticism.id)
            .join(Meeting, same(Meeting, Criticism.meeting_id, Criticism))
            .where(Criticism.id.in_(sorted(ids)), Meeting.voided_on.is_(None))
        )
        return set(self.session.scalars(self.here(query, Meeting)))

    def rectifications(self) -> Sequence[AnyRow]:
        """Return what is to be put right, by the day until when; not what a voided meeting raised."""
        query: AnySelect = (
            select(
                Rectification.__table__,
                Meeting.number,
                Criticism.text.label("criticism"),
                Person.name.label("owner"),
            )
            .join(Criticism, same(Criticism, Rectification.criticism_id, Rectification))
            .join(Meeting, same(Meeting, Criticism.meeting_id, Criticism))
            .join(Member, same(Member, Rectification.owner_id, Rectification))
            .join(Person, same(Person, Member.person_id, Member))
            .where(Meeting.voided_on.is_(None))
        )
        ordered = self.here(query, Rectification).order_by(Rectification.due_on, Rectification.id)
        return self.session.execute(ordered).all()

    def lock_rectification(self, rectification_id: int) -> AnyRow | None:
        """Return what is to be put right, so that nobody else says it is done meanwhile."""
        query = select(Rectification.id, Rectification.due_on, Rectification.done_on).where(
            Rectification.id == rectification_id
        )
        locked = self.here(query, Rectification).with_for_update(key_share=True)
        return self.session.execute(locked).one_or_none()
