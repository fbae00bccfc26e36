"""BibTeX, RIS and CSL-JSON as other programs read them."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.record import Record
from tests.exports.samples import GPTQ, HOSTILE, LORA, PLAIN, TITLES, paper, rendered


def titled(title: str) -> str:
    """The title field of a paper in BibTeX, without its outer braces."""
    line = next(x for x in rendered("bibtex", [paper(title=title)]).split("\n") if x.startswith("  title"))
    return line.removeprefix("  title = {").removesuffix("},")


def keys(records: list[Record]) -> dict[str, str]:
    """Cite keys by paper."""
    items = json.loads(rendered("csl-json", records))
    return dict(zip((record["id"] for record in records), (item["id"] for item in items), strict=True))


# ---- BibTeX ----


def test_an_entry_as_a_whole() -> None:
    assert rendered("bibtex", [LORA]) == (
        "@inproceedings{hu2022lora,\n"
        "  author = {Hu, Edward J. and Shen, Yelong and van Beethoven, Ludwig},\n"
        "  title = {{LoRA}: Low-Rank Adaptation of Large Language Models},\n"
        "  booktitle = {ICLR},\n"
        "  year = {2022},\n"
        "  doi = {10.5555/lora.2022},\n"
        "  eprint = {2106.09685},\n"
        "  archiveprefix = {arXiv},\n"
        "  url = {https://example.org/lora},\n"
        "  code = {https://github.com/example/lora},\n"
        "  keywords = {adaptation, language models, decision:keep},\n"
        "  abstract = {We freeze the weights, i.e. the big ones. Then we train two small matrices.},\n"
        "  annote = {paperctl: decision=keep},\n"
        "  pages = {1--13},\n"
        "  publisher = {OpenReview},\n"
        f"  paperctl_id = {{{LORA['id']}}},\n"
        "}\n\n"
    )


@pytest.mark.parametrize(
    ("name", "bibtex", "csl"),
    [
        ("World Health Organization", "{World Health Organization}", None),
        ("ACM and IEEE Joint Committee", "{ACM and IEEE Joint Committee}", None),
        ("The BLOOM Team", "{The BLOOM Team}", {"literal": "The BLOOM Team"}),
        ("Mistral AI", "{Mistral AI}", {"literal": "Mistral AI"}),
        ("William H. Press", "Press, William H.", {"family": "Press", "given": "William H."}),
        ("Maria de la Cruz", "de la Cruz, Maria", {"family": "de la Cruz", "given": "Maria"}),
        ("Ida Ash MD", "Ash, MD, Ida", {"family": "Ash", "given": "Ida", "suffix": "MD"}),
        ("Ash J", "Ash, J", {"family": "Ash", "given": "J"}),
    ],
)
def test_bodies_are_no_people(name: str, bibtex: str, csl: dict[str, str] | None) -> None:
    record = paper(title="Widgets", authors=[name])
    assert f"  author = {{{bibtex}}},\n" in rendered("bibtex", [record])
    (item,) = json.loads(rendered("csl-json", [record]))
    assert item["author"] == [csl or {"literal": name}]
    assert ("AU  - " + (name if csl is None or "literal" in csl else ", ".join(csl.values()))) in rendered(
        "ris", [record]
    )


@pytest.mark.parametrize(
    ("title", "tex"),
    [
        ("Widgets I and what I made of Vitamin A", r"Widgets {I} and what {I} made of Vitamin {A}"),
        ("A Survey of A and B", r"A Survey of A and {B}"),
        ("50% of A & B cost $5 #1 a_b", r"50\% of A \& {B} cost \$5 \#1 a\_b"),
        ("Between $5 and $10", r"Between \$5 and \$10"),
        ("An $O(n^2)$ bound on $x_1$", r"An $O(n^2)$ bound on $x_1$"),
        ("~ ^ \\", r"\textasciitilde{} \textasciicircum{} \textbackslash{}"),
        ("{sets} of {things}", r"\{sets\} of \{things\}"),
        ("one { alone", r"one \textbraceleft{} alone"),
        ("GPT-4, BERT and 3D in NeurIPS", "{GPT}-4, {BERT} and {3D} in {NeurIPS}"),
        ("Plain Title Case Words", "Plain Title Case Words"),
        ("ALL IN CAPITALS", "ALL IN CAPITALS"),
        ("Über π, 深度 and é", "Über π, 深度 and é"),
    ],
)
def test_text_is_escaped_once_and_acronyms_are_kept(title: str, tex: str) -> None:
    assert titled(title) == tex


@pytest.mark.parametrize(
    ("name", "tex"),
    [
        ("Ludwig van Beethoven", "van Beethoven, Ludwig"),
        ("Ana de la Cruz", "de la Cruz, Ana"),
        ("John Smith Jr.", "Smith, Jr., John"),
        ("OpenAI", "{OpenAI}"),
        ("J. K. Smith & Sons", r"{J. K. Smith \& Sons}"),
        ("Barnes and Noble", "{Barnes and Noble}"),
    ],
)
def test_names_are_parted(name: str, tex: str) -> None:
    assert f"  author = {{{tex}}},\n" in rendered("bibtex", [paper(authors=[name])])


@pytest.mark.parametrize(
    ("known", "kind"),
    [
        ({"venue": "NeurIPS 2023"}, "inproceedings"),
        ({"venue": "Proceedings of X"}, "inproceedings"),
        ({"venue": "JMLR"}, "article"),
        ({"venue": "Nature"}, "article"),
        ({"venue": "arXiv preprint"}, "misc"),
        ({"arxiv_id": "2106.09685"}, "misc"),
        ({}, "misc"),
        ({"extra": {"type": "JOUR"}}, "article"),
        ({"extra": {"type": "Conference Paper"}}, "inproceedings"),
        ({"extra": {"type": "proceedings-article"}}, "inproceedings"),
        ({"extra": {"type": "software"}}, "software"),
        ({"extra": {"type": "comic"}}, "misc"),
        ({"extra": {"type": "comic"}, "sources": [{"format": "bibtex", "key": None}]}, "comic"),
        ({"extra": {"type": "comment"}, "sources": [{"format": "bibtex", "key": None}]}, "misc"),
        ({"extra": {"type": "x}, evil"}}, "misc"),
    ],
)
def test_the_type_is_the_dumps_or_told_by_the_venue(known: dict[str, Any], kind: str) -> None:
    assert rendered("bibtex", [paper(**known)]).startswith(f"@{kind}{{")


@settings(max_examples=60, deadline=None)
@given(st.lists(TITLES | st.sampled_from(HOSTILE), min_size=1, max_size=4))
def test_bibtexparser_reads_every_entry(titles: list[str]) -> None:
    from bibtexparser.entrypoint import parse_string

    records = [
        paper(
            id=f"{n:012x}",
            title=t,
            abstract=t,
            authors=[t],
            extra={t: t},
            keywords=[t],
            url=f"https://e.org/{t}",
        )
        for n, t in enumerate(titles)
    ]
    library = parse_string(rendered("bibtex", records))
    assert len(library.entries) == len(records) and not library.failed_blocks
    assert all(not set("{}") & set(entry.key) and "title" in entry.fields_dict for entry in library.entries)


def test_keys_are_unique_whatever_the_case_and_stay_with_the_first_comer() -> None:
    old = paper(id="a" * 12, title="Lora things", authors=["Bo Hu"], year=2022, added="2023-01-01T00:00:00Z")
    new = paper(id="b" * 12, title="LORA other", authors=["Al HU"], year=2022, added="2024-01-01T00:00:00Z")
    newer = paper(id="c" * 12, title="The lora", authors=["Cy Hu"], year=2022, added="2025-01-01T00:00:00Z")
    assert keys([old, new]) == {old["id"]: "hu2022lora", new["id"]: "hu2022lora-bbbb"}
    assert keys([newer, new, old]) == {**keys([old, new]), newer["id"]: "hu2022lora-cccc"}


def test_own_keys_come_from_bibtex_only_and_must_be_usable() -> None:
    def key(given: str, format: str = "bibtex") -> str:
        record = paper(
            title="Words", authors=["Bo Hu"], year=2022, sources=[{"format": format, "key": given}]
        )
        return keys([record])[record["id"]]

    assert key("DBLP:conf/x-1") == "DBLP:conf/x-1"
    assert key("DBLP:conf/x-1", "csv") == "hu2022words"
    for bad in ("a b", "a,b", "a}b", "", "a%b", "\x1b[m"):
        assert key(bad) == "hu2022words"
    made = paper(title="Words", authors=["Bo Hu"], year=2022, added="2000-01-01T00:00:00Z")
    own = paper(title="X", sources=[{"format": "bibtex", "key": "HU2022words"}])
    assert keys([made, own])[own["id"]] == "HU2022words"


def test_ten_thousand_alike_papers_get_ten_thousand_keys() -> None:
    rng = random.Random(1)
    records = [paper(id=f"{rng.getrandbits(48):012x}", title="Same") for _ in range(2000)]
    assert len(set(keys(records).values())) == len(records)


# ---- RIS ----


def test_a_ris_record_as_a_whole() -> None:
    assert rendered("ris", [GPTQ]) == (
        f"TY  - UNPB\nID  - {GPTQ['id']}\nLB  - frantar2023gptq\n"
        "TI  - GPTQ: Accurate Quantization for Generative Pre-trained Transformers\n"
        "AU  - Frantar, Elias\nAU  - Ashkboos, Saleh\nPY  - 2023\nAN  - arXiv:2210.17323\nN1  - Code: yes\n"
        "N1  - paperctl: note=Read for the *Hessian* trick\n"
        "AB  - Quantizing is hard. We make it easy.\nER  - \n\n"
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_opens_or_ends_a_ris_record(text: str) -> None:
    out = rendered(
        "ris", [paper(title=text, abstract=text * 200, venue=text, keywords=[text], extra={"C1": text})]
    )
    lines = out.rstrip("\n").split("\n")
    assert [line[:6] for line in lines].count("TY  - ") == 1 and lines[-1] == "ER  - "
    assert all(line[2:6] == "  - " for line in lines)


def test_rispy_reads_it() -> None:
    rispy = pytest.importorskip("rispy")
    entries = rispy.loads(rendered("ris", [LORA, GPTQ, PLAIN, *(paper(title=title) for title in HOSTILE)]))
    assert len(entries) == 3 + len(HOSTILE)
    assert entries[0]["title"] == LORA["title"] and entries[0]["type_of_reference"] == "CPAPER"
    assert entries[0]["authors"] == ["Hu, Edward J.", "Shen, Yelong", "van Beethoven, Ludwig"]
    assert (entries[0]["year"], entries[0]["start_page"], entries[0]["end_page"]) == ("2022", "1", "13")


# ---- CSL-JSON ----


def test_a_csl_item_as_a_whole() -> None:
    (item,) = json.loads(rendered("csl-json", [{**LORA, "extra": {**LORA["extra"], "date": "2022-04-25"}}]))
    assert item["id"] == "hu2022lora" and item["type"] == "paper-conference"
    assert item["issued"] == {"date-parts": [[2022, 4, 25]]}
    assert item["author"][2] == {"family": "van Beethoven", "given": "Ludwig"}
    assert (item["container-title"], item["DOI"], item["page"]) == ("ICLR", "10.5555/lora.2022", "1-13")
    assert item["custom"]["code_urls"] == ["https://github.com/example/lora"]


def test_csl_items_have_only_what_is_known() -> None:
    (item,) = json.loads(rendered("csl-json", [paper(authors=["OpenAI"])]))
    assert set(item) == {"id", "type", "title", "author", "custom"}
    assert item["author"] == [{"literal": "OpenAI"}]
    assert json.loads(rendered("csl-json", [])) == []


@pytest.mark.parametrize("date", ["2021-03-01", "2022", "soon", None, 7, "2022-3", "20210301"])
def test_a_date_that_does_not_fit_the_year_is_left(date: Any) -> None:
    (item,) = json.loads(rendered("csl-json", [paper(year=2022, extra={"date": date})]))
    assert item["issued"]["date-parts"][0] == ([2022, 3] if date == "2022-3" else [2022])
