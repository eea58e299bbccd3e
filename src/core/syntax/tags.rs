//! Word classes (UPOS), Penn tags (XPOS) and the morphology that events need.

macro_rules! tags {
    ($(#[$doc:meta])* $type:ident { $($variant:ident = $name:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        #[allow(missing_docs)]
        pub enum $type { $($variant),+ }

        impl $type {
            /// All tags, in the order of their numbers.
            pub const ALL: &'static [$type] = &[$($type::$variant),+];

            /// The tag as the treebanks write it.
            pub fn name(self) -> &'static str {
                match self { $($type::$variant => $name),+ }
            }

            /// The tag of that name.
            pub fn parse(name: &str) -> Option<$type> {
                match name { $($name => Some($type::$variant),)+ _ => None }
            }
        }
    };
}

tags! {
    /// Universal part of speech, UD v2.
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
        Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM",
        Verb = "VERB", X = "X",
    }
}

tags! {
    /// Penn Treebank tag as UD English uses it.
    Xpos {
        NN = "NN", NNS = "NNS", NNP = "NNP", NNPS = "NNPS", VB = "VB", VBD = "VBD", VBG = "VBG", VBN = "VBN", VBP = "VBP",
        VBZ = "VBZ", MD = "MD", JJ = "JJ", JJR = "JJR", JJS = "JJS", RB = "RB", RBR = "RBR", RBS = "RBS", RP = "RP", IN = "IN",
        TO = "TO", DT = "DT", PDT = "PDT", CC = "CC", CD = "CD", PRP = "PRP", PRPS = "PRP$", WP = "WP", WPS = "WP$", WDT = "WDT",
        WRB = "WRB", EX = "EX", POS = "POS", UH = "UH", FW = "FW", LS = "LS", SYM = "SYM", GW = "GW", AFX = "AFX", ADD = "ADD",
        NFP = "NFP", HYPH = "HYPH", Dollar = "$", LRB = "-LRB-", RRB = "-RRB-", OpenQuote = "``", CloseQuote = "''",
        Comma = ",", Period = ".", Colon = ":",
    }
}

/// Morphological features as a set of flags: tense, verb form, voice, person, number, mood, and what pronouns need.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Morph(pub u32);

macro_rules! features {
    ($($constant:ident = $bit:literal, $name:literal;)+) => {
        impl Morph {
            $(#[doc = concat!("`", $name, "`")] pub const $constant: Morph = Morph(1 << $bit);)+

            /// Every feature with its UD spelling.
            pub const ALL: &'static [(Morph, &'static str)] = &[$((Morph::$constant, $name)),+];
        }
    };
}

features! {
    PAST = 0, "Tense=Past"; PRESENT = 1, "Tense=Pres";
    FINITE = 2, "VerbForm=Fin"; INFINITIVE = 3, "VerbForm=Inf"; PARTICIPLE = 4, "VerbForm=Part"; GERUND = 5, "VerbForm=Ger";
    PASSIVE = 6, "Voice=Pass";
    INDICATIVE = 7, "Mood=Ind"; IMPERATIVE = 8, "Mood=Imp"; SUBJUNCTIVE = 9, "Mood=Sub";
    FIRST = 10, "Person=1"; SECOND = 11, "Person=2"; THIRD = 12, "Person=3";
    SINGULAR = 13, "Number=Sing"; PLURAL = 14, "Number=Plur";
    MASCULINE = 15, "Gender=Masc"; FEMININE = 16, "Gender=Fem"; NEUTER = 17, "Gender=Neut";
    POSSESSIVE = 18, "Poss=Yes"; REFLEXIVE = 19, "Reflex=Yes";
    PERSONAL = 20, "PronType=Prs"; RELATIVE = 21, "PronType=Rel"; DEMONSTRATIVE = 22, "PronType=Dem";
    INTERROGATIVE = 23, "PronType=Int"; RECIPROCAL = 24, "PronType=Rcp"; DEFINITE = 25, "Definite=Def"; INDEFINITE = 26, "Definite=Ind";
    NEGATIVE = 27, "Polarity=Neg";
}

impl Morph {
    /// Whether every feature of `other` is set.
    pub fn has(self, other: Morph) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both sets together.
    pub fn with(self, other: Morph) -> Morph {
        Morph(self.0 | other.0)
    }
}
