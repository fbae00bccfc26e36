"""The user's own templates: what they can name, and that mistakes are told by line."""

from __future__ import annotations

import pytest

from paperctl.errors import UsageError
from tests.exports.samples import GPTQ, HOSTILE, LORA, PLAIN, paper, rendered

PAPERS = [LORA, GPTQ, PLAIN]


def made(template: str, **asked: object) -> str:
    return rendered("template", PAPERS, template=template, **asked)


def test_a_template_sees_papers_title_query_and_helpers() -> None:
    out = made(
        "{{ title }} / {{ query }}: {{ papers|length }}\n"
        "{% for paper in papers %}\n"
        "{{ loop.index }}. {{ paper.title }} ({{ paper.year }}) <{{ link(paper) }}>"
        " {{ topic_name(main_topic(paper) or '') }}"
        " | {{ takeaway(paper) }} | {{ code_links(paper)|join(' ') }}\n"
        "{% endfor %}\n",
        title="T",
        query="q",
        topic_names={"peft": "Fine-tuning"},
    )
    assert out.split("\n")[:3] == [
        "T / q: 3",
        "1. LoRA: Low-Rank Adaptation of Large Language Models (2022) <https://example.org/lora> Fine-tuning"
        " | We freeze the weights, i.e. the big ones. | https://github.com/example/lora",
        "2. GPTQ: Accurate Quantization for Generative Pre-trained Transformers (2023)"
        " <https://arxiv.org/abs/2210.17323> quantization | Read for the *Hessian* trick | ",
    ]
    assert "3. A Paper About Which Nothing Else Is Known () <>" in out


@pytest.mark.parametrize(
    ("name", "safe"), [("a.html", 1), ("a.XML.j2", 1), ("a.htm.jinja", 1), ("a.tex", 0), ("", 0)]
)
def test_the_files_ending_says_what_is_escaped(name: str, safe: int) -> None:
    record = paper(title="<b> & co")
    out = rendered("template", [record], template="{{ papers[0].title }}", template_name=name)
    assert out == ("&lt;b&gt; &amp; co" if safe else "<b> & co")


def test_filters_escape_for_tex_and_markdown() -> None:
    record = paper(title="50% of *A*")
    out = rendered("template", [record], template="{{ papers[0].title|tex }} {{ papers[0].title|md }}")
    assert out == r"50\% of *A* 50% of \*A\*"


@pytest.mark.parametrize("title", HOSTILE)
def test_no_control_reaches_the_output(title: str) -> None:
    out = rendered("template", [paper(title=title)], template="{{ papers[0].title }}", template_name="x.html")
    assert not set(out) & set("\x1b\x07\x00\u202e\u200b") and "<script" not in out


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("ok\n{{ papers[0].titel }}", "line 2: .*has no attribute 'titel'"),
        ("{{ paper.title }}", "line 1: 'paper' is undefined"),
        ("a\nb\n{% for p in papers %}", "line 3: "),
        ("\n{{ 1 / 0 }}", "line 2: division by zero"),
        ("{{ papers|sort(attribute='year')|length }}", "line 1: .*not supported"),
        ("{{ papers[0].title|nothing }}", "line 1: No filter named 'nothing'"),
        ("{% include '/etc/passwd' %}", "line 1: no loader"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "line 1: .*unsafe"),
        ("{{ link.__globals__ }}", "line 1: .*unsafe"),
        ("{{ papers.append(1) }}", "line 1: .*unsafe"),
        ("{{ papers[0].update({}) }}", "line 1: .*unsafe"),
        ("{{ range(10**9)|length }}", "line 1: Range too big"),
    ],
)
def test_a_mistake_is_told_with_its_line(template: str, message: str) -> None:
    with pytest.raises(UsageError, match=f"template {message}"):
        made(template)


def test_without_a_template_it_says_how_to_give_one() -> None:
    with pytest.raises(UsageError, match="needs a template"):
        rendered("template", PAPERS)


def test_what_only_some_papers_have_can_have_a_default() -> None:
    out = made("{% for p in papers %}{{ p.extra.pages|default('-') }} {% endfor %}")
    assert out == "1--13 - - "
