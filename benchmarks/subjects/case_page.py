"""The case page of a large case, as a ratio to a page with nothing on it but the frame."""

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from benchmarks import Figure, milliseconds
from benchmarks.large_case import all_due, large_case
from benchmarks.subjects.pages import empty_page
from tests.cast import assemble
from verification import recount

CLAIMS = 2_000
VIEWS = {
    "": {},
    ", page 40": {"page": "40"},
    ", contested, by evidence": {"evidence": "contested", "sort": "-for"},
    ", words": {"q": "الفرقان انسحاب"},
    ", by due date": {"sort": "due"},
}


def measure() -> Iterator[Figure]:
    baseline = empty_page()
    cast = assemble()
    case = large_case(cast, claims=CLAIMS)
    all_due(case)
    while recount.work_off():
        pass
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    editor = Client()
    editor.force_login(cast.chadi, backend="allauth.account.auth_backends.AuthenticationBackend")
    url = reverse("case-detail", args=[case.slug])
    for name, query in VIEWS.items():
        taken = milliseconds(lambda query=query: _read(editor, url, query))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
        note = f"{CLAIMS} claims, 5 pieces of evidence each, 50 on the page, median of 30; to stay under 200"
        yield Figure(f"case page{name}", taken, "ms", note)
        yield Figure(f"case page{name}, ratio", taken / baseline, "", f"to the empty page of {baseline:.3g} ms")


def _read(editor: Client, url: str, query: dict[str, Any]) -> None:
    assert editor.get(url, query).status_code == 200
