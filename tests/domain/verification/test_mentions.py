import pytest

from verification.domain.mentions import mentioned

DESK = ["Amal", "Amal Haddad", "أمل حداد", "Basim"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@Basim, look", {"Basim"}),
        # The longest name that fits is the one that is meant.
        ("@Amal Haddad knows", {"Amal Haddad"}),
        ("@Amal knows", {"Amal"}),
        # Spelling variants and case do not matter, in either script.
        ("@basim and @امل حدّاد", {"Basim", "أمل حداد"}),
        # No name, or more than a name.
        ("Basim", set()),
        ("@Basima", set()),
        ("@", set()),
        # An address is no call, but who writes @Basim in one is taken at their word.
        ("mail@example.org", set()),
    ],
)
def test_row(text: str, expected: set[str]) -> None:
    assert mentioned(text, DESK) == expected


def test_a_name_of_nothing_is_never_meant() -> None:
    assert mentioned("@ @@", ["", "\u0651"]) == set()
