"""The workbook of pupils' circumstances: traits and residences; guardians stand beside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from pydantic import SecretStr

from xuequ.core.context import Context
from xuequ.core.fields import Command
from xuequ.core.intake import Book, Desk, Hidden
from xuequ.core.plan import Key, Outcome, PlannedRow, State, Values
from xuequ.core.vault import Closed, SealedColumn
from xuequ.registry.models.circumstances import ADDRESS
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.schemas.books.circumstances import ResidenceLine, TraitLine
from xuequ.registry.schemas.circumstances import ResidenceRow, TraitRow
from xuequ.registry.service.books.desk import Lookups
from xuequ.registry.service.books.guardians import GuardianDesk
from xuequ.registry.service.books.spans import SpanDesk, in_order, numbers_of
from xuequ.registry.states.circumstances import ResidenceKind, TraitDetail, TraitKind
from xuequ.registry.templates.circumstances import CIRCUMSTANCES

COMPARED_ADDRESS: SealedColumn = replace(ADDRESS, index="address_index")
"""The address as it is compared: by an index that is stored nowhere."""


class TraitDesk(SpanDesk):
    """The sheet of traits."""

    sheet = "traits"
    changeable = lasting = frozenset({"detail", "until"})

    def standing(self, rows: Sequence[Command]) -> State:
        """Return the traits of the rows' pupils.

        A row that says of a later day what holds then anyway, is of the span that holds it.
        """
        spans: defaultdict[Key, list[AnyRow]] = defaultdict(list)
        for row in self.rows.traits(numbers_of(rows)):
            spans[row.pupil_no, row.kind].append(row)
        self.there = {
            (row.pupil_no, TraitKind(row.kind), row.since): _trait(row)
            for some in spans.values()
            for row in some
        }
        for line in cast("Sequence[TraitLine]", rows):
            for row in spans.get((line.pupil_no, line.kind.code), ()):
                same_detail = line.detail is None or line.detail == row.detail
                if same_detail and row.since < line.since and (row.until is None or line.since < row.until):
                    self.there[self.key_of(line)] = _trait(row)
        return self.there

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Record the begins and ends of traits, each school's together."""
        by_school: defaultdict[str, list[TraitRow]] = defaultdict(list)
        for row in in_order(planned):
            line = cast(TraitLine, row.source.command)
            by_school[self.lookups.pupils[line.pupil_no].school or ""] += self._rows(row, line)
        for school, some in by_school.items():
            self.service.record_traits(school, some)

    def _rows(self, row: PlannedRow, line: TraitLine) -> Iterable[TraitRow]:
        said: dict[str, Any] = {"pupil_no": line.pupil_no, "kind": line.kind}
        changed = {change.field for change in row.changes}
        if row.outcome is Outcome.ADDED or "detail" in changed:
            yield TraitRow(**said, detail=line.detail, on=line.since)
        if line.until is not None and (row.outcome is Outcome.ADDED or "until" in changed):
            yield TraitRow(**said, on=line.until, holds=False)

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return all that was and is true of pupils."""
        for row in self.rows.traits():
            if school in (None, row.school):
                at = {"pupil_no": row.pupil_no, "name": row.name, "since": row.since}
                yield TraitLine(**at, kind=TraitKind(row.kind), **_trait(row))


def _trait(row: AnyRow) -> dict[str, Any]:
    return {"detail": TraitDetail(row.detail) if row.detail else None, "until": row.until}


class ResidenceDesk(SpanDesk):
    """The sheet of residences; only the present one of a kind may be corrected."""

    sheet = "residences"
    changeable = lasting = frozenset({"area", "address"})

    def said(self, rows: Sequence[Command]) -> Sequence[Values]:
        """Return what rows say, with a token for the address."""
        return [{**line.__dict__, "address": self._token(line.address)} for line in _residences(rows)]

    def _token(self, address: SecretStr | None) -> Hidden | None:
        if address is None:
            return None
        return Hidden(self.context.vault.index(COMPARED_ADDRESS, address.get_secret_value()) or b"")

    def standing(self, rows: Sequence[Command]) -> State:
        """Return the residences of the rows' pupils; addresses as tokens where rows say some."""
        telling = {self.key_of(line) for line in _residences(rows) if line.address is not None}
        there = {_key(row): row for row in self.rows.residences(numbers_of(rows))}
        opened = self._opened([row for key, row in there.items() if key in telling])
        self.there = {
            key: {"area": row.area, "address": self._token(opened.get(key)), "until": row.until}
            for key, row in there.items()
        }
        return self.there

    def _opened(self, rows: Iterable[AnyRow]) -> dict[Key, SecretStr]:
        """Return the addresses of residences that have one."""
        some = [row for row in rows if row.address is not None]
        closed = [Closed(row.id, row.owner_id, row.address) for row in some]
        texts = self.context.vault.open_many(ADDRESS, closed)
        return {_key(row): SecretStr(text) for row, text in zip(some, texts, strict=True)}

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Record residences as they followed on each other."""
        rows = in_order(planned)
        stay = self._addresses([_residence(row) for row in rows if row.outcome is Outcome.CHANGED])
        self.service.record_residences(
            [
                self._command(line, line.address or stay.get(self.key_of(line)))
                for line in map(_residence, rows)
            ]
        )

    def _command(self, line: ResidenceLine, address: SecretStr | None) -> ResidenceRow:
        return ResidenceRow(
            pupil_id=self.lookups.pupil(line.pupil_no),
            kind=line.kind,
            area=line.area,
            address=address.get_secret_value() if address else "",
            since=line.since,
        )

    def _addresses(self, changed: Collection[ResidenceLine]) -> Mapping[Key, SecretStr]:
        """Return the addresses that stay where a row says another area and no address."""
        silent = {self.key_of(line) for line in changed if line.address is None}
        there = self.rows.residences({key[0] for key in silent})
        return self._opened(row for row in there if _key(row) in silent)

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return where pupils were and are registered, and lived and live, without the addresses."""
        for row in self.rows.residences():
            if school in (None, row.school):
                at = {"pupil_no": row.pupil_no, "name": row.name, "since": row.since}
                yield ResidenceLine(**at, kind=ResidenceKind(row.kind), area=row.area)


def _key(row: AnyRow) -> Key:
    return row.pupil_no, ResidenceKind(row.kind), row.since


def _residences(rows: Sequence[Command]) -> Sequence[ResidenceLine]:
    return cast("Sequence[ResidenceLine]", rows)


def _residence(row: PlannedRow) -> ResidenceLine:
    return cast(ResidenceLine, row.source.command)


def _desks(context: Context) -> Mapping[str, Desk]:
    lookups = Lookups(context)
    return {
        "traits": TraitDesk(lookups),
        "guardians": GuardianDesk(lookups),
        "residences": ResidenceDesk(lookups),
    }


CIRCUMSTANCES_BOOK = Book(CIRCUMSTANCES, _desks, stale="学生情况")
