// Looking through a document: sources light up, edits are kept by themselves, everything goes by keyboard.
// Without it the page is a plain form with links to the sentences.
(function () {
  "use strict";
  const review = document.querySelector("[data-review]");
  if (!review) return;
  const texts = review.querySelector(".texts");
  const form = review.querySelector(".record");
  const told = document.querySelector("[data-told]");
  const note = review.querySelector("[data-mend-told]");
  const mayEdit = form.hasAttribute("data-review-save");

  function all(selector, root) { return Array.from((root || review).querySelectorAll(selector)); }
  function clear(root, name) { all("." + name, root).forEach(function (one) { one.classList.remove(name); }); }
  function show(element) {
    const folded = element.closest("details.left-out-raw:not([open])");
    if (folded) folded.open = true;
    const box = element.closest(".texts, .record");
    if (getComputedStyle(box).overflowY !== "auto") return;
    const frame = box.getBoundingClientRect(), place = element.getBoundingClientRect();
    if (place.top < frame.top + 48 || place.bottom > frame.bottom - 12) {
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      box.scrollTo({ top: box.scrollTop + place.top - frame.top - frame.height / 3, behavior: calm ? "auto" : "smooth" });
    }
  }

  // An entry pointed at or focused lights up its source.
  function light(holder, scroll) {
    clear(texts, "lit");
    clear(form, "here");
    if (!holder) return;
    holder.classList.add("here");
    const pieces = all('[data-drawn~="' + CSS.escape(holder.dataset.entry) + '"]', texts);
    pieces.forEach(function (piece) { piece.classList.add("lit"); });
    if (scroll && pieces.length) show(pieces[0]);
  }
  let resting = 0;
  form.addEventListener("pointerover", function (event) {
    if (event.pointerType === "touch") return;
    const holder = event.target.closest("[data-entry]");
    clearTimeout(resting);
    if (holder) resting = setTimeout(light, 90, holder, true);
  });
  form.addEventListener("focusin", function (event) {
    const holder = event.target.closest("[data-entry]");
    if (holder) light(holder, true);
    const fix = event.target.closest("[data-fix]");
    if (fix) tell(fix.dataset.fix, true);
  });

  // A sentence pressed leads to what was drawn from it.
  texts.addEventListener("click", function (event) {
    const piece = event.target.closest("[data-drawn]");
    if (!piece || String(getSelection())) return;
    const keys = piece.dataset.drawn.split(" ");
    const holder = form.querySelector('[data-entry="' + CSS.escape(keys[keys.length - 1]) + '"]');
    if (!holder) return;
    const folded = holder.closest("details:not([open])");
    if (folded && folded !== holder.firstElementChild) folded.open = true;
    light(holder, false);
    show(holder);
    const target = holder.querySelector("summary, .control");
    if (target) target.focus({ preventScroll: true });
  });

  // Repairs tell what was done, on both sides.
  let current = -1;
  function tell(number, scroll) {
    clear(texts, "lit");
    const marks = all('[data-mend="' + CSS.escape(String(number)) + '"]', texts);
    if (!marks.length) { note.hidden = true; return; }
    marks.forEach(function (mark) { mark.classList.add("lit"); });
    const raw = marks.find(function (mark) { return mark.classList.contains("mend-raw"); });
    const clean = marks.filter(function (mark) { return !mark.classList.contains("mend-raw"); });
    note.textContent = marks[0].title;
    const before = raw ? raw.textContent.trim() : "", after = clean.map(function (mark) { return mark.textContent; }).join("");
    if (before && before !== after) {
      note.append("：", Object.assign(document.createElement("del"), { textContent: before.slice(0, 60) }));
      if (after) note.append(" → ", Object.assign(document.createElement("ins"), { textContent: after.slice(0, 60) }));
    }
    note.hidden = false;
    if (scroll) show(clean[0] || marks[0]);
  }
  texts.addEventListener("pointerover", function (event) {
    const mark = event.target.closest("[data-mend]");
    if (mark) tell(mark.dataset.mend, false);
    else if (!note.hidden) { note.hidden = true; clear(texts, "lit"); }
  });
  texts.addEventListener("pointerleave", function () { note.hidden = true; clear(texts, "lit"); });
  function walk(step) {
    const numbers = all("[data-mend]", texts).map(function (mark) { return Number(mark.dataset.mend); });
    const order = Array.from(new Set(numbers)).sort(function (a, b) { return a - b; });
    if (!order.length) return;
    const at = order.indexOf(current);
    current = order[(at + step + (at < 0 && step < 0 ? 1 : 0) + order.length) % order.length];
    tell(current, true);
  }

  // Keys.
  function rows() { return all(".thing > details > summary, .entry-new > summary", form).filter(function (one) { return one.offsetParent; }); }
  function here() {
    const holder = document.activeElement.closest && document.activeElement.closest(".thing, .entry-new");
    return holder && form.contains(holder) ? holder : form.querySelector(".thing.here");
  }
  function move(step) {
    const list = rows(), holder = here();
    const at = holder ? list.findIndex(function (one) { return holder.contains(one); }) : -1;
    const next = list[Math.min(Math.max(at + step, 0), list.length - 1)];
    if (next) { next.focus({ preventScroll: true }); show(next); }
  }
  function edit(holder) {
    const details = holder.matches("details") ? holder : holder.querySelector("details");
    details.open = true;
    const first = details.querySelector(".control");
    if (first) first.focus();
  }
  function add() {
    const holder = here();
    const part = holder ? holder.closest(".part") : form.querySelector("#tasks");
    const news = all(".entry-new", part);
    if (news.length) { edit(news[news.length - 1]); show(news[news.length - 1]); }
  }
  const keys = {
    j: function () { move(1); },
    k: function () { move(-1); },
    e: function () { const holder = here(); if (holder) edit(holder); },
    x: function () { toggle(here()); },
    t: function () { turn(here()); },
    a: add,
    n: function () { walk(1); },
    p: function () { walk(-1); },
    s: function () { keep(); },
  };
  function toggle(holder) {
    const box = holder && holder.querySelector(".entry-drop input");
    if (!box || box.matches(":disabled")) return;
    box.checked = !box.checked;
    changed();
  }
  function turn(holder) {
    const choice = holder && holder.querySelector('select[name$="-kind"]');
    if (!choice || choice.options.length !== 2 || choice.matches(":disabled")) return;
    choice.selectedIndex = 1 - choice.selectedIndex;
    say("已改作“" + choice.selectedOptions[0].text + "”", false);
    changed();
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (event.key === "Escape" && typing) {
      const holder = typing.closest(".thing, .entry-new");
      if (holder) { (holder.matches("details") ? holder : holder.querySelector("details")).open = false; holder.querySelector("summary").focus(); }
      else if (form.contains(typing)) { typing.blur(); }
      return;
    }
    if (typing || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  // Edits are kept by themselves.
  function say(words, bad) {
    if (!told) return;
    told.textContent = words;
    told.classList.toggle("bad", bad);
  }
  if (!mayEdit) return;
  let timer = 0, running = null, dirty = false, stopped = false;
  function changed() {
    dirty = true;
    if (stopped) return;
    say("有未保存的修改", false);
    clearTimeout(timer);
    timer = setTimeout(keep, 1200);
  }
  function rename(lead, id) {
    all('[name^="' + lead + '-"]', form).forEach(function (field) { field.name = id + field.name.slice(lead.length); });
    const holder = form.querySelector('[data-lead="' + lead + '"]');
    if (!holder) return;
    const sort = holder.dataset.new, fresh = holder.cloneNode(true);
    const shown = Object.assign(document.createElement("input"), { type: "hidden", name: id + "-shown", value: "1" });
    holder.append(shown);
    holder.removeAttribute("data-lead");
    holder.dataset.entry = id;
    holder.querySelector("summary").textContent = "新补：" + (holder.querySelector(".control").value || "").slice(0, 40);
    counter += 1;
    fresh.open = false;
    fresh.dataset.lead = "new-" + sort + "-" + counter;
    all(".control", fresh).forEach(function (field) {
      field.name = fresh.dataset.lead + field.name.slice(id.length);
      if (field.matches("input, textarea")) field.value = "";
    });
    holder.after(fresh);
  }
  let counter = 0;
  function absorb(answer) {
    form.elements.version.value = answer.version;
    Object.entries(answer.added).forEach(function (pair) { rename(pair[0], pair[1]); });
    Object.entries(answer.set).forEach(function (pair) {
      const field = form.elements[pair[0]];
      if (field) { field.value = pair[1]; mirror(field); }
    });
    say("已保存 " + answer.at + (answer.missing ? "，入库前还有 " + answer.missing + " 处要补" : ""), false);
  }
  async function send() {
    dirty = false;
    say("正在保存…", false);
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Autosave": "1" }, credentials: "same-origin" });
      const body = await answer.json();
      if (answer.ok) return absorb(body);
      dirty = true;
      if (body.compare) { stopped = true; offer(body); }
      else say(body.message, true);
    } catch (failure) {
      dirty = true;
      say("没有保存上，稍后再试；请勿关闭本页", true);
      clearTimeout(timer);
      timer = setTimeout(keep, 8000);
    }
  }
  function offer(body) {
    say(body.message + " ", true);
    told.append(Object.assign(document.createElement("a"), { href: body.compare, textContent: "比较两份" }));
    dirty = false;
  }
  async function keep() {
    clearTimeout(timer);
    if (stopped) return;
    if (running) { await running; if (!dirty) return; }
    running = send();
    await running;
    running = null;
  }
  function mirror(field) {
    if (!field.hasAttribute("data-mirror")) return;
    const text = field.closest(".thing").querySelector(".entry-text");
    text.textContent = field.value;
  }
  function settle(field) {
    all('.texts [data-mend="' + CSS.escape(field.dataset.fix) + '"]:not(.mend-raw)').forEach(function (mark, index) {
      if (!mark.dataset.was) mark.dataset.was = mark.textContent;
      mark.textContent = index ? "" : field.value || mark.dataset.was;
      mark.classList.toggle("mend-settled", Boolean(field.value));
    });
    const fields = all("[data-fix]", form), settled = fields.filter(function (one) { return one.value; }).length;
    const count = document.querySelector("#doubts-title .count");
    if (count) count.textContent = settled + " / " + fields.length;
  }
  form.addEventListener("input", function (event) {
    mirror(event.target);
    if (event.target.dataset.fix) settle(event.target);
    changed();
  });
  form.addEventListener("change", changed);
  window.addEventListener("beforeunload", function (event) { if (dirty && !form.dataset.sent) event.preventDefault(); });
  form.addEventListener("submit", function () { clearTimeout(timer); dirty = false; });
})();
