"""Streams a folder of articles through one bulk call and prints their events.

    pip install grpcio grpcio-tools
    python examples/python/client.py examples/articles [HOST:PORT]
"""
import pathlib
import sys

import grpc

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "proto"))
messages, services = grpc.protos_and_services("demarche/v1/extraction_service.proto")
article = grpc.protos("demarche/v1/article.proto")


def requests(folder):
    for number, path in enumerate(sorted(pathlib.Path(folder).glob("*.txt"))):
        yield messages.ExtractEventsBulkRequest(
            sequence=number,
            article=article.Article(article_id=path.stem, text=path.read_text(), published_date=path.stem[:10]),
            options=article.ExtractionOptions(offset_encoding="OFFSET_ENCODING_UTF32"),  # what str counts in
        )


with grpc.insecure_channel(sys.argv[2] if len(sys.argv) > 2 else "127.0.0.1:50051") as channel:
    for answer in services.ExtractionServiceStub(channel).ExtractEventsBulk(requests(sys.argv[1])):
        if answer.HasField("event"):
            event = answer.event
            who, whom = ([p.code or p.name for p in people] for people in (event.actors, event.recipients))
            print(event.date.start_date, event.cameo_code, who, whom, event.evidence.trigger.content, sep="\t")
        elif answer.HasField("error"):
            print(f"{answer.article_id}: {answer.error.message}", file=sys.stderr)
        else:
            print(f"{answer.article_id}: {answer.summary.event_count} events", file=sys.stderr)
