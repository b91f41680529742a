"""What the tests of people share: keys, doors, invented numbers, roles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuequ import County, District
from xuequ.core.keys import Keys
from xuequ.core.settings import Settings
from xuequ.registry.models.circumstances import Guardian
from xuequ.registry.models.people import Person
from xuequ.registry.models.pupils import Pupil
from xuequ.registry.models.staff import Staff
from xuequ.registry.rules.id_numbers import check_sign
from xuequ.registry.schemas.people import PersonCorrection, PersonRecording
from xuequ.standards.codes.people import DocumentKind, Relation
from xuequ.testing.factories import MAKER, SETTINGS

PLACE, OTHER = "530921/qianfeng", "530921/dasi"
OLD, NEW = {"k1": b"1" * 32}, {"k2": b"2" * 32}
KEYS = Keys(wrapping=OLD, current="k1", index=OLD, current_index="k1")
KEYED = replace(SETTINGS, keys=KEYS)
CARD, PASSPORT = DocumentKind.IDENTITY_CARD, DocumentKind.PASSPORT
REASON = "核对学籍"


def number(sequence: int = 123, born: str = "20100101", area: str = "530921") -> str:
    """Make a citizen number."""
    body = f"{area}{born}{sequence:03d}"
    return body + check_sign(body)


ANNA = number(124)
PHONE = "13800001234"


def district(session: Session, place: str = PLACE, settings: Settings = KEYED) -> District:
    return District(session, place, actor=MAKER, settings=settings)


def county(session: Session, settings: Settings = KEYED) -> County:
    return County(session, "530921", actor=MAKER, settings=settings)


def recording(**values: Any) -> PersonRecording:
    """Make a command of plain texts, as pydantic takes them."""
    return PersonRecording(**values)


def correction(**values: Any) -> PersonCorrection:
    """Make a command of plain texts, as pydantic takes them."""
    return PersonCorrection(**values)


def record(door: Any, name: str = "杨一", **values: Any) -> int:
    """Record one person; return the id."""
    return int(door.registry.people.record_people([recording(name=name, **values)])[0].person.id)


def with_card(sequence: int = 123, **more: Any) -> dict[str, Any]:
    return {"document_kind": CARD, "document_number": number(sequence), **more}


def person_of(session: Session, model: type[Pupil] | type[Staff], role_number: str) -> tuple[int, int]:
    """Return the ids of a role and of its person."""
    key = Pupil.pupil_no if model is Pupil else Staff.staff_no
    row = session.execute(select(model.id, model.person_id).where(key == role_number)).one()
    return row[0], row[1]


def make_guardian(
    session: Session, pupil_id: int, person_id: int, since: date, until: date | None = None
) -> int:
    """Make somebody guardian of a pupil past the service, which is another topic's."""
    county_id = session.scalar(select(Person.county_id).where(Person.id == person_id))
    values: dict[str, Any] = {"relation": Relation.MOTHER.code, "is_primary": False}
    row = Guardian(
        county_id=county_id, pupil_id=pupil_id, person_id=person_id, since=since, until=until, **values
    )
    session.add(row)
    session.flush()
    return row.id


def row_of(session: Session, person_id: int) -> Any:
    """Return a person's row as it stands."""
    return session.execute(select(Person.__table__).where(Person.id == person_id)).one()
