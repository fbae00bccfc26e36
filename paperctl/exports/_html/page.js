"use strict";
// The list stands in the page. With a script only the papers near the reader are in the document: laying out
// ten thousand at each key takes half a minute.
const STEP = 50;
const PAUSE = 60; // ms without a key before the list is searched
const form = document.querySelector("form");
const list = document.querySelector("ol");
const papers = [...list.children];
const topics = [...form.querySelectorAll("button.topic")];
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const texts = papers.map((paper) => fold(paper.textContent));
let found = papers;

// Puts matching papers into the document, up to number `end`.
function reveal(end) {
  list.append(...found.slice(list.children.length, end));
}

function wanted() {
  return {
    words: fold(form.elements.q.value).split(/\s+/).filter((word) => word && word !== "-"),
    topics: topics.filter((b) => b.getAttribute("aria-pressed") === "true").map((b) => b.dataset.topic),
    decision: form.elements.decision.value,
    code: form.elements.code.checked,
  };
}

function matches(paper, text, { words, topics, decision, code }) {
  const own = paper.dataset.topics.split(" ");
  return (
    words.every((word) => (word[0] === "-" ? !text.includes(word.slice(1)) : text.includes(word))) &&
    (!topics.length || topics.some((topic) => own.includes(topic))) &&
    (!decision || paper.dataset.decision === decision) &&
    (!code || "code" in paper.dataset)
  );
}

function show() {
  const asked = wanted();
  found = papers.filter((paper, n) => matches(paper, texts[n], asked));
  list.replaceChildren(...found.slice(0, STEP));
  form.querySelector("output").textContent = `${found.length.toLocaleString()} of ${papers.length.toLocaleString()}`;
  document.querySelector(".none").hidden = found.length > 0;
  const state = new URLSearchParams();
  if (form.elements.q.value) state.set("q", form.elements.q.value);
  if (asked.topics.length) state.set("topics", asked.topics.join(" "));
  if (asked.decision) state.set("decision", asked.decision);
  if (asked.code) state.set("code", "1");
  const hash = state.toString();
  history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
}

function restore() {
  const linked = papers.findIndex((paper) => `#${paper.id}` === location.hash);
  if (linked >= 0) {
    // A link to one paper: the whole list, open at that place.
    found = papers;
    list.replaceChildren();
    reveal(linked + STEP);
    papers[linked].scrollIntoView();
    form.querySelector("output").textContent = `${papers.length.toLocaleString()} of ${papers.length.toLocaleString()}`;
    return;
  }
  const state = new URLSearchParams(location.hash.slice(1));
  form.elements.q.value = state.get("q") || "";
  form.elements.decision.value = state.get("decision") || "";
  form.elements.code.checked = state.has("code");
  const pressed = (state.get("topics") || "").split(" ");
  topics.forEach((b) => b.setAttribute("aria-pressed", pressed.includes(b.dataset.topic)));
  show();
}

form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
let waiting = 0;
form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(show, PAUSE);
});
// The list grows before its end comes into view.
new IntersectionObserver((seen) => seen[0].isIntersecting && reveal(list.children.length + STEP), {
  rootMargin: "2000px",
}).observe(document.querySelector(".end"));
topics.forEach((b) =>
  b.addEventListener("click", () => {
    b.setAttribute("aria-pressed", b.getAttribute("aria-pressed") !== "true");
    show();
  }),
);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && event.target === document.body) {
    event.preventDefault();
    form.elements.q.focus();
  } else if (event.key === "Escape" && event.target === form.elements.q) {
    form.elements.q.value = "";
    show();
  }
});
window.addEventListener("hashchange", restore);
// Printed, every matching paper is there and every abstract open; afterwards as before.
let closed = [];
window.addEventListener("beforeprint", () => {
  reveal(found.length);
  closed = [...document.querySelectorAll("details:not([open])")];
  closed.forEach((details) => (details.open = true));
});
window.addEventListener("afterprint", () => closed.forEach((details) => (details.open = false)));
restore();
