import { t } from "../text/t.ts";
import { Icon, type IconName } from "./icon.tsx";

export type Room = "places" | "happens" | "saved" | "help";

const rooms: readonly { room: Room; href: string; icon: IconName }[] = [
  { room: "places", href: "/", icon: "pin" },
  { room: "happens", href: "/det-sker", icon: "calendar" },
  { room: "saved", href: "/gemt", icon: "saved" },
  { room: "help", href: "/hjaelp", icon: "help" },
];

/** Four words with their pictures, always in reach. */
export function Nav({ here }: { here: Room | null }) {
  return (
    <nav class="nav" aria-label={t("nav.main")}>
      {rooms.map(({ room, href, icon }) => (
        <a key={room} href={href} {...(room === here ? { "aria-current": "page" as const } : {})}>
          <Icon name={icon} />
          {t(`nav.${room}`)}
        </a>
      ))}
    </nav>
  );
}
