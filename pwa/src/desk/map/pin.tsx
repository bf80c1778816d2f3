/** The handle over a point of the map: dragged by finger or mouse, moved by the arrow keys; it says where it has come to. */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../../ui/icon.tsx";
import { pxOf } from "./keys.ts";
import type { Point } from "./types.ts";
import type { DrawView } from "./view.ts";

export interface PinProps {
  readonly view: DrawView;
  readonly at: Point;
  readonly label: string;
  readonly small?: boolean;
  /** `done`: the finger or the key was lifted. `keys`: moved by hand's breadths, and meant to the pixel. */
  onMove(to: Point, done: boolean, keys: boolean): void;
  onDelete?: () => void;
}

export function Pin(p: PinProps) {
  const el = useRef<HTMLButtonElement>(null);
  const moving = useRef<Point | null>(null);
  const at = useRef(p.at);
  at.current = p.at;
  const place = () => {
    const { x, y } = p.view.project(at.current);
    el.current?.style.setProperty("transform", `translate(${x}px, ${y}px)`);
  };
  useLayoutEffect(place);
  useEffect(() => p.view.onMove(place), [p.view]);
  const to = (dx: number, dy: number, from: Point): Point => {
    const { x, y } = p.view.project(from);
    return p.view.unproject({ x: x + dx, y: y + dy });
  };
  const key = (event: KeyboardEvent) => {
    if (p.onDelete && (event.key === "Delete" || event.key === "Backspace")) {
      event.preventDefault();
      p.onDelete();
      return;
    }
    const px = pxOf(event);
    if (!px) return;
    event.preventDefault();
    moving.current = to(px.x, px.y, moving.current ?? p.at);
    p.view.follow(moving.current);
    p.onMove(moving.current, false, true);
  };
  const end = (keys: boolean) => {
    const last = moving.current;
    moving.current = null;
    if (last) p.onMove(last, true, keys);
  };
  const down = (event: PointerEvent) => {
    const button = el.current;
    if (!button || event.button !== 0) return;
    const [x, y, from] = [event.clientX, event.clientY, p.at];
    let went = false;
    button.setPointerCapture(event.pointerId);
    const move = (one: PointerEvent) => {
      const [dx, dy] = [one.clientX - x, one.clientY - y];
      went ||= Math.hypot(dx, dy) > 3;
      if (!went) return;
      moving.current = to(dx, dy, from);
      p.onMove(moving.current, false, false);
    };
    const up = () => {
      button.removeEventListener("pointermove", move);
      button.removeEventListener("pointerup", up);
      button.removeEventListener("pointercancel", up);
      end(false);
    };
    button.addEventListener("pointermove", move);
    button.addEventListener("pointerup", up);
    button.addEventListener("pointercancel", up);
  };
  return (
    <button
      ref={el}
      type="button"
      class={p.small ? "draw-pin small" : "draw-pin"}
      aria-label={p.label}
      aria-roledescription="punkt, der kan flyttes"
      aria-describedby="draw-keys"
      onKeyDown={key}
      onKeyUp={(event) => pxOf(event) && end(true)}
      onBlur={() => end(true)}
      onPointerDown={down}
    >
      {!p.small && <Icon name="pin" />}
    </button>
  );
}
