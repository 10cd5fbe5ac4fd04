// Conveniences only: every page works without this file. Words come from the page (#words).
(() => {
  "use strict";

  const words = JSON.parse(document.getElementById("words")?.textContent || "{}");
  const say = (name, values = {}) =>
    (words[name] || "").replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
  const dong = (n) => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ".");
  const announce = (text) => {
    const region = document.getElementById("announcer");
    if (region && region.textContent !== text) region.textContent = text;
  };
  const store = {
    read(key) {
      try {
        return JSON.parse(localStorage.getItem(key));
      } catch {
        return null;
      }
    },
    write(key, value) {
      try {
        localStorage.setItem(key, JSON.stringify(value));
      } catch {
        /* private mode or full: the convenience is lost, nothing else */
      }
    },
    remove(key) {
      try {
        localStorage.removeItem(key);
      } catch {
        /* as above */
      }
    },
  };

  // --- keyboard ---------------------------------------------------------------------------------
  const rows = () => [...document.querySelectorAll("[data-row]")].filter((r) => r.offsetParent);
  const handle = (row) =>
    row.querySelector("[data-open]") || row.querySelector("a, button, input:not([type=hidden])");
  const move = (step) => {
    const all = rows();
    if (!all.length) return;
    const here = all.findIndex((row) => row.contains(document.activeElement));
    const next = here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step;
    const row = all[Math.min(all.length - 1, Math.max(0, next))];
    handle(row)?.focus();
    row.scrollIntoView({ block: "nearest" });
  };
  const pick = () => {
    const row = document.activeElement?.closest("[data-row]");
    row?.querySelector("input[name=pick]")?.click();
  };
  const follow = (selector) => {
    const links = document.querySelectorAll(selector);
    links[links.length - 1]?.click();
    return links.length > 0;
  };
  const typing = (target) =>
    target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

  let prefix = "";
  document.addEventListener("keydown", (event) => {
    if (document.body.dataset.shortcuts !== "on" || document.querySelector("dialog[open]")) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const chord = prefix + event.key;
    prefix = event.key === "g" && prefix === "" ? "g" : "";
    const acts = {
      // a list's own box first, else the one of the masthead
      "/": () => (document.querySelector("main [data-search]") || document.querySelector("[data-search]"))?.focus(),
      j: () => move(1),
      k: () => move(-1),
      x: pick,
      gl: () =>
        follow("[data-list]") ||
        follow(".service-nav a[aria-current]") ||
        document.querySelector(".breadcrumb a")?.click(),
      Escape: () => follow("[data-back]"),
      "?": () => document.getElementById("keys")?.showModal(),
    };
    if (acts[chord]) {
      event.preventDefault();
      acts[chord]();
    }
  });

  // --- groups of the menu: Escape and a click elsewhere fold them -------------------------------
  const unfolded = () => document.querySelector(".service-nav__group[open]");
  document.addEventListener(
    "keydown",
    (event) => {
      const group = event.key === "Escape" && unfolded();
      if (!group) return;
      event.stopImmediatePropagation();
      group.open = false;
      group.querySelector("summary").focus();
    },
    true,
  );
  document.addEventListener("click", (event) => {
    const group = unfolded();
    if (group && !group.contains(event.target)) group.open = false;
  });

  // --- rows picked: count and sum ---------------------------------------------------------------
  const bulk = (form) => {
    const picks = [...form.querySelectorAll("input[name=pick]")];
    if (!picks.length) return;
    const all = form.querySelector("[data-pick-all]");
    const everything = form.querySelector("[data-everything]");
    const out = form.querySelector("[data-bulk-count]");
    const show = () => {
      const chosen = picks.filter((box) => box.checked);
      const whole = everything?.checked;
      const count = whole ? Number(everything.dataset.count) : chosen.length;
      const sum = whole
        ? everything.dataset.amount
        : chosen.reduce((total, box) => total + BigInt(box.dataset.amount || 0), 0n);
      const amount = whole && sum === "" ? "" : ` · ${say("sum", { sum: dong(sum) })}`;
      out.textContent = count ? say("selected", { count: dong(count) }) + amount : say("none");
      announce(out.textContent);
      all.checked = chosen.length === picks.length;
      all.indeterminate = chosen.length > 0 && !all.checked;
    };
    all.hidden = false;
    all.addEventListener("change", () => {
      picks.forEach((box) => (box.checked = all.checked));
      show();
    });
    form.addEventListener("change", (event) => event.target !== all && show());
    out.textContent = say("none");
  };

  // --- columns: chosen ones are remembered, frozen ones measured --------------------------------
  const freeze = (table) => {
    for (const row of table.rows) {
      let left = 0;
      for (const cell of row.cells) {
        if (!cell.classList.contains("cell--frozen")) continue;
        cell.style.setProperty("--left", `${left}px`);
        left += cell.hidden ? 0 : cell.offsetWidth;
      }
    }
  };
  const choose = (section) => {
    const chooser = section.querySelector("[data-chooser]");
    const table = section.querySelector("table");
    if (!chooser || !table) return;
    const key = `columns:${document.body.dataset.user}:${section.dataset.dataTable}`;
    const boxes = [...chooser.querySelectorAll("input")];
    const draw = () => {
      const hidden = new Set(boxes.filter((box) => !box.checked).map((box) => box.value));
      table.querySelectorAll("[data-column]").forEach((cell) => {
        cell.hidden = hidden.has(cell.dataset.column);
      });
      freeze(table);
    };
    const kept = store.read(key);
    if (kept) boxes.forEach((box) => (box.checked = box.disabled || !kept.includes(box.value)));
    chooser.hidden = false;
    draw();
    window.addEventListener("resize", () => freeze(table));
    chooser.addEventListener("change", () => {
      store.write(key, boxes.filter((box) => !box.checked).map((box) => box.value));
      draw();
    });
    chooser.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !chooser.open) return;
      event.stopPropagation();
      chooser.open = false;
      chooser.querySelector("summary").focus();
    });
    document.addEventListener("click", (event) => {
      if (!chooser.contains(event.target)) chooser.open = false;
    });
  };

  // --- forms: warn before leaving, keep drafts --------------------------------------------------
  const values = (form) =>
    [...form.elements]
      .filter((e) => e.name && !["password", "file", "hidden", "submit", "button"].includes(e.type))
      .filter((e) => e.closest("[data-private]") === null)
      .map((e) => [e.name, ["checkbox", "radio"].includes(e.type) ? (e.checked ? e.value : null) : e.value, e]);
  const written = (form) => values(form).map(([name, value]) => [name, value]);
  const guard = (form) => {
    const first = JSON.stringify(written(form));
    let sending = false;
    form.addEventListener("submit", () => (sending = true));
    window.addEventListener("beforeunload", (event) => {
      if (sending || JSON.stringify(written(form)) === first) return;
      event.preventDefault();
      event.returnValue = say("dirty");
    });
  };
  const HOURS = 12;
  const keyOf = (form) => `draft:${document.body.dataset.user}:${form.dataset.draft}`;
  const draft = (form) => {
    const key = keyOf(form);
    const kept = store.read(key);
    const now = JSON.stringify(written(form));
    if (kept && JSON.stringify(kept.values) !== now) offer(form, key, kept);
    let timer = 0;
    const save = (sent) => store.write(key, { at: Date.now(), sent, values: written(form) });
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => save(false), 400);
    });
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      save(true);
    });
  };
  const offer = (form, key, kept) => {
    const note = document.createElement("div");
    note.className = "notice notice--yellow row";
    note.setAttribute("role", "status");
    const text = document.createElement("span");
    text.textContent = say("draft", { time: new Date(kept.at).toLocaleTimeString("vi-VN") });
    const button = (name, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "button button--secondary";
      made.textContent = say(name);
      made.addEventListener("click", () => {
        act();
        note.remove();
      });
      return made;
    };
    const restore = () => {
      const left = [...kept.values];
      for (const [name, , element] of values(form)) {
        const at = left.findIndex(([other]) => other === name);
        if (at < 0) continue;
        const [[, value]] = left.splice(at, 1);
        if (["checkbox", "radio"].includes(element.type)) element.checked = value !== null;
        else element.value = value;
      }
      announce(say("restored"));
      values(form)[0]?.[2].focus();
    };
    note.append(text, button("restore", restore), button("discard", () => store.remove(key)));
    form.before(note);
  };
  const forget = () => {
    // sent drafts go once another page of ours has answered; the sign-in page keeps them, old ones go always
    const kept = new Set([...document.querySelectorAll("form[data-draft]")].map(keyOf));
    const signedIn = document.body.dataset.user !== "";
    for (const key of Object.keys(localStorage).filter((k) => k.startsWith("draft:"))) {
      const found = store.read(key);
      const old = !found || Date.now() - found.at > HOURS * 3600 * 1000;
      if (old || (found.sent && signedIn && !kept.has(key))) store.remove(key);
    }
  };

  // --- start ------------------------------------------------------------------------------------
  const summary = document.querySelector("[data-error-summary]");
  if (summary && !summary.closest("[data-story]")) summary.focus();
  document.querySelectorAll("[data-bulk]").forEach(bulk);
  document.querySelectorAll("[data-data-table]").forEach(choose);
  document.querySelectorAll("form[data-dirty]").forEach(guard);
  document.querySelectorAll("form[data-draft]").forEach(draft);
  try {
    forget();
  } catch {
    /* no storage: nothing to forget */
  }
  // a job that ended has the page drawn anew: its end is said there, once readers listen
  const ended = document.querySelector("main [data-announce]");
  if (ended && !ended.closest("[data-story]")) setTimeout(() => announce(ended.textContent.trim()), 400);
  document.addEventListener("htmx:afterSettle", () => {
    const said = document.querySelector("[data-announce]");
    if (said) announce(said.textContent.trim());
  });
})();
