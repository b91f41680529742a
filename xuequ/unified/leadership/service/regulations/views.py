"""Readings of regulations: what is in force on which day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from xuequ.core.context import At, reading
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.leadership.actions.regulations import VIEW_REGULATIONS
from xuequ.unified.leadership.errors.regulations import RegulationUnknown
from xuequ.unified.leadership.repository.regulations import RegulationRows
from xuequ.unified.leadership.rules.regulations import Force, in_force, state_on
from xuequ.unified.leadership.schemas.regulations import DeliberationView, RegulationView, VersionView
from xuequ.unified.leadership.service.basis import OfficeService
from xuequ.unified.leadership.states.regulations import Body, RegulationKind, VersionState


class RegulationViews(OfficeService):
    """Which regulations there are, and which version of each is in force on any day."""

    @property
    def _rows(self) -> RegulationRows:
        return RegulationRows(self.context.session, self.context.scope, self.context.place)

    @reading(VIEW_REGULATIONS, at=At.SCHOOL)
    def regulations(self, school: str | None = None, on: date | None = None) -> list[VersionView]:
        """List what is in force on a day, by code.

        Args:
            school: as seen from a school, the district's and its own; all of them when left out.
            on: the day; today when left out.
        """
        self.context.permit(VIEW_REGULATIONS, school=school or "")
        day, seen_by = on or self.context.today, self._school_id(school)
        regulations = self._rows.regulations()
        versions = self._versions_of([row.id for row in regulations])
        held: list[VersionView] = []
        for row in regulations:
            if seen_by is not None and row.school_id not in (None, seen_by):
                continue
            base = None if row.base_id is None else map(force_of, versions[row.base_id])
            force = in_force(map(force_of, versions[row.id]), day, base)
            found = [one for one in versions[row.id] if force is not None and one.id == force.version_id]
            held += self._views(row, found, day)
        return held

    @reading(VIEW_REGULATIONS, at=At.SCHOOL)
    def in_force(self, code: str, school: str | None = None, on: date | None = None) -> VersionView | None:
        """Return which version of a regulation is in force on a day, None when none is.

        Args:
            code: the regulation's.
            school: as seen from a school, which knows the district's and its own only.
            on: the day; today when left out.

        Raises:
            RegulationUnknown: when there is none of that code, or none that the school sees.
        """
        found = [one for one in self.regulations(school, on) if one.code == code]
        if not found:
            self._seen(code, school)
        return found[0] if found else None

    @reading(VIEW_REGULATIONS, at=At.SCHOOL)
    def versions(self, code: str, school: str | None = None, on: date | None = None) -> list[VersionView]:
        """List every version of a regulation with where it stands on a day, the first ones first.

        Raises:
            RegulationUnknown: when there is none of that code, or none that the school sees.
        """
        self.context.permit(VIEW_REGULATIONS, school=school or "")
        row = self._seen(code, school)
        return self._views(row, self._rows.versions([row.id]), on or self.context.today)

    # what writing needs too

    def _seen(self, code: str, school: str | None) -> AnyRow:
        row = self._rows.regulation_of(code)
        if row is None or (school is not None and row.school not in (None, school)):
            raise RegulationUnknown(regulation=code)
        return row

    def _regulation(self, regulation_id: int) -> AnyRow:
        row = self._rows.regulation(regulation_id)
        if row is None:
            raise RegulationUnknown(regulation=str(regulation_id))
        return row

    def _versions_of(self, regulation_ids: Sequence[int]) -> dict[int, list[AnyRow]]:
        found: dict[int, list[AnyRow]] = defaultdict(list)
        for row in self._rows.versions(regulation_ids):
            found[row.regulation_id].append(row)
        return found

    def _view(self, version_id: int) -> VersionView:
        row = self._rows.version(version_id)
        assert row is not None, "it was written in this use case"
        return self._views(self._regulation(row.regulation_id), [row], self.context.today)[0]

    def _views(self, regulation: AnyRow, rows: Sequence[AnyRow], on: date) -> list[VersionView]:
        passed: dict[int, list[AnyRow]] = defaultdict(list)
        for one in self._rows.deliberations([row.id for row in rows]) if rows else ():
            passed[one.version_id].append(one)
        return [_version_view(regulation, row, passed[row.id], on) for row in rows]


def force_of(row: AnyRow) -> Force:
    """Turn a row into what rules take."""
    ended = VersionState(row.ended) if row.ended else None
    return Force(row.id, row.number, VersionState(row.state), row.since, row.until, ended)


def regulation_view(row: AnyRow) -> RegulationView:
    """Turn a row into a view."""
    kind = RegulationKind(row.kind)
    return RegulationView(
        id=row.id, code=row.code, title=row.title, kind=kind, school=row.school, implements=row.implements
    )


def _version_view(regulation: AnyRow, row: AnyRow, passed: Sequence[AnyRow], on: date) -> VersionView:
    return VersionView(
        id=row.id,
        regulation_id=regulation.id,
        code=regulation.code,
        title=regulation.title,
        school=regulation.school,
        number=row.number,
        state=state_on(force_of(row), on),
        text_sha256=row.text_sha256,
        drafted_on=row.drafted_on,
        deliberations=tuple(
            DeliberationView(
                body=Body(one.body),
                held_on=one.held_on,
                minutes_no=one.minutes_no,
                counts=one.text_sha256 == row.text_sha256,
            )
            for one in passed
        ),
        issued_on=row.issued_on,
        document_no=row.document_no,
        since=row.since,
        until=row.until,
    )
