// The paths and roads of the loaded tiles as a graph, and the shortest way along it between two points. Pure. Tiles cut a road at their
// edges: where an end lies on another line they meet, and the way goes on.
import { metres, type Point } from "../../geo/distance.ts";
import { onPiece } from "./line.ts";

/** Ends so near to a line, or to each other, meet: a unit of a z13 tile is 0.35 m here, and a tile's edge cuts between two of them. */
const MEET_M = 1.5;
/** Cells of the index, degrees north and east: about 100 m. */
const CELL = { lat: 0.0009, lon: 0.0016 };
/** The way may be so much longer than the straight line, and a little for short ones; else the line is drawn straight. */
const DETOUR = 3;
const DETOUR_M = 200;
/** At most so many corners are looked at: a tap is answered at once. */
const MOST = 60_000;

export interface Graph {
  readonly nodes: readonly Point[];
  /** Of each node: [neighbour, metres]. */
  readonly edges: readonly (readonly (readonly [number, number])[])[];
  /** Cell → pieces, as pairs of nodes. */
  readonly cells: ReadonlyMap<string, readonly (readonly [number, number])[]>;
}

/** Where a point lies on the graph: on the piece between two nodes. */
export interface Snapped {
  readonly at: Point;
  readonly off_m: number;
  readonly piece: readonly [number, number];
}

/** `lines`: each a path or a road, in any order and cut anywhere. */
export function graphOf(lines: readonly (readonly Point[])[]): Graph {
  const nodes: Point[] = [];
  const ids = new Map<string, number>();
  const idOf = (point: Point): number => {
    const key = `${Math.round(point[0] * 1e6)} ${Math.round(point[1] * 1e6)}`;
    let id = ids.get(key);
    if (id === undefined) {
      id = nodes.push(point) - 1;
      ids.set(key, id);
    }
    return id;
  };
  const pieces = new Map<string, readonly [number, number]>();
  const piece = (a: number, b: number): void => {
    if (a !== b) pieces.set(a < b ? `${a} ${b}` : `${b} ${a}`, [a, b]);
  };
  const ends = new Set<number>();
  for (const line of lines) {
    let before: number | null = null;
    for (const point of line) {
      const id = idOf(point);
      if (before === null) ends.add(id);
      else piece(before, id);
      before = id;
    }
    if (before !== null) ends.add(before);
  }
  meet(nodes, ends, pieces, piece);
  const edges: [number, number][][] = nodes.map(() => []);
  for (const [a, b] of pieces.values()) {
    const far = metres(nodes[a] as Point, nodes[b] as Point);
    edges[a]?.push([b, far]);
    edges[b]?.push([a, far]);
  }
  return { nodes, edges, cells: indexed(nodes, pieces.values()) };
}

/** Joins each end to what it lies on: to a corner, or to the middle of a piece, which is cut there. */
function meet(
  nodes: readonly Point[],
  ends: ReadonlySet<number>,
  pieces: Map<string, readonly [number, number]>,
  piece: (a: number, b: number) => void,
): void {
  const cells = indexed(nodes, pieces.values());
  const cuts = new Map<string, number[]>();
  for (const end of ends) {
    const at = nodes[end] as Point;
    for (const [a, b] of around(cells, at)) {
      if (a === end || b === end) continue;
      const on = onPiece(nodes[a] as Point, nodes[b] as Point, at, narrow(at));
      if (metres(on, at) > MEET_M) continue;
      const key = a < b ? `${a} ${b}` : `${b} ${a}`;
      cuts.set(key, [...(cuts.get(key) ?? []), end]);
    }
  }
  for (const [key, at] of cuts) {
    const [a, b] = pieces.get(key) as readonly [number, number];
    const from = nodes[a] as Point;
    const far = (node: number): number => metres(from, nodes[node] as Point);
    pieces.delete(key);
    const row = [a, ...[...new Set(at)].sort((one, other) => far(one) - far(other)), b];
    for (let i = 1; i < row.length; i++) piece(row[i - 1] as number, row[i] as number);
  }
}

/** The nearest point of any path, at most `within_m` away. */
export function snap(graph: Graph, to: Point, within_m: number): Snapped | null {
  let best: Snapped | null = null;
  const reach = Math.ceil(within_m / 100) + 1;
  for (const piece of around(graph.cells, to, reach)) {
    const [a, b] = [graph.nodes[piece[0]] as Point, graph.nodes[piece[1]] as Point];
    const at = onPiece(a, b, to, narrow(to));
    const off_m = metres(at, to);
    if (off_m <= within_m && (!best || off_m < best.off_m)) best = { at, off_m, piece };
  }
  return best;
}

/** The shortest way along paths from one to the other, both among its points; null where there is none, or only a long detour. */
export function wayBetween(graph: Graph, from: Snapped, to: Snapped): Point[] | null {
  const straight = metres(from.at, to.at);
  const most = straight * DETOUR + DETOUR_M;
  const node = (id: number): Point => graph.nodes[id] as Point;
  if (samePiece(from.piece, to.piece)) return [from.at, to.at];
  const best = new Map<number, number>();
  const came = new Map<number, number>();
  const queue = new Queue();
  for (const id of from.piece) {
    const far = metres(from.at, node(id));
    best.set(id, far);
    queue.push(id, far + metres(node(id), to.at));
  }
  const last = new Map(to.piece.map((id) => [id, metres(node(id), to.at)]));
  let done: { id: number; far: number } | null = null;
  for (let looked = 0; looked < MOST; looked++) {
    const next = queue.pop();
    if (!next || next.far > most || (done && next.far >= done.far)) break;
    const here = best.get(next.id) as number;
    const left = last.get(next.id);
    if (left !== undefined && here + left <= most && (!done || here + left < done.far))
      done = { id: next.id, far: here + left };
    for (const [other, far] of graph.edges[next.id] ?? []) {
      const sum = here + far;
      if (sum >= (best.get(other) ?? Number.POSITIVE_INFINITY)) continue;
      best.set(other, sum);
      came.set(other, next.id);
      queue.push(other, sum + metres(node(other), to.at));
    }
  }
  if (!done) return null;
  const way: Point[] = [to.at];
  for (let id: number | undefined = done.id; id !== undefined; id = came.get(id)) way.push(node(id));
  way.push(from.at);
  return way.reverse();
}

const samePiece = (a: readonly [number, number], b: readonly [number, number]): boolean =>
  (a[0] === b[0] && a[1] === b[1]) || (a[0] === b[1] && a[1] === b[0]);

const narrow = (at: Point): number => Math.cos((at[1] * Math.PI) / 180);

const cellOf = (lon: number, lat: number): [number, number] => [Math.floor(lon / CELL.lon), Math.floor(lat / CELL.lat)];

function indexed(
  nodes: readonly Point[],
  pieces: Iterable<readonly [number, number]>,
): Map<string, (readonly [number, number])[]> {
  const cells = new Map<string, (readonly [number, number])[]>();
  for (const piece of pieces) {
    const [a, b] = [nodes[piece[0]] as Point, nodes[piece[1]] as Point];
    const [w, s] = cellOf(Math.min(a[0], b[0]), Math.min(a[1], b[1]));
    const [e, n] = cellOf(Math.max(a[0], b[0]), Math.max(a[1], b[1]));
    for (let x = w; x <= e; x++)
      for (let y = s; y <= n; y++) {
        const key = `${x} ${y}`;
        const here = cells.get(key);
        if (here) here.push(piece);
        else cells.set(key, [piece]);
      }
  }
  return cells;
}

function* around(cells: Graph["cells"], at: Point, reach = 1): Generator<readonly [number, number]> {
  const [x, y] = cellOf(at[0], at[1]);
  for (let dx = -reach; dx <= reach; dx++)
    for (let dy = -reach; dy <= reach; dy++) yield* cells.get(`${x + dx} ${y + dy}`) ?? [];
}

interface Waiting {
  readonly id: number;
  readonly far: number;
}

/** The least first: a binary heap. */
class Queue {
  readonly #heap: Waiting[] = [];

  push(id: number, far: number): void {
    const heap = this.#heap;
    let at = heap.push({ id, far }) - 1;
    for (let up = (at - 1) >> 1; at > 0 && this.#far(up) > far; up = (at - 1) >> 1) {
      this.#swap(at, up);
      at = up;
    }
  }

  pop(): Waiting | null {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (!top || !last) return null;
    if (heap.length === 0) return top;
    heap[0] = last;
    for (let at = 0; ; ) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) if (this.#far(child) < this.#far(least)) least = child;
      if (least === at) return top;
      this.#swap(at, least);
      at = least;
    }
  }

  #far(at: number): number {
    return this.#heap[at]?.far ?? Number.POSITIVE_INFINITY;
  }

  #swap(a: number, b: number): void {
    const heap = this.#heap;
    [heap[a], heap[b]] = [heap[b] as Waiting, heap[a] as Waiting];
  }
}
