"""Language tags: the part of BCP 47 that says in what language and script a text is written."""

import re

_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?", re.IGNORECASE | re.ASCII)

LONGEST = 12


def language_tag(value: str) -> str | None:
    """The tag as it is customarily written ("ku-Arab", "ar-SY"), or None where the value is no tag."""
    if not (found := _TAG.fullmatch(value.strip())):
        return None
    language, script, region = found.groups("")
    return "-".join(part for part in (language.lower(), script.title(), region.upper()) if part)
