"use strict";
// Keys press the button or link that names them; the page is zoomed and dragged; what a screen lights up is shown.

const before = new WeakMap(); // what a field held when it was entered: Escape puts it back
let busy = false; // a screen is on its way: what is pressed was meant for the one before

function pressed(key) {
  return [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key.split(" ").includes(key)) || null;
}

function focusEnd(field) {
  field.focus();
  if (field.setSelectionRange) field.setSelectionRange(field.value.length, field.value.length);
  field.scrollTop = field.scrollHeight;
}

function choose(form, verdict) {
  if (verdict) form.dataset.chosen = verdict; else delete form.dataset.chosen;
  const hint = form.querySelector("[data-hint]"), button = verdict && form.querySelector(`button[value="${verdict}"]`);
  if (!hint) return;
  hint.textContent = button
    ? `Ctrl Enter rules: ${button.firstChild.textContent.trim()}; Esc puts the old text back`
    : "r to edit; there, Ctrl Enter leaves the field, Esc puts the old text back";
}

function wantsReason(button) {
  const form = button.closest("form[data-ruling]"), why = form && form.elements.why;
  if (!why) return false;
  const said = why.value.trim();
  const bare = button.value === "explained" && "suggested" in form.dataset && said === form.dataset.suggested.trim();
  if (said && !bare) return false;
  choose(form, button.value);
  focusEnd(why);
  why.value = "";
  why.placeholder = button.value === "explained" ? "Please write why this is no error" : "Please write a reason";
  return true;
}

function send(field) {
  const form = field.form;
  if (!("ruling" in form.dataset)) form.querySelector("button:not([type=button])").click();
  else if (form.dataset.chosen) form.querySelector(`button[value="${form.dataset.chosen}"]`).click();
  else field.blur();
}

function leave(field) {
  if (before.has(field)) field.value = before.get(field);
  if (field.form && "ruling" in field.form.dataset) choose(field.form, "");
  field.blur();
}

addEventListener("focusin", (event) => {
  if (event.target.matches("input, textarea")) before.set(event.target, event.target.value);
});

addEventListener("keydown", (event) => {
  if (busy) { event.preventDefault(); return; }
  const field = event.target.closest("input, textarea, select");
  if (field) {
    if (event.key === "Escape") leave(field);
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && field.form) { event.preventDefault(); send(field); }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const wanted = document.querySelector(`[data-focus-key="${CSS.escape(event.key)}"]`);
  if (wanted) { event.preventDefault(); focusEnd(wanted); return; }
  if (event.key.startsWith("Arrow") && moveCell(event)) return;
  if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
  const button = pressed(event.key);
  if (button) { event.preventDefault(); button.click(); }
});

addEventListener("click", (event) => {
  if (busy && event.target.closest("a, button")) { event.preventDefault(); event.stopPropagation(); return; }
  const zoom = event.target.closest("[data-zoom]");
  if (zoom) return enlarge(zoom.closest(".pages"), zoom.dataset.zoom);
  const says = event.target.closest("button[name=verdict]");
  if (says && wantsReason(says)) { event.preventDefault(); event.stopPropagation(); }
  const fill = event.target.closest("[data-fill]");
  if (fill) focusEnd(Object.assign(fill.form.elements.why, { value: fill.dataset.fill }));
  const tell = event.target.closest("[data-tell]");
  if (tell) document.getElementById(tell.dataset.tell).hidden = false;
  if (event.target.closest("[data-back]") && history.length > 1) { event.preventDefault(); event.stopPropagation(); history.back(); }
}, true);

function moveCell(event) {
  const cell = event.target.closest("[data-cell]");
  if (!cell && event.target.closest(".pan, .grid, a, button")) return false;
  const first = document.querySelector("[data-cell][aria-current]") || document.querySelector("[data-cell]");
  if (!cell && !first) return false;
  event.preventDefault();
  if (cell) stepCell(cell, event.key); else first.focus();
  return true;
}

function stepCell(cell, key) {
  const row = cell.closest("tr"), at = [...row.querySelectorAll("[data-cell]")].indexOf(cell);
  const rows = [...row.parentElement.rows].filter((each) => each.querySelector("[data-cell]"));
  const line = rows[rows.indexOf(row) + (key === "ArrowDown") - (key === "ArrowUp")] || row;
  const next = line.querySelectorAll("[data-cell]")[at + (key === "ArrowRight") - (key === "ArrowLeft")];
  if (next) next.focus();
}

addEventListener("submit", (event) => {
  const said = event.target.dataset.wait;
  if (!said) return;
  event.target.setAttribute("aria-busy", "true");
  const status = document.querySelector(".said");
  status.replaceChildren(Object.assign(document.createElement("p"), { textContent: said }));
}, true);

function enlarge(pages, how) {
  const pan = pages.querySelector(".pan"), sheet = pages.querySelector(".sheet");
  if (!sheet) return;
  const shown = sheet.getBoundingClientRect().width;
  const x = (pan.scrollLeft + pan.clientWidth / 2) / shown, y = (pan.scrollTop + pan.clientHeight / 2) / shown;
  const wide = how === "fit" ? pan.clientWidth : Math.min(6000, Math.max(200, shown * (how === "in" ? 1.3 : 1 / 1.3)));
  sheet.style.width = `${wide}px`;
  pan.scrollLeft = x * wide - pan.clientWidth / 2;
  pan.scrollTop = y * wide - pan.clientHeight / 2;
}

function showBox(root) {
  for (const pan of root.querySelectorAll(".pan")) {
    const box = pan.querySelector("rect.cell") || pan.querySelector("rect.own") || pan.querySelector("rect");
    if (!box) continue;
    const lit = box.getBoundingClientRect(), seen = pan.getBoundingClientRect();
    pan.scrollTop += lit.top + lit.height / 2 - seen.top - pan.clientHeight / 2;
    pan.scrollLeft += lit.left - seen.left - Math.max(0, (pan.clientWidth - lit.width) / 2);
  }
}

function showCell() {
  const cell = document.querySelector("[data-cell][aria-current]"), pane = cell && cell.closest(".grid");
  if (!pane) return;
  const right = cell.getBoundingClientRect().right - pane.getBoundingClientRect().right;
  if (right > 0) pane.scrollLeft += right + 40;
  pane.scrollTop += cell.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 2;
}

let grip = null;
addEventListener("pointerdown", (event) => {
  const pan = event.target.closest(".pan");
  if (!pan || event.button || event.pointerType === "touch") return;
  grip = { pan, x: event.clientX + pan.scrollLeft, y: event.clientY + pan.scrollTop };
  pan.classList.add("dragged");
});
addEventListener("pointermove", (event) => {
  if (!grip) return;
  event.preventDefault();
  grip.pan.scrollLeft = grip.x - event.clientX;
  grip.pan.scrollTop = grip.y - event.clientY;
});
addEventListener("pointerup", () => {
  if (grip) grip.pan.classList.remove("dragged");
  grip = null;
});

function arrive() {
  showBox(document);
  showCell();
  for (const form of document.querySelectorAll("form[data-ruling]")) choose(form, form.dataset.chosen);
  const start = document.querySelector("[data-start]");
  if (start) focusEnd(start);
  return start;
}

function isScreen(event) {
  return event.detail.target === document.body;
}

function tellEnded(event) {
  const asked = event.detail.requestConfig || {};
  const lost = asked.verb !== "post" ? "" : /\/rule$/.test(asked.path) ? "; this ruling was not saved" : "; this step was not saved";
  const bar = document.querySelector(".ended") || document.body.appendChild(document.createElement("p"));
  bar.className = "ended";
  bar.setAttribute("role", "alert");
  bar.textContent = `The server has ended${lost}. Start doubletake review again, and open the address that it prints.`;
}

document.addEventListener("htmx:beforeRequest", (event) => { if (isScreen(event)) busy = true; });
document.addEventListener("htmx:sendError", (event) => { busy = false; tellEnded(event); });
for (const name of ["htmx:sendAbort", "htmx:timeout", "htmx:swapError"]) document.addEventListener(name, () => { busy = false; });
document.addEventListener("htmx:historyRestore", () => { busy = false; arrive(); });

document.addEventListener("htmx:afterSettle", (event) => {
  if (!isScreen(event)) { showBox(document); return; }
  busy = false;
  if (!arrive()) (document.querySelector("#what") || document.querySelector("main")).focus({ preventScroll: true });
  scrollTo(0, 0);
  const root = document.documentElement;
  root.dataset.screens = Number(root.dataset.screens || 0) + 1;
});
document.addEventListener("DOMContentLoaded", arrive);
