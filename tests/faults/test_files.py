"""The battery of broken files in its small size; ``make fuzz`` runs thousands."""

from __future__ import annotations

from pathlib import Path

from tests.faults.files import SIZES, battery, outcome_of, sound_files


def test_every_sound_file_is_read(tmp_path: Path) -> None:
    assert {outcome_of(tmp_path / name).ended for name in sound_files(tmp_path)} == {"read"}


def test_every_broken_file_is_read_or_refused_with_an_error_of_ours_and_nothing_is_left() -> None:
    ended, _ = battery(SIZES["small"], first_seed=1_000_000)
    assert sum(ended.values()) == SIZES["small"]
    assert ended["read"] < SIZES["small"] / 2 < sum(ended.values())
    assert set(ended) <= {
        "read",
        "core.unreadable_workbook",
        "core.workbook_too_large",
        "core.workbook_unsafe",
    }
