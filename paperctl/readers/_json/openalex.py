"""OpenAlex works. https://docs.openalex.org/api-entities/works/work-object"""

from __future__ import annotations

import re
from typing import Any

from paperctl.record.items import Entry

FITS = ({"authorships"}, {"abstract_inverted_index"}, {"primary_location", "ids"})
# Lists as long as the paper's fame, statistics, and what other fields say again.
_BULK = frozenset(
    re.findall(
        r"\w+",
        """referenced_works related_works counts_by_year locations authorships abstract_inverted_index
    concepts mesh sustainable_development_goals apc_list apc_paid ngrams_url indexed_in institution_assertions
    corresponding_author_ids corresponding_institution_ids best_oa_location primary_location biblio topics
    primary_topic abstract_inverted_index_v3 cited_by_api_url countries_distinct_count locations_count fwci
    institutions_distinct_count datasets versions cited_by_percentile_year has_fulltext fulltext_origin
    citation_normalized_percentile awards""",
    )
)
MAX_WORDS = 20_000


def entry(obj: dict[str, Any], lines: tuple[int, int]) -> Entry | None:
    title = obj.get("title") or obj.get("display_name")
    if not title:
        return None
    place, ids = _dict(obj.get("primary_location")), _dict(obj.get("ids"))
    source, biblio = _dict(place.get("source")), _dict(obj.get("biblio"))
    landing = place.get("landing_page_url") or _dict(obj.get("best_oa_location")).get("landing_page_url")
    places = obj.get("locations")
    pages = [_dict(p).get("landing_page_url") for p in places] if isinstance(places, list) else []
    arxiv = next((p for p in [landing, *pages] if isinstance(p, str) and "arxiv.org/abs/" in p), None)
    named = obj.get("keywords") or obj.get("concepts")
    fields: dict[str, Any] = {
        "title": title,
        "abstract": inverted(obj.get("abstract_inverted_index")) or obj.get("abstract"),
        "authors": [
            _dict(_dict(a).get("author")).get("display_name") or _dict(a).get("raw_author_name")
            for a in (obj["authorships"] if isinstance(obj.get("authorships"), list) else [])
        ],
        "year": obj.get("publication_year"),
        "venue": source.get("display_name") or _dict(obj.get("host_venue")).get("display_name"),
        "doi": obj.get("doi") or ids.get("doi"),
        "arxiv_id": arxiv,
        "url": landing,
        "keywords": named,
    }
    fields["authors"] = [a for a in fields["authors"] if isinstance(a, str)]
    extra: dict[str, Any] = {}
    for name, ours in (("volume", "volume"), ("issue", "number"), ("first_page", "pages")):
        if biblio.get(name):
            extra[ours] = biblio[name]
    if "pages" in extra and biblio.get("last_page") not in (None, biblio.get("first_page")):
        extra["pages"] = f"{extra['pages']}-{biblio['last_page']}"
    if obj.get("publication_date"):
        extra["date"] = obj["publication_date"]
    if ids.get("pmid"):
        extra["pmid"] = str(ids["pmid"]).rpartition("/")[2]
    used = {
        "id",
        "title",
        "display_name",
        "doi",
        "ids",
        "keywords",
        "publication_year",
        "publication_date",
        "abstract",
    }
    extra.update((k, v) for k, v in obj.items() if k not in used | _BULK and v not in (None, "", [], {}))
    key = obj.get("id")
    return Entry({k: v for k, v in fields.items() if v}, lines, str(key) if key else None, extra)


def inverted(index: Any) -> str | None:
    """The text of an inverted index, {word: [positions]}: OpenAlex may not publish the text itself."""
    if isinstance(index, dict) and isinstance(index.get("InvertedIndex"), dict):
        index = index["InvertedIndex"]
    if not isinstance(index, dict):
        return None
    placed: dict[int, str] = {}
    for word, places in index.items():
        if isinstance(places, list):
            placed.update((p, word) for p in places if isinstance(p, int) and 0 <= p < MAX_WORDS)
    return " ".join(placed[p] for p in sorted(placed)) or None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
