"""Every typed reason in words: beside a state, what happened, and what to do.

A sentence says what was met and never more: that a page could not be fetched is no statement about the page.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from sources.domain.captures import Reason

_COPY_IT = _("Copy the address again from the page itself.")
_LATER = _("It was tried several times. Ask for it again later.")
_IN_A_BROWSER = _("Open it in a browser to see whether it is still there. If it is, ask for it again later.")
_ELSEWHERE = _("Open it in a browser, and attach what you see by another way: it cannot be archived from here.")
_READ_THE_COPY = _("The copy itself is whole: download it and read it in a replay viewer.")
_READ_THE_COPY_FOR_PARTS = _("Download the copy and look whether what you lean on is in it.")

WORDS: dict[Reason, tuple[Any, Any, Any]] = {
    # The address itself
    Reason.URL_MALFORMED: (
        _("not an address"),
        _("This is no web address: one begins with http:// or https:// and names a host."),
        _COPY_IT,
    ),
    Reason.URL_TOO_LONG: (
        _("address too long"),
        _("This address is longer than 2,048 characters, which servers and archives cut short."),
        _("Remove what follows the question mark, if the page opens without it."),
    ),
    Reason.SCHEME_NOT_ALLOWED: (
        _("not a web address"),
        _("This address is neither http nor https, and nothing else can be captured."),
        _("Find the page on the web that shows it."),
    ),
    Reason.CREDENTIALS_IN_URL: (
        _("holds a name or password"),
        _("This address holds a name or a password before the host. They would be stored with it."),
        _("Remove everything between // and @."),
    ),
    Reason.CHARACTER_NOT_ALLOWED: (
        _("hidden character in the address"),
        _("This address holds a character that cannot be seen, or a backslash."),
        _("Type it anew, or copy it from the address bar."),
    ),
    Reason.HOST_MALFORMED: (
        _("no such host name"),
        _("The name of the host in this address is not one."),
        _COPY_IT,
    ),
    Reason.HOST_AMBIGUOUS: (
        _("ambiguous host"),
        _("The host in this address is written so that two programs would read two different ones."),
        _("Write it the usual way: a plain name, or four decimal numbers."),
    ),
    Reason.PORT_NOT_ALLOWED: (
        _("port not allowed"),
        _("This address leads to a port where no web pages are expected."),
        _("Use the page's usual address, without a port."),
    ),
    # Where it leads
    Reason.NAME_NOT_RESOLVED: (
        _("host not found"),
        _("Nobody could say where the host of this address is. The name may be misspelt, gone, or unreachable now."),
        _("Check the spelling. If it is right, ask for it again later."),
    ),
    Reason.ADDRESS_NOT_PUBLIC: (
        _("not a public address"),
        _("This address leads into a private network and not to the public web, so it was not asked."),
        _("Use the address under which everybody can read the page."),
    ),
    Reason.TOO_MANY_REDIRECTS: (
        _("too many redirects"),
        _("The server sent us on from one address to the next, more often than a page needs."),
        _("Open it in a browser, and capture the address where it ends."),
    ),
    Reason.REDIRECT_LOOP: (
        _("redirects in a circle"),
        _("The server sent us back to an address it had sent us on from."),
        _("Open it in a browser, and capture the address where it ends."),
    ),
    # The conversation
    Reason.CONNECTION_REFUSED: (
        _("connection refused"),
        _("The server took no connection."),
        _IN_A_BROWSER,
    ),
    Reason.CONNECTION_LOST: (
        _("connection lost"),
        _("The connection broke before the page was there whole."),
        _LATER,
    ),
    Reason.TLS_FAILED: (
        _("no secure connection"),
        _("The server could not prove that it is the one the address names, so nothing it says was taken."),
        _("Look at its certificate in a browser. What it shows may not come from this host."),
    ),
    Reason.DEADLINE_PASSED: (
        _("too slow"),
        _("The server did not finish in the time a capture may take."),
        _LATER,
    ),
    Reason.BAD_RESPONSE: (
        _("unreadable answer"),
        _("The server's answer broke the rules of HTTP, so nobody can say where the page begins and ends."),
        _ELSEWHERE,
    ),
    Reason.HEADERS_TOO_LARGE: (
        _("answer too large"),
        _("The head of the server's answer was larger than a capture may be."),
        _ELSEWHERE,
    ),
    Reason.BODY_TOO_LARGE: (
        _("page too large"),
        _("The page is larger than a capture may be. Nothing was kept: half of it would look like all of it."),
        _ELSEWHERE,
    ),
    Reason.DECOMPRESSED_TOO_LARGE: (
        _("page too large unpacked"),
        _("Unpacked, the page is larger than a capture may be. Nothing was kept."),
        _ELSEWHERE,
    ),
    Reason.ENCODING_NOT_SUPPORTED: (
        _("packed in an unknown way"),
        _("The server packed the page in a way nobody asked for, so its text could not be read."),
        _READ_THE_COPY,
    ),
    Reason.CAPTURE_TOO_LARGE: (
        _("too much in all"),
        _("All that the page loads is more than a capture may hold, so the rest was not taken."),
        _READ_THE_COPY_FOR_PARTS,
    ),
    Reason.TOO_MANY_RESOURCES: (
        _("loads too many things"),
        _("The page loads more things than a capture may hold, so the rest was not asked for."),
        _READ_THE_COPY_FOR_PARTS,
    ),
    Reason.WEBSOCKET_REFUSED: (
        _("live connection refused"),
        _("The page wanted a connection that stays open. What passes there cannot be kept, so there was none."),
        _READ_THE_COPY_FOR_PARTS,
    ),
    # What the server said
    Reason.HTTP_CLIENT_ERROR: (
        _("the server says no"),
        _("The server answered that it has no such page, or none for us. Its answer is kept, it is not the page."),
        _("Check the address. If the page was there before, look for it in public web archives."),
    ),
    Reason.HTTP_FORBIDDEN: (
        _("the server refuses us"),
        _("The server answered that it does not show this to us. Its answer is kept, it is not the page."),
        _ELSEWHERE,
    ),
    Reason.HTTP_RATE_LIMITED: (
        _("asked too often"),
        _("The server answered that it was asked too often. Its answer is kept, it is not the page."),
        _LATER,
    ),
    Reason.HTTP_SERVER_ERROR: (
        _("the server failed"),
        _("The server answered that it failed. Its answer is kept, it is not the page."),
        _LATER,
    ),
    # What stood there instead of the page
    Reason.CHALLENGE_PAGE: (
        _("asks for proof of a person"),
        _("Instead of the page, the server showed a check for robots. What it showed is kept, it is not the page."),
        _ELSEWHERE,
    ),
    Reason.CONSENT_WALL: (
        _("behind a consent wall"),
        _("Little but a question for consent was to be read. Nobody answered it, and the page may stand behind it."),
        _("Look at the picture. If the page is hidden, open it in a browser and attach what you see by another way."),
    ),
    Reason.EMPTY_SHELL: (
        _("an empty shell"),
        _("The page is kept, but it shows hardly more than that it is loading or needs scripts."),
        _("Look at the picture, and ask for it again in a browser if this was made without one."),
    ),
    # In the browser
    Reason.RESOURCES_MISSING: (
        _("parts missing"),
        _("The page is kept, but some of what it loads did not come. The list says what and why."),
        _("Look whether what you lean on is there. If it is not, ask for it again later."),
    ),
    Reason.SCRIPT_STOPPED: (
        _("a script was stopped"),
        _("The page is kept as it stood, but a script that did not end was stopped. What it had yet to do is missing."),
        _READ_THE_COPY_FOR_PARTS,
    ),
    Reason.SCROLLED_IN_PART: (
        _("not scrolled to its end"),
        _("The page is kept, but it could not be scrolled to its end. What loads only further down may be missing."),
        _("Look whether what you lean on is there. If it stands further down, save the page by hand and upload it."),
    ),
    Reason.PAGE_RESTLESS: (
        _("would not stand still"),
        _("The page's scripts did not stop or led away from it, so it could not be taken whole."),
        _READ_THE_COPY_FOR_PARTS,
    ),
    Reason.PAGE_CRASHED: (
        _("page broke the browser"),
        _("The page broke the browser or took too much memory. What had arrived by then is kept."),
        _READ_THE_COPY_FOR_PARTS,
    ),
    # Our own side
    Reason.BROWSER_FAULT: (
        _("our browser failed"),
        _("Our own browser did not start or broke off. This says nothing about the page."),
        _("Ask for it again. If that does not help, tell whoever runs this installation."),
    ),
    Reason.WORKER_LOST: (
        _("our worker broke off"),
        _("Our own worker broke off each time it was tried. This says nothing about the page."),
        _("Tell whoever runs this installation; the log of the worker says more."),
    ),
    Reason.NOT_STORED: (
        _("no room in our archive"),
        _("Our own archive had no room for the copy, or its disk failed. This says nothing about the page."),
        _("Tell whoever runs this installation, and ask for it again when there is room."),
    ),
    Reason.FILE_CUT: (
        _("the file breaks off"),
        _("The file is kept as it came, but it is damaged or breaks off, so part of what it held is missing."),
        _("Ask whoever made it for the file again, and upload that as well."),
    ),
    # The page is whole, its text is not
    Reason.TEXT_EMPTY: (
        _("no text found"),
        _("The page is kept, but no text was found in it. It may need scripts to show any, or be a picture."),
        _READ_THE_COPY,
    ),
    Reason.TEXT_DAMAGED: (
        _("text damaged"),
        _("The page is kept, but its character set is not said, or not rightly, so words of its text may be wrong."),
        _READ_THE_COPY,
    ),
    Reason.TEXT_TRUNCATED: (
        _("text cut short"),
        _("The page is kept, but its text is longer than what is taken from a page. The rest is missing here."),
        _READ_THE_COPY,
    ),
    Reason.TEXT_TIMED_OUT: (
        _("text took too long"),
        _("The page is kept, but finding the text in it took too long."),
        _READ_THE_COPY,
    ),
    Reason.TEXT_OUT_OF_MEMORY: (
        _("text took too much memory"),
        _("The page is kept, but finding the text in it took more memory than is allowed."),
        _READ_THE_COPY,
    ),
    Reason.TEXT_LOCKED: (
        _("locked by a password"),
        _("The document is kept, but a password is needed to read it."),
        _("The copy itself is whole: download it, and open it with the password."),
    ),
    Reason.TEXT_FAILED: (
        _("text not readable"),
        _("The page is kept, but no text could be read out of it."),
        _READ_THE_COPY,
    ),
}
