/** Room on the phone. */
export const room = {
  // How much room is left, and what can go.
  "room.little": "Der er snart ikke mere plads",
  "room.littleText":
    "Telefonen har cirka {size} fri til Mødesteder. Det er nok til det, du skriver, men ikke til nye kort.",
  "room.none": "Telefonen er næsten fuld",
  "room.noneText": "Det, du skriver, kan måske ikke gemmes her. Slet noget, før du skriver.",
  "room.map": "Slet kortet {name}, {size}",
  "room.mapText": "Et kort kan hentes igen, når der er net.",
  "room.pictures": "Slet billeder, {size}",
  "room.else": "Her er intet at slette. Slet noget andet på telefonen, for eksempel film.",
  "room.made": "Nu er der plads. Det, du har skrevet, er gemt.",
  "room.memory": "Telefonen kan ikke gemme det her",
  "room.memoryText": "Det, der ikke er sendt, forsvinder, når du lukker. Gem det som en fil, så har du det.",
  // Where something that was asked for could not be done.
  "act.failed": "Det lykkedes ikke. Det er her endnu. Prøv igen.",
  "act.noFile": "Filen blev ikke lavet. Prøv igen, eller skriv dine ord ned.",
} as const;
