"""The web page in a real browser: ten thousand papers are filtered while the reader types."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from paperctl.record import Record
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


def papers() -> list[Record]:
    return [
        paper(
            id=f"{n:012x}",
            title=f"Paper {n} on {'adapters' if n % 10 == 0 else 'quantization'}",
            abstract="We study the weights of a language model and report what we found. " * 12,
            authors=["Ada Okafor" if n % 3 else "Jörg Müller"],
            year=2000 + n % 25,
            venue=("ICLR", "NeurIPS")[n % 2],
            topics=["llm"] if n % 4 else ["llm", "peft"],
            decision="keep" if n < 7 else None,
        )
        for n in range(PAPERS)
    ]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Browser, str]]:
    folder = tmp_path_factory.mktemp("page")
    file = folder / "page.html"
    file.write_text(rendered("html", papers()), encoding="utf-8")
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


QUERIES = {
    "adapters": 1_000,
    "adapter": 1_000,
    '"on adapters"': 1_000,
    '"adapters on"': 0,
    "author:muller adapters": 334,
    "title:weights": 0,
    "abstract:weights": 10_000,
    "year:2001..2002": 800,
    "year:>=2024": 400,
    "-quantization": 1_000,
    "not quantization": 1_000,
    "topic:peft": 2_500,
    "topic:peft,llm": 10_000,
    "decision:keep": 7,
    "no:decision": 9_993,
    "venue:iclr (year:2000 or year:2024)": 400,
    "adapters or decision:keep": 1_006,
    "(adapters": 1_000,
    'title:"paper 90 on"': 1,
}
"""What is typed, and how many papers it finds; the command line finds as many (see below)."""


SET = """new Promise((done) => {
  const control = document.querySelector("[name=%s]");
  control.value = %r;
  control.dispatchEvent(new Event("input", {bubbles: true}));
  setTimeout(done, 250);
})"""


def ask(browser: Browser, query: str) -> str:
    browser.evaluate(SET % ("q", query))
    return shown(browser)


def test_the_query_language_of_the_command_line(page: tuple[Browser, str]) -> None:
    from paperctl.query import parse

    browser, _ = page
    records = papers()
    for query, count in QUERIES.items():
        assert ask(browser, query) == f"{count:,} of 10,000", query
        if query != "(adapters":  # half typed
            asked = parse(query)
            assert sum(asked.matches(record) for record in records) == count, query
    assert "no field called titel" in ask(browser, "titel:adapters")
    ask(browser, "")


TITLES = '[...document.querySelectorAll("h2")].map((h) => h.textContent)'


def test_facets_count_what_is_left_and_sorting_orders_it(page: tuple[Browser, str]) -> None:
    browser, address = page
    ask(browser, "adapters")
    browser.evaluate(SET % ("year", "2010"))
    assert shown(browser) == "200 of 10,000"
    venue = "[...document.querySelectorAll('select[name=venue] option')].map((o) => o.textContent)"
    assert browser.evaluate(venue) == ["any venue", "ICLR (200)", "NeurIPS (0)"]
    years = "document.querySelector('select[name=year] option[value=\"2015\"]').textContent"
    assert browser.evaluate(years) == "2015 (200)"
    browser.evaluate(SET % ("year", ""))
    browser.evaluate(SET % ("sort", "newest"))
    assert browser.evaluate(TITLES)[0] == "Paper 20 on adapters"
    # The address holds all of it.
    kept = browser.evaluate("location.hash")
    browser.open("about:blank")
    browser.open(f"{address}{kept}")
    assert shown(browser) == "1,000 of 10,000" and browser.evaluate(TITLES)[0] == "Paper 20 on adapters"
    browser.evaluate(SET % ("sort", ""))
    ask(browser, "")


PRESS = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: %r, bubbles: true}))"


def test_the_keyboard_walks_the_list_and_opens_what_it_stands_on(page: tuple[Browser, str]) -> None:
    browser, _ = page
    ask(browser, "")
    browser.evaluate("document.activeElement.blur()")
    for key in ("j", "j", "k", "j", "a"):
        browser.evaluate(PRESS % key)
    assert browser.evaluate("document.activeElement.querySelector('h2').textContent").startswith("Paper 1 ")
    assert browser.evaluate("document.activeElement.querySelector('details').open") is True
    browser.evaluate(PRESS % "/")
    assert browser.evaluate("document.activeElement.name") == "q"
    browser.evaluate(PRESS % "Escape")
    assert browser.evaluate("document.activeElement === document.body") is True


def test_a_link_to_one_paper_stays_in_the_address(page: tuple[Browser, str]) -> None:
    browser, address = page
    paper_id = f"{4_321:012x}"
    browser.open("about:blank")
    browser.open(f"{address}#{paper_id}")
    assert browser.evaluate("location.hash") == f"#{paper_id}"
    assert browser.evaluate("document.activeElement.id") == paper_id
    own = f"document.getElementById('{paper_id}').querySelector('a.self').hash"
    assert browser.evaluate(own) == f"#{paper_id}"


def test_the_picture_and_print_are_there(page: tuple[Browser, str]) -> None:
    browser, _ = page
    ask(browser, "adapters 90")
    assert browser.evaluate("document.querySelectorAll('.chart rect').length") > 20
    browser.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert browser.evaluate("[...document.querySelectorAll('li details')].every((d) => d.open)") is True
    browser.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert browser.evaluate("document.querySelectorAll('li details[open]').length") == 0
