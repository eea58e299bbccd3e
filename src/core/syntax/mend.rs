//! A second look at sentences whose main clause has no finite verb: most often the tagger took one for something else.
//!
//! "The union lifted its blockade": were "lifted" an adjective, no clause would be left to code. The word that is nearest to
//! being a finite verb gets its tag, and the sentence is read again; the new tree is kept if the verb leads it.

use super::analyzer::Model;
use super::parser::Input;
use super::transition::State;
use super::{Deprel, Upos, Xpos};

/// How far a word's score may fall short of its first tag's: in closed sentences, in headings and fragments.
const GAPS: [i16; 2] = [160, 96];
/// Shorter texts are names and titles.
const SHORTEST: usize = 4;

/// Looks for the main verb that tagger and parser missed.
pub fn find_main_verb(model: &Model, closed: bool, input: &mut Input, state: &mut State) {
    if input.words.len() < SHORTEST || is_led_by_finite_verb(model, input, state) {
        return;
    }
    let most = GAPS[usize::from(!closed)];
    let missed = model.tagger.missed_verb(&input.words, &input.classes);
    let Some((verb, class, _)) = missed.filter(|(_, _, gap)| *gap <= most) else { return };
    let mut other = input.clone();
    other.classes.truncate(verb);
    other.classes.push(class);
    model.tagger.go_on(&other.words, &mut other.classes);
    other.prepare(|class| model.tagger.is_verb(class));
    let mut read = State::default();
    model.parser.parse(&other, &mut read);
    if is_led_by_finite_verb(model, &other, &read) {
        (*input, *state) = (other, read);
    }
}

/// Whether the root is a finite verb, or has a finite auxiliary or copula, or is an order.
fn is_led_by_finite_verb(model: &Model, input: &Input, state: &State) -> bool {
    let length = input.words.len() as u32;
    let finite = |tag: Xpos| matches!(tag, Xpos::VBD | Xpos::VBZ | Xpos::VBP | Xpos::MD);
    let tag = |i: usize| model.tagger.meaning(input.classes.get(i).copied().unwrap_or(0));
    let Some(root) = state.nodes.iter().take(length as usize).position(|node| node.head == length) else {
        return true;
    };
    let helps = |i: usize| {
        let node = &state.nodes[i];
        let label = model.parser.labels.get(node.label as usize);
        let helper = matches!(label, Some(Deprel::Aux | Deprel::AuxPass | Deprel::Cop));
        node.head == root as u32 && helper && finite(tag(i).0)
    };
    let (xpos, upos) = tag(root);
    finite(xpos) || xpos == Xpos::VB && upos == Upos::Verb || (0..length as usize).any(helps)
}
