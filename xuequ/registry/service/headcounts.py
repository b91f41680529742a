"""Use cases of headcounts 人数统计: live figures, and those frozen at a count date 统计时点."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from xuequ.core.context import At, Service, reading, use_case
from xuequ.core.errors import refuse_if
from xuequ.core.ids import new_id, take_ids
from xuequ.registry.actions.headcounts import (
    CONFIRM_HEADCOUNT,
    DRAFT_HEADCOUNT,
    FREEZE_HEADCOUNT,
    VIEW_HEADCOUNTS,
)
from xuequ.registry.errors.headcounts import HeadcountNotFrozen, HeadcountUnknown, NoFrozenHeadcount
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.facts.headcounts import HeadcountConfirmed, HeadcountDrafted, HeadcountFrozen
from xuequ.registry.models.headcounts import Headcount, HeadcountFreeze, HeadcountPupils, HeadcountStaff
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.headcounts import HeadcountRows
from xuequ.registry.rules.classes import Schooling, class_name, grade, is_running
from xuequ.registry.rules.headcounts import (
    FIGURES,
    Overdue,
    check_confirmation,
    check_draft,
    check_freeze,
    differences,
    sums,
)
from xuequ.registry.schemas.headcounts import (
    Confirmation,
    CountedPupilLine,
    CountedStaffLine,
    DraftHeadcount,
    FigureDifference,
    FrozenHeadcount,
    HeadcountDifference,
    HeadcountDrawing,
    HeadcountHeader,
    LiveHeadcount,
    LivePupilLine,
    LiveStaffLine,
    OverdueClass,
    PupilFigures,
)
from xuequ.registry.service.headcount_lines import (
    PUPIL_COLUMNS,
    STAFF_COLUMNS,
    by_school_and_stage,
    digest_of,
    edition_of,
    header_values,
    pupil_values,
    staff_values,
)
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.headcounts import CountPurpose, HeadFigure


class HeadcountService(Service):
    """Headcounts of a district: live ones, which change with the roll, and frozen ones, which never do."""

    @property
    def _rows(self) -> HeadcountRows:
        return HeadcountRows(self.context.session, self.context.scope, self.context.place)

    @reading(VIEW_HEADCOUNTS)
    def live(self, on: date | None = None) -> LiveHeadcount:
        """Count by the roll as it is now; the same question asked later may have another answer.

        Args:
            on: the day that is asked about; today when left out.
        """
        on = on or self.context.today
        counted, overdue = self._counted(on)
        staff = self._rows.staff_on(on)
        return LiveHeadcount(
            as_of=on,
            read_at=self.context.now,
            pupils=tuple(LivePupilLine(school=row.school, **line) for row, line in counted),
            staff=tuple(LiveStaffLine(school=row.school, **staff_values(row)) for row in staff),
            pupil_total=PupilFigures(**sums(row for row, _ in counted)),
            staff_total=sum(row.heads for row in staff),
            overdue=tuple(
                OverdueClass(school=one.school, class_name=one.name, pupils=one.pupils) for one in overdue
            ),
        )

    @use_case(DRAFT_HEADCOUNT)
    def draft_snapshot(self, command: HeadcountDrawing) -> DraftHeadcount:
        """Draw up a headcount for a count date from the roll of that day; the schools are to confirm it.

        Figures that turn out wrong are mended on the roll, and then drawn up again as a new edition with
        a reason; so is the correction of a frozen one, which itself stays as it is.

        Raises:
            CountDateAhead, HeadcountNeedsReason, PupilsPastTheirStage: alone or together as `Problems`.
        """
        rows, today = self._rows, self.context.today
        rows.lock_district()
        latest = rows.latest(command.count_date, command.purpose.code)
        counted, overdue = self._counted(command.count_date)
        problems = check_draft(command.count_date, today, command.purpose, latest, command.reason, overdue)
        refuse_if(problems)
        headcount = Headcount(
            county_id=self.context.scope.county_id,
            district_id=rows.district_id,
            count_date=command.count_date,
            purpose=command.purpose.code,
            edition=(latest or 0) + 1,
            reason=command.reason,
            drafted_at=self.context.now,
            drafted_by=str(self.context.actor),
        )
        headcount_id, edition = rows.add(headcount), headcount.edition
        self._write_lines(headcount_id, counted, rows.staff_on(command.count_date))
        fact = HeadcountDrafted(
            headcount_id=headcount_id,
            count_date=command.count_date,
            purpose=command.purpose,
            edition=edition,
        )
        self.context.announce(fact)
        return self._draft(self._header(headcount_id))

    @use_case(CONFIRM_HEADCOUNT, at=At.SCHOOL)
    def confirm(self, headcount_id: int, school: str) -> None:
        """Confirm the lines of one school, as its head.

        Raises:
            SchoolUnknown, HeadcountUnknown: when there is none.
            HeadcountReplaced, HeadcountAlreadyFrozen, AlreadyConfirmed: when it is too late.
        """
        self.context.permit(CONFIRM_HEADCOUNT, school=school)
        rows = self._rows
        rows.lock_district()
        header = self._header(headcount_id)
        school_id = self._school_ids(header).get(school)
        if school_id is None:
            raise SchoolUnknown(school=school)
        confirmed = school in {row.school for row in rows.confirmations(headcount_id)}
        refuse_if(check_confirmation(edition_of(header), school, confirmed=confirmed))
        rows.add_confirmation(
            {
                "county_id": self.context.scope.county_id,
                "id": new_id(),
                "headcount_id": headcount_id,
                "district_id": rows.district_id,
                "school_id": school_id,
                "confirmed_at": self.context.now,
                "confirmed_by": str(self.context.actor),
            }
        )
        self.context.announce(HeadcountConfirmed(headcount_id=headcount_id, school_id=school_id))

    @use_case(FREEZE_HEADCOUNT)
    def freeze(self, headcount_id: int, reason: str = "") -> FrozenHeadcount:
        """Freeze an edition that every school has confirmed; from then on it never changes.

        Args:
            reason: why it is frozen though schools have not confirmed; it is kept with the figures.

        Raises:
            HeadcountUnknown, HeadcountReplaced, HeadcountAlreadyFrozen, SchoolsUnconfirmed.
        """
        rows = self._rows
        rows.lock_district()
        header = self._header(headcount_id)
        confirmed = {row.school for row in rows.confirmations(headcount_id)}
        unconfirmed = [code for code in self._school_ids(header) if code not in confirmed]
        refuse_if(check_freeze(edition_of(header), unconfirmed, reason))
        pupils, staff = rows.pupil_lines(headcount_id), rows.staff_lines(headcount_id)
        sha256 = digest_of(header, pupils, staff)
        rows.add(
            HeadcountFreeze(
                county_id=self.context.scope.county_id,
                headcount_id=headcount_id,
                district_id=rows.district_id,
                frozen_at=self.context.now,
                frozen_by=str(self.context.actor),
                unconfirmed=",".join(unconfirmed),
                reason=reason.strip() if unconfirmed else "",
                staff=sum(row.heads for row in staff),
                sha256=sha256,
                **sums(pupils),
            )
        )
        fact = HeadcountFrozen(
            headcount_id=headcount_id,
            count_date=header.count_date,
            purpose=CountPurpose(header.purpose),
            edition=header.edition,
            sha256=sha256,
        )
        self.context.announce(fact)
        return self._frozen(self._header(headcount_id))

    @reading(VIEW_HEADCOUNTS)
    def editions(self) -> list[HeadcountHeader]:
        """List every edition, the newest count date first."""
        return [HeadcountHeader(**header_values(row)) for row in self._rows.headers()]

    @reading(VIEW_HEADCOUNTS, at=At.SCHOOL)
    def draft(self, headcount_id: int, school: str | None = None) -> DraftHeadcount:
        """Return an edition as it was drawn up, with who has confirmed it.

        Args:
            school: of this school only, as its head sees it; of all when left out.

        Raises:
            HeadcountUnknown: when there is none of that id.
        """
        self.context.permit(VIEW_HEADCOUNTS, school=school or "")
        return self._draft(self._header(headcount_id), school)

    @reading(VIEW_HEADCOUNTS)
    def frozen(self, headcount_id: int) -> FrozenHeadcount:
        """Return a frozen edition by its id.

        Raises:
            HeadcountUnknown, HeadcountNotFrozen: when there is none, or it is a draft.
        """
        header = self._header(headcount_id)
        if header.frozen_at is None:
            raise HeadcountNotFrozen(edition=header.edition)
        return self._frozen(header)

    @reading(VIEW_HEADCOUNTS)
    def frozen_at(self, count_date: date, purpose: CountPurpose) -> FrozenHeadcount:
        """Return the latest frozen edition for a count date and purpose.

        Raises:
            NoFrozenHeadcount: when nothing was frozen; live figures never stand in for it.
        """
        header = self._rows.frozen(count_date, purpose.code)
        if header is None:
            raise NoFrozenHeadcount(count_date=str(count_date), purpose=purpose.label)
        return self._frozen(header)

    @reading(VIEW_HEADCOUNTS)
    def difference(self, headcount_id: int, on: date | None = None) -> HeadcountDifference:
        """Tell how a frozen headcount differs from the roll of a day, by school and stage.

        Args:
            on: the day of the roll; today when left out.

        Raises:
            HeadcountUnknown, HeadcountNotFrozen: when there is none, or it is a draft.
            DistrictNeeded: at the county's door, whose roll is that of all its districts.
        """
        _ = self._rows.district_id
        frozen, live = self.frozen(headcount_id), self.live(on)
        found = differences(
            by_school_and_stage(frozen.pupils, frozen.staff), by_school_and_stage(live.pupils, live.staff)
        )
        lines = (
            FigureDifference(
                school=one.school,
                stage=Stage(one.stage) if one.stage else None,
                figure=one.figure,
                label="教职工" if one.figure == "staff" else HeadFigure(one.figure).label,
                frozen=one.frozen,
                live=one.live,
            )
            for one in found
        )
        return HeadcountDifference(
            headcount_id=headcount_id,
            count_date=frozen.count_date,
            live_as_of=live.as_of,
            lines=tuple(lines),
        )

    # what they share

    def _school_ids(self, header: AnyRow) -> dict[str, int]:
        """Return the schools that are counted: those open on the count date."""
        return {row.code: row.id for row in self._rows.schools(header.district_id, header.count_date)}

    def _header(self, headcount_id: int) -> AnyRow:
        header = self._rows.header(headcount_id)
        if header is None:
            raise HeadcountUnknown(headcount=str(headcount_id))
        return header

    def _counted(self, on: date) -> tuple[list[tuple[AnyRow, dict[str, Any]]], list[Overdue]]:
        """Return the lines of pupils of a day, and apart from them the classes that have left their stage."""
        schooling = Schooling.of(self.context.standards, on)
        counted: list[tuple[AnyRow, dict[str, Any]]] = []
        overdue: dict[int, Overdue] = {}
        for row in self._rows.pupils_on(on):
            stage = Stage(row.stage)
            name = class_name(stage, row.entry_year, row.number, on, schooling)
            if is_running(stage, row.entry_year, on, schooling):
                line = {"class_name": name, "grade": grade(row.entry_year, on, schooling)}
                counted.append((row, line | pupil_values(row)))
            else:
                before = overdue.get(row.class_id, Overdue(row.school, name, 0))
                overdue[row.class_id] = Overdue(row.school, name, before.pupils + row.on_roll)
        return counted, list(overdue.values())

    def _write_lines(
        self,
        headcount_id: int,
        counted: Sequence[tuple[AnyRow, dict[str, Any]]],
        staff: Sequence[AnyRow],
    ) -> None:
        rows, county_id = self._rows, self.context.scope.county_id
        keys = ("county_id", "id", "headcount_id", "district_id", "school_id")
        of_pupils = (
            (county_id, i, headcount_id, rows.district_id, row.school_id, *(line[c] for c in PUPIL_COLUMNS))
            for i, (row, line) in zip(take_ids(len(counted)), counted, strict=True)
        )
        rows.load(HeadcountPupils, (*keys, *PUPIL_COLUMNS), of_pupils)
        of_staff = (
            (county_id, i, headcount_id, rows.district_id, row.school_id, number, *staff_values(row).values())
            for number, (i, row) in enumerate(zip(take_ids(len(staff)), staff, strict=True), 1)
        )
        rows.load(HeadcountStaff, (*keys, "line_no", *STAFF_COLUMNS), of_staff)

    def _lines(
        self, headcount_id: int, school: str | None = None
    ) -> tuple[tuple[CountedPupilLine, ...], tuple[CountedStaffLine, ...]]:
        pupils = (
            CountedPupilLine(
                school=row.school, class_name=row.class_name, grade=row.grade, **pupil_values(row)
            )
            for row in self._rows.pupil_lines(headcount_id, school)
        )
        staff = (
            CountedStaffLine(school=row.school, **staff_values(row))
            for row in self._rows.staff_lines(headcount_id, school)
        )
        return tuple(pupils), tuple(staff)

    def _draft(self, header: AnyRow, school: str | None = None) -> DraftHeadcount:
        pupils, staff = self._lines(header.id, school)
        schools = self._school_ids(header)
        if school is not None and school not in schools:
            raise SchoolUnknown(school=school)
        confirmed = tuple(
            Confirmation(school=row.school, confirmed_at=row.confirmed_at, confirmed_by=row.confirmed_by)
            for row in self._rows.confirmations(header.id)
            if school in (None, row.school)
        )
        said = {one.school for one in confirmed}
        return DraftHeadcount(
            **header_values(header),
            pupils=pupils,
            staff=staff,
            pupil_total=PupilFigures(**sums(pupils)),
            staff_total=sum(line.heads for line in staff),
            confirmed=confirmed,
            unconfirmed=tuple(code for code in schools if code not in said and school in (None, code)),
        )

    def _frozen(self, header: AnyRow) -> FrozenHeadcount:
        pupils, staff = self._lines(header.id)
        return FrozenHeadcount(
            id=header.id,
            count_date=header.count_date,
            purpose=CountPurpose(header.purpose),
            edition=header.edition,
            correction=header.reason,
            frozen_at=header.frozen_at,
            frozen_by=header.frozen_by,
            frozen_without=tuple(filter(None, header.unconfirmed.split(","))),
            reason=header.freeze_reason,
            sha256=header.sha256,
            pupils=pupils,
            staff=staff,
            pupil_total=PupilFigures(**{name: getattr(header, name) for name in FIGURES}),
            staff_total=header.staff,
        )
