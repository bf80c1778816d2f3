/** The land under the drawing: how much of it is here, and the rest for a press, its size told first. */
import { number } from "../../text/format.ts";
import { Button } from "../../ui/button.tsx";

type Module = typeof import("./view.ts");

const megabytes = (bytes: number): string => `${number(Math.max(0.1, bytes / 1e6), 1)}\u00a0MB`;

export function Ground({ module }: { module: Module }) {
  const { whole, offered, coming, trouble } = module;
  if (whole.value) return null;
  const all = offered.value;
  const now = coming.value;
  if (now)
    return (
      <p class="note-text" role="status">
        Henter stier og veje: {Math.floor((100 * now.done) / now.bytes)} % af {megabytes(now.bytes)}.
      </p>
    );
  const why = {
    "": "",
    unreached: "Kortet kunne ikke hentes. ",
    wrong: "Det, der kom, var ikke hele kortet. ",
    none: "",
  }[trouble.value];
  if (!all)
    return trouble.value === "none" ? (
      <p class="note-text">Kommunen har ingen kort endnu. Du kan tegne på det tomme kort mellem steder og ruter.</p>
    ) : why ? (
      <p class="note-text" role="status">
        {why}Du kan tegne videre imens.{" "}
        <Button look="quiet" small icon="repeat" onClick={() => void module.openGround()}>
          Prøv igen
        </Button>
      </p>
    ) : null;
  return (
    <div class="draw-ground">
      <p class="note-text" role="status">
        {why}Her er kun oversigten. Med stier og veje kan linjen følge dem.
      </p>
      <Button look="quiet" small icon="download" onClick={() => void module.fetchWhole()}>
        Hent stier og veje, {megabytes(all.bytes)}
      </Button>
    </div>
  );
}
