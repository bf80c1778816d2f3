/** The browsers that troubles are tried in. Each says by itself whether it can run on this machine. */
import { browser as chromium } from "./chromium.ts";
import { browser as firefox } from "./firefox.ts";
import type { Browser } from "./phone.ts";
import { browser as webkit } from "./webkit.ts";

/** TROUBLE_BROWSER=name narrows it to one. */
const only = process.env.TROUBLE_BROWSER;
export const BROWSERS: readonly Browser[] = [chromium, firefox, webkit].filter(({ name }) => !only || name === only);

/** The file to which each trouble says what came of it, for the table; one JSON line each. */
export const SAID_TO = "TROUBLE_SAID_TO";
