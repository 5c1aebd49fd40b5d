"""Why a file is not taken, in words."""

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sources import archive
from sources.domain.uploads import FileRefused, HeldPages, Refusal

_NAMED = 3

_SENTENCES = {
    Refusal.EMPTY: gettext_lazy("This file is empty. Save it again where it was made."),
    Refusal.KIND_NOT_TAKEN: gettext_lazy(
        "This file is none of those that are taken: WACZ, PDF, JPEG, PNG, WebP, or a page saved as HTML or MHTML. "
        "What counts is what is in it, not its name."
    ),
    Refusal.WACZ_UNREADABLE: gettext_lazy("This is no WACZ file that can be read. Download it again from its maker."),
    Refusal.WACZ_INCOMPLETE: gettext_lazy("This WACZ file lacks a part that belongs to it: %(detail)s."),
    Refusal.WACZ_ALTERED: gettext_lazy("A part of this WACZ file is not what the file itself says: %(detail)s."),
    Refusal.WACZ_TOO_LARGE: gettext_lazy("Unpacked, this WACZ file is larger than what is taken."),
    Refusal.WACZ_NOT_ALONE: gettext_lazy(
        "This WACZ file does not stand by itself: it sends its reader to other files or servers. Upload the files it "
        "is made of, each by itself."
    ),
    Refusal.WACZ_WITHOUT_PAGE: gettext_lazy(
        "This WACZ file lists a page and does not hold it: its index leads to no answer for \u2066%(detail)s\u2069 of "
        "the time that the list gives. Nothing of the page could be shown."
    ),
    Refusal.WACZ_WITHOUT_INDEX: gettext_lazy(
        "This WACZ file has no index, so no player finds a page in it. Ask for the file as its maker's program wrote "
        "it."
    ),
    Refusal.WACZ_REPACKED: gettext_lazy(
        "This WACZ file was packed again: its part %(detail)s is compressed, so no player can read in it. Ask for the "
        "file as its maker's program wrote it, neither unzipped nor zipped."
    ),
    Refusal.WACZ_ANSWERED_NO: gettext_lazy(
        "What this WACZ file holds for the address is an answer of status %(detail)s, which is not the page."
    ),
    Refusal.WACZ_LEADS_AWAY: gettext_lazy(
        "What this WACZ file holds for the address is a redirect to \u2066%(detail)s\u2069, and it holds no page "
        "for that."
    ),
    Refusal.WACZ_OTHER_TIME: gettext_lazy(
        "This WACZ file says itself when it was made. It holds the page as of: %(pages)s. Correct the time, and "
        "choose the file once more."
    ),
    Refusal.WACZ_OTHER_PAGE: gettext_lazy(
        "This WACZ file holds no copy of this address. It holds: %(pages)s. Say which page it is a copy of, and choose "
        "the file once more."
    ),
    Refusal.MHTML_OTHER_PAGE: gettext_lazy(
        "This saved page is no copy of this address. It says itself that it is one of: %(pages)s. Say which page it is "
        "a copy of, and choose the file once more."
    ),
    Refusal.WACZ_SEVERAL_PAGES: gettext_lazy(
        "This WACZ file holds several pages: %(pages)s. Say which of them is meant, and choose the file once more."
    ),
}


def why_refused(refused: FileRefused) -> str:
    if refused.refusal is Refusal.TOO_LARGE:
        return _("This file is too large. Files of up to %(size)s are taken.") % {
            "size": filesizeformat(archive.upload_limits().file)
        }
    return str(_SENTENCES[refused.refusal]) % {"detail": refused.detail, "pages": _named(refused.pages)}


def _named(pages: HeldPages) -> str:
    """By their times, where those are the matter. Addresses keep their direction in any sentence (U+2066 to U+2069)."""
    said = [
        date_format(timezone.localtime(page.at), "DATETIME_FORMAT") if page.at else f"\u2066{page.url}\u2069"
        for page in pages.shown[:_NAMED]
    ]
    if more := pages.number - len(said):
        said.append(ngettext("%(number)d more", "%(number)d more", more) % {"number": more})
    return " · ".join(said)
