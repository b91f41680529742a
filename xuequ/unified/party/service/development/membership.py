"""What an approval makes of somebody's membership; the one place where cases and members meet."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import insert, update

from xuequ.core.context import Context
from xuequ.core.ids import new_id
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.party.models.members import Affiliation, Member, MemberStatus

SOON = timedelta(days=1)


def admit(context: Context, case: AnyRow, meeting: date, document: str) -> int:
    """Make a probationary member of somebody from the day of the branch meeting; return the member's id."""
    s, county, member = context.session, context.scope.county_id, new_id()
    s.execute(
        insert(Member),
        [{"county_id": county, "id": member, "person_id": case.person_id, "joined_on": meeting}],
    )
    s.execute(
        insert(MemberStatus),
        [{"county_id": county, "member_id": member, "state": "probationary", "since": meeting}],
    )
    s.execute(
        insert(Affiliation),
        [
            {
                "county_id": county,
                "district_id": context.scope.district_id,
                "branch_id": case.branch_id,
                "member_id": member,
                "since": meeting,
                "joined_as": "admitted",
            }
        ],
    )
    return member


def confirm(context: Context, member_id: int, meeting: date, document: str) -> None:
    """Make a full member of a probationary one from the day of the meeting that passed it."""
    s, county = context.session, context.scope.county_id
    s.execute(
        update(MemberStatus)
        .where(
            MemberStatus.county_id == county,
            MemberStatus.member_id == member_id,
            MemberStatus.until.is_(None),
        )
        .values(until=meeting)
    )
    s.execute(
        insert(MemberStatus),
        [{"county_id": county, "member_id": member_id, "state": "full", "since": meeting}],
    )
    s.execute(
        update(Member).where(Member.county_id == county, Member.id == member_id).values(full_on=meeting)
    )


def extend(context: Context, member_id: int, meeting: date, months: int) -> None:
    """Let a probation last longer."""


def cancel(context: Context, member_id: int, on: date, document: str) -> None:
    """End the membership of a probationary member."""
    s, county = context.session, context.scope.county_id
    for model in (MemberStatus, Affiliation):
        s.execute(
            update(model)
            .where(model.county_id == county, model.member_id == member_id, model.until.is_(None))
            .values(until=on)
        )
    s.execute(
        update(Member)
        .where(Member.county_id == county, Member.id == member_id)
        .values(ended_on=on, exit="cancelled")
    )
