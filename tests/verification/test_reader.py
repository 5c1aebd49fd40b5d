"""The reader: a captured text a part at a time, what is marked in it, and what a passage of it becomes."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from newsroom.models import Case
from sources.domain.texts import BESIDES
from sources.models import Capture, Excerpt, Source
from tests.cast import Cast, open_case
from tests.sources import make as sources
from tests.verification import make
from verification.models import Claim, Evidence

TEXT = "عنوان الخبر\n\nقال قائد سوري 🎥 إن الفصائل سيطرت على حي الفرقان.\nثم انسحبت منه."
PASSAGE = "الفصائل سيطرت على حي الفرقان"
START = TEXT.index(PASSAGE)
HERE = {"start": START, "end": START + len(PASSAGE)}


@pytest.fixture
def carrier(cast: Cast, case: Case) -> Source:
    return sources.source(cast, case, "الترجمة", url="https://news.example/page")


@pytest.fixture
def capture(cast: Cast, carrier: Source) -> Capture:
    return sources.capture(cast, carrier, TEXT, language="ar")


@pytest.fixture
def amal(client: Any, cast: Cast) -> Any:
    client.force_login(cast.amal)
    return client


def address(capture: Capture) -> str:
    return reverse("capture-read", args=[capture.pk])


def reading(client: Any, capture: Capture, **asked: Any) -> str:
    response = client.get(address(capture), asked)
    assert response.status_code == 200
    return str(response.content.decode())


def sent(passage: dict[str, Any], capture: Capture, **changes: Any) -> dict[str, Any]:
    """What the browser sends for evidence with a passage: the carrier is the one that was captured."""
    return {
        "do": "save",
        "hops": "0",
        "stance": "SUPPORTS",
        "carrier-pick": str(capture.source_id),
        "basis": "WITNESSED",
        "attribution": "ON_THE_RECORD",
        "credibility": "6",
        "quotation": PASSAGE,
        "quotation_language": "ar",
        "capture": str(capture.pk),
        **passage,
        **changes,
    }


def test_it_works(amal: Any, capture: Capture) -> None:
    page = reading(amal, capture)
    assert f'data-start="{TEXT.index("قال")}"' in page
    assert "ثم انسحبت منه." in page
    assert 'id="selection"' in page


def test_paragraphs_stand_in_their_own_direction_with_nothing_between_their_words(amal: Any, capture: Capture) -> None:
    assert f'<p dir="auto" data-start="0">{TEXT.splitlines()[0]}</p>' in reading(amal, capture)


def test_a_selected_passage_can_become_evidence_or_a_claim(amal: Any, cast: Cast, case: Case, capture: Capture) -> None:
    claim = make.claim(cast, case)
    page = reading(amal, capture, **HERE, words=PASSAGE)
    assert f'<mark class=" is-chosen">{PASSAGE}</mark>' in page
    assert f"claim={claim.reference}" in page
    assert f"new={case.slug}" in page


def test_a_place_counted_wrongly_is_found_by_its_words_and_that_is_said(amal: Any, capture: Capture) -> None:
    page = reading(amal, capture, start=START + 1, end=START + 9, words=PASSAGE)
    assert f'<mark class=" is-chosen">{PASSAGE}</mark>' in page
    assert "word for word" in page


def test_words_are_looked_up_without_script(amal: Any, capture: Capture) -> None:
    found = reading(amal, capture, quote="الفصائِل سيطرت علي حى الفرقان")
    assert f'<mark class=" is-chosen">{PASSAGE}</mark>' in found
    assert "but for spelling and spacing" in found
    nearly = reading(amal, capture, quote=PASSAGE.replace("سيطرت", "هجمت") + " اليوم")
    assert "nearly these words" in nearly
    assert "<ins>" in nearly
    assert "do not stand in the text" in reading(amal, capture, quote="تراجعت أسعار القمح")


@pytest.mark.parametrize(
    "asked",
    [
        {"start": "x", "end": "9"},
        {"start": "9" * 30, "end": "1"},
        {"start": "-4", "end": "2"},
        {"quote": "\x00"},
        {"page": "9999"},
        {"page": "x", "at": "999999999"},
        {"words": "a" * 3_000, "start": "1", "end": "2"},
    ],
)
def test_an_address_that_makes_no_sense_shows_the_text_all_the_same(
    amal: Any, capture: Capture, asked: dict[str, str]
) -> None:
    assert "data-start" in reading(amal, capture, **asked)


def test_the_form_comes_with_the_words_and_the_chain_as_far_as_it_is_on_record(
    amal: Any, cast: Cast, case: Case, capture: Capture, carrier: Source
) -> None:
    original = sources.source(cast, case, "الأصل")
    wire = sources.source(cast, case, "الوكالة")
    sources.derivation(cast, carrier, original)
    sources.derivation(cast, original, wire, "REPUBLISHES")
    claim = make.claim(cast, case)
    page = reading(amal, capture, **HERE, claim=claim.reference)
    assert f"{PASSAGE}</textarea>" in page
    assert f'action="/claims/{claim.reference}/evidence/new/"' in page
    for name, value in ({"hops": 2, "capture": capture.pk, **HERE}).items():
        assert f'name="{name}" value="{value}"' in page
    for prefix, source in (("carrier", carrier), ("hop-1", original), ("hop-2", wire)):
        assert f'id="{prefix}-pick-{source.pk}" checked' in page


def test_where_the_record_knows_two_things_none_is_filled_in(
    amal: Any, cast: Cast, case: Case, capture: Capture, carrier: Source
) -> None:
    for name in ("أصل", "أصل آخر"):
        sources.derivation(cast, carrier, sources.source(cast, case, name))
    page = reading(amal, capture, **HERE, claim=make.claim(cast, case).reference)
    assert 'name="hops" value="0"' in page
    assert page.count("Put this step in") == 2


def test_a_chain_that_goes_round_ends_where_it_began(
    amal: Any, cast: Cast, case: Case, capture: Capture, carrier: Source
) -> None:
    other = sources.source(cast, case, "أصل")
    sources.derivation(cast, carrier, other)
    sources.derivation(cast, other, carrier)
    assert 'name="hops" value="1"' in reading(amal, capture, **HERE, claim=make.claim(cast, case).reference)


def test_a_passage_becomes_evidence_bound_to_its_place(amal: Any, cast: Cast, case: Case, capture: Capture) -> None:
    claim = make.claim(cast, case)
    answer = amal.post(reverse("evidence-add", args=[claim.reference]), sent(HERE, capture))
    account = Evidence.objects.get()
    excerpt = account.excerpt
    assert excerpt is not None
    assert (excerpt.exact, excerpt.start, excerpt.capture, excerpt.language) == (PASSAGE, START, capture, "ar")
    assert answer["Location"] == excerpt.get_absolute_url()
    assert {row.act.name for row in excerpt.history.all()} == {"evidence.add"}
    page = reading(amal, capture, at=excerpt.start)
    assert f'<mark class="is-marked is-supports">{PASSAGE}</mark>' in page
    assert f'/claims/{claim.reference}/#evidence-{account.pk}"' in page


def test_a_claim_written_from_a_passage_leads_back_to_it(amal: Any, case: Case, capture: Capture) -> None:
    page = reading(amal, capture, **HERE, new=case.slug)
    assert f"{PASSAGE}</textarea>" in page
    written = {
        "statement": "سيطرت الفصائل على الحي.",
        "language": "ar",
        "risk": "MEDIUM",
        "capture": capture.pk,
        **HERE,
    }
    answer = amal.post(reverse("claim-create", args=[case.slug]), written)
    to = urlsplit(answer["Location"])
    assert (to.path, to.fragment) == (address(capture), "making")
    assert parse_qs(to.query)["claim"] == [Claim.objects.get().reference]
    assert f"{PASSAGE}</textarea>" in amal.get(answer["Location"]).content.decode()


def test_a_refused_form_keeps_the_passage(amal: Any, cast: Cast, case: Case, capture: Capture) -> None:
    claim = make.claim(cast, case)
    answer = amal.post(reverse("evidence-add", args=[claim.reference]), sent(HERE, capture, stance=""))
    page = answer.content.decode()
    assert f'name="capture" value="{capture.pk}"' in page
    assert "is kept with its place there" in page
    assert not Excerpt.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"quotation": "تراجعت أسعار القمح في الأسواق العالمية"}, "These words do not stand"),
        (
            {"carrier-pick": "new", "carrier-kind": "ARTICLE", "carrier-name": "Other", "carrier-language": "en"},
            "capture of another source",
        ),
    ],
)
def test_other_words_and_other_sources_are_not_bound(
    amal: Any, cast: Cast, case: Case, capture: Capture, changes: dict[str, str], said: str
) -> None:
    claim = make.claim(cast, case)
    answer = amal.post(reverse("evidence-add", args=[claim.reference]), sent(HERE, capture, **changes))
    assert escape(said) in answer.content.decode()
    assert not Evidence.objects.exists()
    assert not Excerpt.objects.exists()


def test_a_quotation_left_empty_is_the_passage(amal: Any, cast: Cast, case: Case, capture: Capture) -> None:
    claim = make.claim(cast, case)
    amal.post(reverse("evidence-add", args=[claim.reference]), sent(HERE, capture, quotation=""))
    assert Evidence.objects.get().quotation == PASSAGE


def test_an_observer_reads_and_is_offered_nothing_else(client: Any, cast: Cast, case: Case, capture: Capture) -> None:
    claim = make.claim(cast, case)
    client.force_login(cast.omar)
    page = reading(client, capture, **HERE)
    assert 'id="selection"' not in page
    assert claim.reference not in page
    assert client.get(address(capture), {**HERE, "claim": claim.reference}).status_code == 404


def test_a_capture_of_one_case_offers_no_claim_of_another(amal: Any, cast: Cast, capture: Capture) -> None:
    claim = make.claim(cast, open_case(cast, "homs"), "إعلان آخر")
    assert claim.reference not in reading(amal, capture, **HERE)
    assert amal.get(address(capture), {**HERE, "claim": claim.reference}).status_code == 404


def test_a_capture_of_the_newsroom_offers_the_cases_one_works_in(
    client: Any, cast: Cast, case: Case, restricted: Case
) -> None:
    capture = sources.capture(cast, sources.source(cast), TEXT)
    secret, known = make.claim(cast, restricted), make.claim(cast, case)
    sources.excerpt(cast, restricted, capture, PASSAGE)
    client.force_login(cast.dana)
    page = reading(client, capture, **HERE)
    assert known.reference in page
    assert secret.reference not in page
    assert restricted.slug not in page
    assert "is-marked" not in page
    client.force_login(cast.amal)
    assert secret.reference in (page := reading(client, capture, **HERE))
    assert "is-marked" in page


def test_of_many_cases_each_can_be_chosen_for_a_new_claim(amal: Any, cast: Cast, case: Case) -> None:
    capture = sources.capture(cast, sources.source(cast), TEXT)
    later = [open_case(cast, f"later-{number}") for number in range(6)]
    page = reading(amal, capture, **HERE)
    for each in (case, *later):
        assert page.count(f"new={each.slug}#") + page.count(f'<option value="{each.slug}">') == 1
    assert "first evidence" in reading(amal, capture, **HERE, new=case.slug)


def test_claims_are_looked_for_by_their_words(amal: Any, cast: Cast, case: Case, capture: Capture) -> None:
    wanted, other = make.claim(cast, case, "سقطت حمص"), make.claim(cast, case, "سقطت حلب")
    page = reading(amal, capture, **HERE, q="حمص")
    assert wanted.reference in page
    assert other.reference not in page
    assert "No open claim" in reading(amal, capture, **HERE, q="دمشق")


def test_a_refusal_of_the_server_is_no_text_to_quote(amal: Any, cast: Cast, carrier: Source) -> None:
    capture = sources.capture(cast, carrier, "403 Forbidden", state="FAILED")
    page = reading(amal, capture, start=0, end=3)
    assert "holds no text" in page
    assert "Forbidden" not in page


def test_a_million_characters_are_turned_by_parts(amal: Any, cast: Cast, carrier: Source) -> None:
    line = "كلمة أخرى في نص طويل جدا. " * 40
    text = "\n".join(f"{number} {line}" for number in range(1_000))
    capture = sources.capture(cast, carrier, text)
    page = reading(amal, capture)
    assert len(page) < 150_000
    assert "Part 1 of" in page
    at = text.index("\n700 ") + 1
    assert f'data-start="{at}"' in reading(amal, capture, at=at)
    assert f'data-start="{at}"' in reading(amal, capture, start=at, end=at + 30)


def test_it_takes_as_many_queries_for_much_as_for_little(amal: Any, cast: Cast, case: Case, capture: Capture) -> None:
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            reading(amal, capture, **HERE)
        counts.append(len(captured))
        for word in TEXT.split():
            excerpt = sources.excerpt(cast, case, capture, word)
            place = {"start": excerpt.start, "end": excerpt.end}
            claim = make.claim(cast, case, f"ادعاء عن {word}")
            amal.post(reverse("evidence-add", args=[claim.reference]), sent(place, capture, quotation=word))
    assert counts[0] + 1 == counts[1]  # the evidence of the excerpts, once there are any


@pytest.mark.parametrize(
    ("text", "version", "said"),
    [
        (f"{TEXT}\n{BESIDES}\nشرح الصورة", "3 (HeadlessChrome/140)", "First the article, then, below * * *"),
        (TEXT, "3 (HeadlessChrome/140)", ""),
        (TEXT, "2", "This text is what our program took for the article, and no more."),
    ],
)
def test_what_the_text_is_of_the_page(
    amal: Any, cast: Cast, carrier: Source, text: str, version: str, said: str
) -> None:
    capture = sources.capture(cast, carrier, text, language="ar", engine_version=version)
    for page in (reading(amal, capture), amal.get(f"{capture.get_absolute_url()}?part=text").content.decode()):
        for words in ("First the article", "for the article, and no more"):
            assert (words in page) == (words in said)
