"""RIS, MEDLINE, Web of Science and EndNote tags."""

from __future__ import annotations

from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.dumps.dump import Dump
from paperctl.readers import nbib, refer, ris, wos
from paperctl.record.items import Entry, Fault, Item, Skip


def read(reader: ModuleType, text: str) -> list[Item]:
    return list(reader.read(Dump.from_text(text)))


def entries(reader: ModuleType, text: str) -> list[Entry]:
    return [item for item in read(reader, text) if isinstance(item, Entry)]


# ---- RIS --------------------------------------------------------------------------------------

PAPER = (
    "TY  - JOUR\n"
    "ID  - 17\n"
    "T1  - Low-rank adapters\n"
    "A1  - Doe, Jane\n"
    "A1  - Roe, Rick\n"
    "Y1  - 2021//\n"
    "N2  - An abstract\n"
    "over two lines.\n"
    "JF  - Journal of Adapters\n"
    "VL  - 3\n"
    "IS  - 2\n"
    "SP  - 11\n"
    "EP  - 19\n"
    "DO  - 10.1000/lora\n"
    "UR  - https://example.org/a; https://example.org/b\n"
    "KW  - peft\n"
    "KW  - llm\n"
    "U9  - odd\n"
    "ER  - \n"
)


def test_ris_gives_facts_pages_and_unknown_tags() -> None:
    [entry] = entries(ris, PAPER)
    assert entry.key == "17"
    assert entry.lines == (1, 19)
    assert entry.fields == {
        "title": "Low-rank adapters",
        "abstract": "An abstract over two lines.",
        "year": "2021//",
        "venue": "Journal of Adapters",
        "doi": "10.1000/lora",
        "authors": ["Doe, Jane", "Roe, Rick"],
        "keywords": ["peft", "llm"],
        "url": "https://example.org/a",
    }
    assert entry.extra == {
        "type": "JOUR",
        "volume": "3",
        "number": "2",
        "pages": "11-19",
        "links": ["https://example.org/b"],
        "U9": "odd",
    }


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("end", ["ER  - \n", "ER  -\n", "\n", ""])
def test_ris_records_are_told_apart_without_a_clean_end(end: str, line_end: str) -> None:
    body = PAPER.replace("ER  - \n", end)
    dump = Dump.from_bytes((body + body + body).replace("\n", line_end).encode())
    assert sum(isinstance(item, Entry) for item in ris.read(dump)) == 3


@pytest.mark.parametrize("written", ["TI  -  A b", "TI - A b", "TI\t- A b", "TI  -A b"])
def test_ris_dashes_in_their_dialects(written: str) -> None:
    [entry] = entries(ris, f"TY  - GEN\n{written}\nER  -\n")
    assert entry.fields["title"] == "A b"


def test_ris_text_around_the_records_is_skipped() -> None:
    found = read(
        ris, "Provider: JSTOR\nDatabase: JSTOR\n\n" + PAPER + "\n2. \n" + PAPER + "Record #3 of 18\n"
    )
    assert [item.lines for item in found if isinstance(item, Skip)] == [(1, 2), (24, 24), (44, 44)]
    assert sum(isinstance(item, Entry) for item in found) == 2


def test_ris_tags_below_the_end_mark_are_the_record_s() -> None:
    first, second = entries(ris, PAPER + "NL  - J. Adapt.\n\n" + PAPER)
    assert first.extra["NL"] == "J. Adapt."
    assert "NL" not in second.extra


def test_ris_keywords_over_several_lines_are_several() -> None:
    [entry] = entries(ris, "TY  - GEN\nTI  - A\nKW  - one\ntwo\nthree four\nER  -\n")
    assert entry.fields["keywords"] == ["one", "two", "three four"]


def test_ris_decisions_of_asreview() -> None:
    kept = "TY  - GEN\nTI  - A\nN1  - ASReview_relevant\nN1  - ASReview_prior\nER  -\n"
    text = kept + "TY  - GEN\nTI  - B\nER  -\n"
    assert [entry.extra.get("included") for entry in entries(ris, text)] == [1, None]


def test_ris_lines_that_are_no_record_are_a_fault() -> None:
    [fault] = [item for item in read(ris, "VL  - 3\nER  -\n\n" + PAPER) if isinstance(item, Fault)]
    assert fault.lines == (1, 2)
    assert "TY  - " in fault.message


# ---- MEDLINE ----------------------------------------------------------------------------------

MEDLINE = (
    "PMID- 123\n"
    "OWN - NLM\n"
    "IS  - 1111-2222 (Print)\n"
    "VI  - 5\n"
    "DP  - 2019 Mar\n"
    "TI  - A title that goes on \n"
    "      over a line.\n"
    "LID - 10.1000/med.1 [doi]\n"
    "AB  - Aims- to test- things.\n"
    "FAU - Doe, Jane A\n"
    "AU  - Doe JA\n"
    "MH  - Humans\n"
    "OT  - stroke\n"
    "JT  - Stroke\n"
)


def test_medline_gives_facts_and_lines() -> None:
    first, second = entries(nbib, MEDLINE + "\n" + MEDLINE.replace("123", "456"))
    assert (first.key, second.key) == ("123", "456")
    assert (first.lines, second.lines) == ((1, 14), (16, 29))
    assert first.fields["title"] == "A title that goes on over a line."
    assert first.fields["doi"] == "10.1000/med.1"
    assert first.fields["authors"] == ["Doe, Jane A"]
    assert first.fields["keywords"] == ["stroke", "Humans"]
    assert first.fields["abstract"] == "Aims- to test- things."
    assert first.extra["pmid"] == "123"
    assert first.extra["volume"] == "5"


def test_medline_without_pmid_is_parted_at_blank_lines() -> None:
    one = "OWN - ERIC\nTI  - A\nAU  - Smith, Tom\nISSN - ISSN-1234-4567\n"
    assert len(entries(nbib, one + "\n" + one)) == 2


# ---- Web of Science ---------------------------------------------------------------------------

WOS = (
    "PT J\n"
    "AU Doe, J\n"
    "   Roe, R\n"
    "AF Doe, Jane\n"
    "   Roe, Rick\n"
    "TI A title over\n"
    "   two lines\n"
    "SO NATURE\n"
    "DE quantization; pruning\n"
    "CR A, 1999\n"
    "   B, 2000\n"
    "DI 10.1000/wos\n"
    "PY 2020\n"
    "BP 5\n"
    "EP 9\n"
    "UT WOS:0001\n"
    "ER\n"
)


def test_wos_gives_facts_and_lists() -> None:
    found = read(wos, "FN Clarivate Analytics Web of Science\nVR 1.0\n" + WOS + "\n" + WOS + "\nEF\n")
    first, second = [item for item in found if isinstance(item, Entry)]
    assert [item.lines for item in found if isinstance(item, Skip)] == [(1, 2), (39, 39)]
    assert first.lines == (3, 19)
    assert second.lines == (21, 37)
    assert first.key == "WOS:0001"
    assert first.fields["title"] == "A title over two lines"
    assert first.fields["authors"] == ["Doe, Jane", "Roe, Rick"]
    assert first.fields["keywords"] == ["quantization", "pruning"]
    assert first.extra["references"] == ["A, 1999", "B, 2000"]
    assert first.extra["pages"] == "5-9"


# ---- EndNote tags -----------------------------------------------------------------------------


def test_refer_records_begin_at_a_type_or_after_a_blank_line() -> None:
    one = (
        "%0 Journal Article\n%A Doe, Jane\n%A Roe, Rick\n%T A title\n%J Nature\n%D 2020\n%X Abstract\nmore.\n"
    )
    found = entries(refer, one + one + "\n%T No type\n%A Poe\n\n%T Another\n%R 10.1/x\n")
    assert [entry.fields["title"] for entry in found] == ["A title", "A title", "No type", "Another"]
    assert found[0].fields["authors"] == ["Doe, Jane", "Roe, Rick"]
    assert found[0].fields["abstract"] == "Abstract more."
    assert found[0].extra["type"] == "Journal Article"


# ---- all of them ------------------------------------------------------------------------------

SAMPLES = {
    "ris": PAPER,
    "nbib": MEDLINE,
    "wos": "FN ISI Export Format\n" + WOS,
    "refer": "%0 Book\n%T T\n%A A\n%D 2000\n",
}
READERS: dict[str, ModuleType] = {"ris": ris, "nbib": nbib, "wos": wos, "refer": refer}


@pytest.mark.parametrize("name", SAMPLES)
def test_each_sample_is_known_by_its_own_reader_alone(name: str) -> None:
    dump = Dump.from_text(SAMPLES[name])
    scores = {other: found.score for other, reader in READERS.items() if (found := reader.sniff(dump))}
    assert scores.pop(name) >= 0.95
    assert all(score < 0.6 for score in scores.values())


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(READERS)),
    st.lists(
        st.sampled_from(
            [
                "TY  - JOUR",
                "ER  - ",
                "TI  - x",
                "",
                "words",
                "PMID- 1",
                "PT J",
                "ER",
                "EF",
                "   more",
                "%0 Book",
                "%T t",
                "%",
                " ",
            ]
        ),
        max_size=25,
    ),
)
def test_every_line_is_in_exactly_one_item(name: str, lines: list[str]) -> None:
    found = [item for item in read(READERS[name], "\n".join(lines)) if isinstance(item, Entry | Skip | Fault)]
    covered = [n for item in found for n in range(item.lines[0], item.lines[1] + 1)]
    assert len(covered) == len(set(covered))
    assert {n for n, line in enumerate(lines, 1) if line.strip()} <= set(covered)


@pytest.mark.parametrize(
    ("start", "end", "pages"),
    [
        ("101-13", "113", "101-113"),
        ("101-113", "113", "101-113"),
        ("101", "113", "101-113"),
        ("7–9", "", "7-9"),
    ],
)
def test_pages_whose_end_is_written_short(start: str, end: str, pages: str) -> None:
    text = f"TY  - JOUR\nTI  - Gears\nSP  - {start}\nEP  - {end}\nER  - \n"
    (entry,) = [item for item in ris.read(Dump.from_text(text)) if isinstance(item, Entry)]
    assert entry.extra["pages"] == pages
