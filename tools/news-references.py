#!/usr/bin/env python3
"""From labels that quote their text to labels by reference: corpus/news/{train,develop,test}.jsonl.

    tools/news-references.py TEXTS.jsonl LABELS.jsonl... --out corpus/news

TEXTS has a line {"id", "published_date", "text"} for each item, LABELS are in the corpus format without text. Quotations become
byte ranges "begin-end" of the text, so that no sentence of the sources enters the repository (corpus/README.md, "Real news").
"""

import argparse
import json
import os
import re


def fnv1a64(data: bytes) -> int:
    value = 0xCBF29CE484222325
    for byte in data:
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value


def part(identity: str) -> str:
    rest = fnv1a64(identity.encode()) % 10
    return "train" if rest <= 5 else "develop" if rest <= 7 else "test"


def span(text: str, quotation: str) -> str:
    """The occurrence that the corpus loader takes: whole words first, `words#2` the second."""
    nth, words = 1, quotation
    if match := re.match(r"^(.*)#(\d+)$", quotation):
        words, nth = match[1], int(match[2])
    starts = [match.start() for match in re.finditer(re.escape(words), text)]
    whole = [
        at
        for at in starts
        if not (at and text[at - 1].isalnum())
        and not (at + len(words) < len(text) and text[at + len(words)].isalnum())
    ]
    found = whole if len(whole) >= nth else starts
    begin = len(text[: found[nth - 1]].encode())
    return f"{begin}-{begin + len(words.encode())}"


def refer(event: dict, text: str) -> dict:
    def mention(raw: str) -> str:
        fields = [field.strip() for field in raw.split("|")]
        return " | ".join([span(text, fields[0]), fields[1]] + [span(text, who) for who in fields[2:]])

    out = dict(event)
    out["trigger"] = span(text, event["trigger"])
    if "also" in event:
        out["also"] = [span(text, words) for words in event["also"]]
    for role in ("actors", "recipients"):
        if role in event:
            out[role] = [mention(raw) for raw in event[role]]
    if "by" in event:
        out["by"] = mention(event["by"])
    if "where" in event:
        fields = [field.strip() for field in event["where"].split("|")]
        out["where"] = " | ".join([span(text, fields[0])] + fields[1:])
    if "|" in event["when"]:
        value, words = (field.strip() for field in event["when"].split("|", 1))
        out["when"] = f"{value} | {span(text, words)}"
    return out


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("texts")
    arguments.add_argument("labels", nargs="+")
    arguments.add_argument("--out", default="corpus/news")
    options = arguments.parse_args()
    texts = {item["id"]: item for item in map(json.loads, open(options.texts, encoding="utf-8"))}
    lines: dict[str, list[tuple]] = {"train": [], "develop": [], "test": []}
    for name in options.labels:
        for label in map(json.loads, open(name, encoding="utf-8")):
            source = texts[label["id"]]
            text = source["text"]
            item = {
                "id": label["id"],
                "date": source["published_date"],
                "hash": f"{fnv1a64(text.encode()) & 0xFFFFFFFF:08x}",
                "events": [refer(event, text) for event in label["events"]],
            }
            key = tuple(int(field) if field.isdigit() else field for field in label["id"].split(":"))
            lines[part(label["id"])].append((key, json.dumps(item, ensure_ascii=False, separators=(",", ":"))))
    os.makedirs(options.out, exist_ok=True)
    for name, items in lines.items():
        with open(os.path.join(options.out, f"{name}.jsonl"), "w", encoding="utf-8") as out:
            out.writelines(line + "\n" for _, line in sorted(items))


if __name__ == "__main__":
    main()
