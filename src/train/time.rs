//! What the choice of an event's time learns from: the events of the corpus that the pipeline finds, with the times around them.

use super::choice::{Choice, Example, Names, chosen};
use super::place::gold_of;
use crate::core::events::{CodedEvent, code_sentence};
use crate::core::extraction::EventDate;
use crate::core::pipeline::Pipeline;
use crate::core::time::{TimeContext, candidates, date_without_text, features};
use crate::evaluation::corpus::{GoldEvent, Item};

/// The date that it would give is the gold's.
const EXACT: u8 = 1;
/// The text gives a time.
const SAID: u8 = 2;

/// The events of corpus items that the pipeline finds and the gold has, with their candidates.
pub fn examples(pipeline: &Pipeline, items: &[Item], names: &mut Names) -> Vec<Example> {
    let mut examples = Vec::new();
    for (group, item) in items.iter().enumerate() {
        let tables = pipeline.tables();
        let text = &item.article.text;
        let published = item.article.published;
        let document = tables.syntax.analyze(text);
        let mentions = tables.actors.find(text, &document, published);
        let times = tables.calendar.find(text, &document, published);
        let context = TimeContext { document: &document, mentions: &times, published, deeds: &[] };
        for index in 0..document.sentences.len() as u32 {
            let coded = code_sentence(&tables.codebook, &document, &mentions, index);
            let judged = tables.scorer.judge(&tables.codebook, &document, &mentions, index, coded);
            let deeds: Vec<_> = judged.iter().map(|judged| judged.event.trigger).collect();
            let context = TimeContext { deeds: &deeds, ..context };
            for judged in judged {
                let sentence = document.sentences[index as usize].span;
                if let Some(gold) = gold_of(item, &judged.event, sentence) {
                    examples.push(example(group, &context, &judged.event, gold, names));
                }
            }
        }
    }
    examples
}

fn example(
    group: usize,
    context: &TimeContext,
    event: &CodedEvent,
    gold: &GoldEvent,
    names: &mut Names,
) -> Example {
    let candidates = candidates(context, event);
    let mut seen = |choice| names.numbers(|take| features(context, event, &candidates, choice, take));
    let exact = |date: &EventDate| date.start == gold.when.start && date.end == gold.when.end;
    let open = exact(&date_without_text(context.published, event.status));
    let mut choices = vec![Choice { features: seen(None), right: false, marks: EXACT * u8::from(open) }];
    for (i, candidate) in candidates.iter().enumerate() {
        let marks = EXACT * u8::from(exact(&candidate.date));
        choices.push(Choice { features: seen(Some(i)), right: false, marks });
    }
    // What the gold quotes is right, even where it is read amiss; a date that only happens to agree is not.
    let quoted = |i: usize| gold.when.mention.is_some_and(|words| words.overlaps(candidates[i].mention.span));
    let said = gold.when.mention.is_some();
    for (i, choice) in choices.iter_mut().enumerate().skip(1) {
        choice.right = said && quoted(i - 1);
    }
    let both = choices.iter().any(|choice| choice.right && choice.marks != 0);
    if both {
        choices.iter_mut().for_each(|choice| choice.right &= choice.marks != 0);
    }
    choices[0].right = !choices.iter().any(|choice| choice.right);
    Example { group, choices, marks: SAID * u8::from(said) }
}

/// How often the date is right.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    all: u32,
    exact: u32,
    said: u32,
    said_exact: u32,
    reachable: u32,
}

impl Tally {
    /// Counts the choices on examples that the weights had not seen.
    pub fn add(&mut self, examples: &[&Example], weights: &[f32], threshold: f32) {
        for example in examples {
            let given = chosen(example, weights, threshold).unwrap_or(&example.choices[0]);
            let (exact, said) = (u32::from(given.marks & EXACT != 0), u32::from(example.marks & SAID != 0));
            self.all += 1;
            self.exact += exact;
            self.said += said;
            self.said_exact += said * exact;
            self.reachable += u32::from(example.choices.iter().any(|choice| choice.marks & EXACT != 0));
        }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |a: u32, b: u32| 100.0 * f64::from(a) / f64::from(b.max(1));
        write!(
            out,
            "exact {:.1} of {} (in reach {:.1}), where the text gives a time {:.1} of {}",
            share(self.exact, self.all),
            self.all,
            share(self.reachable, self.all),
            share(self.said_exact, self.said),
            self.said
        )
    }
}
