"""Tables of papers: delimited text and workbooks."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.dumps.dump import Dump
from paperctl.errors import DumpError
from paperctl.readers import delimited, xlsx
from paperctl.readers._cells import split_authors
from paperctl.record.items import Entry, Fault, Item, Skip


def read(text: str) -> list[Item]:
    return list(delimited.read(Dump.from_text(text, "papers.csv")))


def entries(text: str) -> list[Entry]:
    return [item for item in read(text) if isinstance(item, Entry)]


def test_known_columns_are_facts_and_the_others_stay_under_their_names() -> None:
    header, entry = read(
        "record_id,Title,Authors,Publication Year,Source title,DOI,Volume,My Score,included\n"
        '7,A title,"Doe, J.; Roe, R.",2020,Nature,10.1/x,3,0.5,1\n'
    )
    assert header == Skip((1, 1), "header")
    assert isinstance(entry, Entry)
    assert entry.key == "7"
    assert entry.lines == (2, 2)
    assert entry.fields == {
        "title": "A title",
        "authors": "Doe, J.; Roe, R.",
        "year": "2020",
        "venue": "Nature",
        "doi": "10.1/x",
    }
    assert entry.extra == {"volume": "3", "my_score": "0.5", "included": "1"}


def test_labels_of_a_screening_set_are_kept() -> None:
    found = entries("title,abstract,included\nA,About a,1\nB,,0\n")
    assert [entry.extra["included"] for entry in found] == ["1", "0"]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_any_delimiter(sign: str) -> None:
    [entry] = entries(f'title{sign}abstract{sign}year\nA{sign}"B, or; not"{sign}2020\n')
    assert entry.fields == {"title": "A", "abstract": "B, or; not", "year": "2020"}


def test_the_header_may_stand_below_the_search_that_made_the_table() -> None:
    above = "SEARCH QUERY;x:ti;;\n-----;;;\n;;;\n"
    found = read(above + "Title;Author Names;Source title;Year\nA;Doe J.;Nature;2020\n;;;\n")
    assert [item.reason for item in found if isinstance(item, Skip)] == [
        *["text above the header"] * 3,
        "header",
        "empty row",
    ]
    [entry] = [item for item in found if isinstance(item, Entry)]
    assert entry.lines == (5, 5)


def test_rows_over_several_lines_have_all_their_lines() -> None:
    found = read('title,abstract\nA,"one\n\ntwo, ""quoted"""\n\nB,three\n')
    a, b = [item for item in found if isinstance(item, Entry)]
    assert a.lines == (2, 4)
    assert a.fields["abstract"] == 'one\n\ntwo, "quoted"'
    assert b.lines == (6, 6)


def test_a_quotation_mark_never_closed_costs_one_row() -> None:
    found = read('title,abstract\nA,"open\nB,two\nC,three\n')
    faults = [item for item in found if isinstance(item, Fault)]
    assert [fault.lines for fault in faults] == [(2, 2)]
    assert "quotation mark" in faults[0].message
    assert [item.fields["title"] for item in found if isinstance(item, Entry)] == ["B", "C"]


def test_a_quotation_mark_in_tab_separated_text_is_only_a_sign() -> None:
    found = entries('title\tabstract\tyear\nA 5" disk\tB\t2000\n"Open\tC\t2001\nD\tE\t2002\n')
    assert [entry.fields["title"] for entry in found] == ['A 5" disk', '"Open', "D"]


def test_cells_beyond_the_header_and_short_rows_are_kept() -> None:
    long, short = entries("title,abstract,year\nA,B,2020,more\nC\n")
    assert long.extra["column_4"] == "more"
    assert short.fields == {"title": "C"}


def test_a_remark_between_rows_is_no_paper() -> None:
    found = read("id,keywords,title\n1,k,A\ncitations that are not yet labeled by anyone\n2,k,B\n")
    assert Skip((3, 3), "a remark between rows") in found
    assert sum(isinstance(item, Entry) for item in found) == 2


def test_guards_against_formulas_are_taken_off() -> None:
    [entry] = entries('title,ISSN,note\n\'=SUM of parts,"=""1234-5678""",\'tis\n')
    assert entry.fields["title"] == "=SUM of parts"
    assert entry.extra == {"issn": "1234-5678", "note": "'tis"}


def test_lists_that_python_wrote_are_lists() -> None:
    [entry] = entries("title,authors,keywords\nA,\"['Marx, Karl', 'Doe, Jane']\",\"['x', 'y']\"\n")
    assert entry.fields["authors"] == ["Marx, Karl", "Doe, Jane"]
    assert entry.fields["keywords"] == ["x", "y"]


def test_a_table_that_paperctl_exported_brings_its_decisions_back() -> None:
    text = "id,title,topics,decision,note,has_code\nab12,A,llm,keep,read this,true\ncd34,B,,,,false\n"
    kept, other = entries(text)
    assert (kept.key, kept.fields["decision"], kept.fields["note"]) == ("ab12", "keep", "read this")
    assert (kept.fields["has_code"], other.fields["has_code"]) == (True, False)
    assert "decision" not in other.fields
    [foreign] = entries("id,title,decision\n1,A,Accept (poster)\n")
    assert foreign.extra["decision"] == "Accept (poster)"


def test_columns_of_web_of_science() -> None:
    [entry] = entries(
        "PT\tAU\tAF\tTI\tID\tPY\tBP\tEP\tUT\nJ\tDoe, J\tDoe, Jane\tA\tX; Y\t2020\t1\t9\tWOS:1\n"
    )
    assert entry.key == "WOS:1"
    assert entry.fields == {"title": "A", "authors": "Doe, Jane", "year": "2020"}
    assert (entry.extra["keywords_plus"], entry.extra["pages"]) == ("X; Y", "1-9")


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("Liu R., Adler D.G.", ["Liu R.", "Adler D.G."]),
        ("Griffin DK, O'Connor RE.", ["Griffin DK", "O'Connor RE"]),
        ("Jane Doe, Rick Roe", ["Jane Doe", "Rick Roe"]),
        ("Liu, Rui", "Liu, Rui"),
        ("Doe, J.; Roe, R.; ", "Doe, J.; Roe, R."),
        ("Doe, J. and Roe, R.", "Doe, J. and Roe, R."),
        ("Plato", "Plato"),
    ],
)
def test_authors_that_only_commas_part(text: str, authors: str | list[str]) -> None:
    assert split_authors(text) == authors


def test_sniff_knows_tables_of_papers_and_no_other_text() -> None:
    def score(text: str) -> float:
        found = delimited.sniff(Dump.from_text(text))
        return found.score if found else 0.0

    assert score("title,abstract,included\nA,B,1\n") >= 0.9
    assert score("a,b,c\n1,2,3\n") == 0
    assert score("Title, abstract and all the rest\n\nA paper about things.\n") < 0.5
    assert score("| Title | Authors | Year |\n|---|---|---|\n| A | B | 2020 |\n") == 0
    assert score('{"title": "A", "abstract": "B"}\n') == 0


def test_a_table_without_a_title_column_is_refused_with_a_way_out() -> None:
    with pytest.raises(DumpError, match="no header row") as refusal:
        read("a,b\n1,2\n")
    assert "title,abstract" in (refusal.value.hint or "")


cells = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), min_size=1, max_size=30)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=6), st.sampled_from(",;\t"))
def test_what_a_csv_writer_wrote_comes_back(rows: list[tuple[str, str]], sign: str) -> None:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=sign, quoting=csv.QUOTE_ALL)
    writer.writerows([("title", "abstract", "n"), *((a, b, i) for i, (a, b) in enumerate(rows))])
    found = entries(written.getvalue())
    assert [entry.extra["n"] for entry in found] == [str(i) for i in range(len(rows))]
    for entry, (title, _) in zip(found, rows, strict=True):
        blank = title.strip().lower().strip("<>#") in ("nan", "nat", "na", "n/a", "none", "null")
        if not title.strip().startswith(("'", "=")) and not blank:
            assert entry.fields.get("title", "") == title.strip()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(['A,"b', "c,d", "", '"', 'e,"f",g', " ", ",,", "alone"]), max_size=15))
def test_every_line_is_in_exactly_one_item(lines: list[str]) -> None:
    found = [i for i in read("title,abstract\n" + "\n".join(lines)) if isinstance(i, Entry | Skip | Fault)]
    covered = [n for item in found for n in range(item.lines[0], item.lines[1] + 1)]
    assert len(covered) == len(set(covered))
    assert {n for n, line in enumerate(lines, 2) if line.strip()} <= set(covered)


# ---- workbooks --------------------------------------------------------------------------------


def workbook(*sheets: list[list[object]]) -> Dump:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for n, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet{n}")
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return Dump.from_bytes(stream.getvalue(), "papers.xlsx")


def test_every_sheet_with_a_header_is_read() -> None:
    dump = workbook(
        [
            ["Exported today"],
            ["Title", "Abstract", "Year", "included"],
            ["A", "About", 2020.0, 1],
            [None],
            ["B", None, None, 0],
        ],
        [["just", "numbers"], [1, 2]],
        [["title", "doi"], ["C", "10.1/c"]],
    )
    found = list(xlsx.read(dump))
    assert [item.fields["title"] for item in found if isinstance(item, Entry)] == ["A", "B", "C"]
    first = next(item for item in found if isinstance(item, Entry))
    assert first.fields["year"] == "2020"
    assert first.extra == {"included": "1"}
    lines = [item.lines[0] for item in found if isinstance(item, Entry | Skip)]
    assert lines == sorted(set(lines))
    sniff = xlsx.sniff(dump)
    assert sniff is not None
    assert sniff.score > 0.9


def test_damaged_workbooks_and_bombs_are_refused() -> None:
    with pytest.raises(DumpError, match="damaged workbook"):
        list(xlsx.read(Dump.from_bytes(b"PK\x03\x04 nothing", "x.xlsx")))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(1 << 27))
    with pytest.raises(DumpError, match="unpacks to"):
        list(xlsx.read(Dump.from_bytes(stream.getvalue(), "x.xlsx")))
    with pytest.raises(DumpError, match="no sheet has a header"):
        list(xlsx.read(workbook([["a", "b"], [1, 2]])))


@pytest.mark.parametrize("last", ['"Half a title,2020', '"Half a title,2020\n', 'Eels,"20', '"Half\n'])
def test_a_quotation_mark_open_at_the_end_is_a_fault_and_the_rows_before_it_are_read(last: str) -> None:
    _, entry, fault = read(f'title,year\n"On ""still"" lakes, and ponds",2019\n{last}')
    assert isinstance(entry, Entry) and entry.fields["title"] == 'On "still" lakes, and ponds'
    assert isinstance(fault, Fault) and fault.lines == (3, 3) and "never closed" in fault.message
