//! `demarche load`: a load generator. Closed loop (so many callers, each waits for its answer) or open loop (so many articles a
//! second whatever the server does, latency counted from the moment the article was due), single or bulk calls.

mod figures;

use super::Failure;
use crate::grpc::contract::v1::extract_events_bulk_response::Result as Piece;
use crate::grpc::contract::v1::extraction_service_client::ExtractionServiceClient;
use crate::grpc::contract::v1::{Article, ExtractEventsBulkRequest, ExtractEventsRequest};
use clap::{Args, ValueEnum};
use figures::Figures;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::metadata::{Ascii, MetadataValue};
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint};
use tonic::{Code, Request, Status};

/// Prints one line of figures: articles a second, failures by code, and the latencies of articles in milliseconds.
#[derive(Args, Debug)]
pub struct LoadArgs {
    /// The server
    #[arg(default_value = "http://127.0.0.1:50051")]
    server: String,
    /// Calls of one article each, or streams of many
    #[arg(long, value_enum, default_value_t = Mode::Single)]
    mode: Mode,
    /// Callers or streams at once
    #[arg(long, short, default_value_t = 2)]
    concurrency: usize,
    /// Connections that they share
    #[arg(long, default_value_t = 1)]
    connections: usize,
    /// Articles a second, all callers together (open loop) [default: as fast as answers come]
    #[arg(long)]
    rate: Option<f64>,
    /// Articles of one stream that are under way
    #[arg(long, default_value_t = 16)]
    window: usize,
    /// How long, in seconds
    #[arg(long, default_value_t = 10.0)]
    seconds: f64,
    /// Folder of .txt articles
    #[arg(long, default_value = "examples/articles")]
    articles: PathBuf,
    /// Make articles of so many words, by repeating or cutting those of the folder
    #[arg(long)]
    words: Option<usize>,
    /// Make articles of so many bytes
    #[arg(long, conflicts_with = "words")]
    bytes: Option<usize>,
    /// Bearer token
    #[arg(long)]
    token: Option<String>,
    /// Authority that signed the server's certificate (PEM)
    #[arg(long)]
    ca: Option<PathBuf>,
}

/// How articles are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Mode {
    /// ExtractEvents
    Single,
    /// ExtractEventsBulk
    Bulk,
}

/// A server that does not answer; the cause says why.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Unreachable(String, #[source] tonic::transport::Error);

/// What all callers share.
struct Load {
    texts: Vec<String>,
    next: AtomicU64,
    end: Instant,
    begun: Instant,
    /// Between two articles, in the open loop.
    interval: Option<Duration>,
    window: usize,
    token: Option<MetadataValue<Ascii>>,
    figures: Mutex<Figures>,
}

/// Runs the load and prints its figures.
pub fn run(arguments: &LoadArgs) -> Result<ExitCode, Failure> {
    let texts = texts(arguments)?;
    let token = match &arguments.token {
        Some(token) => Some(format!("Bearer {token}").parse()?),
        None => None,
    };
    if arguments.rate.is_some_and(|rate| !(0.001..=1e6).contains(&rate))
        || !(0.0..=1e6).contains(&arguments.seconds)
    {
        return Err("--rate and --seconds must be positive".into());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let figures = runtime.block_on(async {
        let mut channels = Vec::new();
        for _ in 0..arguments.connections.max(1) {
            let channel = endpoint(arguments)?.connect().await;
            channels.push(channel.map_err(|error| Unreachable(arguments.server.clone(), error))?);
        }
        let begun = Instant::now();
        let load = Arc::new(Load {
            texts,
            next: AtomicU64::new(0),
            end: begun + Duration::from_secs_f64(arguments.seconds),
            begun,
            interval: arguments.rate.map(|rate| Duration::from_secs_f64(1.0 / rate)),
            window: arguments.window.max(1),
            token,
            figures: Mutex::default(),
        });
        let callers = (0..arguments.concurrency.max(1)).map(|number| {
            let (load, channel) = (load.clone(), channels[number % channels.len()].clone());
            let mode = arguments.mode;
            tokio::spawn(async move {
                match mode {
                    Mode::Single => singles(&load, channel).await,
                    Mode::Bulk => bulk(load, channel).await,
                }
            })
        });
        for caller in callers.collect::<Vec<_>>() {
            caller.await?;
        }
        let mut figures = std::mem::take(&mut *load.figures.lock().map_err(|_| "a caller panicked")?);
        figures.length = begun.elapsed();
        Ok::<_, Failure>(figures)
    })?;
    println!("{figures}");
    Ok(if figures.answered > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn endpoint(arguments: &LoadArgs) -> Result<Endpoint, Failure> {
    let mut endpoint = Endpoint::from_shared(arguments.server.clone())?.tcp_nodelay(true);
    if let Some(ca) = &arguments.ca {
        let pem = std::fs::read(ca).map_err(|error| format!("{}: {error}", ca.display()))?;
        endpoint = endpoint.tls_config(ClientTlsConfig::new().ca_certificate(Certificate::from_pem(pem)))?;
    }
    Ok(endpoint)
}

impl Load {
    /// The number of the next article and the moment when it is due; none when the time is over.
    async fn next(&self) -> Option<(u64, Instant)> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let due = match self.interval {
            Some(interval) => {
                let due = self.begun + interval.mul_f64(number as f64);
                tokio::time::sleep_until(due.into()).await;
                due
            }
            None => Instant::now(),
        };
        (due < self.end).then_some((number, due))
    }

    fn article(&self, number: u64) -> Option<Article> {
        let text = self.texts.get(number as usize % self.texts.len())?.clone();
        Some(Article { text, published_date: "2024-03-13".to_owned(), ..Default::default() })
    }

    fn call<T>(&self, message: T) -> Request<T> {
        let mut request = Request::new(message);
        if let Some(token) = &self.token {
            request.metadata_mut().insert("authorization", token.clone());
        }
        request
    }

    fn answered(&self, since: Instant) {
        if let Ok(mut figures) = self.figures.lock() {
            figures.answered(since.elapsed());
        }
    }

    fn failed(&self, code: Code) {
        if let Ok(mut figures) = self.figures.lock() {
            figures.failed(code);
        }
    }
}

async fn singles(load: &Load, channel: Channel) {
    let mut client = ExtractionServiceClient::new(channel);
    while let Some((number, due)) = load.next().await {
        let request = load.call(ExtractEventsRequest { article: load.article(number), options: None });
        let whole: Result<(), Status> = async {
            let mut stream = client.extract_events(request).await?.into_inner();
            while stream.message().await?.is_some() {}
            Ok(())
        }
        .await;
        match whole {
            Ok(()) => load.answered(due),
            Err(failure) => load.failed(failure.code()),
        }
    }
}

async fn bulk(load: Arc<Load>, channel: Channel) {
    let mut client = ExtractionServiceClient::new(channel);
    let (send, receive) = mpsc::channel(1);
    let room = Arc::new(tokio::sync::Semaphore::new(load.window));
    let due: Arc<Mutex<std::collections::HashMap<u64, Instant>>> = Arc::default();
    let (sender, sender_room, sender_due) = (load.clone(), room.clone(), due.clone());
    let sending = tokio::spawn(async move {
        loop {
            let Ok(place) = sender_room.acquire().await else { return };
            place.forget();
            let Some((sequence, when)) = sender.next().await else { return };
            if let Ok(mut due) = sender_due.lock() {
                due.insert(sequence, when);
            }
            let request =
                ExtractEventsBulkRequest { sequence, article: sender.article(sequence), options: None };
            if send.send(request).await.is_err() {
                return;
            }
        }
    });
    let called = client.extract_events_bulk(load.call(ReceiverStream::new(receive))).await;
    let mut stream = match called {
        Ok(response) => response.into_inner(),
        Err(failure) => return load.failed(failure.code()),
    };
    loop {
        match stream.message().await {
            Ok(Some(answer)) => {
                let since = match &answer.result {
                    Some(Piece::Summary(_) | Piece::Error(_)) => {
                        due.lock().ok().and_then(|mut due| due.remove(&answer.sequence))
                    }
                    _ => None,
                };
                let Some(since) = since else { continue };
                room.add_permits(1);
                match answer.result {
                    Some(Piece::Error(error)) => load.failed(Code::from_i32(error.code)),
                    _ => load.answered(since),
                }
            }
            Ok(None) => break,
            Err(failure) => {
                load.failed(failure.code());
                break;
            }
        }
    }
    sending.abort();
    // Sent, or about to be, and never answered: 0 unless the stream broke.
    for _ in 0..due.lock().map_or(0, |due| due.len()) {
        load.failed(Code::Unknown);
    }
}

/// The articles to send: those of the folder, cut or repeated to the size that is asked for.
fn texts(arguments: &LoadArgs) -> Result<Vec<String>, Failure> {
    let folder = arguments.articles.display();
    let entries = std::fs::read_dir(&arguments.articles).map_err(|error| format!("{folder}: {error}"))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let mut texts = Vec::new();
    for path in &paths {
        texts.push(std::fs::read_to_string(path)?);
    }
    if texts.iter().all(String::is_empty) {
        return Err(format!("{folder}: holds no .txt article").into());
    }
    let paragraphs: Vec<&str> = texts.iter().flat_map(|text| text.split("\n\n")).map(str::trim).collect();
    let sized = |from: usize| {
        let mut text = String::new();
        let mut words = 0;
        for paragraph in paragraphs.iter().cycle().skip(from) {
            let full = match (arguments.words, arguments.bytes) {
                (Some(limit), _) => words >= limit,
                (_, Some(limit)) => text.len() >= limit,
                _ => true,
            };
            if full {
                break;
            }
            text += paragraph;
            text += "\n\n";
            words += paragraph.split_whitespace().count();
        }
        let limit = arguments.bytes.unwrap_or(text.len());
        text.truncate(text.floor_char_boundary(limit));
        text
    };
    if arguments.words.is_none() && arguments.bytes.is_none() {
        return Ok(texts);
    }
    Ok((0..paragraphs.len()).map(sized).collect())
}
