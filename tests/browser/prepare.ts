/** Before all journeys: one DATA_DIR with the demo loaded, which each journey copies. */
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { DEMO_DIR, PYTHON, ROOT } from "./server.ts";

export default function prepare(said: "inherit" | "ignore" | object = "inherit"): void {
  rmSync(DEMO_DIR, { recursive: true, force: true });
  execFileSync(PYTHON, ["-m", "server", "prepare"], {
    cwd: ROOT,
    env: { ...process.env, DEMO: "1", DATA_DIR: DEMO_DIR },
    stdio: said === "ignore" ? "ignore" : "inherit",
  });
}
