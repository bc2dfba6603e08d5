const at = (path) => new URL(path, document.baseURI);
// Where each part is, and what its bytes have to be. It is asked for again where it did not come.
let list;
const places = () => {
    list ??= fetch(at("{list}"), { integrity: "{integrity}" }).then((answer) => answer.text());
    list.catch(() => (list = undefined));
    return list;
};
// What the page needs at once is on its way.
const taken = (stem) => {
    const path = Object.keys(early).find((path) => path.startsWith(`assets/${stem}-`));
    const answer = early[path];
    delete early[path];
    return answer;
};
const asked = async (stem) => {
    const place = new RegExp(`^${stem} (.*)#(.*)$`, "m").exec(await places());
    const [, path, integrity] = place ?? [];
    return fetch(at(path), { integrity });
};
const fetchPart = (stem) => () => {
    const src = taken(stem) ?? asked(stem);
    src.catch(() => {});
    return async (imports) => WebAssembly.instantiate(await (await src).arrayBuffer(), imports);
};
