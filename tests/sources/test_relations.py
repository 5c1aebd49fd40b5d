"""Affiliations and derivations: between which sources, checked, disputed, taken back."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from audit.models import Act
from newsroom.models import Case
from newsroom.permits import Denied
from newsroom.versions import Stale
from sources.actions import relations
from sources.models import Affiliation, Derivation, DerivationKind, Source, Standing
from tests.cast import Cast
from tests.sources import make


def derivation_standing(cast: Cast, derivation: Derivation, standing: str, **values: Any) -> Derivation:
    values = {"actor": cast.amal, "version": derivation.version, "reason": "It is the other way round.", **values}
    return relations.set_derivation_standing(derivation_id=derivation.pk, standing=standing, **values)


def test_it_works(cast: Cast, case: Case) -> None:
    arabic, english = make.source(cast, case), make.source(cast)
    derivation = make.derivation(cast, arabic, english)
    assert (derivation.case, derivation.asserted_by, derivation.standing) == (case, cast.amal, Standing.STANDING)
    affiliation = make.affiliation(cast, arabic, english)
    assert (affiliation.case, Act.objects.latest("id").name) == (case, "source.affiliate")


def test_circles_are_recorded(cast: Cast, case: Case) -> None:
    one, other = make.source(cast, case), make.source(cast, case)
    make.derivation(cast, one, other)
    make.derivation(cast, other, one)
    assert Derivation.objects.count() == 2


@pytest.mark.parametrize("relate", [make.derivation, make.affiliation])
class TestRefusals:
    def test_to_itself(self, cast: Cast, case: Case, relate: Any) -> None:
        source = make.source(cast, case)
        with pytest.raises(ValidationError, match="cannot stand behind itself"):
            relate(cast, source, source)

    def test_twice(self, cast: Cast, case: Case, relate: Any) -> None:
        one, other = make.source(cast, case), make.source(cast, case)
        relate(cast, one, other)
        with pytest.raises(ValidationError, match="on record already"):
            relate(cast, one, other)

    def test_across_cases(self, cast: Cast, case: Case, restricted: Case, relate: Any) -> None:
        with pytest.raises(ValidationError, match="can be used here"):
            relate(cast, make.source(cast, case), make.source(cast, restricted))

    def test_to_what_one_may_not_know_of(self, cast: Cast, restricted: Case, relate: Any) -> None:
        ours, hidden = make.source(cast), make.source(cast, restricted)
        missing = Source(pk=hidden.pk + 1)
        said = []
        for upper in (hidden, missing):
            with pytest.raises(ValidationError) as refused:
                relate(cast, ours, upper, actor=cast.dana)
            said.append(refused.value.message_dict)
        assert said[0] == said[1]

    def test_by_an_observer(self, cast: Cast, case: Case, relate: Any) -> None:
        with pytest.raises(Denied):
            relate(cast, make.source(cast, case), make.source(cast, case), actor=cast.omar)

    @pytest.mark.parametrize(("field", "typed"), [("kind", "COPIES"), ("basis", "\x00"), ("basis", "x" * 5001)])
    def test_bad_input(self, cast: Cast, case: Case, relate: Any, field: str, typed: str) -> None:
        with pytest.raises(ValidationError) as refused:
            relate(cast, make.source(cast, case), make.source(cast, case), **{field: typed})
        assert list(refused.value.message_dict) == [field]


def test_a_work_may_rely_on_another_in_two_ways(cast: Cast, case: Case) -> None:
    one, other = make.source(cast, case), make.source(cast, case)
    make.derivation(cast, one, other, DerivationKind.TRANSLATES)
    make.derivation(cast, one, other, DerivationKind.SUMMARISES)
    assert one.derived_from.count() == 2


def test_a_relation_to_a_hidden_source_is_hidden(cast: Cast, restricted: Case) -> None:
    """A newsroom source is seen by all; that it stands behind something in a restricted case is not."""
    public, hidden = make.source(cast), make.source(cast, restricted)
    make.derivation(cast, hidden, public)
    make.affiliation(cast, public, hidden)
    for relation in (Derivation, Affiliation):
        assert not relation.objects.visible_to(cast.dana).exists()
        assert relation.objects.visible_to(cast.omar).exists()
        assert relation.objects.get().case == restricted


def test_a_relay_is_verified_with_a_reason_and_can_be_unverified(cast: Cast, case: Case) -> None:
    derivation = make.derivation(cast, make.source(cast, case), make.source(cast, case))
    values: dict[str, Any] = {"actor": cast.amal, "derivation_id": derivation.pk}
    with pytest.raises(ValidationError) as refused:
        relations.mark_relay(version=1, verified=True, reason=" ", **values)
    assert list(refused.value.message_dict) == ["reason"]
    verified = relations.mark_relay(version=1, verified=True, reason="Compared line by line.", **values)
    assert (verified.verified_relay, Act.objects.latest("id").reason) == (True, "Compared line by line.")
    assert not relations.mark_relay(
        version=2, verified=False, reason="One sentence is missing.", **values
    ).verified_relay


def test_disputed_ones_stand_and_withdrawn_ones_do_not(cast: Cast, case: Case) -> None:
    derivation = make.derivation(cast, make.source(cast, case), make.source(cast, case))
    disputed = derivation_standing(cast, derivation, Standing.DISPUTED)
    assert list(Derivation.objects.standing()) == [disputed]
    withdrawn = derivation_standing(cast, disputed, Standing.WITHDRAWN)
    assert withdrawn.standing_reason == "It is the other way round."
    assert not Derivation.objects.standing().exists()
    with pytest.raises(ValidationError, match="Record it anew"):
        derivation_standing(cast, withdrawn, Standing.STANDING)
    make.derivation(cast, derivation.downstream, derivation.upstream)


def test_an_affiliation_is_withdrawn_too(cast: Cast, case: Case) -> None:
    affiliation = make.affiliation(cast, make.source(cast, case), make.source(cast, case))
    relations.set_affiliation_standing(
        actor=cast.amal, affiliation_id=affiliation.pk, version=1, standing=Standing.WITHDRAWN, reason="It was sold."
    )
    assert not Affiliation.objects.standing().exists()


def test_the_second_of_two_is_told(cast: Cast, case: Case) -> None:
    derivation = make.derivation(cast, make.source(cast, case), make.source(cast, case))
    derivation_standing(cast, derivation, Standing.DISPUTED)
    with pytest.raises(Stale):
        derivation_standing(cast, derivation, Standing.WITHDRAWN, version=1, actor=cast.basim)
