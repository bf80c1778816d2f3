/** The frame of a page: bar with the way back, head under the sky, then bands. */
import type { ComponentChildren } from "preact";
import { t } from "../text/t.ts";
import { canRead, readAloud, reading } from "./aloud.ts";
import { type Back, Bar, Title } from "./head.tsx";
import { Horizon } from "./horizon.tsx";
import { Icon } from "./icon.tsx";
import { tell } from "./sheet.tsx";

/** Everything that the page says, in its order, for reading aloud. */
function pageText(): string {
  const main = document.querySelector("main");
  return [...(main?.querySelectorAll("h1, h2, h3, p, li, dt, dd") ?? [])]
    .filter((el) => !el.querySelector("p, li, dt, dd"))
    .map((el) => el.textContent?.trim() ?? "")
    .filter(Boolean)
    .join(". ");
}

async function share(title: string, address: string): Promise<void> {
  const url = location.origin + address;
  try {
    if (navigator.share) await navigator.share({ title, url });
    else {
      await navigator.clipboard.writeText(url);
      tell(t("share.copied"));
    }
  } catch {
    // The person closed the phone's own sheet: nothing happened and nothing is said.
  }
}

export function Page(p: {
  back: Back;
  name: string;
  title: ComponentChildren;
  kind?: ComponentChildren;
  tools?: boolean;
  /** What is shared, where the path alone does not say it all. */
  address?: string;
  /** Beside the heading. */
  leaf?: ComponentChildren;
  /** It is cancelled: the name is struck. */
  off?: boolean;
  head?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <>
      <Bar back={p.back}>
        {p.tools && canRead() && (
          <button type="button" class="tool" onClick={() => readAloud(pageText())}>
            <Icon name="speak" />
            <span>{t(reading.value ? "bar.stop" : "bar.read")}</span>
          </button>
        )}
        {p.tools && (
          <button
            type="button"
            class="tool"
            aria-label={t("bar.share")}
            onClick={() => void share(p.name, p.address ?? location.pathname)}
          >
            <Icon name="share" />
          </button>
        )}
      </Bar>
      <main id="main" tabIndex={-1}>
        {p.leaf ? (
          <header class="head ev-head">
            {p.leaf}
            <div>
              <Head {...p} />
            </div>
          </header>
        ) : (
          <header class={p.off ? "head off" : "head"}>
            <Head {...p} />
          </header>
        )}
        <Horizon />
        {p.children}
      </main>
    </>
  );
}

function Head(p: { kind?: ComponentChildren; title: ComponentChildren; head?: ComponentChildren }) {
  return (
    <>
      {p.kind && <p class="kind">{p.kind}</p>}
      <Title>{p.title}</Title>
      {p.head}
    </>
  );
}
