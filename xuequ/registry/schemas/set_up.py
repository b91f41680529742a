"""Commands and views of the set-up workbook."""

from __future__ import annotations

from datetime import date

from pydantic import ConfigDict, Field, SecretStr

from xuequ.core.fields import Code, Command, Measured, Name, Number, PersonName, Text
from xuequ.registry.schemas.people import Secret
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.figures import Quantity, Wording
from xuequ.registry.states.people import Sex
from xuequ.registry.states.places import SchoolKind
from xuequ.registry.states.staff import Title
from xuequ.standards.codes.people import DocumentKind

Year = Field(ge=1950, le=2100)
MASK = "*"


class PlaceRow(Command):
    """Which district a set-up workbook is of, and the day that its figures are of 统计日期."""

    county: Code
    county_name: Name
    district: Code
    district_name: Name
    as_of: date


class SchoolRow(Command):
    """One school with its measured figures on the workbook's day."""

    code: Code
    name: Name
    kind: SchoolKind
    land_area: Measured | None = None
    building_area: Measured | None = None
    books: Measured | None = None
    computers: Measured | None = None
    whiteboards: Measured | None = None


class ClassRow(Command):
    """One class as a cohort."""

    school: Code
    stage: Stage
    entry_year: int = Year
    number: int = Field(ge=1, le=99)


class Identified(Command):
    """Somebody's identity document and telephone; a document without its kind is an identity card.

    What is masked, as an export shows it, says nothing.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    document_kind: DocumentKind | None = None
    document_number: Secret | None = None
    phone: Secret | None = None

    @property
    def masked(self) -> bool:
        """Whether the document stands there as an export shows it."""
        return self.document_number is not None and MASK in self.document_number.get_secret_value()

    @property
    def identity(self) -> tuple[DocumentKind | None, SecretStr | None, SecretStr | None]:
        """What is said of the document and the telephone, without what is masked."""
        number, phone = self.document_number, self.phone
        if phone is not None and MASK in phone.get_secret_value():
            phone = None
        if number is None or MASK in number.get_secret_value():
            return None, None, phone
        return self.document_kind or DocumentKind.IDENTITY_CARD, number, phone


class StaffRow(Identified):
    """One member of staff and the school where they work from a day."""

    staff_no: Number
    name: PersonName
    sex: Sex
    birth_date: date | None = None
    title: Title
    school: Code
    since: date


class PupilRow(Identified):
    """One pupil and the class that they are in from a day."""

    pupil_no: Number
    name: PersonName
    sex: Sex
    birth_date: date | None = None
    school: Code
    stage: Stage
    entry_year: int = Year
    number: int = Field(ge=1, le=99)
    since: date


class StatementRow(Command):
    """One figure as it was published, kept as printed so that its decimals count."""

    label: Name
    printed: Number
    numerator: Quantity
    denominator: Quantity | None = None
    wording: Wording = Wording.EXACT
    part_of: Text = ""
    source: Text = ""
