"""The web page in a real browser: ten thousand papers are filtered while the reader types."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.exports.browser import FOUND, Browser
from tests.exports.samples import paper, rendered

pytestmark = pytest.mark.skipif(FOUND is None, reason="NO BROWSER: install chromium to test the web page")
PAPERS = 10_000
TYPE = """new Promise((done) => {
  const field = document.querySelector("input[type=search]");
  const began = performance.now();
  field.value = %r;
  field.dispatchEvent(new Event("input", {bubbles: true}));
  const output = document.querySelector("output"), before = output.textContent;
  const look = () => output.textContent !== before
    ? requestAnimationFrame(() => { document.body.offsetHeight; done(performance.now() - began); })
    : setTimeout(look, 1);
  look();
})"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Browser, str]]:
    folder = tmp_path_factory.mktemp("page")
    papers = [
        paper(
            id=f"{n:012x}",
            title=f"Paper {n} on {'adapters' if n % 10 == 0 else 'quantization'}",
            abstract="We study the weights of a language model and report what we found. " * 12,
        )
        for n in range(PAPERS)
    ]
    file = folder / "page.html"
    file.write_text(rendered("html", papers), encoding="utf-8")
    with Browser(folder / "profile") as browser:
        browser.open(file.as_uri())
        yield browser, file.as_uri()


def shown(browser: Browser) -> str:
    return str(browser.evaluate('document.querySelector("output").textContent'))


def test_a_key_lays_out_few_of_the_papers(
    page: tuple[Browser, str], record_property: Callable[[str, object], None]
) -> None:
    browser, _ = page
    assert shown(browser) == "10,000 of 10,000"
    times = []
    for word in ("adap", "adapters 90", "quant", "90", ""):
        times.append(browser.evaluate(TYPE % word))
        assert browser.evaluate('document.querySelectorAll("li.paper").length') <= 200
    record_property("web page of 10,000 papers, ms a key", ", ".join(f"{time:.0f}" for time in times))
    assert shown(browser) == "10,000 of 10,000"


def test_only_what_matches_is_in_the_list_and_more_comes_with_scrolling(page: tuple[Browser, str]) -> None:
    browser, _ = page
    browser.evaluate(TYPE % "adapters")
    assert shown(browser) == "1,000 of 10,000"
    titles = browser.evaluate('[...document.querySelectorAll("h2")].map((h) => h.textContent)')
    assert titles[:2] == ["Paper 0 on adapters", "Paper 10 on adapters"] and len(titles) < 1_000
    before = browser.evaluate('document.querySelectorAll("li.paper").length')
    browser.evaluate(
        "new Promise((done) => { scrollTo(0, document.body.scrollHeight); setTimeout(done, 500); })"
    )
    assert browser.evaluate('document.querySelectorAll("li.paper").length') > before


def test_a_link_to_one_paper_shows_it(page: tuple[Browser, str]) -> None:
    browser, address = page
    browser.open("about:blank")
    browser.open(f"{address}#{9_000:012x}")
    place = browser.evaluate(f'document.getElementById("{9_000:012x}").getBoundingClientRect().top')
    assert -10 < place < browser.evaluate("innerHeight")
