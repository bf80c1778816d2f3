// What the phone knows, in memory and by kind: the copies on screen of every scope the phone reads.

import { batch, signal } from "@preact/signals";
import type { Generation, Kept } from "#phone/port.ts";
import type { Change, Scope } from "#phone/wire.gen.ts";
import type { Row } from "./feed.ts";

type Bodies = ReadonlyMap<string, unknown>;
interface Copy {
  gen: number;
  /** By kind, then id. */
  rows: Map<string, Map<string, Row>>;
}

/** Later ones stand over earlier ones: whoever reads more than what all read, reads that first. */
const copies = new Map<Scope, Copy>();
const kinds = new Map<string, ReturnType<typeof signal<Bodies>>>();

/** The bodies of one kind by id, as the server told them. */
export function bodies(kind: string): ReturnType<typeof signal<Bodies>> {
  const have = kinds.get(kind) ?? signal<Bodies>(new Map());
  kinds.set(kind, have);
  return have;
}

/** Which copy is on screen: the whole one, or on the very first read the one that is coming. */
export const onScreen = (kept: Kept): Generation | null => kept.shown ?? kept.fresh;

export const rowsOf = (scope: Scope): Row[] =>
  [...(copies.get(scope)?.rows.values() ?? [])].flatMap((byId) => [...byId.values()]);

/** Takes a copy whole in the place of the one there was. */
export function showCopy(scope: Scope, gen: number, rows: readonly Row[]): void {
  const byKind = new Map<string, Map<string, Row>>();
  for (const row of rows) {
    const byId = byKind.get(row.kind) ?? new Map<string, Row>();
    byKind.set(row.kind, byId);
    byId.set(row.id, row);
  }
  const before = copies.get(scope)?.rows.keys() ?? [];
  const touched = new Set([...before, ...byKind.keys()]);
  copies.set(scope, { gen, rows: byKind });
  publish(touched);
}

export function dropCopy(scope: Scope): void {
  const touched = new Set(copies.get(scope)?.rows.keys() ?? []);
  copies.delete(scope);
  publish(touched);
}

/**
 * Changes of a page, as they were written into the copy `gen`. False when that copy is not the one here: then it is to be read whole.
 * `first`: this page may begin the copy.
 */
export function showPage(scope: Scope, gen: number, changes: readonly Change[], first: boolean): boolean {
  const copy = copies.get(scope) ?? (first ? { gen, rows: new Map<string, Map<string, Row>>() } : null);
  if (copy?.gen !== gen) return false;
  copies.set(scope, copy);
  const touched = new Set<string>();
  for (const { kind, id, v, body } of changes) {
    const byId = copy.rows.get(kind) ?? new Map<string, Row>();
    copy.rows.set(kind, byId);
    if (v === null) byId.delete(id);
    else byId.set(id, { gen, scope, kind, id, v, body });
    touched.add(kind);
  }
  publish(touched);
  return true;
}

function publish(touched: ReadonlySet<string>): void {
  batch(() => {
    for (const kind of touched) {
      const all = new Map<string, unknown>();
      for (const { rows } of copies.values()) for (const [id, row] of rows.get(kind) ?? []) all.set(id, row.body);
      bodies(kind).value = all;
    }
  });
}
