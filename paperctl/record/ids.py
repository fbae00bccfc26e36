"""Ids and fingerprints of papers: made of content, the same on every machine."""

from __future__ import annotations

from collections.abc import Container

from msgspec.json import encode

from paperctl.record import FACTS, Paper
from paperctl.text import late
from paperctl.text.fold import fold


def fingerprint(facts: Paper) -> str:
    """16 hex digits naming exactly these facts: equal facts, equal fingerprint, on every machine."""
    return _sha256(encode({k: facts.get(k) for k in FACTS}, order="deterministic"))[:16]


ID_LENGTH = 12
_ID = late.pattern(rf"[0-9a-f]{{{ID_LENGTH}}}")
_GENERIC_WORDS = 2


def paper_id(facts: Paper, taken: Container[str]) -> str:
    """A paper's id: 12 hex digits of its folded title, the same in every dump and on every machine.

    A title of one or two words ("Editorial") or one whose id another paper has already `taken`
    says too little: then all facts count, and a further entry equal to the letter is numbered.
    """
    found = title_id(facts.get("title"))
    return found if found and found not in taken else exact_id(fingerprint(facts), taken)


def least_id(record: Paper, taken: Container[str]) -> str:
    """The smallest of the ids made of what the entries of a paper say, or the next one where that is taken by
    another paper's equal entry; empty where no entry is known."""
    made = {_digest(source["entry"]): source["entry"] for source in record["sources"] if source.get("entry")}
    least = min(made, default="")
    return exact_id(made[least], taken) if least in taken and least not in known_ids(record) else least


def exact_id(whole: str, taken: Container[str]) -> str:
    """The id made of a fingerprint, the first that is not taken."""
    if (found := _digest(whole)) not in taken:
        return found
    # Doubling and halving: counting up would take a hash for each of the entries before.
    last, free = 1, 2
    while _digest(f"{whole} {free}") in taken:
        last, free = free, 2 * free
    while free - last > 1:
        middle = (last + free) // 2
        if _digest(f"{whole} {middle}") in taken:
            last = middle
        else:
            free = middle
    return _digest(f"{whole} {free}")


def known_ids(record: Paper) -> list[str]:
    """A paper's id, those of the papers that were merged into it, and those that it had: each finds it."""
    sources = record.get("sources")
    found = [record["id"]]
    for source in sources if isinstance(sources, list) else ():
        if isinstance(source, dict):
            earlier = source.get("earlier")
            named = [source, *earlier] if isinstance(earlier, list) else (source,)
            found += (one["id"] for one in named if isinstance(one, dict) and isinstance(one.get("id"), str))
    return list(dict.fromkeys(found))


def is_id(text: str) -> bool:
    """Whether a text has the shape of a paper's id."""
    return bool(_ID.fullmatch(text))


def title_id(title: object) -> str:
    """The id made of a title; empty where it has one or two words and says too little."""
    folded = fold(str(title or ""))
    return _digest(folded) if folded.count(" ") >= _GENERIC_WORDS else ""


def _digest(text: str) -> str:
    return _sha256(text.encode("utf-8", "surrogatepass"))[:ID_LENGTH]


def _sha256(data: bytes) -> str:
    import hashlib  # loads OpenSSL, which reading needs not

    return hashlib.sha256(data).hexdigest()
