import pytest
from django.utils import translation

from audit.acts import act
from newsroom.models import Case
from newsroom.permits import Denied
from tests.cast import Cast
from tests.verification import make
from verification.domain.workflow import Event, Refusal
from verification.models import Claim, ClaimState
from verification.progress import moved
from verification.wording.workflow import SENTENCES


def test_it_works(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    with act("evidence.add", actor=cast.amal, case=case):
        moved(claim, Event.EVIDENCE_ADDED)
    assert Claim.objects.get().state == ClaimState.CHECKING
    assert claim.history.first().act.name == "evidence.add"


def test_a_move_is_no_edit(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    with act("evidence.add", actor=cast.amal, case=case):
        moved(claim, Event.EVIDENCE_ADDED)
    assert Claim.objects.get().version == claim.version == 1


def test_what_stays_where_it_is_leaves_no_row(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    with act("claim.edit", actor=cast.amal, case=case):
        moved(claim, Event.GROUND_CHANGED)
    assert claim.history.count() == 1


def test_what_cannot_happen_is_refused_with_a_sentence(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    with pytest.raises(Denied, match="Nobody has looked at this claim yet"), act("claim.rule", actor=cast.chadi):
        moved(claim, Event.RULED)


def test_every_refusal_has_its_sentence() -> None:
    with translation.override("en"):
        assert {refusal for refusal, sentence in SENTENCES.items() if str(sentence)} == set(Refusal)
