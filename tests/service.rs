//! The service as its clients see it: both calls, info, health, reflection, plain HTTP, and bad input of every kind.
#![cfg(feature = "server")]

mod common;

use common::*;
use demarche::grpc::contract::v1;
use demarche::grpc::contract::v1::extract_events_bulk_response::Result as Piece;
use std::collections::HashMap;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tonic::Code;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;
use tonic_types::StatusExt;

const NEWS: &str = "The foreign ministers of Norway and Latvia met in Riga on Monday.";

#[tokio::test]
async fn an_article_ends_with_its_summary() {
    let server = Running::start(|_| {}, pipeline()).await;
    let mut client = server.client().await;
    let (events, summary) = extract(&mut client, request("a-1", NEWS)).await.expect("an answer");
    assert_eq!(summary.article_id, "a-1");
    assert_eq!(summary.event_count as usize, events.len());
    assert!(summary.notes.iter().any(|note| note.code() == v1::NoteCode::NoPublicationDate));
    assert!(summary.processing_time.is_some());
    for event in &events {
        assert_eq!(event.article_id, "a-1");
    }
    server.stop().await;
}

#[tokio::test]
async fn every_article_of_a_bulk_call_is_answered_whole() {
    let server = Running::start(|config| config.limits.bulk_window = 4, pipeline()).await;
    let mut client = server.client().await;
    let requests: Vec<_> = (0..300)
        .map(|n| if n % 10 == 3 { bulk_request(n, "", "") } else { bulk_request(n, &format!("a-{n}"), NEWS) })
        .collect();
    let mut stream =
        client.extract_events_bulk(tokio_stream::iter(requests)).await.expect("a call").into_inner();
    let mut ended = HashMap::new();
    let mut open = None;
    while let Some(response) = stream.message().await.expect("a good stream") {
        let sequence = response.sequence;
        assert!(!ended.contains_key(&sequence), "an answer after its end");
        assert!(open.is_none_or(|open| open == sequence), "the events of one article stay together");
        open = match response.result.expect("a result") {
            Piece::Event(_) => Some(sequence),
            Piece::Summary(_) => {
                assert_eq!(response.article_id, format!("a-{sequence}"));
                ended.insert(sequence, true);
                None
            }
            Piece::Error(error) => {
                assert_eq!(error.code, Code::InvalidArgument as i32);
                ended.insert(sequence, false);
                None
            }
        };
    }
    assert_eq!(ended.len(), 300);
    assert!(ended.iter().all(|(sequence, &good)| good == (sequence % 10 != 3)));
    server.stop().await;
}

#[tokio::test]
async fn the_same_article_gives_the_same_answer_every_time() {
    let server = Running::start(|_| {}, pipeline()).await;
    let mut client = server.client().await;
    let text = include_str!("../examples/articles/2023-11-02-border-truce.txt");
    let requests = (0..200).map(|n| bulk_request(n, "same", text));
    let mut stream =
        client.extract_events_bulk(tokio_stream::iter(requests)).await.expect("a call").into_inner();
    let mut answers: HashMap<u64, Vec<v1::DiplomaticEvent>> = HashMap::new();
    let mut ended = 0;
    while let Some(response) = stream.message().await.expect("a good stream") {
        match response.result.expect("a result") {
            Piece::Event(event) => answers.entry(response.sequence).or_default().push(event),
            Piece::Summary(_) => ended += 1,
            Piece::Error(error) => panic!("{error:?}"),
        }
    }
    assert_eq!(ended, 200);
    assert!(answers.len() == 200 && answers[&0].len() >= 3, "{}", answers.len());
    assert!(answers.values().all(|events| *events == answers[&0]));
    server.stop().await;
}

#[tokio::test]
async fn bad_requests_are_told_by_field() {
    let server = Running::start(|_| {}, pipeline()).await;
    let mut client = server.client().await;
    let too_long = "x".repeat((1 << 20) + 1);
    for (bad, field) in [
        (v1::ExtractEventsRequest::default(), "article"),
        (request("", ""), "article.text"),
        (request("", " \n\t"), "article.text"),
        (request("", &too_long), "article.text"),
        (request("", &"x".repeat(10 << 20)), "article.text"),
    ] {
        let failure = extract(&mut client, bad).await.expect_err("refused");
        assert_eq!(failure.code(), Code::InvalidArgument, "{failure}");
        let details = failure.get_details_bad_request().expect("a BadRequest");
        assert_eq!(details.field_violations[0].field, field);
    }
    assert!(counted("max_text_bytes") >= 1.0 && counted("max_message_bytes") >= 1.0);
    let mut options = request("", NEWS);
    options.options = Some(v1::ExtractionOptions { event_types: vec![77], ..Default::default() });
    let failure = extract(&mut client, options).await.expect_err("refused");
    assert!(failure.message().starts_with("options.event_types[0]: 77 is no event type"), "{failure}");
    server.stop().await;
}

#[tokio::test]
async fn strange_text_is_no_error() {
    let server = Running::start(|_| {}, pipeline()).await;
    let mut client = server.client().await;
    let strange = [
        "\u{0}\u{1}\u{7f}".to_owned(),
        "\u{202E}stnegA\u{202C} met \u{200F}in\u{2066} Paris.".to_owned(),
        "🤝🇹🇷🇸🇾 👩‍👩‍👧‍👦 met 🕊️".to_owned(),
        "word ".repeat(20_000),
        "x".repeat(100_000),
        "(".repeat(100_000),
        ". ".repeat(50_000),
    ];
    for text in strange {
        let (events, summary) = extract(&mut client, request("", &text)).await.expect("an answer");
        assert_eq!(summary.event_count as usize, events.len());
    }
    let recipe = "Whisk the eggs with the sugar until pale, then fold in the flour and bake it for an hour.";
    let (events, summary) = extract(&mut client, request("", recipe)).await.expect("an answer");
    assert_eq!(events, []);
    assert!(summary.notes.iter().any(|note| note.code() == v1::NoteCode::NoEvents));
    let french = "Le ministre des Affaires étrangères a rencontré lundi à Genève son homologue norvégien pour discuter.";
    let (events, summary) = extract(&mut client, request("", french)).await.expect("an answer");
    assert_eq!(events, []);
    assert_eq!(summary.notes[0].code(), v1::NoteCode::LanguageNotSupported);
    server.stop().await;
}

/// Field 1 (sequence 7), field 2 (article: id "bad", text with a byte that is no UTF-8).
const BROKEN: &[u8] = b"\x08\x07\x12\x09\x0a\x03bad\x1a\x02\xff\xfe";

#[tokio::test]
async fn a_message_that_does_not_decode_costs_one_article() {
    let server = Running::start(|_| {}, pipeline()).await;
    let good = prost::Message::encode_to_vec(&bulk_request(8, "good", NEWS));
    let frames = [BROKEN.to_vec(), good].map(|message| {
        let mut frame = vec![0];
        frame.extend((message.len() as u32).to_be_bytes());
        frame.extend(message);
        frame
    });
    let body = tonic::body::Body::new(http_body_util::Full::new(prost::bytes::Bytes::from(frames.concat())));
    let call =
        http::Request::post(format!("{}/demarche.v1.ExtractionService/ExtractEventsBulk", server.url()))
            .header("content-type", "application/grpc")
            .header("te", "trailers")
            .body(body)
            .expect("a request");
    let channel = server.channel().await;
    let response = tower::ServiceExt::oneshot(channel, call).await.expect("a response");
    let body = http_body_util::BodyExt::collect(response.into_body()).await.expect("a whole body");
    assert_eq!(body.trailers().and_then(|trailers| trailers.get("grpc-status")).expect("a status"), "0");
    let mut bytes = &body.to_bytes()[..];
    let mut answers = HashMap::new();
    while bytes.len() >= 5 {
        let length = u32::from_be_bytes(bytes[1..5].try_into().expect("four bytes")) as usize;
        let response: v1::ExtractEventsBulkResponse =
            prost::Message::decode(&bytes[5..5 + length]).expect("ours");
        answers.insert(response.sequence, response);
        bytes = &bytes[5 + length..];
    }
    assert_eq!(answers[&7].article_id, "bad");
    assert!(
        matches!(&answers[&7].result, Some(Piece::Error(error)) if error.code == Code::InvalidArgument as i32)
    );
    assert!(matches!(&answers[&8].result, Some(Piece::Summary(_))));
    server.stop().await;
}

#[tokio::test]
async fn a_panic_costs_one_article_and_has_a_name() {
    let read = reader(|article, _| assert!(article.id != "bad", "on purpose"));
    let server = Running::start(|_| {}, read).await;
    let mut client = server.client().await;
    let failure = extract(&mut client, request("bad", NEWS)).await.expect_err("a defect");
    assert_eq!(failure.code(), Code::Internal);
    let incident = failure.get_details_error_info().expect("an ErrorInfo").metadata["incident"].clone();
    assert_eq!(incident.len(), 16);
    assert!(!failure.message().contains("on purpose"));
    extract(&mut client, request("good", NEWS)).await.expect("the next one is read");
    server.stop().await;
}

#[tokio::test]
async fn the_server_says_what_it_is() {
    let server = Running::start(|config| config.limits.max_text_bytes = 5000, pipeline()).await;
    let mut client = server.client().await;
    let info = client.get_service_info(v1::GetServiceInfoRequest {}).await.expect("info").into_inner();
    assert_eq!(info.version, env!("CARGO_PKG_VERSION"));
    assert_eq!(info.limits.expect("limits").max_text_bytes, 5000);
    assert_eq!(info.ontology.expect("an ontology").event_types.len(), 17);
    assert!(info.tables.iter().all(|table| table.hash.len() == 16 && table.size > 0));
    server.stop().await;
}

#[tokio::test]
async fn health_is_told_for_the_server_and_the_service() {
    let server = Running::start(|_| {}, pipeline()).await;
    let mut health = HealthClient::new(server.channel().await);
    for service in ["", "demarche.v1.ExtractionService"] {
        let request = HealthCheckRequest { service: service.to_owned() };
        let status = health.check(request).await.expect("an answer").into_inner().status();
        assert_eq!(status, ServingStatus::Serving);
    }
    let unknown = health.check(HealthCheckRequest { service: "nobody".to_owned() }).await;
    assert_eq!(unknown.expect_err("unknown").code(), Code::NotFound);
    server.stop().await;
}

#[tokio::test]
async fn both_reflections_know_the_service_unless_switched_off() {
    use tonic_reflection::pb::{v1 as r1, v1alpha as ra};
    let server = Running::start(|_| {}, pipeline()).await;
    let channel = server.channel().await;
    let ask = r1::ServerReflectionRequest {
        host: String::new(),
        message_request: Some(r1::server_reflection_request::MessageRequest::ListServices(String::new())),
    };
    let mut client = r1::server_reflection_client::ServerReflectionClient::new(channel.clone());
    let mut answers =
        client.server_reflection_info(tokio_stream::iter([ask.clone()])).await.expect("v1").into_inner();
    let answer = format!("{:?}", answers.message().await.expect("an answer"));
    assert!(answer.contains("demarche.v1.ExtractionService"), "{answer}");
    let mut client = ra::server_reflection_client::ServerReflectionClient::new(channel);
    let ask_alpha = ra::ServerReflectionRequest {
        host: String::new(),
        message_request: Some(ra::server_reflection_request::MessageRequest::ListServices(String::new())),
    };
    let mut answers =
        client.server_reflection_info(tokio_stream::iter([ask_alpha])).await.expect("v1alpha").into_inner();
    let answer = format!("{:?}", answers.message().await.expect("an answer"));
    assert!(answer.contains("demarche.v1.ExtractionService"), "{answer}");
    server.stop().await;

    let server = Running::start(|config| config.server.reflection = false, pipeline()).await;
    let mut client = r1::server_reflection_client::ServerReflectionClient::new(server.channel().await);
    let refused = client.server_reflection_info(tokio_stream::iter([ask])).await.expect_err("switched off");
    assert_eq!(refused.code(), Code::Unimplemented);
    server.stop().await;
}

/// One plain HTTP/1.1 request, answered and closed.
async fn plain(address: std::net::SocketAddr, request: &str) -> String {
    let mut socket = tokio::net::TcpStream::connect(address).await.expect("a socket");
    socket.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = Vec::new();
    tokio::time::timeout(Duration::from_secs(5), socket.read_to_end(&mut answer))
        .await
        .expect("in time")
        .expect("read");
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn plain_http_and_metrics_are_answered_beside_grpc() {
    let free = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
    let server = Running::start(|config| config.server.metrics_listen = Some(free), pipeline()).await;
    extract(&mut server.client().await, request("", NEWS)).await.expect("an answer");
    let get = |path: &str| format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    let metrics = server.metrics.expect("a second port");
    for address in [server.address, metrics] {
        assert!(plain(address, &get("/healthz")).await.ends_with("ok\n"));
        assert!(plain(address, &get("/readyz")).await.ends_with("ready\n"));
    }
    let figures = plain(metrics, &get("/metrics")).await;
    for name in [
        "demarche_requests_total{method=\"ExtractEvents\",code=\"OK\"}",
        "demarche_articles_total{outcome=\"read\"}",
        "demarche_article_seconds_bucket",
        "demarche_queue_length{lane=\"single\"}",
        "demarche_build_info{version=",
        "process_resident_memory_bytes",
    ] {
        assert!(figures.contains(name), "{name} is missing in\n{figures}");
    }
    assert!(
        plain(server.address, &get("/metrics")).await.starts_with("HTTP/1.1 4"),
        "not on the public port"
    );
    server.stop().await;
}
