"""Every route, every method, the whole cast. A route that this table does not know fails the test.

The world is a restricted case: Chadi edits it, Basim reviews, Amal researches, Omar observes. Dana and Hana are no
members, so for them nothing in it exists. What belongs to the newsroom as a whole goes by the newsroom-wide role.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from audit.models import Entry
from newsroom.models import Role
from tests.cast import Cast
from tests.world import World

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
MEMBERS = {"amal", "basim", "chadi", "omar"}
EVERYBODY = Role.OBSERVER


@dataclass(frozen=True)
class Row:
    """The least role for each method; a method that is not there is not allowed. `only`: these people and no others.

    `path` gives the route's arguments in the world; a row with `in_case` is about the restricted case.
    """

    get: Role | None = None
    post: Role | None = None
    path: Callable[[World], list[Any]] = field(default=lambda world: [])
    in_case: bool = True
    only: frozenset[str] | None = None

    def least(self, method: str) -> Role | None:
        return {"GET": self.get, "POST": self.post}.get(method)


def newsroom_wide(**values: Any) -> Row:
    return Row(in_case=False, **values)


R, E, A = Role.RESEARCHER, Role.EDITOR, Role.ADMIN
CASE: Any = {"path": lambda world: [world.case.slug]}
CLAIM: Any = {"path": lambda world: [world.claim.reference]}
SOURCE: Any = {"path": lambda world: [world.source.reference]}
CAPTURE: Any = {"path": lambda world: [world.capture.pk]}
DERIVATION: Any = {"path": lambda world: [world.derivation.pk]}
WATCH: Any = {"path": lambda world: [world.watch.pk]}
ACCOUNT: Any = {"path": lambda world: [world.account.reference]}
BASIM = frozenset({"basim"})

TABLE: dict[str, Row] = {
    "case-list": newsroom_wide(get=EVERYBODY),
    "find": newsroom_wide(get=EVERYBODY),
    "case-create": newsroom_wide(get=E, post=E),
    "case-detail": Row(get=EVERYBODY, **CASE),
    "claim-create": Row(get=R, post=R, **CASE),
    "claim-detail": Row(get=EVERYBODY, **CLAIM),
    "claim-edit": Row(get=R, post=R, **CLAIM),
    "claim-comment": Row(post=R, **CLAIM),
    "claim-close": Row(post=E, **CLAIM),
    "claim-reopen": Row(post=E, **CLAIM),
    "evidence-add": Row(get=R, post=R, **CLAIM),
    "evidence-edit": Row(get=R, post=R, **ACCOUNT),
    "evidence-withdraw": Row(get=R, post=R, **ACCOUNT),
    "case-edit": Row(get=E, post=E, **CASE),
    "case-policy": Row(get=E, post=E, **CASE),
    "case-members": Row(get=E, post=E, **CASE),
    "case-member-remove": Row(post=E, path=lambda world: [world.case.slug, world.cast.omar.pk]),
    "claim-history": Row(get=EVERYBODY, post=EVERYBODY, **CLAIM),
    "evidence-history": Row(get=EVERYBODY, post=EVERYBODY, path=lambda world: [world.account.reference]),
    "source-history": Row(get=EVERYBODY, post=EVERYBODY, path=lambda world: [world.source.reference]),
    "case-history": Row(get=EVERYBODY, post=EVERYBODY, **CASE),
    "capture-history": Row(get=EVERYBODY, post=EVERYBODY, **CAPTURE),
    "person-history": newsroom_wide(get=EVERYBODY, post=EVERYBODY, path=lambda world: [world.cast.dana.pk]),
    "audit-proof": Row(get=EVERYBODY, path=lambda world: [Entry.objects.filter(act__name="capture.finish")[0].index]),
    "audit-list": newsroom_wide(get=EVERYBODY, post=EVERYBODY),
    "ledger": newsroom_wide(get=EVERYBODY, post=EVERYBODY),
    "ledger-verification": newsroom_wide(get=EVERYBODY, path=lambda world: [world.run.pk]),
    "ledger-checkpoint": newsroom_wide(get=EVERYBODY, path=lambda world: [world.checkpoint.pk]),
    "person-list": newsroom_wide(get=A),
    "person-create": newsroom_wide(get=A, post=A),
    "person-edit": newsroom_wide(get=A, post=A, path=lambda world: [world.cast.dana.pk]),
    "person-close": newsroom_wide(get=A, post=A, path=lambda world: [world.cast.dana.pk]),
    "source-list": newsroom_wide(get=EVERYBODY),
    "source-pick": newsroom_wide(get=EVERYBODY),
    "source-create": newsroom_wide(get=R, post=R),
    "case-sources": Row(get=EVERYBODY, **CASE),
    "source-detail": Row(get=EVERYBODY, **SOURCE),
    "source-edit": Row(get=R, post=R, **SOURCE),
    "source-share": Row(get=E, post=E, **SOURCE),
    "source-assess": Row(get=R, post=R, **SOURCE),
    "source-affiliate": Row(get=R, post=R, **SOURCE),
    "source-derive": Row(get=R, post=R, **SOURCE),
    "derivation-edit": Row(get=R, post=R, **DERIVATION),
    "derivation-standing": Row(get=R, post=R, **DERIVATION),
    "affiliation-standing": Row(get=R, post=R, path=lambda world: [world.affiliation.pk]),
    "capture-request": Row(post=R, **SOURCE),
    "capture-upload": Row(get=R, post=R, **SOURCE),
    "capture-file": Row(get=EVERYBODY, path=lambda world: [world.upload.pk]),
    "capture-list": Row(get=EVERYBODY, **CASE),
    "capture-detail": Row(get=EVERYBODY, **CAPTURE),
    "capture-state": Row(get=EVERYBODY, **CAPTURE),
    "capture-download": Row(get=EVERYBODY, **CAPTURE),
    "capture-read": Row(get=EVERYBODY, **CAPTURE),
    "evidence-bind": Row(get=EVERYBODY, post=R, **ACCOUNT),
    "capture-text": Row(get=EVERYBODY, **CAPTURE),
    "capture-picture": Row(get=EVERYBODY, path=lambda world: [world.capture.pk, "viewport"]),
    "capture-compared": Row(get=EVERYBODY, path=lambda world: [world.capture.pk, world.later.pk]),
    "archive": newsroom_wide(get=EVERYBODY),
    "archive-captures": newsroom_wide(get=EVERYBODY),
    "archive-passages": newsroom_wide(get=EVERYBODY),
    "watch-list": newsroom_wide(get=EVERYBODY),
    "watch-start": Row(get=R, post=R, **SOURCE),
    "watch-passages": Row(get=EVERYBODY, **WATCH),
    "watch-change": Row(get=R, post=R, **WATCH),
    "watch-stop": Row(get=R, post=R, **WATCH),
    "capture-stamp": Row(get=EVERYBODY, path=lambda world: [world.capture.pk, world.stamp.pk]),
    "capture-copy": Row(post=R, **CAPTURE),
    "capture-stamp-ask": Row(post=R, **CAPTURE),
    "profile": newsroom_wide(get=EVERYBODY, post=EVERYBODY),
}
TABLE |= {
    "desk": newsroom_wide(get=EVERYBODY, post=EVERYBODY),
    "notification-list": newsroom_wide(get=EVERYBODY),
    "assignment-list": newsroom_wide(get=EVERYBODY),
    "claim-assign": Row(get=E, post=E, **CLAIM),
    "claim-advice": Row(get=EVERYBODY, **CLAIM),
    "claim-what-if": Row(get=EVERYBODY, **CLAIM),
    "case-as-it-stood": Row(get=EVERYBODY, **CASE),
    "source-as-it-stood": Row(get=EVERYBODY, **SOURCE),
    "claim-as-it-stood": Row(get=EVERYBODY, **CLAIM),
    "alert-close": Row(get=R, post=R, path=lambda world: [world.alert.pk]),
    "case-picture": Row(get=EVERYBODY, **CASE),
    "case-picture-file": Row(get=EVERYBODY, **CASE),
    "claim-picture": Row(get=EVERYBODY, **CLAIM),
    "claim-rule": Row(get=E, post=E, **CLAIM),
    "claim-review": Row(get=EVERYBODY, post=EVERYBODY, only=BASIM, path=lambda world: [world.review.pk]),
    "assignment-accept": Row(post=EVERYBODY, only=BASIM, path=lambda world: [world.review.pk]),
    "assignment-decline": Row(get=EVERYBODY, post=EVERYBODY, only=BASIM, path=lambda world: [world.review.pk]),
    "assignment-cancel": Row(get=E, post=E, path=lambda world: [world.review.pk]),
    "assignment-finish": Row(post=EVERYBODY, only=frozenset({"amal"}), path=lambda world: [world.check.pk]),
    "reply-ask": Row(get=R, post=R, **CLAIM),
    "reply-note": Row(get=R, post=R, path=lambda world: [world.reply.pk]),
}
TABLE |= {
    "claim-publish": Row(get=E, post=E, path=lambda world: [world.release.content["claim"]]),
    "claim-releases": Row(get=EVERYBODY, path=lambda world: [world.release.content["claim"]]),
    "claim-release": Row(get=EVERYBODY, path=lambda world: [world.release.content["claim"], world.release.number]),
    "case-publish": Row(get=E, post=E, **CASE),
    "case-releases": Row(get=EVERYBODY, **CASE),
    "case-release": Row(get=EVERYBODY, path=lambda world: [world.case.slug, world.case_release.number]),
}
# Open to whoever is not signed in: the sign-in pages of allauth, the language switch, and the health of the service.
PUBLIC_PREFIXES = ("account_", "mfa_", "set_language", "healthz")


def routes() -> Iterator[str]:
    """The names of all routes but Django admin's, which has a test of its own."""

    def walk(patterns: list[Any]) -> Iterator[str]:
        for each in patterns:
            if isinstance(each, URLResolver):
                if each.namespace != "admin":
                    yield from walk(each.url_patterns)
            elif isinstance(each, URLPattern):
                yield each.name or str(each.pattern)

    return walk(get_resolver().url_patterns)


def test_every_route_is_in_the_table() -> None:
    unknown = {name for name in routes() if name not in TABLE and not name.startswith(PUBLIC_PREFIXES)}
    assert not unknown, f"say who may use these routes, in TABLE: {sorted(unknown)}"


def test_the_table_names_no_route_that_is_gone() -> None:
    assert set(TABLE) <= set(routes())


def expected(row: Row, method: str, name: str, person: Any) -> set[int]:
    least = row.least(method)
    if least is None:
        return {HTTPStatus.METHOD_NOT_ALLOWED}
    if row.in_case and name not in MEMBERS:
        return {HTTPStatus.NOT_FOUND}
    allowed = name in row.only if row.only is not None else Role(person.role).includes(least)
    return {HTTPStatus.OK, HTTPStatus.FOUND} if allowed else {HTTPStatus.FORBIDDEN}


@pytest.mark.parametrize("route", sorted(TABLE))
def test_who_may(route: str, world: World) -> None:
    row = TABLE[route]
    url = reverse(route, args=row.path(world))
    wrong = []
    for name in ("amal", "basim", "chadi", "omar", "hana", "dana"):
        person = getattr(world.cast, name)
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        for method in METHODS:
            answered = status(client, method, url)
            if answered not in (wanted := expected(row, method, name, person)):
                wrong.append(f"{method} by {name}: {answered}, not {sorted(map(int, wanted))}")
    assert not wrong, wrong


@pytest.mark.parametrize("route", sorted(TABLE))
def test_who_is_not_signed_in_is_asked_to(route: str, world: World) -> None:
    url = reverse(route, args=TABLE[route].path(world))
    for method in ("GET", "POST"):
        answer = Client().generic(method, url)
        assert answer.status_code == HTTPStatus.FOUND
        assert answer["Location"].startswith(reverse("account_login"))


def test_django_admin_is_for_admins(cast: Cast) -> None:
    for person, wanted in ((cast.chadi, HTTPStatus.FOUND), (cast.hana, HTTPStatus.OK)):
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        assert client.get(reverse("admin:index")).status_code == wanted


def status(client: Client, method: str, url: str) -> int:
    """The answer's status; what the request wrote is undone, so that the next one finds the same world."""
    with transaction.atomic():
        answered = client.generic(method, url).status_code
        transaction.set_rollback(True)
    return answered
