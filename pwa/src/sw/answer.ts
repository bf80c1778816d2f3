// Which requests the service worker answers, and with what. Everything else goes its way as if no worker were there: API, packs, ops.
import { desk, isDesk } from "./desk.ts";
import type { Lists, World } from "./lists.ts";
import { find, keepMedia } from "./shelves.ts";

/** The addresses of shell/ (one page for all); whatever else is navigated to is the server's. */
const APP =
  /^\/(?:kort|det-sker|gemt|meldt|beskeder|hjaelp|om|velkommen|(?:steder|ruter|ting|det-sker)\/[^/]+(?:\/fejl)?)?\/?$/;
const NEVER = /^\/(?:api|packs|feeds|live|ready|metrics)(?:\/|$)/;

export function answer(request: Request, lists: Lists, w: World): Promise<Response> | null {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== w.origin || NEVER.test(url.pathname)) return null;
  if (isDesk(url.pathname)) return desk(request, w).then((came) => came ?? gone());
  if (request.mode === "navigate")
    return APP.test(url.pathname) ? shell(request, lists, w) : elsewhere(request, lists, w);
  if (url.pathname.startsWith("/media/")) return keepMedia(url.pathname, w);
  return file(request, url.pathname, lists, w);
}

/** Never waits for the network: a proxy that answers 502, or nothing at all, is no reason not to start. */
async function shell(request: Request, lists: Lists, w: World): Promise<Response> {
  w.starting?.(new URL(request.url).pathname);
  const kept = await find(lists, "/", w);
  if (kept) return kept;
  const came = await w.fetch(request).catch(() => null);
  return came && came.status < 500 ? came : gone();
}

/** A page of the server's own (a scanned sign, the statement of accessibility): from there, and the shell where that is not to be had. */
async function elsewhere(request: Request, lists: Lists, w: World): Promise<Response> {
  const came = await w.fetch(request).catch(() => null);
  if (came && came.status < 500) return came;
  return (await find(lists, "/", w)) ?? came ?? gone();
}

async function file(request: Request, path: string, lists: Lists, w: World): Promise<Response> {
  return (await find(lists, path, w)) ?? w.fetch(request);
}

/** The phone has thrown the app away and there is no network. */
function gone(): Response {
  const page = `<!doctype html><html lang="da"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Mødesteder</title><h1>Mødesteder kan ikke åbnes lige nu</h1>
<p>Din telefon har slettet det gemte, og der er ikke forbindelse. Prøv igen, når du har net. Er det akut, så ring 112.</p>
<p><a href="">Prøv igen</a></p></html>`;
  return new Response(page, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
}
