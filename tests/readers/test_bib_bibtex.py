"""BibTeX: entries, what they inherit, and what stands between them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.dumps.dump import Dump
from paperctl.readers import bibtex
from paperctl.record.items import Entry, Fault, Item, Skip


def read(text: str) -> list[Item]:
    return list(bibtex.read(Dump.from_text(text)))


def entries(text: str) -> list[Entry]:
    return [item for item in read(text) if isinstance(item, Entry)]


def test_an_entry_gives_facts_key_lines_and_the_rest_as_extra() -> None:
    [entry] = entries(
        "@InProceedings{frantar2023gptq,\n"
        '  Title     = "{GPTQ}: Accurate Quantization",\n'
        "  author    = {Frantar, Elias and Ashkboos, Saleh},\n"
        "  booktitle = {ICLR},\n"
        "  year      = 2023,\n"
        "  pages     = {1--10},\n"
        "  keywords  = {llm, quantization},\n"
        "}\n"
    )
    assert entry.key == "frantar2023gptq"
    assert entry.lines == (1, 8)
    assert entry.markup == "tex"
    assert entry.fields == {
        "title": "{GPTQ}: Accurate Quantization",
        "authors": "Frantar, Elias and Ashkboos, Saleh",
        "venue": "ICLR",
        "year": "2023",
        "keywords": "llm, quantization",
    }
    assert entry.extra == {"type": "inproceedings", "pages": "1--10"}


def test_strings_are_filled_in_and_concatenated() -> None:
    found = read('@string{nips = "NeurIPS"}\n@misc{a, title = {On } # "macros", journal = nips # {2024}}\n')
    assert found[0] == Skip((1, 1), "@string definition")
    assert isinstance(found[1], Entry)
    assert found[1].fields["title"] == "On macros"
    assert found[1].fields["venue"] == "NeurIPS2024"


def test_an_unknown_macro_stays_as_it_stands() -> None:
    [entry] = entries("@misc{a, title = {T}, month = apr}")
    assert entry.extra["month"] == "apr"


def test_macros_made_of_macros_do_not_grow_without_bound() -> None:
    laughs = '@string{a0 = "ha"}\n' + "".join(
        f"@string{{a{n} = {' # '.join([f'a{n - 1}'] * 10)}}}\n" for n in range(1, 12)
    )
    [entry] = entries(laughs + "@misc{m, title = a11, note = a1}")
    assert len(entry.fields["title"]) < 100_000
    assert entry.extra["note"] == "ha" * 10


def test_a_missing_brace_costs_one_entry_and_says_where() -> None:
    found = read("@article{a,\n  title = {Never closed,\n  year = 2020\n\n@article{b,\n  title = {Next}\n}\n")
    fault, entry = found
    assert isinstance(fault, Fault)
    assert fault.lines == (1, 3)
    assert "@article{a" in fault.message
    assert "before line 4" in fault.message
    assert isinstance(entry, Entry)
    assert entry.fields["title"] == "Next"


def test_a_brace_too_many_is_said_of_the_fields_it_cuts_off() -> None:
    entry, fault = read("@article{a,\n  title = {T}},\n  year = {2020},\n  doi = {10.1/x}\n}\n")
    assert isinstance(entry, Entry)
    assert isinstance(fault, Fault)
    assert fault.lines == (3, 5)


def test_comments_are_skipped_each_with_its_reason() -> None:
    text = (
        "% Encoding: UTF-8\n%@book{off,\n%  title = {Commented out}\n%}\n"
        "@comment{jabref-meta: databaseType:bibtex;}\n"
        "@comment{@article{off, title = {Commented out as well}}}\n"
        "@preamble{ {\\newcommand{\\x}{y}} }\n"
        "@book{on, title = {T} % here too: @book{no,\n}\nloose words\n"
    )
    found = read(text)
    assert [item.reason for item in found if isinstance(item, Skip)] == [
        "text between entries",
        "JabRef metadata",
        "@comment",
        "@preamble",
        "text between entries",
    ]
    assert [entry.key for entry in entries(text)] == ["on"]


def test_an_unclosed_comment_does_not_swallow_the_entries_below() -> None:
    assert [e.key for e in entries("@comment{ broken\n@article{a, title = {T}}\n")] == ["a"]
    assert [e.key for e in entries("@comment{ broken\n" * 2000 + "@article{a, title = {T}}\n")] == ["a"]


def test_percent_signs_in_values_are_text() -> None:
    [entry] = entries("@misc{a, abstract = {50% of it\n  and 10\\% more}, title = {T}}")
    assert entry.fields["abstract"] == "50% of it and 10\\% more"


def test_quotes_braces_and_accents_in_quoted_values() -> None:
    [entry] = entries('@misc{a, title = "A {"}b{"} c", author = "M{\\"u}ller, J\\"org", note = "x, y = z"}')
    assert entry.fields["title"] == 'A {"}b{"} c'
    assert entry.fields["authors"] == 'M{\\"u}ller, J\\"org'
    assert entry.extra["note"] == "x, y = z"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ('"Gears ""at"" Large"', 'Gears "at" Large'),
        ('"""Quoted"" gears"', '"Quoted" gears'),
        ('"The end is ""near"""', 'The end is "near"'),
        ('"They said ""turn"", and left"', 'They said "turn", and left'),
        ('""Gears at Large""', "Gears at Large"),
        ('"Broken gears"", year = 2022', "Broken gears"),
        ('"Gears " # "and cogs"', "Gears and cogs"),
    ],
)
def test_doubled_quotation_marks_are_of_the_title(written: str, title: str) -> None:
    [entry] = entries("@misc{a, title = " + written + ', note = "n", year = 2021 }')
    assert (entry.fields["title"], entry.extra["note"]) == (title, "n")


def test_parentheses_several_entries_on_a_line_and_entries_without_keys() -> None:
    assert [
        e.key for e in entries("@article(a, title = {T (x)})\n@misc{b,} @misc{c, year=2000}\n@foo{}\n")
    ] == [
        "a",
        "b",
        "c",
        None,
    ]
    [keyless] = entries("@article{,\n title = {T}\n}")
    assert keyless.key is None
    [bare] = entries("@article(title={T})")
    assert (bare.key, bare.fields["title"]) == (None, "T")


def test_type_and_brace_on_two_lines() -> None:
    [entry] = entries("@article\n{a,\n title = {T}\n}\n")
    assert (entry.key, entry.lines) == ("a", (1, 4))


def test_equal_keys_are_all_kept() -> None:
    assert [e.fields["title"] for e in entries("@misc{a, title={One}}\n@misc{a, title={Two}}\n")] == [
        "One",
        "Two",
    ]


def test_a_child_inherits_what_it_lacks_and_keeps_what_it_has() -> None:
    child, parent = entries(
        "@inproceedings{child, title = {Chapter}, year = {1999}, crossref = {Parent}}\n"
        "@proceedings{parent, title = {The Book}, year = {2000}, publisher = {ACM}, doi = {10.1/book}}\n"
    )
    assert child.fields["title"] == "Chapter"
    assert child.fields["venue"] == "The Book"
    assert child.fields["year"] == "1999"
    assert child.extra["publisher"] == "ACM"
    assert "doi" not in child.fields
    assert parent.fields["doi"] == "10.1/book"


def test_xdata_is_followed_through_aliases_and_out_of_loops() -> None:
    [book, *_] = entries(
        "@book{b, title = {T}, xdata = {alias}}\n"
        "@xdata{p, ids = {alias}, publisher = {MIT}, xdata = {q}}\n"
        "@xdata{q, location = {Cambridge}, xdata = {p}}\n"
    )
    assert book.extra["publisher"] == "MIT"
    assert book.extra["location"] == "Cambridge"


def test_arxiv_ids_in_their_dialects() -> None:
    ids = [
        entry.fields.get("arxiv_id")
        for entry in entries(
            "@misc{a, eprint = {2210.17323}, archivePrefix = {arXiv}}\n"
            "@misc{b, eprint = {hep-th/9901001v2}, eprinttype = {arxiv}}\n"
            "@article{c, journal = {CoRR}, volume = {abs/2106.09685}}\n"
            "@misc{d, eprint = {12653513}, eprinttype = {pubmed}}\n"
        )
    ]
    assert ids == ["2210.17323", "hep-th/9901001v2", "2106.09685", None]


def test_named_parts_of_biblatex_names() -> None:
    [entry] = entries(
        "@misc{a, author = {family=Duchamp, given=Philippe and prefix=van, family=Dyck, given=Anna}}"
    )
    assert entry.fields["authors"] == "Duchamp, Philippe and van Dyck, Anna"


def test_what_is_no_field_is_kept_and_repeated_fields_too() -> None:
    [entry] = entries("@misc{a, title = {T}, stray, note = {one}, note = {two}}")
    assert entry.extra["unparsed"] == "stray"
    assert (entry.extra["note"], entry.extra["note_2"]) == ("one", "two")


def test_sniff_knows_entries_and_leaves_other_text() -> None:
    def score(text: str) -> float:
        found = bibtex.sniff(Dump.from_text(text))
        return found.score if found else 0.0

    assert score("% hi\n@article{a,\n  title = {T}\n}\n") > 0.9
    readme = "# A list\n\n" + "Some prose about papers.\n" * 40 + "@article{a,\n  title = {T}\n}\n"
    assert 0 < score(readme) < 0.6
    assert score("Write to me@example.org (or not)\nTitle: x\n") == 0
    assert score("TY  - JOUR\nER  - \n") == 0


values = st.text(
    st.characters(codec="utf-8", exclude_characters="{}\\\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), max_size=40
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(values, values), min_size=1, max_size=5))
def test_values_come_back_whatever_stands_in_them(pairs: list[tuple[str, str]]) -> None:
    text = "\n\n".join(
        f"@misc{{key{i},\n  title = {{{title}}},\n  note = {{{note}}},\n}}"
        for i, (title, note) in enumerate(pairs)
    )
    found = [e for e in entries(text) if (e.key or "").startswith("key")]
    assert [e.fields.get("title", "").split() for e in found] == [title.split() for title, _ in pairs]
    assert [e.extra.get("note", "").split() for e in found] == [note.split() for _, note in pairs]


@settings(max_examples=80, deadline=None)
@given(st.text(st.sampled_from('@{}()",=#%\\ \nab1'), max_size=120))
def test_any_text_is_read_without_an_error_and_no_line_is_lost(text: str) -> None:
    found = read(text)
    items = [item for item in found if isinstance(item, Entry | Skip | Fault)]
    covered = {n for item in items for n in range(item.lines[0], item.lines[1] + 1)}
    assert {n for n, line in Dump.from_text(text).lines() if line.strip()} <= covered
