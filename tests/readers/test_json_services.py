"""The shapes of services: what each calls a title, people, a date, and a place."""

from __future__ import annotations

import json
from typing import Any

from paperctl.dumps.dump import Dump
from paperctl.normalise import normalise
from paperctl.readers import json_document
from paperctl.record.items import Entry, Item, Skip


def read(document: Any) -> list[Item]:
    return list(json_document.read(Dump.from_text(json.dumps(document, indent=1))))


def facts(document: Any) -> dict[str, Any]:
    entry = next(i for i in read(document) if isinstance(i, Entry))
    return {"key": entry.key, **normalise(entry)[0]}


def test_crossref() -> None:
    work = {
        "DOI": "10.1000/ABC",
        "type": "journal-article",
        "title": ["On <i>bees</i>"],
        "subtitle": ["A study"],
        "author": [{"given": "Anna", "family": "Rossi", "sequence": "first"}, {"name": "The Bee Group"}],
        "issued": {"date-parts": [[2019, 4, 1]]},
        "container-title": ["Apis"],
        "volume": "4",
        "issue": "2",
        "page": "1-9",
        "abstract": "<jats:title>Abstract</jats:title><jats:p>We look.</jats:p>",
        "URL": "http://dx.doi.org/10.1000/abc",
        "reference": [{"key": "1"}],
        "reference-count": 1,
        "subject": ["Zoology"],
    }
    found = facts({"status": "ok", "message": {"total-results": 1, "items": [work]}})
    assert found["title"] == "On bees: A study" and found["abstract"] == "We look."
    assert found["authors"] == ["Anna Rossi", "The Bee Group"] and found["year"] == 2019
    assert found["doi"] == found["key"].lower() == "10.1000/abc" and found["venue"] == "Apis"
    assert (
        found["extra"]["number"] == "2"
        and found["extra"]["pages"] == "1-9"
        and "reference" not in found["extra"]
    )
    assert facts({"message": work})["doi"] == "10.1000/abc"


def test_csl_json() -> None:
    item = {
        "id": "rossi2020",
        "type": "paper-conference",
        "title": "On bees",
        "container-title": "Proc. Bees",
        "author": [
            {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
            {"literal": "Acme, Inc."},
        ],
        "issued": {"raw": "2020-05"},
        "DOI": "10.1000/x",
    }
    found = facts([item])
    assert found["key"] == "rossi2020" and found["authors"] == ["Jan van der Berg", "Acme Inc."]
    assert found["year"] == 2020 and found["venue"] == "Proc. Bees"


def test_openreview_of_both_versions() -> None:
    plain = {
        "title": "On bees",
        "authors": ["Anna Rossi"],
        "keywords": ["bee"],
        "abstract": "A.",
        "pdf": "/pdf/1.pdf",
    }
    note = {"id": "n1", "forum": "n1", "number": 7, "cdate": 1695000000000, "content": plain}
    wrapped = {name: {"value": value} for name, value in plain.items()}
    review = {
        "id": "r1",
        "forum": "n1",
        "replyto": "n1",
        "invitations": ["x"],
        "content": {"title": {"value": "Good"}},
    }
    old = facts({"notes": [{**note, "invitation": "X/-/Submission"}]})
    new = facts(
        {"notes": [{**note, "invitations": ["X/-/Submission"], "content": wrapped}, review], "count": 2}
    )
    for found in (old, new):
        assert found["key"] == "n1" and found["title"] == "On bees" and found["keywords"] == ["bee"]
        assert found["url"] == "https://openreview.net/forum?id=n1" and found["year"] == 2023
        assert found["extra"]["pdf"] == "https://openreview.net/pdf/1.pdf"
    kinds = [type(i) for i in read([{**note, "invitation": "x"}, review])]
    assert kinds == [Skip, Entry, Skip, Skip]


def test_openalex() -> None:
    work = {
        "id": "https://openalex.org/W1",
        "doi": "https://doi.org/10.1000/X",
        "title": "On bees",
        "publication_year": 2020,
        "ids": {"pmid": "https://pubmed.ncbi.nlm.nih.gov/123"},
        "biblio": {"volume": "1", "first_page": "1", "last_page": "9"},
        "authorships": [{"author": {"display_name": "Anna Rossi"}}],
        "referenced_works": ["W2"] * 50,
        "abstract_inverted_index": {"bees": [1, 3], "We": [0], "count": [2]},
        "keywords": [{"display_name": "bee"}],
        "primary_location": {
            "landing_page_url": "https://arxiv.org/abs/2001.00001",
            "source": {"display_name": "arXiv"},
        },
    }
    found = facts({"meta": {"count": 1}, "results": [work]})
    assert found["abstract"] == "We bees count bees" and found["authors"] == ["Anna Rossi"]
    assert (found["doi"], found["arxiv_id"], found["venue"]) == ("10.1000/x", "2001.00001", "arXiv")
    assert found["keywords"] == ["bee"] and found["extra"] == {"volume": "1", "pages": "1-9", "pmid": "123"}
    assert facts({**work, "abstract_inverted_index": {"far": [10**9]}})["abstract"] is None


def test_semantic_scholar() -> None:
    paper = {
        "paperId": "abc",
        "externalIds": {"DOI": "10.1000/x", "ArXiv": "2001.00001", "PubMed": "9"},
        "title": "On bees",
        "abstract": "A.",
        "venue": "",
        "publicationVenue": {"name": "Apis"},
        "year": 2020,
        "authors": [{"name": "Anna Rossi"}],
        "journal": {"name": "Apis", "volume": "3"},
        "embedding": {"vector": [0.1] * 9},
        "citationCount": 4,
        "fieldsOfStudy": ["Biology"],
        "references": [{"title": "x"}],
    }
    found = facts({"total": 1, "data": [paper]})
    assert (found["doi"], found["arxiv_id"], found["venue"]) == ("10.1000/x", "2001.00001", "Apis")
    assert found["extra"] == {"volume": "3", "pmid": "9", "citationCount": 4}


def test_datacite() -> None:
    attributes = {
        "doi": "10.5281/zenodo.1",
        "titles": [{"title": "Bee data"}],
        "publicationYear": 2019,
        "publisher": "Zenodo",
        "creators": [
            {"name": "Rossi, Anna", "givenName": "Anna", "familyName": "Rossi"},
            {"name": "Verdi, Ugo"},
        ],
        "descriptions": [
            {"descriptionType": "Other", "description": "no"},
            {"descriptionType": "Abstract", "description": "<p>Bees &amp; data</p>"},
        ],
        "subjects": [{"subject": "bee"}],
    }
    found = facts({"data": [{"id": "10.5281/zenodo.1", "type": "dois", "attributes": attributes}]})
    assert found["authors"] == ["Anna Rossi", "Ugo Verdi"] and found["abstract"] == "Bees & data"
    assert found["doi"] == "10.5281/zenodo.1" and found["keywords"] == ["bee"] and found["year"] == 2019


def test_dblp() -> None:
    info = {
        "authors": {"author": [{"text": "Wei Wang 0001"}, {"text": "Anna Rossi"}]},
        "title": "On counting bees.",
        "venue": "ICML",
        "year": "2020",
        "key": "conf/icml/W20",
        "ee": "https://doi.org/10.1000/z",
    }
    found = facts({"result": {"hits": {"@total": "1", "hit": [{"@score": "1", "@id": "5", "info": info}]}}})
    assert found["authors"] == ["Wei Wang", "Anna Rossi"] and found["title"] == "On counting bees"
    assert found["doi"] == "10.1000/z" and found["key"] == "conf/icml/W20"


def test_zotero() -> None:
    item = {
        "itemType": "journalArticle",
        "citationKey": "rossi2020",
        "title": "On <i>bees</i>",
        "date": "2020-03",
        "DOI": "10.1000/x",
        "creators": [
            {"creatorType": "editor", "firstName": "E", "lastName": "D"},
            {"creatorType": "author", "firstName": "Anna", "lastName": "Rossi"},
        ],
        "publicationTitle": "Apis",
        "tags": [{"tag": "bee"}],
        "abstractNote": "A.",
        "issue": "3",
    }
    items = read(
        {
            "config": {"label": "BetterBibTeX JSON"},
            "items": [{"itemType": "attachment", "title": "PDF"}, item],
        }
    )
    assert isinstance(items[1], Skip) and items[1].reason == "a Zotero attachment"
    found = facts({"items": [item]})
    assert found["title"] == "On bees" and found["authors"] == ["Anna Rossi"] and found["venue"] == "Apis"
    assert (
        found["year"] == 2020 and found["key"] == "rossi2020" and found["extra"]["type"] == "journalArticle"
    )
    assert facts([{"key": "K", "library": {}, "data": item}])["doi"] == "10.1000/x"


def test_hugging_face_daily_papers() -> None:
    paper = {
        "id": "2410.00001",
        "title": "On\n  bees",
        "summary": "We\ncount. Code: https://github.com/a/b.",
        "authors": [{"name": "Anna Rossi", "hidden": False}, {"name": "Ugo Verdi", "hidden": True}],
        "publishedAt": "2024-10-01T00:00:00.000Z",
        "upvotes": 4,
    }
    found = facts(
        [{"paper": paper, "title": "On bees", "publishedAt": "2024-10-03T00:00:00.000Z", "numComments": 1}]
    )
    assert found["title"] == "On bees" and found["arxiv_id"] == "2410.00001" and found["year"] == 2024
    assert found["authors"] == ["Anna Rossi"] and found["code_urls"] == ["https://github.com/a/b"]


def test_conference_listing() -> None:
    row = {
        "title": "On bees",
        "status": "Poster",
        "track": "main",
        "author": "Anna Rossi;Ugo Verdi",
        "aff": "X;Y",
        "keywords": "bee;hive",
        "site": "https://a.org/1",
        "github": ";;",
        "id": "zz",
        "doi": "https://doi.org/10.1000/x",
        "tldr": "Bees.",
        "abstract": "",
        "rating": "6;8",
        "gs_citation": -1,
    }
    found = facts([row])
    assert found["authors"] == ["Anna Rossi", "Ugo Verdi"] and found["keywords"] == ["bee", "hive"]
    assert found["doi"] == "10.1000/x" and found["key"] == "zz" and found["has_code"] is False
    assert found["extra"]["status"] == "Poster" and found["extra"]["rating"] == "6;8"
