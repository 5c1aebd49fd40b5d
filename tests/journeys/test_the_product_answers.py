"""The smallest journey: a newcomer opens the address that `make run` printed."""

import pytest
from playwright.sync_api import Page


@pytest.mark.journey
def test_a_stranger_can_sign_in(page: Page) -> None:
    page.goto("/accounts/login/")
    assert page.locator("input[name=login]").is_visible()
