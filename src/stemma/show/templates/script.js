(function () {
  "use strict";
  // Evidence may run over several marked segments, and :target reaches only the first.
  function light() {
    document.querySelectorAll(".lit").forEach(function (e) { e.classList.remove("lit"); });
    var first = location.hash && document.getElementById(location.hash.slice(1));
    if (!first || !first.classList.contains("s")) { return; }
    var all = Array.from(first.closest(".text").querySelectorAll(".s"));
    var left = Number(first.dataset.n);
    for (var i = all.indexOf(first); left > 0 && i < all.length; i += 1) {
      all[i].classList.add("lit");
      left -= Array.from(all[i].textContent).length;
    }
  }
  // A witness of the drawing leads to its line in the list, which opens to the signs of its edges.
  function open() {
    var row = location.hash && document.getElementById(location.hash.slice(1));
    if (!row || !row.matches(".witnesses>li")) { return; }
    row.querySelectorAll("details").forEach(function (e) { e.open = true; });
  }
  document.querySelectorAll("svg.stemma [data-to]").forEach(function (e) {
    e.addEventListener("click", function () {
      location.hash = e.dataset.to;
      open();
    });
  });
  addEventListener("hashchange", light);
  addEventListener("hashchange", open);
  light();
  open();
  addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (e) { e.open = true; });
  });
})();
