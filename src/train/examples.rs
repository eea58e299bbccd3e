//! What the scorer learns from: the cases of the gold corpus with what they truly are, and the marked pairs of plv_train.

use super::svm::Example;
use crate::core::actors::{Form, Identity, Mention, Mentions};
use crate::core::events::CodedEvent;
use crate::core::events::code_sentence;
use crate::core::events::parties::Parties;
use crate::core::events::scorer::candidates::Candidate;
use crate::core::events::scorer::digest::Digest;
use crate::core::events::scorer::features::{Features, Side, between};
use crate::core::events::scorer::recipient::choices;
use crate::core::events::scorer::{Case, Label, cases, lacks_recipient};
use crate::core::extraction::{ParticipantBasis, ParticipantKind};
use crate::core::ontology::EventType;
use crate::core::pipeline::Pipeline;
use crate::core::syntax::{Document, TokenRef};
use crate::core::text::Span;
use crate::evaluation::corpus::{GoldEvent, Item};
use crate::evaluation::plv::Pair;

/// The cases of corpus items, labelled by the gold events.
pub fn of_corpus(pipeline: &Pipeline, items: &[Item]) -> Vec<Example> {
    let mut examples = Vec::new();
    for (group, item) in items.iter().enumerate() {
        let tables = pipeline.tables();
        let document = tables.syntax.analyze(&item.article.text);
        let mentions = tables.actors.find(&item.article.text, &document, item.article.published);
        for index in 0..document.sentences.len() as u32 {
            let coded = code_sentence(&tables.codebook, &document, &mentions, index);
            for case in cases(tables.scorer.lexicon(), &document, &mentions, index, &coded) {
                let label = label(item, &document, &mentions, index, &case, &coded);
                let read = case.own.and_then(|at| coded.get(at)).map(|own| own.event_type);
                examples.push(Example {
                    group: group as u32,
                    label,
                    features: case.features,
                    weight: 1.0,
                    read,
                });
            }
        }
    }
    examples
}

/// What a case is: the gold event on its words; for a coded event also one of its type and actors elsewhere in the sentence.
fn label(
    item: &Item,
    document: &Document,
    mentions: &Mentions,
    index: u32,
    case: &Case,
    coded: &[CodedEvent],
) -> Label {
    let own = case.own.and_then(|at| coded.get(at));
    let sentence = &document.sentences[index as usize];
    let span = own.map_or(sentence.token(case.candidate.trigger).span, |own| own.span);
    let hits: Vec<&GoldEvent> =
        item.events.iter().filter(|gold| gold.triggers.iter().any(|t| t.overlaps(span))).collect();
    let same = |gold: &GoldEvent| own.is_some_and(|own| own.event_type == gold.event_type);
    if hits.iter().any(|gold| same(gold)) {
        return own.map(|own| own.event_type);
    }
    if let Some(gold) = hits.first() {
        return Some(gold.event_type);
    }
    let own = own?;
    let shares_actor = |gold: &GoldEvent| {
        own.actors.iter().filter_map(|&index| mentions.list.get(index as usize)).any(|actor| {
            gold.actors.iter().chain(&gold.recipients).any(|mention| mention.span.overlaps(actor.span))
        })
    };
    let told = item.events.iter().any(|gold| {
        same(gold) && gold.triggers.iter().any(|&t| sentence.span.contains(t)) && shares_actor(gold)
    });
    told.then_some(own.event_type)
}

/// What a case between the participants of a marked pair counts.
const PAIR_WEIGHT: f32 = 0.5;
/// Groups of marked pairs begin here; those of the corpus stay below.
const PAIR_GROUPS: u32 = 1 << 24;

/// The cases that stand between the participants of a marked pair: events of its root. `group` is the pair's number.
pub fn of_pair_cases(pipeline: &Pipeline, group: u32, pair: &Pair) -> Vec<Example> {
    let tables = pipeline.tables();
    let document = tables.syntax.analyze(&pair.text);
    let mentions = tables.actors.find(&pair.text, &document, None);
    let on = |list: &[u32], span: Option<Span>| {
        let mut spans = list.iter().filter_map(|&index| mentions.list.get(index as usize));
        span.is_none_or(|span| spans.any(|mention| mention.span.overlaps(span)))
    };
    let mut examples = Vec::new();
    for index in 0..document.sentences.len() as u32 {
        let coded = code_sentence(&tables.codebook, &document, &mentions, index);
        for case in cases(tables.scorer.lexicon(), &document, &mentions, index, &coded) {
            let Candidate { actors, recipients, .. } = &case.candidate;
            let target = on(recipients, pair.target) || (recipients.is_empty() && on(actors, pair.target));
            if !on(actors, pair.source) || !target {
                continue;
            }
            let own = case.own.and_then(|at| coded.get(at)).map(|own| own.event_type);
            let label = match pair.root.as_str() {
                // The set does not tell the two kinds of yielding apart; the codebook may.
                "YIELD" => {
                    let yields = matches!(own, Some(EventType::Concede | EventType::Retreat));
                    own.filter(|_| yields).or(Some(EventType::Retreat))
                }
                root => EventType::parse(root),
            };
            examples.push(Example {
                group: PAIR_GROUPS + group,
                label,
                features: case.features,
                weight: PAIR_WEIGHT,
                read: own,
            });
        }
    }
    examples
}

/// Whether a coded event, with the mentions and those given, is a true one; `None` where nobody knows.
type Truth<'t> = dyn Fn(&CodedEvent, &Mentions, &[u32]) -> Option<bool> + 't;

/// Who may be the recipient of the coded events of a text, and whether `truth` says so; `None` from it leaves the event out.
fn recipients(
    pipeline: &Pipeline,
    group: u32,
    weight: f32,
    article: (&str, Option<jiff::civil::Date>),
    truth: &Truth,
) -> Vec<Example> {
    let tables = pipeline.tables();
    let document = tables.syntax.analyze(article.0);
    let mentions = tables.actors.find(article.0, &document, article.1);
    let mut examples = Vec::new();
    for (index, sentence) in document.sentences.iter().enumerate() {
        let index = index as u32;
        let parties = Parties::of(&mentions, index, sentence);
        let digest = Digest::of(tables.scorer.lexicon(), sentence);
        for event in code_sentence(&tables.codebook, &document, &mentions, index) {
            let lacks = lacks_recipient(&event);
            for choice in choices(&digest, &parties, &mentions, &event) {
                let Some(yes) = truth(&event, &mentions, &choice.mentions) else { continue };
                let label = yes.then_some(event.event_type);
                let weight = if lacks { weight } else { weight.min(PAIR_WEIGHT) };
                examples.push(Example { group, label, features: choice.features, weight, read: None });
            }
        }
    }
    examples
}

fn overlaps(mentions: &Mentions, list: &[u32], span: Span) -> bool {
    list.iter()
        .filter_map(|&index| mentions.list.get(index as usize))
        .any(|mention| mention.span.overlaps(span))
}

/// Choices of recipients in the corpus.
pub fn recipients_of_corpus(pipeline: &Pipeline, items: &[Item]) -> Vec<Example> {
    let of_item = |(group, item): (usize, &Item)| {
        let truth = |event: &CodedEvent, mentions: &Mentions, who: &[u32]| {
            let gold =
                item.events.iter().find(|gold| gold.triggers.iter().any(|t| t.overlaps(event.span)))?;
            let meeting = event.event_type == EventType::Consult;
            let gold = gold.recipients.iter().chain(gold.actors.iter().filter(|_| meeting));
            Some(gold.into_iter().any(|mention| overlaps(mentions, who, mention.span)))
        };
        let article = (item.article.text.as_str(), item.article.published);
        recipients(pipeline, group as u32, 1.0, article, &truth)
    };
    items.iter().enumerate().flat_map(of_item).collect()
}

/// Choices of recipients in a marked pair's sentence: the target, where the source acts.
pub fn recipients_of_pair(pipeline: &Pipeline, group: u32, pair: &Pair) -> Vec<Example> {
    let truth = |event: &CodedEvent, mentions: &Mentions, who: &[u32]| {
        let acts = pair.source.is_none_or(|source| overlaps(mentions, &event.actors, source));
        acts.then_some(overlaps(mentions, who, pair.target?))
    };
    recipients(pipeline, PAIR_GROUPS + group, PAIR_WEIGHT, (&pair.text, None), &truth)
}

/// The features of a marked pair, and its label (RETREAT for both kinds of yielding).
pub fn of_pair(pipeline: &Pipeline, group: u32, pair: &Pair) -> Example {
    let tables = pipeline.tables();
    let document = tables.syntax.analyze(&pair.text);
    let mentions = tables.actors.find(&pair.text, &document, None);
    let heads = [pair.source, pair.target].map(|span| span.and_then(|span| document.head_of(span)));
    let mut features = Features::default();
    if let Some(index) = heads[0].or(heads[1]).map(|head| head.sentence) {
        let marked = with_marks(&mentions, [pair.source, pair.target], heads);
        let coded = code_sentence(&tables.codebook, &document, &marked, index);
        let digest = Digest::of(tables.scorer.lexicon(), &document.sentences[index as usize]);
        let sides = [pair.source, pair.target].map(|span| span.map(|span| Side::marked(&mentions, span)));
        between(&digest, sides, &coded.iter().collect::<Vec<_>>(), &marked, &mut features);
        features.finish();
    }
    let label = match pair.root.as_str() {
        "YIELD" => Some(EventType::Retreat),
        root => EventType::parse(root),
    };
    Example { group, label, features, weight: 1.0, read: None }
}

/// The mentions with the marked phrases among them, known as somebody, so that frames can take them.
fn with_marks(mentions: &Mentions, spans: [Option<Span>; 2], heads: [Option<TokenRef>; 2]) -> Mentions {
    let mut list = mentions.list.clone();
    for (span, head) in spans.into_iter().zip(heads) {
        let (Some(span), Some(head)) = (span, head) else { continue };
        if let Some(known) = list.iter_mut().find(|mention| mention.head == head) {
            known.identity.country.get_or_insert_with(|| "-".into());
            continue;
        }
        let within = mentions.list.iter().find(|mention| span.contains(mention.span));
        let mut identity = within.map(|mention| mention.identity.clone()).unwrap_or(Identity {
            name: "".into(),
            kind: ParticipantKind::Organization,
            country: None,
            sectors: Vec::new(),
            office: None,
            wikidata_id: None,
            basis: ParticipantBasis::Unresolved,
            reason: "marked".into(),
        });
        identity.country.get_or_insert_with(|| "-".into());
        let at = list.partition_point(|m| (m.head.sentence, m.span.begin) < (head.sentence, span.begin));
        for mention in &mut list {
            let later = |index: &mut u32| *index += u32::from(*index >= at as u32);
            mention.members.iter_mut().for_each(later);
            mention.antecedent.iter_mut().for_each(later);
        }
        list.insert(
            at,
            Mention {
                head,
                span,
                identity,
                form: Form::Name,
                antecedent: None,
                members: Vec::new(),
                locative: false,
            },
        );
    }
    Mentions::new(list)
}
