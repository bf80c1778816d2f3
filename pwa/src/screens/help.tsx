/** Hjælp: numbers to ring, where one is, and how one wants to see and read. All of it without network. */
import { addDays, local, weekday } from "../geo/copenhagen.ts";
import { metres } from "../geo/distance.ts";
import { type Opening, opening } from "../geo/openings.ts";
import { facilities, site } from "../store/signals.ts";
import { atClock, clock, dayShort, distance } from "../text/format.ts";
import { LANGS, type Lang, lang, t, use } from "../text/t.ts";
import { Band } from "../ui/band.tsx";
import { LinkButton } from "../ui/button.tsx";
import { choice, choose } from "../ui/choice.ts";
import { Pick } from "../ui/choose.tsx";
import { FactLine, Facts } from "../ui/facts.tsx";
import { Title } from "../ui/head.tsx";
import { iconOf, TOILET } from "../ui/kinds.ts";
import { Call } from "../ui/person.tsx";
import { Say } from "../ui/say.tsx";
import { chooseTheme, THEMES } from "../ui/theme.ts";
import { WhereAmI } from "./help-where.tsx";
import { FacilityName, facilityWhat, PlaceLine } from "./list-rows.tsx";
import { nowish } from "./now/clock.ts";
import { fix } from "./now/position.ts";
import { nextWords } from "./words/open.ts";
import { livePlaces } from "./words/place.ts";

type Help = NonNullable<typeof site.value>["help"][number];

/** "Åben nu, til 16." in a whole sentence, as it stands beside a number. */
function openSentence(help: Help): string {
  const at = nowish();
  const state: Opening = opening(help.hours, at, site.value?.holidays ?? []);
  // Where nobody has said, nothing is said: a doubt here keeps somebody from ringing.
  if (state.is === "unknown") return "";
  if (state.is === "closed") {
    return state.opens === null ? t("help.closedDunno") : t("help.closed", { when: nextWords(state.opens, at) });
  }
  if (state.until === null) return t("help.always");
  const end = local(state.until);
  const near = end.date === local(at).date || end.date === addDays(local(at).date, 1);
  return near
    ? t("help.open", { clock: clock(end.minute) })
    : t("help.openDay", { day: dayShort(weekday(end.date)), clock: atClock(end.minute) });
}

function Numbers() {
  const all = site.value?.help ?? [];
  const of = (what: Help["what"]) => all.filter((h) => h.what === what);
  const emergency = of("emergency")[0];
  return (
    <section class="band stack" aria-label={t("help.title")}>
      <Call tone="sos" phone={emergency?.phone ?? "112"}>
        {emergency ? <Say of={emergency.name} /> : t("help.112")}
      </Call>
      {of("municipality").map((h) => (
        <Call key={h.phone} tone="line" phone={h.phone}>
          <Say of={h.name} />. {openSentence(h)}
        </Call>
      ))}
      {of("crisis").map((h) => (
        <Call key={h.phone} tone="" phone={h.phone}>
          <Say of={h.name} />. {openSentence(h)}
        </Call>
      ))}
      {all.length === 0 && <p>{t("help.none")}</p>}
    </section>
  );
}

/** A meeting place on the phone: its row where it is a place, and its number. */
function Talk() {
  const lines = (site.value?.help ?? []).filter((h) => h.what === "line");
  const homes = livePlaces().filter((p) => p.form === "online" && p.state === "active");
  if (lines.length === 0 && homes.length === 0) return null;
  const placeOf = (h: Help) => homes.find((p) => p.contact && digits(p.contact.phone ?? "") === digits(h.phone));
  // A number that is a meeting place is that place: one row, not a card and a row.
  const rows = lines.flatMap((h) => placeOf(h) ?? []);
  return (
    <Band title={t("help.talk")}>
      {lines
        .filter((h) => !placeOf(h))
        .map((h) => (
          <Call key={h.phone} tone="" phone={h.phone}>
            <Say of={h.name} />. {openSentence(h)}
          </Call>
        ))}
      {(rows.length > 0 ? rows : homes.slice(0, 1)).map((p) => (
        <PlaceLine key={p.id} place={p} inside />
      ))}
    </Band>
  );
}

const digits = (phone: string) => phone.replace(/\D/g, "").slice(-8);

/** Near the person, once a position was asked for: the nearest toilet. */
function NearYou() {
  const at = fix.value;
  if (!at) return null;
  const toilet = [...facilities.value.values()]
    .filter((f) => f.code === TOILET)
    .map((f) => ({ f, far: metres(at.point, f.point) }))
    .sort((a, b) => a.far - b.far)[0];
  if (!toilet) return null;
  return (
    <Band title={t("help.near")}>
      <Facts>
        <FactLine
          icon={iconOf(toilet.f)}
          what={
            <a class="go-link" href={`/ting/${toilet.f.id}`}>
              <FacilityName of={toilet.f} />
            </a>
          }
          value={distance(toilet.far)}
          source={facilityWhat(toilet.f)}
        />
      </Facts>
    </Band>
  );
}

const names: Readonly<Record<Lang, string>> = { da: "Dansk", en: "English", de: "Deutsch" };

function Look() {
  const own = choice("theme").value;
  const langs = LANGS.filter((l) => l === "da" || !site.value || site.value.languages.includes(l));
  return (
    <Band tone="ground" title={t("help.look")}>
      <fieldset class="towns">
        <legend>{t("help.colours")}</legend>
        <div class="stack">
          <Pick name="theme" on={own === ""} onPick={() => chooseTheme("")}>
            {t("help.themeauto")}
          </Pick>
          {THEMES.map((theme) => (
            <Pick key={theme} name="theme" on={own === theme} onPick={() => chooseTheme(theme)}>
              {t(`help.theme${theme}`)}
            </Pick>
          ))}
        </div>
      </fieldset>
      {langs.length > 1 && (
        <fieldset class="towns t3">
          <legend>{t("help.language")}</legend>
          <div class="stack">
            {langs.map((l) => (
              <Pick
                key={l}
                name="lang"
                lang={l}
                on={lang() === l}
                onPick={() => {
                  // Where the dictionary is not here, the language that stands is kept.
                  void use(l)
                    .then(() => choose("lang", l))
                    .catch(() => undefined);
                }}
              >
                {names[l]}
              </Pick>
            ))}
          </div>
        </fieldset>
      )}
      <div class="btns t3">
        <LinkButton look="quiet" icon="info" href="/om">
          {t("help.about")}
        </LinkButton>
      </div>
    </Band>
  );
}

export function HelpScreen() {
  return (
    <main id="main" tabIndex={-1}>
      <header class="head tight">
        <Title>{t("help.title")}</Title>
      </header>
      <Numbers />
      <WhereAmI />
      <Talk />
      <NearYou />
      <Look />
    </main>
  );
}
