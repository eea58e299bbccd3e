//! The codebook: which words report which deeds, in which frames, and how the parts of a sentence compose.
//!
//! Built from data/events/ by `knowledge`; the notation of a frame is read by [`super::notation`].

use crate::core::actors::Identity;
use crate::core::extraction::{ParticipantBasis, ParticipantKind};
use crate::core::ontology::{Context, EventType, Mode, Sector};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

/// Word class of a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum TriggerClass {
    Verb,
    Noun,
    Adjective,
}

/// What the filler of a slot is to the deed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Did it (`A`).
    Actor,
    /// Received it (`R`).
    Recipient,
    /// One of several equal parties (`P`).
    Party,
    /// The deed that is asked, promised, refused, … (`C`).
    Content,
    /// A topic or thing; not a participant (`_`, `{class}`, a word).
    Thing,
}

/// Where in the clause a slot is filled.
#[derive(Clone, Debug, PartialEq)]
pub enum Relation {
    /// Logical subject of a verb; possessor or modifier of a noun.
    Subject,
    /// Logical object of a verb; of a noun only a content clause.
    Object,
    /// After one of these prepositions.
    Oblique(Vec<SmolStr>),
}

/// What may fill a slot.
#[derive(Clone, Debug, PartialEq)]
pub enum Filler {
    /// Anything.
    Any,
    /// A noun of that class.
    Class(ClassId),
    /// That lemma.
    Word(SmolStr),
}

/// One slot of a frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// Where it is filled.
    pub relation: Relation,
    /// What the filler is to the deed.
    pub role: Role,
    /// What may fill it.
    pub filler: Filler,
    /// The participant must have one of these sectors; empty = any.
    pub sectors: Sectors,
    /// The frame holds without it too.
    pub optional: bool,
    /// Only a participant fills it; otherwise a recipient may also be a thing, which is then left out.
    pub strict: bool,
}

/// Which participants a slot admits, by sector and international code; empty means no condition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sectors(pub u32);

/// Participants that no sector names, as bits beyond the 25 sectors.
const INTERNATIONAL: u32 = 1 << 25;
const NGO: u32 = 1 << 26;
const MILITANTS: u32 = 1 << 27;
const MULTINATIONAL: u32 = 1 << 28;
const MOVEMENT: u32 = 1 << 29;
/// A person whom the text names and the tables do not know.
const NAMED: u32 = 1 << 30;

impl Sectors {
    /// The set that a name of the notation stands for: a sector, an international code, or a group of them.
    pub fn named(name: &str) -> Option<Sectors> {
        use Sector::*;
        let of = |sectors: &[Sector]| sectors.iter().fold(0, |set, &sector| set | 1 << sector as u32);
        const STATE: &[Sector] = &[Government, Military, Legislature, Judiciary, Police, Spy];
        const ARMED: &[Sector] =
            &[Military, Rebel, UnidentifiedArmed, ProGovernmentParamilitary, Police, Spy, Criminal];
        const CIVIL: &[Sector] = &[
            Civilian,
            Labour,
            Education,
            Agriculture,
            Society,
            Religious,
            Refugee,
            Medical,
            Journalist,
            Opposition,
            Party,
            Business,
            Legislature,
            Elite,
            Unknown,
        ];
        Some(Sectors(match name {
            "ANY" => 0,
            "INT" => INTERNATIONAL,
            "NGO" => NGO,
            "IMG" => MILITANTS,
            "MNC" => MULTINATIONAL,
            "ISM" => MOVEMENT,
            "STATE" => of(STATE) | INTERNATIONAL | NAMED,
            "ARMED" => of(ARMED) | MILITANTS,
            "CIV" => of(CIVIL) | NGO | MOVEMENT | NAMED,
            "POL" => {
                of(STATE)
                    | of(&[Party, Opposition, Rebel, Elite, ProGovernmentParamilitary, PartiallyRecognised])
                    | INTERNATIONAL
                    | MILITANTS
                    | NAMED
            }
            _ => of(&[Sector::parse(name)?]),
        }))
    }

    /// Whether the set admits a participant. A country by its bare name counts as its government.
    pub fn admits(self, identity: &Identity) -> bool {
        if self.0 == 0 {
            return true;
        }
        let mut is = identity.sectors.iter().fold(0u32, |set, &sector| set | 1 << sector as u32);
        is |= match identity.country.as_deref() {
            Some("IGO" | "UNO" | "EUR") => INTERNATIONAL,
            Some("NGO") => NGO,
            Some("IMG") => MILITANTS,
            Some("MNC") => MULTINATIONAL,
            Some("ISM") => MOVEMENT,
            Some(_) if identity.kind == ParticipantKind::Country && is == 0 => 1 << Sector::Government as u32,
            None if identity.kind == ParticipantKind::Person
                && is == 0
                && identity.basis == ParticipantBasis::Unresolved =>
            {
                NAMED
            }
            _ => 0,
        };
        self.0 & is != 0
    }
}

/// Index of a class of words.
pub type ClassId = u16;

/// What a frame codes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// That type and mode.
    Code(EventType, Option<Mode>),
    /// Whatever [`Codebook::composed`] makes of the content.
    Compose(Operator),
    /// Nothing: the reading is known to be no event, and shadows the others.
    Nothing,
}

macro_rules! operators {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),+ $(,)?) => {
        /// How a word turns its content into an event.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Operator { $($(#[$doc])* $variant),+ }

        impl Operator {
            /// The operator of that name.
            pub fn parse(name: &str) -> Option<Operator> {
                match name { $($name => Some(Operator::$variant),)+ _ => None }
            }

            /// Its name in the codebook.
            pub fn name(self) -> &'static str {
                match self { $(Operator::$variant => $name),+ }
            }
        }
    };
}

operators! {
    /// Vow, pledge, agree, offer.
    Promise = "promise",
    /// Refuse, rule out, turn down.
    Refuse = "refuse",
    /// Ask, urge, demand, order.
    Request = "request",
    /// Ask for, appeal for: what is asked for without a known deed is help.
    Appeal = "appeal",
    /// Vow, swear: may be kind or hostile; says nothing where the deed is unknown.
    Vow = "vow",
    /// Threaten: a threat even where the deed is unknown.
    Threaten = "threaten",
    /// Warn of: a threat only where what it warns of is one.
    Warn = "warn",
    /// End, lift, ease, suspend.
    Stop = "stop",
    /// Call off, postpone.
    Cancel = "cancel",
    /// Resume, restore, reopen.
    Resume = "resume",
    /// Forbid, bar, block.
    Forbid = "forbid",
    /// Invite to a meeting: where nobody is named who invites, whoever holds the meeting does.
    Invite = "invite",
    /// Let, allow, enable.
    Allow = "allow",
    /// Order one's own side, have something done: the deed is the giver's.
    Direct = "direct",
    /// Say: the content stands for itself, attributed.
    Say = "say",
    /// Deny: the content did not happen, says the subject.
    Deny = "deny",
    /// Joint, bilateral: the deed of several together.
    Joint = "joint",
}

/// One construction of the codebook.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Words beside the trigger itself: particles of a verb, words before a noun.
    pub with: Vec<SmolStr>,
    /// What must and may stand around it.
    pub slots: Vec<Slot>,
    /// The bits of the words without which it cannot hold ([`super::present::needs`]).
    pub needs: Box<[super::present::Bit]>,
    /// What it codes to.
    pub outcome: Outcome,
    /// CAMEO code; empty where composition gives it.
    pub cameo: SmolStr,
    /// File and line, for the trace.
    pub source: SmolStr,
}

/// How a governing predicate colours what it governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Colour {
    Begun,
    Ongoing,
    Future,
    Hypothetical,
    Negated,
    /// Spoken of in the abstract: no deed of anybody's.
    Void,
}

/// The result of a composition.
#[derive(Clone, Debug, PartialEq)]
pub struct Composition {
    /// What comes out.
    pub outcome: (EventType, Option<Mode>),
    /// CAMEO code.
    pub cameo: SmolStr,
    /// File and line.
    pub source: SmolStr,
}

/// A row of the composition table names its content in one of these ways, from narrow to wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Content {
    /// That type and mode.
    Mode(EventType, Mode),
    /// That type, any mode.
    Type(EventType),
    /// Any cooperation (quad classes 1 and 2).
    Cooperation,
    /// Any conflict (quad classes 3 and 4).
    Conflict,
    /// Something that the codebook does not know.
    Unknown,
}

/// All that the coder knows of words.
#[derive(Clone, Debug, Default)]
pub struct Codebook {
    /// Constructions.
    pub entries: Vec<Entry>,
    /// Lemma → entries, by word class.
    pub verbs: FxHashMap<SmolStr, Vec<u32>>,
    /// The same for nouns.
    pub nouns: FxHashMap<SmolStr, Vec<u32>>,
    /// The same for adjectives.
    pub adjectives: FxHashMap<SmolStr, Vec<u32>>,
    /// Names of the word classes.
    pub class_names: Vec<SmolStr>,
    /// Members of each class: lemmas, or phrases of lemmas joined by a space.
    pub classes: Vec<FxHashSet<SmolStr>>,
    /// Verbs that lend their subject to a noun ("held talks"); true = as recipient ("faced an inquiry").
    pub light_verbs: FxHashMap<SmolStr, bool>,
    /// Nouns through which content is looked for ("efforts to …").
    pub transparent: FxHashSet<SmolStr>,
    /// Predicates that colour what they govern.
    pub governors: FxHashMap<SmolStr, Colour>,
    /// Operator and content → event.
    pub compositions: FxHashMap<(Operator, Content), Composition>,
    /// Lemma → the issue it speaks of, with a weight.
    pub contexts: FxHashMap<SmolStr, Vec<(Context, f32)>>,
    /// What words, deeds and participants are worth for each context, in log-odds; empty: words alone decide.
    pub context_weights: FxHashMap<SmolStr, Vec<(Context, f32)>>,
    /// Lemma → a domain that is no politics, with a weight.
    pub vetoes: FxHashMap<SmolStr, f32>,
}

impl Codebook {
    /// The entries that a word may trigger, in the order of the files.
    pub fn candidates(&self, class: TriggerClass, lemma: &str) -> &[u32] {
        let table = match class {
            TriggerClass::Verb => &self.verbs,
            TriggerClass::Noun => &self.nouns,
            TriggerClass::Adjective => &self.adjectives,
        };
        table.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Whether the class holds that word or phrase.
    pub fn class_has(&self, class: ClassId, word: &str) -> bool {
        self.classes.get(class as usize).is_some_and(|members| members.contains(word))
    }

    /// The number of a class.
    pub fn class_id(&self, name: &str) -> Option<ClassId> {
        self.class_names.iter().position(|known| known == name).map(|i| i as ClassId)
    }

    /// Whether a thing acts for its owner: a weapon, a decision, a force.
    pub fn is_proxy(&self, lemma: &str) -> bool {
        self.class_id("proxy").is_some_and(|class| self.class_has(class, lemma))
    }

    /// Whether force against it can only be meant figuratively: a deficit, a disease.
    pub fn is_abstract(&self, lemma: &str) -> bool {
        self.class_id("abstract").is_some_and(|class| self.class_has(class, lemma))
    }

    /// What an operator makes of its content; the narrowest row wins. `None`: the table is silent.
    pub fn composed(
        &self,
        operator: Operator,
        content: Option<(EventType, Option<Mode>)>,
    ) -> Option<&Composition> {
        let Some((event_type, mode)) = content else {
            return self.compositions.get(&(operator, Content::Unknown));
        };
        // Appeals and vows have a few rows of their own; for the rest they are requests and promises.
        let wider = match operator {
            Operator::Appeal => Operator::Request,
            Operator::Vow => Operator::Promise,
            Operator::Warn => Operator::Threaten,
            Operator::Invite => return self.compositions.get(&(operator, Content::Unknown)),
            other => other,
        };
        let side = if event_type.quad_class() as u8 <= 2 { Content::Cooperation } else { Content::Conflict };
        let row = |operator: Operator| {
            mode.and_then(|mode| self.compositions.get(&(operator, Content::Mode(event_type, mode))))
                .or_else(|| self.compositions.get(&(operator, Content::Type(event_type))))
                .or_else(|| self.compositions.get(&(operator, side)))
        };
        row(operator).or_else(|| row(wider))
    }
}
