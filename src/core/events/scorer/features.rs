//! What the scorer looks at, as hashed features: the words around two participants, the predicates on the path between
//! them, what the codebook says of these words, what it coded in the sentence, and who the participants are.
//!
//! A feature's key mixes its template with its parts; its template alone decides how much it weighs in training.

use super::digest::Digest;
use super::lexicon::without_mode;
use crate::core::actors::{Identity, Mentions};
use crate::core::events::{CodedEvent, clause};
use crate::core::extraction::ParticipantKind;
use crate::core::ontology::Sector;
use crate::core::syntax::linear::mix;
use crate::core::syntax::{Deprel, Upos};
use crate::core::text::Span;

macro_rules! templates {
    ($($name:ident = $value:literal),+ $(,)?) => {
        /// A kind of feature.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        #[allow(missing_docs)]
        pub enum Template { $($name),+ }

        impl Template {
            /// All kinds, in the order of their numbers.
            pub const ALL: &'static [Template] = &[$(Template::$name),+];

            /// How much a feature of this kind counts while learning: rare and telling kinds more than common ones.
            pub fn value(self) -> f32 {
                match self { $(Template::$name => $value),+ }
            }

            /// Its name in reports.
            pub fn name(self) -> &'static str {
                match self { $(Template::$name => stringify!($name)),+ }
            }
        }
    };
}

templates! {
    Bias = 1.0,
    // Words of the sentence: inside the source, inside the target, elsewhere; neighbours.
    SourceWord = 1.0, TargetWord = 1.0, Word = 1.0, Neighbours = 1.0,
    // The path.
    Order = 1.0, SourceRelation = 1.0, TargetRelation = 1.0, OnPath = 1.0, SourceGovernor = 1.0, SourceGovernorRelation = 1.0,
    TargetGovernor = 1.0, TargetGovernorRelation = 1.0, Meeting = 1.0, Child = 1.0, PredicateChild = 1.0, ChildWord = 1.0,
    Shape = 0.5, Upward = 0.7, Downward = 0.7, Auxiliary = 0.7, PredicateAuxiliary = 0.7, PredicateTag = 0.35,
    // The codebook on single words: by code, by code without mode, by class.
    SourceCode = 0.5, TargetCode = 0.5, WordCode = 0.25, PathCode = 0.5, SourceGovernorCode = 0.5, TargetGovernorCode = 0.5,
    MeetingCode = 0.5, ChildCode = 0.5,
    // What was coded in the sentence, and between whom.
    CodedBetween = 1.5, Coded = 1.0, CodedModeBetween = 1.5, CodedStatus = 0.75, CodedPair = 1.5, CodedOnPath = 1.5,
    // The participants.
    NoParticipant = 0.7, Kind = 0.7, InSector = 0.7, International = 0.7, SameCountry = 0.7, SectorPair = 0.7,
    // The trigger of a candidate event.
    Trigger = 1.0, TriggerTag = 1.0, TriggerCode = 1.0, TriggerRelation = 1.0, TriggerChild = 1.0, TriggerChildCode = 0.7,
    TriggerObject = 1.0, TriggerGovernor = 1.0, TriggerGovernorCode = 0.7, TriggerAuxiliary = 1.0, TriggerNeighbours = 0.7,
    TriggerActor = 0.7, TriggerRecipient = 0.7,
    ReadAs = 1.5, ReadAsMode = 1.0, ReadAsTrigger = 1.0, ReadStatus = 1.0, ReadScore = 0.7, Silent = 1.0, UnderCoded = 1.0,
    SameWordCoded = 1.0, Parties = 0.7,
    // Who may be the recipient.
    RecipientOf = 1.0, RecipientPlace = 1.0, RecipientPath = 0.7, RecipientWho = 0.7,
}

/// A feature: its kind and its key.
pub type Feature = (Template, u64);

/// Gathers features.
#[derive(Clone, Debug, Default)]
pub struct Features(pub Vec<Feature>);

impl Features {
    pub(super) fn add(&mut self, template: Template, a: u64, b: u64) {
        self.0.push((template, mix(mix(template as u64 + 1, a), b.wrapping_add(0x51))));
    }

    pub(super) fn codes(&mut self, template: Template, digest: &Digest, token: u32) {
        let word = &digest.words[token as usize];
        let mut last = u16::MAX;
        for &code in word.codes {
            self.add(template, 1, u64::from(code));
            let event_type = without_mode(code);
            if event_type != code && event_type != last {
                self.add(template, 1, u64::from(event_type));
                last = event_type;
            }
        }
        for &class in word.classes {
            self.add(template, 2, u64::from(class));
        }
    }

    /// Each feature once, in the order of kind and key.
    pub fn finish(&mut self) {
        self.0.sort_unstable();
        self.0.dedup();
    }
}

/// One of the two between whom something happens.
#[derive(Clone, Copy, Debug)]
pub struct Side<'m> {
    /// Its phrase.
    pub span: Span,
    /// Who it is, where a mention says so.
    pub identity: Option<&'m Identity>,
}

impl<'m> Side<'m> {
    /// The mention of that index.
    pub fn mention(mentions: &'m Mentions, index: u32) -> Option<Side<'m>> {
        let mention = mentions.list.get(index as usize)?;
        Some(Side { span: mention.span, identity: Some(&mention.identity) })
    }

    /// A marked phrase: the mention that overlaps it most says who it is.
    pub fn marked(mentions: &'m Mentions, span: Span) -> Side<'m> {
        let overlap = |other: Span| other.end.min(span.end).saturating_sub(other.begin.max(span.begin));
        let mut best: Option<(&Identity, u32)> = None;
        for mention in &mentions.list {
            let shared = overlap(mention.span);
            if shared > best.map_or(0, |best| best.1) {
                best = Some((&mention.identity, shared));
            }
        }
        Side { span, identity: best.map(|best| best.0) }
    }
}

/// Adds what is between two participants.
pub fn between(
    digest: &Digest,
    sides: [Option<Side>; 2],
    coded: &[&CodedEvent],
    mentions: &Mentions,
    out: &mut Features,
) {
    use Template::*;
    out.add(Bias, 0, 0);
    let sentence = digest.sentence;
    let inside =
        |side: Option<Side>, token: u32| side.is_some_and(|s| sentence.token(token).span.overlaps(s.span));
    for token in 0..sentence.tokens.len() as u32 {
        if sentence.token(token).upos == Upos::Punct {
            continue;
        }
        let word = digest.words[token as usize].lemma;
        let (place, code) = if inside(sides[0], token) {
            (SourceWord, SourceCode)
        } else if inside(sides[1], token) {
            (TargetWord, TargetCode)
        } else {
            (Word, WordCode)
        };
        out.add(place, word, 0);
        out.codes(code, digest, token);
        if let Some(next) = digest.words.get(token as usize + 1) {
            out.add(Neighbours, word, next.lemma);
        }
    }
    let heads = sides.map(|side| side.and_then(|side| digest.head(side.span)));
    path(digest, heads, coded, out);
    coding(sides, coded, mentions, out);
    participants(sides, out);
}

fn path(digest: &Digest, heads: [Option<u32>; 2], coded: &[&CodedEvent], out: &mut Features) {
    use Template::*;
    let sentence = digest.sentence;
    let up = heads.map(|head| head.map(|head| digest.upwards(head)).unwrap_or_default());
    let meeting = up[0].iter().copied().find(|token| up[1].contains(token));
    let paths = [0, 1].map(|side: usize| {
        let list = &up[side];
        let end =
            meeting.and_then(|at| list.iter().position(|&token| token == at)).map_or(list.len(), |at| at + 1);
        list.get(1..end).unwrap_or(&[])
    });
    if let [Some(source), Some(target)] = heads {
        out.add(Order, u64::from(source < target), 0);
    }
    let lemma = |token: u32| digest.words[token as usize].lemma;
    let relation = |token: u32| sentence.token(token).deprel as u64;
    let mut predicates: Vec<u32> = Vec::new();
    let sides = [
        (SourceRelation, SourceGovernor, SourceGovernorRelation, SourceGovernorCode, Upward),
        (TargetRelation, TargetGovernor, TargetGovernorRelation, TargetGovernorCode, Downward),
    ];
    for (side, templates) in sides.into_iter().enumerate() {
        let Some(head) = heads[side] else { continue };
        out.add(templates.0, relation(head), 0);
        for &token in paths[side] {
            if digest.is_content(token) {
                out.add(OnPath, lemma(token), 0);
            }
            out.codes(PathCode, digest, token);
            if Some(token) != meeting {
                out.add(templates.4, relation(token), lemma(token));
            }
        }
        if let Some(&governor) = paths[side].first() {
            out.add(templates.1, lemma(governor), 0);
            out.add(templates.2, lemma(governor), relation(head));
            out.codes(templates.3, digest, governor);
            predicates.push(governor);
        }
    }
    if let Some(meeting) = meeting {
        out.add(Meeting, lemma(meeting), 0);
        out.codes(MeetingCode, digest, meeting);
        predicates.push(meeting);
    }
    predicates.sort_unstable();
    predicates.dedup();
    for &predicate in &predicates {
        for &child in sentence.children(predicate) {
            if sentence.token(child).upos == Upos::Punct {
                continue;
            }
            out.add(Child, relation(child), lemma(child));
            out.add(PredicateChild, mix(lemma(predicate), relation(child)), lemma(child));
            out.add(ChildWord, lemma(child), 0);
            out.codes(ChildCode, digest, child);
        }
    }
    let mut shape = 7;
    for (side, head) in heads.into_iter().enumerate() {
        shape = mix(shape, head.map_or(99, relation));
        for &token in paths[side].iter().take(4).filter(|&&token| Some(token) != meeting) {
            shape = mix(shape, relation(token) + 1);
        }
        shape = mix(shape, 1000);
    }
    out.add(Shape, shape, 0);
    for &token in paths[0].iter().chain(paths[1]) {
        if !matches!(sentence.token(token).upos, Upos::Verb | Upos::Adj | Upos::Noun) {
            continue;
        }
        for word in auxiliaries(digest, token) {
            out.add(Auxiliary, word, 0);
            out.add(PredicateAuxiliary, lemma(token), word);
        }
        out.add(PredicateTag, sentence.token(token).xpos as u64, 0);
    }
    for event in coded {
        if paths.iter().any(|path| path.contains(&event.trigger.token)) {
            out.add(CodedOnPath, event.event_type as u64, 0);
        }
    }
}

/// Auxiliaries, negation and markers of a predicate, as lemmas.
fn auxiliaries<'d>(digest: &'d Digest, predicate: u32) -> impl Iterator<Item = u64> + 'd {
    let sentence = digest.sentence;
    sentence.children(predicate).iter().copied().filter_map(move |child| {
        let token = sentence.token(child);
        let kind = matches!(token.deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Advmod | Deprel::Mark);
        let word =
            matches!(token.upos, Upos::Aux | Upos::Part) || matches!(token.lemma.as_str(), "not" | "never");
        (kind && word).then_some(digest.words[child as usize].lemma)
    })
}

fn coding(sides: [Option<Side>; 2], coded: &[&CodedEvent], mentions: &Mentions, out: &mut Features) {
    use Template::*;
    let on = |list: &[u32], side: Option<Side>| {
        let overlaps = |side: Side| {
            let mut spans = list.iter().filter_map(|&index| mentions.list.get(index as usize));
            spans.any(|mention| mention.span.overlaps(side.span))
        };
        side.is_some_and(overlaps)
    };
    for event in coded {
        let who = |list: &[u32]| -> u64 {
            match () {
                () if on(list, sides[0]) => 1,
                () if on(list, sides[1]) => 2,
                () if list.is_empty() => 0,
                () => 3,
            }
        };
        let (actor, recipient) = (who(&event.actors), who(&event.recipients));
        let places = actor * 4 + recipient;
        let event_type = event.event_type as u64;
        let mode = event.mode.map_or(0, |mode| mode as u64 + 1);
        out.add(CodedBetween, event_type, places);
        out.add(Coded, event_type, 0);
        out.add(CodedModeBetween, event_type << 8 | mode, places);
        out.add(CodedStatus, event_type, event.status as u64);
        if actor == 1 && matches!(recipient, 0 | 2) {
            out.add(CodedPair, event_type, 0);
        }
    }
}

pub(super) fn first_sector(identity: &Identity) -> u64 {
    match identity.sectors.first() {
        Some(&sector) => sector as u64,
        None if identity.kind == ParticipantKind::Country => Sector::Government as u64,
        None => 99,
    }
}

pub(super) fn international(identity: &Identity) -> Option<u64> {
    let code = identity.country.as_deref()?;
    ["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"]
        .iter()
        .position(|&known| known == code)
        .map(|at| at as u64)
}

fn participants(sides: [Option<Side>; 2], out: &mut Features) {
    use Template::*;
    let who = sides.map(|side| side.and_then(|side| side.identity));
    for (place, identity) in who.into_iter().enumerate() {
        let place = place as u64;
        let Some(identity) = identity else {
            out.add(NoParticipant, place, u64::from(sides[place as usize].is_some()));
            continue;
        };
        out.add(Kind, place, identity.kind as u64);
        if identity.sectors.is_empty() {
            out.add(InSector, place, first_sector(identity));
        }
        for &sector in &identity.sectors {
            out.add(InSector, place, sector as u64);
        }
        if let Some(code) = international(identity) {
            out.add(International, place, code);
        }
    }
    if let [Some(source), Some(target)] = who {
        let same = source.country.is_some() && source.country == target.country;
        out.add(SameCountry, u64::from(same), 0);
        out.add(SectorPair, first_sector(source), first_sector(target));
    }
}

/// Adds what is around the trigger of a candidate event, and what the codebook made of it.
pub fn trigger(
    digest: &Digest,
    trigger: u32,
    sides: [Option<Side>; 2],
    own: Option<&CodedEvent>,
    coded: &[CodedEvent],
    out: &mut Features,
) {
    use Template::*;
    let sentence = digest.sentence;
    let token = sentence.token(trigger);
    let lemma = |token: u32| digest.words[token as usize].lemma;
    let word = lemma(trigger);
    out.add(Trigger, word, 0);
    out.add(Trigger, word, token.upos as u64 + 1);
    out.add(TriggerTag, token.xpos as u64, u64::from(clause::is_passive(sentence, trigger)));
    out.add(Trigger, word, 100 + u64::from(clause::is_passive(sentence, trigger)));
    out.add(TriggerRelation, token.deprel as u64, 0);
    out.codes(TriggerCode, digest, trigger);
    for &child in sentence.children(trigger) {
        let below = sentence.token(child);
        if below.upos == Upos::Punct {
            continue;
        }
        out.add(TriggerChild, below.deprel as u64, lemma(child));
        out.add(TriggerChild, mix(word, below.deprel as u64), lemma(child));
        out.add(TriggerChild, below.deprel as u64, 0);
        out.codes(TriggerChildCode, digest, child);
        if matches!(below.deprel, Deprel::Obj | Deprel::Obl | Deprel::Nmod | Deprel::Xcomp | Deprel::Ccomp) {
            for &class in digest.words[child as usize].classes {
                out.add(TriggerObject, word, u64::from(class));
            }
            for &marker in sentence.children(child) {
                if matches!(sentence.token(marker).deprel, Deprel::Case | Deprel::Mark) {
                    out.add(TriggerObject, mix(word, 3), lemma(marker));
                    out.add(TriggerObject, mix(lemma(child), 4), lemma(marker));
                }
            }
        }
    }
    for auxiliary in auxiliaries(digest, trigger) {
        out.add(TriggerAuxiliary, auxiliary, 0);
        out.add(TriggerAuxiliary, auxiliary, word);
    }
    if let Some(head) = token.head {
        out.add(TriggerGovernor, token.deprel as u64, lemma(head));
        out.add(TriggerGovernor, mix(word, token.deprel as u64), lemma(head));
        out.codes(TriggerGovernorCode, digest, head);
    } else {
        out.add(TriggerGovernor, 0, 0);
    }
    for offset in [-2i64, -1, 1, 2] {
        let at = i64::from(trigger) + offset;
        if let Some(neighbour) = usize::try_from(at).ok().and_then(|at| digest.words.get(at)) {
            out.add(TriggerNeighbours, offset as u64, neighbour.lemma);
            out.add(TriggerNeighbours, mix(offset as u64, word), neighbour.lemma);
        }
    }
    let templates = [TriggerActor, TriggerRecipient];
    for (side, template) in sides.into_iter().zip(templates) {
        let sector = side.map_or(100, |side| side.identity.map_or(98, first_sector));
        out.add(template, word, sector);
        for &code in digest.words[trigger as usize].codes {
            out.add(template, 1 << 32 | u64::from(without_mode(code)), sector);
        }
        if let Some(own) = own {
            out.add(template, 2 << 32 | own.event_type as u64, sector);
        }
    }
    reading(digest, trigger, own, coded, out);
}

fn reading(
    digest: &Digest,
    trigger: u32,
    own: Option<&CodedEvent>,
    coded: &[CodedEvent],
    out: &mut Features,
) {
    use Template::*;
    let word = digest.words[trigger as usize].lemma;
    match own {
        None => out.add(Silent, 0, 0),
        Some(event) => {
            let event_type = event.event_type as u64;
            let mode = event.mode.map_or(0, |mode| mode as u64 + 1);
            out.add(ReadAs, event_type, 0);
            out.add(ReadAs, 99, 0);
            out.add(ReadAsMode, event_type, mode + 1);
            out.add(ReadAsTrigger, event_type, word);
            out.add(ReadStatus, event.status as u64, 0);
            out.add(ReadStatus, event.status as u64, event_type + 1);
            out.add(ReadScore, event.score.clamp(0.0, 12.0) as u64, 0);
            out.add(ReadScore, event.score.clamp(0.0, 12.0) as u64, event_type + 1);
            out.add(ReadScore, 50, u64::from(event.reason.contains('∘')));
            out.add(ReadScore, 51, u64::from(event.reason.contains('→')));
            out.add(Parties, event.actors.len().min(3) as u64, event.recipients.len().min(3) as u64);
            out.add(Parties, 10 + event_type, u64::from(event.recipients.is_empty()));
            out.add(ReadScore, 52, u64::from(event.speaker.is_some()));
        }
    }
    let above = digest.upwards(trigger);
    for event in coded {
        let at = event.trigger.token;
        if own.is_some_and(|own| own.trigger == event.trigger) {
            continue;
        }
        if at == trigger || event.anchor.token == trigger {
            out.add(SameWordCoded, event.event_type as u64, 0);
        } else if let Some(steps) = above.iter().position(|&token| token == at) {
            out.add(UnderCoded, event.event_type as u64, steps.min(3) as u64);
            out.add(
                UnderCoded,
                event.event_type as u64,
                10 + digest.sentence.token(above[steps - 1]).deprel as u64,
            );
        } else {
            out.add(UnderCoded, event.event_type as u64, 99);
        }
    }
}
