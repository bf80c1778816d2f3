/** What was looked for and did not fit, and two ways on. */
import { later } from "../text/da-later.ts";
import { add, t } from "../text/t.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import { clearAll, fromHome, noSteps, openNow, query } from "./now/narrowed.ts";

add(later);

export function NoneFit() {
  const words = query.value.trim();
  const filters = [
    openNow.value && t("list.filterOpen"),
    noSteps.value && t("list.filterStep"),
    fromHome.value && t("list.filterHome"),
  ].filter((f): f is string => Boolean(f));
  const listed = filters.reduce((a, b) => (a ? t("list.and", { a, b }) : b), "");
  const text =
    words && listed
      ? t("list.noneBoth", { query: words, filters: listed })
      : words
        ? t("list.noneSearch", { query: words })
        : t("list.noneFilter", { filters: listed });
  const last = filters.at(-1);
  const dropLast = () => {
    if (fromHome.value) fromHome.value = false;
    else if (noSteps.value) noSteps.value = false;
    else openNow.value = false;
  };
  return (
    <>
      <p>{text}</p>
      <div class="btns">
        <Button onClick={clearAll}>{t("list.noneAll")}</Button>
        {last ? (
          <Button look="quiet" onClick={dropLast}>
            {t("list.noneTake", { filter: last })}
          </Button>
        ) : (
          <LinkButton look="quiet" icon="phone" href="/hjaelp">
            {t("missing.help")}
          </LinkButton>
        )}
      </div>
    </>
  );
}
