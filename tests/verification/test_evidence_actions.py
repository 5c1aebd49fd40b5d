"""Evidence as an act: what it writes, where it leaves the claim, and everything it refuses."""

import pytest
from django.core.exceptions import ValidationError

from audit.models import Act
from newsroom.permits import Denied
from newsroom.versions import Stale
from sources.models import Source
from tests.cast import open_case
from tests.verification import make
from verification.actions import evidence
from verification.actions.chain import Step
from verification.models import Claim, Evidence, Hop
from verification.queries.evidence import accounts


@pytest.fixture
def claim(cast, case):
    return make.claim(cast, case)


@pytest.fixture
def account(cast, claim):
    """An article that quotes an officer, who witnessed it."""
    return make.account(cast, claim, Step(make.person(), "QUOTES"), basis="WITNESSED", quotation="رأيته بعيني.")


def stated(account: Evidence, **changes):
    """What the form would send for `account`, with some of it changed."""
    hops = [Step(hop.source_id, hop.kind, hop.verified_relay) for hop in account.hops.all()]
    return {
        "stance": account.stance,
        "source": account.source_id,
        "hops": hops,
        "basis": account.basis,
        "quotation": account.quotation,
        **changes,
    }


def refused(call, **values):
    with pytest.raises(ValidationError) as refusal:
        call(**values)
    return refusal.value.message_dict


def test_it_works(cast, claim, account):
    assert [hop.source.name for hop in account.hops.all()] == ["قائد سوري"]
    assert {account.source.case, account.hops.get().source.case} == {claim.case}
    act = Act.objects.get(name="evidence.add")
    assert (act.actor, act.case) == (cast.amal, claim.case)
    assert Source.history.filter(act=act).count() == 2, "what is created in place belongs to the same act"


def test_a_first_piece_of_evidence_takes_the_claim_to_checking(claim, account):
    claim.refresh_from_db()
    assert claim.state == "CHECKING"


@pytest.mark.parametrize("state", ["DECIDED", "PUBLISHED", "CLOSED"])
@pytest.mark.parametrize("change", ["add", "edit", "withdraw"])
def test_changed_ground_reopens_what_was_settled(cast, claim, account, state, change):
    Claim.objects.filter(pk=claim.pk).update(state=state)
    if change == "add":
        make.account(cast, claim, source=account.source_id)
    elif change == "edit":
        evidence.edit(
            actor=cast.amal, evidence_id=account.pk, version=1, reason="Misheard.", **stated(account, basis="TOLD")
        )
    else:
        evidence.withdraw(actor=cast.amal, evidence_id=account.pk, reason="Not what he said.")
    claim.refresh_from_db()
    assert claim.state == "REOPENED"


def test_hops_are_replaced_and_what_they_were_stays_in_the_history(cast, account):
    officer = account.hops.get().source
    above = [Step(make.article("Reuters"), "CITES"), Step(officer.pk, "QUOTES")]
    evidence.edit(
        actor=cast.amal, evidence_id=account.pk, version=1, reason="By Reuters.", **stated(account, hops=above)
    )
    assert [(hop.position, hop.source.name) for hop in account.hops.all()] == [(1, "Reuters"), (2, officer.name)]
    evidence.edit(actor=cast.amal, evidence_id=account.pk, version=2, reason="After all.", **stated(account, hops=[]))
    assert not account.hops.exists()
    assert (
        Hop.history.filter(evidence_id=account.pk, source_id=officer.pk).count() == 3
    )  # laid, laid again one step up, removed


def test_hops_change_places(cast, claim):
    account = make.account(cast, claim, Step(make.article("A"), "CITES"), Step(make.article("B"), "CITES"))
    first, second = (Step(hop.source_id, hop.kind) for hop in account.hops.all())
    evidence.edit(
        actor=cast.amal, evidence_id=account.pk, version=1, reason="Order.", **stated(account, hops=[second, first])
    )
    assert [hop.source.name for hop in account.hops.all()] == ["B", "A"]


def test_what_stays_as_it_is_writes_no_history(cast, account):
    evidence.edit(
        actor=cast.amal, evidence_id=account.pk, version=1, reason="A word.", **stated(account, quotation="رأيته.")
    )
    assert Hop.history.filter(evidence_id=account.pk).count() == 1


def test_context_needs_no_end(cast, claim):
    account = make.account(cast, claim, stance="CONTEXT")
    assert account.basis == "UNKNOWN"
    assert str(accounts(claim)[0].sentence) == "Read in Middle East Eye."


def test_withdrawing_keeps_it_with_its_reason(cast, claim, account):
    evidence.withdraw(actor=cast.basim, evidence_id=account.pk, reason="He took it back.")
    account.refresh_from_db()
    assert (account.withdrawn_by, account.withdrawal_reason) == (cast.basim, "He took it back.")
    assert account.withdrawn_at == Act.objects.get(name="evidence.withdraw").at
    assert accounts(claim) == []
    assert [each.evidence for each in accounts(claim, withdrawn=True)] == [account]


# What is refused


def test_a_hop_that_names_its_own_carrier(cast, claim, account):
    with pytest.raises(ValidationError) as refusal:
        make.account(cast, claim, Step(account.source_id, "QUOTES"), source=account.source_id)
    said = refusal.value.message_dict
    assert list(said) == ["hops.1.source"]
    assert "Step 1 names the carrier" in said["hops.1.source"][0]


def test_a_chain_that_loops(cast, claim, account):
    officer = account.hops.get().source_id
    article = make.article("Reuters")
    with pytest.raises(ValidationError) as refusal:
        make.account(cast, claim, Step(officer, "QUOTES"), Step(article, "CITES"), Step(officer, "QUOTES"))
    assert "Step 3 names the same source as step 1" in refusal.value.message_dict["hops.3.source"][0]
    assert not Source.objects.filter(name="Reuters").exists(), "a refused act leaves nothing behind"


def test_a_chain_that_is_too_long(cast, claim):
    with pytest.raises(ValidationError) as refusal:
        make.account(cast, claim, *(Step(make.article(f"Paper {number}"), "CITES") for number in range(13)))
    assert "at most 12" in refusal.value.message_dict["hops"][0]


def test_a_source_of_another_case_and_one_that_never_was_read_the_same(cast, claim):
    elsewhere = make.account(cast, make.claim(cast, open_case(cast, "homs"))).source_id
    for source in (elsewhere, 4_000_000):
        with pytest.raises(ValidationError) as refusal:
            make.account(cast, claim, Step(source, "CITES"), source=source)
        assert refusal.value.message_dict["source"] == ["Choose a source of this case or of the newsroom."]


def test_nobody_named(cast, claim):
    with pytest.raises(ValidationError) as refusal:
        make.account(cast, claim, Step(None, "CITES"), source=None)
    assert set(refusal.value.message_dict) == {"source", "hops.1.source"}


@pytest.mark.parametrize(
    ("change", "path", "words"),
    [
        # over-long
        ({"quotation": "س" * 20_001}, "quotation", "20001 characters long"),
        # control characters
        ({"quotation": "قال\x00هذا"}, "quotation", "Character 4 is a control character"),
        # half a character
        ({"quotation": "\ud800"}, "quotation", "half a character"),
        # a direction control in a name, where it could disguise it
        ({"source": make.article("Mid\u202edle")}, "source.name", "changes the direction"),
        ({"source": make.article("  ")}, "source.name", "cannot be blank"),
        ({"source": make.article(url="https://a:b@example.org/")}, "source.url", "Remove everything between"),
        ({"source": make.article(kind="GHOST")}, "source.kind", "not a valid choice"),
        ({"hops": [Step(make.person("قائد\x07"), "QUOTES")]}, "hops.1.source.name", "control character"),
        ({"hops": [Step(make.person(), "DREAMT")]}, "hops.1.kind", "Choose how"),
        ({"stance": "MAYBE"}, "stance", "not a valid choice"),
        ({"basis": "RUMOUR"}, "basis", "not a valid choice"),
        ({"attribution": "WHISPERED"}, "attribution", "not a valid choice"),
        ({"credibility": 7}, "credibility", "not a valid choice"),
        ({"quotation_translations": {"english!": "x"}}, "quotation_translations", "no language tag"),
    ],
)
def test_bad_input_is_named_by_its_place(cast, claim, change, path, words):
    with pytest.raises(ValidationError) as refusal:
        make.account(cast, claim, **change)
    assert words in " ".join(refusal.value.message_dict[path])
    assert not Evidence.objects.exists()


def test_everything_wrong_is_said_at_once(cast, claim):
    with pytest.raises(ValidationError) as refusal:
        make.account(cast, claim, Step(None, "DREAMT"), stance="", quotation="\x00")
    assert set(refusal.value.message_dict) == {"hops.1.source", "hops.1.kind", "stance", "quotation"}


def test_confirmed_takes_two_established_lines(cast, claim, account):
    officer, nurse = account.hops.get().source_id, make.person("ممرضة")
    alone = [
        {"source": account.source_id, "hops": [Step(officer, "QUOTES")], "basis": "WITNESSED"},
        # two who witnessed it, in one article
        {"source": account.source_id, "hops": [Step(nurse, "QUOTES")], "basis": "WITNESSED"},
        # nobody asked how she knows
        {"source": nurse, "basis": "UNKNOWN"},
        {"source": nurse, "basis": "WITNESSED", "stance": "CONTEXT"},
    ]
    for change in alone:
        with pytest.raises(ValidationError) as refusal:
            make.account(cast, claim, credibility=1, **change)
        assert "two independent lines" in refusal.value.message_dict["credibility"][0]
    make.account(cast, claim, source=nurse, basis="WITNESSED", credibility=1)


def test_somebody_was_faster(cast, account):
    changed = stated(account, basis="UNKNOWN", hops=[])
    evidence.edit(actor=cast.basim, evidence_id=account.pk, version=1, reason="He was not there.", **changed)
    with pytest.raises(Stale) as stale:
        evidence.edit(actor=cast.amal, evidence_id=account.pk, version=1, reason="A word.", **stated(account))
    assert stale.value.who == "Basim"
    assert [(each.label, each.before, each.now) for each in stale.value.changes] == [
        (
            "chain",
            "Read in Middle East Eye, which quotes قائد سوري, who witnessed it.",
            "Read in Middle East Eye. How this source knows is not said.",
        )
    ]


@pytest.mark.parametrize("reason", ["", " \n", "\u200b"])
def test_changing_and_withdrawing_take_a_reason(cast, account, reason):
    for call, values in ((evidence.edit, {"version": 1, **stated(account)}), (evidence.withdraw, {})):
        assert "reason" in refused(call, actor=cast.amal, evidence_id=account.pk, reason=reason, **values)


def test_withdrawn_twice_or_changed_afterwards(cast, account):
    evidence.withdraw(actor=cast.amal, evidence_id=account.pk, reason="He took it back.")
    for call, values in ((evidence.edit, {"version": 2, **stated(account)}), (evidence.withdraw, {})):
        with pytest.raises(ValidationError) as refusal:
            call(actor=cast.basim, evidence_id=account.pk, reason="Wrong.", **values)
        assert refusal.value.messages == ["Amal withdrew this already: He took it back."]


def test_observers_only_read(cast, claim, account):
    with pytest.raises(Denied):
        make.account(cast, claim, actor=cast.omar)
    with pytest.raises(Denied):
        evidence.edit(actor=cast.omar, evidence_id=account.pk, version=1, reason="So.", **stated(account))
    with pytest.raises(Denied):
        evidence.withdraw(actor=cast.omar, evidence_id=account.pk, reason="So.")


def test_strangers_write_nothing_in_a_restricted_case(cast, restricted):
    with pytest.raises(Denied):
        make.account(cast, make.claim(cast, restricted), actor=cast.dana)
