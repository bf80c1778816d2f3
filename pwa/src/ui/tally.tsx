import { t } from "../text/t.ts";
import { Icon } from "./icon.tsx";

/** What is only here, and what has been sent: always both. */
export function Tally({ here, sent }: { here: number; sent: number }) {
  return (
    <ul class="tally">
      <li>
        <Icon name="wait" /> {t("out.here", { n: here })}
      </li>
      <li>
        <Icon name="check" /> {t("out.gone", { n: sent })}
      </li>
    </ul>
  );
}
