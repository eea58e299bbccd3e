#!/usr/bin/env python3
"""GeoNames facts (CC BY 4.0, geonames.org) -> data/place/{countries,divisions,cities}.tsv.

Run in the repository root: python3 tools/tables/gazetteer.py [../shared/data]
The tables it writes are committed; nothing runs it at build time. data/place/extra.tsv is kept by hand and not touched.
"""
import collections
import difflib
import json
import re
import sys
import unicodedata
from pathlib import Path

DATA = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")
OUT = Path("data/place")

# The middle of countries whose cities lie far to one side (degrees north, east; whole degrees).
MIDDLE = {
    "USA": (40, -100), "CAN": (60, -95), "RUS": (63, 97), "AUS": (-25, 133), "CHN": (35, 103), "BRA": (-10, -52.5),
    "DZA": (28, 3), "EGY": (27, 30), "LBY": (27, 17), "KAZ": (48, 68), "SAU": (25, 45), "CHL": (-30, -71), "ARG": (-34, -64),
    "GRL": (72, -40), "MLI": (17, -4), "NER": (16, 8), "TCD": (15, 19), "MRT": (20, -12), "NOR": (62, 10), "SWE": (62, 15),
    "FIN": (64, 26), "COD": (-3, 23.5), "IDN": (-5, 120), "IND": (20, 77), "MNG": (46, 105), "FRA": (46, 2), "ESP": (40, -4),
    "PRT": (39.5, -8), "GBR": (54, -2), "NZL": (-41, 174), "JPN": (35.5, 137), "PER": (-10, -76), "BOL": (-17, -65),
    "COL": (4, -72), "VEN": (8, -66), "ZAF": (-29, 24), "NAM": (-22, 17), "BWA": (-22, 24), "AGO": (-12.5, 18.5),
    "ZMB": (-15, 30), "MOZ": (-18.25, 35), "TZA": (-6, 35), "KEN": (1, 38), "ETH": (8, 38), "SOM": (10, 49), "SDN": (15, 32),
    "SSD": (7, 30), "NGA": (9, 8), "IRN": (32, 53), "AFG": (33, 65), "PAK": (30, 70), "TUR": (39, 35), "UKR": (49, 32),
    "MEX": (23, -102), "PNG": (-6, 147), "PHL": (13, 122), "MYS": (2.5, 112.5), "VNM": (16.2, 107.8), "THA": (15, 100),
    "MMR": (22, 96.5), "YEM": (15, 48), "OMN": (21, 57), "ISL": (65, -18), "GUY": (5, -59), "SUR": (4, -56), "ECU": (-2, -77.5),
    "PRY": (-23, -58), "URY": (-33, -56), "ITA": (42.8, 12.8), "DEU": (51, 9), "POL": (52, 20), "ROU": (46, 25), "GRC": (39, 22),
    "SYR": (35, 38), "IRQ": (33, 44), "JOR": (31, 36), "LAO": (18, 105), "KHM": (13, 105), "TKM": (40, 60), "UZB": (41, 64),
    "MDG": (-20, 47), "CAF": (7, 21), "COG": (-1, 15), "GAB": (-1, 11.75), "CMR": (6, 12), "ZWE": (-20, 30), "MAR": (32, -5),
    "TUN": (34, 9), "CIV": (8, -5), "BFA": (13, -2), "GHA": (8, -2), "SEN": (14, -14), "GIN": (11, -10), "PRK": (40, 127),
    "KOR": (37, 127.5), "TWN": (23.5, 121), "PSE": (31.9, 35.2), "ESH": (24.5, -13), "NPL": (28, 84), "BGD": (24, 90),
    "LKA": (7, 81), "CUB": (21.5, -80), "FSM": (7, 158), "KIR": (1, 173), "MDV": (3.2, 73), "SLB": (-8, 159), "FJI": (-18, 175),
    "ATA": (-80, 0), "NCL": (-21.5, 165.5), "PYF": (-15, -140), "TON": (-20, -175), "VUT": (-16, 167), "BHS": (24.25, -76),
    "SYC": (-4.6, 55.7), "KWT": (29.5, 45.8), "SGP": (1.37, 103.8), "VAT": (41.9, 12.45), "GIB": (36.13, -5.35), "FLK": (-51.75, -59),
    "CUW": (12.1, -68.9), "ABW": (12.5, -70), "SXM": (18, -63), "TUV": (-8, 178), "MHL": (9, 168), "BEN": (9.5, 2.25),
    "ARE": (24, 54), "KGZ": (41, 75), "TJK": (39, 71), "IOT": (-6, 71.5), "NIU": (-19, -169.9), "TCA": (21.75, -71.6),
    "VGB": (18.4, -64.6), "BLM": (17.9, -62.8), "MAF": (18.1, -63.05), "NFK": (-29, 168), "CXR": (-10.5, 105.7), "GUF": (4, -53), "BLR": (53, 28), "KOS": (42.6, 21), "ISR": (31.5, 34.75), "LBN": (33.8, 35.8),
}
# The middle of divisions whose towns lie far to one side.
DIVISION_MIDDLE = {
    "California": (37, -119.7), "Texas": (31, -99.5), "New York": (43, -75), "Utah": (39.4, -111.6), "Illinois": (40, -89.3),
    "Michigan": (44.2, -85), "Oregon": (44, -120.5), "Nevada": (39, -117), "Alaska": (64, -150), "Montana": (47, -109.6),
    "Idaho": (44.3, -114.5), "Colorado": (39, -105.5), "Washington": (47.4, -120.4), "New Mexico": (34.4, -106.1),
    "Arizona": (34.2, -111.6), "Florida": (28.3, -82), "Wyoming": (43, -107.5), "Minnesota": (46, -94.3), "Georgia": (32.8, -83.4),
    "Pennsylvania": (41, -77.6), "Virginia": (37.5, -78.5), "Maine": (45.3, -69.1), "Wisconsin": (44.5, -89.8),
    "Nebraska": (41.5, -99.8), "Kansas": (38.5, -98.4), "Missouri": (38.4, -92.5), "Louisiana": (31, -92),
    "Queensland": (-21, 143.5), "New South Wales": (-32, 147), "Victoria": (-37, 144.5), "Western Australia": (-26, 121),
    "South Australia": (-30, 135), "Northern Territory": (-19.5, 133), "Tasmania": (-42, 146.7),
    "Ontario": (50, -85.5), "Alberta": (54.5, -115), "British Columbia": (54.5, -125), "Manitoba": (55, -97), "Quebec": (53, -71),
    "Saskatchewan": (54.5, -106), "Nunavut": (70, -90), "Newfoundland and Labrador": (53.5, -60), "Yukon": (63.5, -136),
    "Northwest Territories": (66, -119), "Krasnoyarsk Krai": (66, 95), "Sakha": (66, 129), "Amazonas": (-4, -63), "Xinjiang": (41, 85),
    "Tibet": (31.7, 87), "Inner Mongolia": (44, 113), "Qinghai": (35.5, 96),
}
LARGE = {"USA", "CAN", "AUS", "RUS", "BRA", "CHN"}
KINDS = (
    "Province|Region|Department|Departamento|Governorate|State|Oblast|Krai|County|District|Prefecture|Emirate|Canton|Voivodeship"
    "|Division|Parish|Municipality|Territory|Republic|Autonomous Region|Autonomous Republic|Autonomous Oblast|Autonomous Okrug"
    "|Atoll|City|Federal District|Special Region|Raion|Rayon|Muhafazat|Wilaya"
)


def fold(text):
    """Lower case without diacritics."""
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


def rows(path):
    with open(path, encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t") for line in lines]


def latin(name):
    return all(c in " '’.-" or "LATIN" in unicodedata.name(c, "") for c in name)


def attested():
    """Of news text: capitalised word rows, folded (which spellings English-language news uses), and words in lower case."""
    found, lower = collections.Counter(), collections.Counter()
    for path in sorted([*(DATA / "raw").glob("*.jsonl"), *(DATA / "events").glob("*.?sv")]):
        for line in open(path, encoding="utf-8"):
            text = line
            if path.suffix == ".jsonl":
                article = json.loads(line)
                text = " ".join(v for k, v in article.items() if isinstance(v, str))
            lower.update(re.findall(r"(?<![\w'’-])[a-z]{3,}(?![\w'’-])", text))
            for run in re.findall(r"[^\W\d_][\w'’-]*(?:[ -][^\W\d_][\w'’-]*){0,3}", text):
                words = re.split(r"[ ]", run)
                for i in range(len(words)):
                    for j in range(i + 1, min(i + 4, len(words)) + 1):
                        if words[i][:1].isupper() and words[j - 1][:1].isalpha():
                            found[fold(" ".join(words[i:j]))] += 1
    return found, lower


def main():
    seen, lower = attested()
    iso3, countries = {}, {}
    for row in rows(DATA / "place/geonames/countryInfo.tsv"):
        if row[0].startswith("#") or len(row) < 18 or row[0] in ("CS", "AN"):
            continue
        code = "KOS" if row[0] == "XK" else row[1]
        iso3[row[0]] = code
        countries[code] = dict(name=row[4], id=row[16], population=row[7], next=row[17].split(","))
    divisions = {}
    for code, name, ascii_name, number in (r[:4] for r in rows(DATA / "place/geonames/admin1CodesASCII.txt")):
        country, _, part = code.partition(".")
        if country in iso3:
            divisions[iso3[country], part] = dict(name=name, ascii=ascii_name, id=number, places=[])

    cities, dropped = [], []
    for r in rows(DATA / "place/geonames/cities15000.txt"):
        number, name, ascii_name, others, lat, lon, code, country, part, people = r[0], r[1], r[2], r[3], float(r[4]), float(r[5]), r[7], r[8], r[10], int(r[14])
        if country not in iso3 or code in ("PPLH", "PPLQ", "PPLW", "PPLCH"):
            continue
        if code == "PPLX" and people < 100_000:
            continue
        key = (iso3[country], part)
        if key in divisions:
            divisions[key]["places"].append((lat, lon, people, code))
        # "Bank", "Of", "Police" are towns too; news never means them.
        if name in ("West", "East", "North", "South", "Centre", "Women", "Children", "Upper", "Lower", "Media"):
            continue
        if lower[fold(name)] >= 3 and people < 130_000 and code not in ("PPLC", "PPLA"):
            dropped.append(name)
            continue
        names, known = [name], {fold(name)}
        big = people >= 100_000 or code in ("PPLC", "PPLA")
        for other in [ascii_name] + others.split(","):
            other = other.strip()
            if not 4 <= len(other) <= 30 or not latin(other) or not other[0].isupper() or other.isupper():
                continue
            plain = fold(other)
            if plain in known or lower[plain] >= 3:
                continue
            similar = difflib.SequenceMatcher(None, fold(name), plain).ratio() if big else 0
            if other == ascii_name or (big and seen[plain] > 1 and similar > 0.45) or (big and other.isascii() and similar > (0.75 if people >= 150_000 else 0.87)):
                names.append(other)
                known.add(plain)
        bare = re.sub(r"^(?:Al|Ar|As|Ash|Ad|An|At|Az|El)[ -]", "", name)
        if bare != name and len(bare) >= 5 and fold(bare) not in known and lower[fold(bare)] < 3:
            names.append(bare)
        kind = {"PPLC": "C", "PPLA": "A"}.get(code, "-")
        cities.append((number, "|".join(names), iso3[country], part, f"{lat:.3f}", f"{lon:.3f}", str(people), kind))

    with open(OUT / "countries.tsv", "w", encoding="utf-8") as out:
        out.write("code\tname\tlat\tlon\tgeonames\tpopulation\tneighbours\n")
        for code, c in sorted(countries.items()):
            centres = [centre(d["places"]) for (k, _), d in divisions.items() if k == code and d["places"]]
            middle = MIDDLE.get(code) or (centre([(a, b, 0, "") for a, b in centres]) if centres else ("", ""))
            lat, lon = (f"{x:.1f}" if x != "" else "" for x in middle)
            near = "|".join(sorted(iso3[n] for n in c["next"] if n in iso3))
            out.write("\t".join([code, c["name"], lat, lon, c["id"], c["population"], near]) + "\n")
    with open(OUT / "divisions.tsv", "w", encoding="utf-8") as out:
        out.write("country\tdivision\tnames\tlat\tlon\tgeonames\tpopulation\n")
        for (country, part), d in sorted(divisions.items()):
            names = [d["name"]]
            for other in (d["ascii"], re.sub(rf"^(?:{KINDS}) of (?:the )?| (?:{KINDS})$", "", d["name"])):
                if len(other) > 2 and fold(other) not in map(fold, names):
                    names.append(other)
            middle = DIVISION_MIDDLE.get(d["name"]) if country in LARGE else None
            lat, lon = (f"{x:.2f}" for x in middle or centre(d["places"])) if d["places"] or middle else ("", "")
            people = sum(p[2] for p in d["places"])
            out.write("\t".join([country, part, "|".join(names), lat, lon, d["id"], str(people)]) + "\n")
    with open(OUT / "cities.tsv", "w", encoding="utf-8") as out:
        out.write("geonames\tnames\tcountry\tdivision\tlat\tlon\tpopulation\tseat\n")
        for city in sorted(cities, key=lambda c: (c[2], -int(c[6]), c[0])):
            out.write("\t".join(city) + "\n")


    print(len(dropped), "towns left out that are words:", " ".join(sorted(set(dropped))), file=sys.stderr)


def centre(places):
    """The plain mean of the places; good to a few dozen kilometres for divisions."""
    n = len(places)
    return sum(p[0] for p in places) / n, sum(p[1] for p in places) / n


main()
