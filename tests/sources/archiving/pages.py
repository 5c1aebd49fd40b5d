"""Pages that misbehave in a browser, one behaviour a path, beside the servers' of hostile.py."""

import itertools

from tests.sources.archiving.hostile import ARABIC, Answer, page, raw, redirect


def shown(*parts: str, script: str = "", text: str = ARABIC, head: str = "", status: str = "200 OK") -> Answer:
    """A page that shows `text`, and more."""
    parts += (f"<script>{script}</script>",) if script else ()
    head = f"<head><meta charset=utf-8><title>عنوان</title>{head}</head>"
    body = f"<!doctype html><html lang=ar>{head}<body><p>{text}</p>{''.join(parts)}</body></html>"
    return page(body.encode(), status=status)


def seen_below(style: str = "", script: str = "", inside: str = "<div>", after: str = "") -> Answer:
    """A page of 20,000 pixels with a picture at its end that loads when it is near, and words that come when seen."""
    return shown(
        f"<div id=here>{inside}<div style='height: 20000px'></div><p id=end>يتبع</p>",
        f"<img src=/image?below loading=lazy></div>{after}</div>",
        head=f"<style>html, body {{ margin: 0 }} {style}</style>",
        script=f"""new IntersectionObserver(([entry]) => {{
          if (entry.isIntersecting) end.textContent = 'ما يأتي ' + 'حين يُرى';
        }}).observe(end);
        {script}""",
    )


def by_turns(*answers: Answer) -> Answer:
    """A server that fails first and answers when it is asked again."""
    turn = itertools.cycle(answers)
    return lambda connection: next(turn)(connection)


# A sub-resource, and what the list of what is missing says of it. Answered by hostile.py.
SUB_RESOURCES = {
    "/slow-body": "DEADLINE_PASSED",
    "/silence": "DEADLINE_PASSED",
    "/slow-head": "DEADLINE_PASSED",
    "/endless-body": "BODY_TOO_LARGE",
    "/endless-chunks": "BODY_TOO_LARGE",
    "/huge-length": "BODY_TOO_LARGE",
    "/endless-head": "HEADERS_TOO_LARGE",
    "/gzip-bomb": "DECOMPRESSED_TOO_LARGE",
    "/brotli": "ENCODING_NOT_SUPPORTED",
    "/gzip-lie": "BAD_RESPONSE",
    "/not-http": "BAD_RESPONSE",
    "/two-lengths": "BAD_RESPONSE",
    "/reset": "CONNECTION_LOST",
    "/nothing": "CONNECTION_LOST",
    "/cut-length": "CONNECTION_LOST",
    "/maze/1": "TOO_MANY_REDIRECTS",
    "/loop": "REDIRECT_LOOP",
    "/to-loopback": "ADDRESS_NOT_PUBLIC",
    "/to-metadata": "ADDRESS_NOT_PUBLIC",
    "/to-hex": "HOST_AMBIGUOUS",
    "/to-user": "CREDENTIALS_IN_URL",
    "/to-file": "SCHEME_NOT_ALLOWED",
    "/403": "HTTP_FORBIDDEN",
    "/503": "HTTP_SERVER_ERROR",
}
BEHAVIOUR: dict[str, Answer] = {
    "/alerts": shown(script="alert('a'); confirm('b'); prompt('c'); document.title = 'بعد'"),
    "/prints": shown(script="print(); document.title = 'بعد'"),
    "/stays": shown(script="onbeforeunload = () => 'stay'; document.title = 'بعد'"),
    "/opens": shown(script="for (let i = 0; i < 5; i++) open('/good?' + i); document.title = 'بعد'"),
    "/downloads": shown("<a id=a href=/archive.bin download=x></a>", script="document.getElementById('a').click()"),
    "/archive.bin": page(b"\0\1\2" * 100, content_type="application/octet-stream"),
    "/leaves-at-once": shown(text="هنا", script="location.replace('/good')"),
    "/leaves-when-loaded": shown(text="هنا", script="onload = () => { location = '/good' }"),
    "/refreshes": shown(text="هنا", head="<meta http-equiv=refresh content='0; url=/good'>"),
    "/leaves-for-ever": shown(script="onload = () => { location = '/leaves-for-ever?' + Math.random() }"),
    "/leaves-when-scrolled": shown(script="onscroll = () => { location = 'about:blank' }", text=ARABIC + "<br>" * 200),
    "/loops": shown(script="for (;;);"),
    "/stopped-before-it-writes": shown(
        script="for (const end = Date.now() + 60000; Date.now() < end;);"
        "document.body.append('نص كان سيُكتب بعد ذلك بوقت طويل')"
    ),
    "/loops-later": shown(script="onload = () => { for (;;); }"),
    "/loops-when-scrolled": shown(script="onscroll = () => { for (;;); }", text=ARABIC + "<br>" * 200),
    "/busy": shown(script="(function again() { fetch('/good?' + Math.random()).finally(again) })()"),
    "/asks-again": shown(
        script="""(async () => {
          for (const at of ['/refused-first', '/lost-first'])
            for (let answer = null; !answer?.ok;) answer = await fetch(at).catch(() => null);
          document.title = 'جاء كله';
        })()"""
    ),
    "/refused-first": by_turns(page(b"later", status="503 Later"), page(b"here", content_type="text/plain")),
    "/lost-first": by_turns(raw(), page(b"here", content_type="text/plain")),
    "/many": shown(script="for (let i = 0; i < 300; i++) new Image().src = '/image?' + i"),
    "/eats-heap": shown(script="const all = []; for (;;) all.push(new Array(1e6).fill(all.length))"),
    "/eats-buffers": shown(script="const all = []; setInterval(() => all.push(new Uint8Array(2e8).fill(7)), 20)"),
    "/high": shown(text=ARABIC, head="<style>body { height: 90000px }</style>"),
    "/lazy": shown("<img src=/image?below loading=lazy>", text=ARABIC + "<div style='height: 40000px'></div>"),
    # More of it comes a while after its end was reached, three times and then no more.
    "/longer": shown(
        "<div id=more></div>",
        text=ARABIC + "<div style='height: 3000px'></div>",
        script="""let times = 0, busy = false;
        onscroll = async () => {
          if (busy || times === 3 || scrollY + innerHeight * 2 < document.documentElement.scrollHeight) return;
          busy = true;
          await fetch('/good?' + times++);
          document.getElementById('more').innerHTML += `<p style='height: 3000px'>تتمة ${times}</p>`;
          busy = false;
        }""",
    ),
    # Pages that do not scroll in the window, or not at all: more comes when their end is seen.
    "/scrolls-in-a-box": seen_below(inside="<div style='height: 100vh; overflow-y: auto'>"),
    "/scrolls-in-its-body": seen_below("html { height: 100%; overflow: hidden } body { height: 100%; overflow: auto }"),
    "/held-by-a-banner": seen_below("html, body { height: 100%; overflow: hidden } body { position: relative }"),
    "/scrolls-in-a-tree": seen_below(
        script="""const tree = here.attachShadow({mode: 'open'});
        tree.innerHTML = '<div style="height: 100vh; overflow: auto"><slot></slot></div>';"""
    ),
    "/scrolls-in-both": seen_below(
        inside="<div style='height: 300px'></div><div style='height: 90vh; overflow: auto'>",
        after="<div style='height: 700px'></div>",
    ),
    "/says-that-its-body-scrolls": seen_below("body { height: 100%; overflow: auto }"),
    "/goes-back": seen_below(script="onscroll = () => scrollTo(0, 0)"),
    "/pinned": seen_below("body { position: fixed; top: 0 }"),
    "/higher-than-the-window-by-a-margin": shown(text=ARABIC, head="<style>body { height: 800px }</style>"),
    "/with-a-picture-that-is-cut": shown(
        "<div style='height: 500px; overflow: hidden'><div style='height: 2000px'></div></div>"
        "<div style='height: 2000px'></div>",
        "<img src=/image?below loading=lazy>",
    ),
    "/endless": shown(
        script="onscroll = () => { document.body.style.height = document.documentElement.scrollHeight + 5000 + 'px' }",
        text=ARABIC + "<br>" * 300,
    ),
    "/grows": shown(
        script="onscroll = () => document.body.append(document.createElement('p'))", text=ARABIC + "<br>" * 300
    ),
    "/scripted": shown("<p id=p></p>", script="document.getElementById('p').textContent = 'نص من ' + 'البرنامج'"),
    "/worker": shown(script="navigator.serviceWorker.register('/sw.js').catch(() => { document.title = 'رُفض' })"),
    "/sw.js": page(b"onfetch = () => {}; oninstall = () => fetch('/from-worker')", content_type="text/javascript"),
    "/cookie": shown(script="document.title = 'كان: ' + document.cookie; document.cookie = 'a=b; max-age=9999'"),
    "/storage": shown(script="document.title = 'كان: ' + localStorage.a; localStorage.a = 'b'"),
    "/lies-html": page(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20),
    "/invalid": page(b"<!doctype html><title>t</title><p>" + ARABIC.encode() + b"\xff\xfe\xc0</p>"),
    "/to-good": redirect("/good"),
    "/pdf": page(b"%PDF-1.7\n\0", content_type="application/pdf"),
    "/to-pdf": redirect("/pdf"),
    # What stands there instead
    "/challenge": shown(text="Just a moment... Checking your browser before accessing", status="503 No"),
    "/challenge-200": shown(text="Verify you are human", head="<script src=/cdn-cgi/challenge-platform/x></script>"),
    "/consent": shown(text="We use cookies. Before you continue: Accept all · Reject all · Manage options"),
    "/consent-ar": shown(text="نستخدم ملفات تعريف الارتباط. يمكنك قبول الكل أو رفض الكل"),
    "/shell": shown(text="You need to enable JavaScript to run this app."),
    "/loading": shown(text="جارٍ التحميل..."),
    "/blank": shown(text=""),
    "/banner": shown(text=(ARABIC + "<br>") * 40 + "We use cookies. Accept all. Reject all."),
}
