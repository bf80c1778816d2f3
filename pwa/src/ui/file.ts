/** What somebody wrote, as a file of the phone's own: nothing typed is ever lost. */
export function saveFile(name: string, text: string, type = "text/plain"): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Words to be read, one piece after the other. */
export function saveWords(name: string, texts: readonly string[]): void {
  saveFile(name, `${texts.join("\n\n")}\n`);
}
