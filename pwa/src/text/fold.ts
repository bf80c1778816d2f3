/** Words as they are compared: "Nykøbing", "nykoebing" and "NYKØBING" are one; so are å and aa. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .replace(/\u00ad/g, "")
    .replace(/[æä]/g, "ae")
    .replace(/[øö]/g, "oe")
    .replace(/å/g, "aa")
    .replace(/ü/g, "ue")
    .replace(/ß/g, "ss")
    .normalize("NFD")
    .replace(/\p{M}/gu, "");
}

/** A long Danish word is found by its later parts too: "skov" finds "Hamborgskoven". */
export function tails(term: string): string[] {
  const found = [term];
  for (let at = 3; at <= term.length - 4 && term.length >= 8; at++) found.push(term.slice(at));
  return found;
}
