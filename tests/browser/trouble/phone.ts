/**
 * A phone as the troubles see it, whichever browser is in it. A browser brings the few things that only it can do (`Wire`, `Phone`,
 * `Browser`); what a person does and reads is made of them here, once: by an expression that runs in the page and answers in JSON.
 */
import { PATIENCE_MS, until } from "../server.ts";

export type Name = "chromium" | "firefox" | "webkit";

/** What a browser has to do for one of its tabs. */
export interface Wire {
  /** Returns when the page has loaded, or as soon as the browser says that it can not. */
  goto(url: string): Promise<void>;
  /** Evaluates an expression in the page, waits for it where it is a promise, and brings its value over as JSON (undefined as null). */
  evaluate(expression: string): Promise<unknown>;
  /** A PNG. */
  shot(file: string): Promise<void>;
  close(): Promise<void>;
}

export interface Tab {
  /** An address of the phone's server, from its slash on. */
  goto(path: string): Promise<void>;
  reload(): Promise<void>;
  /** A JavaScript expression, awaited in the page; its value as JSON. */
  run<T>(expression: string): Promise<T>;
  /** Waits until this can be read on the screen: hidden text does not count, soft hyphens are left out, any space is one space. */
  sees(text: string | RegExp, ms?: number): Promise<void>;
  /** Waits until it can not be read any more. */
  unsees(text: string | RegExp, ms?: number): Promise<void>;
  /** All that can be read on the screen now. */
  words(): Promise<string>;
  /** Waits for a thing of this role and name that can be seen, and taps the first. */
  tap(role: Role, name: string | RegExp): Promise<void>;
  /** Waits for the field of this name and writes into it as keys would, from empty. */
  type(name: string | RegExp, text: string): Promise<void>;
  shot(file: string): Promise<void>;
  close(): Promise<void>;
}

export type Role = "button" | "link" | "radio" | "heading";

/** How this start of the phone is. */
export interface How {
  /** Bytes that the browser lets the site keep, where it can be told so (`can.quota`). */
  readonly quota?: number;
  /** CSS px that the screen is wide. */
  readonly width?: number;
  /** Settings of a browser that is told them by name (Firefox). */
  readonly prefs?: Readonly<Record<string, string | number | boolean>>;
}

/** As a phone of these years, CSS px. */
export const WIDTH = 390;
export const HEIGHT = 844;

export interface Phone {
  readonly browser: Name;
  /** A new process on the same profile; its first tab. */
  start(how?: How): Promise<Tab>;
  /** One more tab of the running process. */
  tab(): Promise<Tab>;
  /** To another site, in the running process: every tab is closed, and this is its first. What the phone kept of the one before stays. */
  moves(origin: string): Promise<Tab>;
  /** SIGKILL to the whole of it, as a phone's system ends an app. Returns when it is gone. */
  kill(): Promise<void>;
  /** Ends it, where it runs, and leaves no byte of its profile. */
  stop(): Promise<void>;
}

/** What can be made here; the words say why it can not. */
export interface Can {
  readonly opfs: true | string;
  readonly quota: true | string;
  /** A new process on the same profile has what the one before had kept. */
  readonly coldStart: true | string;
  readonly map: true | string;
}

export interface Browser {
  readonly name: Name;
  /** Why it can not run on this machine; null where it can. */
  missing(): string | null;
  readonly can: Can;
  /** `origin`: the one site that it will visit (until it moves), without a slash at its end. */
  phone(origin: string): Promise<Phone>;
}

/** The tab that scenarios work with, on what a browser can do. */
export function tabOf(wire: Wire, origin: string): Tab {
  const run = <T>(expression: string): Promise<T> => wire.evaluate(expression) as Promise<T>;
  // A page that is just being left answers with an error: then it is asked once more.
  const ask = <T>(expression: string): Promise<T | null> => run<T>(expression).catch(() => null);
  const words = async (): Promise<string> => (await ask<string>(WORDS)) ?? "";
  const has = (text: string | RegExp, all: string) => (typeof text === "string" ? all.includes(text) : text.test(all));

  async function waitFor(what: string, is: () => Promise<boolean>, ms: number): Promise<void> {
    await until(what, is, ms).catch(async (error: Error) => {
      throw new Error(`${error.message}\n${await ask("location.pathname")} says: ${await words()}`);
    });
  }

  const act = async (what: string, finding: string, doing: string): Promise<void> => {
    await waitFor(what, async () => (await ask<boolean>(`(${finding})(${doing})`)) === true, PATIENCE_MS);
  };

  return {
    run,
    words,
    goto: (path) => wire.goto(origin + path),
    async reload() {
      await wire.goto(origin + (await run<string>("location.pathname + location.hash")));
    },
    sees: (text, ms = PATIENCE_MS) => waitFor(`the screen to say ${text}`, async () => has(text, await words()), ms),
    unsees: (text, ms = PATIENCE_MS) =>
      waitFor(`the screen to say no more ${text}`, async () => !has(text, await words()), ms),
    tap: (role, name) =>
      act(`a ${role} called ${name}`, TAP, `${JSON.stringify(ROLES[role])}, ${source(name)}, ${JSON.stringify(role)}`),
    type: (name, text) => act(`a field called ${name}`, TYPE, `${source(name)}, ${JSON.stringify(text)}`),
    shot: (file) => wire.shot(file),
    close: () => wire.close(),
  };
}

const ROLES: Readonly<Record<Role, string>> = {
  button: 'button, [role="button"], summary',
  link: "a[href]",
  radio: 'input[type="radio"], [role="radio"]',
  heading: "h1, h2, h3",
};

/** As a regular expression's source and flags: text stands for itself, whole. */
function source(name: string | RegExp): string {
  if (name instanceof RegExp) return `[${JSON.stringify(name.source)}, ${JSON.stringify(name.flags)}]`;
  return `[${JSON.stringify(`^${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`)}, ""]`;
}

const PLAIN = `(text) => text.replace(/\\u00ad/g, "").replace(/\\s+/g, " ").trim()`;
const WORDS = `(${PLAIN})(document.body ? document.body.innerText : "")`;

/** What these need in the page: a thing's name as a screen reader has it, nearly. */
const NAMES = `
  const plain = ${PLAIN};
  const nameOf = (el) => {
    const by = (el.getAttribute("aria-labelledby") ?? "").split(/\\s+/).filter(Boolean);
    const said = by.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
    const labels = [...(el.labels ?? [])].map((label) => label.innerText).join(" ");
    return plain(said || el.getAttribute("aria-label") || labels || el.innerText || "");
  };
  const seen = (el) => el.getClientRects().length > 0 || [...(el.labels ?? [])].some((one) => one.getClientRects().length > 0);`;

const TAP = `(among, [source, flags], role) => {${NAMES}
  const name = new RegExp(source, flags);
  const found = [...document.querySelectorAll(among)].find((el) => seen(el) && !el.disabled && name.test(nameOf(el)));
  found?.scrollIntoView({ block: "center" });
  found?.click();
  return found !== undefined;
}`;

const TYPE = `([source, flags], text) => {${NAMES}
  const name = new RegExp(source, flags);
  const fields = 'input:not([type="radio"], [type="checkbox"]), textarea';
  const found = [...document.querySelectorAll(fields)].find((el) => seen(el) && name.test(nameOf(el)));
  if (!found) return false;
  found.focus();
  found.value = text;
  found.dispatchEvent(new InputEvent("input", { bubbles: true, data: text, inputType: "insertText" }));
  found.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}`;
