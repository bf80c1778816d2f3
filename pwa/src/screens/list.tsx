/** Mødesteder: the first screen. Active places, then routes, then things in the landscape; search and two filters. */
import { signal, untracked } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type Facility, facilities, online, type Place, pullNow, routes, site, state } from "../store/signals.ts";
import { number, phoneNumber, telephone } from "../text/format.ts";
import { t, told } from "../text/t.ts";
import { Band, Empty } from "../ui/band.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { choice } from "../ui/choice.ts";
import { Chip, Find, Tabs } from "../ui/choose.tsx";
import { Title } from "../ui/head.tsx";
import { Horizon } from "../ui/horizon.tsx";
import { Icon } from "../ui/icon.tsx";
import { iconOf, rankOf, TOILET } from "../ui/kinds.ts";
import { LongRows } from "./list-more.tsx";
import { askTown, NearChip, PositionTold, renew, townOfBefore } from "./list-position.tsx";
import { FacilityLine, PlaceLine, RouteLine } from "./list-rows.tsx";
import { nowish, settled, today } from "./now/clock.ts";
import { find, finder, fromHome, hits, noSteps, openNow, query } from "./now/narrowed.ts";
import { inOrder, order, settleOrder } from "./now/order.ts";
import { Welcome } from "./welcome.tsx";
import { outOfSeason, placeOpen } from "./words/open.ts";
import { livePlaces, stepFree } from "./words/place.ts";

/** False while the first frame is drawn: it has the rows that one screen holds, and what lies below comes with the next. */
export const whole = signal(true);
const ONE_SCREEN = 6;

/** true, false, or null: nobody has said. */
function isOpen(p: Place): boolean | null {
  const words = placeOpen(p, nowish(), site.value);
  if (words) return words.is === "unknown" ? null : words.is === "open";
  return p.form === "spot" || p.form === "route" ? p.state === "active" : null;
}

function facilityOpen(f: Facility): boolean {
  if (outOfSeason(f, today().date)) return false;
  return f.code === TOILET ? f.open_24h?.value === true : f.open_24h?.value !== false;
}

function byHits<T extends { id: string }>(things: T[]): T[] {
  const found = hits.value;
  if (!found) return inOrder(things, order.value);
  const hit = things.filter((thing) => found.has(thing.id));
  return order.value?.from
    ? inOrder(hit, order.value)
    : hit.sort((a, b) => (found.get(a.id) ?? 0) - (found.get(b.id) ?? 0));
}

export function ListScreen() {
  const first = choice("welcomed").value === "" && !query.value;
  // Before the first row is drawn, not after: rows that change places are read twice.
  if (!order.peek() && livePlaces().length > 0) untracked(() => settleOrder(state.value.phase === "ready"));
  useEffect(() => {
    settleOrder(state.value.phase === "ready");
    if (state.value.phase === "ready") townOfBefore();
  }, [livePlaces().length, state.value.phase]);
  return (
    <>
      {first && <Welcome />}
      {first ? (
        <section class="band tight bare" id="liste">
          <div class="head-line">
            <h2>{t("list.title")}</h2>
            <As />
          </div>
          <Search />
        </section>
      ) : (
        <>
          <header class="head" id="liste">
            <div class="head-line">
              <Title>
                <Breakable word={t("list.title")} at={4} />
              </Title>
              <As />
            </div>
            <Search />
          </header>
          <Horizon />
        </>
      )}
      <Tools />
      <Results />
    </>
  );
}

/** A long word that may be parted where text is large; the name stays one word for whoever hears it. */
function Breakable({ word, at }: { word: string; at: number }) {
  return (
    <>
      {word.slice(0, at)}
      <wbr />
      {word.slice(at)}
    </>
  );
}

function As() {
  return (
    <Tabs
      label={t("list.as")}
      tabs={[
        { href: "/", words: t("list.list"), here: true },
        { href: "/kort", words: t("list.map"), here: false },
      ]}
    />
  );
}

function Search() {
  return (
    <div onFocusIn={() => void finder().then(({ ready }) => ready())}>
      <Find value={query.value} hint={t("list.searchHint")} onInput={find} />
    </div>
  );
}

function shownPlaces(): { shown: Place[]; dunnoSteps: number; dunnoOpen: number } {
  const matching = byHits(livePlaces().filter((p) => !fromHome.value || p.form === "online"));
  const dunnoSteps = noSteps.value ? matching.filter((p) => stepFree(p) === null && p.form !== "online").length : 0;
  const dunnoOpen = openNow.value ? matching.filter((p) => isOpen(p) === null).length : 0;
  const shown = matching.filter(
    (p) => (!noSteps.value || stepFree(p) === true) && (!openNow.value || isOpen(p) === true),
  );
  return { shown, dunnoSteps, dunnoOpen };
}

function Tools() {
  const near = order.value?.from ? order.value : null;
  const { shown, dunnoSteps, dunnoOpen } = shownPlaces();
  const count = t("list.count", { n: number(shown.length) });
  if (!anything()) return null;
  return (
    <div class="list-head">
      <div class="chips">
        <NearChip />
        <Chip
          on={openNow.value}
          onClick={() => {
            openNow.value = !openNow.value;
          }}
        >
          {t("list.open")}
        </Chip>
        <Chip
          on={noSteps.value}
          onClick={() => {
            noSteps.value = !noSteps.value;
          }}
        >
          {t("list.stepFree")}
        </Chip>
        {fromHome.value && (
          <Chip
            on
            onClick={() => {
              fromHome.value = false;
            }}
          >
            {t("list.home")}
          </Chip>
        )}
      </div>
      <PositionTold />
      {near ? (
        <div class="fresh">
          <p role="status">
            <b>{near.town ? `${count}.` : count}</b>
            {near.town && ` ${t("list.from", { town: near.town })}`}
          </p>
          <button type="button" class="btn plain" onClick={() => (near.town ? askTown() : void renew())}>
            <Icon name={near.town ? "pin" : "repeat"} />
            {t(near.town ? "pos.town" : "list.renew")}
          </button>
        </div>
      ) : (
        shown.length > 0 && (
          <p role="status">
            <b>{count}.</b> {!hits.value && shown.length > 1 && t(orderWords())}
          </p>
        )
      )}
      {dunnoSteps > 0 && <p class="note-text">{t("list.dunnoStep", { n: dunnoSteps })}</p>}
      {dunnoOpen > 0 && <p class="note-text">{t("list.dunnoOpen", { n: dunnoOpen })}</p>}
    </div>
  );
}

/** Why the rows stand as they do. */
function orderWords() {
  const first = openNow.value ? null : order.value?.first;
  return first === "open" ? "list.openFirst" : first === "today" ? "list.todayFirst" : "list.byName";
}

function shownFacilities(): Facility[] {
  const codes = site.value?.shown_codes ?? null;
  const found = byHits(
    [...facilities.value.values()].filter(
      (f) =>
        (!codes || (f.code !== null && codes.includes(f.code))) &&
        (!noSteps.value || f.access.step_free?.value === true) &&
        (!openNow.value || facilityOpen(f)),
    ),
  );
  // Without a position nothing is near: what a body needs first comes first.
  return order.value?.from || hits.value ? found : found.sort((a, b) => rankOf(a) - rankOf(b));
}

function Results() {
  const { shown } = shownPlaces();
  const narrowed = hits.value !== null;
  const below = whole.value || shown.length <= ONE_SCREEN;
  const carried = new Set(livePlaces().flatMap((p) => (p.form === "route" && p.route_id ? [p.route_id] : [])));
  const ways =
    fromHome.value || !below
      ? []
      : byHits([...routes.value.values()].filter((r) => !carried.has(r.id))).filter(
          (r) =>
            (!noSteps.value ||
              (r.stretches.length > 0 && r.stretches.every((s) => s.access.step_free?.value === true))) &&
            (!openNow.value || !outOfSeason(r, today().date)),
        );
  const standing = fromHome.value || !below ? [] : shownFacilities();
  if (!anything()) return <NothingYet />;
  const none = shown.length === 0 && ways.length === 0 && standing.length === 0;
  const noPlaces = livePlaces().length === 0 && !narrowed;
  const near = order.value?.from !== undefined && order.value?.from !== null;
  const name = `${hits.value ? query.value : ""}${openNow.value}${noSteps.value}`;
  // Who looks for a toilet sees the toilets before the houses that have one.
  const best = (list: readonly { id: string }[]) =>
    list.reduce((least, { id }) => Math.min(least, hits.value?.get(id) ?? least), Number.POSITIVE_INFINITY);
  const standingFirst = narrowed && best(standing) < best(shown);
  const here = standing.length > 0 && (
    <>
      <Band toRows={near || narrowed} tone="ground" title={t(near || !narrowed ? "list.here" : "list.standing")}>
        {!near && !narrowed && <p>{t("list.hereHint")}</p>}
      </Band>
      <LongRows
        label={t("list.here")}
        things={standing}
        first={near || narrowed ? 3 : 0}
        icon={narrowed && standing[0] ? iconOf(standing[0]) : "bench"}
        all="list.allStanding"
        name={`${name}${near}`}
        row={(f) => <FacilityLine facility={f} />}
      />
    </>
  );
  return (
    <>
      {standingFirst && here}
      {noPlaces ? (
        <Band>
          <p>{t("list.emptyNone", { name: municipality() })}</p>
        </Band>
      ) : none ? (
        <NoneFit />
      ) : (
        <LongRows
          label={t("list.title")}
          things={below ? shown : shown.slice(0, ONE_SCREEN)}
          first={60}
          icon="list"
          name={name}
          row={(p) => <PlaceLine place={p} />}
        />
      )}
      {ways.length > 0 && (
        <>
          <Band toRows tone="ground" title={t("list.routes")}>
            {!near && !narrowed && <p>{t("list.routesHint")}</p>}
          </Band>
          <LongRows
            label={t("list.routes")}
            things={ways}
            first={3}
            icon="route"
            all="list.allRoutes"
            name={name}
            row={(r) => <RouteLine route={r} />}
          />
        </>
      )}
      {!standingFirst && here}
      {!none && below && (
        <Band stack>
          <Missing />
        </Band>
      )}
    </>
  );
}

function anything(): boolean {
  return livePlaces().length > 0 || routes.value.size > 0 || facilities.value.size > 0;
}

function municipality(): string {
  return site.value ? told(site.value.name).words : t("app");
}

function Missing() {
  const town = site.value?.help.find((h) => h.what === "municipality");
  if (!town) return null;
  return (
    <p class="ic">
      <Icon name="phone" />
      <span>
        {t("list.missing")}{" "}
        <a class="num go-link" href={telephone(town.phone)}>
          {phoneNumber(town.phone)}
        </a>
      </span>
    </p>
  );
}

/** Nothing fits: its words come with a file of their own, as most lists are not empty. */
function NoneFit() {
  const [More, setMore] = useState<FunctionComponent | null>(null);
  useEffect(() => {
    import("./list-none.tsx").then(
      (made) => setMore(() => made.NoneFit),
      () => null,
    );
  }, []);
  return <Empty title={t("list.noneTitle")}>{More && <More />}</Empty>;
}

function NothingYet() {
  if (!settled.value || state.value.phase === "reading") {
    return (
      <section class="empty" role="status">
        <p>{t("loading")}</p>
      </section>
    );
  }
  return (
    <Empty title={t("list.emptyTitle")}>
      <p>
        {online.value || state.value.readAt ? t("list.emptyNone", { name: municipality() }) : t("list.emptyOffline")}
      </p>
      <div class="btns">
        <Button onClick={() => void pullNow()}>{t("list.emptyAgain")}</Button>
        <LinkButton look="quiet" icon="phone" href="/hjaelp">
          {t("missing.help")}
        </LinkButton>
      </div>
    </Empty>
  );
}
