"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const [SHA256, TITLE, FILE, FIRST, CODES] = [0, 1, 2, 3, 7];
const [form, words, code] = [document.querySelector(".search"), document.getElementById("words"), document.getElementById("code")];
const [rows, count, more] = [document.getElementById("rows"), document.getElementById("count"), document.getElementById("more")];
const texts = data.papers.map((paper) => (paper[TITLE] + "\n" + paper[FILE]).toLowerCase());
let found = [], shown = 0;

function element(name, text, classes) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (classes) made.className = classes;
  return made;
}

function row(paper) {
  const made = element("tr"), head = element("th"), link = element("a", paper[TITLE] || paper[FILE]);
  const hint = element("span", undefined, "hint");
  link.href = "papers/" + paper[SHA256] + "/report.html";
  hint.append(element("bdi", paper[FILE]), " " + paper[CODES].map((number) => data.codes[number]).join(" "));
  head.scope = "row";
  head.append(link, hint);
  made.append(head, ...paper.slice(FIRST, CODES).map((number) => element("td", number || "·")));
  return made;
}

function showMore() {
  const next = found.slice(shown, shown + data.listed);
  rows.append(...next.map((place) => row(data.papers[place])));
  shown += next.length;
  more.hidden = shown >= found.length;
}

function search() {
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean), number = data.codes.indexOf(code.value);
  found = [];
  data.papers.forEach((paper, place) => {
    if (number >= 0 && !paper[CODES].includes(number)) return;
    if (wanted.every((word) => texts[place].includes(word))) found.push(place);
  });
  count.textContent = found.length.toLocaleString("en") + (found.length === 1 ? " paper" : " papers");
  rows.replaceChildren();
  shown = 0;
  showMore();
}

form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", search);
more.addEventListener("click", showMore);
search();
