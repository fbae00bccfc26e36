"""References among the items of a list: people first, in the style of APA, ACL or MLA, then the title."""

from __future__ import annotations

import re
from itertools import islice

from paperctl.readers._markdown.around import is_around
from paperctl.readers._markdown.ends import cleaned, end_of
from paperctl.readers._markdown.marks import Title, marks_in, worthy
from paperctl.readers._markdown.names import is_person, names_in
from paperctl.readers._markdown.places import citation_in

_PEOPLE_AND_YEAR = re.compile(
    r"(?P<people>[^\x00\"“|]{4,600}?)(?:\s*[,.]?\s*\((?P<a>(?:19|20)\d\d)[a-z]?(?:, \w+)?\)[.,:]?"
    r"|[.,]\s+(?P<b>(?:19|20)\d\d)[a-z]?[.,:])"
    r"\s+(?=[^\W\d_a-z]|\d|\x01|\*\*)"
)


def after_people(words: str) -> Title | None:
    """The title of a reference in the style of APA or ACL: its authors, the year, then itself."""
    found = _PEOPLE_AND_YEAR.match(words)
    if not found or not names_in(found["people"], lone=True, first=True):
        return None
    return _behind(words, found.end())


_STOP = re.compile(r"(?<=[^\W\d_])[.:]\s+(?=[^\W_a-z]|[*\x01])")
_AN_INITIAL = re.compile(r"(?:^|[\s.-])[A-Z]$")
_MOST_STOPS = 40
_BEHIND_NAME = re.compile(r"[^\W\d_][\w'’-]+(?: [\w'’-]+)*,? [A-Z](?:\.?[ -]?[A-Z]){0,2}\.?")


def after_names(words: str) -> Title | None:
    """The title of a reference that names its people without a year: "A. Lee, B. Roe. Title. ICML 2020"."""
    for stop in islice(_STOP.finditer(words[:900]), _MOST_STOPS):
        listed = words[: stop.start()]
        if "\x00" in listed:
            return None
        initial = _AN_INITIAL.search(listed)
        if (initial and not _initials_last(listed)) or re.match(r"[A-Z]\.", words[stop.end() :]):
            continue
        if not _are_people(listed, bool(initial)):
            continue
        found = _behind(words, stop.end())
        if found is None or is_around(found.words):
            return None
        return found if stop[0][0] == "." or citation_in(found.after) or is_around(found.after) else None
    return None


def _are_people(listed: str, initial: bool) -> bool:
    """Whether words are a list of people to its very end, which may be an initial."""
    names = names_in(listed + "." * initial, first=True)
    return bool(names) and (len(names) == 1 or initial or is_person(names[-1]) or names[-1] == "et al.")


def _initials_last(listed: str) -> bool:
    """Whether initials stand behind every name, so that the last may end the list: "Lee J, Roe A"."""
    names = re.split(r"(?<=[A-Z.])[,;] (?:and |& )?|\s+and\s+|\s+&\s+", listed)
    return len(names) > 1 and all(map(_BEHIND_NAME.fullmatch, names))


def _behind(words: str, at: int) -> Title | None:
    """The title of a reference, which begins where its people and its year end."""
    rest = words[at:]
    bare = re.sub("[\x01\x02]", "", rest)
    marked = next((one for one in marks_in(rest) if one.mark != "quoted" and not one.before.strip()), None)
    if marked:
        return Title(cleaned(marked.inner), words[:at], marked.after, marked.mark)
    end = end_of(bare, False)
    title = cleaned(bare[:end])
    return Title(title, words[:at], bare[end:]) if worthy(title) else None
