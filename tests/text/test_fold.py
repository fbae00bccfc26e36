"""Signs beyond ASCII are folded where they stand, which gives what folding the whole text gives."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.text.fold import fold, folded_signs, words_alone


def slowly(text: str) -> str:
    """The definition: decomposed, without accents and case, all but letters and digits one blank."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", bare.casefold()).strip()


@settings(max_examples=500, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("aB_-. \u0301ßİ½ﬁ學Å—"), max_size=12)
)
def test_a_text_folds_as_its_definition_says(text: str) -> None:
    assert fold(text) == slowly(text) == words_alone(folded_signs(text))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ångström — naïve", "angstrom naive"),
        ("Z\u030coe_É", "zoe e"),
        ("ﬁne‐tuning ½", "fine tuning 1 2"),
        ("Straße İ", "strasse i"),
        ("“深度学习”，x", "深度学习 x"),
    ],
)
def test_signs_beyond_ascii_are_folded_in_their_place(text: str, folded: str) -> None:
    assert fold(text) == folded
