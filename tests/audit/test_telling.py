"""Every act has words, every tracked model is told, and names stay apart from the sentence around them."""

import ast
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit import telling
from audit.models import Act
from audit.queries import feed
from audit.queries.story import nothing_withheld
from newsroom.actions import cases
from newsroom.models import Case
from tests.architecture.source import modules, read
from tests.cast import Cast
from tests.verification import make
from verification.actions import evidence
from verification.queries.record import acts_in, acts_on


def acts_in_code() -> set[str]:
    """The names handed to `act(...)`, and to the helpers that hand theirs on."""
    return {
        node.value
        for path in modules()
        if "actions" in path.parts or path.name == "accounts.py"
        for call in ast.walk(ast.parse(read(path)))
        if isinstance(call, ast.Call)
        for node in call.args[:4]
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _names_an_act(call, node.value)
    }


def _names_an_act(call: ast.Call, value: str) -> bool:
    function = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    looks_like_one = value.count(".") == 1 and value.replace(".", "").isalpha()
    return looks_like_one and (function == "act" or function.startswith("_"))


def test_every_act_in_the_code_has_words() -> None:
    found = acts_in_code()
    assert {"claim.rule", "assignment.accept", "claim.close", "derivation.standing", "person.password"} <= found
    unsaid = found - telling.known_acts().keys()
    assert not unsaid, "say what they are called in your room's wording/acts.py"


def test_every_tracked_model_is_told() -> None:
    tracked = {model for model in apps.get_models() if hasattr(model, "history")}
    assert tracked == set(telling.known_models()), "say in your room's wording/acts.py how its rows are told"


@pytest.mark.parametrize("model", telling.known_models(), ids=lambda model: model.__name__)
def test_what_is_said_of_a_model_fits_it(model: Any) -> None:
    rows = telling.rows_of(model)
    names = {field.name for field in model._meta.fields}
    assert {*rows.hidden, *rows.named_by, *filter(None, [rows.of])} <= names


def test_a_name_is_escaped_and_isolated() -> None:
    act = Act(name="claim.create", actor_name="<b>Amal</b> %(what)s {what}")
    assert telling.act_sentence(act, "C-000001") == (
        '<bdi>&lt;b&gt;Amal&lt;/b&gt; %(what)s {what}</bdi> wrote claim <bdi class="ref">C-000001</bdi>'
    )


def test_an_act_without_words_is_shown_by_its_name() -> None:
    assert telling.act_sentence(Act(name="claim.mislay", actor_name="Amal")) == "<bdi>Amal</bdi>: claim.mislay"


def test_a_feed_says_who_did_what_to_which(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    account = make.account(cast, claim)
    evidence.withdraw(actor=cast.amal, evidence_id=account.pk, reason="It was satire.")
    withdrawn, added, written = feed.latest(acts_on(claim, cast.omar), withheld=nothing_withheld)
    assert withdrawn.text == f'<bdi>Amal</bdi> withdrew evidence <bdi class="ref">{account.reference}</bdi>'
    assert withdrawn.detail == "It was satire."
    assert added.text == f'<bdi>Amal</bdi> added evidence <bdi class="ref">{account.reference}</bdi>'
    assert written.text == f'<bdi>Amal</bdi> wrote claim <bdi class="ref">{claim.reference}</bdi>'


def test_a_feed_takes_as_many_queries_for_much_as_for_little(cast: Cast, case: Case) -> None:
    claim = make.claim(cast, case)
    make.account(cast, claim)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert feed.latest(acts_in(case, cast.omar), limit=200, withheld=nothing_withheld)
        counts.append(len(captured))
        for number in range(6):
            make.account(cast, make.claim(cast, case, f"Claim {number}"))
    assert counts[0] == counts[1]


def test_strangers_know_of_no_act_in_a_restricted_case(cast: Cast, restricted: Case) -> None:
    claim = make.claim(cast, restricted)
    assert feed.latest(acts_on(claim, cast.amal), withheld=nothing_withheld)
    assert not feed.latest(acts_on(claim, cast.dana), withheld=nothing_withheld)
    assert not feed.latest(acts_in(restricted, cast.dana), withheld=nothing_withheld)


def test_what_the_newsroom_did_has_its_sentence(cast: Cast, case: Case) -> None:
    cases.set_policy(actor=cast.chadi, case_id=case.pk, preset="LIGHT", asks={})
    assert feed.latest(acts_in(case, cast.omar), withheld=nothing_withheld)[0].text == (
        f"<bdi>Chadi</bdi> changed the policy of <bdi>{case.title}</bdi>"
    )
