// An OpenID provider that takes any name and any password.
//
//   node provider.mjs <folder of oidc-provider> <client as JSON>
//
// It listens on loopback, and says where once it does.

import { createRequire } from "node:module";
import { createServer } from "node:http";
import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, client] = process.argv.slice(2);
const main = createRequire(join(folder, "package.json")).resolve("oidc-provider");
const { default: Provider } = await import(pathToFileURL(main));

// The address of the issuer has its port in it, so that one comes first.
const server = createServer().listen(0, "127.0.0.1");
await once(server, "listening");
const issuer = `http://127.0.0.1:${server.address().port}`;
const provider = new Provider(issuer, { clients: [JSON.parse(client)] });

// Its pages want a font from the internet.
provider.use((ctx, next) => {
  ctx.set("Content-Security-Policy", "default-src 'self' 'unsafe-inline'");
  return next();
});
server.on("request", provider.callback());
console.log(`Issuer: ${issuer}`);
