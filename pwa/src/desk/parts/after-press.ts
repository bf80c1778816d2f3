/** What moves the page waits until the finger is up: else a tap that leaves a field misses what it was meant for. */
import { useEffect } from "preact/hooks";

let down = false;
const press = (event: Event) => {
  down = event.type === "pointerdown";
};

/** Follows presses while a form is shown. */
export function usePresses(): void {
  useEffect(() => {
    const kinds = ["pointerdown", "pointerup", "pointercancel"];
    for (const kind of kinds) addEventListener(kind, press, true);
    return () => {
      down = false;
      for (const kind of kinds) removeEventListener(kind, press, true);
    };
  }, []);
}

/** Now, or after the click of the press that is under way. */
export function afterPress(work: () => void): void {
  if (!down) {
    work();
    return;
  }
  const up = () => {
    removeEventListener("pointerup", up, true);
    removeEventListener("pointercancel", up, true);
    // The click comes after the finger is up.
    setTimeout(work);
  };
  addEventListener("pointerup", up, true);
  addEventListener("pointercancel", up, true);
}
