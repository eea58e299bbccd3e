//! Finding the best construction of the codebook at a word: which slots its surroundings fill, and with whom.

use super::clause;
use super::codebook::{Codebook, Entry, Filler, Outcome, Relation, Role, Slot, TriggerClass};
use super::parties::Parties;
use super::present::Present;
use crate::core::ontology::EventType;
use crate::core::syntax::{Deprel, Sentence, Upos, Xpos};

/// What a construction loses whose slot is filled by a participant of another sort than it wants.
const UNUSUAL: f32 = 2.0;

/// A construction found at a word.
#[derive(Clone, Debug)]
pub struct Match {
    /// Index into [`Codebook::entries`].
    pub entry: u32,
    /// The verb, noun or adjective.
    pub trigger: u32,
    /// The predicate that carries tense and negation: the trigger itself, or the light verb above it.
    pub anchor: u32,
    /// Other words of the trigger: particles, fixed objects.
    pub words: Vec<u32>,
    /// Mention indices.
    pub actors: Vec<u32>,
    /// Mention indices.
    pub recipients: Vec<u32>,
    /// Mention indices of equal parties.
    pub parties: Vec<u32>,
    /// Nouns of a class that the construction names: part of the deed, no deed of their own.
    pub parts: Vec<u32>,
    /// Objects that are no participants themselves but may name one inside: "vetoed *a US resolution*".
    pub things: Vec<u32>,
    /// The head of the content.
    pub content: Option<u32>,
    /// How much of the frame is filled; larger is better.
    pub score: f32,
}

/// What surrounds a trigger, the same for verbs, nouns and adjectives.
#[derive(Clone)]
struct Surroundings {
    /// Logical subject, or possessor and modifiers of a noun; best first.
    subjects: Vec<u32>,
    /// Logical objects, nearest first.
    objects: Vec<u32>,
    /// Words that complete the verb beside its objects: "held him *responsible*", "set them *free*".
    predicatives: Vec<u32>,
    /// Content clauses without a preposition.
    clauses: Vec<u32>,
    /// Words whose dependents after prepositions belong to the frame.
    bases: Vec<u32>,
    /// The verb's own subjects where a split list left several.
    own_subjects: Vec<u32>,
    anchor: u32,
    /// A light verb makes its subject the recipient ("faced an inquiry").
    reversed: bool,
    /// What another deed asks, promises or refuses: who does it and to whom need not be known.
    content: bool,
    /// Of a noun beside the main deed ("said *after talks with* …"): the subject there, who takes part in a meeting.
    attending: Option<u32>,
}

/// The best construction at `token`, if any holds.
pub fn best(
    codebook: &Codebook,
    sentence: &Sentence,
    parties: &Parties,
    present: &Present,
    token: u32,
) -> Option<Match> {
    let (class, candidates) = constructions(codebook, sentence, token)?;
    let around = around(codebook, sentence, parties, token, class);
    best_of(codebook, sentence, parties, present, token, class, candidates, &around)
}

/// The same for a word that is the content of another deed ("urged the junta to *free* 82 prisoners"): it need not tell who
/// does it, nor need its participants be of the sort that the frame wants.
pub fn best_content(
    codebook: &Codebook,
    sentence: &Sentence,
    parties: &Parties,
    present: &Present,
    token: u32,
) -> Option<Match> {
    let (class, candidates) = constructions(codebook, sentence, token)?;
    let around = Surroundings { content: true, ..around(codebook, sentence, parties, token, class) };
    best_of(codebook, sentence, parties, present, token, class, candidates, &around)
}

#[allow(clippy::too_many_arguments)]
fn best_of(
    codebook: &Codebook,
    sentence: &Sentence,
    parties: &Parties,
    present: &Present,
    token: u32,
    class: TriggerClass,
    candidates: &[u32],
    around: &Surroundings,
) -> Option<Match> {
    let mut best: Option<Match> = None;
    for &index in candidates {
        let entry = &codebook.entries[index as usize];
        if !present.may_have(&entry.needs) {
            continue;
        }
        if let Ok(found) = fit(codebook, sentence, parties, token, class, index, entry, around)
            && best.as_ref().is_none_or(|best| found.score > best.score)
        {
            best = Some(found);
        }
    }
    best
}

/// Why a construction does not hold at a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// A particle or a word before the trigger is missing.
    Words,
    /// The verb has an object of which the frame knows nothing.
    OtherObject,
    /// Nothing fills that slot.
    Slot(usize),
}

/// Why each construction of a word does not hold there: for the trace.
pub fn misfits(
    codebook: &Codebook,
    sentence: &Sentence,
    parties: &Parties,
    token: u32,
) -> Vec<(u32, Misfit)> {
    let Some((class, candidates)) = constructions(codebook, sentence, token) else { return Vec::new() };
    let around = around(codebook, sentence, parties, token, class);
    candidates
        .iter()
        .filter_map(|&index| {
            let entry = &codebook.entries[index as usize];
            let misfit = fit(codebook, sentence, parties, token, class, index, entry, &around).err()?;
            Some((index, misfit))
        })
        .collect()
}

/// The constructions that a word may trigger.
fn constructions<'c>(
    codebook: &'c Codebook,
    sentence: &Sentence,
    token: u32,
) -> Option<(TriggerClass, &'c [u32])> {
    let class = match sentence.token(token).upos {
        Upos::Verb => TriggerClass::Verb,
        Upos::Noun | Upos::Propn => TriggerClass::Noun,
        Upos::Adj => TriggerClass::Adjective,
        _ => return None,
    };
    let lemma = sentence.lemma(token);
    let mut candidates = codebook.candidates(class, lemma);
    if candidates.is_empty() && lemma.starts_with(char::is_uppercase) {
        candidates = codebook.candidates(class, &lemma.to_lowercase());
    }
    (!candidates.is_empty()).then_some((class, candidates))
}

fn around(
    codebook: &Codebook,
    sentence: &Sentence,
    parties: &Parties,
    token: u32,
    class: TriggerClass,
) -> Surroundings {
    match class {
        TriggerClass::Noun => around_noun(codebook, sentence, parties, token),
        _ => {
            let mut around = around_verb(sentence, token);
            let nobody = around
                .subjects
                .iter()
                .all(|&subject| parties.collect(sentence, subject, &|_| true).is_empty());
            if nobody && class == TriggerClass::Verb {
                let neighbour = clause::left_neighbour(sentence, token)
                    .and_then(|word| parties.ending_at(sentence, word))
                    .or_else(|| clause::subject_to_the_left(sentence, token))
                    .filter(|word| !around.objects.contains(word));
                around.subjects.splice(0..0, neighbour);
            }
            around
        }
    }
}

fn around_verb(sentence: &Sentence, verb: u32) -> Surroundings {
    let objects: Vec<u32> = clause::logical_objects(sentence, verb).collect();
    let mut clauses: Vec<u32> =
        sentence.children_by(verb, Deprel::Xcomp).chain(sentence.children_by(verb, Deprel::Ccomp)).collect();
    // "asked India for …", "orders to …": a clause may hang on the object.
    for &object in &objects {
        clauses.extend(sentence.children_by(object, Deprel::Acl));
    }
    if clauses.is_empty() {
        clauses.extend(clause::told_before(sentence, verb));
    }
    let mut bases = vec![verb];
    bases.extend(objects.iter().copied());
    bases.extend(sentence.children_by(verb, Deprel::Xcomp).filter(|&x| sentence.token(x).upos != Upos::Verb));
    Surroundings {
        subjects: clause::logical_subject(sentence, verb).into_iter().collect(),
        predicatives: sentence
            .children(verb)
            .iter()
            .copied()
            .filter(|&child| {
                child > verb
                    && matches!(
                        sentence.token(child).deprel,
                        Deprel::Xcomp
                            | Deprel::Advmod
                            | Deprel::CompoundPrt
                            | Deprel::Obl
                            | Deprel::OblUnmarked
                            | Deprel::Advcl
                    )
            })
            .collect(),
        objects,
        clauses,
        bases,
        own_subjects: clause::all_subjects(sentence, verb).collect(),
        anchor: verb,
        reversed: false,
        content: false,
        attending: None,
    }
}

fn around_noun(codebook: &Codebook, sentence: &Sentence, parties: &Parties, noun: u32) -> Surroundings {
    let mut subjects: Vec<u32> = sentence.children_by(noun, Deprel::NmodPoss).collect();
    let mut bases = vec![noun];
    let mut anchor = noun;
    let mut reversed = false;
    let agent = clause::oblique(sentence, noun, &["by"]);
    subjects.extend(agent);
    // Participles that say who did it: "talks held by …", "the attack carried out by …".
    for clause in sentence.children_by(noun, Deprel::Acl) {
        if codebook.light_verbs.contains_key(sentence.lemma(clause)) {
            bases.push(clause);
            anchor = clause;
            subjects.extend(clause::logical_subject(sentence, clause).filter(|&s| s != noun));
        }
    }
    if let Some(verb) = light_verb(codebook, sentence, noun) {
        anchor = verb;
        bases.push(verb);
        reversed = codebook.light_verbs.get(sentence.lemma(verb)).copied().unwrap_or(false);
        subjects.extend(clause::logical_subject(sentence, verb).filter(|&s| s != noun));
    }
    // "a general strike that the unions called"
    for clause in sentence.children_by(noun, Deprel::AclRelcl) {
        if codebook.light_verbs.contains_key(sentence.lemma(clause))
            && clause::logical_objects(sentence, clause).any(|object| object == noun)
        {
            bases.push(clause);
            subjects.extend(clause::logical_subject(sentence, clause).filter(|&s| s != noun));
        }
    }
    for relation in [Deprel::Amod, Deprel::Compound, Deprel::NmodDesc] {
        subjects.extend(sentence.children_by(noun, relation).filter(|&child| parties.at(child).is_some()));
    }
    let clauses =
        sentence.children_by(noun, Deprel::Acl).chain(sentence.children_by(noun, Deprel::Ccomp)).collect();
    Surroundings {
        subjects,
        objects: Vec::new(),
        predicatives: Vec::new(),
        clauses,
        bases,
        own_subjects: Vec::new(),
        anchor,
        reversed,
        content: false,
        attending: attending(codebook, sentence, noun),
    }
}

/// Who does what is done after, before, during or for a meeting.
fn attending(codebook: &Codebook, sentence: &Sentence, noun: u32) -> Option<u32> {
    let mut noun = noun;
    for _ in 0..3 {
        let token = sentence.token(noun);
        match token.head {
            Some(head)
                if token.deprel == Deprel::Nmod
                    && clause::introduced_by(sentence, noun, &["of"])
                    && (codebook.transparent.contains(sentence.lemma(head))
                        || sentence.token(head).xpos == Xpos::CD) =>
            {
                noun = head
            }
            _ => break,
        }
    }
    let token = sentence.token(noun);
    let verb = token.head.filter(|&head| sentence.token(head).upos == Upos::Verb)?;
    let beside = matches!(token.deprel, Deprel::Obl | Deprel::Advcl)
        && clause::introduced_by(
            sentence,
            noun,
            &["after", "before", "during", "following", "at", "in", "on", "for", "from", "ahead", "amid"],
        );
    beside.then(|| clause::logical_subject(sentence, verb)).flatten()
}

/// The light verb that a noun completes: "held *talks*", "*talks* were held", "engaged in *talks*", "*talks* began".
fn light_verb(codebook: &Codebook, sentence: &Sentence, noun: u32) -> Option<u32> {
    let mut at = noun;
    for _ in 0..4 {
        let token = sentence.token(at);
        let head = token.head?;
        match token.deprel {
            Deprel::Obj | Deprel::NsubjPass | Deprel::Nsubj | Deprel::Obl => {
                return codebook.light_verbs.contains_key(sentence.lemma(head)).then_some(head);
            }
            Deprel::Conj => at = head,
            // "a round of talks", "a series of meetings"
            Deprel::Nmod if codebook.transparent.contains(sentence.lemma(head)) => at = head,
            Deprel::AclRelcl => return None,
            _ => return None,
        }
    }
    None
}

#[allow(clippy::too_many_arguments)]
fn fit(
    codebook: &Codebook,
    sentence: &Sentence,
    parties: &Parties,
    token: u32,
    class: TriggerClass,
    index: u32,
    entry: &Entry,
    around: &Surroundings,
) -> Result<Match, Misfit> {
    // A frame lists its objects: "strike a deal" is no strike.
    if class == TriggerClass::Verb
        && !entry.slots.iter().any(|slot| slot.relation == Relation::Object)
        && sentence.child(token, Deprel::Obj).is_some()
    {
        return Err(Misfit::OtherObject);
    }
    let words = other_words(sentence, token, class, &entry.with).ok_or(Misfit::Words)?;
    // "handed in their rifles", read as a phrase with "in": behind its own particle stands the verb's object.
    let with_object;
    let around = match object_behind_particle(sentence, token, &words) {
        Some(object) if class == TriggerClass::Verb && !around.objects.contains(&object) => {
            let mut objects = around.objects.clone();
            objects.push(object);
            with_object = Surroundings { objects, ..around.clone() };
            &with_object
        }
        _ => around,
    };
    // "held off the rebels" is another verb than "held the rebels".
    let particle = (class == TriggerClass::Verb && entry.with.is_empty())
        .then(|| sentence.child(token, Deprel::CompoundPrt))
        .flatten();
    if particle.is_some_and(|particle| matches!(sentence.lemma(particle), "off" | "away")) {
        return Err(Misfit::Words);
    }
    let mut found = Match {
        entry: index,
        trigger: token,
        anchor: around.anchor,
        words,
        actors: Vec::new(),
        recipients: Vec::new(),
        parties: Vec::new(),
        parts: Vec::new(),
        things: Vec::new(),
        content: None,
        score: 4.0 * entry.with.len() as f32 - if particle.is_some() { 3.0 } else { 0.0 },
    };
    let mut used: Vec<u32> = Vec::new();
    let nobody = class == TriggerClass::Verb
        && !clause::is_finite(sentence, token)
        && around.subjects.iter().all(|&subject| parties.collect(sentence, subject, &|_| true).is_empty());
    // "Ethiopian troops were deployed": who is moved moves.
    let moved = class == TriggerClass::Verb
        && matches!(entry.outcome, Outcome::Code(EventType::Mobilize, _))
        && around.subjects.is_empty()
        && clause::is_passive(sentence, token);
    // Slots that name their filler choose first; the open ones take what is left.
    for named in [true, false] {
        for (number, slot) in
            entry.slots.iter().enumerate().filter(|(_, slot)| (slot.filler != Filler::Any) == named)
        {
            // "to release the medics": nobody known does it, and as the content of another deed nobody need.
            if slot.relation == Relation::Subject
                && matches!(slot.role, Role::Actor | Role::Party)
                && !slot.optional
                && (nobody || moved)
            {
                found.score -= 0.5;
                continue;
            }
            if !fill(codebook, sentence, parties, class, slot, around, &mut used, &mut found)
                && !slot.optional
            {
                if around.content && matches!(slot.role, Role::Actor | Role::Party) {
                    found.score -= 0.5;
                    continue;
                }
                return Err(Misfit::Slot(number));
            }
        }
    }
    if moved && found.actors.is_empty() {
        found.actors =
            (found.things.iter()).flat_map(|&thing| parties.collect(sentence, thing, &|_| true)).collect();
    }
    if found.recipients.is_empty() && found.parties.is_empty() && codes_to_victim(entry) {
        let inside: Vec<u32> = found
            .things
            .iter()
            .flat_map(|&thing| parties.collect(sentence, thing, &|_| true))
            .filter(|index| !found.actors.contains(index))
            .collect();
        found.recipients = inside;
    }
    if around.reversed && class == TriggerClass::Noun && found.recipients.is_empty() {
        std::mem::swap(&mut found.actors, &mut found.recipients);
    }
    Ok(found)
}

/// Types whose object, when it is no participant itself, names the recipient inside it.
fn codes_to_victim(entry: &Entry) -> bool {
    use crate::core::ontology::EventType::{
        Accuse, Assault, Coerce, Concede, Reject, Retreat, Sanction, Support,
    };
    matches!(
        entry.outcome,
        Outcome::Code(Accuse | Assault | Coerce | Concede | Reject | Retreat | Sanction | Support, _)
    )
}

/// The particles of a verb or the words before a noun, if all are there.
fn other_words(
    sentence: &Sentence,
    token: u32,
    class: TriggerClass,
    with: &[smol_str::SmolStr],
) -> Option<Vec<u32>> {
    if with.is_empty() {
        return Some(Vec::new());
    }
    let mut words = Vec::with_capacity(with.len());
    if class == TriggerClass::Noun {
        for (back, word) in with.iter().rev().enumerate() {
            let at = token.checked_sub(back as u32 + 1)?;
            if !same_word(sentence, at, word) {
                return None;
            }
            words.push(at);
        }
    } else {
        for word in with {
            let at = sentence
                .children(token)
                .iter()
                .copied()
                .find(|&child| {
                    child > token
                        && child <= token + 8
                        && matches!(
                            sentence.token(child).deprel,
                            Deprel::CompoundPrt
                                | Deprel::Advmod
                                | Deprel::Xcomp
                                | Deprel::Obl
                                | Deprel::Advcl
                                | Deprel::Compound
                                | Deprel::Fixed
                                | Deprel::Case
                                | Deprel::Mark
                        )
                        && same_word(sentence, child, word)
                })
                .or_else(|| {
                    (sentence.tokens.len() as u32 > token + 1 && same_word(sentence, token + 1, word))
                        .then_some(token + 1)
                })
                .or_else(|| particle_below(sentence, token, word))?;
            words.push(at);
        }
    }
    Some(words)
}

/// The noun behind a particle that stands next to its verb and that the parser took for the noun's preposition.
fn object_behind_particle(sentence: &Sentence, verb: u32, words: &[u32]) -> Option<u32> {
    let &[particle] = words else { return None };
    let word = sentence.token(particle);
    if !matches!(word.lemma.as_str(), "in" | "out" | "up" | "down" | "off" | "over" | "back") {
        return None;
    }
    let noun = word.head.filter(|_| particle == verb + 1 && word.deprel == Deprel::Case)?;
    let phrase = sentence.token(noun);
    (phrase.deprel == Deprel::Obl && phrase.head == Some(verb) && sentence.child(verb, Deprel::Obj).is_none())
        .then_some(noun)
}

/// A particle that the parser took for the preposition of what follows: "pulled its tanks *out* of the city".
fn particle_below(sentence: &Sentence, verb: u32, word: &str) -> Option<u32> {
    (verb + 1..(verb + 8).min(sentence.tokens.len() as u32)).find(|&at| {
        let token = sentence.token(at);
        matches!(token.deprel, Deprel::Case | Deprel::Fixed | Deprel::Mark | Deprel::Advmod)
            && same_word(sentence, at, word)
            && sentence.tokens.get(at as usize + 1).is_some_and(|next| next.upos == Upos::Adp)
            && sentence.ancestors(at).take(3).any(|above| above == verb)
    })
}

fn same_word(sentence: &Sentence, at: u32, word: &str) -> bool {
    sentence.tokens.get(at as usize).is_some_and(|token| token.lemma.eq_ignore_ascii_case(word))
}

#[allow(clippy::too_many_arguments)]
fn fill(
    codebook: &Codebook,
    sentence: &Sentence,
    parties: &Parties,
    class: TriggerClass,
    slot: &Slot,
    around: &Surroundings,
    used: &mut Vec<u32>,
    found: &mut Match,
) -> bool {
    let candidates: Vec<u32> = match &slot.relation {
        Relation::Subject => {
            // Only beside a partner: "after talks with Hanoi", not "in a talk about economics".
            let partner = |other: &Slot| matches!(other.relation, Relation::Oblique(_)) && !other.optional;
            let meets = class == TriggerClass::Noun
                && !slot.optional
                && codebook.entries[found.entry as usize].slots.iter().any(partner)
                && matches!(
                    codebook.entries[found.entry as usize].outcome,
                    Outcome::Code(EventType::Consult, _)
                );
            around.subjects.iter().copied().chain(around.attending.filter(|_| meets)).collect()
        }
        Relation::Object if slot.role == Role::Content => {
            around.clauses.iter().chain(&around.objects).copied().collect()
        }
        Relation::Object if matches!(slot.filler, Filler::Word(_)) => {
            around.objects.iter().chain(&around.predicatives).copied().collect()
        }
        Relation::Object => around.objects.clone(),
        Relation::Oblique(prepositions) => {
            let prepositions: Vec<&str> = prepositions.iter().map(|p| p.as_str()).collect();
            let mut list = Vec::new();
            let mut loose = Vec::new();
            for &base in &around.bases {
                if slot.role != Role::Content {
                    loose.extend(clause::loose_obliques(sentence, base, &prepositions));
                }
                for &child in sentence.children(base) {
                    let relation = sentence.token(child).deprel;
                    let nominal =
                        matches!(relation, Deprel::Obl | Deprel::OblAgent | Deprel::Nmod | Deprel::Obj);
                    let clausal =
                        matches!(relation, Deprel::Advcl | Deprel::Acl | Deprel::Xcomp | Deprel::Ccomp);
                    if (nominal || (clausal && matches!(slot.role, Role::Content | Role::Thing)))
                        && clause::introduced_by(sentence, child, &prepositions)
                    {
                        list.push(child);
                    }
                }
            }
            list.extend(loose);
            list
        }
    };
    let weight = match &slot.relation {
        Relation::Oblique(_) => 1.5,
        _ => 1.0,
    };
    let mut thing = None;
    for candidate in candidates {
        if used.contains(&candidate) {
            continue;
        }
        if !admits(codebook, sentence, candidate, &slot.filler) {
            continue;
        }
        let named = if slot.filler == Filler::Any { 0.0 } else { 3.0 };
        match slot.role {
            Role::Thing => {
                used.push(candidate);
                if slot.relation != Relation::Subject {
                    found.things.push(candidate);
                }
                match slot.filler {
                    Filler::Word(_) => found.words.push(candidate),
                    Filler::Class(_) => found.parts.push(candidate),
                    Filler::Any => {}
                }
                found.score += 0.5 * weight + named;
                return true;
            }
            Role::Content => {
                used.push(candidate);
                found.content = Some(candidate);
                found.score += weight + named + 1.5;
                return true;
            }
            Role::Actor | Role::Recipient | Role::Party => {
                let mut heads = vec![candidate];
                if around.own_subjects.contains(&candidate) {
                    heads.extend(around.own_subjects.iter().copied().filter(|&other| other != candidate));
                }
                // "the Israeli strike killed" is Israel's deed; "the Japanese watchmaker said" is not Japan's.
                let may_stand = |word: u32| match slot.role {
                    Role::Actor | Role::Party if slot.relation == Relation::Subject => {
                        matches!(slot.filler, Filler::Class(_))
                            || codebook.is_proxy(sentence.lemma(word))
                            || codebook.transparent.contains(sentence.lemma(word))
                            || sentence.token(word).xpos == Xpos::CD
                            || class == TriggerClass::Noun
                    }
                    _ => true,
                };
                let mut who: Vec<u32> =
                    heads.iter().flat_map(|&head| parties.collect(sentence, head, &may_stand)).collect();
                let admitted = |&index: &u32| around.content || parties.admitted(slot.sectors, index);
                if who.iter().any(admitted) {
                    who.retain(admitted);
                } else if who.iter().any(|&index| parties.is_known(index))
                    && class == TriggerClass::Verb
                    && of_one_meaning(codebook, sentence, found)
                {
                    // "Zambian miners cheered the governor": whoever it is, the verb means the same.
                    who.retain(|&index| parties.is_known(index));
                    found.score -= UNUSUAL;
                } else {
                    who.clear();
                }
                if who.is_empty() {
                    thing = thing.or(Some(candidate));
                    continue;
                }
                used.push(candidate);
                let list = match slot.role {
                    Role::Actor => &mut found.actors,
                    Role::Recipient => &mut found.recipients,
                    _ => &mut found.parties,
                };
                for index in who {
                    if !list.contains(&index) {
                        list.push(index);
                    }
                }
                let wanted = if slot.sectors.0 != 0 { 1.0 } else { 0.0 };
                found.score += weight + named + wanted + if slot.role == Role::Actor { 0.0 } else { 1.0 };
                return true;
            }
        }
    }
    match thing {
        // "shelled a depot": the deed is known, whom it struck is not.
        Some(thing) if !slot.strict || (around.content && slot.role == Role::Recipient) => {
            used.push(thing);
            found.things.push(thing);
            found.score += 0.25;
            true
        }
        _ => false,
    }
}

/// Whether nearly all that a verb may code to is of the type of the construction under trial: then its conditions on who does it
/// do not tell meanings apart. Who moves troops or demonstrates always matters: "the band marched".
fn of_one_meaning(codebook: &Codebook, sentence: &Sentence, found: &Match) -> bool {
    let Outcome::Code(event_type, _) = codebook.entries[found.entry as usize].outcome else { return true };
    if matches!(event_type, EventType::Mobilize | EventType::Protest) {
        return false;
    }
    let (mut all, mut same) = (0, 0);
    for &index in codebook.candidates(TriggerClass::Verb, sentence.lemma(found.trigger)) {
        let entry = &codebook.entries[index as usize];
        if entry.with.is_empty() || index == found.entry {
            all += 1;
            same += u32::from(matches!(entry.outcome, Outcome::Code(other, _) if other == event_type));
        }
    }
    5 * same >= 4 * all
}

/// Whether a word, one of its conjuncts, or what it is a quantity of may fill the slot.
fn admits(codebook: &Codebook, sentence: &Sentence, token: u32, filler: &Filler) -> bool {
    let Filler::Class(class) = filler else {
        return match filler {
            Filler::Word(word) => same_word(sentence, token, word),
            _ => true,
        };
    };
    let mut words = clause::with_conjuncts(sentence, token);
    for depth in 0..2 {
        for &word in &words {
            let lemma = &sentence.token(word).lemma;
            if codebook.class_has(*class, lemma) || codebook.class_has(*class, &lemma.to_lowercase()) {
                return true;
            }
            if word > 0 && matches!(sentence.token(word).upos, Upos::Noun | Upos::Propn) {
                let phrase = format!("{} {}", sentence.lemma(word - 1).to_lowercase(), lemma.to_lowercase());
                if codebook.class_has(*class, &phrase) {
                    return true;
                }
            }
        }
        if depth == 0 {
            // "hundreds of rockets", "a package of sanctions"
            let inner: Vec<u32> = words
                .iter()
                .filter(|&&word| {
                    codebook.transparent.contains(sentence.lemma(word))
                        || sentence.token(word).xpos == Xpos::CD
                })
                .flat_map(|&word| sentence.children_by(word, Deprel::Nmod))
                .filter(|&child| clause::introduced_by(sentence, child, &["of"]))
                .collect();
            words = inner;
        }
    }
    false
}
