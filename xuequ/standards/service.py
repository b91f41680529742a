"""Use cases of rule parameters: what holds here, and what county and district set themselves."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, cast

from xuequ.core.context import Service, reading, use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.ids import new_id
from xuequ.core.plan import Outcome, Plan
from xuequ.core.settings import CHINA
from xuequ.core.spans import DaySpan
from xuequ.core.standards import Declaration, Standard, Standards
from xuequ.core.workbook import Reading
from xuequ.standards.actions import RECORD, VIEW
from xuequ.standards.errors import KeyUnknown
from xuequ.standards.facts import StandardRecorded
from xuequ.standards.importing import check_fresh, make_plan
from xuequ.standards.national import national
from xuequ.standards.notation import parse_value, read_kind, write_value
from xuequ.standards.repository import AnyRow, OwnValueRows, as_standard
from xuequ.standards.rules import Fit, Held, check_own, fit_in
from xuequ.standards.schemas import OwnValueView, StandardValue, StandardView
from xuequ.standards.states import Checked

_REPEATED = ("district_id", "place", "key", "value", "kind", "unit", "authority", "article", "checked")


def list_rules(
    standards: Standards, key: str | None = None, *, on: date, unchecked: bool = False
) -> list[StandardView]:
    """List the keys there are with what holds on a day, by key.

    Args:
        key: a key, or the beginning of some: ``"party.dues"``.
        unchecked: only values whose text was not read.
    """
    found: list[StandardView] = []
    for name in sorted(standards.declared):
        if key is not None and name != key and not name.startswith(f"{key}."):
            continue
        view = rule_view(standards.declared[name], standards.find(name, on=on))
        if not unchecked or (view.is_set and view.checked != Checked.TEXT.value):
            found.append(view)
    return found


def rule_view(declared: Declaration, one: Standard | None) -> StandardView:
    """Return one value of a key as a view; without one, that it is not set."""
    return StandardView(
        key=declared.key,
        label=declared.label,
        kind=declared.kind,
        unit=declared.unit,
        value=None if one is None else write_value(one.value),
        set_by=declared.set_by,
        place=one.place if one else "",
        since=one.span.since if one else None,
        until=one.span.until if one else None,
        authority=one.authority if one else "",
        article=one.article if one else "",
        checked=one.checked if one else "",
        strength=one.strength if one else "",
        bound=one.bound if one else "",
        note=one.note if one else declared.note,
    )


class StandardsService(Service):
    """Rule parameters 规则参数 of the door's place."""

    @property
    def _rows(self) -> OwnValueRows:
        return OwnValueRows(self.context.session, self.context.scope)

    @reading(VIEW)
    def listed(
        self, key: str | None = None, on: date | None = None, unchecked: bool = False
    ) -> list[StandardView]:
        """List the rule parameters that hold here on a day, and those that nobody has set.

        Args:
            key: a key, or the beginning of some: ``"party.dues"``.
            on: today when left out.
            unchecked: only values whose text was not read.
        """
        day = on or self.context.today
        return list_rules(self.context.standards, key, on=day, unchecked=unchecked)

    @reading(VIEW)
    def history(self, key: str) -> list[OwnValueView]:
        """Return every value of a key that was set here, also those withdrawn by a correction.

        Raises:
            KeyUnknown: when there is no such key.
        """
        self._declared(key)
        return [_view(row) for row in self._rows.history(key)]

    @reading(VIEW)
    def as_known(self, known: date) -> Standards:
        """Return what was known at the end of a day, for computing a figure of that time anew.

        It gives the old answers for days up to that one, whatever was recorded or corrected since.
        """
        above = national(self.context.place)
        end = datetime.combine(known, time.max, tzinfo=CHINA)
        return above.with_own(as_standard(row, above) for row in self._rows.known_at(end))

    @use_case(RECORD)
    def record(self, command: StandardValue) -> OwnValueView:
        """Set a value for the door's place; the value before it ends where it begins.

        What a county sets holds in all its districts, unless a district sets its own.

        Raises:
            KeyUnknown: when there is no such key.
            ValueUnreadable: when the value is not of the key's kind.
            NotForYou, BelowFloor, AboveCeiling, CountySets: when a source above forbids it.
            Backdated: for days that have passed, without a reason.
            LaterValueThere: when it would reach into a value that is recorded for later.
        """
        view = self._record(command)
        self.context.forget()
        return view

    @reading(RECORD)
    def plan_import(self, book: Reading) -> Plan:
        """Compare a file of values with what is set here; nothing is written.

        Args:
            book: read from a workbook by the template ``standards.values``, or from TOML by
                `importing.read_toml`.
        """
        counting = self._rows.counting()

        def foresee(command: StandardValue) -> list[Problem]:
            held = [
                _held(row) for row in counting if (row.key, row.place) == (command.key, self.context.place)
            ]
            found = self._check(command)
            fit = fit_in(command.key, self._own(command).span, held, self.context.today, command.reason)
            return [*found, fit] if isinstance(fit, Problem) else found

        return make_plan(book, self._rows, national(self.context.place), foresee)

    @use_case(RECORD)
    def import_values(self, plan: Plan) -> None:
        """Set every value of a plan, all or none.

        Raises:
            Problems: when the plan holds problems.
            Stale: when what is set here has changed since the plan was made.
        """
        refuse_if(list(plan.problems))
        check_fresh(plan, self._rows)
        commands = [cast(StandardValue, row.source.command) for row in plan.of("values", *_WRITTEN)]
        for command in sorted(commands, key=lambda one: (one.key, one.since)):
            self._record(command)
        self.context.forget()

    def _declared(self, key: str) -> Declaration:
        declared = national(self.context.place).declared.get(key)
        if declared is None:
            raise KeyUnknown(key=key)
        return declared

    def _own(self, command: StandardValue) -> Standard:
        declared = self._declared(command.key)
        return Standard(
            key=command.key,
            value=parse_value(read_kind(declared.kind), command.value),
            span=DaySpan(command.since, command.until),
            place=self.context.place,
            unit=declared.unit,
            checked=command.checked.value,
            label=declared.label,
        )

    def _check(self, command: StandardValue) -> list[Problem]:
        """Return what speaks against a value, whatever is recorded already."""
        own = self._own(command)
        return check_own(own, self._declared(own.key), self.context.standards.of(own.key))

    def _record(self, command: StandardValue) -> OwnValueView:
        refuse_if(self._check(command))
        own = self._own(command)
        rows = {row.id: row for row in self._rows.lock(own.key, own.place)}
        held = [_held(row) for row in rows.values()]
        fit = fit_in(own.key, own.span, held, self.context.today, command.reason)
        if isinstance(fit, Problem):
            raise fit.error
        value_id = self._make_room(fit, rows)
        values = {
            "id": value_id,
            "district_id": self.context.scope.district_id,
            "place": own.place,
            "key": own.key,
            "since": fit.span.since,
            "until": fit.span.until,
            "value": write_value(own.value),
            "kind": self._declared(own.key).kind,
            "unit": own.unit,
            "authority": command.authority,
            "article": command.article,
            "checked": command.checked.value,
            "reason": command.reason,
        }
        self._add(values)
        self.context.announce(
            StandardRecorded(
                value_id=value_id,
                key=own.key,
                place=own.place,
                value=write_value(own.value),
                since=fit.span.since,
                until=fit.span.until,
                authority=command.authority,
                reason=command.reason,
            )
        )
        return next(_view(row) for row in self._rows.history(own.key) if row.id == value_id)

    def _make_room(self, fit: Fit, rows: dict[int, AnyRow]) -> int:
        """End and withdraw what the new value displaces, keep the rest; return the new value's id."""
        value_id = new_id()
        for one in fit.ended:
            self._rows.end(one, fit.span.since)
        for one in fit.withdrawn:
            self._rows.withdraw(one, value_id, self.context.now)
        for one, span in fit.kept:
            repeated = {name: getattr(rows[one], name) for name in _REPEATED}
            reason = rows[one].reason
            self._add({**repeated, "reason": reason, "since": span.since, "until": span.until})
        return value_id

    def _add(self, values: dict[str, Any]) -> None:
        now, actor = self.context.now, str(self.context.actor)
        self._rows.add(recorded_at=now, recorded_by=actor[:200], replaced_by=0, withdrawn_at=None, **values)


_WRITTEN = (Outcome.ADDED, Outcome.CHANGED)


def _held(row: AnyRow) -> Held:
    return Held(row.id, DaySpan(row.since, row.until))


def _view(row: AnyRow) -> OwnValueView:
    return OwnValueView(
        id=row.id,
        key=row.key,
        place=row.place,
        value=row.value,
        kind=row.kind,
        unit=row.unit,
        since=row.since,
        until=row.until,
        authority=row.authority,
        article=row.article,
        checked=Checked(row.checked),
        reason=row.reason,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        withdrawn_at=row.withdrawn_at,
        replaced_by=row.replaced_by or None,
    )
