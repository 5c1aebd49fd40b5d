"""Upload a capture made elsewhere. What is typed is kept; a file has to be chosen again, as browsers want it."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from newsroom.domain import text
from newsroom.formfields import ProseField
from sources import archive
from sources.domain.uploads import FileKind, FileRefused, Refusal
from sources.wording.uploads import why_refused

ROWS = forms.Textarea(attrs={"rows": 2})
OFFERED = ",".join([*(kind.value for kind in FileKind), *(f".{kind.extension}" for kind in FileKind), ".mht", ".htm"])
MOMENT = "%Y-%m-%dT%H:%M"


def _too_large() -> str:
    return why_refused(FileRefused(Refusal.TOO_LARGE))


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        max_length=None,
        widget=forms.FileInput(attrs={"accept": OFFERED}),
        help_text=_("WACZ, PDF, screenshot (JPEG, PNG, WebP), or a page saved as HTML or MHTML."),
    )
    url = forms.CharField(
        label=_("Address it is a copy of"),
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url", "autocomplete": "off"}),
        help_text=_(
            "Left empty: a WACZ or an MHTML says itself what it is a copy of; anything else never had an address."
        ),
    )
    # Of a file that holds others than the address above: they are offered once that was found, and hidden until then.
    page = forms.CharField(label=_("Its pages"), required=False, widget=forms.HiddenInput)
    made_at = forms.DateTimeField(
        label=_("When it was made"),
        input_formats=[MOMENT, f"{MOMENT}:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        help_text=_("A WACZ says so itself: what is typed has to be within a day of that, and what it says is kept."),
        error_messages={"invalid": _("This is no day and time. Write them like 2024-11-28T14:05.")},
    )
    origin = ProseField(
        label=_("Where it came from"),
        limit=text.NOTE,
        widget=ROWS,
        help_text=_("Who made it, with what, and how it reached the desk."),
    )
    why = ProseField(
        label=_("Why it is uploaded"),
        limit=text.NOTE,
        widget=ROWS,
        help_text=_("Why it cannot be captured here, or what this copy has that others have not."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {"data-most": archive.upload_limits().file, "data-too-large": _too_large()}  # static/js/upload.js
        self.fields["file"].widget.attrs |= said

    def clean(self) -> dict[str, Any]:
        """A page that was chosen among those offered is the address, and stands there from then on."""
        cleaned = {**(super().clean() or {})}
        if page := cleaned.pop("page", ""):
            typed: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
            typed[self.add_prefix("url")], typed[self.add_prefix("page")] = page, ""
            self.data, cleaned["url"] = typed, page
        return cleaned

    def offer_pages(self) -> None:
        """Where the address was refused for it: the pages that the file holds, to choose from."""
        held = [
            page for error in self.errors.as_data().get("url", ()) for page in (error.params or {}).get("pages", ())
        ]
        if held:
            choices = [(page.url, f"{page.title} · \u2066{page.url}\u2069".strip(" ·")) for page in held]
            self.fields["page"].widget = forms.RadioSelect(choices=choices)

    def clean_file(self) -> Any:
        """What is too large or empty is refused before anybody opens it."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > archive.upload_limits().file:
            raise forms.ValidationError(_too_large(), code="too_large")
        return file
