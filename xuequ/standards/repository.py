"""Every query about values that counties and districts have set themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Exists, Row, exists, or_, select, update
from sqlalchemy.orm import Session

from xuequ.core.context import Scope
from xuequ.core.spans import DaySpan
from xuequ.core.standards import Standard, Standards
from xuequ.standards.models import OwnValue
from xuequ.standards.national import national
from xuequ.standards.notation import parse_value, read_kind

AnyRow = Row[*tuple[Any, ...]]
_COLUMNS = OwnValue.__table__.columns


def own_exists(county_id: Any, district_id: Any = None) -> Exists:
    """Return the condition that a county, or a district of it, has set anything.

    Args:
        county_id, district_id: columns of the statement that the condition becomes part of.
    """
    counts = exists().where(OwnValue.county_id == county_id, OwnValue.replaced_by == 0)
    if district_id is None:
        return counts.where(OwnValue.district_id.is_(None))
    return counts.where(or_(OwnValue.district_id.is_(None), OwnValue.district_id == district_id))


class OwnValueRows:
    """Questions within one scope: a county's own values, and at a district's door those of both."""

    def __init__(self, session: Session, scope: Scope) -> None:
        self.session = session
        self.scope = scope

    def _here(self) -> ColumnElement[bool]:
        of_county = OwnValue.district_id.is_(None)
        if self.scope.district_id is None:
            return of_county
        return or_(of_county, OwnValue.district_id == self.scope.district_id)

    def counting(self) -> Sequence[AnyRow]:
        """Return every value that counts."""
        query = select(*_COLUMNS).where(OwnValue.county_id == self.scope.county_id, self._here())
        return self.session.execute(query.where(OwnValue.replaced_by == 0)).all()

    def known_at(self, instant: datetime) -> Sequence[AnyRow]:
        """Return every value that counted at an instant."""
        query = select(*_COLUMNS).where(
            OwnValue.county_id == self.scope.county_id,
            self._here(),
            OwnValue.recorded_at <= instant,
            or_(OwnValue.withdrawn_at.is_(None), OwnValue.withdrawn_at > instant),
        )
        return self.session.execute(query).all()

    def history(self, key: str) -> Sequence[AnyRow]:
        """Return every value of a key, also those withdrawn, by place, day and when it was recorded."""
        query = select(*_COLUMNS).where(
            OwnValue.county_id == self.scope.county_id, self._here(), OwnValue.key == key
        )
        ordered = query.order_by(OwnValue.place, OwnValue.since, OwnValue.recorded_at, OwnValue.id)
        return self.session.execute(ordered).all()

    def lock(self, key: str, place: str) -> Sequence[AnyRow]:
        """Return the values of a key at one place that count, locked in the order of their ids."""
        query = select(*_COLUMNS).where(
            OwnValue.county_id == self.scope.county_id,
            OwnValue.place == place,
            OwnValue.key == key,
            OwnValue.replaced_by == 0,
        )
        return self.session.execute(query.order_by(OwnValue.id).with_for_update()).all()

    def end(self, value_id: int, until: date) -> None:
        """End a value on a day."""
        self._change(value_id, until=until)

    def withdraw(self, value_id: int, replaced_by: int, at: datetime) -> None:
        """Make a value count no longer."""
        self._change(value_id, replaced_by=replaced_by, withdrawn_at=at)

    def _change(self, value_id: int, **values: Any) -> None:
        one = (OwnValue.county_id == self.scope.county_id, OwnValue.id == value_id)
        self.session.execute(update(OwnValue).where(*one).values(**values))

    def add(self, **values: Any) -> None:
        """Record a value."""
        self.session.add(OwnValue(county_id=self.scope.county_id, **values))
        self.session.flush()


def load_standards(session: Session, scope: Scope, place: str) -> Standards:
    """Return what holds at a place; without values of its own no statement is sent."""
    above = national(place)
    if not scope.has_standards:
        return above
    return above.with_own(as_standard(row, above) for row in OwnValueRows(session, scope).counting())


def as_standard(row: AnyRow, above: Standards) -> Standard:
    """Return a row as rules take it."""
    declared = above.declared.get(row.key)
    return Standard(
        key=row.key,
        value=parse_value(read_kind(row.kind), row.value),
        span=DaySpan(row.since, row.until),
        unit=row.unit,
        place=row.place,
        authority=row.authority,
        article=row.article,
        checked=row.checked,
        label=declared.label if declared else "",
        note=row.reason,
    )
