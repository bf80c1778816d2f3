/** Every screen but the list, for the shell: one file for the browser, fetched when the list stands. */

import { useEffect } from "preact/hooks";
import { startDevice } from "../store/device.ts";
import { openTapped, watchPush } from "../store/push.ts";
import { places, routes } from "../store/signals.ts";
import { later } from "../text/da-later.ts";
import { add, lang } from "../text/t.ts";
import { go } from "../ui/go.ts";
import type { Back } from "../ui/head.tsx";
import { addIcons } from "../ui/icon.tsx";
import { laterPaths } from "../ui/paths-later.ts";
import "../ui/look/later.css";
import "../ui/look/own-later.css";
import "../ui/look/happens.css";
import { AboutScreen } from "./about.tsx";
import { AnswerScreen } from "./answer.tsx";
import { followColours } from "./colours.ts";
import { DissolvedScreen } from "./dissolved.tsx";
import { FacilityScreen } from "./facility.tsx";
import { FaultScreen } from "./fault.tsx";
import { HappensScreen } from "./happens.tsx";
import { HelpScreen } from "./help.tsx";
import { watchLandings } from "./landed.ts";
import { MapScreen } from "./map.tsx";
import { MineScreen } from "./mine.tsx";
import { MissingScreen } from "./missing.tsx";
import { NoticesScreen } from "./notices.tsx";
import { PlaceScreen } from "./place.tsx";
import { ReportedScreen } from "./reported.tsx";
import { RouteScreen } from "./route.tsx";
import { SavedScreen } from "./saved.tsx";
import { showToday, watchToday } from "./today-rows.ts";
import { tellOfTrial } from "./trial.ts";
import { called } from "./words/subject.ts";

add(later);
addIcons(laterPaths);
watchLandings();
followColours();
tellOfTrial();
watchToday();
startDevice();
watchPush(lang);
openTapped(go);

/** Which screen: the shell reads it from the address. */
export type Where =
  | { readonly screen: "list" | "map" | "saved" | "reported" | "notices" | "help" | "about" | "missing" }
  | { readonly screen: "place" | "route"; readonly slug: string }
  /** No slug: the list. "maaned", "aaret", "papir" are its other ways; else an event's. */
  | { readonly screen: "happens"; readonly slug?: string }
  | { readonly screen: "facility"; readonly id: string }
  | { readonly screen: "fault"; readonly kind: "place" | "route" | "facility"; readonly name: string };

/** What stands before the id of a proposed event in Gemt's address. */
const ANSWER = "svar-";

export function Screen({ where, back, fragment }: { where: Where; back: Back; fragment: string }) {
  useEffect(showToday, [where]);
  switch (where.screen) {
    case "place": {
      const place = called(places.value, where.slug);
      if (!place) return <MissingScreen back={back} maybe />;
      return place.state === "dissolved" ? (
        <DissolvedScreen place={place} back={back} />
      ) : (
        <PlaceScreen place={place} back={back} />
      );
    }
    case "route": {
      const route = called(routes.value, where.slug);
      return route ? <RouteScreen route={route} back={back} /> : <MissingScreen back={back} maybe />;
    }
    case "facility":
      return <FacilityScreen id={where.id} back={back} />;
    case "fault":
      return <FaultScreen kind={where.kind} name={where.name} back={back} />;
    case "map":
      return <MapScreen fragment={fragment} />;
    case "saved":
      if (fragment === "foelger") return <MineScreen back={back} />;
      return fragment.startsWith(ANSWER) ? (
        <AnswerScreen id={fragment.slice(ANSWER.length)} back={back} />
      ) : (
        <SavedScreen />
      );
    case "notices":
      return <NoticesScreen back={back} fragment={fragment} />;
    case "reported":
      return <ReportedScreen back={back} fragment={fragment} />;
    case "help":
      return <HelpScreen />;
    case "happens":
      return <HappensScreen slug={where.slug} back={back} fragment={fragment} />;
    case "about":
      return <AboutScreen />;
    default:
      return <MissingScreen back={back} />;
  }
}
