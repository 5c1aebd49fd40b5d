"""`{{ capture|why }}` beside a state; `{% with words=capture.reason|explained %}` for the sentences of a reason,
`{% with words=capture|explained_of %}` for those of the reason why a capture ended as it did.

`{{ capture|captured_on }}` is its day in words, `{{ capture|copy_of }}` what it is called in a sentence,
`{% with brought=capture|made_elsewhere %}` who uploaded it and why, `{{ excerpt|beginning_of }}` how a passage begins,
`{{ capture.handling|as_handling:capture.banner }}` what was done to the page, `{% with lost=capture|lost %}`
how much of it did not come, `{{ capture|in_detail }}` what its engine said of it,
`{{ row.detail|in_words }}` of one thing that it asked for,
`{% for said in capture|lacks_too %}` what else is not in it,
`{{ line|is_struck }}` whether its page strikes a line of its text through.
"""

from django import template

from sources.domain.struck import is_struck
from sources.wording import handling
from sources.wording.captures import Explanation, explained, why
from sources.wording.details import in_detail, in_words
from sources.wording.excerpts import beginning_of
from sources.wording.exchanges import lost
from sources.wording.lacking import lacks_too
from sources.wording.made_elsewhere import captured_on, copy_of, explained_of, made_elsewhere

register = template.Library()
register.filter("why", why)
register.filter("explained_of", explained_of)
register.filter("in_detail", in_detail)
register.filter("in_words", in_words)
register.filter("captured_on", captured_on)
register.filter("copy_of", copy_of)
register.filter("made_elsewhere", made_elsewhere)
register.filter("beginning_of", beginning_of)
register.filter("as_handling", handling.in_words)
register.filter("lost", lost)
register.filter("lacks_too", lacks_too)
register.filter("is_struck", is_struck)


@register.filter("explained")
def explained_or_nothing(reason: str) -> Explanation | None:
    return explained(reason) if reason else None


@register.filter
def reason_short(reason: str) -> str:
    """A typed reason in the few words that stand beside a state."""
    return explained(reason).short if reason else ""
