"""Whom a name could be taken for: which of its words tell who somebody is, and whether a text holds one of them.

Spelling is folded as for searching (`newsroom.domain.text.search_key`), and marks over and through Latin letters as
well. Figures and punctuation part words, so "Amal 2" and "amal-2" hold the word "amal". The Arabic article and what is
written in one with the next word (و ف ب ل ك) hide no name, and neither does a blank: many are written either way
(عبد الرحمن, Mary Anne).
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence

from newsroom.domain.text import search_key

_LETTERS = re.compile(r"[^\W\d_]+")
_CHARACTERS = re.compile(r"[^\W_]+")
_AROUND = re.compile(r"^\W+|\W+$")
_ARTICLE = re.compile("^ال(?=...)")  # of الله it would leave "to him"
_LAST_HAMZA = re.compile("(?<=....)ء$")  # many write إسراء without it; of هناء it would leave "here"
_ATTACHED = (re.compile("^[وف](?=..)"), re.compile("^[بلك](?=..)"), re.compile("^(?:ال|ل)(?=..)"))

# Folded, these are the name Ali with and without "and". No Arabic sentence does without the preposition.
_PREPOSITIONS = frozenset(["على", "وعلى", "فعلى"])

_ALIKE = frozenset(["LATIN", "CYRILLIC", "GREEK", "COPTIC", "ARMENIAN", "CHEROKEE"])
# Letters that no decomposition takes apart.
_LATIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŋ": "n", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"}
)
_APART = 2  # letters
_RUN = 4  # words
# They stand in the names of many and tell nobody apart. Folded, like what is compared with them.
_SAY_NOTHING = frozenset(
    ["al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "bin", "ben", "ibn", "bint", "abu", "abou", "umm",
     "von", "van", "der", "den", "de", "del", "della", "di", "da", "do", "dos", "du", "la", "le", "of", "the",
     "and", "dr", "mr", "mrs", "ms", "miss", "prof", "sir", "ال", "ابن", "بن", "بنت", "ابو", "ابي", "ابا", "ام",
     "السيد", "السيده", "استاذ", "الاستاذ", "استاذه", "الاستاذه", "دكتور", "الدكتور", "دكتوره", "الدكتوره",
     "شيخ", "الشيخ", "مهندس", "المهندس", "مهندسه", "المهندسه", "الله"]
)  # fmt: skip


def given_away(text: str, names: Collection[str]) -> str:
    """The first word of `text` that is a word of one of these names, or holds one whole; as it is typed, or "".

    Words that stand side by side count as one too, in the text and in the names.
    """
    telling = {form for name in names for word in telling_words(name) for form in (word, _ARTICLE.sub("", word))}
    for said in ([*_words(name)] for name in names):
        nothing = [each for each in said if each[0] in _SAY_NOTHING]
        telling |= {run for run, _typed in _runs(said)} - {run for run, _typed in _runs(nothing)}
    whole = {"".join(words) for name in names if len(words := telling_words(name)) > 1}
    spelt = {typed for name in names for _word, typed in _words(name)}
    neighbours = [*_words(text)]
    for word, typed in neighbours:
        if _bare(typed) in _PREPOSITIONS and typed not in spelt:
            continue
        if not telling.isdisjoint(_forms(word)) or any(each in word for each in whole):
            return typed
    return next((typed for run, typed in _runs(neighbours) if not telling.isdisjoint(_forms(run))), "")


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
            yield _LAST_HAMZA.sub("", word), _AROUND.sub("", typed)


def _runs(words: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Neighbours written as one, and as they are typed: a few of any length ("Mary Anne"), or more where none has more
    than two letters ("D.a.n.a")."""
    for start, (run, typed) in enumerate(words):
        is_spelt = len(run) <= _APART
        for count, (word, said) in enumerate(words[start + 1 :], 2):
            is_spelt = is_spelt and len(word) <= _APART
            if count > _RUN and not is_spelt:
                break
            run, typed = run + word, typed if typed.endswith(said) else f"{typed} {said}"
            yield run, typed


def _forms(word: str) -> set[str]:
    """The word, and what is left of it without each of the small words before it that Arabic writes in one."""
    forms = {word}
    for attached in _ATTACHED:
        forms |= {attached.sub("", form) for form in forms}
    return forms


def _unmarked(key: str) -> str:
    """A search key without accents. It has no long run of marks."""
    return unicodedata.normalize("NFC", _bare(unicodedata.normalize("NFD", key))).translate(_LATIN)


def _bare(text: str) -> str:
    return "".join(each for each in text if not unicodedata.combining(each))
