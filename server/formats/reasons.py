"""Why a row was left out, in Danish: for each code the heading that the summary groups by, and the sentence about the one row."""

from typing import Any, Final

from server.formats.rows import Left

REASONS: Final[dict[str, tuple[str, str]]] = {
    "map": (
        "hører til kortet",
        "Laget {layer} hører til kortet (python -m tiles), ikke til listen. Er det et omdøbt lag af listen, så skriv --source med det "
        "navn, det havde (som facilit_service).",
    ),
    "map_type": ("hører til kortet", "Typen {type} i laget {layer} hører til kortet, ikke til listen."),
    "no_features": ("uden rækker", "Laget {layer} har ingen rækker."),
    "no_geometry_layer": ("tabel uden geometri", "Laget {layer} er en tabel uden geometri."),
    "no_geometry": (
        "ingen geometri, eller ulæselig",
        "Rækken har ingen geometri, eller den kan ikke læses. Ret den i filen, eller slet den.",
    ),
    "no_text": (
        "tekst, der ikke kan læses",
        "Rækken har tekst, der ikke er i det alfabet, som filen siger (UTF-8, hvor den intet siger). Ret den i filen, eller slet rækken.",
    ),
    "empty": ("tom geometri", "Geometrien er tom ({shape}). Tegn den i filen, eller slet rækken."),
    "not_a_number": ("koordinat er ikke et tal", "Et koordinat er ikke et tal. Ret det i filen."),
    "no_length": (
        "linje uden længde",
        "Linjen har ingen længde: den skal have to forskellige punkter. Ret den, eller slet rækken.",
    ),
    "too_short": (
        "linje, der er for kort",
        "Linjen er {length} m lang, og under en halv meter er ingen rute. Tegn den færdig i filen, eller slet rækken.",
    ),
    "points": (
        "flere punkter i én række",
        "Rækken har {count} punkter, og en facilitet ligger ét sted: det første er taget. Er det flere ting, så giv hver sin række.",
    ),
    "too_many_points": (
        "linje med for mange punkter",
        "Linjen har {points} punkter, og højst {limit} læses. Forenkl den i filen.",
    ),
    "wrong_shape": (
        "forkert slags geometri",
        "Geometrien er {shape}; her skal den være {wanted}. Gem den sådan, eller slet rækken.",
    ),
    "no_degree": (
        "koordinat er ikke en grad",
        "{value} er ikke en grad (længde −180 til 180, bredde −90 til 90). Ret rækken i filen.",
    ),
    "outside": (
        "uden for kommunen",
        "Ligger uden for kommunen ({x}, {y}). Ret rækken i filen, hvis den hører til her.",
    ),
    "elsewhere": (
        "forkert koordinatsystem",
        "Intet i laget {layer} ligger i kommunen, som det er læst ({crs}). {way_out}",
    ),
    "swapped": (
        "bredde og længde byttet om",
        "Ligger uden for kommunen, men inden for, når bredde og længde byttes om ({lon}, {lat}). Ret rækken i filen.",
    ),
    "swapped_all": (
        "bredde og længde byttet om",
        "Alt i laget {layer} ligger uden for kommunen, men inden for, når bredde og længde byttes om (det første: {lon}, "
        "{lat}). Er filen skrevet med bredden først, så skriv --lat-lon.",
    ),
    "no_name": ("punkt uden navn", "Punktet har intet navn, og et mødested skal have et. Giv det et navn i filen."),
    "part": ("stykke, der ikke er en linje", "Stykke {part} {what} og er udeladt; resten af linjen er taget med."),
    "decimal_comma": (
        "komma i koordinater",
        "{count} koordinater er skrevet med komma i stedet for punktum og er læst som decimaltal.",
    ),
    "addresses": (
        "adresser på nettet",
        "{count} tekster havde adresser på nettet eller billeder derfra. Adresserne er udeladt, ordene er taget med.",
    ),
    "network_link": (
        "henvisning, der ikke hentes",
        "'{name}' henviser til en anden adresse (NetworkLink), som ikke hentes. Gem det, den viser, som en fil for sig, og importér den.",
    ),
    "beside": (
        "flere kort i samme KMZ",
        "Kun hovedkortet (doc.kml) er læst, ikke {files}. Skal de med, så pak KMZ-filen ud som en zip, og importér dem én for én.",
    ),
    "picture": (
        "billede oven på kortet",
        "'{name}' er et billede oven på kortet ({what}) og ikke et sted eller en rute.",
    ),
    "unknown_noun": ("ukendt slags", "moede er {value}, ikke facility, stretch eller place. Ret det i filen."),
    "no_register": (
        "uden register",
        "Laget {layer} hedder som et register, men rækken er i vores eget format og siger ikke, hvilket register den er fra. Kald laget "
        "noget andet, eller skriv --source med registrets navn.",
    ),
    "same": ("den samme flere gange", "Den samme som række {other}."),
    "covered": ("den samme flere gange", "Ligger hele vejen oven i række {other}."),
    "same_id": ("samme id to gange", "Har samme id ({key}) som række {other}, men andet indhold. Ret den ene i filen."),
    "invalid": ("felt, der ikke kan bruges", "{at}: {detail}"),
    "too_long": ("for lang tekst", "Feltet {at} er længere end {limit} tegn. Forkort det i filen."),
    "no_name_cell": (
        "række uden navn",
        "Rækken har intet i kolonnen '{column}'. Skriv stedets navn, eller slet rækken.",
    ),
    "no_list": (
        "ark uden steder",
        "Arket {layer} har ingen kolonne med stedernes navne. Kald en kolonne 'Navn', eller skriv --column \"OVERSKRIFT=name\".",
    ),
    "no_places": (
        "ark uden steder",
        "Arket {layer} har navne, men ingen kolonne, som kun et sted har (koordinat, adresse, underlag), så det kan være mennesker. "
        "Er det steder, så giv arket en kolonne, der hedder 'Adresse'; den må være tom.",
    ),
    "no_dates": (
        "uden dato",
        "Ingen kolonne med dato: hvad der står om {count} steder i {layer}, regnes for set {day}. Er det en anden, så skriv den i en "
        "kolonne 'Dato', vælg kolonnen med --column \"OVERSKRIFT=seen_on\", eller skriv --seen-on ÅÅÅÅ-MM-DD.",
    ),
    "undated": (
        "uden dato",
        "Uden dato i kolonnen '{column}': {count} af rækkerne (den første: række {at}). Det, de siger, regnes for set {day}.",
    ),
    "no_rows_below": (
        "ark uden rækker",
        "Arket {layer} har overskrifter, men intet under dem. Intet er læst eller husket om det.",
    ),
    "no_day": (
        "uden dag",
        "Kolonnen '{column}' har kun år eller måned i {count} rækker (den første: række {at}, '{value}'). Det regnes for den første dag "
        "({day}), så intet siges at være set senere, end det er. Skriv dagen, hvis den kendes.",
    ),
    "beside_headings": (
        "celler uden overskrift",
        "{count} rækker har celler til højre for den sidste overskrift (den første: række {at}, '{value}'). De er ikke læst. Giv kolonnen "
        "en overskrift, eller ret et skilletegn for meget.",
    ),
    "no_degree_cell": (
        "koordinat er ikke en grad",
        "{column}: {value} er ikke en grad. Skriv breddegrad mellem 54 og 58 og længdegrad mellem 7 og 16 med komma (54,7690 og 11,8745).",
    ),
    "outside_cell": (
        "uden for kommunen",
        "{column}: {x} og {y} ({system}) ligger uden for kommunen. Ret tallene i filen.",
    ),
    "cell": ("celle, der ikke kan læses", "Kolonne '{column}': '{value}' kan ikke bruges; {allowed}. {then}"),
    "rounded": (
        "afrundet",
        "Hele centimeter: en bredde er rundet ned, en højde op (første gang i række {at}, kolonne '{column}': {value}).",
    ),
    "route_unknown": (
        "rute, der ikke kan findes",
        "Ruten '{route}' {why}. Stedet er taget med uden ny rute. Skriv rutens navn eller adresse, som den står her.",
    ),
    "same_source": (
        "omdøbt fil",
        "{layer} har mest af det, som {source} allerede har bragt, og er læst som den. Er den en anden, så skriv --source med dens navn.",
    ),
    "twice": (
        "det samme to gange",
        "{layer} er nyt, men har mest af det, som {source} allerede har bragt: så står det der to gange. Er det det samme, så importér "
        "filen med --source og navnet {source}. Med --dry-run ses det, før noget er gemt.",
    ),
    "stranger": (
        "samme navn, intet tilfælles",
        "{source} er kendt, men filen har intet af det, som det hidtil har bragt. Er det et andet register, så skriv --source med et "
        "andet navn.",
    ),
    "shared": (
        "det samme to gange",
        "{layer} er taget som et register for sig, men {count} af dens linjer står her allerede fra {source}, for samme måde at færdes på: "
        "hver af dem er to ruter på listen. Er det de samme ruter, så importér kun den ene af filerne (med --dry-run ses det, før noget "
        "er gemt). Er det to ruter ad samme vej, så lad dem stå.",
    ),
    "jump": (
        "linje med et langt spring",
        "Linjen går {km} km lige ud mellem to punkter. Er det ene et forkert punkt, så ret det i filen.",
    ),
    "dissolved": ("nedlagt her", "Er nedlagt i Mødesteder og bliver ved at være det."),
    "withdrawn": ("trukket tilbage her", "Er trukket tilbage i Mødesteder og bliver ved at være det."),
    "no_route": (
        "rute, der ikke kan bruges",
        "Ruten {route} kan ikke bruges, som den står på stræk nr. 1: {at}: {detail}",
    ),
    "opened": (
        "i brug",
        "{count} nye steder er i brug fra nu af, som de er, hvor filen kommer fra. Se dem efter; det, der ikke passer her, kan hvile.",
    ),
    "not_whole": (
        "under opbygning",
        "»{name}« kan ikke være i brug, før det har: {missing}. Det er taget ind som et sted under opbygning.",
    ),
    "pictures": (
        "billeder",
        "{count} billeder er ikke med: en fil har kun ord. De følger med en sikkerhedskopi (backup), eller lægges på igen.",
    ),
    "links": (
        "faciliteter, der mangler",
        "»{name}« hører til {what}, som ikke er her. Forbindelsen er taget fra; resten er taget med.",
    ),
    "route_first": (
        "rute, der mangler",
        "»{name}« er en rute, der ikke er her endnu. Importér eksportens routes-filer først, og så denne fil igen.",
    ),
    "broken_route": (
        "rute, der ikke kan bruges",
        "Ruten {route} skal bestå af hele linjer med numrene 1, 2, 3 …, og den har {numbers}. Intet af den er taget med.",
    ),
}


def left(layer: str, row: int | None, code: str, rows: int = 1, **values: Any) -> Left:
    """The row's `Left`, its sentence filled in."""
    return Left(layer, row, code, REASONS[code][1].format(layer=layer, **values), rows)
