"""When two written words are one word: plurals, and British or American spelling, do not count.

`alike` maps every spelling of a word to one form. The form is for comparing only and need be no word
itself: "caches" and "cache" are both "cach". A rule may therefore be as crude as it likes where it
brings no two different words together.
"""

from __future__ import annotations

from functools import lru_cache

from paperctl.text import late

_IRREGULAR = {
    "analyses": "analysis", "apis": "api", "automata": "automaton", "axes": "axis", "bases": "base",
    "children": "child", "corpora": "corpus", "cpus": "cpu", "crises": "crisis",
    "criteria": "criterion", "datum": "data", "diagnoses": "diagnosis", "ellipses": "ellipsis",
    "equilibria": "equilibrium", "extrema": "extremum", "feet": "foot", "foci": "focus",
    "formulae": "formula", "gpus": "gpu", "hypotheses": "hypothesis", "indices": "index",
    "lemmata": "lemma", "loci": "locus", "matrices": "matrix", "maxima": "maximum", "men": "man",
    "metastases": "metastasis", "mice": "mouse", "minima": "minimum", "nuclei": "nucleus",
    "optima": "optimum", "phenomena": "phenomenon", "prognoses": "prognosis", "quanta": "quantum",
    "radii": "radius", "rois": "roi", "schemata": "schema", "simplices": "simplex",
    "spectra": "spectrum", "stimuli": "stimulus", "strata": "stratum", "syntheses": "synthesis",
    "teeth": "tooth", "theses": "thesis", "tpus": "tpu", "vertices": "vertex", "vortices": "vortex",
    "women": "woman",
    # Spellings that follow no rule below.
    "aging": "ageing", "aluminum": "aluminium", "artefact": "artifact", "defense": "defence",
    "gray": "grey", "judgement": "judgment", "license": "licence", "offense": "offence",
    "practise": "practice", "programme": "program", "sceptic": "skeptic", "sceptical": "skeptical",
}  # fmt: skip
_NO_PLURAL = frozenset(
    (
        "alias", "always", "atlas", "bias", "canvas", "chaos", "cosmos", "lens", "news", "perhaps",
        "sars", "towards",
    )
)  # fmt: skip
"""Words whose last s the plural rule would take off."""

_ISE = late.pattern(r"is(ations?|ational|able|ed|ing|er|e)$")
_LYSE = late.pattern(r"lys(ed|ing|er|e)$")
_LL = late.pattern(r"ll(ing|ed|er)$")
_RE = late.pattern(r"^((?:centi|kilo|milli|nano)?met|cent|fib|lit|lust|calib|manoeuv|sab|spect|theat)re(d?)$")
_OGUE = late.pattern(r"(anal|catal|dial|monol)ogue$")
_OUR = late.pattern(r"(arm|behavi|col|endeav|fav|flav|harb|hon|hum|lab|neighb|od|rum|sav|tum|vap|vig)our")
_GREEK = {
    "aesthe": "esthe", "aetiol": "etiol", "anaesth": "anesth", "aemi": "emi", "caec": "cec", "foet": "fet",
    "gynaec": "gynec", "haem": "hem", "leucocyt": "leukocyt", "oedem": "edem", "oesoph": "esoph",
    "oestr": "estr", "paed": "ped", "rrhoea": "rrhea", "sulph": "sulf",
}  # fmt: skip
_GREEK_PARTS = late.pattern("|".join(sorted(_GREEK, key=len, reverse=True)))
_OTHER_BEGINNINGS = {"e": "ao"}
"""First letters that a form may have lost: "oestrogen" is "estrogen"."""
_SIBILANT_E = late.pattern(r"(?:[sxzo]|ch|sh)e$")


@lru_cache(maxsize=1 << 18)
def alike(word: str) -> str:
    """The one form of a folded word's spellings: "optimisers" and "optimizer" have the same."""
    word = _IRREGULAR.get(word, word)
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui" and word not in _NO_PLURAL:
        word = _IRREGULAR.get(word[:-1], word[:-1])
    word = american(word)
    if len(word) > 4 and word.endswith("ie"):
        return word[:-2] + "y"
    # The plural of "box" ends as that of "axe" does.
    return word[:-1] if len(word) > 3 and _SIBILANT_E.search(word) else word


def beginnings(form: str) -> str:
    """The letters with which a word of this form may begin."""
    return form[:1] + _OTHER_BEGINNINGS.get(form[:1], "")


def american(word: str) -> str:
    """A word, or the beginning of one, with the British spellings that follow a rule made American."""
    if len(word) > 5:
        if "is" in word:
            word = _ISE.sub(r"iz\1", word)
        if "lys" in word:
            word = _LYSE.sub(r"lyz\1", word)
        if "ll" in word:
            word = _LL.sub(r"l\1", word)
        if "our" in word:
            word = _OUR.sub(r"\1or", word)
        if "ogue" in word:
            word = _OGUE.sub(r"\1og", word)
    if "ae" in word or "oe" in word or "ph" in word or "uco" in word:
        word = _GREEK_PARTS.sub(lambda found: _GREEK[found[0]], word)
    if word.endswith(("re", "red")):
        word = _RE.sub(lambda found: f"{found[1]}er{'ed' if found[2] else ''}", word)
    return word
