// Conveniences of the typed list: rows without a round trip, moving by row, pasting from a spreadsheet.
(() => {
  "use strict";
  const form = document.querySelector("[data-grid]");
  if (!form) return;
  const body = form.querySelector("tbody");
  const count = form.querySelector("[data-grid-count]");
  const MOST = 200;
  const rows = () => [...body.querySelectorAll("[data-grid-row]")];
  const boxes = (row) => [...row.querySelectorAll("td input")];

  const add = (many) => {
    const last = rows().at(-1);
    for (let step = 0; step < many && rows().length < MOST; step += 1) {
      const at = rows().length;
      const made = last.cloneNode(true);
      made.querySelectorAll(".field__error").forEach((note) => note.remove());
      made.querySelector("th").textContent = String(at + 1);
      made.querySelectorAll(".grid__wrong").forEach((cell) => cell.classList.remove("grid__wrong"));
      for (const box of boxes(made)) {
        box.name = box.id = box.name.replace(/^r\d+-/, `r${at}-`);
        box.value = "";
        box.removeAttribute("aria-invalid");
        box.removeAttribute("aria-describedby");
        box.setAttribute("aria-label", box.getAttribute("aria-label").replace(/\d+/, String(at + 1)));
      }
      const remove = made.querySelector("button");
      remove.value = `remove:${at}`;
      remove.setAttribute("aria-label", remove.getAttribute("aria-label").replace(/\d+/, String(at + 1)));
      body.append(made);
    }
    count.value = String(rows().length);
  };

  // a draft kept in this browser may hold more rows than the page: make room before it is offered
  try {
    const key = `draft:${document.body.dataset.user}:${form.dataset.draft}`;
    const kept = JSON.parse(localStorage.getItem(key))?.values || [];
    const places = kept.filter(([, value]) => value).map(([name]) => /^r(\d+)-/.exec(name));
    const last = Math.max(-1, ...places.filter(Boolean).map((found) => Number(found[1])));
    if (last >= rows().length) add(last + 1 - rows().length);
  } catch {
    /* no storage: nothing kept */
  }

  form.querySelector("[data-grid-add]").addEventListener("click", (event) => {
    event.preventDefault();
    const first = rows().length;
    add(5);
    boxes(rows()[Math.min(first, rows().length - 1)])[0].focus();
  });

  body.addEventListener("keydown", (event) => {
    const box = event.target.closest("td input");
    if (!box || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1, Enter: 1 }[event.key];
    if (!step || (box.list && event.key !== "Enter")) return;
    event.preventDefault();
    const all = rows();
    const here = all.indexOf(box.closest("tr"));
    const place = boxes(all[here]).indexOf(box);
    if (event.key === "Enter" && here === all.length - 1) add(1);
    const next = rows()[here + step];
    if (next) boxes(next)[place].focus();
  });

  body.addEventListener("paste", (event) => {
    const box = event.target.closest("td input");
    const text = event.clipboardData?.getData("text/plain") || "";
    if (!box || !/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    const lines = text.replace(/\r/g, "").replace(/\n$/, "").split("\n");
    const here = rows().indexOf(box.closest("tr"));
    const place = boxes(rows()[here]).indexOf(box);
    if (here + lines.length > rows().length) add(here + lines.length - rows().length);
    lines.forEach((line, down) => {
      const row = rows()[here + down];
      if (!row) return;
      line.split("\t").forEach((value, across) => {
        const target = boxes(row)[place + across];
        if (target) target.value = value.trim();
      });
    });
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
