"use strict";
// The query language of the command line, as far as a page knows its papers: words, "phrases", field:value,
// -x, or, ( ). A query that is half typed is read as far as it goes.
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
// Words between blanks, so that " word" is found where a word begins.
const words = (text) => ` ${fold(text).replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
// Scripts without blanks between words.
const UNBROKEN = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u;
const TOKEN = /[()]|-(?=\()|-?(?:([a-z_]+):(?=["“=\S]))?=?(?:"([^"]*)"?|“([^”]*)”?|([^\s()"“]+))/gi;
const TEXTS = ["title", "abstract", "author", "venue", "note"];
const ALIASES = { authors: "author", titles: "title", topics: "topic", years: "year", venues: "venue", notes: "note" };
const DECISIONS = { kept: "keep", skipped: "skip", unscreened: "none" };

function parse(text) {
  const tokens = [...text.matchAll(TOKEN)];
  const unknown = new Set();
  let at = 0;
  const plain = () => (at < tokens.length && !tokens[at][1] && tokens[at][2] === undefined ? tokens[at][0].toLowerCase() : "");

  function any() {
    const parts = [every()];
    while (plain() === "or") {
      at++;
      parts.push(every());
    }
    return parts.length > 1 ? (paper) => parts.some((part) => part(paper)) : parts[0];
  }

  function every() {
    const parts = [];
    while (at < tokens.length && plain() !== "or" && plain() !== ")") parts.push(one());
    return (paper) => parts.every((part) => part(paper));
  }

  function one() {
    if (plain() === "-" || plain() === "not") {
      at++;
      if (at >= tokens.length) return () => true;
      const inner = one();
      return (paper) => !inner(paper);
    }
    if (plain() === "(") {
      at++;
      const inner = any();
      if (plain() === ")") at++;
      return inner;
    }
    const token = tokens[at++];
    const negated = token[0].startsWith("-") && token[0].length > 1;
    const test = term(token);
    return negated ? (paper) => !test(paper) : test;
  }

  function term([whole, name, straight, curly, bare]) {
    const value = straight ?? curly ?? bare ?? "";
    const phrase = straight !== undefined || curly !== undefined;
    const field = name && (ALIASES[name.toLowerCase()] || name.toLowerCase());
    if (!field) return says("all", bare === undefined ? value : value.replace(/^-/, ""), phrase);
    if (TEXTS.includes(field)) return anyOf(value, phrase, (part) => says(field, part, phrase));
    const known = {
      topic: (part) => (paper) => paper.topics.some((topic) => topic === fold(part) || topic.startsWith(`${fold(part)}/`)),
      year: (part) => inRange(part),
      decision: (part) => (paper) => paper.decision === (DECISIONS[fold(part)] || fold(part)),
      has: (part) => (paper) => paper.has(fold(part)),
      no: (part) => (paper) => !paper.has(fold(part)),
      id: (part) => (paper) => paper.id.startsWith(fold(part)),
    }[field];
    if (known) return anyOf(value, phrase, known);
    unknown.add(name);
    return says("all", whole, false);
  }

  const parts = [any()];
  while (at < tokens.length) {
    at++; // a bracket that was never opened
    parts.push(any());
  }
  return { test: (paper) => parts.every((part) => part(paper)), unknown: [...unknown] };
}

function anyOf(value, phrase, test) {
  const tests = (phrase ? [value] : value.split(",").filter(Boolean)).map(test);
  return (paper) => !tests.length || tests.some((one) => one(paper));
}

// Whether a text holds a word that begins so (or its singular), or a phrase.
function says(field, value, phrase) {
  const sought = words(value).trimEnd();
  if (!sought.trim()) return () => true;
  if (UNBROKEN.test(sought)) return (paper) => paper.text(field).includes(sought.trim());
  if (phrase) return (paper) => paper.text(field).includes(`${sought} `);
  const single = /[^s]s$/.test(sought) && sought.length > 4 ? `${sought.slice(0, -1)} ` : "";
  return (paper) => {
    const text = paper.text(field);
    return text.includes(sought) || (single !== "" && text.includes(single));
  };
}

function inRange(text) {
  const range = /^(\d*)\.\.(\d*)$/.exec(text);
  const bound = /^(>=|<=|>|<)(\d+)$/.exec(text);
  let [low, high] = [Number(text), Number(text)];
  if (range) [low, high] = [Number(range[1] || 0), Number(range[2] || 9999)];
  if (bound) {
    const year = Number(bound[2]);
    [low, high] = { ">=": [year, 9999], ">": [year + 1, 9999], "<=": [0, year], "<": [0, year - 1] }[bound[1]];
  }
  return (paper) => paper.year !== null && paper.year >= low && paper.year <= high;
}
