//! `demarche codebook`: check the tables of the codebook, and try it on a sentence with everything it saw on the way.

use super::Failure;
use crate::core::actors::{Form, Identity, Mention, Mentions};
use crate::core::extraction::{Event, Options, ParticipantBasis, ParticipantKind};
use crate::core::pipeline::Pipeline;
use crate::core::syntax::{Document, TokenRef};
use crate::core::text::Article;
use crate::evaluation::corpus::{self, GoldMention, Item, Part};
use crate::knowledge;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Options of `demarche codebook`.
#[derive(Args, Debug)]
pub struct CodebookArgs {
    /// Folder of tables laid out as data/events/, used in place of the built-in ones.
    #[arg(long, global = true)]
    tables: Option<PathBuf>,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Reads all tables and reports the first mistake with its file and line.
    Check,
    /// Codes a sentence and shows its tree, the participants, and what each event was coded from.
    Test {
        /// The sentence.
        sentence: String,
        /// Publication date, YYYY-MM-DD.
        #[arg(long)]
        date: Option<jiff::civil::Date>,
    },
    /// Of each gold event that was missed or coded otherwise: at which stage it was lost, and what was seen there.
    Gaps {
        /// Folder of the corpus.
        #[arg(long, default_value = "corpus")]
        corpus: PathBuf,
        /// Only items whose id starts so.
        #[arg(default_value = "")]
        only: String,
        /// The develop part; otherwise train.
        #[arg(long)]
        develop: bool,
        /// With the scorer's decisions.
        #[arg(long)]
        scorer: bool,
    },
    /// Codes the train part of the gold corpus with the participants given, and lists what came out beside what should have:
    /// shows the codebook's own mistakes, apart from those of the stages before it.
    Gold {
        /// Folder of the corpus.
        #[arg(long, default_value = "corpus")]
        corpus: PathBuf,
        /// Only items whose id starts so.
        #[arg(default_value = "")]
        only: String,
        /// Only items that are not wholly right.
        #[arg(long)]
        wrong: bool,
        /// Score the develop part instead, without listing.
        #[arg(long)]
        develop: bool,
        /// List the events that were found but coded otherwise.
        #[arg(long)]
        confusions: bool,
        /// List only the gold events without any event on their words: the gaps of the codebook.
        #[arg(long)]
        missed: bool,
    },
}

/// Runs the command.
pub fn run(arguments: &CodebookArgs) -> Result<ExitCode, Failure> {
    let pipeline = match &arguments.tables {
        Some(folder) => knowledge::load_with_codebook(folder)?,
        None => knowledge::load()?,
    };
    match &arguments.action {
        Action::Check => {
            let codebook = &pipeline.tables().codebook;
            println!(
                "{} constructions on {} verbs, {} nouns, {} adjectives; {} classes of {} words; {} compositions",
                codebook.entries.len(),
                codebook.verbs.len(),
                codebook.nouns.len(),
                codebook.adjectives.len(),
                codebook.classes.len(),
                codebook.classes.iter().map(|class| class.len()).sum::<usize>(),
                codebook.compositions.len()
            );
        }
        Action::Test { sentence, date } => test(&pipeline, sentence, *date),
        Action::Gaps { corpus, only, develop, scorer } => {
            let part = if *develop { Part::Develop } else { Part::Train };
            let pipeline = if *scorer { pipeline } else { pipeline.with_silent_scorer() };
            super::gaps::list(&pipeline, corpus, part, only)?;
        }
        Action::Gold { .. } => gold(&pipeline, &arguments.action)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn options() -> Options {
    Options { include_negated: true, explain: true, ..Options::default() }
}

fn test(pipeline: &Pipeline, sentence: &str, date: Option<jiff::civil::Date>) {
    let article = Article { text: sentence.to_owned(), published: date, ..Article::default() };
    let document = pipeline.tables().syntax.analyze(sentence);
    print_tree(&document, sentence);
    let mentions = pipeline.tables().actors.find(sentence, &document, date);
    for (number, mention) in mentions.list.iter().enumerate() {
        println!(
            "{number:>3} [{}] head {}.{} {} {:?} {:?} members {:?}{}",
            mention.span.of(sentence),
            mention.head.sentence + 1,
            mention.head.token + 1,
            mention.identity.participant(mention.span).code(),
            mention.identity.kind,
            mention.form,
            mention.members,
            if mention.locative { " locative" } else { "" }
        );
    }
    for (number, one) in document.sentences.iter().enumerate() {
        let codebook = &pipeline.tables().codebook;
        for trace in crate::core::events::coding::trace(codebook, &document, &mentions, number as u32) {
            println!(
                "    {} read by {}: {}",
                one.token(trace.trigger).span.of(sentence),
                trace.reason,
                trace.fate
            );
        }
    }
    for event in pipeline.extract(&article, &options()).events {
        println!("{}", line(sentence, &event));
        for reason in &event.trace {
            println!("      {reason}");
        }
    }
}

fn print_tree(document: &Document, text: &str) {
    for sentence in &document.sentences {
        for (number, token) in sentence.tokens.iter().enumerate() {
            println!(
                "{:>3} {:<18} {:<16} {:<6}{:<5} {:>3} {}",
                number + 1,
                token.span.of(text),
                token.lemma,
                token.upos.name(),
                token.xpos.name(),
                token.head.map_or(0, |head| head + 1),
                token.deprel.name()
            );
        }
        println!();
    }
}

fn line(text: &str, event: &Event) -> String {
    let who = |list: &[crate::core::extraction::Participant]| {
        let list: Vec<String> =
            list.iter().map(|one| format!("{}={}", one.mention.of(text), one.code())).collect();
        list.join("; ")
    };
    let mode = event.mode.map_or("-", |mode| mode.name());
    let by = event
        .attribution
        .as_ref()
        .map_or(String::new(), |by| format!(" by {}", by.reporter.mention.of(text)));
    let trigger = event.evidence.first().map_or("", |evidence| evidence.trigger.of(text));
    let when = event.date.start.map_or("-".to_owned(), |day| day.to_string());
    let place = event.place.as_ref().map_or("-", |place| place.name.as_str());
    let contexts: Vec<&str> = event.contexts.iter().map(|context| context.name()).collect();
    format!(
        "{} {mode} [{trigger}] A: {} R: {} {}{by} {when} {place} {} <{}>",
        event.event_type,
        who(&event.actors),
        who(&event.recipients),
        event.status,
        contexts.join(","),
        event.evidence.first().map_or("", |evidence| evidence.reason.as_str())
    )
}

/// The gold participants of an item as mentions of its document.
pub fn gold_mentions(item: &Item, document: &Document) -> Mentions {
    let mut list: Vec<Mention> = Vec::new();
    let everyone =
        item.events.iter().flat_map(|event| event.actors.iter().chain(&event.recipients).chain(&event.by));
    for gold in everyone {
        if list.iter().any(|mention| mention.span == gold.span) {
            continue;
        }
        if let Some(head) = document.head_of(gold.span) {
            list.push(mention(&item.article.text, gold, head));
        }
    }
    list.sort_by_key(|mention| {
        (mention.head.sentence, mention.span.begin, std::cmp::Reverse(mention.span.end))
    });
    Mentions::new(list)
}

fn mention(text: &str, gold: &GoldMention, head: TokenRef) -> Mention {
    let bare = gold.sectors.first().is_none_or(|sector| sector.name() == "GOV");
    Mention {
        head,
        span: gold.span,
        identity: Identity {
            name: gold.who.clone().unwrap_or_else(|| gold.span.of(text).to_owned()).into(),
            kind: if bare { ParticipantKind::Country } else { ParticipantKind::Group },
            country: gold.country.as_ref().map(Into::into),
            sectors: gold.sectors.clone(),
            office: None,
            wikidata_id: None,
            basis: ParticipantBasis::Named,
            reason: "gold".into(),
        },
        form: Form::Name,
        antecedent: None,
        members: Vec::new(),
        locative: false,
    }
}

fn list_missed(pipeline: &Pipeline, item: &Item, document: &Document, pairs: &[(usize, usize)]) {
    use crate::core::events::codebook::TriggerClass::{Adjective, Noun, Verb};
    let text = &item.article.text;
    for (number, event) in item.events.iter().enumerate() {
        if pairs.iter().any(|&(gold, _)| gold == number) {
            continue;
        }
        let codebook = &pipeline.tables().codebook;
        let mut lemmas = String::new();
        for token in document.sentences.iter().flat_map(|sentence| &sentence.tokens) {
            if event.triggers.iter().any(|span| span.overlaps(token.span)) {
                let known = [Verb, Noun, Adjective]
                    .iter()
                    .any(|&class| !codebook.candidates(class, &token.lemma).is_empty());
                lemmas.push_str(&format!(
                    " {}{}/{}",
                    if known { "" } else { "?" },
                    token.lemma,
                    token.xpos.name()
                ));
            }
        }
        let mode = event.mode.map_or("-", |mode| mode.name());
        println!("{} {mode}\t{lemmas}\t{} | {text}", event.event_type, item.id);
    }
}

fn gold(pipeline: &Pipeline, action: &Action) -> Result<(), Failure> {
    let Action::Gold { corpus: folder, only, wrong, develop, confusions, .. } = action else { return Ok(()) };
    let (wrong, develop) = (*wrong, *develop);
    let part = if develop { Part::Develop } else { Part::Train };
    let items = corpus::load(folder, &[part])?;
    let mut confused: Vec<String> = Vec::new();
    let (mut found, mut typed, mut moded, mut gold_count, mut predicted_count, mut status, mut false_events) =
        (0, 0, 0, 0, 0, 0, 0);
    for item in items.iter().filter(|item| item.id.starts_with(only.as_str())) {
        let text = &item.article.text;
        let document = pipeline.tables().syntax.analyze(text);
        let mentions = gold_mentions(item, &document);
        let events = pipeline.events(&item.article, text, &document, &mentions, &options(), &|| false);
        let pairs = crate::evaluation::matching::assign(&item.events, &events);
        gold_count += item.events.len();
        predicted_count += events.len();
        found += pairs.len();
        if item.events.is_empty() {
            false_events += events.len();
        }
        let mut right = pairs.len() == item.events.len() && pairs.len() == events.len();
        for &(g, e) in &pairs {
            let same_type = item.events[g].event_type == events[e].event_type;
            typed += usize::from(same_type);
            moded += usize::from(same_type && item.events[g].mode == events[e].mode);
            status += usize::from(item.events[g].status == events[e].status);
            let same = same_type && item.events[g].mode == events[e].mode;
            right &= same;
            if !same {
                let code = |event_type: crate::core::ontology::EventType,
                            mode: Option<crate::core::ontology::Mode>| {
                    format!("{event_type}-{}", mode.map_or("", |mode| mode.name()))
                };
                confused.push(format!(
                    "{} → {} [{}] {} {}",
                    code(item.events[g].event_type, item.events[g].mode),
                    code(events[e].event_type, events[e].mode),
                    events[e].evidence[0].trigger.of(text),
                    events[e].evidence[0].reason,
                    item.id
                ));
            }
        }
        if develop || (wrong && right) {
            continue;
        }
        if let Action::Gold { missed: true, .. } = action {
            list_missed(pipeline, item, &document, &pairs);
            continue;
        }
        println!("{} | {}", item.id, text);
        for event in &item.events {
            let spans = |list: &[GoldMention]| {
                list.iter().map(|one| one.span.of(text)).collect::<Vec<_>>().join("; ")
            };
            println!(
                "  = {} {} [{}] A: {} R: {} {}",
                event.event_type,
                event.mode.map_or("-", |mode| mode.name()),
                event.triggers.first().map_or("", |span| span.of(text)),
                spans(&event.actors),
                spans(&event.recipients),
                event.status
            );
        }
        for event in &events {
            println!("  > {}", line(text, event));
        }
    }
    confused.sort();
    if !develop && *confusions {
        confused.iter().for_each(|line| println!("{line}"));
    }
    println!(
        "gold {gold_count} predicted {predicted_count} found {found} (P {:.1} R {:.1}) type {:.1} type+mode {:.1} status {:.1} false in empty {false_events}",
        100.0 * found as f64 / predicted_count.max(1) as f64,
        100.0 * found as f64 / gold_count.max(1) as f64,
        100.0 * typed as f64 / found.max(1) as f64,
        100.0 * moded as f64 / found.max(1) as f64,
        100.0 * status as f64 / found.max(1) as f64
    );
    Ok(())
}
