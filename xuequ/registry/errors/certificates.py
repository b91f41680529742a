"""Errors of certificates."""

from __future__ import annotations

from xuequ.core.errors import Conflict, NotFound, RuleBroken


class CertificateUnknown(NotFound):
    """No such certificate in this scope."""

    code = "registry.certificate_unknown"
    certificate: str


class CertificateKnown(Conflict):
    """The county has a certificate of that number."""

    code = "registry.certificate_known"
    number: str


class CertificateRenewed(Conflict):
    """The next term of registration has been recorded."""

    code = "registry.certificate_renewed"
    number: str
    until: str


class RegisteredBeforeIssue(RuleBroken):
    """A certificate cannot be registered before it was issued."""

    code = "registry.registered_before_issue"
    number: str
    issued: str
    on: str
