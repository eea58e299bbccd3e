"""Small helpers shared by the generators of tables: names, dates, offices."""

import re
import unicodedata


def fold(text):
    """Lower case without diacritics, hyphens and apostrophes as spaces: the key under which two spellings of a name meet."""
    text = text.replace("ı", "i").replace("ł", "l").replace("Ł", "L").replace("đ", "d").replace("ø", "o").replace("ß", "ss")
    text = text.replace("Ø", "O").replace("Đ", "D").replace("æ", "ae").replace("ə", "a").replace("Ə", "A")
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


HONORIFICS = re.compile(
    r"^(?:(?:Dr|Sir|Dame|Lord|Baroness|Gen|Lt|Lt\. Gen|Maj|Maj\. Gen|Brig|Brig\. Gen|Col|Lt\. Col|Adm|Vice Adm|Rear Adm|Capt|Cdr|Prof|Eng|Sheikh|Shaykh|"
    r"Mr|Mrs|Ms|Hajj|Al Haji|Alhaji|Field Mar|Mar|Air Mar|Air Chief Mar|Ret|Rev|Datuk|Dato|Dato'|Datuk Seri|Tan Sri|Pehin|Pengiran|Tuanku|"
    r"Monsignor|Cardinal|Archbishop|Pope|King|Queen|Prince|Princess|Sultan|Emir|Amir|Grand Duke|Emperor|Crown Prince|Chief)\.?,? )+"
)


def person(raw):
    """'Abdelmadjid TEBBOUNE' or 'Dr. John SMITH, (Ret.)' → 'Abdelmadjid Tebboune'; empty where it is no person."""
    raw = re.sub(r"\(.*?\)", " ", raw)
    raw = re.split(r", (?:Dr|Jr|Sr|Gen|Ret|Dato|Lt|Col|Brig|Maj)\b", raw)[0]
    raw = raw.replace(",", " ")
    raw = re.sub(r"\s+", " ", raw).strip(" ;.")
    raw = HONORIFICS.sub("", raw)
    words = []
    for word in raw.split(" "):
        if len(word) > 1 and word.upper() == word and re.search(r"[A-ZÀ-Þ]{2}", word):
            word = "-".join(cased(part) for part in word.split("-"))
        words.append(word)
    name = " ".join(words)
    return name if " " in name or len(name) > 3 else ""


def cased(part):
    low = part.lower()
    if low.startswith("mc") and len(low) > 3:
        return "Mc" + low[2:].capitalize()
    if len(low) > 2 and low[1] in "'’" and low[0] in "od":
        return low[0].upper() + low[1] + low[2:].capitalize()
    return low[:1].upper() + low[1:]


MONTHS = {m: i + 1 for i, m in enumerate(
    "January February March April May June July August September October November December".split())}


def since(text):
    """'12 December 2019', 'December 2019', '2019' → ISO date or its prefix; empty where it does not read."""
    found = re.search(r"(?:(\d{1,2}) )?(?:([A-Z][a-z]+) )?(\d{4})", text)
    if not found:
        return ""
    day, month, year = found.groups()
    if month not in MONTHS:
        return year
    return f"{year}-{MONTHS[month]:02}" + (f"-{int(day):02}" if day else "")


# Kind of office ← its English title; the first that fits. Deputies and vices come before their principals.
KINDS = [(kind, re.compile(pattern, re.I)) for kind, pattern in [
    ("spouse", r"spouse|first lady|consort|crown prince(?!.*minister)|dowager"),
    ("ambassador", r"ambassador|high commissioner (?!for)|consul|permanent representative|perm\. rep|charge d|permanent observer|chief of mission"),
    ("spokesperson", r"spokes|press secretary|communications director"),
    ("mayor", r"\bmayor"),
    ("central bank", r"central bank|national bank|reserve bank|bank of (?!.*minister)|monetary|federal reserve|chairman.*fed\b|currency"),
    ("judge", r"\bjudge|justice of|chief justice|president of the (supreme|constitutional|federal|high|cassation) ?court|president.*court|supreme court|constitutional court|magistrate|tribunal"),
    ("prosecutor", r"attorney[- ]general|prosecutor|procurator|solicitor[- ]general|advocate[- ]general|lord advocate|director of public prosec"),
    ("spy", r"intelligence|security service|federal security|director of the (cia|fbi|nsa)|central intelligence|secret service|mossad|shin bet|mi5|mi6|state security"),
    ("military", r"chief of (the )?(\w+ )*staff(?! to)|(commander|chief).*(army|navy|air|armed|defen[cs]e force|defen[cs]e staff|general staff|marine|guard)|joint chiefs|commander[- ]in[- ]chief|commandant|general staff|army|navy(?!.*secretary)|inspector general of the bundeswehr"),
    ("police", r"police|gendarmerie|commissioner of the met"),
    ("deputy", r"(deputy|vice|under|assistant|parliamentary|junior|state) ?-?(secretary|minister|foreign)|undersecretary|minister of state|state secretary|permanent secretary|secretary of state for .*wales \(dep|lord of the treasury|whip|deputy attorney"),
    ("deputy head", r"(deputy|vice|first deputy)[- ](prime|premier|chancellor|president|chair|taoiseach)|vice[- ](president|premier)|t[aá]naiste|deputy head"),
    ("legislature", r"speaker|president of the (senate|national assembly|chamber|house|congress|parliament|legislative|bundestag|federation council|national council|council of representatives|council of the republic|diet|duma|state duma|assembly)|chair(man|woman|person)? of the (state duma|federation|house|assembly|national people|parliament|senate|standing committee|milli)|senator|member of (the )?(parliament|congress|knesset)|majority leader|minority leader|leader of the house|leader of the government in|leader of the opposition|clerk|president of the (federal )?senate"),
    ("governor", r"(?<!central bank )governor (?!general|-general)of|lieutenant governor|premier of|chief minister|first minister|head of the republic|president of the (region|generalitat|junta|basque)|presidential representative|prefect|minister-president"),
    ("party", r"kuomintang|\bparty|chairperson of the (dpp|communist)"),
    ("foreign", r"(minister|secretary|commissioner|councill?or|head|chief|adviser|state counsell?or)[^;]*\b(foreign|external|exterior|international relations|global affairs)|foreign (minister|secretary)|\bforeign (affairs|relations)|external affairs|federal department of foreign|secretary of state$|^secretary of state(?! for| of)"),
    ("defence", r"defen[cs]e|secretary of war$|armed forces|war minister|security forces"),
    ("interior", r"interior|home (affairs|secretary)|internal affairs|home department|homeland security|public security|home office"),
    ("finance", r"financ|treasur|exchequer|fiscal|economy and finance|\bbudget"),
    ("justice", r"justice|lord chancellor|\blaw\b|legal"),
    ("head of government", r"^(prime minister|premier|president of the government|president of the council|chief executive|taoiseach|chancellor|federal chancellor|chairman of the council of ministers|minister of state, monaco|head of government|acting prime minister|interim prime minister|prime minister.*)$"),
    ("head of state", r"^((acting |interim )?president(,? .*)?|president of the (?:[\w ]*republic|swiss.*|state affairs.*|presidency.*)|king|queen|monarch|emperor|emir|amir|sultan|sultan and prime minister|grand duke|prince|pope|supreme leader|head of state|chief of state|chair(man)? of the presidency.*|captain regent|co-?prince.*|yang di-?pertuan agong|o le ao.*|transitional president|chairman of the state affairs.*|leader)$"),
    ("governor general", r"governor[- ]general"),
    ("minister", r"minister|secretary|commissioner|attorney|director|head|chief|administrator|chair|councill?or|advis|treasury|trade representative|envoy|premier|member"),
]]


def kind(title):
    """The normalised kind of an office, from its English title."""
    title = re.sub(r"^(acting|interim|caretaker|first|senior|federal|union|cabinet)\s+(?=minister|prime|president|secretary)", "", title.strip(), flags=re.I)
    if re.match(r"(?:minister|secretary|president|prime minister)\b.*", title, re.I) and re.search(r"^(prime minister|president)\b(?! of the)", title, re.I):
        return "head of government" if title.lower().startswith("prime") else "head of state"
    if re.match(r"(minister|secretary|federal minister)\b", title, re.I):
        for name in ("deputy", "foreign", "defence", "interior", "finance", "justice"):
            pattern = dict(KINDS)[name]
            if name != "deputy" and pattern.search(title):
                return name
            if name == "deputy" and re.match(r"minister of state", title, re.I):
                return "deputy"
        return "minister"
    for name, pattern in KINDS:
        if pattern.search(title):
            return name
    return "other"
