"use strict";
const form = document.querySelector(".filters");
const articles = [...document.querySelectorAll("article")];
const none = document.querySelector(".none");

function wanted(article, chosen) {
  const { severity, family, state, exhibits } = article.dataset;
  return chosen.severities.has(severity)
    && (!chosen.family || chosen.family === family)
    && (!chosen.exhibit || exhibits.split(" ").includes(chosen.exhibit))
    && (!chosen.state || chosen.state === state || (chosen.state === "unruled" && state !== "ruled"));
}

function filter() {
  const data = new FormData(form);
  const chosen = { severities: new Set(data.getAll("severity")), family: data.get("family"),
    exhibit: data.get("exhibit"), state: data.get("state") };
  for (const article of articles) article.hidden = !wanted(article, chosen);
  const shown = articles.filter((article) => !article.hidden).length;
  form.querySelector("output").textContent = `${shown} of ${articles.length} shown`;
  none.hidden = shown > 0 || articles.length === 0;
}

function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  if (target.hidden) { form.reset(); filter(); }
  target.focus();
  target.scrollIntoView();
}

function step(by) {
  const shown = articles.filter((article) => !article.hidden);
  const at = shown.findIndex((article) => article.contains(document.activeElement));
  const next = shown[at < 0 ? 0 : Math.min(Math.max(at + by, 0), shown.length - 1)];
  if (next) { next.focus(); next.scrollIntoView({ block: "start" }); }
}

async function copy(button) {
  const code = button.previousElementSibling;
  try {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(code);
    button.textContent = "Selected";
  }
  setTimeout(() => { button.textContent = "Copy"; }, 2000);
}

form.hidden = articles.length === 0;
form.addEventListener("change", filter);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(filter));
for (const button of document.querySelectorAll(".copy")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
addEventListener("hashchange", reveal);
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, input")) return;
  if (event.key === "j") step(1);
  if (event.key === "k") step(-1);
});
filter();
reveal();
