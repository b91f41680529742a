"""Traits of many pupils in memory: what rows make of them, written in three statements."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from xuequ.core.errors import Problem
from xuequ.core.ids import new_id
from xuequ.core.vault import Clear, Vault
from xuequ.registry.models.circumstances import TRAIT_NOTE, PupilTrait
from xuequ.registry.repository.circumstances import CircumstanceRows
from xuequ.registry.rules.circumstances import Change, Held, check_detail, decide_end, decide_trait
from xuequ.registry.states.circumstances import TraitDetail, TraitKind

COLUMNS = ("county_id", "id", "pupil_id", "kind", "detail", "since", "until", "note")


@dataclass(slots=True)
class TraitSpan:
    """A trait as it stands or is to be written."""

    id: int
    pupil_id: int
    kind: TraitKind
    detail: TraitDetail | None
    since: date
    until: date | None = None
    note: bytes | None = None
    stored: bool = False


class TraitDraft:
    """What is to become of pupils' traits; nothing is written before `write`."""

    def __init__(self, rows: CircumstanceRows, pupil_ids: Collection[int]) -> None:
        self.rows = rows
        self._touched: dict[int, TraitSpan] = {}
        self._last: dict[tuple[int, TraitKind], TraitSpan] = {}
        for row in rows.traits(pupil_ids):
            kind, detail = TraitKind(row.kind), TraitDetail(row.detail) if row.detail else None
            span = TraitSpan(row.id, row.pupil_id, kind, detail, row.since, row.until, row.note, stored=True)
            self._last[row.pupil_id, kind] = span

    @property
    def pupil_ids(self) -> tuple[int, ...]:
        """The pupils for whom something changes."""
        return tuple(sorted({span.pupil_id for span in self._touched.values()}))

    def last(self, pupil_id: int, kind: TraitKind) -> TraitSpan:
        """Return the last span of a kind that a pupil has."""
        return self._last[pupil_id, kind]

    def _held(self, pupil_id: int, kind: TraitKind) -> Held | None:
        span = self._last.get((pupil_id, kind))
        return None if span is None else Held(span.detail, span.since, span.until)

    def begin(
        self, pupil_id: int, kind: TraitKind, detail: TraitDetail | None, on: date
    ) -> Change | list[Problem]:
        """Let a trait hold from a day; return what that meant, or what is wrong with it."""
        found = check_detail(kind, detail)
        change = decide_trait(self._held(pupil_id, kind), kind, detail, on)
        if isinstance(change, Problem):
            return [*found, change]
        if found or change is Change.STAYS:
            return found or change
        if change is not Change.BEGINS:
            self._end(pupil_id, kind, on)
        span = TraitSpan(new_id(), pupil_id, kind, detail, on)
        self._last[pupil_id, kind] = self._touched[span.id] = span
        return change

    def end(self, pupil_id: int, kind: TraitKind, on: date) -> Change | list[Problem]:
        """Let a trait hold no longer from a day; return what that meant, or what is wrong with it."""
        change = decide_end(self._held(pupil_id, kind), kind, on)
        if isinstance(change, Problem):
            return [change]
        if change is not Change.STAYS:
            self._end(pupil_id, kind, on)
        return change

    def _end(self, pupil_id: int, kind: TraitKind, on: date) -> None:
        span = self._last[pupil_id, kind]
        span.until = on
        self._touched[span.id] = span

    def note(self, span: TraitSpan, sealed: bytes) -> None:
        """Let a sealed note stand beside a trait."""
        span.note = sealed
        self._touched[span.id] = span

    def write(self) -> None:
        """Write what gives way, what ends and what begins."""
        spans = self._touched.values()
        stored = [span for span in spans if span.stored]
        self.rows.erase(PupilTrait, [span.id for span in stored if span.until == span.since])
        kept = [(span.id, span.until, span.note) for span in stored if span.until != span.since]
        self.rows.change_many(PupilTrait, ("until", "note"), kept)
        county_id = self.rows.scope.county_id
        self.rows.load(
            PupilTrait,
            COLUMNS,
            (
                (
                    *(county_id, span.id, span.pupil_id, span.kind.code),
                    *(span.detail.code if span.detail else None, span.since, span.until, span.note),
                )
                for span in spans
                if not span.stored and span.until != span.since
            ),
        )


def seal_note(vault: Vault, span: TraitSpan, person_id: int, text: str) -> bytes:
    """Seal a note for the row that it is to stand in."""
    return vault.seal_many(TRAIT_NOTE, [Clear(span.id, person_id, text)])[0].ciphertext
