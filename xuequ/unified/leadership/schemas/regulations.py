"""Commands and views of regulations."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from xuequ.core.fields import Code, Command, Id, Name, View
from xuequ.registry.schemas.posts import DocumentNo
from xuequ.unified.leadership.states.regulations import Body, RegulationKind, VersionState

Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
"""The SHA-256 of a text in hex, as the storage of attachments names it."""


class RegulationRegistration(Command):
    """Register a regulation; a school's own is always one that carries out a district's (`implements`)."""

    code: Code
    title: Name
    kind: RegulationKind = RegulationKind.GENERAL
    school: Code | None = None
    implements: Code | None = None


class Drafting(Command):
    """Draft a text, or change a draft: its SHA-256, and the day; today when left out."""

    text_sha256: Sha256
    on: date | None = None


class DeliberationRecord(Command):
    """Record that a body passed the text of a version, on which day, by which minutes."""

    body: Body
    held_on: date
    minutes_no: DocumentNo


class Issuing(Command):
    """Issue a version under a number 发文字号: in force from `since`; `issued_on` is today when left out."""

    document_no: DocumentNo
    since: date
    issued_on: date | None = None


class Repealing(Command):
    """Repeal a regulation: from `on` no version is in force; today when left out."""

    authority: DocumentNo
    on: date | None = None


class RegulationView(View):
    """A regulation; `school` and `implements` are codes, None for a district's own."""

    id: Id
    code: str
    title: str
    kind: RegulationKind
    school: str | None
    implements: str | None


class DeliberationView(View):
    """That a body passed a text; `counts` says whether it is the version's present one."""

    body: Body
    held_on: date
    minutes_no: str
    counts: bool


class VersionView(View):
    """A version of a regulation, and where it stands on the day that was asked for."""

    id: Id
    regulation_id: Id
    code: str
    title: str
    school: str | None
    number: int
    state: VersionState
    text_sha256: str
    drafted_on: date
    deliberations: tuple[DeliberationView, ...]
    issued_on: date | None
    document_no: str
    since: date | None
    until: date | None
