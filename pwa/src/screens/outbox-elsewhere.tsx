/** Where is it, then: another place for words whose own is no more, or not on this phone. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { drafts, readDrafts } from "../store/drafts.ts";
import { facilities, places, routes } from "../store/signals.ts";
import { t } from "../text/t.ts";
import { attempt } from "../ui/attempt.ts";
import { Band } from "../ui/band.tsx";
import { Find } from "../ui/choose.tsx";
import { go } from "../ui/go.ts";
import type { Back } from "../ui/head.tsx";
import { Page } from "../ui/page.tsx";
import { Quote } from "../ui/quote.tsx";
import { PickRow } from "../ui/report-row.tsx";
import { Rows } from "../ui/row.tsx";
import { finder } from "./now/narrowed.ts";
import { draftOf, moveDraft } from "./words/draft.ts";
import { placesNear } from "./words/near.ts";
import { livePlaces } from "./words/place.ts";
import { lostName, ownWords, whatWords } from "./words/report.ts";
import { type Subject, subjectOf } from "./words/subject.ts";

const MOST = 12;

type Kind = "place" | "facility" | "route";
interface Choice {
  readonly key: string;
  readonly subject: Subject;
}

function choice(kind: Kind, id: string): Choice[] {
  const subject = subjectOf(kind, id);
  return subject && !subject.gone ? [{ key: `${kind}/${subject.id}`, subject }] : [];
}

function ofId(id: string): Choice[] {
  const kind = places.value.has(id)
    ? "place"
    : facilities.value.has(id)
      ? "facility"
      : routes.value.has(id)
        ? "route"
        : null;
  return kind ? choice(kind, id) : [];
}

/** The one that took over, then the nearest, then the others as the list has them. */
function nextDoor(id: string): Choice[] {
  const gone = places.value.get(id);
  const heir = gone?.state === "dissolved" && gone.successor_id ? choice("place", gone.successor_id) : [];
  const near = gone && "point" in gone && gone.point ? placesNear(gone.point).map(({ place }) => place) : livePlaces();
  const all = [...heir, ...near.flatMap((place) => choice("place", place.id))];
  return all.filter(({ key }, at) => all.findIndex((one) => one.key === key) === at);
}

export function ElsewhereScreen({ from, back }: { from: string; back: Back }) {
  const asked = useSignal("");
  const hits = useSignal<readonly string[]>([]);
  useEffect(() => void readDrafts(), []);
  const search = (words: string) => {
    asked.value = words;
    void finder()
      .then((made) => made.search(words.trim()))
      .then((ids) => {
        if (asked.peek() === words) hits.value = ids;
      });
  };
  const [kind = "", id = ""] = from.split("/");
  const { what, text } = draftOf(from);
  const searching = asked.value.trim() !== "";
  const shown = (searching ? hits.value.flatMap(ofId) : nextDoor(id)).slice(0, MOST);
  const pick = async ({ key, subject }: Choice) => {
    await moveDraft(from, key);
    go(`${subject.href}/fejl`);
  };
  return (
    <Page
      back={back}
      name={t("out.elseTitle")}
      title={t("out.elseTitle")}
      head={<p class="lead">{t("out.elseText")}</p>}
    >
      {drafts.value.has(from) && (
        <Band tone="ground" tight>
          <p>
            <b>{subjectOf(kind, id)?.words ?? lostName(kind)}</b>
            <br />
            {whatWords(what)}
            {ownWords(text) && ", "}
            {ownWords(text) && <Quote of={ownWords(text)} />}
          </p>
        </Band>
      )}
      <Band toRows>
        <Find value={asked.value} hint={t("out.elseFind")} onInput={search} />
        <p role="status" class={shown.length > 0 ? "vh" : ""}>
          {shown.length > 0 ? "" : t("out.elseNone")}
        </p>
      </Band>
      {shown.length > 0 && (
        <Rows label={t(searching ? "out.elseFind" : "out.elseNear")}>
          {shown.map((one) => (
            <li key={one.key}>
              <PickRow onPick={() => attempt(() => pick(one))}>{one.subject.words}</PickRow>
            </li>
          ))}
        </Rows>
      )}
    </Page>
  );
}
