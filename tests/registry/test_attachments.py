"""Files of records: attached once, proved when opened, taken down without being lost."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from xuequ import Actor, County, District, Holding, Post
from xuequ.core.errors import ActionNotPermitted
from xuequ.core.journal import FactRow
from xuequ.core.source import Source
from xuequ.core.storage import ContentDiffers, FileTooLarge, FolderStorage, NoStorage
from xuequ.registry.errors.attachments import (
    AttachmentUnknown,
    FileKindUnknown,
    FileNameUnfit,
    FileUnlikeItsName,
)
from xuequ.registry.errors.places import DistrictNeeded, SchoolUnknown
from xuequ.registry.models.attachments import Attachment
from xuequ.registry.schemas.attachments import Attaching, AttachmentView
from xuequ.testing import make_district
from xuequ.testing.factories import MAKER, SETTINGS

PLACE = "530921/qianfeng"
CLAIM = Source("budget.claim", 1)
PDF = b"%PDF-1.7 invented"


@pytest.fixture
def storage(tmp_path: Path) -> FolderStorage:
    return FolderStorage(tmp_path)


@pytest.fixture
def door(session: Session, storage: FolderStorage) -> District:
    return make_district(session, PLACE, settings=replace(SETTINGS, storage=storage, largest_file=1000))


def acting(door: District, *held: Holding) -> District:
    return District(door.context.session, PLACE, actor=Actor("T1", held), settings=door.context.settings)


def attach(door: District, content: bytes = PDF, **more: Any) -> AttachmentView:
    values: dict[str, Any] = {"source": CLAIM, "name": "发票.pdf", "school": "s1"} | more
    command = Attaching(**values)
    return door.registry.attachments.attach(command, io.BytesIO(content))


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Attachment)) or 0


def test_a_file_is_attached_and_opened_again(door: District, storage: FolderStorage) -> None:
    view = attach(door, name="C:\\fakepath\\发票.pdf")
    assert (view.name, view.media_type, view.size, view.school) == (
        "发票.pdf",
        "application/pdf",
        len(PDF),
        "s1",
    )
    assert view.stored_by == "系统（test data）" and view.stored_at == SETTINGS.clock.now()
    assert storage.exists(view.sha256)
    with door.registry.attachments.open(view.id) as file:
        assert file.read() == PDF
    assert door.registry.attachments.attachments_of(CLAIM, "s1") == [view]
    assert door.registry.attachments.attachments_of(CLAIM, "s2") == []
    assert door.registry.attachments.attachments_of(CLAIM) == []


def test_the_same_file_again_is_the_same_attachment(door: District) -> None:
    first = attach(door)
    assert attach(door) == first
    assert attach(door, name="收据.pdf").id != first.id
    assert attach(door, source=Source("budget.claim", 2)).sha256 == first.sha256
    assert count(door.context.session) == 3
    facts = select(func.count()).select_from(FactRow).where(FactRow.name == "registry.file_attached")
    assert door.context.session.scalar(facts) == 3


def test_what_is_taken_down_is_no_longer_there_and_not_lost(door: District, storage: FolderStorage) -> None:
    files = door.registry.attachments
    view = attach(door)
    files.remove(view.id)
    assert files.attachments_of(CLAIM, "s1") == []
    for act in (files.open, files.remove):
        with pytest.raises(AttachmentUnknown):
            act(view.id)
    assert storage.exists(view.sha256)
    again = attach(door)
    assert again.id != view.id and count(door.context.session) == 2


def test_a_file_of_the_districts_own_has_no_school(door: District) -> None:
    view = attach(door, school=None)
    assert view.school is None
    assert door.registry.attachments.attachments_of(CLAIM) == [view]


def test_what_is_refused_leaves_nothing(door: District, storage: FolderStorage) -> None:
    refused: list[tuple[type[Exception], dict[str, Any]]] = [
        (FileNameUnfit, {"name": "a\u202eb.pdf"}),
        (FileKindUnknown, {"name": "a.exe"}),
        (FileUnlikeItsName, {"name": "a.jpg"}),
        (SchoolUnknown, {"school": "s9"}),
    ]
    for error, more in refused:
        with pytest.raises(error):
            attach(door, **more)
    with pytest.raises(FileTooLarge):
        attach(door, PDF + b"x" * 1000)
    assert count(door.context.session) == 0
    assert [path for path in storage.folder.rglob("*") if path.is_file()] == []


def test_a_name_never_leads_out_of_the_folder(door: District, storage: FolderStorage) -> None:
    view = attach(door, name="../../../发票.pdf")
    assert view.name == "发票.pdf"
    assert [path.name for path in storage.folder.rglob("*") if path.is_file()] == [view.sha256]


def test_without_a_storage_the_remedy_says_how_to_hand_one_over(session: Session) -> None:
    door = make_district(session, PLACE)
    with pytest.raises(NoStorage) as caught:
        attach(door)
    assert "Settings(storage=" in caught.value.remedy()


def test_files_belong_to_a_district(door: District) -> None:
    county = County(door.context.session, "530921", actor=MAKER, settings=door.context.settings)
    with pytest.raises(DistrictNeeded):
        county.registry.attachments.attach(Attaching(source=CLAIM, name="a.pdf"), io.BytesIO(PDF))
    view = attach(door)
    county.registry.attachments.open(view.id).close()
    make_district(door.context.session, "530921/dasi")
    elsewhere = District(door.context.session, "530921/dasi", actor=MAKER, settings=door.context.settings)
    with pytest.raises(AttachmentUnknown):
        elsewhere.registry.attachments.open(view.id)
    with pytest.raises(AttachmentUnknown):  # the record is another district's
        attach(elsewhere)


def test_a_content_that_was_changed_is_not_given_out(door: District, storage: FolderStorage) -> None:
    view = attach(door)
    path = next(path for path in storage.folder.rglob("*") if path.is_file())
    path.chmod(0o600)
    path.write_bytes(b"%PDF-1.7 forged")
    with pytest.raises(ContentDiffers):
        door.registry.attachments.open(view.id)


def test_a_teacher_attaches_at_the_own_school_and_sees_no_files(door: District) -> None:
    teacher = acting(door, Holding(Post.TEACHER, f"{PLACE}/s1"))
    view = attach(teacher)
    for act in (
        lambda: attach(teacher, school="s2"),
        lambda: attach(teacher, school=None),
        lambda: teacher.registry.attachments.open(view.id),
        lambda: teacher.registry.attachments.attachments_of(CLAIM, "s1"),
        lambda: teacher.registry.attachments.remove(view.id),
    ):
        with pytest.raises(ActionNotPermitted):
            act()
    head = acting(door, Holding(Post.SCHOOL_HEAD, f"{PLACE}/s2"))
    with pytest.raises(ActionNotPermitted):
        head.registry.attachments.open(view.id)


def test_what_is_not_permitted_is_not_even_read(door: District) -> None:
    class Unread:
        def read(self, size: int, /) -> bytes:
            raise AssertionError("read")

    teacher = acting(door, Holding(Post.TEACHER, f"{PLACE}/s1"))
    with pytest.raises(ActionNotPermitted):
        teacher.registry.attachments.attach(Attaching(source=CLAIM, name="a.pdf", school="s2"), Unread())


def test_what_a_host_rolls_back_leaves_a_content_without_a_row(
    door: District, storage: FolderStorage
) -> None:
    nested = door.context.session.begin_nested()
    view = attach(door)
    nested.rollback()
    assert count(door.context.session) == 0 and storage.exists(view.sha256)
    assert attach(door).sha256 == view.sha256
