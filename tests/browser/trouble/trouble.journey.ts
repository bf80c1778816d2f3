/** Phones in trouble: each trouble told once, and tried in every browser that is here. `make trouble` prints what came of them. */
import { deploys } from "./deploys.ts";
import { inEveryBrowser } from "./ground.ts";
import { losses } from "./losses.ts";
import { pieces } from "./pieces.ts";
import { room } from "./room.ts";
import { stores } from "./stores.ts";

inEveryBrowser((trouble) => {
  for (const some of [deploys, room, pieces, stores, losses]) some(trouble);
});
