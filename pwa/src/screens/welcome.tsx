/** The first visit: three sentences and a way on, above the list and never in front of it. */
import { site } from "../store/signals.ts";
import { phoneNumber, telephone } from "../text/format.ts";
import { t } from "../text/t.ts";
import { Button } from "../ui/button.tsx";
import { choose } from "../ui/choice.ts";
import { Title } from "../ui/head.tsx";
import { Horizon } from "../ui/horizon.tsx";
import { Icon } from "../ui/icon.tsx";
import { More } from "../ui/more.tsx";
import { showOnly } from "./now/narrowed.ts";

function toList(): void {
  choose("welcomed", "1");
  requestAnimationFrame(() => {
    scrollTo(0, 0);
    document.querySelector<HTMLElement>("h1")?.focus();
  });
}

export function Welcome() {
  const help = site.value?.help.find((h) => h.what === "municipality");
  return (
    <>
      <header class="head welcome">
        <Title>{t("first.title")}</Title>
        <div class="three t2">
          <p>{t("first.one")}</p>
          <p>{t("first.two")}</p>
          <p>{t("first.three")}</p>
        </div>
        <div class="btns t3">
          <Button icon="pin" onClick={toList}>
            {t("first.see")}
          </Button>
          <Button
            look="quiet"
            icon="home"
            onClick={() => {
              showOnly("home");
              toList();
            }}
          >
            {t("first.home")}
          </Button>
        </div>
      </header>
      <Horizon />
      <section class="band ground tight stack">
        <More title={t("first.more")}>
          <p>{t("first.lies")}</p>
        </More>
        {help && (
          <p class="ic">
            <Icon name="phone" />
            <span>
              {t("first.call")}{" "}
              <a class="num go-link" href={telephone(help.phone)}>
                {phoneNumber(help.phone)}
              </a>
            </span>
          </p>
        )}
      </section>
    </>
  );
}
