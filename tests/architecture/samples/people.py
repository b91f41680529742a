"""Samples of people."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import maker, pupil_id
from xuequ.registry.models.pupils import Pupil
from xuequ.registry.schemas.people import PersonCorrection, PersonCorrectionRow, PersonRecording
from xuequ.standards.codes.people import DocumentKind


def person_id(door: Any) -> int:
    """Return the person of a pupil of school s1."""
    found = door.context.session.scalar(select(Pupil.person_id).where(Pupil.id == pupil_id(door)))
    assert found is not None
    return int(found)


def recorded(door: Any) -> int:
    """Record a person without a role; return the id."""
    made = maker(door).registry.people.record_people([PersonRecording(name="杨一")])
    return made[0].person.id


def merge_id(door: Any) -> int:
    return maker(door).registry.people.merge_people(recorded(door), recorded(door), "重复登记")


SAMPLES: dict[str, Sample] = {
    "registry.people.record_people": lambda door: ([PersonRecording(name="杨一")],),
    "registry.people.correct_person": lambda door: (recorded(door), PersonCorrection(name="杨二")),
    "registry.people.correct_people": lambda door: (
        [PersonCorrectionRow(person_id=recorded(door), name="杨二")],
    ),
    "registry.people.spell_names": lambda door: (),
    "registry.people.person": lambda door: (person_id(door),),
    "registry.people.search": lambda door: ("杨",),
    "registry.people.find_by_document": lambda door: (DocumentKind.PASSPORT, "E12345678"),
    "registry.people.find_by_phone": lambda door: ("13800001234",),
    "registry.people.reveal_document": lambda door: (person_id(door), "核对学籍"),
    "registry.people.reveal_phone": lambda door: (person_id(door), "联系家长"),
    "registry.people.merge_candidates": lambda door: (),
    "registry.people.merge_people": lambda door: (recorded(door), recorded(door), "重复登记"),
    "registry.people.undo_merge": lambda door: (merge_id(door), "并非同一人"),
    "registry.people.merges_of": lambda door: (recorded(door),),
    "registry.people.forget_person": lambda door: (recorded(door), "保存期满"),
}
