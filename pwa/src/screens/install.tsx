/** Getting the app onto the home screen: on an iPhone before a map is saved, on Android after it is whole. Never on a first visit. */
import { signal } from "@preact/signals";
import { t } from "../text/t.ts";
import { Band } from "../ui/band.tsx";
import { Button } from "../ui/button.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Steps } from "../ui/more.tsx";
import { offer } from "../ui/offer.ts";
import { Plate } from "../ui/plate.tsx";
import { Dialog } from "../ui/sheet.tsx";

const declined = signal(false);

function standalone(): boolean {
  return (
    matchMedia("(display-mode: standalone)").matches || (navigator as { standalone?: boolean }).standalone === true
  );
}

/** Safari on an iPhone or iPad, which forgets after seven days unless the app stands on the home screen. */
export function installFirst(): boolean {
  const ios =
    /iPhone|iPad|iPod/.test(navigator.userAgent) ||
    (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
  return ios && !standalone();
}

function Key({ icon, children }: { icon?: IconName; children?: string }) {
  return (
    <span class="keycap">
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}

/** `why`: a map that is to be kept, or messages that are to come. `onAnyway`: it is done here in spite of all. */
export function InstallIos(p: { why?: "map" | "push"; onClose: () => void; onAnyway?: () => void }) {
  const push = p.why === "push";
  return (
    <Dialog title={t(push ? "install.pushTitle" : "install.iosTitle")} onClose={p.onClose}>
      <p>{t(push ? "install.pushLead" : "install.iosLead")}</p>
      <Steps
        items={[
          <>
            {t("install.ios1")} <Key icon="share">{t("install.ios1Key")}</Key> {t("install.ios1End")}
          </>,
          <>
            {t("install.ios2")} <Key icon="addhome">{t("install.ios2Key")}</Key>
          </>,
          <>
            {t("install.ios3")} <Key>{t("install.ios3Key")}</Key> {t("install.ios3End")}
          </>,
          <>
            {t("install.ios4")} <Plate form="spot" small /> <b>{t("app")}</b>{" "}
            {t(push ? "install.pushEnd" : "install.ios4End")}
          </>,
        ]}
      />
      {push && <p>{t("install.pushAgain")}</p>}
      <div class="btns">
        <Button look="quiet" onClick={p.onClose}>
          {t("install.notNow")}
        </Button>
        {p.onAnyway && (
          <Button look="plain" onClick={p.onAnyway}>
            {t("install.iosAnyway")}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

/** Shown on Gemt once a map is whole, where the phone can keep the app. */
export function InstallAndroid() {
  const android = /Android/.test(navigator.userAgent);
  if (standalone() || declined.value || !(offer.value || android)) return null;
  return (
    <Band tone="ground" title={t("install.androidTitle")}>
      <p>{t("install.androidLead")}</p>
      {offer.value ? (
        <Button wide icon="download" onClick={() => void offer.value?.prompt()}>
          {t("install.do")}
        </Button>
      ) : null}
      {android && (
        <>
          {offer.value && <h3>{t("install.none")}</h3>}
          <Steps
            items={[
              <>
                {t("install.android1")} <Key icon="more" /> {t("install.android1End")}
              </>,
              <>
                {t("install.android2")} <Key icon="addhome">{t("install.android2Key")}</Key>
              </>,
              <>
                {t("install.android3")} <Key>{t("install.android3Key")}</Key>
              </>,
            ]}
          />
        </>
      )}
      <Button
        look="plain"
        onClick={() => {
          declined.value = true;
        }}
      >
        {t("install.notNow")}
      </Button>
    </Band>
  );
}
