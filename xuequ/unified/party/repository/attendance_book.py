"""What stands of meetings and their attendance, by the numbers that people know."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, select

from xuequ.registry.models.people import Person
from xuequ.registry.models.staff import Staff
from xuequ.registry.repository.basis import AnyRow, AnySelect, owns, same
from xuequ.unified.party.models.meetings import Meeting, Roll
from xuequ.unified.party.models.members import Affiliation, Member, PartyGroup
from xuequ.unified.party.repository.meetings import MeetingRows


class AttendanceBookRows(MeetingRows):
    """Meetings of the district without those that were voided."""

    def standing(self) -> Sequence[AnyRow]:
        """Return the meetings with the names of their groups, in the order of their days."""
        query: AnySelect = (
            select(Meeting.__table__, PartyGroup.name.label("group"))
            .outerjoin(PartyGroup, same(PartyGroup, Meeting.group_id, Meeting))
            .where(Meeting.voided_on.is_(None))
            .order_by(Meeting.planned_on, Meeting.within_id.is_not(None), Meeting.number)
        )
        return self.session.execute(self.here(query, Meeting)).all()

    def marked(self) -> Sequence[AnyRow]:
        """Return what was said of who came, by number; those who are no staff have no row in a workbook."""
        columns = (Meeting.number, Staff.staff_no, Roll.mark, Roll.excused_on, Roll.reason)
        query: AnySelect = (
            select(*columns)
            .join(Roll, and_(Roll.county_id == Meeting.county_id, Roll.meeting_id == Meeting.id))
            .join(Member, same(Member, Roll.member_id, Roll))
            .join(Person, same(Person, Member.person_id, Member))
            .join(Staff, owns(Staff, Staff.person_id, Person))
            .where(Meeting.voided_on.is_(None), Roll.marked)
            .order_by(Meeting.held_on, Meeting.number, Staff.staff_no)
        )
        return self.session.execute(self.here(query, Meeting)).all()

    def member_ids(self) -> dict[str, int]:
        """Return the branch's members, former ones too, by number of staff; of each the latest membership."""
        query: AnySelect = (
            select(Staff.staff_no, Member.id)
            .join(Person, same(Person, Staff.person_id, Staff))
            .join(Member, owns(Member, Member.person_id, Person))
            .join(Affiliation, owns(Affiliation, Affiliation.member_id, Member))
            .order_by(Member.joined_on, Member.id)
        )
        return {row.staff_no: row.id for row in self.session.execute(self.here(query, Affiliation))}

    def group_ids(self) -> dict[str, int]:
        """Return the groups of the branch by name; the latest of each name."""
        query: AnySelect = select(PartyGroup.name, PartyGroup.id).order_by(PartyGroup.since, PartyGroup.id)
        return {row.name: row.id for row in self.session.execute(self.here(query, PartyGroup))}
