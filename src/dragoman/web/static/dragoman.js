// What makes the pages quicker to use; every page works without it.
"use strict";

// An event opens over the page; its address still leads to a page of its own.
let over = null;
let opener = null;

function dialog() {
  if (over) return over;
  over = document.createElement("dialog");
  over.className = "over";
  over.setAttribute("aria-label", "Event");
  const bar = document.createElement("div");
  bar.className = "over-bar";
  const page = document.createElement("a");
  page.textContent = "Open as a page";
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => over.close());
  bar.append(page, close);
  const place = document.createElement("div");
  over.append(bar, place);
  over.page = page;
  over.place = place;
  over.addEventListener("click", (e) => { if (e.target === over) over.close(); });
  over.addEventListener("close", () => { if (opener) opener.focus(); });
  document.body.append(over);
  return over;
}

function addressOf(link) {  // in a drawing it is an object
  return link.href.baseVal || link.href;
}

async function open(link) {
  const answer = await fetch(addressOf(link), { credentials: "same-origin" });
  const there = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-part]");
  if (!answer.ok || !there) { location.href = addressOf(link); return; }
  const box = dialog();
  opener = link;
  box.page.href = addressOf(link);
  box.place.replaceChildren(document.importNode(there, true));
  if (!box.open) box.showModal();
  box.scrollTop = 0;
}

document.addEventListener("click", (e) => {
  const link = e.target.closest && e.target.closest("a.opens");
  if (!link || e.button || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
  e.preventDefault();
  open(link).catch(() => { location.href = addressOf(link); });
});

// j and k go from line to line, / to the search field.
document.addEventListener("keydown", (e) => {
  if (e.metaKey || e.ctrlKey || e.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName)) return;
  if (e.key === "/") {
    const field = document.querySelector("input[type=search]");
    if (!field) return;
    const hidden = field.closest("details");
    if (hidden) hidden.open = true;
    field.focus();
    e.preventDefault();
  } else if (e.key === "j" || e.key === "k") {
    const links = [...document.querySelectorAll("main a.opens")];
    const at = over && over.open ? links.indexOf(opener) : links.indexOf(document.activeElement);
    const next = links[at + (e.key === "j" ? 1 : -1)];
    if (!next) return;
    if (over && over.open) open(next).catch(() => {});
    else next.focus();
  }
});

// Side by side: a sentence lights up with those that correspond to it.
function light(sentence, on) {
  for (const mark of [sentence.id, ...sentence.dataset.links.split(" ")]) {
    const there = document.getElementById(mark);
    if (there) there.classList.toggle("lit", on);
  }
}
for (const sentence of document.querySelectorAll("[data-links]")) {
  for (const [name, on] of [["mouseenter", true], ["focus", true], ["mouseleave", false], ["blur", false]]) {
    sentence.addEventListener(name, () => light(sentence, on));
  }
}

// Files dropped anywhere on the page with the field for files go into it.
const drop = document.querySelector("form.drop");
if (drop) {
  const field = drop.querySelector("input[type=file]");
  document.addEventListener("dragover", (e) => { e.preventDefault(); drop.classList.add("over-it"); });
  document.addEventListener("dragleave", (e) => { if (!e.relatedTarget) drop.classList.remove("over-it"); });
  document.addEventListener("drop", (e) => {
    e.preventDefault();
    drop.classList.remove("over-it");
    if (e.dataTransfer.files.length) field.files = e.dataTransfer.files;
    else if (e.dataTransfer.getData("text")) drop.elements.text.value = e.dataTransfer.getData("text");
  });
}
