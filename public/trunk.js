// Starts a program as Trunk leaves it. What xtask builds has no such file.
import { boot } from "./boot.js";

const { js, wasm } = document.querySelector("script[data-wasm]").dataset;
const at = (path) => new URL(path, document.baseURI).href;
boot(() => [import(at(js)), at(wasm)]);
