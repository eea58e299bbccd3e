//! What the tables hold: lands, organisations, persons with their terms, role words. Rows refer to each other by index.

use crate::core::extraction::ParticipantKind;
use crate::core::ontology::Sector;
use jiff::civil::Date;
use smol_str::SmolStr;

/// A country or territory, or a code that stands for one.
#[derive(Clone, Debug, PartialEq)]
pub struct Land {
    /// ISO 3166-1 alpha-3, `KOS`, `PSE`; empty where the name crosses borders.
    pub code: SmolStr,
    /// Usual English name.
    pub name: SmolStr,
    /// Wikidata id, may be empty.
    pub wikidata: SmolStr,
    /// GOV, or PRE and GOV for what is recognised by few.
    pub sectors: Vec<Sector>,
}

/// An organisation: IGO, agency, armed group, party, company, NGO, seat of government.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Canonical name.
    pub name: SmolStr,
    /// Country or international code; empty where none is right.
    pub code: SmolStr,
    /// Primary first; may be empty for international codes.
    pub sectors: Vec<Sector>,
    /// Sectors that hold only for a time, e.g. a party's years in government: (from, to, sector).
    pub dated: Vec<(Date, Date, Sector)>,
    /// Organisation for all but seats.
    pub kind: ParticipantKind,
    /// A building or street that stands for its institution.
    pub seat: bool,
    /// Not an actor: the name only keeps its parts from being read as one ("Paris agreement").
    pub nobody: bool,
    /// Wikidata id, may be empty.
    pub wikidata: SmolStr,
    /// Members with the days from and to: land codes.
    pub members: Vec<(SmolStr, Date, Date)>,
}

/// A person of the tables.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Name as the newest source writes it.
    pub name: SmolStr,
    /// Wikidata id, may be empty.
    pub wikidata: SmolStr,
    /// Indices of the person's terms, by start.
    pub terms: Vec<u32>,
}

/// How surely the end of a term is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermEnd {
    /// It ended that day.
    On(Date),
    /// Still in office that day; nothing later is known.
    After(Date),
}

/// An office held for a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Whose: index of the person.
    pub person: u32,
    /// Country or international code.
    pub code: SmolStr,
    /// What sort of office.
    pub kind: OfficeKind,
    /// Its English title.
    pub office: SmolStr,
    /// First day in office, at the latest if `start_unsure`.
    pub start: Date,
    /// The source only shows that the person was in office that day.
    pub start_unsure: bool,
    /// Last day.
    pub end: TermEnd,
    /// Last day on which we count the person as in office: the end, or how far an open end reaches.
    pub until: Date,
}

macro_rules! offices {
    ($($variant:ident = $name:literal, $rank:literal, $sector:expr;)+) => {
        /// Sorts of offices, normalised over countries.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs)]
        pub enum OfficeKind { $($variant),+ }

        impl OfficeKind {
            /// All kinds.
            pub const ALL: &'static [OfficeKind] = &[$(OfficeKind::$variant),+];

            /// The name in the tables.
            pub fn name(self) -> &'static str {
                match self { $(OfficeKind::$variant => $name),+ }
            }

            /// How high: of several offices held at once the one with the lowest rank is named.
            pub fn rank(self) -> u8 {
                match self { $(OfficeKind::$variant => $rank),+ }
            }

            /// The sector of its holder; `None` for offices of international bodies.
            pub fn sector(self) -> Option<Sector> {
                match self { $(OfficeKind::$variant => $sector),+ }
            }

            /// The kind of that name.
            pub fn parse(name: &str) -> Option<OfficeKind> {
                OfficeKind::ALL.iter().copied().find(|kind| kind.name() == name)
            }
        }
    };
}

offices! {
    HeadOfGovernment = "head of government", 1, Some(Sector::Government);
    HeadOfState = "head of state", 0, Some(Sector::Government);
    International = "international", 2, None;
    Foreign = "foreign", 3, Some(Sector::Government);
    Defence = "defence", 4, Some(Sector::Government);
    DeputyHead = "deputy head", 5, Some(Sector::Government);
    Interior = "interior", 6, Some(Sector::Government);
    Finance = "finance", 6, Some(Sector::Government);
    Justice = "justice", 7, Some(Sector::Government);
    Spokesperson = "spokesperson", 7, Some(Sector::Government);
    Legislature = "legislature", 7, Some(Sector::Legislature);
    Military = "military", 7, Some(Sector::Military);
    Spy = "spy", 7, Some(Sector::Spy);
    Prosecutor = "prosecutor", 8, Some(Sector::Judiciary);
    Judge = "judge", 8, Some(Sector::Judiciary);
    Police = "police", 8, Some(Sector::Police);
    CentralBank = "central bank", 8, Some(Sector::Government);
    Minister = "minister", 8, Some(Sector::Government);
    GovernorGeneral = "governor general", 9, Some(Sector::Government);
    Party = "party", 9, Some(Sector::Party);
    Opposition = "opposition", 9, Some(Sector::Opposition);
    Rebel = "rebel", 9, Some(Sector::Rebel);
    Ambassador = "ambassador", 9, Some(Sector::Government);
    Deputy = "deputy", 10, Some(Sector::Government);
    Governor = "governor", 10, Some(Sector::Government);
    Mayor = "mayor", 11, Some(Sector::Government);
    Other = "other", 12, Some(Sector::Government);
    Spouse = "spouse", 13, Some(Sector::Elite);
}

impl OfficeKind {
    /// Whether a country has one holder at a time, so that a successor ends a term whose end is not known.
    pub fn is_single(self) -> bool {
        use OfficeKind::*;
        matches!(
            self,
            HeadOfState | HeadOfGovernment | Foreign | Defence | Interior | Finance | Justice | CentralBank
        )
    }
}

/// A role word or phrase and the sectors that it gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// The phrase, singular.
    pub name: SmolStr,
    /// Primary first.
    pub sectors: Vec<Sector>,
    /// A person, or a group or body.
    pub person: bool,
    /// The office that the role names.
    pub office: Option<OfficeKind>,
    /// International code of its bearers whatever their country ("aid workers": NGO); `-` where the surroundings do not tell their
    /// country ("diplomats"); mostly empty.
    pub code: SmolStr,
}
