import pytest

from newsroom.domain.languages import LONGEST, language_tag


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("ar", "ar"),
        # written in the customary case
        ("AR-sy", "ar-SY"),
        ("ku-arab", "ku-Arab"),
        ("zh-hant-tw", "zh-Hant-TW"),
        # the Arabic of the world, by UN area code
        ("ar-001", "ar-001"),
        # names and locales are no tags
        ("Arabic", None),
        ("ar_SY", None),
        ("", None),
        # letters that lower-case to ASCII are no ASCII
        ("\u212au", None),
    ],
)
def test_language_tags(typed: str, tag: str | None) -> None:
    assert language_tag(typed) == tag


def test_the_longest_tag_fits() -> None:
    assert len(language_tag("ckb-arab-001") or "") <= LONGEST
