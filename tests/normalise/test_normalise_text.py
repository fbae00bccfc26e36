"""Cleaning of text: what is mended, what is left alone, and what is said about it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from paperctl.normalise.tex import accents, tex_to_text
from paperctl.normalise.text import clean, plain_string
from paperctl.record.items import Markup


def cleaned(value: object, markup: Markup = "plain", name: str = "title") -> tuple[str, list[str]]:
    repairs: list[str] = []
    return clean(value, markup, name, repairs), repairs


@pytest.mark.parametrize(
    ("raw", "want", "said"),
    [
        ("Tuning with $蟺$ heads", "Tuning with $π$ heads", "mojibake in title: 蟺 → π"),
        ("RÃ©sumÃ© parsing", "Résumé parsing", "mojibake in title: Ã© → é"),
        ("it is the modelâ€™s turn", "it is the model’s turn", "mojibake in title: â€™ → ’"),
        ("type-I error $Î±$", "type-I error $α$", "mojibake in title: Î± → α"),
        ("eﬃcient ﬁne-tuning", "efficient fine-tuning", "ligatures spelled out in title"),
        ("quan\u00adtization", "quantization", "invisible characters removed from title"),
        ("abc\u202egnp.exe\u202c", "abcgnp.exe", "invisible characters removed from title"),
        ("a \x1b[31mred\x1b[0m word", "a red word", "escape sequences removed from title"),
        ("\x1b]0;owned\x07Title", "Title", "escape sequences removed from title"),
        ("nul\x00 byte", "nul byte", "control characters removed from title"),
        ("half \ud83d pair", "half � pair", "broken characters replaced in title"),
        ("Salt &amp; pepper &lt; all", "Salt & pepper < all", "entities decoded in title"),
        ("CO<sub>2</sub> in <i>E. coli</i>", "CO2 in E. coli", "markup removed from title"),
    ],
)
def test_repairs_are_made_and_named(raw: str, want: str, said: str) -> None:
    text, repairs = cleaned(raw)
    assert text == want
    assert said in repairs


@pytest.mark.parametrize(
    "text",
    [
        "深度学习 in practice: 一个 survey",
        "Die «LIBERTÉ» d’Ä und É” größer",
        "[bold]x[/bold] [/] :star: =cmd()",
        "if a<b and c>d then",
        "<script>alert(1)</script>",
        "AT&T; R&D and Q&A",
        "عربي\u200cمتن and नमस्\u200dते",
        "$\\alpha_{1}$ 100% {braces} ~ -- ok",
    ],
)
def test_plain_text_is_left_alone(text: str) -> None:
    assert cleaned(text) == (text, [])


def test_line_breaks_become_spaces() -> None:
    assert cleaned("  Two\n  lines\tand\u00a0more ") == ("Two lines and more", [])


def test_word_is_joined_only_where_the_text_knows_it() -> None:
    text, repairs = cleaned("para-\nmeter counts: a parameter", name="abstract")
    assert text == "parameter counts: a parameter"
    assert repairs == ["word joined in abstract: para-meter → parameter"]
    assert cleaned("state-of-the-\nart results")[0] == "state-of-the-art results"
    assert cleaned("left-\nand right-handed")[0] == "left- and right-handed"


def test_html_loses_its_tags_and_jats_its_heading() -> None:
    raw = "<jats:title>Abstract</jats:title><jats:p>We find p &lt; 0.05.</jats:p><jats:p>More.</jats:p>"
    assert cleaned(raw, "html")[0] == "We find p < 0.05. More."


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        ("Abstract: We do", "We do"),
        ("ABSTRACT We do", "We do"),
        ("Abstract reasoning is hard", "Abstract reasoning is hard"),
        ("Abstract-level planning", "Abstract-level planning"),
    ],
)
def test_heading_of_an_abstract(raw: str, want: str) -> None:
    assert cleaned(raw, name="abstract")[0] == want


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        (r"{BERT}: Pre-training of {\'E}tale", "BERT: Pre-training of Étale"),
        (
            r"H{\"o}lder, Erd\H{o}s, \v{C}ech, \c{S}en, {\o}re, Stra{\ss}e",
            "Hölder, Erdős, Čech, Şen, øre, Straße",
        ),
        (r"100% of $x_{1}^2 \leq \frac{a}{b}$ \& more", r"100% of $x_{1}^2 \leq \frac{a}{b}$ & more"),
        (r"\emph{In} \textbf{bold} -- ``quoted''", "In bold – “quoted”"),
        (r"50\% costs \$5 in \{braces\}", "50% costs $5 in {braces}"),
        (r"Q \& A on R&D\\ at 50\%", "Q & A on R&D at 50%"),
        ("A~non-breaking~space", "A non-breaking space"),
        (r"na\"{\i}ve \~n", "naïve ñ"),
    ],
)
def test_tex(raw: str, want: str) -> None:
    assert cleaned(raw, "tex")[0] == want


def test_tex_accents_leave_mathematics_alone() -> None:
    assert accents(r"Poincar\'e and $\'x \alpha$ in \alpha") == r"Poincaré and $\'x \alpha$ in \alpha"


def test_values_of_other_types() -> None:
    assert cleaned(["One", "two"])[0] == "One two"
    assert cleaned({"value": "wrapped"})[0] == "wrapped"
    assert cleaned(2024)[0] == "2024"
    assert cleaned(None)[0] == cleaned(True)[0] == cleaned({})[0] == ""
    assert cleaned(10**6000)[0] == ""


odd_text = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x1b\x9b[]m;\x00<>&/abi-\n Ã©â€™蟺\u200b\u200d\u00ad\ufb01{}\\$'\"~\ud800"),
    ),
    max_size=40,
)


@settings(max_examples=300, deadline=None)
@given(odd_text, st.sampled_from(["plain", "tex", "html"]))
@example("\x1b[\x1b[31m31m", "plain")
@example("&amp;lt;i&amp;gt;x", "plain")
def test_clean_text_is_one_printable_line_and_stays_so(raw: str, markup: Markup) -> None:
    text, _ = cleaned(raw, markup)
    assert not [c for c in text if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]
    assert text == text.strip()
    assert cleaned(text)[0] == text


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("\\{}$%&~-`'\"^cuvHa bioxα\n"), max_size=60))
def test_tex_never_fails(raw: str) -> None:
    assert isinstance(tex_to_text(raw), str)


@settings(max_examples=200, deadline=None)
@given(odd_text)
def test_plain_strings_keep_line_breaks_only(raw: str) -> None:
    kept = plain_string(raw)
    assert not [
        c
        for c in kept
        if unicodedata.category(c) in ("Cc", "Cs") and c not in "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85"
    ]


@pytest.mark.parametrize("title", ["Gates of \\frac", "See \\url", "\\frac{1} and more"])
def test_macros_without_their_arguments_say_nothing_on_stderr(
    title: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "%s" not in cleaned(title, "tex")[0]
    assert capsys.readouterr().err == ""
