"""The sheet of holiday notices: the rows of a year together are one notice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, cast

from xuequ.core.context import Context
from xuequ.core.errors import CellRequired, Problem
from xuequ.core.fields import Command
from xuequ.core.intake import WRITTEN, Desk
from xuequ.core.plan import Key, Outcome, PlannedRow, State
from xuequ.registry.errors.calendar import NoticeLacksDay, NoticeRowsDiffer, NoticeRowSplit
from xuequ.registry.repository.books.calendar import EVER_YEARS, CalendarBookRows
from xuequ.registry.rules.calendar import Notice, each_day
from xuequ.registry.rules.calendar_checks import check_notice
from xuequ.registry.schemas.books.calendar import NoticeRow
from xuequ.registry.schemas.calendar import Holiday, HolidayNoticeCommand, NoticeView
from xuequ.registry.service.books.desk import filled, problem_at
from xuequ.registry.service.calendar import CalendarService
from xuequ.registry.service.calendar_views import stretches
from xuequ.registry.states.calendar import EntryState, NoticeDay

OF_NOTICE = ("number", "authority")
"""What the rows of a year must agree on."""


class NoticeDesk(Desk):
    """The sheet of holiday notices.

    Rows of a year that has a notice already change that notice: what they do not speak of stays in it.
    """

    def __init__(self, context: Context) -> None:
        self.calendar = CalendarService(context)
        self.rows = CalendarBookRows(context.session, context.scope, context.place)
        self.there: dict[Key, dict[str, Any]] = {}
        self.agreed: dict[tuple[int, str], str] = {}

    def standing(self, rows: Sequence[Command]) -> State:
        """Return what these years' notices say, and as withdrawn what only an earlier edition said."""
        self.there = {}
        for year in sorted({cast("NoticeRow", row).year for row in rows}):
            known: dict[Key, dict[str, Any]] = {}
            for edition in self.calendar.notices(year):
                known = {key: {**values, "state": EntryState.WITHDRAWN} for key, values in known.items()}
                known |= _entries(edition)
            self.there |= known
        return self.there

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Say what speaks against the notices that come of these rows, once at each row that is the cause."""
        found = list(self._disagreeing(planned))
        for year, rows in _by_year(planned).items():
            found += self._check_year(year, rows)
        return list({(problem.error.code, problem.place): problem for problem in found}.values())

    def _disagreeing(self, planned: Iterable[PlannedRow]) -> Iterator[Problem]:
        for row in planned:
            command = _command(row)
            if row.outcome not in WRITTEN and self._is_gone(command):
                continue
            for field in OF_NOTICE:
                said = getattr(command, field)
                before = self.agreed.setdefault((command.year, field), said) if said else said
                if said != before:
                    yield problem_at(row, NoticeRowsDiffer(year=command.year, said=said, before=before))

    def _is_gone(self, row: NoticeRow) -> bool:
        return self.there.get(_key(row), {}).get("state") is EntryState.WITHDRAWN

    def _check_year(self, year: int, rows: Sequence[PlannedRow]) -> Iterator[Problem]:
        for row in rows:
            command = self._filled(_command(row))
            if row.outcome is Outcome.ADDED and not _holds(command):
                yield problem_at(row, NoticeLacksDay(year=year, day=str(command.first)))
            elif command.kind is NoticeDay.OFF and not command.name:
                yield problem_at(row, CellRequired())
        whole = self._whole(year, rows)
        off = [day for row in whole if row.kind is NoticeDay.OFF for day in _days(row)]
        works = [row.first for row in whole if row.kind is NoticeDay.WORK]
        problems = check_notice(year, off, works)
        for problem in problems:
            yield problem_at(_cause(rows, getattr(problem.error, "day", "")), problem.error)
        if not problems:
            yield from self._split(year, rows, whole)

    def _split(self, year: int, rows: Sequence[PlannedRow], whole: Sequence[NoticeRow]) -> Iterator[Problem]:
        """Refuse rows that would not read back as they are."""
        off = {day: row.name for row in whole if row.kind is NoticeDay.OFF for day in _days(row)}
        spans = {(days[0], days[-1]) for days in stretches(Notice(year, off, frozenset()))}
        for row in rows:
            command = self._filled(_command(row))
            first, last = command.first, command.last or command.first
            alone = first == last if command.kind is NoticeDay.WORK else (first, last) in spans
            if _holds(command) and not alone:
                yield problem_at(row, NoticeRowSplit(first=str(first), last=str(last)))

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Record the notices, the rows of a year as one."""
        for year, rows in _by_year(planned).items():
            self.calendar.record_holiday_notice(self._command(year, rows))

    def _command(self, year: int, rows: Sequence[PlannedRow]) -> HolidayNoticeCommand:
        whole = self._whole(year, rows)
        said = {name: value for row in whole for name in OF_NOTICE if (value := getattr(row, name))}
        said |= {name: value for row in rows for name in OF_NOTICE if (value := getattr(_command(row), name))}
        holidays = [
            Holiday(name=row.name, first=row.first, last=row.last or row.first)
            for row in whole
            if row.kind is NoticeDay.OFF
        ]
        works = [row.first for row in whole if row.kind is NoticeDay.WORK]
        return HolidayNoticeCommand(year=year, holidays=tuple(holidays), works=tuple(works), **said)

    def _whole(self, year: int, rows: Sequence[PlannedRow]) -> list[NoticeRow]:
        """Return the rows of the notice that holds, changed by rows of the file."""
        spoken = {_key(_command(row)): self._filled(_command(row)) for row in rows}
        stays = {
            key: NoticeRow(year=year, kind=key[1], first=key[2], **values)
            for key, values in self.there.items()
            if key[0] == year and values["state"] is EntryState.VALID
        }
        return [row for row in (stays | spoken).values() if _holds(row)]

    def _filled(self, row: NoticeRow) -> NoticeRow:
        """Return a row with what it does not say as it stands."""
        there = self.there.get(_key(row), {})
        return filled(row, {name: there[name] for name in ("name", "last") if there})

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return the recorded notices that hold; they are the place's, and no school's."""
        years = {row.year for row in self.rows.notices(*EVER_YEARS)} if school is None else set[int]()
        for year in sorted(years):
            holding = self.calendar.notices(year)[-1]
            for (_, kind, first), values in _entries(holding).items():
                yield NoticeRow(year=year, kind=kind, first=first, **values)


def _entries(edition: NoticeView) -> dict[Key, dict[str, Any]]:
    """Return what an edition of a notice says, entry by entry; the library's names no document of its own."""
    spans = [(NoticeDay.OFF, holiday.name, holiday.first, holiday.last) for holiday in edition.holidays]
    spans += [(NoticeDay.WORK, "", day, day) for day in edition.works]
    of_notice = {name: getattr(edition, name) if edition.edition else "" for name in OF_NOTICE}
    return {
        (edition.year, kind, first): {"name": name, "last": last, **of_notice, "state": EntryState.VALID}
        for kind, name, first, last in spans
    }


def _command(row: PlannedRow) -> NoticeRow:
    return cast("NoticeRow", row.source.command)


def _key(row: NoticeRow) -> Key:
    return row.year, row.kind, row.first


def _holds(row: NoticeRow) -> bool:
    return row.state is EntryState.VALID


def _days(row: NoticeRow) -> Iterator[date]:
    return each_day(row.first, row.last or row.first)


def _by_year(planned: Iterable[PlannedRow]) -> dict[int, list[PlannedRow]]:
    """Return the rows that are written by the year of their notice."""
    found: dict[int, list[PlannedRow]] = defaultdict(list)
    for row in planned:
        if row.outcome in WRITTEN:
            found[_command(row).year].append(row)
    return found


def _cause(rows: Sequence[PlannedRow], day: str) -> PlannedRow:
    """Return the last row that names a day; the first one where none does."""
    naming = [row for row in rows if day in map(str, _days(_command(row)))]
    return naming[-1] if naming else rows[0]
