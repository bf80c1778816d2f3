/** The way to what was reported: its screen is a file of its own, which most visits never open. */
import { signal } from "@preact/signals";
import { useEffect, useLayoutEffect } from "preact/hooks";
import { t } from "../text/t.ts";
import { Empty } from "../ui/band.tsx";
import { Button } from "../ui/button.tsx";
import type { Back } from "../ui/head.tsx";
import { Page } from "../ui/page.tsx";

const here = signal<typeof import("./outbox.tsx") | null>(null);
const missing = signal(false);

function fetchIt(): void {
  missing.value = false;
  import("./outbox.tsx").then(
    (made) => {
      here.value = made;
    },
    () => {
      missing.value = true;
    },
  );
}

export function ReportedScreen({ back, fragment }: { back: Back; fragment: string }) {
  const made = here.value;
  const late = made === null;
  useEffect(() => {
    if (late) fetchIt();
  }, []);
  useLayoutEffect(() => {
    // The shell set the focus when this screen was asked for; there was no heading yet.
    if (!late || !history.state?.from) return undefined;
    return () => document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
  }, [late]);
  if (made) return <made.OutboxScreen back={back} fragment={fragment} />;
  if (missing.value) {
    return (
      <Page back={back} name={t("error.notHere")} title={t("error.notHere")}>
        <Empty title={t("error.notHereText")}>
          <Button icon="repeat" onClick={fetchIt}>
            {t("error.again")}
          </Button>
        </Empty>
      </Page>
    );
  }
  return (
    <main id="main" tabIndex={-1}>
      <p class="empty" role="status">
        {t("saved.opening")}
      </p>
    </main>
  );
}
