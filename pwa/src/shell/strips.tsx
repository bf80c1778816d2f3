/** What stands above every screen when it is so: no network, demo data, a new version, trouble with the phone's store. */

import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { said, settled } from "../screens/now/clock.ts";
import { asked, online, outbox, site, state } from "../store/signals.ts";
import { swap, update } from "../store/worker.ts";
import { t } from "../text/t.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import type { Where } from "./where.ts";

const later = signal(false);

function Strip({ icon, children }: { icon: IconName; children: ComponentChildren }) {
  return (
    <div class="net" role="status">
      <Icon name={icon} />
      <span>{children}</span>
    </div>
  );
}

export function Strips({ where }: { where: Where }) {
  const { readAt, trouble, kept, reread } = state.value;
  const waits = outbox.value.filter((item) => item.state === "waiting" || item.state === "sent").length;
  return (
    <>
      {asked.value && !online.value && (
        <Strip icon="nonet">
          <b>{t("net.off")}</b>{" "}
          {where.screen === "help" ? t("net.call") : readAt ? t("net.from", { when: said(readAt) }) : t("net.none")}{" "}
          {waits > 0 && <a href="/meldt">{t("net.waits", { n: waits })}</a>}
        </Strip>
      )}
      {trouble && (
        <Strip icon="warn">
          {t(`trouble.${trouble}`)} {trouble !== "closed" && <SavedLink />}
        </Strip>
      )}
      {!trouble && kept === "memory" && settled.value && <Strip icon="warn">{t("trouble.memory")}</Strip>}
      {reread && <Strip icon="repeat">{t("trouble.reread")}</Strip>}
      {site.value?.demo && (
        <header class="demo">
          <b>{t("demo.bar")}</b> {t("demo.text")}
        </header>
      )}
    </>
  );
}

function SavedLink() {
  return <a href="/gemt">{t("trouble.saved")}</a>;
}

/** A new version waits: a tap takes it, nothing is lost either way. */
export function UpdateNotice() {
  if (update.value !== "ready" || later.value) return null;
  return (
    <div class="toast">
      <span>{t("update.ready")}</span>
      <button type="button" onClick={swap}>
        {t("update.swap")}
      </button>
      <button
        type="button"
        onClick={() => {
          later.value = true;
        }}
      >
        {t("update.later")}
      </button>
    </div>
  );
}
