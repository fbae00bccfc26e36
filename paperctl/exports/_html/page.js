// The list stands in the page. With a script only the papers near the reader are in the document: laying out
// ten thousand at each key takes half a minute.
const STEP = 50;
const PAUSE = 60; // ms without a key before the list is searched
const form = document.querySelector("form");
const list = document.querySelector("ol");
const output = form.querySelector("output");
const topics = [...form.querySelectorAll("button.topic")];
const CHOICES = ["decision", "year", "venue"];

class Paper {
  constructor(item) {
    const { topics, decision, year, venue } = item.dataset;
    this.item = item;
    this.id = item.id;
    this.slugs = topics ? topics.split(" ") : [];
    this.topics = this.slugs.map(decodeURIComponent);
    this.decision = decision;
    this.year = year ? Number(year) : null;
    this.venue = venue || "";
    this.texts = { all: words(`${item.textContent} ${item.dataset.authors || ""} ${this.venue}`) };
  }

  // A field's words, made when they are first asked for.
  text(field) {
    return (this.texts[field] ??= words(this.raw(field)));
  }

  raw(field) {
    if (field === "author") return this.item.dataset.authors || "";
    if (field === "venue") return this.venue;
    const place = { title: "h2", abstract: "details p", note: ".note" }[field];
    return this.item.querySelector(place)?.textContent || "";
  }

  has(field) {
    if (field === "code") return "code" in this.item.dataset;
    if (field === "topic" || field === "topics") return this.slugs.length > 0;
    if (field === "decision") return this.decision !== "none";
    if (field === "year") return this.year !== null;
    return Boolean(this.raw(ALIASES[field] || field));
  }
}

const papers = [...list.children].map((item) => new Paper(item));
let found = papers;
let current = -1; // the paper that the keys j and k stand on

// Puts matching papers into the document, up to number `end`.
function reveal(end) {
  list.append(...found.slice(list.children.length, end).map((paper) => paper.item));
}

function wanted() {
  return {
    q: form.elements.q.value,
    topics: topics.filter((b) => b.getAttribute("aria-pressed") === "true").map((b) => b.dataset.topic),
    code: form.elements.code.checked,
    sort: form.elements.sort.value,
    ...Object.fromEntries(CHOICES.map((name) => [name, form.elements[name].value])),
  };
}

// What a paper must pass, by the control that asks for it.
function tests(asked, query) {
  return {
    q: query.test,
    topics: (paper) => !asked.topics.length || asked.topics.some((topic) => paper.slugs.includes(topic)),
    code: (paper) => !asked.code || paper.has("code"),
    decision: (paper) => !asked.decision || paper.decision === asked.decision,
    year: (paper) => !asked.year || String(paper.year ?? "none") === asked.year,
    venue: (paper) => !asked.venue || paper.venue === asked.venue,
  };
}

const ORDERS = {
  newest: (a, b) => (b.year ?? 0) - (a.year ?? 0),
  oldest: (a, b) => (a.year ?? 9999) - (b.year ?? 9999),
  title: (a, b) => (a.text("title") < b.text("title") ? -1 : 1),
};

function show() {
  const asked = wanted();
  const query = parse(asked.q);
  const checks = Object.entries(tests(asked, query));
  const counts = { decision: new Map(), year: new Map(), venue: new Map() };
  found = [];
  for (const paper of papers) {
    let failed = "";
    let fails = 0;
    for (const [name, passes] of checks) {
      if (!passes(paper)) {
        failed = name;
        if (++fails > 1) break;
      }
    }
    if (!fails) found.push(paper);
    // A choice is offered with the papers that all other controls leave.
    for (const name of CHOICES) {
      if (fails === 0 || (fails === 1 && failed === name)) {
        const value = name === "year" ? String(paper.year ?? "none") : paper[name];
        counts[name].set(value, (counts[name].get(value) || 0) + 1);
      }
    }
  }
  if (ORDERS[asked.sort]) found.sort(ORDERS[asked.sort]);
  current = -1;
  list.replaceChildren(...found.slice(0, STEP).map((paper) => paper.item));
  const unknown = query.unknown.map((name) => `no field called ${name}`).join(", ");
  output.textContent = `${found.length.toLocaleString()} of ${papers.length.toLocaleString()}${unknown && `; ${unknown}`}`;
  document.querySelector(".none").hidden = found.length > 0;
  for (const name of CHOICES) count(form.elements[name], counts[name]);
  remember(asked);
}

function count(select, counts) {
  for (const option of select.options) {
    if (option.value) option.textContent = `${option.dataset.name} (${(counts.get(option.value) || 0).toLocaleString()})`;
  }
}

// The address keeps what was asked, so that it can be sent on.
function remember(asked) {
  const state = new URLSearchParams();
  for (const name of ["q", "sort", ...CHOICES]) if (asked[name]) state.set(name, asked[name]);
  if (asked.topics.length) state.set("topics", asked.topics.join(" "));
  if (asked.code) state.set("code", "1");
  const hash = state.toString();
  history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
}

function fill(state) {
  form.elements.q.value = state.get("q") || "";
  for (const name of ["sort", ...CHOICES]) form.elements[name].value = state.get(name) || "";
  form.elements.code.checked = state.has("code");
  const pressed = (state.get("topics") || "").split(" ");
  topics.forEach((b) => b.setAttribute("aria-pressed", pressed.includes(b.dataset.topic)));
}

function restore() {
  const address = location.hash;
  const linked = papers.findIndex((paper) => `#${paper.id}` === address);
  if (linked < 0) {
    fill(new URLSearchParams(address.slice(1)));
    show();
    return;
  }
  // A link to one paper: the whole list, open at that place, and the address stays.
  fill(new URLSearchParams());
  show();
  history.replaceState(null, "", address);
  stand(linked);
}

// Stands on a paper of the list, which the keyboard then opens.
function stand(n) {
  if (n < 0 || n >= found.length) return;
  current = n;
  reveal(n + STEP);
  const { item } = found[n];
  item.tabIndex = -1;
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: n ? "center" : "end" });
}

const KEYS = {
  "/": () => form.elements.q.focus(),
  j: () => stand(current + 1),
  k: () => stand(current - 1),
  o: () => found[current]?.item.querySelector("h2 a")?.click(),
  a: () => {
    const details = found[current]?.item.querySelector("details");
    if (details) details.open = !details.open;
  },
};

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
  if (event.key === "Escape" && event.target === form.elements.q) {
    form.elements.q.value = "";
    form.elements.q.blur();
    show();
  } else if (!event.ctrlKey && !event.metaKey && !event.altKey && KEYS[event.key]) {
    if (event.target.closest("input, select, textarea")) return;
    event.preventDefault();
    KEYS[event.key]();
  }
});
window.addEventListener("hashchange", restore);
// Printed, every matching paper is there and every abstract open; afterwards as before.
let closed = [];
window.addEventListener("beforeprint", () => {
  reveal(found.length);
  closed = [...document.querySelectorAll("li details:not([open])")];
  closed.forEach((details) => (details.open = true));
});
window.addEventListener("afterprint", () => closed.forEach((details) => (details.open = false)));
restore();
