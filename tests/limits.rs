//! Each limit, crossed: the client sees the documented status, and the server goes on.
#![cfg(feature = "server")]

mod common;

use common::*;
use demarche::config::Duration as Length;
use demarche::grpc::contract::v1;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Code, Request, Status};
use tonic_types::StatusExt;

const NEWS: &str = "The envoys met in Riga on Monday.";

fn timed<T>(message: T, limit: Duration) -> Request<T> {
    let mut request = Request::new(message);
    request.set_timeout(limit);
    request
}

fn check_refusal(failure: &Status, limit: &str) {
    assert_eq!(failure.code(), Code::ResourceExhausted, "{failure}");
    let info = failure.get_details_error_info().expect("an ErrorInfo");
    assert_eq!(info.reason, limit);
    let delay = failure.get_details_retry_info().and_then(|info| info.retry_delay).expect("a RetryInfo");
    assert_eq!(delay, Duration::from_millis(250), "limits.retry_delay");
    assert!(counted(limit) >= 1.0, "{limit} is counted");
}

/// Waits until `condition` holds.
async fn eventually(what: &str, condition: impl Fn() -> bool) {
    let begun = Instant::now();
    while !condition() {
        assert!(begun.elapsed() < Duration::from_secs(10), "{what}: not within ten seconds");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn a_full_queue_refuses_with_a_delay() {
    let busy = Arc::new(AtomicUsize::new(0));
    let count = busy.clone();
    let read = reader(move |_, stop| {
        count.fetch_add(1, Ordering::SeqCst);
        while !stop() {
            std::thread::sleep(Duration::from_millis(1));
        }
    });
    let server = Running::start(
        |config| {
            config.server.threads = 1;
            config.limits.queue_length = 1;
        },
        read,
    )
    .await;
    let client = server.client().await;
    let call = |mut client: Client| {
        tokio::spawn(
            async move { extract(&mut client, timed(request("", NEWS), Duration::from_secs(2))).await },
        )
    };
    let first = call(client.clone());
    eventually("the first is read", || busy.load(Ordering::SeqCst) == 1).await;
    let second = call(client.clone());
    tokio::time::sleep(Duration::from_millis(200)).await;
    let third = extract(&mut client.clone(), request("", NEWS)).await.expect_err("no room");
    check_refusal(&third, "queue_length");
    for call in [first, second] {
        assert_eq!(call.await.expect("no panic").expect_err("late").code(), Code::DeadlineExceeded);
    }
    server.stop().await;
}

#[tokio::test]
async fn a_deadline_stops_the_work() {
    let ended = Arc::new(AtomicBool::new(false));
    let tell = ended.clone();
    let read = reader(move |_, stop| {
        while !stop() {
            std::thread::sleep(Duration::from_millis(1));
        }
        tell.store(true, Ordering::SeqCst);
    });
    let server = Running::start(|_| {}, read).await;
    let mut client = server.client().await;
    // tonic's client enforces its own deadline; the server must have stopped whoever noticed first.
    let failure = extract(&mut client, timed(request("", NEWS), Duration::from_millis(100))).await;
    assert_eq!(failure.expect_err("late").code(), Code::DeadlineExceeded);
    eventually("the work stops", || ended.load(Ordering::SeqCst)).await;
    server.stop().await;
}

#[tokio::test]
async fn a_client_that_goes_away_stops_the_work() {
    let begun = Arc::new(AtomicBool::new(false));
    let ended = Arc::new(AtomicBool::new(false));
    let (tell_begun, tell_ended) = (begun.clone(), ended.clone());
    let read = reader(move |_, stop| {
        tell_begun.store(true, Ordering::SeqCst);
        while !stop() {
            std::thread::sleep(Duration::from_millis(1));
        }
        tell_ended.store(true, Ordering::SeqCst);
    });
    let server = Running::start(|_| {}, read).await;
    let mut client = server.client().await;
    let requests = tokio_stream::iter(vec![bulk_request(1, "", NEWS)]);
    let stream = client.extract_events_bulk(requests).await.expect("a call").into_inner();
    eventually("the work begins", || begun.load(Ordering::SeqCst)).await;
    drop(stream);
    eventually("the work stops", || ended.load(Ordering::SeqCst)).await;
    server.stop().await;
}

#[tokio::test]
async fn the_time_of_one_article_is_bounded() {
    let server =
        Running::start(|config| config.limits.article_time = Length::milliseconds(50), endless()).await;
    let begun = Instant::now();
    let cut = "demarche_articles_total{outcome=\"cut_short\"}";
    extract(&mut server.client().await, request("", NEWS)).await.expect("what was read until then");
    assert!(begun.elapsed() < Duration::from_secs(2));
    server.stop().await;

    // The real reader says so, keeps what it has, and is counted.
    let before = figure(cut);
    let server =
        Running::start(|config| config.limits.article_time = Length::milliseconds(20), pipeline()).await;
    let long = "France accused Russia of espionage on Monday. ".repeat(20_000);
    let (_, summary) = extract(&mut server.client().await, request("", &long)).await.expect("an answer");
    assert!(
        summary.notes.iter().any(|note| note.code() == v1::NoteCode::TimeExceeded),
        "{:?}",
        summary.notes
    );
    assert!(summary.sentence_count < 20_000);
    assert!(figure(cut) > before);
    server.stop().await;
}

#[tokio::test]
async fn open_calls_are_bounded_until_their_last_answer() {
    let server = Running::start(
        |config| {
            config.limits.max_streams = 1;
            config.limits.max_requests = 1;
        },
        endless(),
    )
    .await;
    let mut client = server.client().await;
    let (send, receive) = mpsc::channel(1);
    let first = client.extract_events_bulk(ReceiverStream::new(receive)).await.expect("the one place");
    let second = client.extract_events_bulk(tokio_stream::iter([])).await.expect_err("no place");
    check_refusal(&second, "max_streams");
    drop((send, first));
    let begun = Instant::now();
    while client.extract_events_bulk(tokio_stream::iter([])).await.is_err() {
        assert!(begun.elapsed() < Duration::from_secs(5), "the place never came back");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }

    let held = client
        .extract_events(timed(request("", NEWS), Duration::from_secs(20)))
        .await
        .expect("the one place");
    let refused = client.extract_events(request("", NEWS)).await.expect_err("no place");
    check_refusal(&refused, "max_requests");
    drop(held);
    server.stop().await;
}

#[tokio::test]
async fn text_under_way_is_bounded() {
    let server = Running::start(
        |config| {
            config.limits.max_text_bytes = 8 << 10;
            config.limits.max_bytes_in_flight = 8 << 10;
        },
        endless(),
    )
    .await;
    let client = server.client().await;
    let text = "word ".repeat(1200);
    let (mut holder, holding) = (client.clone(), request("", &text));
    let first =
        tokio::spawn(async move { extract(&mut holder, timed(holding, Duration::from_secs(2))).await });
    tokio::time::sleep(Duration::from_millis(200)).await;
    let refused = extract(&mut client.clone(), request("", &text)).await.expect_err("no room");
    check_refusal(&refused, "max_bytes_in_flight");
    assert!(first.await.expect("no panic").is_err());
    server.stop().await;
}

#[tokio::test]
async fn the_rate_of_a_client_is_bounded() {
    let server = Running::start(
        |config| {
            config.limits.rate = 20.0;
            config.limits.burst = 2;
        },
        reader(|_, _| {}),
    )
    .await;
    let mut client = server.client().await;
    for _ in 0..2 {
        extract(&mut client, request("", NEWS)).await.expect("within the burst");
    }
    let refused = extract(&mut client, request("", NEWS)).await.expect_err("over the rate");
    assert_eq!(refused.code(), Code::ResourceExhausted);
    assert_eq!(refused.get_details_error_info().expect("an ErrorInfo").reason, "rate");
    // The delay is the client's own: until it may send the next one.
    let delay = refused.get_details_retry_info().and_then(|info| info.retry_delay).expect("a RetryInfo");
    assert!(delay > Duration::ZERO && delay <= Duration::from_millis(50), "{delay:?}");
    assert!(counted("rate") >= 1.0);
    tokio::time::sleep(Duration::from_millis(120)).await;
    // A bulk call is held to the rate, not refused.
    let begun = Instant::now();
    let requests: Vec<_> = (0..8).map(|n| bulk_request(n, "", NEWS)).collect();
    let mut stream =
        client.extract_events_bulk(tokio_stream::iter(requests)).await.expect("a call").into_inner();
    let mut summaries = 0;
    while let Some(response) = stream.message().await.expect("a good stream") {
        summaries += usize::from(matches!(
            response.result,
            Some(v1::extract_events_bulk_response::Result::Summary(_))
        ));
    }
    assert_eq!(summaries, 8);
    assert!(begun.elapsed() >= Duration::from_millis(250), "{:?}", begun.elapsed());
    server.stop().await;
}

#[tokio::test]
async fn a_call_that_never_sends_its_article_ends() {
    let server =
        Running::start(|config| config.limits.receive_time = Length::milliseconds(100), endless()).await;
    // A request head whose body never comes.
    let (_body, silent) = mpsc::channel::<Result<http_body::Frame<prost::bytes::Bytes>, Status>>(1);
    let body = tonic::body::Body::new(http_body_util::StreamBody::new(ReceiverStream::new(silent)));
    let call = http::Request::post(format!("{}/demarche.v1.ExtractionService/ExtractEvents", server.url()))
        .header("content-type", "application/grpc")
        .header("te", "trailers")
        .body(body)
        .expect("a request");
    let channel = server.channel().await;
    let response = tower::ServiceExt::oneshot(channel, call).await.expect("a response");
    let body = http_body_util::BodyExt::collect(response.into_body());
    let body =
        tokio::time::timeout(Duration::from_secs(5), body).await.expect("in time").expect("a whole body");
    assert_eq!(body.trailers().and_then(|trailers| trailers.get("grpc-status")).expect("a status"), "4");
    assert!(counted("receive_time") >= 1.0);
    server.stop().await;
}

#[tokio::test]
async fn no_call_stays_open_for_ever() {
    let server =
        Running::start(|config| config.limits.call_time = Length::milliseconds(300), endless()).await;
    let mut client = server.client().await;
    let (_send, receive) = mpsc::channel(1);
    let mut stream =
        client.extract_events_bulk(ReceiverStream::new(receive)).await.expect("a call").into_inner();
    let begun = Instant::now();
    let end = tokio::time::timeout(Duration::from_secs(5), stream.message()).await.expect("in time");
    assert_eq!(end.expect_err("the time is over").code(), Code::DeadlineExceeded);
    assert!(begun.elapsed() >= Duration::from_millis(200));
    assert!(counted("call_time") >= 1.0);
    let single = extract(&mut client, request("", NEWS)).await.expect_err("endless work");
    assert_eq!(single.code(), Code::DeadlineExceeded);
    server.stop().await;
}

/// How many articles of 100 KB a client can send to a server that answers none yet.
async fn taken(window: usize) -> usize {
    let released = Arc::new(AtomicBool::new(false));
    let gate = released.clone();
    let read = reader(move |_, _| {
        while !gate.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(1));
        }
    });
    let server = Running::start(|config| config.limits.bulk_window = window, read).await;
    let mut client = server.client().await;
    let (send, receive) = mpsc::channel(1);
    let mut stream =
        client.extract_events_bulk(ReceiverStream::new(receive)).await.expect("a call").into_inner();
    let text = "word ".repeat(20_000);
    let mut sent = 0;
    while sent < 200 {
        let next = send.send(bulk_request(sent, "", &text));
        if tokio::time::timeout(Duration::from_millis(1000), next).await.is_err() {
            break;
        }
        sent += 1;
    }
    drop(send);
    released.store(true, Ordering::SeqCst);
    let mut answered = 0;
    while stream.message().await.expect("a good stream").is_some() {
        answered += 1;
    }
    assert_eq!(answered, sent, "all that was sent is answered");
    server.stop().await;
    sent as usize
}

#[tokio::test]
async fn a_bulk_call_is_read_ahead_by_its_window_only() {
    // Beside the window: what the connection itself holds, at most 1 MB.
    let (narrow, wide) = tokio::join!(taken(2), taken(60));
    assert!((2..=20).contains(&narrow), "{narrow} articles of a window of 2");
    assert!((60..=80).contains(&wide), "{wide} articles of a window of 60");
}

/// A socket that must be closed by the server within `limit`.
async fn closes(mut socket: tokio::net::TcpStream, limit: Duration) {
    let mut bytes = Vec::new();
    let read = tokio::time::timeout(limit, socket.read_to_end(&mut bytes)).await;
    assert!(read.is_ok(), "the connection stays open");
}

#[tokio::test]
async fn connections_are_bounded_by_peer() {
    let server = Running::start(|config| config.limits.max_connections_per_peer = 2, endless()).await;
    let connect = || tokio::net::TcpStream::connect(server.address);
    let kept = (connect().await.expect("first"), connect().await.expect("second"));
    tokio::time::sleep(Duration::from_millis(100)).await;
    closes(connect().await.expect("accepted by the system"), Duration::from_secs(2)).await;
    assert!(counted("max_connections_per_peer") >= 1.0);
    drop(kept);
    let begun = Instant::now();
    while tonic::transport::Channel::from_shared(server.url()).expect("a URL").connect().await.is_err() {
        assert!(begun.elapsed() < Duration::from_secs(5), "the place never came back");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    server.stop().await;
}

#[tokio::test]
async fn connections_are_bounded_all_together() {
    let server = Running::start(|config| config.limits.max_connections = 1, reader(|_, _| {})).await;
    let mut client = server.client().await;
    extract(&mut client, request("", NEWS)).await.expect("the one place");
    let second = tokio::net::TcpStream::connect(server.address).await.expect("accepted by the system");
    closes(second, Duration::from_secs(2)).await;
    assert!(counted("max_connections") >= 1.0);
    extract(&mut client, request("", NEWS)).await.expect("who is in stays in");
    server.stop().await;
}

/// A connection with the first words of HTTP/2, whose peer then only listens: it answers no ping.
async fn deaf(server: &Running) -> tokio::net::TcpStream {
    let mut socket = tokio::net::TcpStream::connect(server.address).await.expect("a socket");
    socket.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").await.expect("sent");
    socket
}

#[tokio::test]
async fn a_ping_unanswered_closes_the_connection() {
    let quick = |config: &mut demarche::config::Config| {
        config.limits.keepalive_interval = Length::milliseconds(100);
        config.limits.keepalive_timeout = Length::milliseconds(200);
    };
    let server = Running::start(quick, reader(|_, _| {})).await;
    let mut client = server.client().await;
    extract(&mut client, request("", NEWS)).await.expect("an answer");
    let before = counted("keepalive_timeout");
    let begun = Instant::now();
    closes(deaf(&server).await, Duration::from_secs(3)).await;
    assert!(begun.elapsed() >= Duration::from_millis(250), "{:?}", begun.elapsed());
    assert!(counted("keepalive_timeout") > before);
    // One that answers its pings lives on.
    extract(&mut client, request("", NEWS)).await.expect("the connection lives");
    server.stop().await;
}

#[tokio::test]
async fn old_connections_are_told_to_go() {
    let soon = |config: &mut demarche::config::Config| {
        config.limits.max_connection_age = Length::milliseconds(200);
    };
    let slow = reader(|_, _| std::thread::sleep(Duration::from_millis(500)));
    let server = Running::start(soon, slow).await;
    let before = counted("max_connection_age");
    let mut client = server.client().await;
    extract(&mut client, request("", NEWS)).await.expect("a call that is open by then is answered whole");
    extract(&mut client, request("", NEWS)).await.expect("the client has come again");
    eventually("the end is counted", || counted("max_connection_age") > before).await;

    // GOAWAY is frame type 7, on stream 0.
    let mut listener = deaf(&server).await;
    let (mut bytes, mut buffer) = (Vec::new(), [0; 1024]);
    let begun = Instant::now();
    let goes =
        |bytes: &[u8]| bytes.windows(9).any(|head| head[0] == 0 && head[3] == 7 && head[5..] == [0; 4]);
    while !goes(&bytes) {
        let read = tokio::time::timeout(Duration::from_secs(3), listener.read(&mut buffer)).await;
        let length = read.expect("no GOAWAY in time").expect("read");
        assert!(length > 0, "closed without a GOAWAY");
        bytes.extend_from_slice(&buffer[..length]);
    }
    assert!(begun.elapsed() >= Duration::from_millis(150), "{:?}", begun.elapsed());
    server.stop().await;
}

#[tokio::test]
async fn dead_connections_are_closed() {
    let server =
        Running::start(|config| config.limits.idle_time = Length::milliseconds(150), endless()).await;
    let silent = tokio::net::TcpStream::connect(server.address).await.expect("a socket");
    closes(silent, Duration::from_secs(3)).await;
    assert!(counted("idle_time") >= 1.0);
    let mut garbage = tokio::net::TcpStream::connect(server.address).await.expect("a socket");
    garbage.write_all(&[0xFF; 4096]).await.expect("sent");
    closes(garbage, Duration::from_secs(3)).await;
    server.stop().await;
}

#[tokio::test]
async fn a_long_head_is_refused() {
    let server = Running::start(|config| config.limits.max_header_bytes = 2048, reader(|_, _| {})).await;
    let mut client = server.client().await;
    let mut long = Request::new(request("", NEWS));
    long.metadata_mut().insert("x-long", "x".repeat(8000).parse().expect("a header"));
    let refused = extract(&mut client, long).await.expect_err("far too long: refused by the transport");
    assert!(refused.code() == Code::Unknown && refused.message().contains("431"), "{refused}");
    let mut long = Request::new(request("", NEWS));
    long.metadata_mut().insert("x-long", "x".repeat(2000).parse().expect("a header"));
    let refused = extract(&mut client, long).await.expect_err("too long: refused by the door");
    assert_eq!(refused.code(), Code::ResourceExhausted, "{refused}");
    assert_eq!(refused.get_details_error_info().expect("an ErrorInfo").reason, "max_header_bytes");
    assert!(counted("max_header_bytes") >= 1.0);
    extract(&mut server.client().await, request("", NEWS)).await.expect("the server goes on");
    server.stop().await;
}

#[tokio::test]
async fn calls_on_one_connection_are_bounded() {
    let server = Running::start(|config| config.limits.max_streams_per_connection = 1, endless()).await;
    let mut client = server.client().await;
    // The client must first have heard of the bound.
    client.get_service_info(v1::GetServiceInfoRequest {}).await.expect("info");
    let first =
        client.extract_events(timed(request("", NEWS), Duration::from_secs(20))).await.expect("the first");
    let second =
        tokio::time::timeout(Duration::from_millis(300), client.extract_events(request("", NEWS))).await;
    assert!(second.is_err(), "the second call waits for the first");
    let mut other = server.client().await;
    let beside = tokio::time::timeout(Duration::from_secs(2), other.extract_events(request("", NEWS))).await;
    assert!(beside.expect("another connection is free").is_ok());
    assert!(counted("max_streams_per_connection") >= 1.0);
    drop(first);
    server.stop().await;
}
