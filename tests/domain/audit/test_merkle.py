from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.domain.merkle import (
    Peaks,
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
    leaf_hash,
    node_hash,
    root,
)

# The entries that certificate-transparency logs test with, and the root over the first n of them.
ENTRIES = [bytes.fromhex(each) for each in ("", "00", "10", "2021", "3031", "40414243")]
ENTRIES += [bytes.fromhex("5051525354555657"), bytes.fromhex("606162636465666768696a6b6c6d6e6f")]
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
leaves = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=70)


@pytest.mark.parametrize(("size", "expected"), ROOTS.items())
def test_roots_are_those_other_logs_compute(size: int, expected: str) -> None:
    assert root(LEAVES[:size]).hex() == expected


def test_the_root_is_defined_by_halves() -> None:
    a, b, c = LEAVES[:3]
    assert root([a, b, c]) == node_hash(node_hash(a, b), c)
    assert leaf_hash(b"x") == sha256(b"\0x").digest()


@given(leaves)
def test_peaks_survive_being_kept(entries: list[bytes]) -> None:
    peaks = Peaks()
    for entry in entries:
        peaks = Peaks.read(peaks.size, peaks.packed).append(entry)
    assert peaks.root == root(entries)


def test_peaks_that_do_not_fit_their_size_are_refused() -> None:
    with pytest.raises(ValueError, match="2 peaks"):
        Peaks.read(3, LEAVES[0])


@given(leaves, st.data())
def test_an_entry_is_proven_at_its_place_and_at_no_other(entries: list[bytes], data: st.DataObject) -> None:
    size = len(entries)
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(index, entries)
    assert is_included(entries[index], index, size, proof, root(entries))
    assert len(proof) <= size.bit_length()
    assert not is_included(leaf_hash(entries[index]), index, size, proof, root(entries))
    assert not is_included(entries[index], index, size, [*proof, entries[0]], root(entries))
    assert not is_included(entries[index], size, size, proof, root(entries))
    if size > 1:
        # Whether the neighbour differs or not, its way up turns the other way.
        assert not is_included(entries[index], index ^ 1, size, proof, root(entries)) or entries[index] == proof[0]


@given(leaves, st.data())
def test_a_log_is_proven_to_begin_with_what_it_was(entries: list[bytes], data: st.DataObject) -> None:
    size = len(entries)
    old = data.draw(st.integers(1, size))
    proof = consistency_proof(old, entries)
    assert is_consistent(old, size, proof, root(entries[:old]), root(entries))
    changed = [leaf_hash(entries[0]), *entries[1:]]
    assert not is_consistent(old, size, proof, root(changed[:old]), root(entries))
    assert not is_consistent(old, size, consistency_proof(old, changed), root(entries[:old]), root(changed))
    assert not is_consistent(old, size, [*proof, entries[0]], root(entries[:old]), root(entries))


def test_what_is_not_there_has_no_proof() -> None:
    with pytest.raises(ValueError, match="no entry 8"):
        inclusion_proof(8, LEAVES)
    with pytest.raises(ValueError, match="did not grow"):
        consistency_proof(9, LEAVES)
