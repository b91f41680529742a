"""Rows of the workbook of documents and telephones."""

from __future__ import annotations

from xuequ.core.fields import Name, Number
from xuequ.registry.schemas.set_up import Identified
from xuequ.registry.states.people import NumberedRole


class IdentityRow(Identified):
    """Document and telephone of somebody who has a role here, by the number of that role."""

    role: NumberedRole
    number: Number
    name: Name | None = None
