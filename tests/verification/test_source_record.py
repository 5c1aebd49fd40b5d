"""What a source's page says of the claims that rest on it."""

from typing import Any

from django.test import Client

from newsroom.models import Case
from tests.cast import Cast
from tests.sources import make as sources
from tests.verification import make
from verification.actions.chain import Step
from verification.panels import claims_it_bears_on


def test_it_works(client: Client, cast: Cast, case: Case) -> None:
    source = sources.source(cast, name="Middle East Eye")
    make.account(cast, make.claim(cast, case, "Statement 0"), source=source.pk)
    make.account(cast, make.claim(cast, case, "Statement 1"), Step(source.pk, "QUOTES"))
    panel = claims_it_bears_on(cast.omar, source)
    assert panel is not None
    assert [(ended.verdict, ended.claims) for ended in panel.content.supported] == [("", 2)]
    client.force_login(cast.omar)
    page = client.get(source.get_absolute_url()).content.decode()
    assert "Statement 0" in page
    assert "Statement 1" in page
    assert "Read in <a" in page


def test_what_rests_on_it_in_a_hidden_case_is_not_counted(cast: Cast, restricted: Case) -> None:
    source = sources.source(cast, name="Middle East Eye")
    make.account(cast, make.claim(cast, restricted), source=source.pk)
    assert claims_it_bears_on(cast.dana, source) is None
    assert claims_it_bears_on(cast.omar, source) is not None


def test_a_fixed_number_of_queries(cast: Cast, case: Case, django_assert_num_queries: Any) -> None:
    source = sources.source(cast, name="Middle East Eye")
    for _ in range(2):
        make.account(cast, make.claim(cast, case), source=source.pk)
        with django_assert_num_queries(4):
            claims_it_bears_on(cast.omar, source)
