"""Commands and views of certificates."""

from __future__ import annotations

from datetime import date

from xuequ.core.fields import Command, Id, Number, Text, View
from xuequ.standards.codes.schooling import Subject
from xuequ.standards.codes.staff import CertificateKind


class CertificateRecord(Command):
    """A certificate 教师资格证书; without a subject it is for all of its stage.

    `registered` is the first day of its present registration. When it is left out that is the day of
    issue, or none for a certificate that is older than registration itself.
    """

    staff_id: Id
    kind: CertificateKind
    subject: Subject | None = None
    number: Number
    issued: date
    registered: date | None = None
    authority: Text = ""


class CertificateTermView(View):
    """One registration; `until` is the first day without."""

    since: date
    until: date | None
    authority: str


class CertificateView(View):
    """A certificate with its registrations in the order of days."""

    id: Id
    staff_id: Id
    kind: CertificateKind
    subject: Subject | None
    number: str
    issued: date
    terms: tuple[CertificateTermView, ...]


class ExpiringCertificate(View):
    """A certificate whose registration ends, has ended, or was never recorded (None)."""

    id: Id
    staff_id: Id
    staff_no: str
    name: str
    school: str | None
    kind: CertificateKind
    subject: Subject | None
    number: str
    until: date | None
