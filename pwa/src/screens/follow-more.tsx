/** What else can be followed than one event or one place: round a town, what an association holds, or all of it. */
import { useState } from "preact/hooks";
import { type Followed, followOf } from "../store/device.ts";
import { organisers, site } from "../store/signals.ts";
import { slugOf } from "../text/slug.ts";
import { t, told } from "../text/t.ts";
import { Band } from "../ui/band.tsx";
import { Pick } from "../ui/choose.tsx";
import { More } from "../ui/more.tsx";
import { FollowBand } from "./follow-band.tsx";
import { nameOfFollowed } from "./words/follow.ts";

function all(): readonly Followed[] {
  const towns = (site.value?.towns ?? []).map(({ name }): Followed => ({ kind: "area", id: slugOf(name.da) }));
  const held = [...organisers.value.values()]
    .sort((a, b) => a.name.localeCompare(b.name, "da"))
    .map(({ id }): Followed => ({ kind: "organiser", id }));
  return [{ kind: "settings", id: "site" }, ...towns, ...held];
}

/** The name to ask with: "omkring Nysted", not "Omkring Nysted". */
function bare({ kind, id }: Followed): string {
  if (kind !== "area") return nameOfFollowed({ kind, id }).words;
  const town = site.value?.towns.find(({ name }) => slugOf(name.da) === id);
  return town ? told(town.name).words : "";
}

export function FollowMore() {
  const [chosen, choose] = useState<Followed | null>(null);
  const key = (one: Followed) => `${one.kind}/${one.id}`;
  return (
    <>
      <Band tight>
        <More title={t("mine.more")}>
          <fieldset class="towns stack">
            <legend class="vh">{t("mine.more")}</legend>
            {all().map((one) => (
              <Pick
                key={key(one)}
                name="follow-more"
                on={chosen !== null && key(chosen) === key(one)}
                onPick={() => choose(one)}
              >
                {nameOfFollowed(one).words}
                {followOf(one) && <span class="note-text"> ({t("mine.isFollowed")})</span>}
              </Pick>
            ))}
          </fieldset>
        </More>
      </Band>
      {chosen && <FollowBand key={key(chosen)} subject={chosen} name={bare(chosen)} />}
    </>
  );
}
