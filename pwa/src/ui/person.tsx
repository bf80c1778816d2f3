import type { ComponentChildren } from "preact";
import { phoneNumber, telephone } from "../text/format.ts";
import { t } from "../text/t.ts";
import { LinkButton } from "./button.tsx";
import { Icon } from "./icon.tsx";

/** One who answers: name, role, and the phone's own ways to reach them. */
export function Person(p: { name: string; phone: string | null; role: ComponentChildren }) {
  return (
    <>
      <div class="person">
        <Icon name="user" />
        <p>
          <b>{p.name}</b>
          {p.role && (
            <>
              <br />
              {p.role}
            </>
          )}
          {p.phone && (
            <>
              <br />
              <span class="num">{phoneNumber(p.phone)}</span>
            </>
          )}
        </p>
      </div>
      {p.phone && (
        <div class="btns">
          <LinkButton look="quiet" icon="phone" href={telephone(p.phone)}>
            {t("place.call")}
          </LinkButton>
          <LinkButton look="quiet" icon="chat" href={telephone(p.phone, "sms")}>
            {t("place.write")}
          </LinkButton>
        </div>
      )}
    </>
  );
}

/** A number to ring, one a band; 112 in brick, the municipality in beet, the others with an edge. */
export function Call(p: { tone: "sos" | "line" | ""; phone: string; children: ComponentChildren }) {
  return (
    <a class={`call ${p.tone}`} href={telephone(p.phone)}>
      <Icon name="phone" />
      <span>
        <b class="num">{phoneNumber(p.phone)}</b>
        {p.children}
      </span>
    </a>
  );
}
