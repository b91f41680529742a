"""Errors: kinds, stable codes and typed fields; what they say stands in a TOML file beside the module.

Every concrete error is a keyword-only dataclass with a `code`. Its Chinese and English message and
remedy stand in ``errors.toml`` beside ``errors.py``, so a text never has to be looked for in code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar, dataclass_transform


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a workbook something stands: sheet, row as Excel counts it, heading and cell text."""

    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""

    def __str__(self) -> str:
        parts = [f"表“{self.sheet}”" if self.sheet else "", f"第{self.row}行" if self.row else ""]
        parts += [f"“{self.column}”栏" if self.column else "", f"（{self.value}）" if self.value else ""]
        return "".join(parts)


@dataclass_transform(kw_only_default=True, eq_default=False)
class XuequError(Exception):
    """Base of all errors that this library raises on purpose."""

    code: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        dataclass(kw_only=True, eq=False, repr=False)(cls)

    def facts(self) -> dict[str, Any]:
        """Return the typed fields by name, as a host logs them or turns them into JSON."""
        return {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

    def message(self, language: str = "zh") -> str:
        """Say what is wrong, in ``"zh"`` or ``"en"``."""
        return _texts(type(self))[language].format(**self.facts())

    def remedy(self, language: str = "zh") -> str:
        """Say what to do about it, in ``"zh"`` or ``"en"``."""
        return _texts(type(self))[f"{language}_remedy"].format(**self.facts())

    def __str__(self) -> str:
        return f"{self.message()} {self.remedy()}[{self.code}]"

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.code}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.facts())


def _rebuild(kind: type[XuequError], values: dict[str, Any]) -> XuequError:
    return kind(**values)


@cache
def texts_beside(module: str) -> dict[str, dict[str, str]]:
    """Return code → texts (``zh``, ``zh_remedy``, ``en``, ``en_remedy``) of a module, read once.

    The texts of ``xuequ.registry.errors.places`` stand in ``places.toml`` beside it.
    """
    package, _, name = module.rpartition(".")
    return tomllib.loads(files(package).joinpath(f"{name}.toml").read_text("utf-8"))


def catalogue() -> dict[str, dict[str, str]]:
    """Return the texts of every module of errors that is imported."""
    modules = sorted({kind.__module__ for kind in concrete_errors()})
    return {code: texts for module in modules for code, texts in texts_beside(module).items()}


def _texts(kind: type[XuequError]) -> dict[str, str]:
    return texts_beside(kind.__module__)[kind.code]


def concrete_errors() -> Iterable[type[XuequError]]:
    """Walk every error class that has a code of its own."""
    waiting = [XuequError]
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        if "code" in vars(kind) and kind.code:
            yield kind


# The six kinds. A host maps kinds to its own answers; there is no HTTP status here.


class NotFound(XuequError):
    """What was named does not exist, or not for this scope."""


class Conflict(XuequError):
    """It contradicts what is already there, or what somebody else has just changed."""


class NotPermitted(XuequError):
    """The actor may not do this here."""


class Invalid(XuequError):
    """The input cannot be read or is not a value of its kind."""


class RuleBroken(XuequError):
    """A rule of the domain refuses it."""


class Busy(XuequError):
    """The database cannot do it just now; the same call may succeed later."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where it stands if it came from a file."""

    error: XuequError
    place: Place | None = None

    def text(self, language: str = "zh") -> str:
        """Say where, what and what to do in one line."""
        where = f"{self.place}：" if self.place and str(self.place) else ""
        return f"{where}{self.error.message(language)} {self.error.remedy(language)}"


class Problems(RuleBroken):
    """Several problems at once: rules return all of them, not the first."""

    code = "core.problems"
    problems: tuple[Problem, ...]

    def message(self, language: str = "zh") -> str:
        """List the first ten problems."""
        lines = [problem.text(language) for problem in self.problems[:10]]
        head = _texts(type(self))[language].format(count=len(self.problems))
        return "\n".join([head, *lines])


def refuse_if(problems: list[Problem]) -> None:
    """Raise what a rule returned: nothing, the single error, or all problems together."""
    if len(problems) == 1 and problems[0].place is None:
        raise problems[0].error
    if problems:
        raise Problems(problems=tuple(problems))


class InexactMoney(Invalid):
    """A float, a bool, a part of a fen, or more than a BIGINT holds."""

    code = "core.inexact_money"
    value: str


class UnreadableMoney(Invalid):
    """Text that is not an amount."""

    code = "core.unreadable_money"
    text: str


class UnsharableMoney(Invalid):
    """Weights that cannot share an amount out: none, negative, or nothing in sum."""

    code = "core.unsharable_money"
    amount: str
    weights: str


class SpanBackwards(Invalid):
    """A span that ends before or when it begins."""

    code = "core.span_backwards"
    since: str
    until: str


class UnknownCode(Invalid):
    """Text that is in no way a member of a code list."""

    code = "core.unknown_code"
    list: str
    text: str
    known: str


class IllegalTransition(RuleBroken):
    """A step that the state machine does not have."""

    code = "core.illegal_transition"
    machine: str
    from_: str
    to: str


class ActionNotPermitted(NotPermitted):
    """The actor holds no post that may do this here."""

    code = "core.action_not_permitted"
    action: str
    actor: str
    where: str
    posts: str


class Stale(Conflict):
    """Somebody changed the document, or the data under a plan, in the meantime."""

    code = "core.stale"
    what: str


class AlreadyThere(Conflict):
    """The database refused a row because of a constraint."""

    code = "core.already_there"
    constraint: str


class DatabaseBusy(Busy):
    """Locked, deadlocked, serialization failure, or the connection was lost."""

    code = "core.database_busy"
    reason: str


class StorageFailed(Busy):
    """The database failed in a way that is no fault of the call: disk full, I/O error."""

    code = "core.storage_failed"
    reason: str


class SchemaBehind(Conflict):
    """The tables are older than the library, newer, or not there."""

    code = "core.schema_behind"
    current: str
    head: str


class RevisionUnknown(NotFound):
    """No migration has that number."""

    code = "core.revision_unknown"
    revision: str
    known: str


class NotADowngrade(Invalid):
    """A downgrade was asked for to a revision that is newer than the database's."""

    code = "core.not_a_downgrade"
    current: str
    revision: str


class ConnectionInTransaction(Conflict):
    """A migration was asked for on a connection that is already in a transaction."""

    code = "core.connection_in_transaction"


class BrokenReferences(Conflict):
    """A migration on SQLite would leave rows that point nowhere."""

    code = "core.broken_references"
    tables: str


class ExtraMissing(Invalid):
    """An optional library is not installed."""

    code = "core.extra_missing"
    library: str
    extra: str


class UnreadableWorkbook(Invalid):
    """The file is not a workbook that can be read."""

    code = "core.unreadable_workbook"
    file: str
    reason: str


class WorkbookTooLarge(Invalid):
    """The file holds more than is read at all."""

    code = "core.workbook_too_large"
    file: str
    what: str


class WorkbookUnsafe(Invalid):
    """The file holds what acts or reaches out when it is opened, or is made to break its reader."""

    code = "core.workbook_unsafe"
    file: str
    found: str


class SheetMissing(Invalid):
    """The workbook lacks a sheet that the template requires."""

    code = "core.sheet_missing"
    sheet: str
    found: str


class HeadingMissing(Invalid):
    """A sheet lacks a required column."""

    code = "core.heading_missing"
    heading: str


class HeadingTwice(Invalid):
    """A sheet has the same heading twice, so nobody can say which column is meant."""

    code = "core.heading_twice"
    heading: str


class CellRequired(Invalid):
    """A required cell is empty."""

    code = "core.cell_required"


class CellUnreadable(Invalid):
    """A cell does not hold a value of its column's type."""

    code = "core.cell_unreadable"
    expected: str
    text: str


class CellFormula(Invalid):
    """A cell holds a formula without a stored value, or an error value."""

    code = "core.cell_formula"
    text: str


class RowTwice(Conflict):
    """Two rows of one file have the same key."""

    code = "core.row_twice"
    key: str
    first_row: int


class ImportConflict(Conflict):
    """A file says something new of what was decided by hand since both last agreed."""

    code = "core.import_conflict"
    registered: str
    file: str


class ColumnFixed(Conflict):
    """A file would change something that no file may change."""

    code = "core.column_fixed"
    registered: str


class TooManyProblems(Invalid):
    """So much is wrong with a file that the rest of it was not read."""

    code = "core.too_many_problems"
    count: int


class DocumentUnknown(NotFound):
    """No document of that name is declared."""

    code = "core.document_unknown"
    name: str
    known: str


class TemplateNotExported(Invalid):
    """A template that is only filled in by people."""

    code = "core.template_not_exported"
    name: str


class TemplateOfDistricts(Invalid):
    """A template of districts was used at the door of a county."""

    code = "core.template_of_districts"
    name: str
    place: str


class ArgumentMissing(Invalid):
    """A document was asked for without an argument that it needs."""

    code = "core.argument_missing"
    document: str
    missing: str


class ArgumentUnknown(Invalid):
    """A document was given an argument that it does not take."""

    code = "core.argument_unknown"
    document: str
    unknown: str
    known: str


class TemplateUnknown(NotFound):
    """No template of that name is declared."""

    code = "core.template_unknown"
    name: str
    known: str


class JournalSealed(Conflict):
    """Somebody tried to change or delete what the journal or a ledger holds."""

    code = "core.journal_sealed"
