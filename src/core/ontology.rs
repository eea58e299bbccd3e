//! PLOVER's closed lists: event types, modes with their intensities, contexts, sectors, statuses; one extension (STATEMENT).
//!
//! Source: the PLOVER manual, draft 2.0 (openeventdata, CC BY-SA 4.0), facts restated. Where the manual is silent or
//! contradicts itself the choice is explained in docs/ontology.md.

use serde::{Deserialize, Serialize};

macro_rules! closed_list {
    ($(#[$doc:meta])* $type:ident { $($variant:ident = $name:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[allow(missing_docs)]
        pub enum $type { $(#[serde(rename = $name)] $variant),+ }

        impl $type {
            /// All members, in the manual's order.
            pub const ALL: &'static [$type] = &[$($type::$variant),+];

            /// The name as PLOVER writes it.
            pub fn name(self) -> &'static str {
                match self { $($type::$variant => $name),+ }
            }

            /// The member of that name.
            pub fn parse(name: &str) -> Option<$type> {
                match name { $($name => Some($type::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }
    };
}

closed_list! {
    /// What was done.
    EventType {
        Agree = "AGREE", Consult = "CONSULT", Support = "SUPPORT", Concede = "CONCEDE", Cooperate = "COOPERATE",
        Aid = "AID", Retreat = "RETREAT", Request = "REQUEST", Accuse = "ACCUSE", Reject = "REJECT", Threaten = "THREATEN",
        Protest = "PROTEST", Sanction = "SANCTION", Mobilize = "MOBILIZE", Coerce = "COERCE", Assault = "ASSAULT",
        Statement = "STATEMENT",
    }
}

closed_list! {
    /// How it was done. Names repeat across types, so a mode means something only together with its type.
    Mode {
        Visit = "visit", ThirdParty = "third-party", Multilateral = "multilateral", Phone = "phone",
        Withdraw = "withdraw", Release = "release", Disarm = "disarm", Ceasefire = "ceasefire", Access = "access", Resign = "resign",
        Assist = "assist", Change = "change", Yield = "yield", Meet = "meet",
        Disapprove = "disapprove", Investigate = "investigate", Allege = "allege",
        Restrict = "restrict", Arrest = "arrest", Relations = "relations", Expel = "expel", Territory = "territory", Violence = "violence",
        Demo = "demo", Riot = "riot", Strike = "strike", Hunger = "hunger", Boycott = "boycott", Obstruct = "obstruct", Vandalize = "vandalize",
        Convict = "convict", Discontinue = "discontinue",
        Troops = "troops", Weapons = "weapons", Police = "police", Militia = "militia",
        Seize = "seize", Censor = "censor", Curfew = "curfew", MartialLaw = "martial-law", Deport = "deport",
        Withhold = "withhold", Misinformation = "misinformation", Cyber = "cyber",
        Abduct = "abduct", Beat = "beat", Torture = "torture", Sexual = "sexual", Targeted = "targeted", Destroy = "destroy",
        Primitive = "primitive", Firearms = "firearms", Explosives = "explosives", SuicideAttack = "suicide-attack",
        Aerial = "aerial", Drone = "drone", HeavyWeapons = "heavy-weapons", CrowdControl = "crowd-control",
        Unconventional = "unconventional",
    }
}

closed_list! {
    /// Whether it happened, as the article tells it.
    Status {
        Occurred = "OCCURRED", Ongoing = "ONGOING", Future = "FUTURE", Hypothetical = "HYPOTHETICAL", Negated = "NEGATED",
        Historical = "HISTORICAL",
    }
}

closed_list! {
    /// Why it was done: the issue at stake.
    Context {
        Military = "military", Intelligence = "intelligence", Executive = "executive", Legislative = "legislative",
        Election = "election", PoliticalInstitutions = "political_institutions", ProDemocracy = "pro_democracy",
        ProAutocracy = "pro_autocracy", Economic = "economic", Legal = "legal", Reparations = "reparations",
        HumanRights = "human_rights", RightsFreedoms = "rights_freedoms", Repression = "repression",
        HumanSecurity = "human_security", Gender = "gender", Lgbt = "lgbt", ReligionEthnicity = "religion_ethnicity",
        Inequality = "inequality", Diplomatic = "diplomatic", Territory = "territory", Peacekeeping = "peacekeeping",
        Health = "health", Asylum = "asylum", Migration = "migration", Disasters = "disasters",
        NaturalResource = "natural_resource", Environment = "environment", Technology = "technology",
        Terrorism = "terrorism", Cbrn = "cbrn", Cyber = "cyber", Misinformation = "misinformation", Crime = "crime",
        Corruption = "corruption", IllegalDrugs = "illegal_drugs", Trafficking = "trafficking",
    }
}

closed_list! {
    /// The role that a participant plays in its society.
    Sector {
        Police = "COP", Government = "GOV", Judiciary = "JUD", Legislature = "LEG", Military = "MIL", ProGovernmentParamilitary = "PRM",
        Party = "PTY", Rebel = "REB", Spy = "SPY", UnidentifiedArmed = "UAF", Unknown = "UNK", Agriculture = "AGR", Business = "BUS",
        Criminal = "CRM", Civilian = "CVL", Education = "EDU", Elite = "ELI", Journalist = "JRN", Labour = "LAB", Medical = "MED",
        Refugee = "REF", Opposition = "OPP", PartiallyRecognised = "PRE", Religious = "REL", Society = "SOC",
    }
}

/// Verbal or material, cooperation or conflict: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum QuadClass {
    VerbalCooperation = 1,
    MaterialCooperation = 2,
    VerbalConflict = 3,
    MaterialConflict = 4,
}

impl EventType {
    /// The quad class; STATEMENT, our extension, counts as verbal cooperation as CAMEO 01 does.
    pub fn quad_class(self) -> QuadClass {
        use EventType::*;
        match self {
            Statement | Agree | Consult | Support | Concede => QuadClass::VerbalCooperation,
            Cooperate | Aid | Retreat => QuadClass::MaterialCooperation,
            Request | Accuse | Reject | Threaten => QuadClass::VerbalConflict,
            Protest | Sanction | Mobilize | Coerce | Assault => QuadClass::MaterialConflict,
        }
    }

    /// The intensity of the bare type, −10..10.
    pub fn intensity(self) -> f32 {
        use EventType::*;
        match self {
            Statement => 0.0,
            Agree | Consult => 2.5,
            Support => 5.0,
            Concede => 4.5,
            Cooperate => 9.5,
            Aid => 10.0,
            Retreat => 6.5,
            Request => 0.0,
            Accuse => -3.0,
            Reject => -2.0,
            Threaten => -3.5,
            Protest => -5.0,
            Sanction => -6.0,
            Mobilize => -5.5,
            Coerce => -7.0,
            Assault => -9.0,
        }
    }

    /// The modes of this type with the intensity of each, −10..10; empty for the types that have none.
    pub fn modes(self) -> &'static [(Mode, f32)] {
        use EventType::*;
        use Mode::*;
        match self {
            Agree | Support | Concede | Cooperate | Aid | Statement => &[],
            Consult => &[(Visit, 4.0), (ThirdParty, 1.0), (Multilateral, 4.0), (Phone, 1.5)],
            Retreat => &[
                (Withdraw, 8.0),
                (Release, 6.5),
                (Disarm, 10.0),
                (Ceasefire, 7.5),
                (Access, 6.5),
                (Resign, 4.5),
            ],
            Request => &[(Assist, 0.5), (Change, -1.0), (Yield, -1.0), (Meet, 0.0)],
            Accuse => &[(Disapprove, -2.0), (Investigate, -3.5), (Allege, -3.5)],
            Reject => &[(Assist, -1.5), (Change, -2.0), (Yield, -2.0), (Meet, -2.0)],
            Threaten => &[
                (Restrict, -3.0),
                (Arrest, -3.5),
                (Relations, -3.5),
                (Expel, -3.5),
                (Territory, -4.0),
                (Violence, -3.5),
            ],
            Protest => &[
                (Demo, -5.0),
                (Riot, -7.0),
                (Mode::Strike, -5.0),
                (Hunger, -4.5),
                (Boycott, -4.5),
                (Obstruct, -4.5),
                (Vandalize, -4.5),
            ],
            Sanction => &[(Convict, -6.0), (Expel, -5.5), (Withdraw, -6.0), (Discontinue, -6.0)],
            Mobilize => &[(Troops, -6.5), (Weapons, -6.5), (Mode::Police, -5.5), (Militia, -6.0)],
            Coerce => &[
                (Seize, -7.0),
                (Restrict, -7.0),
                (Censor, -6.5),
                (Curfew, -6.5),
                (MartialLaw, -7.5),
                (Arrest, -7.0),
                (Deport, -7.0),
                (Withhold, -7.0),
                (Mode::Misinformation, -6.5),
                (Mode::Cyber, -7.0),
            ],
            Assault => &[
                (Abduct, -8.5),
                (Beat, -7.5),
                (Torture, -8.5),
                (Sexual, -8.5),
                (Targeted, -9.5),
                (Destroy, -8.5),
                (Primitive, -8.0),
                (Firearms, -9.0),
                (Explosives, -9.0),
                (SuicideAttack, -9.5),
                (Aerial, -9.5),
                (Drone, -9.5),
                (HeavyWeapons, -9.5),
                (CrowdControl, -7.5),
                (Unconventional, -10.0),
            ],
        }
    }

    /// The mode of this type with that name.
    pub fn mode(self, name: &str) -> Option<Mode> {
        self.modes().iter().map(|&(mode, _)| mode).find(|mode| mode.name() == name)
    }

    /// The intensity of (type, mode), −10..10; the bare type's where the mode is absent or not of this type.
    pub fn intensity_with(self, mode: Option<Mode>) -> f32 {
        mode.and_then(|wanted| self.modes().iter().find(|&&(mode, _)| mode == wanted))
            .map_or(self.intensity(), |&(_, score)| score)
    }

    /// Whether the manual wants a recipient (COOPERATE, AID, SANCTION, MOBILIZE, COERCE).
    pub fn wants_recipient(self) -> bool {
        use EventType::*;
        matches!(self, Cooperate | Aid | Sanction | Mobilize | Coerce)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_counts_67_pairs_37_contexts_25_sectors() {
        let pairs: usize = EventType::ALL.iter().map(|event_type| event_type.modes().len()).sum();
        assert_eq!(pairs, 67);
        assert_eq!(Context::ALL.len(), 37);
        assert_eq!(Sector::ALL.len(), 25);
        assert_eq!(EventType::ALL.len(), 16 + 1);
    }
}
