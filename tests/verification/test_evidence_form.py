"""The form of evidence: round trips that keep what was typed, and refusals where they stand."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from newsroom.models import Membership
from sources.models import Source
from tests.cast import open_case
from tests.sources import make as make_sources
from tests.verification import make
from verification.actions import evidence
from verification.actions.chain import Step
from verification.models import Evidence


@pytest.fixture
def claim(cast, case):
    return make.claim(cast, case)


@pytest.fixture
def account(cast, claim):
    return make.account(cast, claim, Step(make.person(), "QUOTES"), basis="WITNESSED", quotation="رأيته بعيني.")


@pytest.fixture
def amal(client, cast):
    client.force_login(cast.amal)
    return client


def typed(**changes) -> dict[str, object]:
    """What a browser would send: a new article that quotes a new person, who witnessed it."""
    return {
        "do": "save",
        "hops": "1",
        "stance": "SUPPORTS",
        "carrier-pick": "new",
        "carrier-kind": "ARTICLE",
        "carrier-name": "Middle East Eye",
        "carrier-language": "en",
        "hop-1-how": "QUOTES",
        "hop-1-pick": "new",
        "hop-1-kind": "PERSON",
        "hop-1-name": "a Syrian commander",
        "hop-1-language": "en",
        "hop-1-protected": "on",
        "basis": "WITNESSED",
        "attribution": "BACKGROUND",
        "credibility": "2",
        "quotation": "He took a rifle from a guard.",
        "quotation_language": "en",
        "translation": "أخذ بندقية من أحد الحراس.",
        "translation_language": "ar",
        **changes,
    }


def adding(claim) -> str:
    return f"/claims/{claim.reference}/evidence/new/"


def editing(account) -> str:
    return f"/evidence/{account.reference}/edit/"


def withdrawing(account) -> str:
    return f"/evidence/{account.reference}/withdraw/"


def page(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def chain_read_out(html: str) -> str:
    found = re.search(r'id="reading".*?<p dir="auto">(.*?)</p>', html, re.S)
    assert found
    return re.sub(r"<.*?>", "", found[1])


def test_it_works(amal, claim):
    assert "Add evidence" in page(amal.get(adding(claim)))
    response = amal.post(adding(claim), typed())
    account = Evidence.objects.get()
    assert response.url == f"/claims/{claim.reference}/#evidence-{account.pk}"
    hop = account.hops.get()
    assert (account.source.name, hop.kind, hop.source.name, account.basis) == (
        "Middle East Eye",
        "QUOTES",
        "a Syrian commander",
        "WITNESSED",
    )
    assert hop.source.protected
    assert account.quotation_translations == {"ar": "أخذ بندقية من أحد الحراس."}


def test_correcting_it(amal, cast, account):
    html = page(amal.get(editing(account)))
    assert chain_read_out(html) == "Read in Middle East Eye, which quotes قائد سوري, who witnessed it."
    officer = account.hops.get().source_id
    sent = typed(
        version="1",
        reason="He only heard of it.",
        basis="TOLD",
        **{"carrier-pick": account.source_id, "hop-1-pick": officer},
    )
    assert amal.post(editing(account), sent).status_code == 302
    account.refresh_from_db()
    assert (account.basis, account.version, account.hops.get().source_id) == ("TOLD", 2, officer)


def test_a_correction_keeps_the_translations_it_does_not_show(amal, cast, claim):
    account = make.account(
        cast, claim, quotation="رأيته.", quotation_translations={"en": "I saw it.", "fr": "Je l’ai vu."}
    )
    sent = typed(
        version="1",
        reason="A word.",
        hops="0",
        translation="I saw him.",
        translation_language="en",
        **{"carrier-pick": account.source_id},
    )
    assert amal.post(editing(account), sent).status_code == 302
    account.refresh_from_db()
    assert account.quotation_translations == {"en": "I saw him.", "fr": "Je l’ai vu."}


def test_withdrawing_it(amal, account):
    assert "Withdraw this evidence" in page(amal.get(withdrawing(account)))
    assert amal.post(withdrawing(account), {"reason": "He took it back."}).status_code == 302
    account.refresh_from_db()
    assert account.withdrawal_reason == "He took it back."
    again = page(amal.post(withdrawing(account), {"reason": "Once more."}))
    assert "Amal withdrew this already: He took it back." in again
    assert "Once more." in again
    assert amal.get(editing(account)).status_code == 302


def test_withdrawing_takes_a_reason(amal, account):
    assert "This field is required" in page(amal.post(withdrawing(account), {"reason": " "}))
    assert Evidence.objects.standing().exists()


# Round trips: what was typed stays, in its new order


def test_a_step_is_added_and_takes_the_focus(amal, claim):
    html = page(amal.post(adding(claim), typed(do="add")))
    assert 'name="hops" value="2"' in html
    assert re.search(r'name="hop-2-q"[^>]* autofocus', html)
    assert 'value="a Syrian commander"' in html
    assert not Evidence.objects.exists()


def test_steps_change_places_with_all_that_was_typed(amal, claim):
    two = typed(
        **{
            "hops": "2",
            "hop-2-how": "CITES",
            "hop-2-pick": "new",
            "hop-2-name": "a nurse",
            "hop-2-url": "https://example.org/a",
        }
    )
    for do in ("up-2", "down-1"):
        html = page(amal.post(adding(claim), two | {"do": do}))
        assert re.search(r'name="hop-1-name" value="a nurse"', html)
        assert re.search(r'name="hop-1-url" value="https://example.org/a"', html)
        assert re.search(r'name="hop-2-name" value="a Syrian commander"', html)


def test_a_step_is_removed(amal, claim):
    html = page(amal.post(adding(claim), typed(do="remove-1")))
    assert 'name="hops" value="0"' in html
    assert "a Syrian commander" not in html


@pytest.mark.parametrize(
    "do", ["up-1", "down-1", "up-9", "remove-0", "remove-x", "record-4000000", "record-", "dance", ""]
)
def test_a_button_that_makes_no_sense_changes_nothing(amal, claim, do):
    html = page(amal.post(adding(claim), typed(do=do)))
    assert 'name="hops" value="1"' in html
    assert 'value="a Syrian commander"' in html


@pytest.mark.parametrize("hops", ["", "x", "-1", "٣", "999999"])
def test_a_number_of_steps_that_makes_no_sense(amal, claim, hops):
    assert amal.post(adding(claim), typed(do="show", hops=hops)).status_code == 200


def test_the_chain_is_read_out_as_it_grows(amal, claim):
    html = page(amal.post(adding(claim), typed(do="show"), headers={"HX-Request": "true"}))
    assert html.lstrip().startswith("<form"), "htmx gets the form alone"
    assert chain_read_out(html) == "Read in Middle East Eye, which quotes a Syrian commander, who witnessed it."
    html = page(amal.post(adding(claim), typed(do="show", **{"hop-1-pick": ""})))
    assert chain_read_out(html) == "Read in Middle East Eye, which quotes …, which witnessed it."


def test_a_loop_is_named_before_anything_is_saved(amal, cast, account, claim):
    html = page(
        amal.post(
            adding(claim), typed(do="show", **{"carrier-pick": account.source_id, "hop-1-pick": account.source_id})
        )
    )
    assert "Step 1 names the carrier of this evidence itself" in html


def test_what_is_on_record_is_offered_and_put_in(amal, cast, case, claim):
    original = make_sources.source(cast, case, "Middle East Eye")
    rendering = make_sources.source(cast, case, "النص العربي", kind="ARTICLE")
    derivation = make_sources.derivation(cast, rendering, original)
    sent = typed(do="show", hops="0", **{"carrier-pick": rendering.pk})
    assert f'value="record-{derivation.pk}"' in page(amal.post(adding(claim), sent))
    html = page(amal.post(adding(claim), sent | {"do": f"record-{derivation.pk}"}))
    assert chain_read_out(html).startswith("Read in النص العربي, which translates Middle East Eye")
    assert f'value="record-{derivation.pk}"' not in html, "what stands in the chain is offered no more"


def test_sources_are_found_whatever_way_they_are_spelt(amal, cast, case, claim):
    known = make_sources.source(cast, case, "أيمن التميمي", kind="PERSON")
    make_sources.source(cast, case, "Tasnim")
    for words in ("ايمن", "التَّميمي", known.reference.lower()):
        html = page(amal.post(adding(claim), typed(do="show", hops="0", **{"carrier-q": words})))
        assert f'id="carrier-pick-{known.pk}"' in html
        assert "Tasnim" not in html


@pytest.mark.parametrize("words", ["\x00", "%", "\u202e", "ً" * 400, "x" * 5_000, "https://[", "S-99999999999"])
def test_a_search_for_something_odd_finds_nothing_and_breaks_nothing(amal, claim, words):
    assert amal.post(adding(claim), typed(do="show", **{"carrier-q": words})).status_code == 200


def test_a_new_source_much_like_one_on_record_is_pointed_out(amal, cast, case, claim):
    known = make_sources.source(cast, case, "Middle East Eye, investigation")
    html = page(amal.post(adding(claim), typed(do="show")))
    assert "Much like it is on record already:" in html
    assert known.reference in html[html.index('id="carrier-similar"') :]


def test_what_was_chosen_stays_when_something_else_is_searched(amal, cast, case, claim):
    known = make_sources.source(cast, case, "Tasnim")
    html = page(amal.post(adding(claim), typed(do="show", **{"carrier-pick": known.pk, "carrier-q": "zzz"})))
    assert re.search(rf'value="{known.pk}"[^>]* checked', html)


# Refusals, each where it stands, what was typed kept


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"quotation": "س" * 20_001}, "20001 characters long"),
        ({"quotation": "قال\x00هذا"}, "Character 4 is a control character"),
        ({"quotation_language": "arabic!"}, "no language tag"),
        ({"translation_language": ""}, "Say in which language"),
        ({"stance": ""}, "This field is required"),
        ({"stance": "MAYBE"}, "Select a valid choice"),
        ({"credibility": "1"}, "Fewer than two independent lines"),
        ({"credibility": "x"}, "Select a valid choice"),
        ({"carrier-pick": ""}, "Choose a source, or create one."),
        ({"carrier-pick": "4000000"}, "Choose a source of this case or of the newsroom."),
        ({"carrier-pick": "9" * 30}, "Choose a source, or create one."),
        ({"carrier-name": "Mid\u202edle"}, "changes the direction"),
        ({"carrier-kind": "GHOST"}, "is not a valid choice"),
        ({"carrier-url": "https://a:b@example.org/"}, "Remove everything between"),
        ({"hop-1-name": "x" * 301}, "301 characters long"),
        ({"hop-1-how": "DREAMT"}, "Choose how the one below has it"),
        ({"hop-1-pick": ""}, "Choose a source, or create one."),
    ],
)
def test_bad_input_is_told_where_it_stands_and_nothing_is_lost(amal, claim, change, words):
    html = page(amal.post(adding(claim), typed(**change)))
    assert escape(words) in html
    for kept in ("a Syrian commander", "He took a rifle", "أخذ بندقية من أحد الحراس."):
        assert kept in html or set(change) & {"quotation", "hop-1-name"}
    assert not Evidence.objects.exists()
    assert not Source.objects.exists()


def test_what_is_missing_is_said_at_once_with_links_to_it(amal, claim):
    html = page(amal.post(adding(claim), typed(**{"stance": "", "carrier-name": " ", "hop-1-pick": ""})))
    summary = html[html.index('role="alert"') : html.index("stance-choice")]
    for where in ("#id_stance_0", "#id_carrier-name", "#hop-1-find"):
        assert f'href="{where}"' in summary
        assert f'id="{where[1:]}"' in html
    assert "Step 1, Source" in summary


def test_a_chain_that_loops_and_one_that_is_too_long(amal, claim, account):
    officer = account.hops.get().source_id
    loop = {"hops": "2", "hop-1-pick": officer, "hop-2-pick": officer, "hop-2-how": "CITES"}
    assert "Step 2 names the same source as step 1" in page(amal.post(adding(claim), typed(**loop)))
    many = {
        f"hop-{n}-{name}": value
        for n in range(1, 14)
        for name, value in {
            "pick": "new",
            "kind": "PERSON",
            "name": f"P{n}",
            "how": "TOLD_BY",
            "language": "en",
        }.items()
    }
    assert "at most 12 steps" in page(amal.post(adding(claim), typed(hops="13", **many)))


def test_a_source_of_another_case_does_not_exist_here(amal, cast, claim):
    elsewhere = make_sources.source(cast, open_case(cast, "homs"), "Al-Hidden")
    html = page(amal.post(adding(claim), typed(**{"carrier-pick": elsewhere.pk, "carrier-q": "Hidden"})))
    assert "Choose a source of this case or of the newsroom." in html
    assert f'id="carrier-pick-{elsewhere.pk}"' not in html


def test_whoever_was_slower_is_told_and_decides(amal, cast, account):
    hops = [Step(hop.source_id, hop.kind) for hop in account.hops.all()]
    evidence.edit(
        actor=cast.basim, evidence_id=account.pk, version=1, reason="He was not there.",
        stance="SUPPORTS", source=account.source_id, hops=hops, basis="TOLD", quotation="سمعت به.",
        attribution="DEEP_BACKGROUND",
    )  # fmt: skip
    sent = typed(version="1", reason="A word.", **{"carrier-pick": account.source_id, "hop-1-pick": hops[0].source})
    html = page(amal.post(editing(account), sent))
    assert "<bdi>Basim</bdi> changed this" in html
    assert "who was told; by whom is not said." in html
    assert "سمعت به." in html
    conflict = html[: html.index("stance-choice")]
    assert "deep background" in conflict
    assert re.findall(r"<p><strong>(\w+)</strong></p>", conflict) == ["Chain", "Attribution", "Quotation"]
    assert "He took a rifle" in html
    version = re.search(r'name="version" value="(\d+)"', html)
    assert version
    assert version[1] == "2"
    assert amal.post(editing(account), sent | {"version": version[1]}).status_code == 302
    account.refresh_from_db()
    assert account.quotation == "He took a rifle from a guard."


# Who may


@pytest.mark.parametrize("address", [adding, editing, withdrawing])
def test_observers_read_and_are_told_why_not(client, cast, claim, account, address):
    client.force_login(cast.omar)
    response = client.get(address(claim if address is adding else account))
    assert response.status_code == 403
    assert "that takes a researcher" in response.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_restricted_case_does_not_exist_for_strangers(client, cast, restricted, method):
    claim = make.claim(cast, restricted)
    account = make.account(cast, claim)
    client.force_login(cast.dana)
    for address in (adding(claim), editing(account), withdrawing(account)):
        assert getattr(client, method)(address, typed()).status_code == 404
    assert not Membership.objects.filter(user=cast.dana).exists()


@pytest.mark.parametrize("reference", ["C-999999", "C-0", "x", "12", "C-12345678901234567890"])
def test_a_claim_that_never_was(amal, claim, reference):
    assert amal.get(f"/claims/{reference}/evidence/new/").status_code == 404
    assert amal.get(f"/evidence/{reference.replace('C', 'E')}/edit/").status_code == 404


def test_wrong_methods(amal, claim, account):
    for address in (adding(claim), editing(account), withdrawing(account)):
        assert amal.delete(address).status_code == 405


def test_the_number_of_queries_does_not_grow(amal, cast, case, claim):
    def queries(account: Evidence) -> int:
        with CaptureQueriesContext(connection) as counted:
            page(amal.get(editing(account)))
        return len(counted)

    short = make.account(cast, claim, Step(make.person(), "QUOTES"))
    long = make.account(cast, claim, *(Step(make.person(f"شاهد {number}"), "TOLD_BY") for number in range(8)))
    for number in range(20):
        make_sources.source(cast, case, f"جريدة {number}")
    assert queries(long) == queries(short)
