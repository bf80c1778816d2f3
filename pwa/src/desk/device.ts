/** What a device is called until its owner calls it something else: of the sort that can be told, and no more. */
export function deviceName(agent = navigator.userAgent): string {
  const what = [
    [/iPhone/, "iPhone"],
    [/iPad/, "iPad"],
    [/Android.*Mobile/, "Android-telefon"],
    [/Android/, "Android-tablet"],
    [/Macintosh/, "Mac"],
    [/Windows/, "Windows-computer"],
    [/CrOS/, "Chromebook"],
    [/Linux/, "Linux-computer"],
  ] as const;
  return what.find(([sign]) => sign.test(agent))?.[1] ?? "Denne enhed";
}
