"""OpenAlex works. https://docs.openalex.org/api-entities/works/work-object"""

from __future__ import annotations

from paperctl.readers._json.layout import Layout, at, first, listed
from paperctl.record.items import Entry, Object

FITS = ({"authorships"}, {"abstract_inverted_index"}, {"primary_location", "ids"})
# Lists as long as the paper's fame, statistics, and what other fields say again.
_BULK = """referenced_works related_works counts_by_year locations authorships abstract_inverted_index
    concepts mesh sustainable_development_goals apc_list apc_paid ngrams_url indexed_in institution_assertions
    corresponding_author_ids corresponding_institution_ids best_oa_location primary_location biblio topics
    primary_topic abstract_inverted_index_v3 cited_by_api_url countries_distinct_count locations_count fwci
    institutions_distinct_count datasets versions cited_by_percentile_year has_fulltext fulltext_origin
    citation_normalized_percentile awards"""
_TAKEN = "id title display_name doi ids keywords publication_year publication_date abstract"
_PAGE = "primary_location.landing_page_url best_oa_location.landing_page_url"
MAX_WORDS = 20_000


def entry(obj: Object, lines: tuple[int, int]) -> Entry | None:
    return _LAYOUT.entry(obj, lines) if first(obj, "title display_name") else None


def _abstract(obj: Object) -> str | None:
    return inverted(obj.get("abstract_inverted_index"))


def _authors(obj: Object) -> list[str]:
    names = [first(a, "author.display_name raw_author_name") for a in listed(obj.get("authorships"))]
    return [name for name in names if isinstance(name, str)]


def _arxiv(obj: Object) -> str | None:
    pages = [first(obj, _PAGE), *(at(p, "landing_page_url") for p in listed(obj.get("locations")))]
    return next((page for page in pages if isinstance(page, str) and "arxiv.org/abs/" in page), None)


def _pages(obj: Object) -> object:
    start, end = at(obj, "biblio.first_page"), at(obj, "biblio.last_page")
    return f"{start}-{end}" if start and end not in (None, start) else start


def _pmid(obj: Object) -> str:
    return str(at(obj, "ids.pmid") or "").rpartition("/")[2]


def inverted(index: object) -> str | None:
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


_LAYOUT = Layout(
    fields={
        "title": "title display_name",
        "abstract": (_abstract, "abstract"),
        "authors": (_authors,),
        "year": "publication_year",
        "venue": "primary_location.source.display_name host_venue.display_name",
        "doi": "doi ids.doi",
        "arxiv_id": (_arxiv,),
        "url": _PAGE,
        "keywords": "keywords concepts",
    },
    extra={
        "volume": "biblio.volume",
        "number": "biblio.issue",
        "pages": (_pages,),
        "date": "publication_date",
        "pmid": (_pmid,),
    },
    without=frozenset((*_TAKEN.split(), *_BULK.split())),
)
