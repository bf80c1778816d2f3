"""Words of the two pages that stand before a map is opened, in the phone's languages. The app never says them."""

from collections.abc import Callable

from server.web import words

SOON = {
    "da": {
        "soon.title": "Mødesteder åbner snart",
        "soon.text": "Her kommer steder at mødes og ture at gå. Vi er ved at gøre kortet klar.",
        "soon.call": "Vil du vide mere, så ring til kommunen.",
        "soon.call112": "Er der fare, så ring 112.",
        "trial.title": "Prøv Mødesteder, før det åbner",
        "trial.about": "Kortet er ikke åbnet endnu. Du er inviteret til at se det først. Noget kan mangle eller være forkert.",
        "trial.kept": "Knappen gemmer linket her i telefonen, så kortet kan åbnes igen. Vi spørger ikke, hvem du er.",
        "trial.open": "Åbn prøven",
        "trial.opening": "Åbner …",
        "trial.no": "Linket virker ikke. Prøven kan være slut, eller der mangler noget af adressen. Bed om et nyt link.",
        "trial.unreached": "Der er ikke forbindelse. Prøv igen, når du har net.",
        "trial.noScript": "Knappen kræver JavaScript. Slå det til, eller åbn linket i en anden browser.",
    },
    "en": {
        "soon.title": "Mødesteder opens soon",
        "soon.text": "Places to meet and routes to walk are on their way. We are getting the map ready.",
        "soon.call": "If you want to know more, call the municipality.",
        "soon.call112": "In danger, call 112.",
        "trial.title": "Try Mødesteder before it opens",
        "trial.about": "The map is not open yet. You are invited to see it first. Something may be missing or wrong.",
        "trial.kept": "The button keeps the link on this phone, so that the map opens again. We do not ask who you are.",
        "trial.open": "Open the trial",
        "trial.opening": "Opening …",
        "trial.no": "The link does not work. The trial may be over, or part of the address is missing. Ask for a new link.",
        "trial.unreached": "There is no connection. Try again when you are online.",
        "trial.noScript": "The button needs JavaScript. Turn it on, or open the link in another browser.",
    },
    "de": {
        "soon.title": "Mødesteder öffnet bald",
        "soon.text": "Hier kommen Treffpunkte und Wege. Wir bereiten die Karte vor.",
        "soon.call": "Wenn du mehr wissen willst, ruf die Kommune an.",
        "soon.call112": "Bei Gefahr: 112.",
        "trial.title": "Mødesteder ausprobieren, bevor es öffnet",
        "trial.about": "Die Karte ist noch nicht offen. Du darfst sie zuerst sehen. Etwas kann fehlen oder falsch sein.",
        "trial.kept": "Der Knopf merkt sich den Link auf diesem Handy, damit die Karte wieder aufgeht. Wir fragen nicht, wer du bist.",
        "trial.open": "Probe öffnen",
        "trial.opening": "Öffnet …",
        "trial.no": "Der Link geht nicht. Vielleicht ist die Probe vorbei, oder ein Teil der Adresse fehlt. Bitte um einen neuen Link.",
        "trial.unreached": "Keine Verbindung. Versuch es wieder, wenn du online bist.",
        "trial.noScript": "Der Knopf braucht JavaScript. Schalte es ein, oder öffne den Link in einem anderen Browser.",
    },
}


def say_in(language: str) -> Callable[[str], str]:
    """The words of a language that `words.language` gives."""
    return (words.WORDS | words.OTHERS.get(language, {}) | SOON[language]).__getitem__
