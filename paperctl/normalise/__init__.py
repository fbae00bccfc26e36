"""From an entry as it stands in a dump to the facts of a record: pure, and every repair is named.

`normalise` never raises for what a dump can hold and is idempotent: facts given as fields come
back as they are. The raw title stays in the record's source; see `paperctl.record`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from paperctl.normalise import dates
from paperctl.normalise.announced import announces_code
from paperctl.normalise.identifiers import find_arxiv, find_doi, link
from paperctl.normalise.links import code_links, says_code
from paperctl.normalise.marks import take_marks
from paperctl.normalise.people import mark_bodies, mark_incomplete, people
from paperctl.normalise.text import clean, plain_string
from paperctl.normalise.values import fact_of, json_clean, keywords, year_of, year_text
from paperctl.record import FACTS, UNTITLED, Facts, by_name
from paperctl.record.citekeys import usable
from paperctl.record.fields import CHOICES
from paperctl.record.items import Entry, Markup, Object, Raw, by_fact
from paperctl.record.marks import CARRIED, LISTS, listed, votes_of, without_tags

__all__ = ["normalise"]

_NO_ABSTRACT = re.compile(
    r"[-.\s]*|\[?(?:none|null|nan|n/?a|tb[ad]|abstract|(?:no )?abstract (?:is )?(?:not )?available"
    r"|not available|no abstract)\.?\]?\.?",
    re.IGNORECASE,
)
_CODE_KEYS = ("code", "code_url", "code_link", "codeurl", "github", "github_url", "github_link", "githubrepo")
_VERBATIM = frozenset({"file", "url", "doi", "eprint", "howpublished", "verba", "verbb", "verbc"})
_DECISIONS = frozenset(CHOICES["decision"])
_ARXIV_PLACES = ("eprint", "number", "volume", "note", "howpublished", "pages", "arxiv", "archive_id")
_DOI_PLACES = ("note", "howpublished", "doi_url", "number", "pages")
_DATE_PLACES = ("date", "published", "publication_date", "created", "issued")


def normalise(entry: Entry) -> tuple[Facts, list[str]]:
    """The facts an entry states, cleaned, and what was repaired on the way.

    In: an entry with raw values of any shape. Out: a dict with exactly the keys of
    `record.FACTS` (plus `decision`, `reason`, `stage`, `note`, `citekey` and `paperctl_id` where the entry
    carries them), JSON-clean, and short phrases such as "mojibake in title: 蟺 → π".
    """
    fields, markup = entry.fields.copy(), entry.markup
    repairs: list[str] = []
    title = _without_full_stop(clean(fields.get("title"), markup, "title", repairs))
    title = "" if title == UNTITLED else title
    summary = clean(fields.get("abstract"), markup, "abstract", repairs)
    abstract = None if len(summary) < 40 and _NO_ABSTRACT.fullmatch(summary) else summary
    extra = _extra(entry.extra, markup, repairs)
    tagged = take_marks(fields, extra, entry.key)
    ours = extra.pop("paperctl_id", None)
    venue = clean(fields.get("venue"), markup, "venue", repairs) or None

    doi = _doi(fields, extra)
    arxiv_id, version = _arxiv(fields, extra, venue, doi)
    if version and "arxiv_version" not in extra:
        extra["arxiv_version"] = version
    url = link(fields.get("url"), repairs)
    year = _year(fields, extra, venue, arxiv_id)
    dates.settle(extra, year, fields.get("year"))
    authors = people(fields.get("authors"), markup, repairs)
    mark_incomplete(extra, authors, repairs)
    mark_bodies(extra, authors, fields.get("authors"), markup)

    code_values = [extra[key] for key in _CODE_KEYS if key in extra]
    code_urls = code_links([fields.get("code_urls"), *code_values], url, title, abstract)
    says = any(map(says_code, [fields.get("has_code"), *code_values]))

    words = keywords(fields.get("keywords"), markup)
    facts: Facts = {
        "title": title,
        "abstract": abstract,
        "authors": authors,
        "year": year,
        "venue": venue,
        "doi": doi,
        "arxiv_id": arxiv_id,
        "url": url,
        "code_urls": code_urls,
        "has_code": bool(code_urls) or says or announces_code(abstract),
        "keywords": without_tags(words) if tagged else words,
        "extra": extra,
    }
    further, given = by_name(facts), by_fact(fields)
    for name in FACTS:
        if name not in facts:
            further[name] = fact_of(name, given.get(name, extra.pop(name, None)), markup, repairs)
    further |= _decided(fields, repairs)
    if ours:
        further["paperctl_id"] = ours
    return facts, repairs


def _decided(fields: Raw, repairs: list[str]) -> Object:
    """The marks of a person on a paper, which paperctl's own exports carry."""
    found: Object = {}
    if fields.keys().isdisjoint(CARRIED):
        return found
    decision = fields.get("decision")
    if isinstance(decision, str) and decision.strip().lower() in _DECISIONS:
        found["decision"] = decision.strip().lower()
    lines = str(fields.get("note") or "").splitlines()  # a person's own, and kept
    if note := "\n".join(clean(line, "plain", "note", repairs) for line in lines).strip():
        found["note"] = note
    for name in ("reason", "stage", "status"):
        text = clean(fields.get(name), "plain", name, repairs)
        if text and text in CHOICES.get(name, (text,)):
            found[name] = text
    for name in LISTS:
        if (words := _words(name, fields.get(name))) is not None:
            found[name] = words
    found |= _votes(fields, found.pop("decided_by", []), found.get("decision"))
    if isinstance(cited := fields.get("citekey"), str) and usable(cited):
        found["citekey"] = cited
    return found


def _words(name: str, given: object) -> list[str] | None:
    """The words of a list, or of a cell of a table that holds one; None where there is neither."""
    if isinstance(given, str):  # a table's cell of people parts them by semicolons
        given = listed(given.replace(";", ",") if name == "decided_by" else given)
    if not isinstance(given, list):
        return None
    return [" ".join(word.split()) for word in given if isinstance(word, str)]


def _votes(fields: Raw, names: list[str], decision: str | None) -> Object:
    """Who decided what, where an own export says it of one person or of each of several."""
    votes = _by_person(fields.get("votes")) or _by_person(dict.fromkeys(names, decision))
    if not votes or not decision:
        return {}
    early = {name: vote for name, vote in _by_person(fields.get("early_votes")).items() if name in votes}
    given = {"votes": votes, "early_votes": early, "decided_by": names}
    return {name: value for name, value in given.items() if value}


def _by_person(votes: object) -> dict[str, str]:
    """Decisions by the names of those who made them, from an object or its text."""
    if isinstance(votes, str):
        votes = votes_of(votes)
    if not isinstance(votes, dict):
        return {}
    given = {_name(name): word for name, word in votes.items() if isinstance(name, str)}
    return {name: word for name, word in given.items() if name and word in _DECISIONS}


def _name(name: str) -> str:
    """A reviewer's name without the signs that part names."""
    return " ".join(re.sub("[,;]", " ", clean(name, "plain", "votes", [])).split())


def _without_full_stop(title: str) -> str:
    """A title without the full stop that databases append; "…", "etc." and "U.S." keep theirs."""
    if not title.endswith(".") or title.endswith(".."):
        return title
    last = title[title.rfind(" ") + 1 : -1]
    return title[:-1] if len(last) > 3 and last.isalnum() else title


def _extra(raw: Mapping[Any, object], markup: Markup, repairs: list[str]) -> Object:
    found: Object = {}
    for key, value in raw.items():
        name = plain_string(key) if isinstance(key, str) else str(key)
        if markup == "tex" and isinstance(value, str) and name not in _VERBATIM:
            more = dates.says_more(value.strip())  # a tilde there is no blank
            value = value if more else clean(value, "tex", name, [])
        if type(value) is str and value.isascii() and value.isprintable():
            kept: object = value
        else:
            kept = json_clean(value, repairs)
        if kept is not None and kept != "" and kept != []:
            found[name] = kept
    return found


def _doi(fields: Raw, extra: Mapping[str, object]) -> str | None:
    if found := find_doi(fields.get("doi"), whole=True):
        return found
    if found := find_doi(fields.get("url")):
        return found
    for place in _DOI_PLACES:
        value = extra.get(place)
        if isinstance(value, str) and "10." in value and (found := find_doi(value)):
            return found
    return None


def _arxiv(
    fields: Raw, extra: Mapping[str, object], venue: str | None, doi: str | None
) -> tuple[str | None, str | None]:
    if stated := fields.get("arxiv_id"):
        found = find_arxiv(stated, bare=True)
        if found[0]:
            return found
    if (eprint := extra.get("eprint")) and _is_arxiv_eprint(extra):
        found = find_arxiv(eprint, bare=True)
        if found[0]:
            return found
    for value in (fields.get("url"), doi, venue):
        if value:
            found = find_arxiv(value)
            if found[0]:
                return found
    for place in _ARXIV_PLACES:
        if value := extra.get(place):
            found = find_arxiv(value, bare=place == "arxiv")
            if found[0]:
                return found
    return None, None


def _is_arxiv_eprint(extra: Mapping[str, object]) -> bool:
    kind = extra.get("archiveprefix") or extra.get("eprinttype") or extra.get("archivePrefix") or "arxiv"
    return isinstance(kind, str) and kind.strip().lower() == "arxiv"


def _year(fields: Raw, extra: Object, venue: str | None, arxiv_id: str | None) -> int | None:
    """The year and, unless it is stated as such, its basis in `extra["year_from"]`."""
    stated = fields.get("year")
    if (year := year_of(stated)) is not None:
        return year
    if stated not in (None, "") and (raw := json_clean(year_text(stated), [])) not in (None, "", [], {}):
        extra.setdefault("year", raw)
    basis = "date"
    for place in _DATE_PLACES:
        if place in extra and (year := year_of(extra[place])) is not None:
            break
    if year is None and venue:
        year, basis = year_of(venue), "venue"
    if year is None and arxiv_id and (digits := arxiv_id.rpartition("/")[2][:2]).isdigit():
        short = int(digits)
        year, basis = (1900 if short > 90 else 2000) + short, "arxiv id"
    if year is not None:
        extra.setdefault("year_from", basis)
    return year
