import pytest
from django.core.exceptions import ValidationError

from newsroom.models import Case, Notification
from newsroom.permits import Denied
from tests.cast import Cast
from tests.verification import make
from verification.actions.comments import comment


def test_it_works(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    said = comment(actor=cast.amal, claim_id=claim.pk, text="@Basim and @Amal: the page is gone.")
    assert {mention.person for mention in said.mentions.all()} == {cast.amal, cast.basim}
    told = Notification.objects.get()
    assert (told.person, told.act.name, told.case) == (cast.basim, "claim.comment", case)
    assert told.url == f"/claims/{claim.reference}/#comment-{said.pk}"


def test_a_stranger_is_told_nothing(cast: Cast, restricted: Case) -> None:
    claim = make.claim(cast, restricted)
    said = comment(actor=cast.amal, claim_id=claim.pk, text="@Dana and @Omar should see this.")
    assert [mention.person for mention in said.mentions.all()] == [cast.omar]


def test_an_observer_may_not_comment(cast: Cast, case: Case) -> None:
    with pytest.raises(Denied):
        comment(actor=cast.omar, claim_id=make.claim(cast, case).pk, text="no")


@pytest.mark.parametrize("text", ["", " \u200b", "a\x00b"])
def test_a_comment_says_something(cast: Cast, case: Case, text: str) -> None:
    with pytest.raises(ValidationError):
        comment(actor=cast.amal, claim_id=make.claim(cast, case).pk, text=text)
