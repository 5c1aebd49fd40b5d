"""The palette keeps WCAG 2.2 AA in both schemes: 4.5:1 for words (SC 1.4.3), 3:1 for edges and signs (SC 1.4.11)."""

import re
from pathlib import Path

import pytest

SHEET = Path(__file__).parents[2] / "static" / "css" / "palette.css"
GROUNDS = ("page", "card")
WORDS = [
    (ink, ground) for ink in ("ink", "soft", "quiet", "accent", "support", "contradict", "open") for ground in GROUNDS
] + [
    ("ink", "sunk"),
    ("soft", "sunk"),
    ("quiet", "sunk"),
    ("bar-ink", "bar"),
    ("bar-quiet", "bar"),
    ("bar-ink", "bar-field"),
    ("bar-quiet", "bar-field"),
    ("on-accent", "accent-fill"),
    ("on-accent", "accent-fill-hover"),
    ("accent", "accent-soft"),
    ("ink", "accent-soft"),
    *[(name, f"{name}-soft") for name in ("support", "contradict", "open")],
    *[("ink", f"{name}-soft") for name in ("support", "contradict", "open")],
    *[("quiet", f"{name}-soft") for name in ("support", "contradict", "open")],
]
EDGES = [(edge, ground) for edge in ("edge", "open-stroke") for ground in GROUNDS]


def schemes() -> dict[str, dict[str, str]]:
    light, dark = SHEET.read_text().split("@media", 1)
    colours = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part)) for part in (light, dark)]
    return {"light": colours[0], "dark": colours[0] | colours[1]}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, of `#rrggbb`."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(WORDS, 4.5), (EDGES, 3.0)], ids=["words", "edges"])
def test_contrast(scheme: str, pairs: list[tuple[str, str]], least: float) -> None:
    colours = schemes()[scheme]
    weak = {pair: round(contrast(*(colours[name] for name in pair)), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < least} == {}


def test_both_schemes_name_the_same_meanings() -> None:
    light, dark = schemes().values()
    assert {name for name in light if light[name] != dark[name]} >= {
        "page",
        "card",
        "ink",
        "support",
        "contradict",
        "open",
    }
