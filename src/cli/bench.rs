//! `demarche bench`: how fast this machine reads, without any transport: by threads, by stage, by size. Prints Markdown.

use super::Failure;
use crate::core::extraction::Options;
use crate::core::pipeline::Pipeline;
use crate::core::text::Article;
use crate::knowledge;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Each figure is the best of three rounds, for on a shared machine only slowness is noise. Where Linux tells the time that a
/// thread was on a core, figures count that time, so that other work on the machine weighs less.
#[derive(Args, Debug)]
pub struct BenchArgs {
    /// Folder of .txt articles
    #[arg(long, default_value = "examples/articles")]
    articles: PathBuf,
    /// Words of an article, made by repeating or cutting the paragraphs of the folder
    #[arg(long, default_value_t = 400)]
    words: usize,
    /// Seconds of one round
    #[arg(long, default_value_t = 1.0)]
    seconds: f64,
    /// Only print articles a second of one thread
    #[arg(long)]
    brief: bool,
}

/// Measures and prints.
pub fn run(arguments: &BenchArgs) -> Result<ExitCode, Failure> {
    let paragraphs = paragraphs(&arguments.articles)?;
    let begun = Instant::now();
    let pipeline = knowledge::load()?;
    let loaded = begun.elapsed();
    let round = Duration::from_secs_f64(arguments.seconds.clamp(0.05, 60.0));
    let articles: Vec<Article> = (0..paragraphs.len())
        .map(|from| article(&paragraphs, from, |text| text.split_whitespace().count() >= arguments.words))
        .collect();
    let words = articles.iter().map(|article| article.text.split_whitespace().count()).sum::<usize>() as f64
        / articles.len() as f64;
    let alone = best(|| rate(&pipeline, &articles, 1, round));
    if arguments.brief {
        println!("{alone:.1}");
        return Ok(ExitCode::SUCCESS);
    }
    println!("Knowledge loads in {:.0} ms. Articles of {words:.0} words.\n", loaded.as_secs_f64() * 1e3);
    println!("| threads | articles a core-second, all threads | words | of one thread |\n|---|---|---|---|");
    println!("| 1 | {alone:.0} | {:.0} | 1.00 × |", alone * words);
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    for threads in [2, 4, 8].into_iter().filter(|&threads| threads <= cores) {
        let together = best(|| rate(&pipeline, &articles, threads, round));
        println!("| {threads} | {together:.0} | {:.0} | {:.2} × |", together * words, together / alone);
    }
    println!("\n| stage | µs an article | share |\n|---|---|---|");
    let stages = stages(&pipeline, &articles, round);
    let whole: f64 = stages.iter().map(|stage| stage.1).sum();
    for (name, seconds) in stages {
        println!("| {name} | {:.0} | {:.0} % |", seconds * 1e6, 100.0 * seconds / whole);
    }
    println!("\n| size of an article | ms | µs a KB | of the smallest |\n|---|---|---|---|");
    let mut first = None;
    for bytes in [1 << 10, 4 << 10, 100 << 10, 1 << 20] {
        let mut large = article(&paragraphs, 0, |text| text.len() >= bytes);
        large.text.truncate(large.text.floor_char_boundary(bytes));
        let articles = [large];
        let seconds = 1.0 / best(|| rate(&pipeline, &articles, 1, round.min(Duration::from_millis(500))));
        let per_kilobyte = seconds * 1e6 / (bytes as f64 / 1024.0);
        let base = *first.get_or_insert(per_kilobyte);
        let ratio = per_kilobyte / base;
        println!("| {} KB | {:.2} | {per_kilobyte:.0} | {ratio:.2} × |", bytes >> 10, seconds * 1e3);
    }
    Ok(ExitCode::SUCCESS)
}

/// Articles a second on so many threads.
fn rate(pipeline: &Pipeline, articles: &[Article], threads: usize, round: Duration) -> f64 {
    let begun = Instant::now();
    let work = |from: usize| {
        let clock = CoreClock::start();
        let mut read = 0usize;
        for article in articles.iter().cycle().skip(from) {
            std::hint::black_box(pipeline.extract(article, &Options::default()));
            read += 1;
            if begun.elapsed() >= round {
                break;
            }
        }
        read as f64 / clock.elapsed().as_secs_f64()
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|from| scope.spawn(move || work(from))).collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or(0.0)).sum()
    })
}

/// The time that this thread was on a core; the time of the wall where the system does not tell.
struct CoreClock {
    wall: Instant,
    core: Option<Duration>,
}

impl CoreClock {
    fn start() -> CoreClock {
        CoreClock { wall: Instant::now(), core: CoreClock::on_core() }
    }

    fn elapsed(&self) -> Duration {
        let core = self.core.zip(CoreClock::on_core()).map(|(begun, now)| now.saturating_sub(begun));
        core.filter(|core| !core.is_zero()).unwrap_or_else(|| self.wall.elapsed())
    }

    fn on_core() -> Option<Duration> {
        let figures = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        Some(Duration::from_nanos(figures.split(' ').next()?.parse().ok()?))
    }
}

/// Seconds of each stage on one article, in the pipeline's order.
fn stages(pipeline: &Pipeline, articles: &[Article], round: Duration) -> [(&'static str, f64); 6] {
    let tables = pipeline.tables();
    let mut spent = [Duration::ZERO; 6];
    let mut read = 0u32;
    let begun = Instant::now();
    for article in articles.iter().cycle() {
        let mut mark = Instant::now();
        let mut lap = |stage: usize, spent: &mut [Duration; 6]| {
            spent[stage] += mark.elapsed();
            mark = Instant::now();
        };
        let screened = crate::core::text::screen(article);
        let Some(text) = screened.text else { continue };
        lap(0, &mut spent);
        let document = tables.syntax.analyze(&text);
        lap(1, &mut spent);
        let mentions = tables.actors.find(&text, &document, article.published);
        lap(2, &mut spent);
        std::hint::black_box(tables.calendar.find(&text, &document, article.published));
        lap(3, &mut spent);
        std::hint::black_box(tables.gazetteer.find(&text, &document, &mentions));
        lap(4, &mut spent);
        let options = Options::default();
        std::hint::black_box(pipeline.events(article, &text, &document, &mentions, &options, &|| false));
        lap(5, &mut spent);
        read += 1;
        if begun.elapsed() >= round {
            break;
        }
    }
    let names = ["screen", "syntax", "actors", "time", "place", "events"];
    let mut seconds = spent.map(|spent| spent.as_secs_f64() / f64::from(read.max(1)));
    // `Pipeline::events` finds times and places again; what is left is triggers, frames, coding and assembly.
    seconds[5] = (seconds[5] - seconds[3] - seconds[4]).max(0.0);
    std::array::from_fn(|stage| (names[stage], seconds[stage]))
}

fn best(measure: impl Fn() -> f64) -> f64 {
    (0..3).map(|_| measure()).fold(0.0, f64::max)
}

/// Paragraphs one after the other, again and again, until the text is `full`.
fn article(paragraphs: &[String], from: usize, full: impl Fn(&str) -> bool) -> Article {
    let mut text = String::new();
    for paragraph in paragraphs.iter().cycle().skip(from) {
        text += paragraph;
        text += "\n\n";
        if full(&text) {
            break;
        }
    }
    Article { text, published: Some(jiff::civil::date(2024, 3, 13)), ..Article::default() }
}

fn paragraphs(folder: &std::path::Path) -> Result<Vec<String>, Failure> {
    let told = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).map_err(told)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let mut paragraphs = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(path).map_err(told)?;
        paragraphs.extend(text.split("\n\n").map(|paragraph| paragraph.trim().to_owned()));
    }
    if paragraphs.is_empty() {
        return Err(format!("{}: holds no .txt article", folder.display()).into());
    }
    Ok(paragraphs)
}
