/** A link that lets somebody in. */
import { useState } from "preact/hooks";
import { Button } from "../ui/button.tsx";

/** Shown once: neither this page nor the server can show it again. */
export function LinkPanel({ name, url }: { name: string; url: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <section class="panel" aria-label={`Invitation til ${name}`}>
      <header>
        <h2>Link til {name}</h2>
      </header>
      <div class="in stack">
        <p role="status">
          Send det til {name} selv. Det gælder i syv dage og kan bruges én gang. Det vises kun her og nu.
        </p>
        <div class="field">
          <label for="link">Linket</label>
          <input id="link" readOnly value={url} onFocus={(event) => event.currentTarget.select()} />
        </div>
        <Button
          look="quiet"
          icon="copy"
          onClick={() =>
            void navigator.clipboard.writeText(url).then(
              () => setCopied(true),
              () => setCopied(false),
            )
          }
        >
          {copied ? "Kopieret" : "Kopiér"}
        </Button>
      </div>
    </section>
  );
}
