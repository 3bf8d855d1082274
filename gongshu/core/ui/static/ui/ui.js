// Makes pages quicker and safer to use; every page works without it.
(function () {
  "use strict";
  document.documentElement.classList.add("script");

  function each(selector, root, act) {
    (root || document).querySelectorAll(selector).forEach(act);
  }

  // The left menu on a phone.
  document.addEventListener("click", function (event) {
    const toggle = event.target.closest("[data-menu-toggle]");
    if (!toggle) return;
    event.preventDefault();
    const open = document.body.classList.toggle("menu-shown");
    toggle.setAttribute("aria-expanded", String(open));
  });

  // What narrows a list stands folded on a phone.
  const phone = window.matchMedia("(max-width: 640px)");
  function foldAsks() {
    each("details[data-asks]", null, function (asks) { asks.open = !phone.matches; });
  }
  phone.addEventListener("change", foldAsks);
  foldAsks();

  // Drop-downs close when one clicks elsewhere or presses Escape.
  document.addEventListener("click", function (event) {
    each("details.drop[open], details.confirm[open]", null, function (drop) {
      if (!drop.contains(event.target)) drop.open = false;
    });
  });

  // A form is sent once, however often its button is pressed.
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    form.setAttribute("aria-busy", "true");
    setTimeout(release, 15000); // an answer that is a download leaves the page where it is
  });
  window.addEventListener("pageshow", release);
  document.addEventListener("htmx:afterRequest", release);
  function release() {
    each("form[data-sent]", null, function (form) {
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
    });
  }

  // Bulk actions say how many rows are ticked.
  function count(form) {
    const boxes = form.querySelectorAll('input[name="rows"]');
    const ticked = form.querySelectorAll('input[name="rows"]:checked').length;
    const every = form.querySelector('input[name="all"]');
    const told = form.querySelector("[data-bulk-told]");
    told.textContent = every && every.checked ? "已选全部" : ticked ? "已选 " + ticked + " 条" : "勾选后可一并办理";
    const head = form.querySelector("[data-bulk-all]");
    head.checked = ticked > 0 && ticked === boxes.length;
    head.indeterminate = ticked > 0 && ticked < boxes.length;
  }
  document.addEventListener("change", function (event) {
    const form = event.target.closest("form[data-bulk]");
    if (!form) return;
    if (event.target.matches("[data-bulk-all]")) {
      each('input[name="rows"]', form, function (box) { box.checked = event.target.checked; });
    }
    count(form);
  });

  // Files may be dropped on their field, and the field says what it holds.
  function size(bytes) {
    return bytes < 1048576 ? Math.ceil(bytes / 1024) + " KB" : (bytes / 1048576).toFixed(1) + " MB";
  }
  function tellFiles(drop) {
    const files = Array.from(drop.querySelector('input[type="file"]').files);
    if (files.length === 0) return;
    const told = drop.querySelector("[data-file-told]");
    told.classList.add("file-chosen");
    told.textContent = files.map(function (file) {
      return file.name + "（" + size(file.size) + "）";
    }).join("、");
  }
  document.addEventListener("change", function (event) {
    const drop = event.target.closest("[data-file-drop]");
    if (drop) tellFiles(drop);
  });
  ["dragover", "dragleave", "drop"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      const drop = event.target.closest && event.target.closest("[data-file-drop]");
      if (!drop) return;
      event.preventDefault();
      drop.classList.toggle("file-over", kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files.length) {
        drop.querySelector('input[type="file"]').files = event.dataTransfer.files;
        tellFiles(drop);
      }
    });
  });

  // Long forms keep a draft: posted two seconds after the last change.
  const waiting = new WeakMap();
  async function keep(form) {
    const told = form.querySelector("[data-autosave-told]");
    const body = new FormData(form);
    Array.from(body.entries()).forEach(function (pair) {
      if (pair[1] instanceof File) body.delete(pair[0]);
    });
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: body, headers: { "X-Autosave": "1" }, credentials: "same-origin" });
      if (answer.status === 401) {
        told.textContent = (await answer.json()).message;
        return;
      }
      const now = new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
      told.textContent = answer.ok && !answer.redirected ? "已保存草稿 " + now : "草稿没有保存上，请勿关闭本页";
    } catch (failure) {
      told.textContent = "网络不通，草稿没有保存上";
    }
  }
  document.addEventListener("input", function (event) {
    const form = event.target.closest("form[data-autosave]");
    if (!form) return;
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(keep, 2000, form));
  });

  // Typing is use: the session does not end under a long form.
  let told = Date.now();
  document.addEventListener("input", function () {
    const alive = document.body.dataset.alive;
    if (!alive || Date.now() - told < 240000) return;
    told = Date.now();
    fetch(alive, { credentials: "same-origin" }).catch(function () { told = 0; });
  });

  // Keys: an element with data-key="n" is followed, or focused, when n is pressed outside a field.
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      each("details.drop[open], details.confirm[open]", null, function (drop) {
        drop.open = false;
        drop.querySelector("summary").focus();
      });
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const target = document.querySelector('[data-key="' + CSS.escape(event.key) + '"]');
    if (!target) return;
    event.preventDefault();
    if (target.matches("a, button, summary")) target.click();
    else target.focus();
  });

  // A summary of errors is read first.
  each("[data-focus]", null, function (element) { element.focus(); });
})();
