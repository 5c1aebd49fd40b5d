"""Amal takes a file that is too large: she is told before it is sent, and again by the server, and loses nothing."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from newsroom.models import Case
from tests.cast import Cast
from tests.journeys.test_source_picker import sign_in
from tests.sources import make


@pytest.mark.journey
def test_a_file_that_is_too_large_costs_nothing_typed(
    live: str, page: Page, cast: Cast, case: Case, tmp_path: Path
) -> None:
    large, small = tmp_path / "large.wacz", tmp_path / "small.png"
    with large.open("wb") as file:
        file.truncate(110 * 1024 * 1024)
    small.write_bytes(make.PNG)
    source = make.source(cast, case, url="https://news.example/page")
    sign_in(page, "amal")
    page.goto(f"{source.get_absolute_url()}upload/")
    page.get_by_label("When it was made").fill("2026-11-22T09:30")
    page.get_by_label("Where it came from").fill("From Basim.")
    page.get_by_label("Why it is uploaded").fill("It asks for a sign-in.")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.get_by_label("File").set_input_files(large)
    page.get_by_role("button", name="Keep it").click()
    said = page.get_by_label("File").evaluate("input => input.validationMessage")
    assert "up to 100.0" in said
    assert "POST" not in sent

    page.evaluate("document.querySelector('form:has([type=file])').submit()")  # as without script
    expect(page.get_by_text("This file is too large").first).to_be_visible()
    expect(page.get_by_label("Why it is uploaded")).to_have_value("It asks for a sign-in.")
    page.get_by_label("File").set_input_files(small)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("The copy is kept, beside those made here.")).to_be_visible()
