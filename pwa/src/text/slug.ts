/** A name as a part of an address, as the server makes it (server/model/slug.py): an area goes by that of its town. */
const DANISH: Readonly<Record<string, string>> = {
  ...{ æ: "ae", ø: "oe", å: "aa", ß: "ss", ð: "d", þ: "th", đ: "d", ł: "l" },
};
const LONGEST = 60;

/** "baenken-paa-soetoften"; "sted" where no letter or digit is in it. */
export function slugOf(name: string): string {
  const plain = name
    .normalize("NFC")
    .toLowerCase()
    .replace(/[æøåßðþđł]/g, (letter) => DANISH[letter] ?? letter)
    .normalize("NFKD")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: as Python's encode("ascii", "ignore")
    .replace(/[^\x00-\x7f]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return plain.slice(0, LONGEST).replace(/-+$/, "") || "sted";
}
