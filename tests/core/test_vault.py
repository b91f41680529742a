"""The vault: what is sealed opens in its own place only, with its person's data key only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.core.test_keys import NEW, OLD, keys
from xuequ.core.data_keys import DataKey
from xuequ.core.errors import ExtraMissing
from xuequ.core.keys import DataKeyGone, Keys, KeysMissing, KeyUnknown, SealBroken
from xuequ.core.vault import OVERHEAD, Clear, Closed, SealedColumn, Vault

PHONE = SealedColumn("t", "phone", "电话", index="phone_index", normalise=lambda text: text.replace(" ", ""))
NOTE = SealedColumn("t", "note", "备注")
COUNTY, PERSON = 1, 7
SECRET = "13800001234"

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def vault(session: Session, county_id: int = COUNTY, given_: Keys | None = None) -> Vault:
    return Vault(session, county_id, given_ or keys())


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(DataKey)) or 0


@given(value=texts)
def test_what_is_sealed_opens_and_is_longer_by_the_overhead(session: Session, value: str) -> None:
    sealed = vault(session).seal(NOTE, PERSON, value)
    assert len(sealed.ciphertext) == len(value.encode()) + OVERHEAD
    assert value.encode() not in sealed.ciphertext or len(value.encode()) < 4
    assert vault(session).open(NOTE, PERSON, sealed.ciphertext) == value


def test_the_same_value_twice_is_two_ciphertexts_and_one_index(session: Session) -> None:
    sealed = vault(session).seal_many(PHONE, [Clear(1, 1, "138 0000 1234"), Clear(2, 2, SECRET)])
    assert sealed[0].ciphertext != sealed[1].ciphertext
    assert sealed[0].index == sealed[1].index == vault(session).index(PHONE, SECRET)
    assert vault(session).indexes(PHONE, "1380000 1234") == [sealed[0].index]
    assert vault(session).seal(NOTE, 1, SECRET).index is None
    assert vault(session).index(NOTE, SECRET) is None


def test_newcomers_are_sealed_like_everybody_and_their_keys_are_not_kept(session: Session) -> None:
    here = vault(session)
    notes, phones = here.seal_newcomers([1, 2, 3], (NOTE, ["a", None, None]), (PHONE, [SECRET, None, SECRET]))
    assert notes[1:] == [None, None] and phones[1] is None
    assert count(session) == 2
    for opener in (here, vault(session)):
        closed = [Closed(row, row, sealed) for row, sealed in ((1, phones[0]), (3, phones[2])) if sealed]
        assert opener.open_many(PHONE, closed) == [SECRET, SECRET]
        assert opener.open(NOTE, 1, notes[0] or b"") == "a"


def test_newcomers_of_whom_nothing_is_said_need_no_keys(session: Session) -> None:
    keyless = Vault(session, COUNTY, None)
    assert keyless.seal_newcomers([1, 2], (NOTE, [None, None]), (PHONE, [None, ""])) == [[None, None]] * 2
    with pytest.raises(KeysMissing):
        keyless.seal_newcomers([1], (NOTE, ["a"]))
    assert count(session) == 0


def test_an_indexer_indexes_as_the_vault_does(session: Session) -> None:
    assert vault(session).indexer(PHONE)("138 0000 1234") == vault(session).index(PHONE, SECRET)


def test_a_ciphertext_opens_nowhere_else(session: Session) -> None:
    here = vault(session)
    sealed = here.seal_many(NOTE, [Clear(1, PERSON, SECRET)])[0].ciphertext
    assert here.open(NOTE, 1, sealed, person_id=PERSON) == SECRET
    other_column = SealedColumn("t", "remark", "备注")
    for column, row in ((NOTE, 2), (other_column, 1)):
        with pytest.raises(SealBroken, match=str(row)):
            here.open(column, row, sealed, person_id=PERSON)
    here.seal(NOTE, 8, "another person has a data key too")
    with pytest.raises(SealBroken):
        here.open(NOTE, 1, sealed, person_id=8)
    elsewhere = vault(session, 2)
    elsewhere.seal_many(NOTE, [Clear(9, PERSON, "x")])
    with pytest.raises(SealBroken):
        elsewhere.open(NOTE, 1, sealed, person_id=PERSON)


@given(st.data())
def test_a_changed_or_cut_ciphertext_does_not_open(session: Session, data: st.DataObject) -> None:
    sealed = vault(session).seal(NOTE, PERSON, SECRET).ciphertext
    at = data.draw(st.integers(0, len(sealed) - 1))
    changed = sealed[:at] + bytes([sealed[at] ^ data.draw(st.integers(1, 255))]) + sealed[at + 1 :]
    cut = sealed[: data.draw(st.integers(0, len(sealed) - 1))]
    for broken in (changed, cut):
        with pytest.raises(SealBroken):
            vault(session).open(NOTE, PERSON, broken)


def test_a_person_has_one_data_key_for_all_columns_and_rows(session: Session) -> None:
    before = count(session)
    box = vault(session)
    box.seal(NOTE, PERSON, "a")
    box.seal(PHONE, PERSON, "b")
    vault(session).seal_many(NOTE, [Clear(100, PERSON, "c"), Clear(101, PERSON, "d")])
    assert count(session) == before + 1


def test_a_data_key_that_was_rolled_back_is_not_used_again(session: Session) -> None:
    box = vault(session)
    undone = session.begin_nested()
    box.seal(NOTE, PERSON, "undone")
    undone.rollback()
    sealed = box.seal(NOTE, PERSON, "kept").ciphertext
    assert vault(session).open(NOTE, PERSON, sealed) == "kept"


def test_what_a_destroyed_data_key_sealed_is_gone(session: Session) -> None:
    box = vault(session)
    sealed = box.seal(NOTE, PERSON, SECRET).ciphertext
    other = box.seal(NOTE, 8, SECRET).ciphertext
    box.shred(PERSON)
    for reader in (box, vault(session)):
        with pytest.raises(DataKeyGone, match="7"):
            reader.open(NOTE, PERSON, sealed)
        assert reader.open(NOTE, 8, other) == SECRET


def test_without_keys_nothing_is_stored_in_clear_or_read(session: Session) -> None:
    sealed = vault(session).seal(NOTE, PERSON, SECRET).ciphertext
    closed = Vault(session, COUNTY, None)
    assert not closed.has_keys and vault(session).has_keys
    with pytest.raises(KeysMissing, match="备注"):
        closed.seal(NOTE, PERSON, SECRET)
    with pytest.raises(KeysMissing):
        closed.open(NOTE, PERSON, sealed)
    with pytest.raises(KeysMissing):
        closed.index(PHONE, SECRET)
    assert closed.open_many(NOTE, []) == []


def test_a_wrapping_key_that_was_not_given_is_named(session: Session) -> None:
    sealed = vault(session).seal(NOTE, PERSON, SECRET).ciphertext
    other = keys(wrapping={"2027": OLD}, current="2027")
    with pytest.raises(KeyUnknown, match="2026"):
        vault(session, given_=other).open(NOTE, PERSON, sealed)


def test_another_key_under_the_same_name_opens_nothing(session: Session) -> None:
    sealed = vault(session).seal(NOTE, PERSON, SECRET).ciphertext
    swapped = keys(wrapping={"2026": OLD}, current="2026")
    with pytest.raises(SealBroken, match="xq_core_data_key"):
        vault(session, given_=swapped).open(NOTE, PERSON, sealed)


def test_nothing_shows_a_value_or_a_key(session: Session) -> None:
    box = vault(session)
    sealed = box.seal(NOTE, PERSON, SECRET).ciphertext
    shown = repr(box) + repr(Clear(1, 1, SECRET)) + str(Clear(1, 1, SECRET))
    with pytest.raises(SealBroken) as caught:
        box.open(NOTE, PERSON + 1, sealed, person_id=PERSON)
    shown += repr(caught.value) + str(caught.value)
    assert SECRET not in shown and NEW.hex() not in shown


def test_many_values_cost_a_bounded_number_of_statements(session: Session) -> None:
    box = vault(session)
    values = [Clear(1000 + n, 1000 + n, f"1380000{n:04}") for n in range(1200)]
    sealed = box.seal_many(PHONE, values)
    closed = [Closed(v.row_id, v.person_id, s.ciphertext) for v, s in zip(values, sealed, strict=True)]
    assert vault(session).open_many(PHONE, closed) == [value.text for value in values]


def test_the_missing_library_is_named(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def not_there(module: str) -> None:
        raise ModuleNotFoundError(name=module.partition(".")[0])

    monkeypatch.setattr("xuequ.core.extras.import_module", not_there)
    with pytest.raises(ExtraMissing, match=r"pip install 'xuequ\[vault\]'"):
        vault(session).seal(NOTE, PERSON, SECRET)
