/** Goes to another screen of the app, as a tap on a link would. The shell listens. */
export function go(href: string): void {
  dispatchEvent(new CustomEvent("moedesteder:go", { detail: href }));
}
