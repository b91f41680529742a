"""Rows of the workbook of staff."""

from __future__ import annotations

from datetime import date

from xuequ.core.fields import Code, Command, Name, Number, Text
from xuequ.registry.schemas.set_up import Identified
from xuequ.registry.states.people import Sex
from xuequ.registry.states.staff import Entry, Exit, PlacementKind, StandingKind
from xuequ.standards.codes.schooling import Subject
from xuequ.standards.codes.staff import CertificateKind


class EmploymentRow(Identified):
    """An employment 聘用 of somebody by a school; who is new comes with it.

    `until` is the first day without. Of who is registered the name is for the eye only.
    """

    staff_no: Number
    name: Name | None = None
    sex: Sex | None = None
    birth_date: date | None = None
    school: Code
    since: date
    entry: Entry
    authority: Text = ""
    until: date | None = None
    exit: Exit | None = None
    exit_authority: Text = ""


class PlacementRow(Command):
    """Work at another school than the employing one, or the day from which somebody is back."""

    staff_no: Number
    name: Name | None = None
    school: Code
    kind: PlacementKind
    since: date
    until: date | None = None
    authority: Text = ""


class StandingRow(Command):
    """Something that somebody holds from a day; `held` is of the list of its kind."""

    staff_no: Number
    name: Name | None = None
    kind: StandingKind
    held: Number
    since: date
    until: date | None = None
    authority: Text = ""


class CertificateRow(Command):
    """A certificate, or one more registration of it from the day `registered`."""

    staff_no: Number
    name: Name | None = None
    number: Number
    kind: CertificateKind
    subject: Subject | None = None
    issued: date
    registered: date | None = None
    authority: Text = ""
