import pytest

from newsroom.models import Case
from tests.cast import Cast, open_case
from tests.verification import make
from verification.queries.similar import similar

STANDS = "قتل ضابط في الجيش السوري العميد كيومرث بورهاشمي خلال اجتماع القادة في حلب."
ENGLISH = "A Syrian army officer shot dead Brigadier General Kioumars Pourhashemi at the commanders’ meeting in Aleppo."


@pytest.mark.parametrize(
    ("typed", "alike"),
    [
        # Another order, another spelling, vowel signs.
        ("ضابط في الجيش السوري قتل العميد كيومرث بورهاشمي في حلب", True),
        ("قُتِلَ العميد كيومرث بورهاشمى", True),
        # In the language of the translation.
        ("Brigadier General Kioumars Pourhashemi was shot dead by a Syrian officer", True),
        # The same place, another matter.
        ("انسحب الجيش السوري من مطار حلب الدولي من دون قتال", False),
        ("The Syrian army withdrew from Aleppo airport without a fight", False),
        # Too little to compare.
        ("قتل", False),
        ("", False),
    ],
)
def test_row(cast: Cast, case: Case, typed: str, alike: bool) -> None:
    claim = make.claim(cast, case, statement=STANDS, translations={"en": ENGLISH})
    assert similar(case, typed) == ([claim] if alike else [])


def test_claims_of_other_cases_are_not_looked_at(cast: Cast, case: Case, restricted: Case) -> None:
    make.claim(cast, restricted, statement=STANDS)
    make.claim(cast, open_case(cast, "other"), statement=STANDS)
    assert similar(case, STANDS) == []
