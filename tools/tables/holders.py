"""Writes data/actors/holders.tsv: who held which office when, from the dated sources in ../shared/data/actors.

Run in the repository root: python3 tools/tables/holders.py. The output depends on the sources alone.
Sources, newest first: L26 leaders of 30 countries (August 2026), F26 CIA World Factbook (May 2026), L21 Wikidata and Wikipedia
snapshots (2021-22), W22 Wikidata cabinets (to mid-2022, CC0), C19 CIA World Leaders (June 2019).
"""

import csv
import glob
import html
import json
import re
import sys
import unicodedata
from collections import defaultdict

sys.path.insert(0, "tools/tables")
from names import fold, kind, person, since

SOURCES = "../shared/data/actors/"
CABINETS = {
    "argentina": "ARG", "armenia": "ARM", "australia": "AUS", "belarus": "BLR", "brazil": "BRA", "canada": "CAN", "china": "CHN",
    "congo-kinshasa": "COD", "egypt": "EGY", "ethiopia": "ETH", "france": "FRA", "greece": "GRC", "hungary": "HUN", "india": "IND",
    "indonesia": "IDN", "iran": "IRN", "iraq": "IRQ", "israel": "ISR", "italy": "ITA", "japan": "JPN", "kazakhstan": "KAZ",
    "kenya": "KEN", "kosovo": "KOS", "malaysia": "MYS", "mexico": "MEX", "nigeria": "NGA", "norway": "NOR", "pakistan": "PAK",
    "philippines": "PHL", "poland": "POL", "qatar": "QAT", "russia": "RUS", "singapore": "SGP", "somalia": "SOM",
    "south-africa": "ZAF", "south-korea": "KOR", "spain": "ESP", "sri-lanka": "LKA", "sudan": "SDN", "sweden": "SWE",
    "taiwan": "TWN", "turkey": "TUR", "uae": "ARE", "ukraine": "UKR", "united-kingdom": "GBR", "us": "USA", "vietnam": "VNM",
    "yemen": "YEM",
}
SINGLE = {"head of state", "head of government", "foreign", "defence", "interior", "finance", "justice", "central bank", "prosecutor", "spokesperson", "governor general"}


def country_codes():
    codes = {}
    for row in csv.DictReader(open("data/actors/countries.tsv"), delimiter="\t", quoting=csv.QUOTE_NONE):
        for name in [row["name"], *row["names"].split("|"), *[f.split(":")[0] for f in row["former"].split("|")]]:
            codes[fold(name)] = row["code"]
    codes.update({
        "congo republic of the": "COG", "congo democratic republic of the": "COD", "korea north": "PRK", "korea south": "KOR", "burma": "MMR",
        "bahamas the": "BHS", "gambia the": "GMB", "micronesia federated states of": "FSM", "cote d ivoire": "CIV", "brunei": "BRN",
        "united states of america": "USA", "holy see vatican city": "VAT", "eswatini": "SWZ", "macedonia": "MKD", "turkey turkiye": "TUR",
        "people s republic of china": "CHN", "congo": "COG", "cabo verde": "CPV", "sao tome and principe": "STP", "usa": "USA", "uk": "GBR",
        "saint vincent": "VCT", "timor leste": "TLS", "st kitts and nevis": "KNA", "palestinian national authority": "PSE",
    })
    return codes


CODES = country_codes()


def clean_title(title):
    title = html.unescape(title).replace("&", "and").replace("Intl.", "International").replace("Govt.", "Government")
    title = re.sub(r"\s+", " ", title).strip(" .;")
    title = re.sub(r"\b(Min|Dep|Pres|Gen|Sec)\. ", lambda m: {"Min": "Minister ", "Dep": "Deputy ", "Pres": "President ", "Gen": "General ", "Sec": "Secretary "}[m[1]], title)
    return title.replace(", New York", "")


def cabinets():
    for path in sorted(glob.glob(SOURCES + "cabinets/*.holders21.csv")):
        country = next((c for stem, c in sorted(CABINETS.items(), key=lambda i: -len(i[0])) if path.split("/")[-1].startswith(stem)), None)
        if not country:
            continue
        rows = [r for r in csv.DictReader(open(path))]
        starts = defaultdict(list)
        for row in rows:
            starts[row["position"]].append(row["start"])
        for row in rows:
            if not row["person"] or re.match(r"^Q\d+$", row["person"]) or not row["start"]:
                continue
            title = clean_title(row["position"])
            what = kind(title)
            if what in ("deputy", "other") and re.search(r"lord of the treasury|whip|parliamentary", title, re.I):
                continue
            start, end = row["start"], row["end"]
            if not end:
                later = sorted(s for s in starts[row["position"]] if s > start)
                if later and what in SINGLE:
                    end = later[0]
                elif start >= "2014" or what in ("head of state", "head of government"):
                    end = ">2022-06-30"
                else:
                    end = ">" + start
            if end.lstrip(">") < "1990" or end.lstrip(">") < start[: len(end.lstrip(">"))]:
                continue
            yield country, what, title, re.sub(r"\s*\(.*?\)", "", row["person"]).split(",")[0].strip(), row["personID"], start, end, "W22"


def world_leaders_2021():
    for row in csv.DictReader(open(SOURCES + "world-leaders-2021/wikidata.csv")):
        country = CODES.get(fold(row["country"]))
        if not country or re.match(r"^Q\d+$", row["officeholderLabel"]):
            continue
        title = re.sub(r" of (?:the )?[A-Z].*$", "", row["positionLabel"]) if not re.search(r"council|assembly|committee|government", row["positionLabel"], re.I) else row["positionLabel"]
        title = title[:1].upper() + title[1:]
        what = kind(title)
        if what in ("minister", "other"):
            continue
        end = row["end_year"] or ">2022-06-30"
        start = row["start_year"]
        if not start:
            continue
        yield country, what, title, re.sub(r"\s*\(.*?\)", "", row["officeholderLabel"]).strip(), row["officeholder"], start, end, "L21"


def cia_2019():
    for row in csv.DictReader(open(SOURCES + "cia_world_leaders_2019-06.csv")):
        country = CODES.get(fold(row["country"]))
        name = person(row["person"])
        if not country or not name or " " not in name:
            if not country:
                MISSING.add(row["country"])
            continue
        title = clean_title(row["office"])
        yield country, kind(title), title, name, "", "<2019-06-15", ">2019-06-15", "C19"


def factbook_2026():
    for line in open(SOURCES + "cia_factbook_government_2026-05.jsonl"):
        entity = json.loads(line)
        names = entity["name"] or {}
        country = CODES.get(fold(names.get("conventional short form", ""))) or CODES.get(fold(names.get("conventional long form", "")))
        if not country:
            continue
        for field in ("chief of state", "head of government"):
            text = html.unescape((entity["executive"] or {}).get(field, ""))
            for part in re.split(r";| and (?=[A-Z][a-z]+ [A-Z])", text):
                found = re.search(r"^\s*(?:represented by )?([A-Z][A-Za-z' -]*?(?: of [A-Z][a-z]+)?) ((?:[A-Z][\w'’.-]* )*?[^()]*?[A-ZÀ-Þ]{2}[^()]*?)\s*\(since ([^)]*)\)", part)
                if not found:
                    continue
                title, raw, start = found.groups()
                # The title ends where the name begins: keep words of titles, move the rest to the name.
                words = title.split(" ")
                cut = len(words)
                while cut > 1 and words[cut - 1] not in TITLE_WORDS:
                    cut -= 1
                name = person(" ".join(words[cut:] + [raw]))
                title = " ".join(words[:cut])
                if not name or not since(start):
                    continue
                what = kind(title)
                if what in ("other", "minister"):
                    what = "head of state" if field == "chief of state" else "head of government"
                yield country, what, title, name, "", since(start), ">2026-05-01", "F26"
        for field, title in (("diplomatic_rep_in_US", "Ambassador to the United States"),):
            text = (entity.get(field) or {}).get("chief of mission", "")
            found = re.search(r"Ambassador ([^(]*?[A-ZÀ-Þ]{2}[^(,]*?)\s*(?:,[^(]*)?\(since ([^)]*)\)", html.unescape(text))
            if found and person(found[1]) and since(found[2]):
                yield country, "ambassador", title, person(found[1]), "", since(found[2]), ">2026-05-01", "F26"


TITLE_WORDS = set("Taliban President Prime Minister King Queen Emir Amir Sultan Chancellor Premier Governor General Chairman Chairperson Chair Council State Sovereign Pope Prince Grand Duke Emperor Supreme Leader Head Government Acting Interim Transitional Transition Federal Presidency Captain Regent Commissioner High Governor-General Taoiseach Monarch Chief Executive Deputy Co-Prince Paramount Affairs Commission".split())


def leaders_2026():
    data = json.load(open(SOURCES + "world-leaders-2026-08.json"))
    iso = {}
    for row in csv.DictReader(open(SOURCES + "country-codes.csv")):
        iso[row["ISO3166-1-Alpha-2"]] = row["ISO3166-1-Alpha-3"]
    for entry in data["countries"].values():
        country = iso.get(entry["country"]["iso_code"])
        if not country:
            continue
        for position, what in (("head_of_state", "head of state"), ("head_of_government", "head of government")):
            office = entry["positions"].get(position) or {}
            holder = office.get("current_holder") or {}
            if not holder.get("name_en") or not holder.get("since") or "(" in (office.get("title_en") or ""):
                continue
            if country == "SAU":
                continue  # the source gives the prime minister as king
            yield country, what, office["title_en"], holder["name_en"], holder["wikidata_id"] or "", holder["since"], ">2026-08-22", "L26"


MISSING = set()
PRIORITY = {"L26": 0, "F26": 1, "L21": 2, "W22": 3, "C19": 4}


def overlap(a, b):
    """Whether two spellings are one person's: all words of the shorter name occur in the longer, or all but one of three."""
    a, b = set(fold(a).split()), set(fold(b).split())
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    shared = len(small & large)
    return shared == len(small) and shared >= 2 or shared >= 2 and shared >= len(small) - 1


def merge(terms):
    """One row a term: a snapshot of somebody whose dated term another source has only lengthens that term."""
    kept = defaultdict(list)
    for term in sorted(terms, key=lambda t: ({"W22": 0, "L21": 1, "L26": 2, "F26": 3, "C19": 4}[t[7]], t[0], t[1], t[5], t[3])):
        country, what, title, name, qid, start, end, source = term
        group = kept[country, what]
        same = [t for t in group if overlap(t[3], name)]
        if source == "C19" and any(t[5].lstrip("<") <= "2019-06-15" <= (t[6].lstrip(">") if not t[6].startswith(">") else "9999") for t in same):
            continue
        if source in ("L21", "L26", "F26"):
            grown = False
            for t in same:
                if abs(int(t[5].lstrip("<")[:4]) - int(start[:4])) <= 1 or (t[6].startswith(">") and t[5] <= start):
                    if end.lstrip(">") > t[6].lstrip(">") and t[6].startswith(">"):
                        t[6] = end
                        if len(start) > len(t[5]):
                            t[5] = start
                    t[4] = t[4] or qid
                    grown = True
                    break
            if grown:
                continue
            # A successor ends the open terms before it.
            if what in ("head of state", "head of government"):
                for t in group:
                    if t[6].startswith(">") and t[5].lstrip("<") < start and not overlap(t[3], name):
                        t[6] = start if source != "C19" else t[6]
        group.append(list(term))
    return [t for group in kept.values() for t in group]


def main():
    terms = [*cabinets(), *world_leaders_2021(), *cia_2019(), *factbook_2026(), *leaders_2026()]
    # Wikidata ids by name within the country.
    rows = merge(terms)
    ids = {}
    for r in rows:
        if r[4]:
            ids.setdefault((r[0], fold(r[3])), r[4])
    seen, out = set(), []
    for r in rows:
        r[3] = unicodedata.normalize("NFC", r[3]).replace("\t", " ").strip()
        r[4] = r[4] or ids.get((r[0], fold(r[3])), "")
        key = (r[0], r[2], fold(r[3]), r[5])
        if key in seen or not fold(r[3]):
            continue
        if not all(re.fullmatch(r"[<>]?\d{4}(-\d\d(-\d\d)?)?", d) for d in (r[5], r[6])):
            continue
        if r[6].lstrip(">") < r[5].lstrip("<")[: len(r[6].lstrip(">"))] and r[6].startswith(">"):
            continue
        if not r[6].startswith(">") and not r[5].startswith("<") and r[6] < r[5][: len(r[6])]:
            continue
        seen.add(key)
        out.append(r)
    out.sort(key=lambda r: (r[0], r[1], r[2], r[5].lstrip("<"), r[3]))
    with open("data/actors/holders.tsv", "w") as f:
        f.write("country\tkind\toffice\tperson\twikidata\tstart\tend\tsource\n")
        for r in out:
            f.write("\t".join(r) + "\n")
    kinds = defaultdict(int)
    for r in out:
        kinds[r[1]] += 1
    print(len(out), "terms;", dict(sorted(kinds.items(), key=lambda i: -i[1])), file=sys.stderr)
    print("countries not known:", sorted(MISSING), file=sys.stderr)


main()
