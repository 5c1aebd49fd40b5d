"""The signature in a WACZ, checked by a browser's own cryptography, as ReplayWeb.page asks it to."""

import base64
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page

from sources.archiving import signing

KEY = signing.read_key(base64.b64encode(b"k" * 48).decode())
CHECK = """async ({hash, signature, publicKey}) => {
    const bytes = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
    const curve = {name: "ECDSA", namedCurve: "P-384"};
    const key = await crypto.subtle.importKey("spki", bytes(publicKey), curve, true, ["verify"]);
    const how = {name: "ECDSA", hash: "SHA-256"};
    return crypto.subtle.verify(how, key, bytes(signature), new TextEncoder().encode(hash));
}"""


@pytest.mark.journey
def test_it_holds_there_too(page: Page) -> None:
    page.goto("/accounts/login/")  # cryptography is for pages of a safe origin only
    signed = signing.sign("sha256:" + "ab" * 32, datetime(2026, 11, 23, tzinfo=UTC), KEY)
    assert page.evaluate(CHECK, signed) is True
    assert page.evaluate(CHECK, signed | {"hash": "sha256:" + "ac" * 32}) is False
