"""The sheet of guardians 监护人: people who are found by document or birthday, or made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from xuequ.core.errors import Problem
from xuequ.core.fields import Command
from xuequ.core.plan import Key, Outcome, PlannedRow, State, Values
from xuequ.registry.errors.circumstances import PrimaryTwice
from xuequ.registry.errors.people import NameDiffers
from xuequ.registry.models.people import DOCUMENT, PHONE
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.circumstances import CircumstanceRows
from xuequ.registry.repository.people import PeopleRows
from xuequ.registry.rules.people import name_key
from xuequ.registry.schemas.books.circumstances import GuardianLine
from xuequ.registry.schemas.circumstances import GuardianRecord
from xuequ.registry.schemas.people import PersonCorrection, PersonRecording
from xuequ.registry.service.books.desk import Lookups, problem_at
from xuequ.registry.service.books.spans import SpanDesk, in_order, numbers_of
from xuequ.registry.service.identifying import Said, document_indexes, taken_by
from xuequ.registry.service.identities import NOTHING_SAID, Identities, Identity, identity_problems, sensitive
from xuequ.registry.service.people import PeopleService
from xuequ.registry.states.people import Sex
from xuequ.standards.codes.people import Relation

PERSON = frozenset({"sex", "birth_date", DOCUMENT.column, PHONE.column})
"""What a row says of the person, whose guardian they may be of others too."""


class GuardianDesk(SpanDesk):
    """The sheet of guardians.

    “否” under the primary contact says nothing: who is it no longer, follows from who is.
    """

    sheet = "guardians"
    lasting = frozenset({"is_primary", "until"})
    changeable = lasting | PERSON

    def __init__(self, lookups: Lookups) -> None:
        super().__init__(lookups)
        here = (self.context.session, self.context.scope, self.context.place)
        self.people = PeopleRows(*here)
        self.circumstances = CircumstanceRows(*here)
        self.identities = Identities(self.context, self.people)
        self.identity: dict[Key, Identity] = {}
        """What the rows of this chunk say of document and telephone."""
        self.primary: dict[str, int] = {}
        """Pupil number → the row that names the primary contact."""

    # what rows say, and what is there

    def key_of(self, command: Any) -> Key:
        """Return the key of a row; a name is the same however it is spaced."""
        return command.pupil_no, name_key(command.guardian), command.since

    def said(self, rows: Sequence[Command]) -> Sequence[Values]:
        """Return what rows say, with a token for what is sealed."""
        self.identity = {}
        return [self._values(line) for line in cast("Sequence[GuardianLine]", rows)]

    def _values(self, line: GuardianLine) -> Values:
        read = self.identities.read(line)
        if read is not None:
            self.identity[self.key_of(line)] = read
        said = {"guardian": name_key(line.guardian), "is_primary": line.is_primary or None}
        return {**line.__dict__, **said, **(read.compared if read else {})}

    def _said(self, line: GuardianLine) -> Said:
        return self.identity.get(self.key_of(line), NOTHING_SAID).said

    def standing(self, rows: Sequence[Command]) -> State:
        """Return the guardians of the rows' pupils.

        A row of somebody who is a guardian since before its first day, is of that span.
        """
        spans: defaultdict[Key, list[AnyRow]] = defaultdict(list)
        for row in self.rows.guardians(numbers_of(rows)):
            spans[row.pupil_no, name_key(row.guardian)].append(row)
        self.there = {self.key_of(row): _guardian(row) for some in spans.values() for row in some}
        for line in cast("Sequence[GuardianLine]", rows):
            for row in spans.get((line.pupil_no, name_key(line.guardian)), ()):
                if row.since < line.since and (row.until is None or line.since < row.until):
                    self.there[self.key_of(line)] = _guardian(row)
        self.identities.hide(one for key, one in self.there.items() if key in self.identity)
        for key in self.there.keys() - self.identity.keys():
            self.there[key] |= {DOCUMENT.column: None, PHONE.column: None}
        return self.there

    # judging

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Refuse also what is wrong with a document or telephone, and a second primary contact."""
        problems = super().check(planned)
        for row in planned:
            line = _line(row)
            said = self._said(line)
            wrong = identity_problems(line, said, new=row.outcome is Outcome.ADDED)
            if line.is_primary and line.until is None:
                number = row.source.place.row or 0
                first = self.primary.setdefault(line.pupil_no, number)
                wrong += [] if first == number else [Problem(PrimaryTwice(first_row=first))]
            problems += [problem_at(row, problem.error) for problem in wrong]
        return problems

    # writing

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Record guardians, what is new of them, who is the primary contact, and who is none any more."""
        rows = in_order(planned)
        people = self._people([row for row in rows if row.outcome is Outcome.ADDED])
        for row in rows:
            if row.outcome is Outcome.ADDED:
                self._add(_line(row), people.get(self.key_of(_line(row))))
            else:
                self._change(row)

    def _people(self, added: Sequence[PlannedRow]) -> Mapping[Key, int]:
        """Return whom rows with a document mean, whom the county knows by it or who are recorded now.

        Somebody of that name, sex and birthday without any document is taken to be the one; then, as for a
        row without a document, the guardian is described.
        """
        documents = {self.key_of(line): self._said(line).document for line in map(_line, added)}
        indexes = {
            key: document_indexes(self.context, document)
            for key, document in documents.items()
            if document is not None
        }
        holders = self.people.holders([index for some in indexes.values() for index in some])
        found: dict[Key, int] = {}
        new: dict[bytes | Key, list[GuardianLine]] = {}
        for row in added:
            line, key = _line(row), self.key_of(_line(row))
            holder = next((holders[index] for index in indexes.get(key, ()) if index in holders), None)
            if holder is not None:
                found[key] = self._known(holder, line)
            elif key in indexes and not self._described(line):
                index = next(iter(indexes[key]), None)
                new.setdefault(index or key, []).append(line)
        return found | self._record(list(new.values()))

    def _known(self, person_id: int, line: GuardianLine) -> int:
        """Return the holder of a document, who must bear the name that the row says."""
        person = self.people.person(person_id)
        if person is None:
            raise taken_by(self.people, person_id).error
        if name_key(person.name) != name_key(line.guardian):
            raise NameDiffers(registered=person.name, said=line.guardian)
        return int(person.id)

    def _described(self, line: GuardianLine) -> bool:
        """Tell whether the county has exactly one such person, and no document of theirs."""
        sex, born = _sex_and_birth(line, self._said(line))
        if born is None:
            return False
        twin = self.circumstances.only_person(line.guardian, sex.code, born)
        return twin is not None and not self.people.documents_of([twin])

    def _record(self, new: Sequence[Sequence[GuardianLine]]) -> dict[Key, int]:
        """Record people at once, each for all the rows that mean them."""
        recordings = [PersonRecording(**self._person(some[0])) for some in new]
        recorded = PeopleService(self.context).record_people(recordings) if recordings else []
        return {
            self.key_of(line): int(one.person.id)
            for some, one in zip(new, recorded, strict=True)
            for line in some
        }

    def _person(self, line: GuardianLine) -> dict[str, Any]:
        said = self._said(line)
        sex, born = _sex_and_birth(line, said)
        return {"name": line.guardian, "sex": sex, "birth_date": born, **sensitive(said, PERSON)}

    def _add(self, line: GuardianLine, person_id: int | None) -> None:
        """Record one guardian; somebody who was only described is completed."""
        said = self._said(line)
        sex, born = _sex_and_birth(line, said)
        described = {"name": line.guardian, "sex": sex, "birth_date": born}
        whom: dict[str, Any] = described if person_id is None else {"person_id": person_id}
        command = GuardianRecord(relation=line.relation, is_primary=bool(line.is_primary), **whom)
        view = self.service.add_guardian(self.lookups.pupil(line.pupil_no), command, line.since)
        if person_id is None:
            self._correct(int(view.person_id), sensitive(said, PERSON))
        if line.until is not None:
            self.service.end_guardianship(view.id, line.until)

    def _correct(self, person_id: int, values: Mapping[str, Any]) -> None:
        if values:
            PeopleService(self.context).correct_person(person_id, PersonCorrection(**values))

    def _change(self, row: PlannedRow) -> None:
        line, there = _line(row), self.there[self.key_of(_line(row))]
        changed = {change.field: change.after for change in row.changes}
        said = self._said(line)
        plain: dict[str, Any] = {name: changed[name] for name in ("sex", "birth_date") if name in changed}
        self._correct(there["person_id"], {**plain, **sensitive(said, changed)})
        if "is_primary" in changed:
            self.service.choose_primary(there["id"])
        if "until" in changed:
            self.service.end_guardianship(there["id"], changed["until"])

    # exporting

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return everybody who is or was a guardian, documents masked and telephones left out."""
        some = [row for row in self.rows.guardians() if school in (None, row.school)]
        masked = self.identities.masked([{"person_id": row.person_id} for row in some])
        for row in some:
            there = _guardian(row)
            said = {name: there[name] for name in ("relation", "sex", "birth_date", "is_primary", "until")}
            shown = masked.get(row.person_id, {})
            at = {"pupil_no": row.pupil_no, "name": row.name, "since": row.since}
            yield GuardianLine(**at, guardian=row.guardian, **said, **shown)


def _line(row: PlannedRow) -> GuardianLine:
    return cast(GuardianLine, row.source.command)


def _guardian(row: AnyRow) -> dict[str, Any]:
    return {
        "relation": Relation(row.relation),
        "sex": Sex(row.sex),
        "birth_date": row.birth_date,
        "document_number": row.document_number,
        "phone": row.phone,
        "is_primary": row.is_primary,
        "until": row.until,
        "id": row.id,
        "person_id": row.person_id,
    }


def _sex_and_birth(line: GuardianLine, said: Said) -> tuple[Sex, Any]:
    """Return sex and birthday; what the row leaves out is taken from the document."""
    document = said.document
    sex = line.sex or (document.sex if document is not None else None) or Sex.UNSTATED
    return sex, line.birth_date or (document.birth_date if document is not None else None)
