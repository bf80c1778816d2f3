/** Hands on what a phone has kept: a byte turned, a file cut short, everything swept away. Each is an expression for the page. */

const ARCHIVE = `const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("packs");
  const names = [];
  for await (const name of folder.keys()) names.push(name);
  const handle = await folder.getFileHandle(names[0]);`;

const rewrite = (work: string): string => `(async () => {
  ${ARCHIVE}
  const file = await handle.getFile();
  const to = await handle.createWritable({ keepExistingData: true });
  ${work}
  await to.close();
  return file.size;
})()`;

/** The byte at this place of the one archive in OPFS is another one. */
export const turnByte = (at: number): string =>
  rewrite(`const [byte] = new Uint8Array(await file.slice(${at}, ${at + 1}).arrayBuffer());
  await to.write({ type: "write", position: ${at}, data: new Uint8Array([byte ^ 1]) });`);

export const cutShort = (bytes: number): string => rewrite(`await to.truncate(${bytes});`);

/** Rows of `own.pieces`, where there is no OPFS; `work` changes the piece's `bytes` or makes them null. */
export const changePiece = (piece: number, work: string): string => `new Promise((done, failed) => {
  const asked = indexedDB.open("own");
  asked.onsuccess = () => {
    const tx = asked.result.transaction("pieces", "readwrite");
    const store = tx.objectStore("pieces");
    store.openCursor().onsuccess = ({ target: { result: at } }) => {
      if (!at) return;
      if (at.key[1] === ${piece}) {
        const bytes = new Uint8Array(at.value);
        ${work}
      }
      at.continue();
    };
    tx.oncomplete = () => { asked.result.close(); done(true); };
    tx.onerror = () => failed(tx.error);
  };
})`;

export const EMPTY_OPFS = `(async () => {
  const root = await navigator.storage.getDirectory();
  for await (const name of root.keys()) await root.removeEntry(name, { recursive: true });
  return true;
})()`;

export const EMPTY_CACHES = `caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name)))).then(() => true)`;

/** Resolves when both are gone; whoever has them open is asked to let go. */
export const EMPTY_DATABASES = `Promise.all(["own", "feed"].map((name) => new Promise((done, failed) => {
  const asked = indexedDB.deleteDatabase(name);
  asked.onsuccess = () => done(true);
  asked.onerror = () => failed(asked.error);
}))).then(() => true)`;

/** To be put before the app's scripts: from then on \`connections\` has every open connection of the page. */
export const HOLD_CONNECTIONS = `globalThis.connections ??= (() => {
  const held = [];
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (...how) {
    const asked = open.apply(this, how);
    asked.addEventListener("success", () => held.push(asked.result));
    return asked;
  };
  return held;
})()`;

export const CLOSE_CONNECTIONS = `connections.splice(0).map((db) => db.close()).length`;

/** To be put before the app's scripts. */
export const NO_OPFS = `if (globalThis.StorageManager) delete StorageManager.prototype.getDirectory`;
export const OPFS_REFUSES = `if (globalThis.FileSystemFileHandle) FileSystemFileHandle.prototype.createSyncAccessHandle =
  () => Promise.reject(new DOMException("not here", "UnknownError"))`;

/** A worker's script: opens an archive for itself, as a tab that hangs does, says so, and never lets go. */
export const HOLDER = `onmessage = async ({ data: name }) => {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("packs", { create: true });
  globalThis.held = await (await folder.getFileHandle(name, { create: true })).createSyncAccessHandle();
  postMessage("held");
}`;
