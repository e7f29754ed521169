"use strict";
// Keys press the button or link that names them; the page is zoomed and dragged; what a screen lights up is shown.

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  return [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key === event.key) || null;
}

function isTyped(event) {
  return event.target.closest("input, textarea, select");
}

function explainAnew(button) {
  const form = button.closest("form[data-suggested]");
  const why = form && form.elements.why;
  if (!why || why.value.trim() !== form.dataset.suggested.trim()) return false;
  why.value = "";
  why.dataset.says = "explained";
  why.placeholder = "Why is this no error? Ctrl Enter sends it as explained";
  why.focus();
  return true;
}

function send(field) {
  const says = field.dataset.says || "paper_error";
  const button = field.form.querySelector(`button[value="${says}"]`) || field.form.querySelector("button:not([type=button])");
  button.click();
}

addEventListener("keydown", (event) => {
  const field = isTyped(event);
  if (field) {
    if (event.key === "Escape") field.blur();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && field.form) { event.preventDefault(); send(field); }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const wanted = document.querySelector(`[data-focus-key="${CSS.escape(event.key)}"]`);
  if (wanted) { event.preventDefault(); wanted.focus(); if (wanted.select) wanted.select(); return; }
  const cell = event.target.closest("[data-cell]");
  if (cell && event.key.startsWith("Arrow")) { event.preventDefault(); stepCell(cell, event.key); return; }
  if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
  const button = pressed(event);
  if (button) { event.preventDefault(); button.click(); }
});

addEventListener("click", (event) => {
  const zoom = event.target.closest("[data-zoom]");
  if (zoom) return enlarge(zoom.closest(".pages"), zoom.dataset.zoom);
  const says = event.target.closest("button[value=explained]");
  if (says && explainAnew(says)) { event.preventDefault(); event.stopPropagation(); }
}, true);

function stepCell(cell, key) {
  const row = cell.closest("tr"), at = [...row.querySelectorAll("[data-cell]")].indexOf(cell);
  const line = { ArrowUp: row.previousElementSibling, ArrowDown: row.nextElementSibling }[key] || row;
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

document.addEventListener("htmx:afterSettle", (event) => {
  showBox(document);
  showCell();
  if (event.detail.target === document.body) {
    const start = document.querySelector("[data-start]") || document.querySelector("#what") || document.querySelector("main");
    start.focus({ preventScroll: true });
    scrollTo(0, 0);
    const root = document.documentElement;
    root.dataset.screens = Number(root.dataset.screens || 0) + 1;
  }
});
document.addEventListener("DOMContentLoaded", () => {
  showBox(document);
  showCell();
  const start = document.querySelector("[data-start]");
  if (start) start.focus({ preventScroll: true });
});
