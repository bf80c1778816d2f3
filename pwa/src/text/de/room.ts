import type { room as da } from "../da/room.ts";

export const room: Record<keyof typeof da, string> = {
  "room.little": "Es ist bald kein Platz mehr",
  "room.littleText":
    "Das Telefon hat etwa {size} frei für Mødesteder. Das reicht für das, was du schreibst, aber nicht für neue Karten.",
  "room.none": "Das Telefon ist fast voll",
  "room.noneText": "Was du schreibst, lässt sich vielleicht nicht speichern. Lösche etwas, bevor du schreibst.",
  "room.map": "Karte {name} löschen, {size}",
  "room.mapText": "Eine Karte lässt sich wieder laden, wenn Netz da ist.",
  "room.pictures": "Bilder löschen, {size}",
  "room.else": "Hier gibt es nichts zu löschen. Lösche etwas anderes auf dem Telefon, zum Beispiel Filme.",
  "room.made": "Jetzt ist Platz. Was du geschrieben hast, ist gespeichert.",
  "room.memory": "Das Telefon kann dies nicht speichern",
  "room.memoryText": "Was nicht gesendet ist, verschwindet, wenn du schließt. Speichere es als Datei, dann hast du es.",
  // Where something that was asked for could not be done.
  "act.failed": "Das hat nicht geklappt. Es ist noch hier. Versuche es noch einmal.",
  "act.noFile": "Die Datei wurde nicht gemacht. Versuche es noch einmal, oder schreibe deine Worte auf.",
};
