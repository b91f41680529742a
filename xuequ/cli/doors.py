"""The doors as commands open them, and the templates and documents of all parts."""

from __future__ import annotations

import argparse
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from xuequ.cli.common import database
from xuequ.core.access import Actor
from xuequ.core.errors import TemplateOfDistricts
from xuequ.core.keys import read_keys
from xuequ.core.settings import Settings
from xuequ.core.workbook import Template
from xuequ.district import County, District
from xuequ.registry.documents import DOCUMENTS as REGISTRY_DOCUMENTS
from xuequ.registry.templates import TEMPLATES as OF_REGISTRY
from xuequ.standards.templates import TEMPLATES as OF_STANDARDS
from xuequ.unified.budget.documents import DOCUMENTS as BUDGET_DOCUMENTS
from xuequ.unified.budget.templates import TEMPLATES as OF_BUDGET
from xuequ.unified.leadership.documents import DOCUMENTS as LEADERSHIP_DOCUMENTS
from xuequ.unified.leadership.templates import TEMPLATES as OF_LEADERSHIP
from xuequ.unified.party.documents import DOCUMENTS as PARTY_DOCUMENTS
from xuequ.unified.party.templates import TEMPLATES as OF_PARTY
from xuequ.unified.teaching.documents import DOCUMENTS as TEACHING_DOCUMENTS

TEMPLATES = (*OF_REGISTRY, *OF_STANDARDS, *OF_BUDGET, *OF_LEADERSHIP, *OF_PARTY)
DOCUMENTS = (
    *REGISTRY_DOCUMENTS,
    *BUDGET_DOCUMENTS,
    *LEADERSHIP_DOCUMENTS,
    *PARTY_DOCUMENTS,
    *TEACHING_DOCUMENTS,
)


@contextmanager
def open_district(chosen: argparse.Namespace) -> Generator[tuple[Session, District]]:
    """Open the district that ``--place`` names, as the system; with ``--keys`` what is sealed can be read."""
    with _opened(chosen) as (session, acting):
        yield session, District(session, chosen.place, **acting)


@contextmanager
def open_door(
    chosen: argparse.Namespace, template: Template | None = None
) -> Generator[tuple[Session, District | County]]:
    """Open the district or county that ``--place`` names, as `open_district` does.

    Raises:
        TemplateOfDistricts: for the template of a file that a county does not take.
    """
    kind = District if "/" in chosen.place else County
    if kind is County and template is not None and not template.county:
        raise TemplateOfDistricts(name=template.name, place=chosen.place)
    with _opened(chosen) as (session, acting):
        yield session, kind(session, chosen.place, **acting)


@contextmanager
def _opened(chosen: argparse.Namespace) -> Generator[tuple[Session, dict[str, Any]]]:
    file: Path | None = getattr(chosen, "keys", None)
    keys = None if file is None else read_keys(file)
    actor = Actor.system(f"xuequ {chosen.command}")
    with database(chosen) as engine, Session(engine) as session:
        yield session, {"actor": actor, "settings": Settings(keys=keys)}
