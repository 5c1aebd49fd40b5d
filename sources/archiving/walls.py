"""What can stand where a page was expected: a challenge, a wall, a shell. Told by what such pages have in common.

These are signs and no proof, so they are chosen to be seldom wrong: a challenge is known by the machinery of those who
sell them, and only where there is little else on the page; a wall by being nearly all there is to read. What is not
recognised passes for the page it claims to be.
"""

import re

from sources.archiving.exchange import Exchange
from sources.domain.captures import Reason

MUCH_TEXT = 1500  # letters: whoever shows that many shows a page
LITTLE_TEXT = 200
SHORT_SOURCE = 20_000  # bytes

# Parts of the machinery, as they stand in the source of such pages.
_MACHINERY = re.compile(
    rb"/cdn-cgi/challenge-platform/|cf[-_]chl[-_]opt|id=[\"']?challenge-(?:form|running|stage)|_Incapsula_Resource"
    rb"|geo\.captcha-delivery\.com|px-captcha|/_sec/cp_challenge/|awswaf\.com/[^\"']*challenge|ddos-guard\.net/"
    rb"|sucuri_cloudproxy_js|/\.within\.website/x/cmd/anubis",
)
_ASKED_TO_PROVE = re.compile(
    r"checking (?:if the site connection is secure|your browser)|just a moment"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human|are you (?:a robot|human)"
    r"|enable javascript and cookies to continue|complete the security check"
    r"|تأك[يّ]*د من أنك (?:لست )?(?:إنسان|روبوت)|أثبت أنك لست روبوت|جار[ٍي]? التحقق من (?:متصفحك|المتصفح)",
    re.IGNORECASE,
)
_CAPTCHA = re.compile(rb"g-recaptcha|h-captcha|cf-turnstile|hcaptcha\.com/1/api\.js|recaptcha/api\.js")
_CONSENT = re.compile(
    r"\b(?:we (?:and our (?:\d+ )?partners )?(?:use|value)|accept all|reject all|manage (?:options|preferences|cookies)"
    r"|before you continue|your privacy|cookie (?:policy|settings|consent))\b"
    r"|ملفات تعريف الارتباط|ملفات الارتباط|سياسة الكوكيز|قبول الكل|رفض الكل|قبل المتابعة|خصوصيتك",
    re.IGNORECASE,
)
_NEEDS_SCRIPT = re.compile(
    r"enable java ?script|java ?script (?:is )?(?:disabled|required|needed)|requires java ?script"
    r"|need to enable java ?script|تفعيل (?:ال)?جافا ?سكر[يب]|تمكين (?:ال)?جافا ?سكر[يب]",
    re.IGNORECASE,
)
_LOADING = re.compile(r"(?:loading|please wait|جار[ٍي]? التحميل|يرجى الانتظار)[\s.…]*", re.IGNORECASE)


def stands_there_instead(answer: Exchange, source: bytes) -> Reason | None:
    """CHALLENGE_PAGE where the source of an answer is that of a challenge."""
    if answer.header("cf-mitigated") == "challenge":
        return Reason.CHALLENGE_PAGE
    # The same machinery runs in the corner of many honest pages: those are long, and answered with 200.
    refused = answer.status in (401, 403, 429, 503)
    if _MACHINERY.search(source) and (refused or len(source) < SHORT_SOURCE):
        return Reason.CHALLENGE_PAGE
    if refused and len(source) < SHORT_SOURCE and _ASKED_TO_PROVE.search(source.decode("utf-8", "replace")):
        return Reason.CHALLENGE_PAGE
    return None


def seen_in(title: str, text: str, source: bytes) -> Reason | None:
    """What the title, the text that is shown and the source of a page say that it is, if not the page."""
    if len(text) > MUCH_TEXT:
        return None
    shown = f"{title}\n{text}"
    if len(text) <= LITTLE_TEXT * 3 and (_ASKED_TO_PROVE.search(shown) or (_CAPTCHA.search(source) and not text)):
        return Reason.CHALLENGE_PAGE
    if _CAPTCHA.search(source) and len(text) <= LITTLE_TEXT:
        return Reason.CHALLENGE_PAGE
    if len({match[0].lower() for match in _CONSENT.finditer(shown)}) >= 2:
        return Reason.CONSENT_WALL
    if len(text) <= LITTLE_TEXT and (_NEEDS_SCRIPT.search(shown) or _LOADING.fullmatch(text.strip())):
        return Reason.EMPTY_SHELL
    return None
