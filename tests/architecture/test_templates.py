"""Every template can be read by Django, every part says what it takes, and a page that fails still stands."""

import re
from pathlib import Path

import pytest
from django.template import loader
from django.test import RequestFactory
from django.utils import translation

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SHEETS = sorted((ROOT / "static" / "css").glob("*.css"))
NAMES = [str(path.relative_to(ROOT / "templates")) for path in TEMPLATES]


@pytest.mark.parametrize("name", NAMES)
def test_it_can_be_read(name: str) -> None:
    loader.get_template(name)


@pytest.mark.parametrize("path", sorted((ROOT / "templates" / "components").glob("*.html")), ids=lambda path: path.name)
def test_a_component_says_what_it_takes(path: Path) -> None:
    assert re.match(r"(\{% load [\w ]+ %\})?\{(% comment %|#)", path.read_text())


def test_every_stylesheet_is_linked() -> None:
    linked = (ROOT / "templates" / "components" / "styles.html").read_text()
    assert [path.name for path in SHEETS if f"css/{path.name}" not in linked] == []


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("en", "ltr")])
@pytest.mark.parametrize("name", ["404.html", "403.html", "403_csrf.html", "500.html"])
def test_a_page_that_fails_still_has_its_direction(name: str, language: str, direction: str) -> None:
    """Without a database, a user or a session."""
    with translation.override(language):
        page = loader.render_to_string(name, {}, None if name == "500.html" else RequestFactory().get("/nowhere"))
    assert f'<html lang="{language}" dir="{direction}">' in page
