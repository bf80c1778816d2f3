/** What was said here and not answered yet. Where it goes out at once nobody needs to hear of it, and nothing on the screen moves. */
import { useEffect, useState } from "preact/hooks";
import { online } from "../store/signals.ts";
import { t } from "../text/t.ts";
import { Badge } from "../ui/state.tsx";

/** So long an answer is expected without a word. */
const MOMENT_MS = 1500;

export function Waits({ text }: { text?: boolean }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), MOMENT_MS);
    return () => clearTimeout(timer);
  }, []);
  const off = !online.value;
  if (!off && !late) return null;
  const badge = (
    <Badge tone="wait" icon="wait">
      {t(off ? "follow.waits" : "is.soon")}
    </Badge>
  );
  if (!text) return badge;
  return (
    <p>
      {badge} {t(off ? "follow.waitsText" : "follow.soonText")}
    </p>
  );
}
