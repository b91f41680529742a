"""The door of a district as commands open it, and the templates of all parts."""

from __future__ import annotations

import argparse
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.orm import Session

from xuequ.cli.common import database
from xuequ.core.access import Actor
from xuequ.core.keys import read_keys
from xuequ.core.settings import Settings
from xuequ.district import District
from xuequ.registry.templates import TEMPLATES as OF_REGISTRY
from xuequ.standards.templates import TEMPLATES as OF_STANDARDS

TEMPLATES = (*OF_REGISTRY, *OF_STANDARDS)


@contextmanager
def open_district(chosen: argparse.Namespace) -> Generator[tuple[Session, District]]:
    """Open the district that ``--place`` names, as the system; with ``--keys`` what is sealed can be read."""
    actor = Actor.system(f"xuequ {chosen.command}")
    file: Path | None = getattr(chosen, "keys", None)
    keys = None if file is None else read_keys(file)
    with database(chosen) as engine, Session(engine) as session:
        yield session, District(session, chosen.place, actor=actor, settings=Settings(keys=keys))
