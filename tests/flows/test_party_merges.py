"""Two rows of one person, of which one has records of the party: that is the one to keep."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.unified.party.hall import hall
from xuequ.core.ids import new_id
from xuequ.registry.models.people import Person
from xuequ.unified.party.errors.members import MergedAway
from xuequ.unified.party.models.members import Member


def test_a_member_is_not_merged_into_another_row_but_the_other_way_round(session: Session) -> None:
    stand = hall(session)
    member = session.scalars(select(Member).where(Member.id == stand.full[0])).one()
    person = session.scalars(select(Person).where(Person.id == member.person_id)).one()
    again = Person(
        county_id=person.county_id,
        id=new_id(),
        name=person.name,
        sex=person.sex,
        birth_date=person.birth_date,
        recorded_in=stand.door.context.scope.district_id,
    )
    session.add(again)
    session.flush()
    people = stand.door.registry.people
    with pytest.raises(MergedAway, match=str(person.id)):
        people.merge_people(again.id, person.id, "重复登记")
    people.merge_people(person.id, again.id, "重复登记")
    assert people.person(again.id).id == person.id
