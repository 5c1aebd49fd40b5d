from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from newsroom.models import Case, User
from tests.cast import Cast, open_case
from tests.sources import make as make_source
from tests.verification import make
from verification.actions import claims
from verification.models import Claim

TYPED = {"statement": make.STATEMENT, "language": "ar", "risk": "HIGH"}


def client(person: User) -> Client:
    signed_in = Client()
    signed_in.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return signed_in


def write(case: Case, person: User, **typed: Any) -> Any:
    return client(person).post(reverse("claim-create", args=[case.slug]), {**TYPED, **typed})


def edit(claim: Claim, person: User, **typed: Any) -> Any:
    typed = {**TYPED, "version": claim.version, **typed}
    return client(person).post(reverse("claim-edit", args=[claim.reference]), typed)


def test_it_works(cast: Cast, case: Case) -> None:
    claimant = make_source.source(cast, case)
    given = {"translation_en": "It fell.", "happened": "٢٠٢٤-١١-٢٨", "place": "Aleppo", "claimant": claimant.pk}
    answer = write(case, cast.amal, **given)
    claim = Claim.objects.get()
    assert answer.status_code == HTTPStatus.FOUND
    assert answer["Location"] == f"/claims/{claim.reference}/"
    assert (claim.translations, claim.happened, claim.place) == ({"en": "It fell."}, "2024-11-28", "Aleppo")
    assert (claim.claimant, claim.risk, claim.created_by) == (claimant, "HIGH", cast.amal)


def test_refusals(cast: Cast, restricted: Case) -> None:
    url = reverse("claim-create", args=[restricted.slug])
    assert client(cast.dana).get(url).status_code == HTTPStatus.NOT_FOUND
    assert write(restricted, cast.dana).status_code == HTTPStatus.NOT_FOUND
    assert client(cast.omar).get(url).status_code == HTTPStatus.FORBIDDEN
    assert client(cast.amal).get(url).status_code == HTTPStatus.OK
    assert client(cast.amal).put(url).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("statement", "", "required"),
        ("statement", "a\x00b", "Character 2 is a control character"),
        ("statement", "x" * 5_001, "5001 characters"),
        ("happened", "2024-02-31", "February 2024 has 29 days"),
        ("happened", "last Friday", "cannot be read as a date"),
        ("place", "Ale\u202eppo", "changes the direction"),
        ("language", "not a language", "no language tag"),
        ("translation_en", "\u0301" * 40, "combining marks"),
        ("claimant", "999999", "Choose a source from the list"),
        ("risk", "HUGE", "valid choice"),
    ],
)
def test_what_is_wrong_is_said_where_it_stands_and_what_was_typed_is_kept(
    cast: Cast, case: Case, field: str, typed: str, said: str
) -> None:
    answer = write(case, cast.amal, **{"place": "Furqan quarter", field: typed})
    assert answer.status_code == HTTPStatus.OK
    form = answer.context["form"]
    assert set(form.errors) == {field}
    assert said in str(form.errors[field])
    assert form["place"].value() == ("Furqan quarter" if field != "place" else typed)
    assert not Claim.objects.exists()


def test_direction_controls_in_a_statement_are_kept(cast: Cast, case: Case) -> None:
    write(case, cast.amal, statement="قال \u202aIRGC\u202c ذلك في بيان")
    assert "\u202a" in Claim.objects.get().statement


def test_a_source_of_another_case_is_not_offered(cast: Cast, case: Case) -> None:
    foreign = make_source.source(cast, open_case(cast, "other"))
    assert set(write(case, cast.amal, claimant=foreign.pk).context["form"].errors) == {"claimant"}


def test_a_claim_much_like_another_is_not_saved_before_that_one_was_seen(cast: Cast, case: Case) -> None:
    first = make.claim(cast, case)
    answer = write(case, cast.amal)
    assert answer.context["similar"] == [first]
    assert first.reference in answer.content.decode()
    assert Claim.objects.count() == 1
    assert write(case, cast.amal, similar_seen="yes").status_code == HTTPStatus.FOUND
    assert Claim.objects.count() == 2


def test_hints_while_typing(cast: Cast, case: Case) -> None:
    first = make.claim(cast, case)
    url = reverse("claim-create", args=[case.slug])

    def hint(target: str, **typed: str) -> str:
        headers = {"HX-Request": "true", "HX-Target": target}
        return client(cast.amal).post(url, typed, headers=headers).content.decode()

    assert first.reference in hint("similar", statement=make.STATEMENT)
    assert first.reference not in hint("similar", statement="Something else entirely, in English.")
    assert "28 November 2024" in hint("when", happened="2024-11-28")
    assert "February 2024 has 29 days" in hint("when", happened="2024-02-31")
    assert "<html" not in hint("when", happened="2024")
    assert Claim.objects.count() == 1


def test_edit_works(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case, translations={"en": "It fell.", "fa": "سقوط کرد"})
    answer = client(cast.amal).get(reverse("claim-edit", args=[claim.reference]))
    assert answer.context["form"]["translation_en"].value() == "It fell."
    assert edit(claim, cast.amal, place="Homs", translation_en="It fell there.").status_code == HTTPStatus.FOUND
    changed = Claim.objects.get()
    assert (changed.place, changed.version) == ("Homs", 2)
    assert changed.translations == {"en": "It fell there.", "fa": "سقوط کرد"}


def test_a_translation_into_its_own_language_is_none(cast: Cast, case: Case) -> None:
    write(case, cast.amal, translation_ar="نص آخر")
    assert Claim.objects.get().translations == {}


def test_the_second_to_save_sees_both_and_decides(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case, translations={"en": "It fell."})
    edit(claim, cast.basim, place="Homs", translation_en="It has fallen.")
    answer = edit(claim, cast.amal, place="Aleppo", translation_en="It fell.")
    page = answer.content.decode()
    assert "Homs" in page
    assert "Aleppo" in page
    assert "It has fallen." in page
    assert Claim.objects.get().place == "Homs"
    assert edit(claim, cast.amal, place="Aleppo", version=answer.context["form"]["version"].value())
    assert Claim.objects.get().place == "Aleppo"


def test_who_may_not_edit(cast: Cast, restricted: Case) -> None:
    claim = make.claim(cast, restricted)
    assert edit(claim, cast.dana).status_code == HTTPStatus.NOT_FOUND
    assert edit(claim, cast.omar).status_code == HTTPStatus.FORBIDDEN


def test_whoever_edits_a_settled_claim_is_told_that_it_opens_again(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    claims.close(actor=cast.chadi, claim_id=claim.pk, reason="no longer news")
    url = reverse("claim-edit", args=[claim.reference])
    assert "opens this claim again" in client(cast.amal).get(url).content.decode()
    edit(claim, cast.amal, statement="Another statement.")
    assert Claim.objects.get().state == "REOPENED"
