import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from audit.domain.notes import Checkpoint, NotANote, Note, key_id, parse, signed

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
NAME = "desk.example/isnad"


@pytest.fixture
def note() -> Note:
    return signed(Checkpoint(NAME, 1203, bytes(32)), [(NAME, PUBLIC, KEY.sign)])


def test_a_note_is_read_as_it_was_written(note: Note) -> None:
    assert parse(note.text) == note
    assert note.text.startswith(f"{NAME}\n1203\nAAAA")
    assert note.signatures[0].key_id == key_id(NAME, PUBLIC)


def test_what_is_signed_is_the_text_above_the_empty_line(note: Note) -> None:
    signature = parse(note.text).signatures[0].signature
    KEY.public_key().verify(signature, note.text.partition("\n\n")[0].encode() + b"\n")
    with pytest.raises(InvalidSignature):
        KEY.public_key().verify(signature, Checkpoint(NAME, 1204, bytes(32)).body.encode())


def test_several_keys_may_sign(note: Note) -> None:
    other = Ed25519PrivateKey.generate()
    keys = [(NAME, PUBLIC, KEY.sign), ("witness", other.public_key().public_bytes_raw(), other.sign)]
    both = signed(note.checkpoint, keys)
    assert [each.name for each in parse(both.text).signatures] == [NAME, "witness"]


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("1203", "01203"),  # the same number, another text
        ("1203", "-1"),
        ("1203", "١٢٠٣"),  # digits to int(), and to nobody else
        ("AAAA=", "AAAB="),  # the same bytes to a careless reader
        ("AAAA", ""),  # too short for a root
        ("— ", "- "),
        (NAME, ""),
        ("\n\n", "\n"),
        ("\n\n", "\nmore\n\n"),
    ],
)
def test_what_is_not_written_so_is_not_read(note: Note, was: str, becomes: str) -> None:
    with pytest.raises(NotANote):
        parse(note.text.replace(was, becomes, 1))


def test_an_unsigned_note_is_none(note: Note) -> None:
    with pytest.raises(NotANote):
        parse(note.checkpoint.body + "\n")


def test_a_name_has_no_spaces(note: Note) -> None:
    with pytest.raises(ValueError, match="cannot name"):
        signed(note.checkpoint, [("two words", PUBLIC, KEY.sign)])
