// Prepares an account with a client library that people use, and writes what it
// made to standard output.
//
//   node prepare.mjs <folder of matrix-js-sdk> <order as JSON>
//
// The devices stay signed in: nobody logs out when their client is stopped.

import { webcrypto } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";

const [folder, order] = process.argv.slice(2);
const { homeserver, kind, user, password } = JSON.parse(order);

// Standard output is for the result, and standard error for what went wrong.
for (const level of ["debug", "info", "log"]) console[level] = () => {};

// What the library expects of Node.js 22, for those of Debian, which are older.
globalThis.crypto ??= webcrypto;
Promise.withResolvers ??= function withResolvers() {
  const result = {};
  result.promise = new this((resolve, reject) => Object.assign(result, { resolve, reject }));
  return result;
};

const main = createRequire(join(folder, "package.json")).resolve("matrix-js-sdk");
const { createClient } = await import(pathToFileURL(main));
const { RustBackupManager } = await import(new URL("rust-crypto/backup.js", pathToFileURL(main)));
// Clients wait for up to ten seconds with it, so that not all of them come at once.
RustBackupManager.maxBackupLoopStartDelayMillis = 0;

const PASSPHRASE = "correct horse battery staple";
const identifier = { type: "m.id.user", user };
const uploadKeys = (upload) => upload({ type: "m.login.password", identifier, password });

const kinds = {
  byPassphrase: () => complete(PASSPHRASE),

  byKey: () => complete(),

  async backupWithoutStorage() {
    const desktop = await signIn("Element Desktop");
    await setUpCrossSigning(desktop);
    await desktop.crypto.resetKeyBackup();
    const room_id = await sendMessage(desktop);
    await backUp(desktop);
    return { devices: [desktop], room_id };
  },

  async oneUnverified() {
    const account = await kinds.byKey();
    account.devices.push(await signIn("Old phone"));
    return account;
  },

  async nothing() {
    const desktop = await signIn("Element Desktop");
    const room_id = await sendMessage(desktop);
    return { devices: [desktop], room_id };
  },

  // As a client does that cannot open secret storage: the key of the earlier
  // backup stays in there.
  async backupReplaced() {
    const account = await kinds.byKey();
    const [{ client, crypto }] = account.devices;
    const earlier = await client.getAccountDataFromServer("m.megolm_backup.v1");
    await crypto.resetKeyBackup();
    await client.setAccountData("m.megolm_backup.v1", earlier);
    await backUp(account.devices[0]);
    return account;
  },

  async storageReplaced() {
    const account = await kinds.byKey();
    const [desktop] = account.devices;
    await desktop.crypto.resetEncryption(uploadKeys);
    const recovery_key = await setUpSecretStorage(desktop);
    await backUp(desktop);
    return { ...account, recovery_key, old_recovery_key: account.recovery_key };
  },
};

// All that people are offered at the first sign-in, for one key to note.
async function complete(passphrase) {
  const desktop = await signIn("Element Desktop");
  await setUpCrossSigning(desktop);
  const recovery_key = await setUpSecretStorage(desktop, { setupNewKeyBackup: true }, passphrase);
  const room_id = await sendMessage(desktop);
  await backUp(desktop);
  return { devices: [desktop], room_id, recovery_key, passphrase };
}

// A new device, whose keys are on the server.
async function signIn(name) {
  const { access_token, device_id, user_id } = await createClient({ baseUrl: homeserver })
    .loginRequest({
      type: "m.login.password",
      identifier,
      password,
      initial_device_display_name: name,
    });
  const client = createClient({
    baseUrl: homeserver,
    userId: user_id,
    deviceId: device_id,
    accessToken: access_token,
    cryptoCallbacks: storageKeys(),
  });
  await client.initRustCrypto({ useIndexedDB: false });
  await client.startClient();
  await until(async () => (await ownKeys(client)).device_keys[user_id]?.[device_id]);
  return { name, id: device_id, client, crypto: client.getCrypto() };
}

// Remembers the keys of secret storage, for whenever something is put there.
function storageKeys() {
  const known = new Map();
  return {
    cacheSecretStorageKey: (id, _, key) => known.set(id, key),
    getSecretStorageKey: async ({ keys }) =>
      [...known].find(([id]) => Object.hasOwn(keys, id)) ?? null,
  };
}

async function setUpCrossSigning({ crypto }) {
  await crypto.bootstrapCrossSigning({ authUploadDeviceSigningKeys: uploadKeys });
}

// Gives back the recovery key.
async function setUpSecretStorage({ crypto }, options, passphrase) {
  const key = await crypto.createRecoveryKeyFromPassphrase(passphrase);
  await crypto.bootstrapSecretStorage({
    createSecretStorageKey: async () => key,
    setupNewSecretStorage: true,
    ...options,
  });
  return key.encodedPrivateKey;
}

// Sends an encrypted message, so that there is a key worth keeping.
async function sendMessage({ client, crypto }) {
  const content = { algorithm: "m.megolm.v1.aes-sha2" };
  const encryption = { type: "m.room.encryption", state_key: "", content };
  const { room_id } = await client.createRoom({ name: "Notes", initial_state: [encryption] });
  await until(() => client.getRoom(room_id) && crypto.isEncryptionEnabledInRoom(room_id));
  await client.sendTextMessage(room_id, "Remember the milk");
  return room_id;
}

// Waits until the key of the message is in the backup.
async function backUp({ client }) {
  await until(async () => (await ask(client, "GET", "/room_keys/version")).count > 0);
}

function ownKeys(client) {
  return ask(client, "POST", "/keys/query", { device_keys: { [client.getUserId()]: [] } });
}

function ask({ http }, method, path, body) {
  return http.authedRequest(method, path, undefined, body, { prefix: "/_matrix/client/v3" });
}

// Whoever started this decides how long it may take.
async function until(holds) {
  while (!(await holds())) await pause(50);
}

// What is told of a device.
async function describe({ client, name, id }) {
  const user_id = client.getUserId();
  const keys = await ownKeys(client);
  const [signer] = Object.keys(keys.self_signing_keys?.[user_id]?.keys ?? {});
  const { signatures } = keys.device_keys[user_id][id];
  const verified = signer !== undefined && signer in signatures[user_id];
  return { id, name, access_token: client.getAccessToken(), verified };
}

const { devices, ...made } = await kinds[kind]();
const described = await Promise.all(devices.map(describe));
for (const { client } of devices) client.stopClient();
const user_id = devices[0].client.getUserId();
process.stdout.write(JSON.stringify({ user_id, password, devices: described, ...made }));
// The library keeps timers for minutes.
process.exit();
