"""Every template can be read by Django and keeps to the house: no inline style or script, no left and right."""

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

FORBIDDEN = {
    r"\sstyle=": "an inline style, which the Content-Security-Policy refuses: use a class",
    r"<style\b": "a style element: write it in static/css/",
    r"<script(?![^>]*\bsrc=)": "an inline script: write it in static/js/",
    r"\son[a-z]+=\"": "an inline handler: write it in static/js/",
    r"\bhx-on\b": "an inline handler: write it in static/js/",
    r"https?://(?!www\.w3\.org/)": "an address outside the house",
}
PHYSICAL = re.compile(
    r"^\s*((margin|padding|border)-(left|right|top|bottom)\b|left:|right:|top:|bottom:|float:|"
    r"text-align:\s*(left|right)|width:|height:|(min|max)-(width|height):)"
)


@pytest.mark.parametrize("name", NAMES)
def test_it_can_be_read(name: str) -> None:
    loader.get_template(name)


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_nothing_is_inline(path: Path) -> None:
    markup = re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(), flags=re.S)
    assert [why for pattern, why in FORBIDDEN.items() if re.search(pattern, markup)] == []


@pytest.mark.parametrize("path", sorted((ROOT / "templates" / "components").glob("*.html")), ids=lambda path: path.name)
def test_a_component_says_what_it_takes(path: Path) -> None:
    assert re.match(r"(\{% load [\w ]+ %\})?\{(% comment %|#)", path.read_text())


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_the_stylesheet_knows_no_left_and_right(path: Path) -> None:
    assert [line for line in path.read_text().splitlines() if PHYSICAL.match(line)] == []


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
