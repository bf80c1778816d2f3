"""Code lists of GeoFA 1.7 (OpenFKG, fkg.d_5800_facilitet, d_5802_rutetype, d_basis_belaegning, d_basis_handicapegnet, d_basis_ja_nej,
d_5800_saeson), as far as they mean something here. Lists grow: a code that is not here is kept with the text that came with it."""

from typing import Final

from server.model.route import Mode
from server.model.values import Surface

CODES: Final[dict[int, str]] = {
    int(code): words
    for code, _, words in (
        line.partition(" ")
        for line in """\
1012 Toilet
1022 Bålplads
1031 Legeplads
1041 Naturlegeplads
1051 Badestrand/-sted
1061 Blå Flag strand
1062 Badepunkt
1072 Blå Flag facilitet
1082 Spejderhytte
1091 Friluftsbad/Svømmebad
1102 Slæbested
1112 Motionsmødested
1122 Cykelpumpestation/-servicepost
1132 Tørvejrsrum/Madpakkehus
1142 Virtuelt oplevelsespunkt
1152 Info-tavle
1162 Cykelparkering
1182 Turistinformation
1191 Hundeskov/Hundepark/fritløbsareal
1201 Borde-bænke/Picnic
1211 Vandlegeplads
1222 Vandpost
1232 Trækfærge
1242 Livreddertårn
1252 Livredderpost
1261 Badevandsflag
1272 Badevandsflag facilitet
1281 Hesteophold
1291 Holdeplads
1302 Formidlingscenter
1311 Spang
1321 Stente
1331 Badebro
1341 Bro
1351 Parkeringsplads
1361 Fodhviler
1371 Bænk
2012 Fugletårn/Udsigtstårn
2022 Udsigtspunkt
2031 Fiskesø
2041 Rekreativt naturområde
2051 Park
2062 Naturcenter
2072 Naturbase
2082 Naturskole
2092 Udstilling
2102 Naturrum
2111 Naturpark
2121 Nationalpark
2132 Kælkebakke
2141 Terapihave
2151 Spiselig vegetation
2161 Oplevelsespunkt
2171 Frit fiskeri
2183 Geopark
2191 Seværdighed - Fauna
2201 Seværdighed – Flora
2211 Seværdighed – Geologi
2223 Naturkanon
2231 Naturnationalpark
3012 Shelter
3022 Kano/kajak overnatningsplads
3031 Teltplads
3041 Campingplads
3051 Hytter og Lejrskoler
3061 Feriecenter
3071 Fri teltning
3081 Hængekøjelund
3091 Bålhytte
4011 Idrætshal
4021 Svømmehal
4031 Idrætsanlæg
4041 Cykelbane
4051 Agilitybane
4061 Modelflyveplads
4071 Skøjtebane
4081 Minigolfbane
4091 Golfbane
4101 Discgolfanlæg
4111 Boldbane
4121 Skydebaneanlæg
4132 Pentanquebane
4142 Skateranlæg
4152 Parkouranlæg
4161 Rideanlæg
4172 Beachvolleybane
4182 Dykkerspot
4191 Kitesurf område
4201 Windsurfområde
4211 Kitebuggyområde
4222 Udendørs Fitness/Motionsplads
4231 Flugtskydningsbane
4241 Motorsportsbane
4251 Ketchersportsanlæg
4262 Rulleskøjtebane
4272 Klatreanlæg
4281 Cricketbane
4291 Krolfbane
4301 UV-jagtspot
4311 Snorkelsti/-område
4322 Orienteringsrute startpunkt
4332 Orienteringsrute slutpunkt
4342 Bindebom
4351 Skibakke
4361 Fodboldgolf
4371 Bueskydning
4381 Strandhåndboldbane
4391 Hundetræningsareal
4401 Overbæringssted
4411 Fiskeplatform
5011 Forsamlingshus
5021 Museum
5031 Teater
5041 Forlystelsesanlæg
5051 Biograf
5061 Foreningshus
5072 Formidling af fortidsminder
5082 Historiske steder
5092 Lokal- eller sogne-arkiv
5102 Kunst
6011 Bådplads
6021 Rostadion
6031 Umotoriseret sejlads tilladt
6042 Sejlsports- og roklub
6052 Kano-/kajakrasteplads
6062 Ophaler-/isætningsplads
6071 Svajeplads
6081 Vandscooter tilladt
9981 Andet
9991 Ukendt
""".splitlines()
    )
}
"""d_5800_facilitet: what each code is called."""

# Type in the older layers → code of list d_5800_facilitet. Everything else keeps its text, without a code.
TYPES: Final[dict[str, int]] = {
    "Bænk": 1371,
    "Picnicbord": 1201,
    "Tørvejrsrum": 1132,
    "Tørvejrsrum/Madpakkehus": 1132,
    "Legeplads": 1031,
    "Naturlegeplads": 1041,
    "Toilet": 1012,
    "Drikkevand": 1222,
    "Vandpost": 1222,
    "Badestrand": 1051,
    "Badestrand/-sted": 1051,
    "Fugletårn": 2012,
    "Fugletårn/Udsigtstårn": 2012,
    "Udsigtspunkt": 2022,
    "Museum": 5021,
    "Campingplads": 3041,
}

# d_basis_belaegning; 9 (ukendt) and all others: no fact.
SURFACES: Final[dict[int, Surface]] = {1: "firm", 2: "loose", 3: "unpaved", 8: "other"}

# d_5802_rutetype, as far as it says how one moves.
ROUTE_TYPES: Final[dict[int, Mode]] = {
    2: "walk",
    3: "cycle",
    4: "cycle",
    5: "walk",
    6: "walk",
    8: "ride",
    9: "paddle",
    11: "walk",
    12: "walk",
    13: "drive",
    14: "ride",
}

YES_NO: Final[dict[int, bool]] = {0: False, 1: True}
"""d_basis_ja_nej; 2 (blandet), 3 (ukendt) and all others: no fact."""

NOT_SUITED: Final = 3
"""d_basis_handicapegnet: "Ikke handicapegnet". 1, 2 and 4 are somebody's judgement without a measure behind it, 8 and 9 are none."""

ALL_YEAR: Final = frozenset({1, 7})
"""d_5800_saeson: open all year, or of no relevance."""
