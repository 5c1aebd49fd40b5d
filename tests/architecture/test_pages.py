"""Templates and stylesheets: what a strict content security policy refuses, and what breaks in the other direction."""

import re

from tests.architecture.source import committed, read

INLINE = {
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")", re.I),
    "a style in the page": re.compile(r"<style|\sstyle\s*=\s*[\"']", re.I),
    "a handler in the page": re.compile(r"<[^>]*\son\w+\s*=\s*[\"']", re.I),
}
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right)(?:-\w+)?|left|right|border-(?:top|bottom)-(?:left|right)-radius)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)
COMMENT = re.compile(r"/\*.*?\*/|{#.*?#}|{% comment.*?endcomment %}", re.S)


def test_no_script_and_no_style_in_a_page() -> None:
    found = [
        f"{path}: {what}"
        for path in committed("*.html")
        for what, pattern in INLINE.items()
        if pattern.search(COMMENT.sub("", read(path)))
    ]
    assert not found


def test_every_page_says_its_language_and_direction() -> None:
    roots = [(path, tag) for path in committed("*.html") for tag in re.findall(r"<html\b.*?>", read(path), re.S)]
    assert not [str(path) for path, tag in roots if "lang=" not in tag or "dir=" not in tag]


def test_every_field_for_free_text_takes_either_direction() -> None:
    fields = [(path, tag) for path in committed("*.html") for tag in re.findall(r"<textarea\b[^>]*>", read(path))]
    assert not [f"{path}: {tag}" for path, tag in fields if "dir=" not in tag]


def test_no_rule_knows_left_from_right() -> None:
    found = [
        f"{path}: {rule.group()}"
        for path in committed("*.css")
        for rule in PHYSICAL.finditer(COMMENT.sub("", read(path)))
    ]
    assert not found, "use the logical property: margin-inline-start, inset-inline-end, text-align: start"


def test_every_face_a_stylesheet_names_can_be_installed() -> None:
    names = {name for path in committed("*.css") for name in re.findall(r"url\([\"']?([^)\"']+\.woff2)", read(path))}
    assert not [name for name in names if not re.search(r"^\.\./vendor/fonts/[\w-]+/[\w-]+\.woff2$", name)]
