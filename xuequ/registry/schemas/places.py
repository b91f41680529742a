"""Commands and views of places: county, districts, schools, premises."""

from __future__ import annotations

from xuequ.core.fields import Code, Command, Id, Name, View
from xuequ.registry.states.places import SchoolKind


class CountyRegistration(Command):
    """Register a county authority; its code is the door's, by GB/T 2260."""

    name: Name


class DistrictFoundation(Command):
    """Found a school district."""

    code: Code
    name: Name


class DistrictView(View):
    """A school district."""

    id: Id
    code: str
    name: str


class SchoolView(View):
    """A school."""

    id: Id
    code: str
    name: str
    kind: SchoolKind
