/** What waits, from what lies here: for the overview and for the room of what waits. */
import { computed } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { events, facilities, faults, organisers, places, routes, site } from "./data/copy.ts";
import { drafts } from "./data/draft.ts";
import { unsent } from "./data/write.ts";
import { organiserName } from "./events/words.ts";
import { SEEN_MONTHS } from "./lists/known.ts";
import { today } from "./lists/words.ts";
import { useHealth } from "./overview-health.ts";
import { type Wait, waiting } from "./overview-waits.ts";
import { type Person, people } from "./persons.ts";

/** Those who ask for a new invitation. Nobody, where it can not be asked just now: the list of people says it too. */
function useAsking(admin: boolean): readonly Person[] {
  const [all, setAll] = useState<readonly Person[]>([]);
  useEffect(() => {
    if (!admin) return;
    people().then(
      (found) => setAll(found.filter(({ asked_on, ended_on }) => asked_on && !ended_on)),
      () => undefined,
    );
  }, [admin]);
  return all;
}

const here = () => ({
  ...{ places: places.value, routes: routes.value, facilities: facilities.value, faults: faults.value },
  ...{ events: events.value, organisers: organisers.value, now: new Date().toISOString() },
  organiserName: (id: string | null) => organiserName(organisers.value, id),
  ...{ today: today(), drafts: drafts.value.values(), unsent: unsent.value },
  seenMonths: site.value?.seen_months ?? SEEN_MONTHS,
});

/** How much waits, as far as this computer knows by itself: for the menu. */
export const waitsCount = computed(() => waiting({ ...here(), asking: [], troubles: [] }).length);

export function useWaits(admin: boolean): readonly Wait[] {
  const asking = useAsking(admin);
  const troubles = useHealth(admin);
  return waiting({ ...here(), asking, troubles });
}
