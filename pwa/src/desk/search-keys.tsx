/** The desk's shortcuts. Those of one sign alone can be turned off: some speak to their computer, and some keys are hit by a shaking hand. */
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/sheet.tsx";
import { go } from "./go.ts";

const OFF = "desk.keys.off";

function stored(): boolean {
  try {
    return localStorage.getItem(OFF) === null;
  } catch {
    return true;
  }
}
/** Shortcuts of one sign alone work. */
export const single = signal(stored());

function turn(on: boolean): void {
  single.value = on;
  try {
    if (on) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  } catch {
    // It holds until the window is closed.
  }
}

/** After "g": where to. */
export const GOES: Readonly<Record<string, readonly [href: string, words: string]>> = {
  o: ["/desk", "Overblik"],
  s: ["/desk/steder", "Steder"],
  r: ["/desk/ruter", "Ruter"],
  f: ["/desk/fejl", "Fejl"],
  v: ["/desk/venter", "Venter"],
  i: ["/desk/ind", "Ind og ud"],
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

interface Keys {
  readonly shown: boolean;
  show(): void;
  hide(): void;
}

/** Listens while the frame stands. `find` puts the cursor into the search box. */
export function useKeys(find: () => void): Keys {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    let goes = 0;
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        find();
        return;
      }
      if (!single.peek() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const went = GOES[event.key];
      if (event.timeStamp - goes < 1500 && went) {
        event.preventDefault();
        goes = 0;
        go(went[0]);
        return;
      }
      goes = event.key === "g" ? event.timeStamp : 0;
      if (event.key === "/") find();
      else if (event.key === "?") setShown(true);
      else if (event.key === "n") go("/desk/steder/ny");
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", hear);
    return () => removeEventListener("keydown", hear);
  }, []);
  return { shown, show: () => setShown(true), hide: () => setShown(false) };
}

export function KeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Genveje" onClose={onClose}>
      <table class="keys">
        <tbody>
          <Key keys="Ctrl K" words="Søg i alt (på Mac: ⌘ K)" />
          <Key keys="/" words="Søg i alt" />
          <Key keys="n" words="Nyt sted" />
          {Object.entries(GOES).map(([key, [, words]]) => (
            <Key key={key} keys={`g ${key}`} words={words} />
          ))}
          <Key keys="?" words="Denne liste" />
          <Key keys="Esc" words="Luk, eller ryd søgningen" />
        </tbody>
      </table>
      <label class="check" for="single">
        <input
          id="single"
          type="checkbox"
          checked={single.value}
          onChange={(event) => turn(event.currentTarget.checked)}
        />
        <span>Brug genveje med ét tegn</span>
      </label>
      <div class="btns">
        <Button onClick={onClose}>Luk</Button>
      </div>
    </Dialog>
  );
}

function Key({ keys, words }: { keys: string; words: string }) {
  return (
    <tr>
      <th scope="row">
        {keys.split(" ").map((one) => (
          <kbd key={one}>{one}</kbd>
        ))}
      </th>
      <td>{words}</td>
    </tr>
  );
}
