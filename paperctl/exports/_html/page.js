"use strict";
// The list stands in the page; this only hides what does not match.
const form = document.querySelector("form");
const papers = [...document.querySelectorAll("li.paper")];
const topics = [...form.querySelectorAll("button.topic")];
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const texts = papers.map((paper) => fold(paper.textContent));

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
  let shown = 0;
  papers.forEach((paper, n) => {
    paper.hidden = !matches(paper, texts[n], asked);
    shown += !paper.hidden;
  });
  form.querySelector("output").textContent = `${shown.toLocaleString()} of ${papers.length.toLocaleString()}`;
  document.querySelector(".none").hidden = shown > 0;
  const state = new URLSearchParams();
  if (form.elements.q.value) state.set("q", form.elements.q.value);
  if (asked.topics.length) state.set("topics", asked.topics.join(" "));
  if (asked.decision) state.set("decision", asked.decision);
  if (asked.code) state.set("code", "1");
  const hash = state.toString();
  history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
}

function restore() {
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
form.addEventListener("input", show);
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
// Printed, every abstract is open; afterwards as before.
let closed = [];
window.addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("details:not([open])")];
  closed.forEach((details) => (details.open = true));
});
window.addEventListener("afterprint", () => closed.forEach((details) => (details.open = false)));
restore();
