/** After a screen has changed under a finger: what touches it the next moment was meant for the one before. */

/** ms: longer than the pause within a double tap, shorter than it takes to read a sentence. */
const MOMENT_MS = 500;

let over: ReturnType<typeof setTimeout> | undefined;

/** Touch alone: who goes by keys or by a screen reader has been taken to the heading. */
export function holdStill(): void {
  const app = document.getElementById("app");
  if (!app) return;
  clearTimeout(over);
  app.style.pointerEvents = "none";
  over = setTimeout(() => {
    app.style.pointerEvents = "";
  }, MOMENT_MS);
}
