"""The web page: what it shows, and that nothing in it but its own script can run."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exports.samples import GPTQ, HOSTILE, LORA, PLAIN, paper, rendered


class Page(HTMLParser):
    """Elements, attributes and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.texts: list[str] = []
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside not in ("script", "style"):
            self.texts.append(data)

    def values(self, name: str) -> list[str]:
        return [value for _, n, value in self.attributes if n == name]


def test_the_page_lists_the_papers_without_its_script() -> None:
    page = Page(rendered("html", [LORA, GPTQ, PLAIN], title="My <list>", topic_names={"llm": "LLMs"}))
    assert {LORA["title"], GPTQ["title"], PLAIN["title"], "My <list>"} <= set(page.texts)
    assert {"https://example.org/lora", "https://doi.org/10.5555/lora.2022"} <= set(page.values("href"))
    assert "https://arxiv.org/abs/2210.17323" in page.values("href")
    assert {"https://arxiv.org/abs/2106.09685", "https://github.com/example/lora"} <= set(page.values("href"))
    assert page.tags.count("li") == 3 and page.tags.count("button") == 4
    assert {"LLMs", "LLMs 2", LORA["abstract"], "Read for the *Hessian* trick"} <= set(page.texts)
    assert page.values("data-topics")[0] == "efficiency llm peft"
    assert ("form", "hidden", "") in page.attributes


def test_nothing_is_fetched_and_only_its_own_script_may_run() -> None:
    out = rendered("html", [LORA])
    page = Page(out)
    assert not {"link", "img", "iframe", "object", "base"} & set(page.tags) and not page.values("src")
    (policy,) = [v for v in page.values("content") if "default-src" in v]
    assert policy.startswith("default-src 'none'")
    for tag in ("style", "script"):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", out, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
        assert "http" not in text and "url(" not in text


@pytest.mark.parametrize("text", [*HOSTILE, '" onmouseover="alert(1)', "' onclick='x", "--><b>", "]]>"])
def test_hostile_text_stays_text(text: str) -> None:
    record = paper(
        title=text, abstract=text, authors=[text], venue=text, note=text, topics=[text], decision=text,
        url=f"https://e.org/{text}", code_urls=[f"https://e.org/{text}"], has_code=True, id=text, doi=text,
    )  # fmt: skip
    plain = Page(rendered("html", [paper(id="x")], title="t", query="q"))
    page = Page(rendered("html", [record], title=text, query=text, topic_names={text: text}))
    assert set(page.tags) <= {
        *plain.tags,
        "a",
        "p",
        "span",
        "details",
        "summary",
        "div",
        "button",
        "h2",
        "li",
        "code",
    }
    assert page.tags.count("script") == page.tags.count("style") == 1
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert all(url.startswith(("https://", "#")) for url in page.values("href"))
    shown = " ".join(re.sub(r"\x1b\[\d+m|[\x00\x07\u202e\u202c\u200b]", "", text).split())
    assert shown in page.texts


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JAVASCRIPT:x", " javascript:x", "data:text/html,x", "//e.org"]
)
def test_only_web_links_are_links(url: str) -> None:
    record = paper(url=url, code_urls=[url])
    assert Page(rendered("html", [record])).values("href") == [f"#{record['id']}"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_any_text_leaves_the_page_whole(text: str) -> None:
    tags = Page(rendered("html", [paper(title=f"x{text}", abstract=f"x{text}", topics=["a"])])).tags
    assert tags == Page(rendered("html", [paper(title="x", abstract="x", topics=["a"])])).tags


def test_an_empty_list_is_a_page() -> None:
    assert "No paper matches." in Page(rendered("html", [])).texts
