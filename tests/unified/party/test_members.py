"""The branch, its groups, its committee and its members, through the service."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.unified.party.hall import TODAY, Hall, hall
from xuequ.core.access import Post
from xuequ.unified.party.repository.members import MemberRows


@pytest.fixture
def stand(session: Session) -> Hall:
    return hall(session)


def rows(stand: Hall) -> MemberRows:
    context = stand.door.context
    return MemberRows(context.session, context.scope, context.place)


def test_a_district_starts_with_members_groups_and_committee_under_way(stand: Hall) -> None:
    branch = rows(stand).branch(TODAY)
    assert branch is not None and branch.id == stand.branch_id
    members = rows(stand).members(stand.branch_id, TODAY)
    assert {row.member_id for row in members} == {*stand.full, *stand.probationary}
    assert [row.state for row in members].count("full") == 8
    assert {row.group_id for row in members} == set(stand.groups)
    assert [row.member_id for row in rows(stand).committee(stand.branch_id, TODAY)] == list(stand.full[:3])


def test_a_seat_in_the_committee_brings_the_post_of_commissioner(stand: Hall) -> None:
    holders = [
        held for held in stand.door.registry.posts.holders(TODAY) if held.post is Post.PARTY_COMMISSIONER
    ]
    assert len(holders) == 2, "the secretary's post is the bureau's to give"
