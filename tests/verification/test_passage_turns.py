"""What is said of a passage after any sequence of looks, in both languages: what was known on which day, and no more.

The passage was marked in a copy of 3 December; then there is a look a day, from 4 December on.
"""

import re

import pytest
from django.utils import translation

from newsroom.models import Case
from sources.domain.watching import Stood
from sources.models import Sighting
from tests.cast import Cast
from tests.sources import make as sources
from tests.verification.passages import AFTER, BEFORE, OLD, PASSAGE, REWORDED, URL, page_with_a_passage
from tests.verification.test_passage_alerts import close_all, told
from verification import passage_alerts
from verification.models import Alert
from verification.wording import turns
from verification.wording.alerts import when_opened

LOOKS = {
    "U": OLD,
    "M": AFTER + BEFORE + "وختم بقوله: " + PASSAGE,  # in another place
    "S": OLD.replace("أنّ", "أن").replace("الجمعة", "الجمعه"),  # in another spelling
    "A": BEFORE + REWORDED + AFTER,
    "B": BEFORE + PASSAGE.replace("الغربية", "الشمالية") + AFTER,
    "X": BEFORE + AFTER,
}
ALTERED = "Present on 3, in other words on 4.", "موجود في 3، بألفاظ أخرى في 4."
ABSENT = "Present on 3, absent on 4.", "موجود في 3، غير موجود في 4."
BACK_5 = "In the words marked again on 5.", "بالألفاظ المعلَّمة من جديد في 5."
BACK_6 = "In the words marked again on 6.", "بالألفاظ المعلَّمة من جديد في 6."
GONE_5, GONE_6 = ("Absent on 5.", "غير موجود في 5."), ("Absent on 6.", "غير موجود في 6.")
OTHER_5 = "In other words on 5.", "بألفاظ أخرى في 5."
OTHER_6 = "In other words on 6.", "بألفاظ أخرى في 6."
DIFFERENT_5 = "In words different from these on 5.", "بألفاظ مختلفة عن هذه في 5."
DIFFERENT_6 = "In words different from these on 6.", "بألفاظ مختلفة عن هذه في 6."
A_X = "In other words on 4, absent on 5.", "بألفاظ أخرى في 4، غير موجود في 5."
A_B = "In other words on 4, in different ones on 5.", "بألفاظ أخرى في 4، وبألفاظ مختلفة عنها في 5."
X_A = "Absent on 4, present in other words on 5.", "غير موجود في 4، موجود بألفاظ أخرى في 5."

SEQUENCES = {
    # nothing that matters: there, in another place or spelling, or the page was not read
    "U": [], "M": [], "S": [], "R": [], "UMSRU": [],
    # the first turn is told with the day on which it was last seen as marked, and not with one nobody could read it on
    "A": [[ALTERED]],
    "X": [[ABSENT]],
    "UA": [[("Present on 4, in other words on 5.", "موجود في 4، بألفاظ أخرى في 5.")]],
    "MX": [[("Present on 4, absent on 5.", "موجود في 4، غير موجود في 5.")]],
    "SX": [[("Present on 4, absent on 5.", "موجود في 4، غير موجود في 5.")]],
    "RX": [[("Present on 3, absent on 5.", "موجود في 3، غير موجود في 5.")]],
    # seen again as it was told, or not seen at all: nothing new
    "AA": [[ALTERED]], "AR": [[ALTERED]], "ARA": [[ALTERED]], "XX": [[ABSENT]], "XRX": [[ABSENT]],
    # a further turn: of the day before, that the words were others then already, or that there were none
    "AX": [[ALTERED, GONE_5], [A_X]],
    "AB": [[ALTERED, DIFFERENT_5], [A_B]],
    "XA": [[ABSENT, OTHER_5], [X_A]],
    "ARX": [[ALTERED, GONE_6], [("In other words on 4, absent on 6.", "بألفاظ أخرى في 4، غير موجود في 6.")]],
    "ABX": [
        [ALTERED, GONE_6],
        [A_B, GONE_6],
        [("In other words on 5, absent on 6.", "بألفاظ أخرى في 5، غير موجود في 6.")],
    ],
    "XAB": [
        [ABSENT, OTHER_6],
        [X_A, DIFFERENT_6],
        [("In other words on 5, in different ones on 6.", "بألفاظ أخرى في 5، وبألفاظ مختلفة عنها في 6.")],
    ],
    # back, while the desk has not made up its mind: said on what is open
    "AU": [[ALTERED, BACK_5]], "AM": [[ALTERED, BACK_5]], "AS": [[ALTERED, BACK_5]], "XU": [[ABSENT, BACK_5]],
    "XRU": [[ABSENT, BACK_6]],
    "XAU": [[ABSENT, BACK_6], [X_A, BACK_6]],
    # back, and then the same again
    "AUA": [[ALTERED, (
        "In the words marked on 5, in these other words again on 6.",
        "بالألفاظ المعلَّمة في 5، وبهذه الألفاظ الأخرى من جديد في 6.",
    )]],
    "XUX": [[ABSENT, (
        "In the words marked on 5, absent again on 6.", "بالألفاظ المعلَّمة في 5، غير موجود من جديد في 6.",
    )]],
    # back, and then something else
    "AUB": [[ALTERED, DIFFERENT_6], [("Present on 5, in other words on 6.", "موجود في 5، بألفاظ أخرى في 6.")]],
    "AUX": [[ALTERED, GONE_6], [("Present on 5, absent on 6.", "موجود في 5، غير موجود في 6.")]],
    # something else, and then as it was told first
    "ABA": [
        [ALTERED, ("In different words on 5, in these again on 6.", "بألفاظ مختلفة في 5، وبهذه من جديد في 6.")],
        [A_B, DIFFERENT_6],
    ],
    "AXA": [
        [ALTERED, (
            "Absent on 5, in these other words again on 6.", "غير موجود في 5، وبهذه الألفاظ الأخرى من جديد في 6.",
        )],
        [A_X, OTHER_6],
    ],
    "XAX": [
        [ABSENT, ("In other words on 5, absent again on 6.", "بألفاظ أخرى في 5، غير موجود من جديد في 6.")],
        [X_A, GONE_6],
    ],
    # "|": the desk closes what is open; from then on that it is back is news
    "A|A": [[ALTERED]],
    "A|U": [
        [ALTERED],
        [("In other words on 4, in the words marked on 5.", "بألفاظ أخرى في 4، وبالألفاظ المعلَّمة في 5.")],
    ],
    "X|U": [[ABSENT], [("Absent on 4, present again on 5.", "غير موجود في 4، موجود من جديد في 5.")]],
    "X|UXU": [
        [ABSENT],
        [
            ("Absent on 4, present again on 5.", "غير موجود في 4، موجود من جديد في 5."),
            (
                "Absent on 6, in the words marked again on 7.",
                "غير موجود في 6، وبالألفاظ المعلَّمة من جديد في 7.",
            ),
        ],
        [
            ("Present on 5, absent on 6.", "موجود في 5، غير موجود في 6."),
            ("In the words marked again on 7.", "بالألفاظ المعلَّمة من جديد في 7."),
        ],
    ],
    "A|UAU": [
        [ALTERED],
        [
            ("In other words on 4, in the words marked on 5.", "بألفاظ أخرى في 4، وبالألفاظ المعلَّمة في 5."),
            (
                "In other words on 6, in the words marked again on 7.",
                "بألفاظ أخرى في 6، وبالألفاظ المعلَّمة من جديد في 7.",
            ),
        ],
        [
            ("Present on 5, in other words on 6.", "موجود في 5، بألفاظ أخرى في 6."),
            ("In the words marked again on 7.", "بالألفاظ المعلَّمة من جديد في 7."),
        ],
    ],
    "A|B|A": [
        [ALTERED],
        [A_B],
        [("In other words on 5, in different ones on 6.", "بألفاظ أخرى في 5، وبألفاظ مختلفة عنها في 6.")],
    ],
}  # fmt: skip
MONTHS = {"en": "December", "ar": "كانون الأول"}


def in_full(sentence: str, language: str) -> str:
    return re.sub(r"\d", rf"\g<0> {MONTHS[language]} 2026", sentence)


@pytest.mark.parametrize(("looks", "wanted"), SEQUENCES.items())
def test_after_any_looks(cast: Cast, case: Case, looks: str, wanted: list[list[tuple[str, str]]]) -> None:
    page, day = page_with_a_passage(cast, case), 0
    for look in looks:
        if look == "|":
            close_all(cast)
            continue
        day += 1
        if look == "R":
            page.fail(day)
        else:
            page.look(LOOKS[look], day)
    for number, language in enumerate(("en", "ar")):
        with translation.override(language):
            said = [alert.changes for alert in told(page)]
            when = list(when_opened(page.claim.alerts.select_related("claim").order_by("pk")).values())
        expected = [[in_full(each[number], language) for each in alert] for alert in wanted]
        assert said == expected
        assert when == [alert[:1] for alert in expected], "the record tells what was seen then, and nothing since"


def test_there_is_a_sentence_for_every_turn() -> None:
    """And none that calls other words present, or absent ones other words."""
    for before in Stood:
        for now in set(Stood) - {before}:
            for said in (turns.turned(before, now, ("3", "9")), turns.since(before, now, "9")):
                assert said
            assert turns.again(before, now, ("3", "9"))
    assert turns.turned(Stood.ALTERED, Stood.ALTERED, ("3", "9"))
    assert not any(turns.turned(Stood.ALTERED, now, ("3", "9")).startswith("Present") for now in Stood), (
        "present is said of the words marked"
    )


def test_an_alert_from_before_the_words_were_kept_with_it(cast: Cast, case: Case) -> None:
    page = page_with_a_passage(cast, case)
    page.look(LOOKS["A"], 1)
    page.look(LOOKS["X"], 2)
    for alert in Alert.objects.all():
        older = {name: value for name, value in alert.after.items() if name != "marked"}
        Alert.objects.filter(pk=alert.pk).update(after=older)
    assert told(page)[1].changes == [in_full("In other words on 4, absent on 5.", "en")]


def test_a_copy_made_elsewhere_hides_no_change_from_a_quotation(cast: Cast, case: Case) -> None:
    """It is no look; what was there is compared with what we saw ourselves."""
    page = page_with_a_passage(cast, case, marked=False)
    sources.upload(cast, page.source, f"<html><body><p>{LOOKS['X']}</p></body></html>".encode(), url=URL)
    page.look(LOOKS["X"], 2)
    assert page.alerts() == ["PASSAGE_ABSENT"]
    assert told(page)[0].changes == [in_full("Present on 3, absent on 5.", "en")]


def test_of_many_looks_those_are_read_that_saw_something_else(cast: Cast, case: Case) -> None:
    page = page_with_a_passage(cast, case)
    for day, look in enumerate("UUAAARXU", start=1):
        if look == "R":
            page.fail(day)
        else:
            page.look(LOOKS[look], day)
    found = Sighting.objects.telling().changes()
    assert [(each.look.at.day, each.state) for each in found] == [
        (4, "UNCHANGED"), (6, "ALTERED"), (10, "ABSENT"), (11, "UNCHANGED"),
    ]  # fmt: skip
    assert passage_alerts.work_off() == 0
