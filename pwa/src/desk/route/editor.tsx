/** /desk/ruter/{id}: one route, made or changed: its way on the map, its stretches, and what is said of it. */
import { useEffect, useState } from "preact/hooks";
import { rowsOf } from "../../store/mirror.ts";
import { Note } from "../../ui/band.tsx";
import { Button } from "../../ui/button.tsx";
import { Plate } from "../../ui/plate.tsx";
import { tell } from "../../ui/sheet.tsx";
import { baseOf, reading, routes, site } from "../data/copy.ts";
import { change as begin, drafts } from "../data/draft.ts";
import type { Route } from "../data/things.ts";
import { act, newId, unsent } from "../data/write.ts";
import { go } from "../go.ts";
import { SaidNote, useActing } from "../lists/acting.tsx";
import { Dock } from "../parts/dock.tsx";
import { DropDraft } from "../parts/drop-draft.tsx";
import { type Step, useHistory, Went } from "../parts/history.tsx";
import { clashSlot } from "../place/clash-slot.tsx";
import { focusAt, useEditing } from "../place/editing.ts";
import { together } from "../place/together.ts";
import { whyWords } from "../waits-words.ts";
import { Aside } from "./aside.tsx";
import { openGroups, pickedOf, WayClashes } from "./clash-fields.tsx";
import { isOfWay } from "./clashes.ts";
import { RouteForm } from "./form.tsx";
import { setBack } from "./set-back.ts";
import { useWay } from "./use-way.ts";
import { checkRoute, type RouteName, type RouteValues, routeOf } from "./values.ts";
import { isOurs } from "./way.ts";

const LIST = "/desk/ruter";

/** `rest`: the route's id, or "ny". */
export function RouteEditor({ rest }: { rest: readonly string[] }) {
  const id = rest[0] ?? "ny";
  useEffect(() => {
    if (id !== "ny") return;
    const made = newId();
    begin("route", made, "modes", ["walk"], true);
    history.replaceState(null, "", `${LIST}/${made}`);
    go(`${LIST}/${made}`);
  }, [id]);
  if (id === "ny") return null;
  const route = routes.value.get(id);
  const draft = drafts.value.get(`route/${id}`);
  if (route || draft?.isNew || (draft && reading.value.phase !== "ready"))
    return <Editor key={id} id={id} route={route ?? null} />;
  return <Missing id={id} />;
}

/** Not in the lists: perhaps withdrawn, and then it can be fetched back. */
function Missing({ id }: { id: string }) {
  const acting = useActing();
  const coming = reading.value.phase !== "ready";
  return (
    <>
      <Crumb />
      <h1 tabIndex={-1}>{coming ? "Henter ruten …" : "Ruten er her ikke"}</h1>
      {!coming && (
        <>
          <p>Den er trukket tilbage, eller adressen er forkert.</p>
          <SaidNote acting={acting} />
          <div class="btns start">
            <Button
              look="quiet"
              icon="repeat"
              off={acting.busy}
              onClick={() => acting.run(() => act("restore", { kind: "route", id }, {}))}
            >
              {acting.busy ? "Et øjeblik …" : "Hent den tilbage"}
            </Button>
          </div>
        </>
      )}
    </>
  );
}

const Crumb = () => (
  <p class="crumb">
    <a href={LIST}>Ruter</a>
  </p>
);

const check = (set: Readonly<Record<string, unknown>>, isNew: boolean) =>
  checkRoute(set, isNew, site.peek()?.bounds ?? null);

const noName = () => null;

/** Whether everybody reads it; null where it stands nowhere yet. */
function isPublic(id: string): boolean | null {
  const has = (scope: "public" | "staff") => rowsOf(scope).some((row) => row.kind === "route" && row.id === id);
  return has("public") ? true : has("staff") ? false : null;
}

function Editor({ id, route }: { id: string; route: Route | null }) {
  const editing = useEditing("route", id, check);
  const [asking, setAsking] = useState(false);
  const { draft, isNew, wrongs } = editing;
  const set = draft?.set ?? {};
  const stands = route?.stretches ?? [];
  const values = routeOf(route, set);
  const standing = routeOf(route);
  const ours = isNew || isOurs(id);
  const steps = useHistory("route", id, isNew ? null : baseOf("route", id));
  const work = useWay(isNew ? null : route, set, values, ours, editing.set);
  const change = <F extends RouteName>(field: F, value: RouteValues[F]) => {
    const asIs = !isNew && JSON.stringify(value) === JSON.stringify(standing[field]);
    editing.set(field, asIs ? undefined : value);
  };
  useEffect(() => {
    // A new route begins with its first stretch, ready to be drawn.
    if (isNew && work.way.length === 0) work.add();
  }, [isNew]);

  const plain = [...editing.clashes].filter(([field]) => !isOfWay(field));
  const groups = openGroups(draft, stands);
  const all = plain.length + groups.length;
  const chosen = plain.filter(([, one]) => one.chosen !== null).length + pickedOf(id, groups);
  const left = all - chosen;
  const changed = draft !== undefined && (isNew || Object.keys(set).length > 0 || all > 0);
  const save = async () => {
    const outcome = await editing.send();
    if (outcome?.is !== "applied") return;
    work.go({ what: "look" });
  };
  const back = (step: Step) => {
    const done = setBack(step, work.way, ours);
    for (const [field, value] of Object.entries(done.fields)) change(field as RouteName, value as never);
    if (done.way) work.setWay(done.way);
    const some = done.way !== null || Object.keys(done.fields).length > 0;
    tell(some ? "Det står, som det gjorde før. Se efter, og gem." : "Det kan ikke sættes tilbage her.");
    if (some) focusAt(Object.keys(done.fields)[0] ?? "stretches");
  };
  const slot = clashSlot(editing, steps, noName);
  const title = values.name?.da || "Ny rute";
  const words = all > 0 ? together(draft?.clashes ?? [], "ruten") : null;
  return (
    <>
      <Crumb />
      <div class="ed-head">
        <Plate form="route" />
        <h1 tabIndex={-1}>{title}</h1>
        {isNew && <span class="badge wait">ikke gemt endnu</span>}
      </div>
      <div class="ed">
        <form
          class="panel frm"
          noValidate
          onFocusOut={editing.left}
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          {words && (
            <Note icon="merge" live>
              <p>
                <b>{words.who}</b> {all === 1 ? "Ét felt er forskelligt." : `${all} felter er forskellige.`} Resten er
                samlet.
              </p>
              <p class="note-text">Intet er overskrevet. Vælg felt for felt.</p>
            </Note>
          )}
          {editing.said && (
            <div role="alert">
              <Note tone="bad" icon="warn">
                <p>
                  <b>Det er ikke gemt på serveren.</b> {whyWords(editing.said.code, editing.said.detail)}
                </p>
                <p class="note-text">Det, du skrev, er i din kladde.</p>
              </Note>
            </div>
          )}
          {draft && <WayClashes draft={draft} stands={stands} />}
          <RouteForm
            id={id}
            isNew={isNew}
            isPublic={isPublic(id)}
            values={values}
            wrongs={wrongs}
            work={work}
            change={change}
            slot={slot}
          />
        </form>
        <aside class="desk-col" aria-label="Om ruten">
          <Aside id={id} route={isNew ? null : route} way={work.way} onGone={() => go(LIST)} />
          {!isNew && <Went steps={steps} nameOf={noName} onBack={back} />}
          {changed && (
            <div class="btns start in-col">
              <Button look="quiet" small icon="trash" onClick={() => setAsking(true)}>
                Smid kladden væk
              </Button>
            </div>
          )}
        </aside>
      </div>
      <Dock
        {...(all > 0 ? { clashes: { all, chosen } } : {})}
        changed={changed}
        waits={unsent.value.some((op) => op.subject.id === id && op.state !== "refused")}
        at={draft?.at ?? null}
        busy={editing.busy}
        save={left > 0 ? `Vælg ${left} ${left === 1 ? "felt" : "felter"} mere` : "Gem"}
        onSave={() => void save()}
        onClose={() => go(LIST)}
      />
      {asking && (
        <DropDraft
          onClose={() => setAsking(false)}
          onDrop={() => void editing.throwAway().then(() => (isNew ? go(LIST) : work.go({ what: "look" })))}
        >
          {isNew
            ? "Ruten er ikke gemt endnu. Alt, hvad du har tegnet og skrevet, forsvinder."
            : "Det, du har rettet, forsvinder. Ruten bliver, som den står."}
        </DropDraft>
      )}
    </>
  );
}
