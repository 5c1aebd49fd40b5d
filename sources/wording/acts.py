"""How what is done to sources, to what is asserted of them, and to captures is told."""

from django.utils.translation import gettext_lazy as _

from audit import telling
from sources.models import (
    Affiliation,
    Capture,
    CaptureStamp,
    Derivation,
    Excerpt,
    ExternalCopy,
    Look,
    Sighting,
    Source,
    SourceAssessment,
    Upload,
    Watch,
)
from sources.models.fields import DetailField, EdtfField, SourceUrlField
from sources.queries.known_then import known_of
from sources.wording.dates import spoken
from sources.wording.details import in_plain_words
from sources.wording.excerpts import beginning_of
from sources.wording.names import name_of

# Translators: %(who)s is who did it, %(what)s the name of the source.
telling.acts(
    Source,
    {
        "source.create": _("%(who)s registered %(what)s"),
        "source.edit": _("%(who)s changed what is on record of %(what)s"),
        "source.share": _("%(who)s shared %(what)s with the newsroom"),
        "source.assess": _("%(who)s graded %(what)s"),
        "source.affiliate": _("%(who)s recorded who stands behind %(what)s"),
        "source.derive": _("%(who)s recorded what %(what)s was made from"),
        "derivation.relay": _("%(who)s compared %(what)s with what it was made from"),
        "derivation.standing": _("%(who)s judged what %(what)s was made from"),
        "affiliation.standing": _("%(who)s judged who stands behind %(what)s"),
    },
)
telling.acts(
    Capture,
    {
        "capture.request": _("%(who)s asked for a capture of %(what)s"),
        "capture.finish": _("%(who)s ended a capture of %(what)s"),
        "capture.upload": _("%(who)s uploaded a capture of %(what)s made elsewhere"),
        "stamp.ask": _("%(who)s asked for time stamps of a capture of %(what)s"),
        "capture.stamp": _("%(who)s wrote down what was said of the time of a capture of %(what)s"),
        "capture.copy": _("%(who)s asked another archive about %(what)s"),
        "capture.copy_answer": _("%(who)s wrote down what another archive answered about %(what)s"),
    },
)

telling.acts(Excerpt, {"excerpt.create": _("%(who)s marked the passage “%(what)s”")})
telling.acts(
    Watch,
    {
        "watch.start": _("%(who)s began to watch %(what)s"),
        "watch.change": _("%(who)s changed how often %(what)s is looked at"),
        "watch.stop": _("%(who)s stopped watching %(what)s"),
    },
)
telling.acts(Look, {"watch.look": _("%(who)s looked at %(what)s again")})

telling.values(DetailField, in_plain_words)
telling.values(EdtfField, spoken)
telling.values(SourceUrlField, str)
telling.rows(
    Source,
    hidden=("created_by", "created_at"),
    name=name_of,
    page=lambda source: source.get_absolute_url(),
    known_of=known_of,
)
telling.rows(SourceAssessment, of="source", named_by=("source",), hidden=("source", "assessed_by", "assessed_at"))
telling.rows(
    Affiliation,
    of="source",
    named_by=("source", "controller"),
    hidden=("source", "controller", "asserted_by", "asserted_at"),
)
telling.rows(
    Derivation,
    of="downstream",
    named_by=("downstream", "upstream"),
    hidden=("downstream", "upstream", "asserted_by", "asserted_at"),
)
telling.rows(
    Capture,
    of="source",
    hidden=("source", "case", "requested_by", "requested_at", "redirects", "exchanges", "engine_version"),
    name=lambda capture: capture.requested_url or capture.title,
)
telling.rows(Upload, of="capture", name=lambda upload: upload.file_name)
telling.rows(
    Excerpt,
    of="source",
    hidden=("case", "source", "prefix", "suffix", "start", "end", "text_digest", "created_by", "created_at"),
    name=beginning_of,
    page=lambda excerpt: excerpt.get_absolute_url(),
    written_in={"exact": "language"},
)
telling.rows(
    Watch,
    of="source",
    hidden=("source", "url", "started_at"),
    name=lambda watch: watch.url,
    page=lambda watch: watch.get_absolute_url(),
)
telling.rows(
    Look,
    of="watch",
    hidden=("watch", "capture"),
    name=lambda look: look.watch.url,
    page=lambda look: look.capture.get_absolute_url(),
)
telling.rows(Sighting, of="look", named_by=("excerpt",), hidden=("look", "excerpt", "start", "end", "text"))
telling.rows(
    CaptureStamp,
    of="capture",
    named_by=("target",),
    hidden=("capture", "kind", "target", "sent", "receipt", "asked_at", "received_at"),
)
telling.rows(
    ExternalCopy,
    of="capture",
    named_by=("archive",),
    hidden=("capture", "archive", "asked_by", "asked_at", "answered_at"),
)
telling.systems(
    {
        "capture worker": _("the capture worker"),
        "stamp worker": _("the stamp worker"),
        "copy worker": _("the copy worker"),
        "watch": _("the watch over pages"),
    }
)
