"""`{{ capture|why }}` beside a state; `{% with words=capture.reason|explained %}` for the sentences of a reason."""

from django import template

from sources.wording.captures import Explanation, explained, why

register = template.Library()
register.filter("why", why)


@register.filter("explained")
def explained_or_nothing(reason: str) -> Explanation | None:
    return explained(reason) if reason else None


@register.filter
def reason_short(reason: str) -> str:
    """A typed reason in the few words that stand beside a state."""
    return explained(reason).short if reason else ""
