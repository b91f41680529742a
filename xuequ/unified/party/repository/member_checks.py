"""What the data checks of members ask: whole timelines, also past the constraints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, literal, or_, select

from xuequ.registry.repository.basis import AnyRow, Rows, same
from xuequ.unified.party.models.members import (
    Affiliation,
    CommitteeSeat,
    GroupLeader,
    GroupPlace,
    Member,
    MemberStatus,
    PartyGroup,
)
from xuequ.unified.party.models.transfers import RelationTransfer


class MemberCheckRows(Rows):
    """Timelines of the members whom a branch of the scope ever was responsible for."""

    def members(self) -> Sequence[AnyRow]:
        """Return the memberships of the scope: days of joining and ending."""
        query = select(Member.id, Member.joined_on, Member.ended_on).where(
            Member.county_id == self.scope.county_id, Member.id.in_(self._ever_here())
        )
        return self.session.execute(query.order_by(Member.id)).all()

    def _ever_here(self) -> Any:
        return self.here(select(Affiliation.member_id), Affiliation)

    def statuses(self) -> dict[int, list[AnyRow]]:
        """Return by member everything they have been, by day."""
        return self._by_member(MemberStatus)

    def affiliations(self) -> dict[int, list[AnyRow]]:
        """Return by member every branch that has been responsible, by day."""
        return self._by_member(Affiliation)

    def _by_member(self, model: Any) -> dict[int, list[AnyRow]]:
        query = select(model.id, model.member_id, model.since, model.until).where(
            model.county_id == self.scope.county_id, model.member_id.in_(self._ever_here())
        )
        found: dict[int, list[AnyRow]] = defaultdict(list)
        for row in self.session.execute(query.order_by(model.member_id, model.since)):
            found[row.member_id].append(row)
        return found

    def gone_out(self) -> set[tuple[int, Any]]:
        """Return who went out of the county, and on which day a branch outside received them."""
        query = select(RelationTransfer.member_id, RelationTransfer.closed_on).where(
            RelationTransfer.county_id == self.scope.county_id,
            RelationTransfer.way == "out",
            RelationTransfer.state == "received",
        )
        return {(row.member_id, row.closed_on) for row in self.session.execute(query)}

    def outside_their_branch(self) -> Sequence[AnyRow]:
        """Return seats, groups and leads on days on which the branch was not responsible for the holder."""
        found: list[AnyRow] = []
        for model in (CommitteeSeat, GroupPlace, GroupLeader):
            office: Any = model
            query = select(office.id, office.member_id, literal(model.__tablename__).label("table_name"))
            if model is not CommitteeSeat:
                query = query.join(PartyGroup, same(PartyGroup, office.group_id, office))
            branch = CommitteeSeat.branch_id if model is CommitteeSeat else PartyGroup.branch_id
            covers = and_(
                Affiliation.county_id == office.county_id,
                Affiliation.member_id == office.member_id,
                Affiliation.branch_id == branch,
                Affiliation.since <= office.since,
                or_(Affiliation.until.is_(None), Affiliation.until >= office.until),
            )
            query = query.where(~select(Affiliation.id).where(covers).exists())
            found += self.session.execute(self.here(query, office).order_by(office.id))
        return found
