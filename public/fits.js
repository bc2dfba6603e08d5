// Whether the browser can run this site at all. Written so that an old one can read it:
// where a later script cannot even be parsed, this one has run already.
(function () {
  // A stranger's page could lay something over a page in its frame.
  var framed = window.top !== window.self;
  // The youngest of what the program needs; where it is missing, so may others.
  var fits = window.WebAssembly && window.Promise && window.AbortSignal && AbortSignal.timeout;
  if (!framed && fits) return;
  document.documentElement.setAttribute("data-cannot", framed ? "framed" : "old");
})();
