"""The sheet of published figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, cast

from xuequ.core.errors import Problem
from xuequ.core.fields import Command
from xuequ.core.ids import take_ids
from xuequ.core.plan import Outcome, PlannedRow, State
from xuequ.registry.errors.figures import StatementPartUnknown
from xuequ.registry.facts.figures import StatementsRecorded
from xuequ.registry.models.figures import Statement
from xuequ.registry.rules.figures import read_printed
from xuequ.registry.schemas.set_up import StatementRow
from xuequ.registry.service.set_up.working import SetUpDesk, at_row


class StatementDesk(SetUpDesk):
    """The sheet of published figures, in the order in which they were published."""

    @cached_property
    def _there(self) -> State:
        return self.rows.statement_state()

    def standing(self, rows: Sequence[Command]) -> State:
        """Return the published figures."""
        return self._there

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Check that the figure is one, and that the whole that it is a part of is there."""
        wholes = {key[0] for key in self._there}
        wholes |= {cast(StatementRow, row.source.command).label for row in planned}
        found: list[Problem] = []
        for row in planned:
            command = cast(StatementRow, row.source.command)
            read = read_printed(command.printed)
            wrong = [read] if isinstance(read, Problem) else []
            if command.part_of and command.part_of not in wholes:
                wrong.append(Problem(StatementPartUnknown(whole=command.part_of)))
            found += at_row(row, wrong)
        return found

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Record new figures behind those that are there, and correct others."""
        added = [cast(StatementRow, row.source.command) for row in planned if row.outcome is Outcome.ADDED]
        first = len(self._there) + 1
        rows = ((first + index, *_stored(row).values()) for index, row in enumerate(added))
        columns = ("position", *StatementRow.model_fields)
        self.working.load(Statement, columns, self.working.keyed(take_ids(len(added)), rows))
        labels = [row.label for row in added]
        for row in planned:
            if row.outcome is Outcome.CHANGED:
                command = cast(StatementRow, row.source.command)
                stored = _stored(command)
                values = {change.field: stored[change.field] for change in row.changes}
                self.rows.change(Statement, self._there[(command.label,)]["id"], values)
                labels.append(command.label)
        if labels:
            fact = StatementsRecorded(district_id=self.working.here[1], labels=tuple(labels))
            self.context.announce(fact)

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return the published figures; they are the district's, and no school's."""
        for (label,), there in self._there.items() if school is None else ():
            yield StatementRow(
                label=label, **{k: v for k, v in there.items() if k in StatementRow.model_fields}
            )


def _stored(row: Command) -> dict[str, Any]:
    """Return a command's fields as columns hold them: codes as text."""
    return row.model_dump(mode="json")
