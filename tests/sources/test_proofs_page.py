"""What the page of a capture says is proven, by whom, and what anybody can take along to check it."""

import base64
import io
import json
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from audit.stamps.states import Failure, StampState
from newsroom.models import Case
from sources import archive
from sources.archiving import signing
from sources.archiving.blobs import digest_of
from sources.archiving.wacz import Sign
from sources.models import Capture, CaptureStamp, ExternalCopy
from sources.queries.proofs import SignedBy, proofs_of
from sources.wording.proofs import FAILURES, answered, said
from tests.cast import Cast
from tests.sources import make

AT = datetime(2026, 12, 3, 14, 1, 59, 300_000, tzinfo=UTC)
OTHER = base64.b64encode(b"o" * 48).decode()


def page_of(person: Any, capture: Capture) -> str:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.get(capture.get_absolute_url()).content.decode()


def captured(cast: Cast, case: Case | None = None, sign: Sign | None = None) -> Capture:
    """A capture whose file holds what a signature is over, signed or not."""
    package = b'{"profile": "data-package"}'
    digest = digest_of(package)
    said = {"path": "datapackage.json", "hash": digest} | ({"signedData": sign(digest, AT)} if sign else {})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("datapackage.json", package)
        file.writestr("datapackage-digest.json", json.dumps(said))
    return make.capture(cast, make.source(cast, case), "نص", wacz=out.getvalue())


def test_it_works(cast: Cast, case: Case) -> None:
    capture = captured(cast, case, archive.signer())
    stamp = make.stamp(capture, said_at=AT)
    page = page_of(cast.omar, capture)
    assert "Signed with this desk’s key" in page
    assert "Existed before 14:02:00 on" in page
    assert '<bdi dir="ltr">tsa.example</bdi>' in page
    assert reverse("capture-stamp", args=[capture.pk, stamp.pk]) in page


def test_a_part_of_a_second_is_never_rounded_to_before_what_was_said() -> None:
    stamp = CaptureStamp(kind="RFC3161", target="https://tsa.example/", state=StampState.STAMPED, said_at=AT)
    assert "14:02:00" in said(stamp)
    stamp.said_at = AT.replace(microsecond=0)
    assert "14:01:59" in said(stamp)


def test_whose_signature_it_is(cast: Cast, case: Case, settings: Settings) -> None:
    ours = captured(cast, case, archive.signer())
    assert proofs_of(ours).signed_by is SignedBy.US
    assert proofs_of(captured(cast, case)).signed_by is SignedBy.NOBODY
    settings.CAPTURE_KEYS = [OTHER]
    assert proofs_of(ours).signed_by is SignedBy.SOMEBODY_ELSE
    settings.CAPTURE_KEYS = [OTHER, base64.b64encode(b"n" * 48).decode()]
    new = captured(cast, case, archive.signer())
    settings.CAPTURE_KEYS.reverse()  # the old key stays known
    assert proofs_of(new).signed_by is SignedBy.US


def test_a_signature_that_does_not_hold_is_shown_as_such(cast: Cast, case: Case) -> None:
    key = signing.read_key(OTHER)
    capture = captured(cast, case, lambda digest, at: signing.sign("sha256:another", at, key) | {"hash": digest})
    assert proofs_of(capture).signed_by is SignedBy.FALSE
    assert "The signature does not hold" in page_of(cast.amal, capture)


def test_a_file_that_is_gone_breaks_no_page(cast: Cast, case: Case) -> None:
    capture = captured(cast, case, archive.signer())
    archive.store().place(capture.wacz_digest).unlink()
    assert "Not signed" in page_of(cast.amal, capture)


def test_nobody_was_asked(cast: Cast, case: Case) -> None:
    page = page_of(cast.amal, captured(cast, case))
    assert "The time is our own clock’s word" in page
    assert "No other archive was asked." in page


@pytest.mark.parametrize(
    ("state", "facts", "sentence"),
    [
        (StampState.QUEUED, {}, "tsa.example is being asked"),
        (StampState.QUEUED, {"retry_reason": "UNREACHABLE"}, "tsa.example did not answer and will be asked again"),
        (StampState.PENDING, {}, "tsa.example promised to put it into the Bitcoin chain"),
        (StampState.COMPLETE, {}, "Leads to a block of the Bitcoin chain, by tsa.example"),
        (
            StampState.FAILED,
            {"reason": "NOT_TRUSTED"},
            "No time stamp: tsa.example signed with a key that is not believed",
        ),
    ],
)
def test_no_state_says_more_than_is_known(state: StampState, facts: dict[str, str], sentence: str) -> None:
    stamp = CaptureStamp(kind="OTS", target="https://tsa.example/", state=state, **facts)
    assert said(stamp).replace('<bdi dir="ltr">', "").replace("</bdi>", "") == sentence


def test_every_reason_has_words_in_both_languages() -> None:
    for language in ("en", "ar"):
        with translation.override(language):
            assert all(str(FAILURES[failure]) for failure in Failure)
    with translation.override("ar"):
        assert "لا جواب" in said(CaptureStamp(kind="OTS", target="https://a/", state="FAILED", reason="UNREACHABLE"))


def test_the_receipt_leaves_as_a_file(cast: Cast, case: Case) -> None:
    capture = captured(cast, case)
    stamp = make.stamp(capture)
    client = Client()
    client.force_login(cast.omar, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get(reverse("capture-stamp", args=[capture.pk, stamp.pk]))
    assert answer.content == b"token"
    assert answer["Content-Disposition"].endswith('-tsa.example.tsr"')
    other = captured(cast, case)
    assert client.get(reverse("capture-stamp", args=[other.pk, stamp.pk])).status_code == 404
    CaptureStamp.objects.update(receipt=b"")
    assert client.get(reverse("capture-stamp", args=[capture.pk, stamp.pk])).status_code == 404


def post(person: Any, capture: Capture, **values: str) -> Any:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.post(reverse("capture-copy", args=[capture.pk]), values)


def test_asking_another_archive(cast: Cast, case: Case) -> None:
    capture = captured(cast, case)
    assert post(cast.amal, capture, kind="LOOK_UP").status_code == 302
    copy = ExternalCopy.objects.get()
    assert (copy.kind, copy.asked_by) == ("LOOK_UP", cast.amal)
    page = page_of(cast.amal, capture)
    assert "The archive is being asked" in page
    assert "asked by <bdi>Amal</bdi>" in page


def test_who_only_reads_is_not_offered_to_ask(cast: Cast, case: Case) -> None:
    capture = captured(cast, case)
    assert reverse("capture-copy", args=[capture.pk]) in page_of(cast.amal, capture)
    assert reverse("capture-copy", args=[capture.pk]) not in page_of(cast.omar, capture)


def test_the_button_that_saves_is_there_where_there_are_keys(cast: Cast, case: Case, settings: Settings) -> None:
    capture = captured(cast, case)
    assert 'value="SAVE"' not in page_of(cast.amal, capture)
    refused = post(cast.amal, capture, kind="SAVE")
    assert "No keys of the Internet Archive are set" in refused.content.decode()
    settings.IA_ACCESS_KEY = settings.IA_SECRET_KEY = "x"
    assert 'value="SAVE"' in page_of(cast.amal, capture)


def test_in_a_restricted_case_one_says_first_that_one_knows(cast: Cast, restricted: Case) -> None:
    capture = captured(cast, restricted)
    assert 'name="aware"' in page_of(cast.amal, capture)
    refused = post(cast.amal, capture, kind="LOOK_UP")
    assert refused.status_code == 200
    assert "Say that you know that the archive learns the address." in refused.content.decode()
    assert not ExternalCopy.objects.exists()
    assert post(cast.amal, capture, kind="LOOK_UP", aware="on").status_code == 302


def test_a_copy_found_leads_there_without_saying_where_from(cast: Cast, case: Case) -> None:
    copy = ExternalCopy(kind="LOOK_UP", state="FOUND", memento_url="https://archive.example/1", memento_at=AT, known=2)
    assert answered(copy).startswith("A copy made on ")
    assert answered(copy).endswith(" at 14:01, the nearest to ours")


def test_the_proofs_take_two_queries_however_many_there_are(
    cast: Cast, case: Case, django_assert_num_queries: Any
) -> None:
    capture = captured(cast, case)
    for _ in range(2):
        with django_assert_num_queries(2):
            shown = proofs_of(capture)
            for each in (*map(said, shown.stamps), *(copy.asked_by for copy in shown.copies)):
                assert each
        make.stamp(capture, target=f"https://tsa{capture.stamps.count()}.example/")
        post(cast.amal, capture, kind="LOOK_UP")
