"""The services this installation speaks to: who they are by the settings, and the guarded way to them.

`audit` may not import this room and has no way out of its own: it is handed `ask_for_stamps` when the apps are ready.
"""

from django.conf import settings

from audit.stamps.outgoing import Answer, Question
from audit.stamps.states import Failure, UnableToStamp
from sources.archiving.guard import Guard, read_exceptions
from sources.archiving.internet_archive import InternetArchive
from sources.archiving.limits import Limits
from sources.archiving.outgoing import Asking, converse
from sources.domain.captures import Reason, UnableToFetch

LIMITS = Limits(deadline=30.0, connect=10.0, header_bytes=16 * 1024)
FAILURES = {
    Reason.TLS_FAILED: Failure.TLS_FAILED,
    Reason.BAD_RESPONSE: Failure.ANSWER_MALFORMED,
    Reason.ENCODING_NOT_SUPPORTED: Failure.ANSWER_MALFORMED,
    Reason.HEADERS_TOO_LARGE: Failure.ANSWER_TOO_LARGE,
    Reason.BODY_TOO_LARGE: Failure.ANSWER_TOO_LARGE,
    Reason.DECOMPRESSED_TOO_LARGE: Failure.ANSWER_TOO_LARGE,
}


def guard() -> Guard:
    return Guard(LIMITS, read_exceptions(",".join(settings.SERVICES_ALLOW)))


def ask_for_stamps(question: Question) -> Answer:
    """`audit.stamps.outgoing.Outgoing`, through the guard."""
    headers = [("Accept", question.accept), ("Accept-Encoding", "gzip, deflate"), *question.headers]
    if question.content_type:
        headers.append(("Content-Type", question.content_type))
    try:
        asking = Asking(question.method, tuple(headers), question.body)
        reply = converse(question.url, asking, guard(), limit=question.limit)
    except UnableToFetch as unable:
        passing = Failure.UNREACHABLE if unable.reason.may_pass else Failure.NOT_ALLOWED
        raise UnableToStamp(FAILURES.get(unable.reason, passing), unable.detail) from unable
    return Answer(reply.status, reply.body, reply.media_type, reply.wait)


def can_ask_for_copies() -> bool:
    """Whether the Internet Archive would know us. What copies it has, it tells anybody."""
    return bool(settings.IA_ACCESS_KEY and settings.IA_SECRET_KEY)


def internet_archive() -> InternetArchive:
    return InternetArchive(
        settings.IA_URL.rstrip("/"), settings.IA_TIMEMAP_URL, guard(), settings.IA_ACCESS_KEY, settings.IA_SECRET_KEY
    )
