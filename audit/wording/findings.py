"""What a finding of the verifier means, in a sentence that names its place."""

from dataclasses import asdict

from django.utils.functional import Promise
from django.utils.translation import get_language_bidi, gettext
from django.utils.translation import gettext_lazy as _

from audit.stamps.said import Code
from audit.stamps.states import AnchorKind
from audit.verifying.findings import Finding, Kind
from audit.wording.receipts import in_detail

SENTENCES: dict[Kind, Promise] = {
    Kind.ENTRY_MISSING: _("Entry %(index)s of the ledger is gone."),
    Kind.ENTRY_OUTSIDE: _("Entry %(index)s stands outside of the ledger: it continues nothing."),
    Kind.ENTRY_CONTENT: _("Entry %(index)s of the ledger was altered: its content does not give its hash."),
    Kind.ENTRY_NODE: _("A hash of the tree at entry %(index)s (level %(detail)s) does not follow from what is below it."),
    Kind.ENTRY_FORM: _("Entry %(index)s is not written in the one form an entry has."),
    Kind.ENTRY_ACT: _("Entry %(index)s speaks of act %(act)s and is filed under act %(detail)s."),
    Kind.ENTRY_TWICE: _("Act %(act)s is in the ledger twice, the second time at %(index)s."),
    Kind.ENTRY_RECORDED_AT: _("Entry %(index)s says another time of recording than the one it is filed under."),
    Kind.ENTRY_ORDER: _("Entry %(index)s was recorded earlier than the entry before it: entries were reordered or dated back."),
    Kind.ENTRY_ADOPTED: _("Entry %(index)s claims to be older than the ledger, behind entries that are not."),
    Kind.HEAD_MISSING: _("The head of the ledger is gone."),
    Kind.HEAD_TWICE: _("The ledger has more than one head; beside the one over %(index)s entries: %(detail)s."),
    Kind.HEAD_SIZE: _("The ledger differs in length from its head from entry %(index)s on; the head says %(detail)s entries."),
    Kind.HEAD_PEAKS: _("The head of the ledger does not follow from its %(index)s entries."),
    Kind.HEAD_TIME: _("The head of the ledger says another time than its latest entry."),
    Kind.CHECKPOINT_FORM: _("The checkpoint over %(object)s entries is not a signed checkpoint."),
    Kind.CHECKPOINT_SIZE: _("The checkpoint filed under %(object)s entries is one over %(detail)s."),
    Kind.CHECKPOINT_KEY: _("The checkpoint over %(object)s entries is signed by no key that is trusted."),
    Kind.CHECKPOINT_SIGNATURE: _("The checkpoint over %(object)s entries was altered: its signature is false."),
    Kind.CHECKPOINT_BEYOND: _("A checkpoint was signed over %(object)s entries, and there are only %(index)s: the end was cut off."),
    Kind.CHECKPOINT_ROOT: _("The checkpoint over %(object)s entries does not belong to this ledger: something from entry %(index)s on was altered after it was signed."),
    Kind.CHECKPOINT_FORK: _("The checkpoint over %(object)s entries and a later one cannot both belong to one ledger: it was forked from entry %(index)s on."),
    Kind.CHECKPOINT_TIME: _("The checkpoint over %(object)s entries cannot have been made when it says: %(detail)s."),
    Kind.WITNESS_FORM: _("“%(object)s” is not a signed checkpoint."),
    Kind.WITNESS_KEY: _("“%(object)s” is signed by no key that is trusted."),
    Kind.WITNESS_SIGNATURE: _("“%(object)s” was altered: its signature is false."),
    Kind.WITNESS_BEYOND: _("“%(object)s” was signed over %(detail)s entries, and there are only %(index)s: the end was cut off."),
    Kind.WITNESS_ROOT: _("“%(object)s”, over %(detail)s entries, does not belong to this ledger: it was rewritten."),
    Kind.WITNESS_FORK: _("“%(object)s”, over %(detail)s entries, and a checkpoint here cannot both belong to one ledger: it was forked."),
    Kind.WITNESS_ABSENT: _("“%(object)s”, over %(detail)s entries, was removed from the checkpoints here."),
    Kind.ANCHOR: _("An anchor (%(object)s) does not hold: %(detail)s"),
    Kind.ANCHOR_CHECKPOINT: _("The anchor at %(object)s was made for another checkpoint than stands here under that length."),
    Kind.ANCHOR_FORM: _("The receipt of the anchor at %(object)s cannot be read: %(detail)s"),
    Kind.ANCHOR_REFUSED: _("The receipt of the anchor at %(object)s is a refusal: %(detail)s"),
    Kind.ANCHOR_IMPRINT: _("The receipt of the anchor at %(object)s is about something else."),
    Kind.ANCHOR_NONCE: _("The receipt of the anchor at %(object)s answers another question than was asked."),
    Kind.ANCHOR_UNTRUSTED: _("The receipt of the anchor at %(object)s is not to be believed: %(detail)s"),
    Kind.ANCHOR_UNPINNED: _("The receipt of the anchor at %(object)s cannot be believed here: no root certificates of that authority are set."),
    Kind.ANCHOR_MAIL: _("The mail that was sent to %(object)s does not hold the checkpoint."),
    Kind.ANCHOR_RECEIPT: _("The anchor at %(object)s is said to hold, and no receipt bears that out."),
    Kind.ANCHOR_REMOVED: _("The anchor that a receipt for the checkpoint over %(size)s entries belongs to was removed."),
    Kind.ACT_CHANGED: _("Act %(act)s was altered: the ledger, at %(index)s, says otherwise about %(detail)s."),
    Kind.ACT_MOVED: _("Act %(act)s, in the ledger at %(index)s, now stands under the number %(detail)s."),
    Kind.ACT_REMOVED: _("Act %(act)s, in the ledger at %(index)s, was removed."),
    Kind.ACT_ADDED: _("Act %(act)s is not in the ledger: it was inserted."),
    Kind.ACT_BACKDATED: _("Act %(act)s, in the ledger at %(index)s, was dated back: it claims %(detail)s."),
    Kind.ACT_POSTDATED: _("Act %(act)s, in the ledger at %(index)s, claims a time after it was recorded: %(detail)s."),
    Kind.ACT_ORDER: _("Act %(act)s, in the ledger at %(index)s, has a smaller number than one that was recorded before it began: pages show it as the older one."),
    Kind.HISTORY_CHANGED: _("Row %(row)s of %(table)s (object %(object)s) was altered: act %(act)s, in the ledger at %(index)s, wrote another."),
    Kind.HISTORY_REMOVED: _("Row %(row)s of %(table)s (object %(object)s) was removed: act %(act)s, in the ledger at %(index)s, wrote it."),
    Kind.HISTORY_ADDED: _("Row %(row)s of %(table)s (object %(object)s) was added: act %(act)s, in the ledger at %(index)s, did not write it."),
    Kind.HISTORY_MOVED: _("Row %(row)s of %(table)s (object %(object)s) was moved from act %(act)s, in the ledger at %(index)s, to act %(detail)s."),
    Kind.HISTORY_UNBOUND: _("Row %(row)s of %(table)s (object %(object)s) belongs to act %(act)s, which is not in the ledger."),
    Kind.HISTORY_ORDER: _("Row %(row)s of %(table)s (object %(object)s), written by act %(act)s, in the ledger at %(index)s, has a smaller number than an earlier version: pages take that one for the latest."),
    Kind.SHAPE: _("Which columns of %(table)s were digested is not known any more (shape %(object)s)."),
    Kind.LIVE_CHANGED: _("Object %(object)s in %(table)s was changed past the application: %(detail)s."),
    Kind.LIVE_ADDED: _("Object %(object)s in %(table)s was put there past the application."),
    Kind.LIVE_REMOVED: _("Object %(object)s was removed from %(table)s past the application."),
    Kind.SCHEMA_TABLE: _("%(table)s is not the plain table it should be."),
    Kind.SCHEMA_COLUMN: _("Column %(object)s of %(table)s is not what it should be."),
    Kind.SCHEMA_DEFAULT: _("What PostgreSQL by itself fills in for %(object)s of %(table)s is not what it should be."),
    Kind.SCHEMA_UNIQUE: _("Nothing keeps %(object)s in %(table)s unique any more."),
    Kind.SCHEMA_CONSTRAINT: _("The constraint %(object)s of %(table)s is not what it should be."),
    Kind.SCHEMA_INDEX: _("An index on %(table)s, %(object)s, calls what nobody knows at every writing."),
    Kind.SCHEMA_SEQUENCE: _("What is added to %(table)s is not numbered upwards, one after another: %(detail)s."),
    Kind.SCHEMA_CHILD: _("%(table)s inherits from another table, or another from it."),
    Kind.SCHEMA_RULE: _("A rule rewrites what is done to %(table)s."),
    Kind.SCHEMA_ROW_SECURITY: _("Row security hides rows of %(table)s."),
    Kind.SCHEMA_TRIGGER_MISSING: _("The trigger %(object)s, which guards %(table)s, is gone."),
    Kind.SCHEMA_TRIGGER_OFF: _("The trigger %(object)s, which guards %(table)s, does not always fire."),
    Kind.SCHEMA_TRIGGER_CHANGED: _("The trigger %(object)s, which guards %(table)s, was replaced."),
    Kind.SCHEMA_TRIGGER_UNKNOWN: _("A trigger nobody knows acts on %(table)s: %(object)s."),
    Kind.SCHEMA_EVENT_TRIGGER: _("A trigger nobody knows acts on the whole database: %(object)s (%(detail)s)."),
    Kind.SCHEMA_SETTING: _("A setting lets what guards the record be passed by: %(object)s (%(detail)s)."),
    Kind.SCHEMA_FUNCTION_MISSING: _("The function %(object)s is gone."),
    Kind.SCHEMA_FUNCTION_CHANGED: _("The function %(object)s is not the one this version installs."),
    Kind.SCHEMA_SHADOW: _("Something takes the place of what the record relies on: %(object)s."),
    Kind.SCHEMA_GRANT: _("%(object)s may do more to %(table)s than this version gives anybody: %(detail)s."),
    Kind.SCHEMA_OWNER: _("%(object)s belongs to %(detail)s, and the record to somebody else."),
    Kind.UNVERIFIED: _("A part of the record could not be verified (%(object)s %(table)s): %(detail)s."),
}  # fmt: skip

# Where an anchor is, to those who need not know whose place it is.
_WHERE: dict[str, Promise] = {
    AnchorKind.FILE: _("a file elsewhere"),
    AnchorKind.MAIL: _("the mailbox of an outsider"),
}


def sentence(finding: Finding, *, named: bool) -> str:
    """`named` is for who runs the installation: others do not read whose mailbox or which disk a place outside is."""
    values = asdict(finding)
    if finding.kept:
        values["object"] = _place(finding, named=named)
    elif not named and finding.kind.startswith(("anchor", "witness")):
        values["object"] = gettext("a place outside")  # a report of before its name was kept apart
    if finding.code:
        values["detail"] = in_detail(Code(finding.code), finding.value)
    if finding.kind is Kind.UNVERIFIED and not named:
        values["detail"] = finding.detail.partition(":")[0]  # what follows may quote what stands there
    return str(SENTENCES[finding.kind]) % values


def _place(finding: Finding, *, named: bool) -> str:
    who = str(_WHERE[finding.kept]) if finding.kept in _WHERE and not named else _left_to_right(finding.place)
    if finding.size is None:
        return who
    return gettext("%(who)s (checkpoint over %(size)s entries)") % {"who": who, "size": finding.size}


def _left_to_right(name: str) -> str:
    """A path among Arabic words would be read from its end."""
    return f"\u2066{name}\u2069" if get_language_bidi() else name
