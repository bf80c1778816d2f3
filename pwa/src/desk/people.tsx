/** /desk/folk: who works here; invitations, roles, and goodbye. */
import { useEffect, useState } from "preact/hooks";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/sheet.tsx";
import { useDoing, Wrong } from "./busy.tsx";
import { organisers } from "./data/copy.ts";
import { LinkPanel } from "./link-panel.tsx";
import { logInAgain, me, type Role } from "./me.ts";
import { PersonName } from "./person-name.tsx";
import { endPerson, invite, type Person, people, setOrganiser, setRole } from "./persons.ts";
import { day, ROLES } from "./words.ts";

export function People() {
  const [list, setList] = useState<Person[] | null>(null);
  const [leaving, setLeaving] = useState<Person | null>(null);
  const [link, setLink] = useState<{ readonly name: string; readonly url: string } | null>(null);
  const doing = useDoing();
  const refresh = async () => setList(await people());
  useEffect(() => doing.run(refresh), []);
  const again = (person: Person) =>
    doing.run(async () => {
      setLink({ name: person.name, url: await invite(person.name, person.role, person.id) });
      await refresh();
    });
  return (
    <>
      <div class="desk-head">
        <div>
          <h1 tabIndex={-1}>Folk</h1>
          <p class="note-text">Hvem der kan logge ind, og hvad de må.</p>
        </div>
      </div>
      <Wrong doing={doing} />
      {doing.code === "login_again" && (
        <p>
          <Button icon="key" onClick={() => doing.run(logInAgain)}>
            Log ind igen
          </Button>
        </p>
      )}
      <section class="panel">
        <header>
          <h2>Dem, der er her</h2>
        </header>
        <table class="table">
          <thead>
            <tr>
              <th>Navn</th>
              <th>Rolle</th>
              <th>Login</th>
              <th>
                <span class="vh">Gør</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {(list ?? []).map((person) => (
              <tr key={person.id}>
                <td>
                  <b>{person.name}</b>
                  {person.id === me.value?.id && " (dig)"}
                </td>
                <td data-th="Rolle:">
                  {person.ended_on || person.oidc ? (
                    ROLES[person.role].name
                  ) : (
                    <RoleChoice
                      person={person}
                      onChoose={(role) => doing.run(() => setRole(person.id, role).finally(refresh))}
                    />
                  )}
                  {person.role === "organiser" && !person.ended_on && (
                    <OrganiserChoice
                      person={person}
                      onChoose={(id) => doing.run(() => setOrganiser(person.id, id).finally(refresh))}
                    />
                  )}
                </td>
                <td data-th="Login:">{state(person)}</td>
                <td>
                  <div class="btns">
                    <Button look="quiet" small label={`Ny invitation til ${person.name}`} onClick={() => again(person)}>
                      Ny invitation
                    </Button>
                    {!person.ended_on && (
                      <Button look="quiet" small label={`Luk ude: ${person.name}`} onClick={() => setLeaving(person)}>
                        Luk ude
                      </Button>
                    )}
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div class="desk-cols">
        <InviteForm
          onInvite={(name, role) =>
            doing.run(async () => {
              setLink({ name, url: await invite(name, role) });
              await refresh();
            })
          }
          busy={doing.busy}
        />
        {link && <LinkPanel name={link.name} url={link.url} />}
      </div>
      {leaving && (
        <Dialog title={`Luk ${leaving.name} ude?`} onClose={() => setLeaving(null)}>
          <p>Alle login i det navn slutter nu, også i åbne vinduer. Navnet bliver stående i historikken.</p>
          <div class="btns">
            <Button
              look="danger"
              onClick={() => {
                const { id } = leaving;
                setLeaving(null);
                doing.run(() => endPerson(id).finally(refresh));
              }}
            >
              Luk ude
            </Button>
            <Button look="quiet" onClick={() => setLeaving(null)}>
              Behold
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}

function state(person: Person): string {
  if (person.ended_on) return `Slut ${day(person.ended_on)}`;
  if (person.asked_on) return `Beder om en ny invitation, ${day(person.asked_on)}`;
  if (person.invited_until) return `Inviteret, gælder til ${day(person.invited_until.slice(0, 10))}`;
  const keys = person.passkeys === 1 ? "1 adgangsnøgle" : `${person.passkeys} adgangsnøgler`;
  if (person.oidc) return person.passkeys === 0 ? "Kommunens login" : `Kommunens login, ${keys}`;
  return person.passkeys === 0 ? "Har ingen adgangsnøgle" : keys;
}

function RoleChoice({ person, onChoose }: { person: Person; onChoose: (role: Role) => void }) {
  return (
    <span class="field">
      <select
        aria-label={`Rolle for ${person.name}`}
        value={person.role}
        onChange={(event) => onChoose(event.currentTarget.value as Role)}
      >
        {Object.entries(ROLES).map(([role, words]) => (
          <option key={role} value={role}>
            {words.name}
          </option>
        ))}
      </select>
    </span>
  );
}

/** For whom somebody makes events. */
function OrganiserChoice({ person, onChoose }: { person: Person; onChoose: (id: string | null) => void }) {
  const all = [...organisers.value.values()].sort((a, b) => a.name.localeCompare(b.name, "da"));
  const id = person.organiser_id ?? "";
  if (all.length === 0)
    return (
      <p class="note-text">
        <a href="/desk/arrangoerer/ny">Lav foreningen først</a>, og sæt så {person.name} på.
      </p>
    );
  return (
    <span class="field">
      <select
        aria-label={`Arrangør for ${person.name}`}
        value={id}
        onChange={(event) => onChoose(event.currentTarget.value || null)}
      >
        <option value="">Ikke sat på endnu</option>
        {all.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
        {id !== "" && !organisers.value.has(id) && <option value={id}>En, der ikke er her mere</option>}
      </select>
    </span>
  );
}

function InviteForm({ onInvite, busy }: { onInvite: (name: string, role: Role) => void; busy: boolean }) {
  const [name, setName] = useState("");
  const [role, setChosen] = useState<Role>("editor");
  const [lacks, setLacks] = useState(false);
  return (
    <section class="panel">
      <header>
        <h2>Inviter</h2>
      </header>
      <form
        class="in stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!name.trim()) return setLacks(true);
          setLacks(false);
          onInvite(name.trim(), role);
        }}
      >
        <PersonName id="name" label="Navn" value={name} lacks={lacks} onChange={setName} />
        <div class="field">
          <label for="role">Rolle</label>
          <select
            id="role"
            value={role}
            aria-describedby="role-may"
            onChange={(event) => setChosen(event.currentTarget.value as Role)}
          >
            {Object.entries(ROLES).map(([value, words]) => (
              <option key={value} value={value}>
                {words.name}
              </option>
            ))}
          </select>
          <p class="hint" id="role-may">
            {ROLES[role].may}
          </p>
        </div>
        <button type="submit" class="btn" aria-disabled={busy}>
          {busy ? "Et øjeblik …" : "Lav linket"}
        </button>
      </form>
    </section>
  );
}
