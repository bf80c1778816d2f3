/** What somebody wrote, as a file of the phone's own: nothing typed is ever lost. */
export function saveWords(texts: readonly string[]): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`${texts.join("\n\n")}\n`], { type: "text/plain;charset=utf-8" }));
  link.download = "mine-beskeder.txt";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
