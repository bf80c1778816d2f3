/** Who is who among staff, asked for once a visit and again where a name is not known. */
import { signal } from "@preact/signals";
import { get } from "../ask.ts";
import { me } from "../me.ts";

const names = signal<Readonly<Record<string, string>>>({});
let asking: Promise<void> | null = null;
const asked = new Set<string>();

/** A person's name; null until it is known, or where nobody is told. */
export function nameOfPerson(id: string | null): string | null {
  if (id === null) return null;
  if (id === me.value?.id) return me.value.name;
  const name = names.value[id];
  if (name === undefined && !asked.has(id)) {
    asked.add(id);
    void askNames();
  }
  return name ?? null;
}

function askNames(): Promise<void> {
  // Staff alone are told who is who.
  if (!me.peek()?.rights.includes("staff")) return Promise.resolve();
  asking ??= get<{ names: Record<string, string> }>("/names")
    .then((told) => {
      names.value = told.names;
    })
    // Without network a name is missing, and nothing else is.
    .catch(() => asked.clear())
    .finally(() => {
      asking = null;
    });
  return asking;
}

/** "Jens" of "Jens Krogh". */
export const firstName = (name: string): string => name.split(" ")[0] ?? name;
/** "Mettes", "Jens'": what is somebody's. */
export const of = (name: string): string => (/[sxz]$/i.test(name) ? `${name}'` : `${name}s`);
