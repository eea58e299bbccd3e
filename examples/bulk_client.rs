//! Streams a folder of articles through one bulk call and prints their events:
//!
//! ```text
//! cargo run --release --example bulk_client -- examples/articles [http://127.0.0.1:50051]
//! ```

use demarche::grpc::contract::v1::extract_events_bulk_response::Result as Piece;
use demarche::grpc::contract::v1::extraction_service_client::ExtractionServiceClient;
use demarche::grpc::contract::v1::{Article, ExtractEventsBulkRequest, Participant};
use std::path::PathBuf;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("give a folder of .txt files")?;
    let server = arguments.next().unwrap_or_else(|| "http://127.0.0.1:50051".to_owned());
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();

    // Read as the server asks for more, not all at once: the stream pulls.
    let requests = tokio_stream::iter(paths.into_iter().enumerate().filter_map(|(number, path)| {
        let article_id = path.file_stem()?.to_string_lossy().into_owned();
        let published_date = article_id.get(..10).unwrap_or_default().to_owned();
        let text = std::fs::read_to_string(&path).ok()?;
        let article = Some(Article { article_id, text, published_date, ..Default::default() });
        Some(ExtractEventsBulkRequest { sequence: number as u64, article, options: None })
    }));
    let mut client = ExtractionServiceClient::connect(server).await?;
    let mut answers = client.extract_events_bulk(requests).await?.into_inner();
    while let Some(answer) = answers.message().await? {
        match answer.result {
            Some(Piece::Event(event)) => {
                let date = event.date.clone().unwrap_or_default().start_date;
                let trigger =
                    event.evidence.clone().and_then(|evidence| evidence.trigger).unwrap_or_default().content;
                let (who, whom) = (codes(&event.actors), codes(&event.recipients));
                println!("{date}\t{}\t{who}\t{whom}\t{trigger}", event.cameo_code);
            }
            Some(Piece::Summary(summary)) => {
                eprintln!("{}: {} events", answer.article_id, summary.event_count)
            }
            Some(Piece::Error(error)) => eprintln!("{}: {}", answer.article_id, error.message),
            None => {}
        }
    }
    Ok(())
}

fn codes(people: &[Participant]) -> String {
    people
        .iter()
        .map(|who| if who.code.is_empty() { &*who.name } else { &*who.code })
        .collect::<Vec<_>>()
        .join(", ")
}
