"""A paper is found by every identifier and link that people copy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Paperctl

PAPERS = [
    {
        "title": "Sparse Adapters for Whales",
        "arxiv_id": "2106.09685",
        "url": "https://arxiv.org/abs/2106.09685",
    },
    {"title": "Tides of the Southern Sea", "url": "https://openreview.net/forum?id=nZeVKeeFYf9"},
    {"title": "Grafting Pears in Springs", "url": "https://aclanthology.org/2023.acl-long.12/"},
    {"id": "journals/corr/abs-2101-00001", "title": "Frost in the Orchards of Kent"},
    {"pmid": 31452104, "title": "Songs of the Northern Bats", "doi": "10.1000/Bats.7"},
    {"title": "Bees of the Wide Fields", "arxiv_id": "cs/0112017"},
]
SPELLINGS = {
    "Sparse": [
        "2106.09685", "2106.09685v2", "arXiv:2106.09685", "arxiv.org/abs/2106.09685v1",
        "https://arxiv.org/pdf/2106.09685", "https://arxiv.org/pdf/2106.09685v2.pdf",
        "http://www.arxiv.org/abs/2106.09685", "10.48550/arXiv.2106.09685",
        "https://doi.org/10.48550/arXiv.2106.09685", "https://huggingface.co/papers/2106.09685",
    ],
    "Tides": [
        "https://openreview.net/forum?id=nZeVKeeFYf9", "openreview.net/pdf?id=nZeVKeeFYf9", "nZeVKeeFYf9",
        "https://openreview.net/forum?id=nZeVKeeFYf9&noteId=x",
    ],
    "Grafting": [
        "https://aclanthology.org/2023.acl-long.12", "https://www.aclanthology.org/2023.acl-long.12.pdf",
        "2023.acl-long.12", "ACL:2023.acl-long.12",
    ],
    "Frost": [
        "journals/corr/abs-2101-00001", "DBLP:journals/corr/abs-2101-00001",
        "https://dblp.org/rec/journals/corr/abs-2101-00001", "https://dblp.org/rec/journals/corr/abs-2101-00001.html",
    ],
    "Songs": [
        "PMID:31452104", "pmid 31452104", "31452104", "https://pubmed.ncbi.nlm.nih.gov/31452104/",
        "10.1000/bats.7", "doi:10.1000/BATS.7", "https://dx.doi.org/10.1000/bats.7",
    ],
    "Bees": ["cs/0112017", "https://arxiv.org/abs/cs/0112017v1"],
}  # fmt: skip


@pytest.fixture
def papers(paperctl: Paperctl, tmp_path: Path) -> Paperctl:
    (tmp_path / "some.jsonl").write_text("".join(json.dumps(paper) + "\n" for paper in PAPERS))
    assert paperctl("load", tmp_path / "some.jsonl", "--json").json["new"] == len(PAPERS)
    return paperctl


def test_every_spelling_finds_its_paper(papers: Paperctl) -> None:
    for word, spellings in SPELLINGS.items():
        (paper,) = papers("list", f"title:{word}", "--ids").out.split()
        for spelling in spellings:
            ran = papers("show", spelling, "--json")
            assert ran.status == 0, (spelling, ran.err)
            assert ran.json["id"] == paper, spelling


def test_other_ids_are_not_found(papers: Paperctl) -> None:
    for word in (
        "2106.09686",
        "https://openreview.net/forum?id=nZeVKeeFYf8",
        "PMID:3145210",
        "acl",
        "dblp",
        "10.1000",
    ):
        assert papers("show", word).status == 2, word


def test_a_whole_id_is_its_own_paper_even_where_another_begins_with_it(
    paperctl: Paperctl, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    store.mkdir(mode=0o700)
    lines = [{"id": "abcd12", "title": "Frost in Kent"}, {"id": "abcd12ef", "title": "Bats of the North"}]
    (store / "papers.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert paperctl("show", "abcd12", "--json").json["title"] == "Frost in Kent"
    assert paperctl("show", "abcd12e", "--json").json["title"] == "Bats of the North"
    assert paperctl("show", "abcd1").status == 2
