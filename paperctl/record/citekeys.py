"""Cite keys: a paper has one per store, which its line keeps.

A key is given once, when a paper is first written, and never again: it does not hang on what else is
exported, nor on what the paper's facts become. Which one it is follows from the paper and from the keys that
are taken, not from the order of a dump.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from paperctl.errors import UsageError, did_you_mean
from paperctl.record import Record, as_record
from paperctl.text import late

FIELD = "citekey"
PATTERN = "{author}{year}{word}"
"""What keys are made of unless `citekey.pattern` says otherwise."""

_USABLE = late.pattern(r"[^\s,{}()\"#%~\\='<>&|@\x00-\x20\x7f-\x9f]+")
_PART = late.pattern(r"\{([^{}]*)\}")
_NOT_PLAIN = late.pattern(r"[^a-z0-9]")
_MOST_WORDS = 4
"""A key has three words of a title, and one more may stand for the author."""
_LONGEST = 24
"""Letters of one part: a title in a script without blanks is one word."""
_SMALL = frozenset(
    (
        *("a", "an", "the", "on", "of", "in", "for", "to", "and", "with", "from", "by", "at", "is"),
        *("are", "do", "does", "can", "how", "what", "why", "when", "towards", "toward", "via"),
        *("using", "as", "it", "we"),
    )
)


def usable(key: str) -> bool:
    """Whether BibTeX, biber and pandoc take a text for a key."""
    return bool(_USABLE.fullmatch(key))


class Wish(NamedTuple):
    """The key that a paper would have, and what comes before others that want the same."""

    made: bool
    """Whether it was made here, not brought from a dump."""
    added: str
    paper: str
    key: str


def wish(record: Record, pattern: str = PATTERN) -> Wish:
    """What a paper without a key wants."""
    own = own_key(record)
    made = own or made_key(record, pattern)
    return Wish(not own, str(record.get("added") or ""), str(record["id"]), made)


def given(records: Iterable[Record], taken: set[str], pattern: str = PATTERN) -> dict[str, str]:
    """Keys for papers that have none, by their ids: as `granted` says."""
    return granted((wish(record, pattern) for record in records), taken)


def granted(wishes: Iterable[Wish], taken: set[str]) -> dict[str, str]:
    """Keys by the papers' ids. `taken` are the keys of other papers in lower case: these and the new ones are
    never given twice, and the new ones are added.

    A key that several papers want goes to one that brings it from its dump, then to the one that was in the
    store first; the others get the beginning of their id behind it.
    """
    keys: dict[str, str] = {}
    clashing: list[tuple[str, str]] = []
    for _, _, paper, key in sorted(wishes):
        if key.lower() in taken:
            clashing.append((paper, key))
        else:
            taken.add(key.lower())
            keys[paper] = key
    # After all others, so that no made-up ending takes the key that a dump brings.
    for paper, key in clashing:
        length = 4
        while (ended := f"{key}-{paper[:length]}").lower() in taken and length < len(paper):
            length += 1
        taken.add(ended.lower())
        keys[paper] = ended
    return keys


def with_keys(records: Iterable[Record]) -> list[Record]:
    """Papers of no store, those without a key with one."""
    records = list(records)
    keys = given([r for r in records if not r.get(FIELD)], {k for r in records for k in known_keys(r)})
    return [with_key(r, keys[r["id"]]) if r["id"] in keys and not r.get(FIELD) else r for r in records]


def with_key(record: Record, key: str) -> Record:
    """The paper with its key; the schema stays the last field of its line."""
    found: dict[str, object] = {
        name: value for name, value in record.items() if name not in (FIELD, "schema")
    }
    schema = {"schema": record["schema"]} if "schema" in record else {}
    return as_record({**found, FIELD: key, **schema})


def known_keys(record: Record) -> set[str]:
    """The key of a paper and those of papers merged into it, in lower case: each finds it."""
    sources = record.get("sources")
    before = (s.get("was") for s in sources if isinstance(s, dict)) if isinstance(sources, list) else ()
    held = (record.get(FIELD), *(was.get(FIELD) for was in before if isinstance(was, dict)))
    return {key.lower() for key in held if isinstance(key, str) and key}


def own_key(record: Record) -> str | None:
    """The key under which a bibliography held the paper, if any key may look like that."""
    return next(filter(None, map(key_in, record.get("sources") or ())), None)


def key_in(source: Mapping[str, object]) -> str | None:
    """The key under which an entry stood in a bibliography, if any key may look like that."""
    key = source.get("citekey") or (source.get("key") if source.get("format") == "bibtex" else None)
    return key if isinstance(key, str) and usable(key) else None


def made_key(record: Record, pattern: str = PATTERN) -> str:
    """A key by the pattern: first author's family name, year, first word of the title that is no small word:
    hu2022lora. Other scripts are romanised; without authors the title's first word stands for them."""
    from paperctl.record.names import parts  # most commands make no key

    author = _ascii(parts((record.get("authors") or [""])[0]).family)
    title = _words(str(record.get("title") or ""))
    if not author and title:
        author, *title = title
    values = {
        "author": author,
        "year": str(record.get("year") or ""),
        "word": next(iter(title), ""),
        "words": "".join(title[:3]),
        "venue": _ascii(str(record.get("venue") or "")) if "venue}" in pattern.lower() else "",
        "id": str(record["id"]),
    }
    key = "".join(_cased(piece, values) if n % 2 else piece for n, piece in enumerate(_pieces(pattern)))
    return key if any(map(str.isalpha, key)) else f"paper{key}"


def checked_pattern(pattern: str) -> str:
    """The pattern, if keys can be made by it. Raises UsageError."""
    known = ("author", "year", "word", "words", "venue", "id")
    for name in _PART.findall(pattern):
        if name.lower() not in known:
            raise UsageError(
                f"citekey.pattern: no part called {{{name}}}{did_you_mean(name.lower(), known)}",
                "parts are "
                + ", ".join(f"{{{part}}}" for part in known)
                + "; {Author} begins with a capital",
            )
    plain = _PART.sub("", pattern)
    if plain == pattern or (plain and not usable(plain)):
        raise UsageError(
            f"citekey.pattern: {pattern!r} makes no cite keys",
            f"write it as {PATTERN}, without blanks or commas",
        )
    return pattern


@lru_cache(maxsize=16)
def _pieces(pattern: str) -> tuple[str, ...]:
    """What stands between the parts of a pattern and, every second one, the names of these."""
    return tuple(_PART.split(pattern))


def _cased(name: str, values: Mapping[str, str]) -> str:
    value = values[name.lower()][:_LONGEST]
    return value.capitalize() if name[:1].isupper() else value


def _words(title: str) -> list[str]:
    """The first words of a title but for small ones, in plain letters; of all if all are small."""
    from paperctl.text.fold import fold

    words: Iterable[str] = fold(title).split()
    if not title.isascii():  # else they are plain, folded as they are
        words = [plain for word in words if (plain := _ascii(word))]
    found = [*islice((word for word in words if word not in _SMALL), _MOST_WORDS)]
    return found or [*words]


def _ascii(text: str) -> str:
    if not text.isascii():
        from anyascii import anyascii  # its tables are read from files, which few papers need

        text = anyascii(text)
    text = text.lower()
    return text if text.isascii() and text.isalnum() else _NOT_PLAIN.sub("", text)
