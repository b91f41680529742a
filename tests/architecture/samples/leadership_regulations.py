"""Samples of regulations and their acknowledgement."""

from __future__ import annotations

from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import maker
from tests.unified.leadership.ledger_office import ACK_DAYS, set_figure
from tests.unified.leadership.rulebook import deliberate, draft, issued, issuing, register
from xuequ.testing.factories import DAY
from xuequ.unified.leadership.schemas.regulations import (
    DeliberationRecord,
    Drafting,
    RegulationRegistration,
    Repealing,
)
from xuequ.unified.leadership.states.regulations import Body

TEXT = Drafting(text_sha256="c" * 64)


def base_version(door: Any) -> int:
    """Return an issued version of a regulation of the district."""
    set_figure(maker(door), ACK_DAYS, "10")
    return issued(maker(door), register(maker(door)), DAY).id


def own(door: Any) -> int:
    """Return the rule of school s1 that carries out a regulation of the district."""
    base_version(door)
    return register(maker(door), "s1-own", school="s1", implements="qingjia")


def drafted(door: Any) -> int:
    return draft(maker(door), own(door)).id


def deliberated(door: Any) -> int:
    return deliberate(maker(door), drafted(door)).id


def in_force(door: Any) -> int:
    """Return the rule of school s1, in force."""
    regulation_id = own(door)
    issued(maker(door), regulation_id, DAY)
    return regulation_id


def registering(door: Any) -> tuple[Any, ...]:
    base_version(door)
    values = {"code": "s1-own", "title": "实施细则", "school": "s1", "implements": "qingjia"}
    return (RegulationRegistration.model_validate(values),)


PASSED = DeliberationRecord(body=Body.COUNCIL, held_on=DAY, minutes_no="纪要1号")

SAMPLES: dict[str, Sample] = {
    "leadership.regulations.register": registering,
    "leadership.regulations.draft": lambda door: (own(door), TEXT),
    "leadership.regulations.redraft": lambda door: (drafted(door), TEXT),
    "leadership.regulations.deliberate": lambda door: (drafted(door), PASSED),
    "leadership.regulations.issue": lambda door: (deliberated(door), issuing()),
    "leadership.regulations.repeal": lambda door: (in_force(door), Repealing(authority="文")),
    "leadership.regulations.regulations": lambda door: ("s1",),
    "leadership.regulations.in_force": lambda door: (base_version(door) and "qingjia", "s1"),
    "leadership.regulations.versions": lambda door: (base_version(door) and "qingjia", "s1"),
    "leadership.acknowledgements.read": lambda door: (base_version(door), "s1"),
    "leadership.acknowledgements.sign": lambda door: (base_version(door), "s1"),
    "leadership.acknowledgements.give_receipt": lambda door: (base_version(door), "s1"),
    "leadership.acknowledgements.outstanding": lambda door: ("s1",),
    "leadership.acknowledgements.receipts": lambda door: (base_version(door), "s1"),
    "leadership.acknowledgements.progress": lambda door: (),
    "leadership.acknowledgements.matrix": lambda door: (),
}
