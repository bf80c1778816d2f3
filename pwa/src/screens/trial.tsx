/** On every screen of a map that is not open yet: that it is a trial. It comes with the later screens, as the first file has no room. */
import { effect } from "@preact/signals";
import { render } from "preact";
import { site } from "../store/signals.ts";
import { t } from "../text/t.ts";

function Words() {
  return (
    <>
      <b>{t("trial.bar")}</b> {t("trial.text")}
    </>
  );
}

export function tellOfTrial(): void {
  const bar = document.createElement("header");
  bar.className = "demo";
  render(<Words />, bar);
  let wanted = false;
  /** Behind the way to the content, which comes first for the keyboard; the frame may not be drawn yet. */
  const stand = (): void => {
    if (!wanted) return;
    const skip = document.querySelector("#app > .skip");
    if (skip) skip.after(bar);
    else requestAnimationFrame(stand);
  };
  effect(() => {
    // A server from before a launch was known says nothing of it, and is open.
    const state = site.value?.launch?.state ?? "open";
    wanted = state !== "open";
    if (wanted && !bar.isConnected) stand();
    else if (!wanted) bar.remove();
  });
}
