// Whatever becomes HTML passes here. It is made of texts that were escaped before; should one
// ever not be, nothing of it is shown.
globalThis.trustedTypes?.createPolicy("default", {
  createHTML: (html) => {
    const runs = /<(script|iframe|object|embed|base|meta)\b|<[^>]*([\s"'/]on\w+\s*=|script:)/i;
    return runs.test(html) ? "" : html;
  },
});
