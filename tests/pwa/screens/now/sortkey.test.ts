import { expect, test } from "vitest";
import { sortKey } from "../../../../pwa/src/screens/now/order.ts";

const names =
  `Digeturen fra Marielyst|Ældrecenter Syd|Åhuset|Aahuset ved åen|Ørehoved Havn|Øster Ulslev|10. etape|2. etape|Café Pladsen|Cafe ved søen
Bænken ved Guldborgsund|Båden|Bøgeskoven|Badebroen|Zoologisk have|Nykøbing Bibliotek|Nykøbing F. Hallen|Nysted|Sundby|Søsiden|Såmaskinen|Særkær|Savværket`.split(
    /\||\n/,
  );

test("names stand as a Danish directory has them", () => {
  const danish = new Intl.Collator("da", { numeric: true });
  const byKey = [...names].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  expect(byKey).toEqual([...names].sort(danish.compare));
});
