"""Small tables from which invented listings are made."""

# The area codes of the larger places; elsewhere a number of an organisation without an area (088) is used.
NETNUMMERS = {
    "amsterdam": "20", "rotterdam": "10", "s-gravenhage": "70", "den-haag": "70", "utrecht": "30", "eindhoven": "40",
    "groningen": "50", "tilburg": "13", "almere": "36", "breda": "76", "nijmegen": "24", "apeldoorn": "55",
    "arnhem": "26", "haarlem": "23", "enschede": "53", "zaandam": "75", "amersfoort": "33", "s-hertogenbosch": "73",
    "zwolle": "38", "leiden": "71", "leeuwarden": "58", "maastricht": "43", "dordrecht": "78", "zoetermeer": "79",
    "deventer": "570", "delft": "15", "alkmaar": "72", "venlo": "77", "heerlen": "45", "hilversum": "35",
    "oss": "412", "emmen": "591", "assen": "592", "lelystad": "320", "middelburg": "118", "vlissingen": "118",
    "goes": "113", "terneuzen": "115", "hoorn": "229", "gouda": "182", "ede": "318", "roosendaal": "165",
    "sneek": "515", "drachten": "512", "heerenveen": "513", "hoogeveen": "528", "meppel": "522", "kampen": "38",
    "almelo": "546", "hengelo": "74", "doetinchem": "314", "zutphen": "575", "tiel": "344", "roermond": "475",
    "sittard": "46", "weert": "495", "helmond": "492", "purmerend": "299", "den-helder": "223", "veendam": "598",
}  # fmt: skip

TOELICHTINGEN = [
    "De ingang zit aan de {achterkant|zijkant}, naast {de fietsen|het hek|de glasbak}.",
    "{Bus|Lijn} {2|4|6|7|12} stopt {voor de deur|om de hoek|op vijf minuten lopen}.",
    "Parkeren kan gratis op {het plein|het terrein ernaast|de parkeerplaats bij de sporthal}.",
    "Wij zitten {boven de bibliotheek|in het oude postkantoor|naast de apotheek|achter de kerk|tegenover de school}.",
    "Druk op de {onderste|bovenste|gele} bel; {iemand doet open|even geduld, wij komen van boven}.",
    "{Vanaf het station|Vanaf de markt} is het {acht|tien|twaalf} minuten lopen.",
    "De grote zaal is {op de begane grond|gelijkvloers}, de spreekkamers zijn met de lift te bereiken.",
]
FUNCTIES = ["gastvrouw", "coördinator", "secretaris", "beheerder", "aanspreekpunt", "voorzitter", "teamleider"]
WACHTTIJDEN = [
    "geen wachttijd",
    "ongeveer twee weken",
    "één tot drie weken",
    "ongeveer een maand",
    "bel voor de wachttijd",
]
TAAL_VAN_SOORT = {
    "taal": ["en", "ar", "ti", "uk", "tr"],
    "nieuw": ["en", "ar", "ti", "fa", "uk", "so", "ku"],
    "werkmigrant": ["pl", "ro", "bg", "en", "es"],
    "vrouwen": ["tr", "ar", "zgh", "en"],
    "recht": ["en", "tr", "ar"],
    "wijkteam": ["en", "tr", "ar", "pl"],
    "dakloos": ["en", "pl", "es"],
    "geweld": ["en", "ar", "dse"],
    "vrouwenopvang": ["en", "ar", "tr", "pl"],
    "beperking": ["dse"],
    "lijn": ["en", "tr", "ar"],
}
JE_SOORTEN = {"jongeren"}
# They have no building to visit, or no volunteers and board to speak of.
NEUTRALE_SOORTEN = {"wijkteam", "vrouwenopvang", "geweld", "fonds", "lijn", "landelijk"}
TOEGANG = ["rolstoel", "toilet", "lift", "parkeren", "ringleiding", "hulphond", "prikkelarm", "ov"]
