//! Stopping politely: health tells first, new calls go elsewhere, what was taken is answered, and then the process ends.
#![cfg(feature = "server")]

mod common;

use common::*;
use demarche::config::Duration as Length;
use demarche::grpc::contract::v1::extract_events_bulk_response::Result as Piece;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::Code;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

const NEWS: &str = "The envoys met in Riga on Monday.";

#[tokio::test]
async fn an_idle_server_stops_at_once() {
    let server = Running::start(|_| {}, pipeline()).await;
    extract(&mut server.client().await, request("", NEWS)).await.expect("an answer");
    let begun = Instant::now();
    server.stop().await;
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn while_draining_open_calls_finish_and_new_ones_are_refused() {
    let read = reader(|_, _| std::thread::sleep(Duration::from_millis(100)));
    let mut server = Running::start(|config| config.server.threads = 1, read).await;
    let mut client = server.client().await;
    let mut health = HealthClient::new(server.channel().await);
    let (send, receive) = mpsc::channel(16);
    let mut stream =
        client.extract_events_bulk(ReceiverStream::new(receive)).await.expect("a call").into_inner();
    send.send(bulk_request(0, "", NEWS)).await.expect("sent");
    stream.message().await.expect("a good stream").expect("a first answer");

    server.ask_to_stop();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let status = health.check(HealthCheckRequest { service: String::new() }).await.expect("an answer");
    assert_eq!(status.into_inner().status(), ServingStatus::NotServing);
    let refused = extract(&mut client, request("", NEWS)).await.expect_err("draining");
    assert_eq!(refused.code(), Code::Unavailable);

    for sequence in 1..=5 {
        send.send(bulk_request(sequence, "", NEWS)).await.expect("sent");
    }
    drop(send);
    let mut answered = Vec::new();
    while let Some(response) = stream.message().await.expect("a good end") {
        assert!(matches!(response.result, Some(Piece::Summary(_))));
        answered.push(response.sequence);
    }
    assert_eq!(answered, [1, 2, 3, 4, 5]);
    server.ended().await;
}

#[tokio::test]
async fn after_the_drain_time_what_was_taken_is_answered_and_the_stream_ends() {
    let read = reader(|_, _| std::thread::sleep(Duration::from_millis(20)));
    let mut server =
        Running::start(|config| config.server.drain_time = Length::milliseconds(300), read).await;
    let mut client = server.client().await;
    let (send, receive) = mpsc::channel(4);
    let mut stream =
        client.extract_events_bulk(ReceiverStream::new(receive)).await.expect("a call").into_inner();
    let endless = tokio::spawn(async move {
        let mut sequence = 0;
        while send.send(bulk_request(sequence, "", NEWS)).await.is_ok() {
            sequence += 1;
        }
    });
    // Articles may finish out of order: the first answer need not be the first article's.
    let first = stream.message().await.expect("a good stream").expect("a first answer");
    server.ask_to_stop();
    let mut answered = vec![first.sequence];
    let end = loop {
        match stream.message().await {
            Ok(Some(response)) => answered.push(response.sequence),
            Ok(None) => panic!("the end must say that the server drains"),
            Err(end) => break end,
        }
    };
    assert_eq!(end.code(), Code::Unavailable, "{end}");
    answered.sort_unstable();
    let whole: Vec<u64> = (0..answered.len() as u64).collect();
    assert_eq!(answered, whole, "no hole: all that was taken was answered");
    server.ended().await;
    endless.abort();
}

#[tokio::test]
async fn after_the_signal_the_server_stays_for_the_drain_delay() {
    let mut server =
        Running::start(|config| config.server.drain_delay = Length::milliseconds(500), pipeline()).await;
    let mut health = HealthClient::new(server.channel().await);
    let begun = Instant::now();
    server.ask_to_stop();
    tokio::time::sleep(Duration::from_millis(250)).await;
    let status = health.check(HealthCheckRequest { service: String::new() }).await.expect("still reachable");
    assert_eq!(status.into_inner().status(), ServingStatus::NotServing);
    server.ended().await;
    assert!(begun.elapsed() >= Duration::from_millis(450), "{:?}", begun.elapsed());
}
