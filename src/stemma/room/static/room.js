(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("has-script");

  // Times in the reader's own zone, beside what the page itself prints.
  function tellTimes(within) {
    within.querySelectorAll("time[datetime]").forEach(function (e) {
      var printed = e.getAttribute("datetime");
      if (e.dataset.told || !/T.*(Z|[+-]\d\d:?\d\d)$/.test(printed)) { return; }
      e.dataset.told = "1";
      var moment = new Date(printed);
      // Where both clocks show the same there is nothing to add.
      var here = moment.toTimeString().slice(0, 5);
      if (isNaN(moment) || printed.slice(11, 16) === here) { return; }
      var local = document.createElement("span");
      local.className = "local";
      local.textContent = "(" + moment.toLocaleString(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }) + " your time)";
      e.after(local);
    });
  }

  // The layers of a report: the boxes change the text at once, and the address with it.
  document.querySelectorAll("form[data-layers]").forEach(function (form) {
    var reading = document.getElementById("reading");
    form.addEventListener("change", function () {
      var address = new URL(location.href);
      address.searchParams.delete("layer");
      form.querySelectorAll("input[name=layer]").forEach(function (box) {
        reading.classList.toggle("show-" + box.value, box.checked);
        if (box.checked) { address.searchParams.append("layer", box.value); }
      });
      history.replaceState(null, "", address);
    });
  });

  // A list or a day that is chosen counts at once; words when they are sent. What is empty does not stand in the address.
  document.querySelectorAll("form[data-at-once]").forEach(function (form) {
    form.addEventListener("change", function (event) {
      if (event.target.type !== "search") { form.requestSubmit(); }
    });
    form.addEventListener("htmx:configRequest", function (event) {
      Array.from(form.elements).forEach(function (e) {
        if (e.name && !e.value) { delete event.detail.parameters[e.name]; }
      });
    });
  });

  // Pages that are being added: how far it has come; when it has ended, the page tells the rest.
  document.querySelectorAll("[data-follow]").forEach(function (e) {
    if (!e.dataset.follow) { return; }
    var events = new EventSource(e.dataset.follow);
    events.onmessage = function (event) {
      var now = JSON.parse(event.data);
      if (!now.running) { events.close(); location.reload(); return; }
      e.querySelector("[data-stage]").textContent = now.stage;
      e.querySelector("[data-count]").textContent = now.total ? now.done + " of " + now.total : "";
      var bar = e.querySelector("progress");
      bar.max = now.total || 1;
      if (now.total) { bar.value = now.done; } else { bar.removeAttribute("value"); }
    };
  });

  // Files that are dropped: pages go into the list of files, a draft is read as it was chosen.
  document.querySelectorAll(".drop").forEach(function (e) {
    e.addEventListener("dragover", function (event) { event.preventDefault(); e.classList.add("over"); });
    e.addEventListener("dragleave", function () { e.classList.remove("over"); });
    e.addEventListener("drop", function (event) {
      if (!event.dataTransfer.files.length) { return; }
      event.preventDefault();
      e.classList.remove("over");
      e.closest("form").querySelector("input[type=file]").files = event.dataTransfer.files;
    });
  });

  function open() {
    var at = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var e = at; e; e = e.parentElement) { if (e.tagName === "DETAILS") { e.open = true; } }
    if (at && at.matches("input[type=search]")) { at.focus(); }
  }
  addEventListener("hashchange", open);
  addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (e) { e.open = true; });
  });
  // Keys: from one thing to the next.
  function items() {
    return Array.from(document.querySelectorAll("[data-item]")).filter(function (e) { return e.getClientRects().length; });
  }
  function here() { return document.querySelector("[data-item].here"); }
  function move(step) {
    var all = items();
    if (!all.length) { return; }
    var at = all.indexOf(here());
    var next = at < 0 ? all[0] : all[Math.max(0, Math.min(all.length - 1, at + step))];
    all.forEach(function (e) { e.classList.toggle("here", e === next); });
    var target = next.querySelector("a, summary, button") || next;
    if (target === next) { next.tabIndex = -1; }
    target.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
  }
  // What is judged by key is the thing that was gone to, or the one that holds the focus.
  function held() {
    var at = document.activeElement && document.activeElement.closest("[data-item]");
    return here() || at || document.querySelector("main > [data-item]");
  }
  function form() {
    var item = held();
    return item && item.querySelector(".judge form");
  }
  function verdict(value) {
    var to = form();
    var button = to && to.querySelector("button[value=" + value + "]");
    if (button) { button.form.closest("details").open = true; button.form.requestSubmit(button); }
  }
  // What is wrong is asked for its reason; Enter in the field sends both, and never the verdict of another button.
  function ask() {
    var to = form();
    var field = to && to.querySelector("button[value=wrong]") && to.querySelector(".note-field");
    if (!field) { return; }
    ask.form = to;
    to.closest("details").open = true;
    field.placeholder = "Why is it wrong? Enter rejects it";
    field.focus();
  }
  document.addEventListener("keydown", function (event) {
    var field = event.target.closest(".judge .why");
    if (!field) { return; }
    if (event.key === "Escape") { ask.form = null; field.placeholder = ""; field.blur(); }
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) { return; }
    event.preventDefault();
    if (ask.form === field.form) {
      field.form.requestSubmit(field.form.querySelector("button[value=wrong]"));
    } else {
      field.form.querySelector("button[name=verdict]").focus();
    }
  });
  var help = document.getElementById("help");
  var switched = help.querySelector("[data-keys]");
  try { switched.checked = localStorage.getItem("stemma-keys") !== "off"; } catch (error) { switched.checked = true; }
  switched.addEventListener("change", function () {
    try { localStorage.setItem("stemma-keys", switched.checked ? "on" : "off"); } catch (error) { /* private window */ }
  });
  document.querySelectorAll("[data-help]").forEach(function (e) {
    e.hidden = false;
    e.addEventListener("click", function () { help.showModal(); });
  });
  // Working a story out anew can take a while: a form is sent once.
  document.addEventListener("submit", function (event) {
    if (event.target.method !== "post") { return; }
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    event.target.dataset.sent = "1";
    event.target.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (e) { delete e.dataset.sent; e.removeAttribute("aria-busy"); });
  });

  var KEYS = {
    a: function () { verdict("right"); },
    x: ask,
    n: function () {
      ask.form = null;
      var item = held();
      var field = (item && item.querySelector(".note-field")) || document.querySelector(".notes .note-field");
      if (field) { field.closest("details").open = true; field.focus(); }
    },
    u: function () {
      var back = document.querySelector("form.done");
      if (back) { back.requestSubmit(); }
    },
    "?": function () { help.showModal(); },
    j: function () { move(1); },
    k: function () { move(-1); },
    "/": function () {
      var field = document.querySelector("input[type=search]");
      if (field) { field.focus(); } else { location.href = "/#q"; }
    }
  };
  addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog")) { return; }
    if (KEYS[event.key] && (switched.checked || event.key === "?")) {
      event.preventDefault();
      KEYS[event.key]();
    }
  });

  document.addEventListener("htmx:load", function (event) { tellTimes(event.target); });
  tellTimes(document);
  open();
})();
