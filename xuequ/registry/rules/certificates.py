"""Pure decisions about teacher's certificates 教师资格: what they are for, and on which days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from xuequ.core.errors import Problem
from xuequ.core.spans import DaySpan, months_later
from xuequ.core.standards import Standards
from xuequ.registry.errors.certificates import CertificateRenewed, RegisteredBeforeIssue
from xuequ.registry.states.classes import Stage
from xuequ.standards.codes.schooling import Subject
from xuequ.standards.codes.staff import CertificateKind

_YEARS = "resources.certificate.registration_years"


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate and the days on which it is registered; without a subject it is for all of its stage."""

    kind: CertificateKind
    subject: Subject | None
    number: str
    issued: date
    terms: tuple[DaySpan, ...] = ()


def qualified(
    certificates: Iterable[Certificate], stage: Stage, subject: Subject, on: date, standards: Standards
) -> bool:
    """Tell whether a certificate is valid on a day, reaches the stage and is for the subject.

    A certificate is good for its own stage and those below it. Some subjects, such as class meetings, have
    no certificate of their own and are open to whoever may teach the stage.

    Source: 《教师资格条例》 art. 5 (可以在本级及其以下等级的各类学校担任教师);
    ``resources.certificate.stages``, ``resources.certificate.open_subjects``.
    """
    kinds = {
        row["kind"]
        for row in standards.rows("resources.certificate.stages", on=on)
        if row["stage"] == stage.code
    }
    is_open = subject.code in standards.listed("resources.certificate.open_subjects", on=on)
    return any(
        one.kind.code in kinds
        and (is_open or one.subject in (None, subject))
        and any(on in term for term in one.terms)
        for one in certificates
    )


def term(since: date, standards: Standards) -> DaySpan:
    """Return the days of one registration 定期注册.

    Source: 《中小学教师资格定期注册暂行办法》 (每 5 年一次); ``resources.certificate.registration_years``.
    """
    years = standards.whole(_YEARS, on=since)
    return DaySpan(since, months_later(since, 12 * years))


def first_term(issued: date, registered: date | None, standards: Standards) -> DaySpan | None:
    """Return the registration that a certificate is recorded with: from a day, or from its issue.

    One that was issued before there was registration has none until a day is given; it is not guessed.

    Source: 《中小学教师资格定期注册暂行办法》.
    """
    if registered is None and standards.find(_YEARS, on=issued) is None:
        return None
    return term(registered or issued, standards)


def check_issue(number: str, issued: date, registered: date) -> list[Problem]:
    """Refuse a registration before the certificate was issued.

    Source: our decision.
    """
    if registered >= issued:
        return []
    return [Problem(RegisteredBeforeIssue(number=number, issued=str(issued), on=str(registered)))]


def check_renewal(certificate: Certificate, on: date) -> list[Problem]:
    """Refuse to renew what was not issued by then, or renewed already: its next term is recorded.

    Source: our decision.
    """
    found = check_issue(certificate.number, certificate.issued, on)
    later = [one for one in certificate.terms if one.since >= on]
    if later:
        error = CertificateRenewed(number=certificate.number, until=str(later[-1].until))
        found.append(Problem(error))
    return found


def renewal(terms: Sequence[DaySpan], on: date, standards: Standards) -> DaySpan:
    """Return the next term: it follows the present one, or begins on the day when that has lapsed.

    Source: 《中小学教师资格定期注册暂行办法》.
    """
    ends = [one.until for one in terms if one.until is not None and on in one]
    return term(max(ends, default=on), standards)
