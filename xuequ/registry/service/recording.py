"""Recording people: read, checked against each other and the county, sealed, written in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xuequ.core.context import Context
from xuequ.core.errors import Place, Problem, refuse_if
from xuequ.core.ids import take_ids
from xuequ.core.pinyin import spell
from xuequ.registry.errors.people import DocumentTaken
from xuequ.registry.facts.people import PeopleRecorded
from xuequ.registry.repository.people import PeopleRows
from xuequ.registry.rules.id_numbers import document_contradictions
from xuequ.registry.schemas.people import PersonRecording
from xuequ.registry.service.identifying import (
    NO_DOCUMENT,
    NO_PHONE,
    Said,
    document_indexes,
    read_sensitive,
    seal_documents,
    seal_phones,
    taken_by,
)
from xuequ.registry.states.people import Sex


@dataclass(frozen=True, slots=True, repr=False)
class Recording:
    """One person who is to be recorded: the id, the plain fields, and what is to be sealed."""

    person_id: int
    name: str
    sex: Sex
    birth_date: date | None
    said: Said
    problems: tuple[Problem, ...]


def record(context: Context, rows: PeopleRows, people: Sequence[PersonRecording]) -> list[Recording]:
    """Record people, all or none."""
    ids = take_ids(len(people))
    recordings = [_read(new, one, context.today) for new, one in zip(ids, people, strict=True)]
    taken = _taken(context, rows, recordings)
    several = len(recordings) > 1
    refuse_if(
        [
            Problem(problem.error, Place(row=number) if several else None)
            for number, one in enumerate(recordings, 1)
            for problem in (*one.problems, *taken.get(one.person_id, ()))
        ]
    )
    if len(rows.add(_rows_of(context, recordings))) < len(ids):  # a rival was quicker
        raise DocumentTaken(holder="刚由他人登记")
    if ids:
        context.announce(PeopleRecorded(person_ids=tuple(ids)))
    return recordings


def _read(person_id: int, command: PersonRecording, today: date) -> Recording:
    """Read a command; what it leaves out is taken from the citizen number, what it says must agree."""
    said = read_sensitive(command, today)
    born, sex, document = command.birth_date, command.sex, said.document
    problems = list(said.problems)
    if document is not None:
        problems += document_contradictions(document, born, sex)
        born = born or document.birth_date
        sex = document.sex if sex is Sex.UNKNOWN and document.sex is not None else sex
    return Recording(person_id, command.name, sex, born, said, tuple(problems))


def _taken(context: Context, rows: PeopleRows, recordings: Sequence[Recording]) -> dict[int, list[Problem]]:
    """Return what documents somebody has already, or stand there twice."""
    indexed = [
        (number, one.person_id, document_indexes(context, one.said.document))
        for number, one in enumerate(recordings, 1)
        if one.said.document is not None
    ]
    holders = rows.holders([index for _, _, indexes in indexed for index in indexes])
    first: dict[bytes, int] = {}
    taken: dict[int, list[Problem]] = {}
    for number, person_id, indexes in indexed:
        holder = next((holders[index] for index in indexes if index in holders), None)
        if holder is not None:
            taken[person_id] = [taken_by(rows, holder)]
        elif any(first.setdefault(index, number) != number for index in indexes):
            taken[person_id] = [Problem(DocumentTaken(holder=f"本次第 {first[indexes[0]]} 行"))]
    return taken


def _rows_of(context: Context, recordings: Sequence[Recording]) -> list[dict[str, Any]]:
    documents = [(one.person_id, one.said.document) for one in recordings if one.said.document is not None]
    phones = [(one.person_id, one.said.phone) for one in recordings if one.said.phone is not None]
    sealed: dict[int, dict[str, Any]] = {one.person_id: {**NO_DOCUMENT, **NO_PHONE} for one in recordings}
    for person_id, values in (*seal_documents(context, documents), *seal_phones(context, phones)):
        sealed[person_id] |= values
    return [
        {
            "county_id": context.scope.county_id,
            "id": one.person_id,
            "name": one.name,
            "sex": one.sex.code,
            "birth_date": one.birth_date,
            "initials": spell(one.name),
            "recorded_in": context.scope.district_id,
            **sealed[one.person_id],
        }
        for one in recordings
    ]
