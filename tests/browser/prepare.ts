/** Before all journeys: one DATA_DIR with the demo loaded, which each journey copies. Gone when the process that asked for it ends. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEMO_AT, PYTHON, ROOT } from "./server.ts";

export default function prepare(said: "inherit" | "ignore" | object = "inherit"): void {
  const made = mkdtempSync(join(tmpdir(), "moede-demo-"));
  // With what a journey has put beside it (next.ts).
  process.on("exit", () => {
    for (const dir of [made, `${made}-next`]) rmSync(dir, { recursive: true, force: true });
  });
  // Where the workers of vitest find it: they inherit what is set here.
  process.env[DEMO_AT] = made;
  execFileSync(PYTHON, ["-m", "server", "prepare"], {
    cwd: ROOT,
    env: { ...process.env, DEMO: "1", DATA_DIR: made },
    stdio: said === "ignore" ? "ignore" : "inherit",
  });
}
