"""References among the items of a list: people first, in the style of APA, ACL or MLA, then the title."""

from __future__ import annotations

import re
from itertools import islice

from paperctl.readers._markdown.around import ITALIC, is_around
from paperctl.readers._markdown.ends import cleaned, end_of
from paperctl.readers._markdown.marks import Title, marks_in, worthy
from paperctl.readers._markdown.names import families_in, is_person, names_in, only_names
from paperctl.readers._markdown.places import KNOWN, LIKE_VENUE, VANCOUVER, citation_in, place_in
from paperctl.readers._text import prose
from paperctl.text.patterns import CAPITAL

_PEOPLE_AND_YEAR = re.compile(
    r"(?P<people>[^\x00\"“|]{4,600}?)(?P<year>\s*[,.]?\s*\((?:19|20)\d\d[a-z]?(?:, \w+)?\)[.,:]?"
    r"|[.,]\s+(?:19|20)\d\d[a-z]?[.,:])"
    rf"(?:\s+(?:[-–—]+\s+)?|(?<=\.)(?=[{CAPITAL}]))(?=[^\W\d_a-z]|\d|[\x01*_\"“])"
)


def after_people(words: str) -> Title | None:
    """The title of a reference in the style of APA or ACL: its authors, the year, then itself."""
    found = _PEOPLE_AND_YEAR.match(words)
    if not found:
        return None
    people = found["people"] + "." * found["year"].startswith(".")  # of an initial, in "Roe, A. (2020)"
    named = names_in(people, lone=True, first=True) or families_in(found["people"] + found["year"])
    if not named and not (ITALIC.match(words[found.end() :]) and _in_capitals(found["people"])):
        return None
    title = _behind(words, found.end())
    if title:
        title.cited = True
    return title


_BEFORE_ITALICS = re.compile(
    r"(?P<people>[^\x00-\x02\"“*_|:]{3,400}?)(?P<end>[.,:]?\s+(?:[-–—]+\s+)?)"
    r"([*_])(?![*_\s])(?P<title>[^\x00-\x02]{3,300}?)(?<![\s*_])\3(?![\w*])"
)
"""Words, and others in italics right behind them."""
_TITLE_BEGUN = re.compile(r"\((?:19|20)\d\d[a-z]?\)[.,:]?\s+\w")
"""A year and then a word, with which a title begins that holds italics: "(2012). Growth of"."""


def in_italics_after_people(words: str) -> Title | None:
    """The title of a reference that stands in italics behind its people: "Lee, Roe — *Title*, NDSS 2021"."""
    found = _BEFORE_ITALICS.match(words)
    if not found or is_around(found["title"]) or _like_venue(found["title"]):
        return None
    people, after = found["people"], words[found.end() :]
    if not only_names(people) or _TITLE_BEGUN.search(people):
        return None
    if not (names_in(people + found["end"].rstrip()[:1], first=True) or families_in(people + found["end"])):
        dated = is_around(re.split(r"\.\s|\x00", after.lstrip(" .,"), maxsplit=1)[0])
        if not (dated or citation_in(after)) or not _in_capitals(people):
            return None
    title = _behind(words, found.end("end"))
    if title:
        title.cited = True
    return title


def _in_capitals(people: str) -> bool:
    """Whether words are written as the names of people or of a body are: "Monday and Tuesday"."""
    return all(word[0].isupper() or word in {"of", "and", "&"} for word in people.split())


def _like_venue(words: str) -> bool:
    return len(words.split()) <= 4 and LIKE_VENUE.search(words) is not None


_BOLD_PEOPLE = re.compile(
    r"\*\*(?P<people>[^*\x00-\x02]{3,300}?)(?P<year>\s*\((?:19|20)\d\d[a-z]?\))?(?P<end>[.,:]?)\*\*(?P<mark>[.,:]?)"
)
_BOLD_REFERENCE = re.compile(r"\*\*(?=[^*]*[^*]\*[^*])((?:[^*]|(?<!\*)\*(?!\*))+)\*\*")


def people_unmarked(words: str) -> str:
    """A text whose people in front, or whose whole reference with its title in italics, are not in bold."""
    if found := _BOLD_REFERENCE.match(words):
        return found[1] + words[found.end() :]
    found = _BOLD_PEOPLE.match(words)
    if not found or not re.match(r"\W*\S", words[found.end() :]):
        return words
    people, year = found["people"], found["year"] or ""
    cited = year and (names_in(people, lone=True, first=True) or families_in(people + year))
    if not cited and not names_in(people, first=True):
        return words
    return f"{people}{year}{found['end'] or found['mark'] or ''}{words[found.end() :]}"


_STOP = re.compile(r"(?:(?<=[^\W\d_])[.:]|\.:)\s+(?=[^\W_]|[*\x01])")
_AN_INITIAL = re.compile(rf"(?:^|[\s.-])[{CAPITAL}]$")
_MOST_STOPS = 40
_BEHIND_NAME = re.compile(rf"[^\W\d_][\w'’-]+(?: [\w'’-]+)*,? [{CAPITAL}](?:\.?[ -]?[{CAPITAL}]){{0,2}}\.?")


def after_names(words: str) -> Title | None:
    """The title of a reference that names its people without a year: "A. Lee, B. Roe. Title. ICML 2020"."""
    for stop in islice(_STOP.finditer(words[:900]), _MOST_STOPS):
        listed = words[: stop.start()]
        if "\x00" in listed:
            return None
        certain = stop[0].startswith(".:")
        if not _may_end_people(listed, stop[0], words[stop.end() :]):
            continue
        if not _are_people(listed, _AN_INITIAL.search(listed) is not None):
            continue
        found = _behind(words, stop.end())
        if found is None or is_around(found.words):
            return None
        found.cited = True
        return (
            found
            if stop[0][0] == "." or certain or citation_in(found.after) or is_around(found.after)
            else None
        )
    return None


def _may_end_people(listed: str, stop: str, behind: str) -> bool:
    """Whether a stop may be behind the last of some people, and none of an initial; a title in lower case,
    "scmap: a tool", stands only behind people whose initials are last."""
    if re.match(rf"[{CAPITAL}]\.", behind):
        return False
    if behind[:1].islower():
        return stop[0] == "." and "," in listed and _initials_last(listed)
    if not _AN_INITIAL.search(listed) or stop.startswith(".:") or _initials_last(listed):
        return True
    return _BEHIND_NAME.fullmatch(listed) is not None and _before_journal(behind) > 0


def _are_people(listed: str, initial: bool) -> bool:
    """Whether words are a list of people to its very end, which may be an initial."""
    names = names_in(listed + "." * initial, first=True)
    if not names and " " in listed and "," not in listed:
        return _initials_last(listed)
    return bool(names) and (len(names) == 1 or initial or is_person(names[-1]) or names[-1] == "et al.")


_NO_INITIALS = r"(?:AI|ML|RL|CV|IR|QA|AR|VR|XR|UI|OS|DB|IT|US|UK|EU|GPU|NLP|HCI|LLM|API)$"
"""Short forms that may end a title, where initials would end a person: "Explainable AI."."""


def _initials_last(listed: str) -> bool:
    """Whether initials stand behind every name, so that the last may end the list: "Lee J, Roe A"."""
    names = re.split(rf"(?<=[{CAPITAL}.])[,;] (?:and |& )?|\s+and\s+|\s+&\s+", listed)
    if len(names) == 1 and not re.search(rf" (?!{_NO_INITIALS})[{CAPITAL}]{{2,3}}$", listed):
        return False
    return all(map(_BEHIND_NAME.fullmatch, names))


_SENTENCE = re.compile(r"[.?!]\s+(?=[A-Z])")
_NO_JOURNAL = re.compile(r"\b(?:[a-z]\w*|[IVX]+)\.\s")
"""The end of a sentence, or a number, which the short name of a journal has not."""


def _before_journal(text: str) -> int:
    """Where a title of several sentences ends in the style of medicine: before a journal with its year and
    volume; 0 if none follows."""
    for stop in islice(_SENTENCE.finditer(text[:600]), _MOST_STOPS):
        journal = VANCOUVER.match(text, stop.end())
        if journal and not _NO_JOURNAL.search(journal["venue"]):
            return stop.start() + (stop[0][0] in "?!")
    return 0


def _behind(words: str, at: int) -> Title | None:
    """The title of a reference, which begins where its people and its year end."""
    rest = words[at:]
    bare = re.sub("[\x01\x02]", "", rest)
    if (slanted := ITALIC.match(rest)) and not is_around(inner := slanted[1] or slanted[2]):
        after = rest[slanted.end() :]
        if end := _end_behind(inner, after, words[:at]):
            begun = inner + re.sub("[\x01\x02]", "", after)
            return Title(cleaned(ITALIC.sub(_unmarked, begun[:end])), words[:at], begun[end:])
        return Title(cleaned(inner), words[:at], after)
    marked = next((one for one in marks_in(rest) if not one.before.strip()), None)
    if marked and "(" in marked.inner and families_in(marked.inner):
        return None
    if marked and (marked.mark != "quoted" or not re.match(r":\s+[^\W_]|\s+[a-z]", marked.after)):
        return Title(cleaned(marked.inner), words[:at], marked.after, marked.mark)
    end = _before_journal(bare) or end_of(bare, False)
    title = cleaned(ITALIC.sub(_unmarked, bare[:end]))
    return Title(title, words[:at], bare[end:]) if worthy(title) else None


_WORD_BEHIND = re.compile(
    rf"(?:[-–]|\s+)(?![Ii]n:?\s+[*_]|In:?\s|(?:vol|pp?|eds?|no)\.|(?=[A-Z]|arX)(?:{KNOWN})\b)[A-Za-zÀ-ɏ]"
)
"""A word behind italics that is no beginning of a place."""


def _end_behind(slanted: str, after: str, before: str) -> int:
    """Where a title ends that goes on behind italics, as behind the name of a species: "*In vitro* models of
    the lung. *Cell*, 3"; 0 if the italics are the whole title."""
    if not _WORD_BEHIND.match(after) or citation_in(after):
        return 0
    after = re.sub("[\x01\x02]", "", after)
    end = end_of(slanted + after, False)
    words, behind = after[: end - len(slanted)], after[end - len(slanted) :]
    sentence = prose(words.rstrip(" .")) > 0 or (before.rstrip()[-1:] == "," and not re.search(r"\w", behind))
    return 0 if end <= len(slanted) or sentence or place_in(words) is not None else end


def _unmarked(slanted: re.Match[str]) -> str:
    return slanted[1] or slanted[2]
