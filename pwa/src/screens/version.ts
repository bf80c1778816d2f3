/** The version is the hash in the name of the file that runs: the same for all who have the same app. */
export function version(): string {
  const script = document.querySelector<HTMLScriptElement>('script[type="module"][src]');
  return script?.src.match(/-([\w-]{6,})\.js$/)?.[1] ?? "udvikling";
}
