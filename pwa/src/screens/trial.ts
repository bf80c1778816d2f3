/**
 * On every screen of a map that is not open yet: that it is a trial. It comes with the later screens and is drawn by hand, as the first
 * file has no room for it, nor for giving out Preact's `render`.
 */
import { effect } from "@preact/signals";
import { site } from "../store/signals.ts";
import { t } from "../text/t.ts";

export function tellOfTrial(): void {
  const bar = document.createElement("header");
  bar.className = "demo";
  const [strong, rest] = [document.createElement("b"), document.createTextNode("")];
  bar.append(strong, rest);
  let wanted = false;
  /** Behind the way to the content, which comes first for the keyboard; the frame may not be drawn yet. */
  const stand = (): void => {
    if (!wanted) return;
    const skip = document.querySelector("#app > .skip");
    if (skip) skip.after(bar);
    else requestAnimationFrame(stand);
  };
  effect(() => {
    strong.textContent = t("trial.bar");
    rest.data = ` ${t("trial.text")}`;
    // A server from before a launch was known says nothing of it, and is open.
    wanted = (site.value?.launch?.state ?? "open") !== "open";
    if (!wanted) bar.remove();
    else if (!bar.isConnected) stand();
  });
}
