//! A server in this process, on a port of its own, with a reader of the test's choice; and what clients need.
#![allow(dead_code)]

use demarche::config::Config;
use demarche::core::extraction::{Extraction, Options};
use demarche::core::text::Article;
use demarche::grpc::contract::v1;
use demarche::grpc::contract::v1::extraction_service_client::ExtractionServiceClient;
use demarche::server::reading::Read;
use demarche::server::{ServeError, Server};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tonic::transport::Channel;

/// A client without TLS.
pub type Client = ExtractionServiceClient<Channel>;

/// A server that runs until it is stopped or dropped.
pub struct Running {
    pub address: SocketAddr,
    pub metrics: Option<SocketAddr>,
    stop: Option<oneshot::Sender<()>>,
    done: JoinHandle<Result<(), ServeError>>,
}

impl Running {
    /// Starts with the defaults, changed by `edit`, on a free port.
    pub async fn start(edit: impl FnOnce(&mut Config), read: Arc<Read>) -> Running {
        let mut config = Config::default();
        config.server.listen = SocketAddr::from(([127, 0, 0, 1], 0));
        config.server.threads = 2;
        edit(&mut config);
        let server = Server::bind(config, read).await.expect("the server starts");
        let (address, metrics) = (server.address().expect("an address"), server.metrics_address());
        let (stop, stopped) = oneshot::channel::<()>();
        let done = tokio::spawn(server.run(async { drop(stopped.await) }));
        Running { address, metrics, stop: Some(stop), done }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub async fn channel(&self) -> Channel {
        let endpoint = Channel::from_shared(self.url()).expect("a URL");
        endpoint.connect().await.expect("the server answers")
    }

    pub async fn client(&self) -> Client {
        ExtractionServiceClient::new(self.channel().await)
    }

    /// Sends the signal to stop.
    pub fn ask_to_stop(&mut self) {
        drop(self.stop.take());
    }

    /// Sends the signal to stop and waits for the end.
    pub async fn stop(mut self) {
        self.ask_to_stop();
        self.ended().await;
    }

    /// Waits for the end after [`Running::ask_to_stop`].
    pub async fn ended(self) {
        let end = tokio::time::timeout(Duration::from_secs(30), self.done).await;
        end.expect("in time").expect("no panic").expect("no error");
    }
}

/// The real pipeline.
pub fn pipeline() -> Arc<Read> {
    let pipeline = demarche::knowledge::load().expect("the knowledge loads");
    Arc::new(move |article: &Article, options: &Options, stop: &dyn Fn() -> bool| {
        pipeline.extract_until(article, options, stop)
    })
}

/// A reader that reports only the article's id, after what `work` does with the article and the stop.
pub fn reader(work: impl Fn(&Article, &dyn Fn() -> bool) + Send + Sync + 'static) -> Arc<Read> {
    Arc::new(move |article: &Article, _: &Options, stop: &dyn Fn() -> bool| {
        work(article, stop);
        Extraction { article_id: article.id_or_derived(), ..Extraction::default() }
    })
}

/// A reader that works until it is told to stop.
pub fn endless() -> Arc<Read> {
    reader(|_, stop| {
        while !stop() {
            std::thread::sleep(Duration::from_millis(1));
        }
    })
}

pub fn article(id: &str, text: &str) -> Option<v1::Article> {
    Some(v1::Article { article_id: id.to_owned(), text: text.to_owned(), ..Default::default() })
}

pub fn request(id: &str, text: &str) -> v1::ExtractEventsRequest {
    v1::ExtractEventsRequest { article: article(id, text), options: None }
}

pub fn bulk_request(sequence: u64, id: &str, text: &str) -> v1::ExtractEventsBulkRequest {
    v1::ExtractEventsBulkRequest { sequence, article: article(id, text), options: None }
}

/// The whole answer to one article: its events and its summary, or how it failed.
pub async fn extract(
    client: &mut Client,
    request: impl tonic::IntoRequest<v1::ExtractEventsRequest>,
) -> Result<(Vec<v1::DiplomaticEvent>, v1::ArticleSummary), tonic::Status> {
    use v1::extract_events_response::Result as Piece;
    let mut stream = client.extract_events(request).await?.into_inner();
    let (mut events, mut summary) = (Vec::new(), None);
    while let Some(response) = stream.message().await? {
        match response.result.expect("a response holds a result") {
            Piece::Event(event) => {
                assert!(summary.is_none(), "an event after the summary");
                events.push(event);
            }
            Piece::Summary(closing) => assert!(summary.replace(closing).is_none(), "two summaries"),
        }
    }
    Ok((events, summary.expect("an answer ends with its summary")))
}

/// How often `limit` has turned something away, in all servers of this process.
pub fn counted(limit: &str) -> f64 {
    figure(&format!("demarche_rejected_total{{limit=\"{limit}\"}}"))
}

/// The value of one line of the metrics; 0 where it is not there yet.
pub fn figure(line: &str) -> f64 {
    let figures = demarche::server::metrics::install().render();
    let value = figures.lines().find_map(|found| found.strip_prefix(line)?.strip_prefix(' '));
    value.map_or(0.0, |value| value.parse().expect("a number"))
}
