"""What hostile text can do to a terminal, one test for each attack."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.text.sanitise import clean


@pytest.mark.parametrize(
    ("attack", "shown"),
    [
        pytest.param("Red \x1b[31malert\x1b[0m", "Red alert", id="colour"),
        pytest.param("a\x1b[2J\x1b[1;1Hb", "ab", id="clear the screen"),
        pytest.param("a\x1b[?1049hb", "ab", id="private mode"),
        pytest.param("a\x1b]0;owned\x07b", "ab", id="window title ended by BEL"),
        pytest.param("a\x1b]0;owned\x1b\\b", "ab", id="window title ended by ST"),
        pytest.param("a\x1b]8;;http://evil\x1b\\paper\x1b]8;;\x1b\\b", "apaperb", id="hyperlink"),
        pytest.param("a\x1b]52;c;cm0gLXJm\x07b", "ab", id="clipboard"),
        pytest.param("a\x1bP$q\x1b\\b", "ab", id="device control string"),
        pytest.param("a\x1b_payload\x1b\\b", "ab", id="application command"),
        pytest.param("a\x1b]0;the rest stays", "a]0;the rest stays", id="string that never ends"),
        pytest.param("a\x1bcb", "ab", id="full reset"),
        pytest.param("a\x1b(0b", "ab", id="character set"),
        pytest.param("a\x9b31mb", "ab", id="8-bit CSI"),
        pytest.param("a\x9d0;owned\x9cb", "ab", id="8-bit OSC"),
        pytest.param("a\x1b\x1b[31mb\x1b", "ab", id="doubled escape"),
        pytest.param("ab\x08\x08cd", "abcd", id="backspace overwrite"),
        pytest.param("shown\rhidden", "shown hidden", id="carriage return overwrite"),
        pytest.param("a\x00b\x07c\x7fd\x85e", "abcd e", id="NUL, BEL, DEL, NEL"),
        pytest.param("a\u202egnp.exe", "agnp.exe", id="right-to-left override"),
        pytest.param("a\u2066b\u2069\u200f\u061cc", "abc", id="isolates and marks"),
        pytest.param("pa\u200bper\ufeff\u2060\u00ad", "paper", id="zero width"),
        pytest.param("a\u200db", "ab", id="joiner between Latin letters"),
        pytest.param("a\u200d🙂\u200db", "a🙂b", id="joiner between a letter and an emoji"),
        pytest.param("🙂\u200d\u200d🙂", "🙂🙂", id="two joiners between emoji"),
        pytest.param("a\ufe0f\u200d🙂", "a\ufe0f🙂", id="joiner behind a selector of no emoji"),
        pytest.param("a\U000e0041\U000e007fb", "ab", id="tag characters"),
        pytest.param("a\ud800b", "a\ufffdb", id="lone surrogate"),
        pytest.param("a\tb\nc\u2028d", "a b c d", id="line ends and tabs"),
    ],
)
def test_attack(attack: str, shown: str) -> None:
    assert clean(attack) == shown


def test_lines_stay_when_asked() -> None:
    assert clean("a\r\nb\rc\n\td\x1b[1m\u2029e", lines=True) == "a\nb\nc\n d\ne"


@pytest.mark.parametrize(
    "text",
    ["LoRA: low-rank [bold]x[/] :star:", "Überblick π≈3 深度学习", "می\u200cخواهم", "naïve e\u0301", "👩 ☕️"],
)
def test_visible_text_is_untouched(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("text", ["👨‍👩‍👧 at home", "🏳️‍🌈", "👩🏽‍💻", "🏃🏽‍♀️", "❤️‍🔥"])
def test_joined_emoji_stay_joined(text: str) -> None:
    assert "\u200d" in text and clean(text) == text


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        st.characters(codec=None, categories=None) | st.sampled_from("\x1b[]P\x07\\;m0\x9b\x9c\r\n\t\u200c")
    )
)
def test_nothing_but_text_comes_out(text: str) -> None:
    out = clean(text)
    assert all(unicodedata.category(c) not in {"Cc", "Cs", "Zl", "Zp"} for c in out)
    assert not set(out) & set("\u200b\u200e\u200f\u202a\u202e\u2066\u2069\ufeff")
    assert clean(out) == out
    out.encode()
    assert set(clean(text, lines=True)) <= set(out) | {"\n"}


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_letters_numbers_and_signs_are_never_lost(text: str) -> None:
    assert clean(text) == text
