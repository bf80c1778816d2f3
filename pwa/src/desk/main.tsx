/** Start of the desk. */
import { render } from "preact";
import { later } from "../text/da-later.ts";
import { add } from "../text/t.ts";
import { addIcons } from "../ui/icon.tsx";
import { deskPaths } from "../ui/paths-desk.ts";
import { laterPaths } from "../ui/paths-later.ts";
import { followTheme } from "../ui/theme.ts";
import { App } from "./app.tsx";
import { listen } from "./go.ts";

add(later);
addIcons(laterPaths);
addIcons(deskPaths);
followTheme();
listen();
// Its worker keeps this page and its files, so that the desk opens without network.
navigator.serviceWorker?.register("/sw.js", { updateViaCache: "none" }).catch(() => undefined);
render(<App />, document.getElementById("app") as HTMLElement);
