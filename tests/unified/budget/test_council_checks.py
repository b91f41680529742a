"""Data checks of the council: every district's votes are looked at by its own rule."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.unified.budget.chamber import ELSEWHERE, PLACE, chamber, set_rule
from xuequ.embed import run_data_checks
from xuequ.unified.budget.schemas.council import ItemVote

CHECK = "budget.decisions_voted"
OF_THOSE_PRESENT = (
    '[{"quorum": "2/3", "quorum_inclusive": true, "base": "present", "threshold": "1/2", "inclusive": false}]'
)


@pytest.mark.parametrize("place", ["530921", PLACE, ELSEWHERE])
def test_a_vote_is_looked_at_by_the_rule_of_its_own_district_also_from_the_county(
    session: Session, place: str
) -> None:
    own, other = chamber(session, PLACE), chamber(session, ELSEWHERE)
    set_rule(own.door, "budget.votes.council", OF_THOSE_PRESENT)
    for made, state in ((own, "adopted"), (other, "rejected")):
        item_id = made.proposed(made.held(present=4))
        made.council.decide(item_id, ItemVote(yes=3, no=1))
        assert made.view(item_id).state == state
    session.flush()
    (result,) = run_data_checks(session, place, only=CHECK)
    assert result.findings == ()
