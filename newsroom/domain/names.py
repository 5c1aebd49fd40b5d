"""Whom a name could be taken for: which of its words tell who somebody is, and whether a text holds one of them.

Spelling is folded as for searching (`newsroom.domain.text.search_key`), and marks over Latin letters as well. Figures
and punctuation part words, so "Amal 2" and "amal-2" hold the word "amal". The Arabic article and what is written in one
with the next word (و ف ب ل ك) hide no name.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator

from newsroom.domain.text import search_key

_LETTERS = re.compile(r"[^\W\d_]+")
_CHARACTERS = re.compile(r"[^\W_]+")
_AROUND = re.compile(r"^\W+|\W+$")
_ARTICLE = re.compile("^ال(?=..)")
_ATTACHED = (re.compile("^[وف](?=..)"), re.compile("^[بلك](?=..)"), re.compile("^(?:ال|ل)(?=..)"))

# Folded, these are the name Ali with and without "and". No Arabic sentence does without the preposition.
_PREPOSITIONS = frozenset(["على", "وعلى", "فعلى"])

_ALIKE = frozenset(["LATIN", "CYRILLIC", "GREEK", "COPTIC", "ARMENIAN", "CHEROKEE"])
_APART = 2  # letters
# They stand in the names of many and tell nobody apart. Folded, like what is compared with them.
_SAY_NOTHING = frozenset(
    ["al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "bin", "ben", "ibn", "bint", "abu", "abou", "umm",
     "von", "van", "der", "den", "de", "del", "della", "di", "da", "do", "dos", "du", "la", "le", "of", "the",
     "and", "dr", "mr", "mrs", "ms", "miss", "prof", "sir", "ال", "ابن", "بن", "بنت", "ابو", "ابي", "ابا", "ام",
     "السيد", "السيده", "استاذ", "الاستاذ", "استاذه", "الاستاذه", "دكتور", "الدكتور", "دكتوره", "الدكتوره",
     "شيخ", "الشيخ", "مهندس", "المهندس", "مهندسه", "المهندسه"]
)  # fmt: skip


def given_away(text: str, names: Collection[str]) -> str:
    """The first word of `text` that is a word of one of these names, or holds one whole; as it is typed, or ""."""
    telling = {form for name in names for word in telling_words(name) for form in (word, _ARTICLE.sub("", word))}
    whole = {"".join(words) for name in names if len(words := telling_words(name)) > 1}
    spelt = {said for name in names for _word, said in _words(name)}
    for word, said in _words(text):
        if _bare(said) in _PREPOSITIONS and said not in spelt:
            continue
        if not telling.isdisjoint(_forms(word)) or any(each in word for each in whole):
            return said
    return next((" ".join(part) for part in _spelt_apart(text) if "".join(part) in telling), "")


def mixed(text: str) -> str:
    """The first word of `text` with letters of two scripts, some of which look alike ("Dаna", its first a Cyrillic), or
    "". Arabic is like none, and what stands beside it is of its own word."""
    words: list[str] = _LETTERS.findall(text)
    for word in words:
        if len({script for letter in word if (script := unicodedata.name(letter, "").split(" ")[0]) in _ALIKE}) > 1:
            return word
    return ""


def points_at(text: str, name: str) -> bool:
    """Whether all that `text` tells belongs to `name`: "Basim", "basim 2" and "B. Haddad" do to "Basim Haddad"."""
    words = telling_words(text)
    return bool(words) and all(given_away(word, [name]) for word in words)


def telling_words(name: str) -> list[str]:
    """Each word of two letters or more, folded. Titles and particles are none, unless there is nothing else."""
    words = [word for word, _said in _words(name) if len(word) > 1]
    return [word for word in words if word not in _SAY_NOTHING] or words


def name_key(name: str) -> str:
    """Letters and figures, folded. Names with one key are one name to whoever reads them."""
    return "".join(_CHARACTERS.findall(_unmarked(search_key(name))))


def _words(text: str) -> Iterator[tuple[str, str]]:
    """Each word, folded, and what it was typed as with all that stood next to it."""
    for typed in text.split():
        for word in _LETTERS.findall(_unmarked(search_key(typed))):
            yield word, _AROUND.sub("", typed)


def _spelt_apart(text: str) -> Iterator[list[str]]:
    """Whatever neighbours of two letters or fewer may be read as one word: "D.a.n.a", "Da na"."""
    words = [word for word, _said in _words(text)]
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            if len(words[end - 1]) > _APART:
                break
            yield words[start:end]


def _forms(word: str) -> set[str]:
    """The word, and what is left of it without each of the small words before it that Arabic writes in one."""
    forms = {word}
    for attached in _ATTACHED:
        forms |= {attached.sub("", form) for form in forms}
    return forms


def _unmarked(key: str) -> str:
    """A search key without accents. It has no long run of marks."""
    return unicodedata.normalize("NFC", _bare(unicodedata.normalize("NFD", key)))


def _bare(text: str) -> str:
    return "".join(each for each in text if not unicodedata.combining(each))
