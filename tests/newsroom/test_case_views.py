from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from newsroom import permits
from newsroom.actions import cases
from newsroom.models import Case, Membership, Preset, Role
from tests.cast import Cast

NEW = {"title": "حلب وحمص", "slug": "aleppo-2", "language": "ar", "preset": Preset.HIGH_RISK}


@pytest.fixture
def chadi(client: Client, cast: Cast) -> Client:
    client.force_login(cast.chadi, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_it_works(chadi: Client) -> None:
    chadi.post(reverse("case-create"), NEW)
    case = Case.objects.get(slug="aleppo-2")
    assert (case.title, case.policy.least_reviews, case.restricted) == ("حلب وحمص", 2, False)


def test_who_opens_a_restricted_case_is_its_first_member(cast: Cast) -> None:
    case = cases.create(actor=cast.chadi, slug="quiet", title="Quiet", language="en", restricted=True)
    assert [each.user for each in case.memberships.all()] == [cast.chadi]
    assert not Case.objects.visible_to(cast.hana).filter(slug="quiet").exists()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("slug", "حلب", "small Latin letters"),
        ("slug", "aleppo", "taken"),
        ("slug", "new", "taken"),
        ("title", "a\u202eb", "direction"),  # a bidi override turns a title around
        ("title", "x" * 301, "300"),
        ("title", "nul\x00", "character"),
        ("language", "no language", "language tag"),
        ("preset", "STRICTEST", "valid choice"),
    ],
)
def test_bad_input_is_said_in_its_place_and_kept(field: str, typed: str, said: str, chadi: Client, case: Case) -> None:
    answer = chadi.post(reverse("case-create"), NEW | {field: typed})
    assert answer.status_code == HTTPStatus.OK
    form = answer.context["form"]
    assert said in " ".join(form.errors[field])
    assert form[field].value() == typed
    assert not Case.objects.filter(slug="aleppo-2").exists()


def test_a_short_name_is_taken_whatever_its_letter_case(chadi: Client, case: Case) -> None:
    assert "taken" in str(chadi.post(reverse("case-create"), NEW | {"slug": "ALEPPO"}).context["form"].errors)


def test_the_second_of_two_editors_is_told(chadi: Client, cast: Cast, case: Case) -> None:
    cases.edit(actor=cast.chadi, case_id=case.pk, version=1, title="Theirs", language="ar", restricted=False)
    typed = {"title": "Mine", "language": "ar", "version": 1}
    answer = chadi.post(reverse("case-edit", args=[case.slug]), typed)
    conflict = answer.context["form"].conflict
    assert (conflict["who"], conflict["fields"]) == ("Chadi", [{"label": "Title", "theirs": "Theirs", "yours": "Mine"}])
    assert Case.objects.get(pk=case.pk).title == "Theirs"
    again = {name: answer.context["form"][name].value() or "" for name in ("title", "language", "version")}
    chadi.post(reverse("case-edit", args=[case.slug]), again)
    assert Case.objects.get(pk=case.pk).title == "Mine"


def test_a_membership_never_rises_above_the_newsroom_role(cast: Cast, case: Case) -> None:
    membership = cases.add_member(actor=cast.chadi, case_id=case.pk, user_id=cast.amal.pk, role=Role.EDITOR)
    assert membership.role == Role.RESEARCHER


def test_a_restricted_case_keeps_an_editor(cast: Cast, restricted: Case) -> None:
    with pytest.raises(permits.Denied, match="at least one editor"):
        cases.remove_member(actor=cast.chadi, case_id=restricted.pk, user_id=cast.chadi.pk)
    assert Membership.objects.filter(case=restricted, user=cast.chadi).exists()


def test_members_page_works(chadi: Client, cast: Cast, restricted: Case) -> None:
    url = reverse("case-members", args=[restricted.slug])
    chadi.post(url, {"person": cast.dana.pk, "role": Role.RESEARCHER})
    assert restricted.memberships.filter(user=cast.dana).exists()
    chadi.post(reverse("case-member-remove", args=[restricted.slug, cast.dana.pk]))
    assert not restricted.memberships.filter(user=cast.dana).exists()


def test_removing_who_is_no_member_finds_nothing(chadi: Client, cast: Cast, restricted: Case) -> None:
    answer = chadi.post(reverse("case-member-remove", args=[restricted.slug, cast.dana.pk]))
    assert answer.status_code == HTTPStatus.NOT_FOUND


def test_the_policy_can_be_changed(chadi: Client, case: Case) -> None:
    asks: dict[str, Any] = {
        "preset": "LIGHT", "least_independent_lines": 3, "least_reviews": 0, "lone_anonymous": "FORBIDDEN"
    }  # fmt: skip
    chadi.post(reverse("case-policy", args=[case.slug]), asks)
    policy = Case.objects.get(pk=case.pk).policy
    assert (policy.least_independent_lines, policy.four_eyes, policy.lone_anonymous) == (3, False, "FORBIDDEN")


def test_the_list_shows_what_exists_for_you(client: Client, cast: Cast, case: Case, restricted: Case) -> None:
    client.force_login(cast.dana, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert [each.slug for each in client.get(reverse("case-list")).context["page"]] == [case.slug]


def test_the_list_takes_the_same_queries_for_any_number(
    chadi: Client, cast: Cast, case: Case, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_max_num_queries(20) as one:
        chadi.get(reverse("case-list"))
    for number in range(8):
        cases.create(actor=cast.chadi, slug=f"case-{number}", title="Another", language="en")
    with django_assert_num_queries(len(one.captured_queries)):
        chadi.get(reverse("case-list"))
