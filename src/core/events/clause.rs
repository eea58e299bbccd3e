//! Reading a clause off the tree: voice, the logical subject and object (through control, raising, coordination and
//! relative clauses), and what stands after prepositions.
//!
//! Invariant: every climb is a loop with a bound; a tree of any depth costs no stack.

use crate::core::syntax::{Deprel, Morph, Sentence, SentenceKind, Upos, Xpos};

/// How far a climb goes before it gives up.
const CLIMB: usize = 24;
/// Verbs whose bare participle before an infinitive is passive: "president invited to attend".
const DONE_TO: &[&str] = &[
    "invite", "ask", "urge", "tell", "order", "force", "allow", "set", "expect", "schedule", "require",
    "forbid", "permit", "press", "warn", "oblige", "compel", "advise", "request", "instruct", "direct",
    "appoint", "elect", "choose",
];
/// Verbs that cannot be done to anybody: a bare participle of theirs after a noun is its main verb ("several embassies called for …").
const NEVER_DONE_TO: &[&str] = &[
    "appeal",
    "demonstrate",
    "march",
    "negotiate",
    "confer",
    "haggle",
    "rally",
    "speak",
    "talk",
    "retaliate",
    "intervene",
    "intercede",
    "resign",
    "apologise",
    "apologize",
    "arrive",
    "clash",
    "respond",
    "react",
    "object",
    "insist",
    "comply",
    "vote",
    "collide",
    "defect",
    "retreat",
    "complain",
    "vow",
    "pledge",
    "refuse",
    "decline",
    "agree",
    "decide",
    "fail",
    "try",
    "hope",
    "undertake",
    "swear",
    "threaten",
    "meet",
    "say",
    "protest",
    "plead",
    "sit",
    "go",
    "come",
];
/// Verbs with two objects: a participle of theirs after a noun may keep one ("the men given asylum", "a group called …").
const TWO_OBJECTS: &[&str] = &[
    "give",
    "award",
    "grant",
    "offer",
    "send",
    "show",
    "teach",
    "tell",
    "ask",
    "pay",
    "deny",
    "hand",
    "lend",
    "owe",
    "promise",
    "name",
    "call",
    "dub",
    "elect",
    "appoint",
    "declare",
    "deem",
    "consider",
    "allow",
    "refuse",
    "leave",
    "make",
    "charge",
    "fine",
    "cost",
    "dub",
    "code-name",
    "rename",
    "title",
    "entitle",
];
/// What says what its author says: "a letter urging …".
const DOCUMENTS: &[&str] = &[
    "letter",
    "statement",
    "note",
    "resolution",
    "petition",
    "declaration",
    "communiqué",
    "communique",
    "report",
    "message",
    "memorandum",
    "appeal",
    "decree",
    "order",
    "lawsuit",
    "suit",
    "motion",
    "bill",
    "complaint",
    "leaflet",
    "video",
    "law",
    "document",
    "speech",
    "editorial",
    "text",
    "cable",
    "telegram",
    "bulletin",
];
/// How far to the left the verb of a lost conjunct is looked for.
const LEFT: u32 = 30;
/// How deep misplaced phrases are looked for.
const LOOSE: usize = 4;

/// Whether the verb is passive: by its auxiliary, its agent, or as a bare participle ("the men held in Kabul").
pub fn is_passive(sentence: &Sentence, verb: u32) -> bool {
    if lost_subject(sentence, verb).is_some() {
        return false;
    }
    let token = sentence.token(verb);
    let mut have = false;
    let mut auxiliary = false;
    for &child in sentence.children(verb) {
        match sentence.token(child).deprel {
            Deprel::AuxPass | Deprel::NsubjPass | Deprel::OblAgent | Deprel::CsubjPass => return true,
            Deprel::Aux => {
                auxiliary = true;
                have |= sentence.lemma(child) == "have";
            }
            _ => {}
        }
    }
    if have || !matches!(token.xpos, Xpos::VBN | Xpos::VBD) {
        return false;
    }
    let bare = !auxiliary && sentence.child(verb, Deprel::Obj).is_none();
    if is_hidden_main_verb(sentence, verb)
        || perfect(sentence, verb).is_some()
        || is_active_participle(sentence, verb)
    {
        return false;
    }
    match token.deprel {
        Deprel::Acl | Deprel::Amod => token.xpos == Xpos::VBN,
        Deprel::Advcl | Deprel::Xcomp => token.xpos == Xpos::VBN && bare,
        Deprel::Conj => {
            bare && token.xpos == Xpos::VBN
                && sentence.child(verb, Deprel::Nsubj).is_none()
                && token.head.is_some_and(|head| has_passive_marks(sentence, head))
        }
        // Headlines drop the auxiliary: "Minister probed by fraud squad".
        _ => bare && token.xpos == Xpos::VBN && oblique(sentence, verb, &["by"]).is_some(),
    }
}

/// A sentence whose root is a noun and whose only verb seems a participle of it: the participle is the main verb
/// ("Denmark promised on Tuesday to send …"), unless someone does it to the noun.
fn is_hidden_main_verb(sentence: &Sentence, verb: u32) -> bool {
    let token = sentence.token(verb);
    token.deprel == Deprel::Acl
        && token.head.is_some_and(|head| {
            head < verb && {
                // The root itself, or its last conjunct: "Denmark and the Netherlands promised …".
                let noun = sentence.token(head);
                noun.head.is_none()
                    || (noun.deprel == Deprel::Conj
                        && noun.head.is_some_and(|first| sentence.token(first).head.is_none()))
            }
        })
        && [Deprel::Obj, Deprel::Xcomp, Deprel::Ccomp]
            .iter()
            .any(|&relation| sentence.child(verb, relation).is_some())
        && !(DONE_TO.contains(&sentence.lemma(verb)) && sentence.child(verb, Deprel::Obj).is_none())
        && oblique(sentence, verb, &["by"]).is_none()
}

/// A past form after a noun that only looks like a participle of it: one with an object of its own ("diplomats, whose
/// governments *cut* ties"), or of a verb that nobody undergoes ("several embassies *called* for …").
fn is_active_participle(sentence: &Sentence, verb: u32) -> bool {
    if sentence.token(verb).deprel != Deprel::Acl || oblique(sentence, verb, &["by"]).is_some() {
        return false;
    }
    let lemma = sentence.lemma(verb);
    let calls = lemma == "call" && oblique(sentence, verb, &["for", "on", "upon"]).is_some();
    calls
        || NEVER_DONE_TO.contains(&lemma)
        || (!TWO_OBJECTS.contains(&lemma)
            && (sentence.child(verb, Deprel::Obj).is_some() || sentence.child(verb, Deprel::Ccomp).is_some()))
}

/// The subject of the main verb of a full sentence that the parser took for a participle because it made something else the root:
/// the subject itself ("ministers *conferred* by video link"), or the verb of its parenthesis ("militiamen, who hold the camp,
/// *stopped* the convoy").
fn lost_subject(sentence: &Sentence, verb: u32) -> Option<u32> {
    let token = sentence.token(verb);
    let root = sentence.root();
    if token.deprel != Deprel::Acl
        || root >= verb
        || !matches!(token.xpos, Xpos::VBN | Xpos::VBD)
        || sentence.kind != SentenceKind::Prose
    {
        return None;
    }
    let last =
        sentence.tokens.iter().rev().find(|token| !matches!(token.lemma.as_str(), "”" | "\"" | "’" | "''"));
    if last.is_none_or(|last| last.lemma != ".") {
        return None;
    }
    let by = oblique(sentence, verb, &["by"]).is_some() || sentence.child(verb, Deprel::OblAgent).is_some();
    if by && !NEVER_DONE_TO.contains(&sentence.lemma(verb)) {
        return None;
    }
    let comma = verb > 0 && sentence.lemma(verb - 1) == ",";
    let mut subjects = sentence.children_by(root, Deprel::Nsubj);
    match sentence.token(root).upos {
        Upos::Noun | Upos::Propn | Upos::Pron => {
            // No other verb may stand beside the root but that of a parenthesis.
            let beside = sentence.children(root).iter().any(|&child| {
                child != verb
                    && matches!(
                        sentence.token(child).deprel,
                        Deprel::Parataxis | Deprel::Conj | Deprel::Ccomp | Deprel::Advcl
                    )
                    && is_predicate(sentence, child)
                    && is_finite(sentence, child)
                    && !sentence
                        .children_by(child, Deprel::Nsubj)
                        .any(|subject| is_relative(sentence, subject))
            });
            let nominal = sentence.child(root, Deprel::Cop).is_none() && subjects.next().is_none();
            (nominal && !beside && comma != (token.head == Some(root))).then_some(root)
        }
        Upos::Verb if comma => {
            let subject = subjects.next()?;
            let parenthesis =
                subjects.any(|other| is_relative(sentence, other) && other > subject && other < root);
            (parenthesis && !is_relative(sentence, subject)).then_some(subject)
        }
        _ => None,
    }
}

/// The noun and the "have" of a perfect whose participle the parser took for an adjective: "had *gagged* newspapers".
fn perfect(sentence: &Sentence, verb: u32) -> Option<(u32, u32)> {
    let token = sentence.token(verb);
    if !matches!(token.deprel, Deprel::Amod | Deprel::Acl) || !matches!(token.xpos, Xpos::VBN | Xpos::VBD) {
        return None;
    }
    let noun = token.head?;
    let have = sentence.token(noun).head?;
    let between = have < verb
        && sentence.token(noun).deprel == Deprel::Obj
        && sentence.lemma(have) == "have"
        && (have + 1..verb).all(|at| {
            matches!(sentence.token(at).upos, Upos::Adv)
                || matches!(sentence.lemma(at), "all" | "both" | "each")
        });
    between.then_some((noun, have))
}

fn has_passive_marks(sentence: &Sentence, verb: u32) -> bool {
    sentence.children(verb).iter().any(|&child| {
        matches!(sentence.token(child).deprel, Deprel::AuxPass | Deprel::NsubjPass | Deprel::OblAgent)
    }) || (sentence.token(verb).xpos == Xpos::VBN && sentence.token(verb).deprel == Deprel::Acl)
}

/// Whether the verb has tense of its own: finite, or with an auxiliary that is.
pub fn is_finite(sentence: &Sentence, verb: u32) -> bool {
    let token = sentence.token(verb);
    matches!(token.xpos, Xpos::VBD | Xpos::VBP | Xpos::VBZ)
        || sentence.children(verb).iter().any(|&child| {
            let child = sentence.token(child);
            matches!(child.deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop)
                && matches!(child.xpos, Xpos::VBD | Xpos::VBP | Xpos::VBZ | Xpos::MD)
        })
}

/// Whether the word heads a clause: a verb, or a predicate with a copula.
pub fn is_predicate(sentence: &Sentence, token: u32) -> bool {
    matches!(sentence.token(token).upos, Upos::Verb | Upos::Aux)
        || sentence.child(token, Deprel::Cop).is_some()
}

fn own_subject(sentence: &Sentence, verb: u32) -> Option<u32> {
    sentence.children(verb).iter().copied().find(|&child| {
        matches!(sentence.token(child).deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter)
    })
}

/// All subjects that a verb has of its own: a list that the parser split leaves several, or leaves its last member as the
/// subject of a relative clause on the others ("ministers from A, B, and *C met*").
pub fn all_subjects(sentence: &Sentence, verb: u32) -> impl Iterator<Item = u32> + '_ {
    let own = sentence
        .children(verb)
        .iter()
        .copied()
        .filter(|&child| matches!(sentence.token(child).deprel, Deprel::Nsubj | Deprel::NsubjPass));
    let token = sentence.token(verb);
    let begins_with_and = |word: u32| {
        sentence
            .children(word)
            .iter()
            .find(|&&child| sentence.token(child).deprel != Deprel::Punct)
            .is_some_and(|&first| first < word && sentence.token(first).deprel == Deprel::Cc)
    };
    let rest = token.head.filter(|&head| {
        let list_of_nouns = head < verb && !is_predicate(sentence, head);
        list_of_nouns
            && match token.deprel {
                Deprel::AclRelcl => sentence
                    .children(verb)
                    .iter()
                    .any(|&child| sentence.token(child).deprel == Deprel::Nsubj && begins_with_and(child)),
                Deprel::Conj => {
                    begins_with_and(verb)
                        && matches!(sentence.token(head).deprel, Deprel::Root)
                        && sentence.child(verb, Deprel::Nsubj).is_some()
                }
                _ => false,
            }
    });
    own.chain(rest)
}

fn is_relative(sentence: &Sentence, token: u32) -> bool {
    let word = sentence.token(token);
    word.morph.has(Morph::RELATIVE)
        || (matches!(word.xpos, Xpos::WP | Xpos::WDT)
            || (word.upos == Upos::Pron && sentence.lemma(token) == "that"))
}

/// The noun that a relative clause hangs on, from any verb of that clause.
fn antecedent(sentence: &Sentence, verb: u32) -> Option<u32> {
    let mut at = verb;
    for _ in 0..CLIMB {
        let token = sentence.token(at);
        match token.deprel {
            Deprel::AclRelcl => return token.head,
            Deprel::Acl if is_finite(sentence, at) => return token.head,
            Deprel::Conj | Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl => at = token.head?,
            _ => return None,
        }
    }
    None
}

/// A relative pronoun's antecedent; any other word stays itself.
fn resolve_relative(sentence: &Sentence, token: u32) -> u32 {
    if !is_relative(sentence, token) {
        return token;
    }
    sentence.token(token).head.and_then(|verb| antecedent(sentence, verb)).unwrap_or(token)
}

/// The grammatical subject, own or shared: by coordination, control and raising, participles and infinitives, relatives.
pub fn surface_subject(sentence: &Sentence, verb: u32) -> Option<u32> {
    let mut at = verb;
    for _ in 0..CLIMB {
        if let Some(subject) = own_subject(sentence, at) {
            return Some(resolve_relative(sentence, subject));
        }
        if let Some((_, have)) = perfect(sentence, at) {
            at = have;
            continue;
        }
        let token = sentence.token(at);
        let head = token.head?;
        match token.deprel {
            Deprel::Conj if is_predicate(sentence, head) || is_predicate(sentence, at) => at = head,
            Deprel::Xcomp | Deprel::Ccomp => {
                if token.deprel == Deprel::Ccomp && is_finite(sentence, at) {
                    return None;
                }
                // "urged them to go": the object does it; "promised them to go": the subject.
                let object = sentence.child(head, Deprel::Obj).or_else(|| sentence.child(head, Deprel::Iobj));
                match object {
                    Some(object)
                        if object < at
                            && sentence.lemma(head) != "promise"
                            && !is_noun_like(sentence, at) =>
                    {
                        return Some(resolve_relative(sentence, object));
                    }
                    _ => at = head,
                }
            }
            Deprel::Advcl if !is_finite(sentence, at) => at = head,
            Deprel::AclRelcl => return Some(head),
            Deprel::Acl => {
                if let Some(subject) = lost_subject(sentence, at) {
                    return Some(subject);
                }
                if token.xpos == Xpos::VBG && DOCUMENTS.contains(&sentence.lemma(head)) {
                    let noun = sentence.token(head);
                    if let Some(author) = sentence
                        .child(head, Deprel::NmodPoss)
                        .or_else(|| oblique(sentence, head, &["by", "from"]))
                    {
                        return Some(author);
                    }
                    if let (Deprel::Obj | Deprel::Iobj | Deprel::Obl, Some(verb)) = (noun.deprel, noun.head)
                        && let Some(author) = logical_subject_of_document(sentence, verb)
                    {
                        return Some(author);
                    }
                }
                if token.xpos == Xpos::VBN || token.xpos == Xpos::VBG || token.xpos == Xpos::VBD {
                    if sentence.token(head).deprel == Deprel::Conj && is_hidden_main_verb(sentence, at) {
                        return sentence.token(head).head;
                    }
                    return Some(head);
                }
                // "its decision to leave": whoever owns the noun; "took steps to leave": the subject of "took".
                if let Some(owner) = sentence.child(head, Deprel::NmodPoss) {
                    return Some(owner);
                }
                let noun = sentence.token(head);
                match (noun.deprel, noun.head) {
                    (Deprel::Obj | Deprel::Obl | Deprel::Xcomp, Some(governor)) => at = governor,
                    _ => return None,
                }
            }
            Deprel::Amod => return Some(head),
            _ => return None,
        }
    }
    None
}

/// Who signed, sent, passed or handed over a document.
fn logical_subject_of_document(sentence: &Sentence, verb: u32) -> Option<u32> {
    let subject = own_subject(sentence, verb).or_else(|| {
        // "summoned the envoy and handed him a note": the first verb's.
        let token = sentence.token(verb);
        (token.deprel == Deprel::Conj).then(|| own_subject(sentence, token.head?)).flatten()
    })?;
    Some(resolve_relative(sentence, subject))
}

fn is_noun_like(sentence: &Sentence, token: u32) -> bool {
    matches!(sentence.token(token).upos, Upos::Noun | Upos::Propn | Upos::Adj)
        && sentence.child(token, Deprel::Cop).is_none()
}

/// Who does it: the subject of an active clause, the agent of a passive one.
pub fn logical_subject(sentence: &Sentence, verb: u32) -> Option<u32> {
    if !is_passive(sentence, verb) {
        return surface_subject(sentence, verb);
    }
    if let Some(agent) = agent(sentence, verb) {
        return Some(agent);
    }
    let token = sentence.token(verb);
    let head = token.head?;
    match token.deprel {
        // "had them arrested"
        Deprel::Xcomp | Deprel::Ccomp
            if matches!(sentence.lemma(head), "have" | "get" | "order") && !is_passive(sentence, head) =>
        {
            surface_subject(sentence, head)
        }
        // "was arrested and charged by police"
        Deprel::Conj => agent(sentence, head),
        _ => sentence.children_by(verb, Deprel::Conj).find_map(|conjunct| agent(sentence, conjunct)),
    }
}

fn agent(sentence: &Sentence, verb: u32) -> Option<u32> {
    sentence
        .child(verb, Deprel::OblAgent)
        .or_else(|| oblique(sentence, verb, &["by"]))
        .or_else(|| loose_obliques(sentence, verb, &["by"]).into_iter().find(|&noun| noun > verb))
}

/// Nouns after one of these prepositions anywhere in the phrases below a word, nearest first: where a phrase hangs is the
/// parser's hardest guess, and the preposition tells more. Clauses below are not entered.
pub fn loose_obliques(sentence: &Sentence, word: u32, prepositions: &[&str]) -> Vec<u32> {
    let mut found = Vec::new();
    let mut level = vec![word];
    for _ in 0..LOOSE {
        let mut next = Vec::new();
        for &at in &level {
            for &child in sentence.children(at) {
                let phrase = matches!(
                    sentence.token(child).deprel,
                    Deprel::Obl
                        | Deprel::OblAgent
                        | Deprel::OblUnmarked
                        | Deprel::Nmod
                        | Deprel::NmodUnmarked
                        | Deprel::Obj
                        | Deprel::Appos
                        | Deprel::Conj
                        | Deprel::Advmod
                        | Deprel::NsubjPass
                );
                if !phrase || matches!(sentence.token(child).upos, Upos::Verb | Upos::Aux) {
                    continue;
                }
                if introduced_by(sentence, child, prepositions) {
                    found.push(child);
                }
                next.push(child);
            }
        }
        level = next;
    }
    found
}

/// What it is done to, nearest first: objects of an active clause; the subject of a passive one, then what object is left.
pub fn logical_objects(sentence: &Sentence, verb: u32) -> impl Iterator<Item = u32> + '_ {
    let passive = is_passive(sentence, verb);
    let moved = if passive { surface_subject(sentence, verb) } else { None };
    let shared = if passive { None } else { shared_object(sentence, verb) };
    let shared = shared.or_else(|| {
        let (noun, _) = perfect(sentence, verb)?;
        (sentence.token(verb).deprel == Deprel::Amod).then_some(noun)
    });
    moved
        .into_iter()
        .chain(sentence.children_by(verb, Deprel::Iobj))
        .chain(sentence.children_by(verb, Deprel::Obj))
        .chain(shared)
        .map(|token| resolve_relative(sentence, token))
}

/// The object that a verb without one borrows: from its coordination ("seized and burned the depot") or, as the gap of
/// a relative clause, from the noun it describes ("the aid that Japan sent").
fn shared_object(sentence: &Sentence, verb: u32) -> Option<u32> {
    if sentence.child(verb, Deprel::Obj).is_some() || sentence.child(verb, Deprel::Ccomp).is_some() {
        return None;
    }
    let token = sentence.token(verb);
    if token.deprel == Deprel::AclRelcl {
        let subject = own_subject(sentence, verb)?;
        return if is_relative(sentence, subject) { None } else { token.head };
    }
    sentence
        .children_by(verb, Deprel::Conj)
        .filter(|&conjunct| {
            sentence.token(conjunct).upos == Upos::Verb
                && own_subject(sentence, conjunct).is_none()
                && sentence.child(verb, Deprel::Obl).is_none()
                && sentence.child(verb, Deprel::Xcomp).is_none()
                && conjunct <= verb + 3
        })
        .find_map(|conjunct| sentence.child(conjunct, Deprel::Obj))
}

/// Whether a dependent is introduced by one of these prepositions: its case marker or mark, or one that the parser hung on
/// a modifier at the phrase's left edge ("between Syrian and Turkish ministers").
pub fn introduced_by(sentence: &Sentence, token: u32, prepositions: &[&str]) -> bool {
    let marked = |word: u32| {
        sentence.children(word).iter().any(|&child| {
            matches!(sentence.token(child).deprel, Deprel::Case | Deprel::Mark)
                && child < token
                && prepositions.contains(&sentence.lemma(child))
        })
    };
    marked(token)
        || sentence
            .children(token)
            .iter()
            .find(|&&child| child < token && sentence.token(child).deprel != Deprel::Punct)
            .is_some_and(|&edge| {
                matches!(sentence.token(edge).deprel, Deprel::Amod | Deprel::Compound | Deprel::Nummod)
                    && marked(edge)
            })
}

/// The first dependent of a word after one of these prepositions: noun or clause.
pub fn oblique(sentence: &Sentence, word: u32, prepositions: &[&str]) -> Option<u32> {
    sentence.children(word).iter().copied().find(|&child| {
        matches!(
            sentence.token(child).deprel,
            Deprel::Obl
                | Deprel::OblAgent
                | Deprel::Nmod
                | Deprel::Advcl
                | Deprel::Acl
                | Deprel::Xcomp
                | Deprel::Ccomp
        ) && introduced_by(sentence, child, prepositions)
    })
}

/// The noun itself and its conjuncts, in text order.
pub fn with_conjuncts(sentence: &Sentence, noun: u32) -> Vec<u32> {
    let mut found = vec![noun];
    let mut at = 0;
    while at < found.len() {
        found.extend(sentence.children_by(found[at], Deprel::Conj));
        at += 1;
    }
    found
}

/// The last noun of the phrase that stands directly before a finite active verb, adverbs and auxiliaries skipped: its subject
/// wherever the parser hung it ("three years after the *navy* investigated …").
pub fn left_neighbour(sentence: &Sentence, verb: u32) -> Option<u32> {
    if !is_finite(sentence, verb) || is_passive(sentence, verb) {
        return None;
    }
    let left = (verb.saturating_sub(4)..verb)
        .rev()
        .find(|&at| !matches!(sentence.token(at).upos, Upos::Adv | Upos::Aux | Upos::Part))?;
    matches!(sentence.token(left).upos, Upos::Noun | Upos::Propn | Upos::Pron).then_some(left)
}

/// The subject of the nearest finite verb to the left: of a conjunct that the parser hung on something else.
pub fn subject_to_the_left(sentence: &Sentence, verb: u32) -> Option<u32> {
    let joined = sentence.token(verb).deprel == Deprel::Conj
        && verb > 0
        && sentence.token(verb - 1).upos == Upos::Cconj
        && matches!(sentence.token(verb).xpos, Xpos::VBD | Xpos::VBZ | Xpos::VBP | Xpos::VBN);
    if !joined {
        return None;
    }
    let other = (verb.saturating_sub(LEFT)..verb).rev().find(|&at| {
        let token = sentence.token(at);
        token.upos == Upos::Verb
            && token.deprel != Deprel::AclRelcl
            && is_finite(sentence, at)
            && own_subject(sentence, at).is_some()
    })?;
    logical_subject(sentence, other)
}

/// The clause that a word of speaking follows: "*The port must open by Friday*, the general ordered."
pub fn told_before(sentence: &Sentence, verb: u32) -> Option<u32> {
    let token = sentence.token(verb);
    let head = token.head.filter(|&head| head < verb && is_predicate(sentence, head))?;
    let subject = own_subject(sentence, verb)?;
    let stands_apart = matches!(token.deprel, Deprel::Parataxis | Deprel::Advcl | Deprel::Conj)
        && matches!(token.xpos, Xpos::VBD | Xpos::VBZ | Xpos::VBP)
        && sentence.children(verb).iter().all(|&child| {
            !matches!(
                sentence.token(child).deprel,
                Deprel::Mark | Deprel::Cc | Deprel::Obj | Deprel::Ccomp | Deprel::Xcomp
            )
        });
    let first = sentence.subtree(subject).first().copied().unwrap_or(subject).min(verb);
    let mark = first > 0 && sentence.token(first - 1).upos == Upos::Punct;
    let only_tells = matches!(
        sentence.lemma(verb),
        "say" | "hint" | "suggest" | "complain" | "recommend" | "propose" | "note" | "add" | "announce"
    );
    (stands_apart && mark && !only_tells && !is_relative(sentence, subject)).then_some(head)
}

/// Whether a clause is a condition: "if …", "unless …", "should the army march on the town, …".
pub fn is_condition(sentence: &Sentence, clause: u32) -> bool {
    let inverted = || {
        let subject = own_subject(sentence, clause);
        sentence.children_by(clause, Deprel::Aux).any(|aux| {
            matches!(sentence.lemma(aux), "should" | "have" | "be")
                && subject.is_some_and(|subject| aux < subject)
                && sentence.subtree(clause).first() == Some(&aux)
                && (sentence.lemma(aux) == "should" || sentence.token(clause).xpos == Xpos::VBN)
        })
    };
    introduced_by(sentence, clause, &["if", "unless", "lest"])
        || (sentence.token(clause).deprel == Deprel::Advcl && inverted())
}
