//! What is seen of a country beside a description that names none, in words that learned weights know.

use crate::core::choice::{Sink, say};
use crate::core::ontology::Sector;
use crate::core::syntax::Sentence;
use smol_str::SmolStr;

/// How the mention of a country, or the description, stands in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    Doer,
    Undergoer,
    Other,
    Place,
    Motion,
}

impl Stand {
    const ALL: [Stand; 5] = [Stand::Doer, Stand::Undergoer, Stand::Other, Stand::Place, Stand::Motion];

    fn name(self) -> &'static str {
        match self {
            Stand::Doer => "doer",
            Stand::Undergoer => "undergoer",
            Stand::Other => "other",
            Stand::Place => "place",
            Stand::Motion => "motion",
        }
    }
}

/// Codes of what belongs to no country.
pub(super) const INTERNATIONAL: [&str; 7] = ["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"];

/// A country that a description may be of, as seen from there.
#[derive(Clone, Debug, Default)]
pub(super) struct Sight {
    pub code: SmolStr,
    /// Whether its sentence names it.
    pub here: bool,
    /// Bits: stand of a mention × 2, + 1 in the description's own clause.
    pub stands: u16,
    pub before: bool,
    pub nearest: bool,
    /// Of all countries named before the description the last.
    pub last: bool,
    /// Named inside a larger phrase.
    pub inside: bool,
    /// The mention hangs under the description.
    pub attached: bool,
    pub coordinated: bool,
    pub governs: bool,
    pub governed: bool,
    /// Somebody of the same sector is of that country.
    pub alike: bool,
    /// Bits of stands in another clause, where the description speaks.
    pub heard: u16,
    /// It speaks of the description's clause.
    pub hears: bool,
    pub form: &'static str,
    /// Shares of what was said before, of the whole article, of its places.
    pub earlier: f32,
    pub article: f32,
    pub placed: f32,
    pub foremost: bool,
    pub most_placed: bool,
    /// It was the last scene, or the country given to the last description: that many sentences ago.
    pub scene: Option<u32>,
    pub given: Option<u32>,
    /// Named, or named alone, in what stands before in the paragraph.
    pub paragraph: bool,
    pub alone: bool,
    pub first: bool,
    pub dateline: bool,
    pub international: bool,
    /// The last of the same role, of the same sector was of that country.
    pub same_role: bool,
    pub same_sector: bool,
}

impl Sight {
    /// Whether the paragraph has named no other country, and this one just now as the place where something happens.
    pub fn is_scene_of_paragraph(&self) -> bool {
        self.alone && self.scene.is_some_and(|since| since < 2)
    }
}

/// The description whose country is asked for.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub stand: Stand,
    pub class: &'static str,
    /// The noun of its role.
    pub role: SmolStr,
    /// The verb of its clause.
    pub verb: SmolStr,
    pub speaks: bool,
    pub definite: bool,
    pub plural: bool,
    /// How many countries its sentence names.
    pub here: usize,
    /// How many countries may be meant.
    pub all: usize,
    /// Whether the text is longer than a few sentences.
    pub article: bool,
    /// Whether it has a dateline with a country.
    pub dateline: bool,
    /// Whether the sentence names an international body.
    pub international: bool,
}

impl Asked {
    /// What speaks for a country.
    pub fn tell(&self, sight: &Sight, take: &mut dyn FnMut(&str)) {
        let sink = &mut Sink::new(take);
        let own = self.stand.name();
        let (class, role) = (self.class, self.role.as_str());
        if sight.here {
            self.tell_here(sight, sink);
        } else {
            say!(sink, "away");
            say!(sink, "away {class} {} here", self.here.min(2));
            say!(sink, "away {role}");
        }
        let share = |share: f32| match share {
            0.0 => "no",
            x if x < 0.25 => "little",
            x if x < 0.5 => "some",
            x if x < 0.75 => "much",
            _ => "all",
        };
        let here = sight.here;
        say!(sink, "earlier {} {class}", share(sight.earlier));
        say!(sink, "earlier {} {own} here {here}", share(sight.earlier));
        say!(sink, "article {} here {here}", share(sight.article));
        say!(sink, "article {} of {} here {here}", share(sight.article), self.all.min(8) / 2);
        let mut flag = |set: bool, name: &str| {
            if set {
                say!(sink, "{name} {class}");
                say!(sink, "{name} {role}");
                say!(sink, "{name} here {here}");
            }
        };
        flag(sight.foremost, "foremost");
        flag(sight.most_placed, "most placed");
        flag(sight.dateline, "dateline");
        flag(sight.paragraph, "in the paragraph");
        flag(sight.alone, "alone in the paragraph");
        flag(sight.is_scene_of_paragraph(), "scene of the paragraph");
        flag(sight.last, "last");
        flag(sight.same_sector, "sector as before");
        for (since, name) in [(sight.scene, "scene"), (sight.given, "given")] {
            let Some(since) = since else { continue };
            let since = match since {
                0..=1 => "just now",
                2..=3 => "lately",
                _ => "once",
            };
            say!(sink, "{name} {since} {class} here {}", self.here.min(1));
            say!(sink, "{name} {since} {role}");
        }
        if sight.placed > 0.0 {
            say!(sink, "placed {} {class} here {here}", share(sight.placed));
        }
        if sight.first {
            say!(sink, "first {class}");
        }
        if sight.same_role {
            say!(sink, "role as before");
            say!(sink, "role as before {class}");
        }
        if sight.international {
            say!(sink, "{}", sight.code);
            say!(sink, "international {class} definite {}", self.definite);
            say!(sink, "international here {here}");
            say!(sink, "international {role}");
        }
    }

    /// What the sentence says of it.
    fn tell_here(&self, sight: &Sight, sink: &mut Sink) {
        let own = self.stand.name();
        let (class, role) = (self.class, self.role.as_str());
        say!(sink, "here");
        say!(sink, "here {} {class}", sight.form);
        for (i, stand) in Stand::ALL.into_iter().enumerate() {
            let name = stand.name();
            for same in [0, 1] {
                if sight.stands & (1 << (i * 2 + same)) != 0 {
                    say!(sink, "{own} {name} same {same}");
                    say!(sink, "{class} {name}");
                    say!(sink, "{role} {name}");
                    say!(sink, "{name} {} same {same}", sight.form);
                    if same == 1 {
                        say!(sink, "verb {} {own} {name}", self.verb);
                    }
                }
            }
            if sight.heard & (1 << i) != 0 {
                say!(sink, "heard {name}");
            }
        }
        let mut flag = |set: bool, name: &str| {
            if set {
                say!(sink, "{name}");
                say!(sink, "{name} {class}");
                say!(sink, "{name} {own}");
            }
        };
        flag(sight.before, "before");
        flag(sight.nearest, "nearest");
        flag(sight.attached, "attached");
        flag(sight.coordinated, "coordinated");
        flag(sight.governs, "governs");
        flag(sight.governed, "governed");
        flag(sight.inside, "inside");
        flag(sight.alike, "alike");
        flag(sight.hears, "hears");
        if sight.nearest {
            say!(sink, "nearest {role}");
        }
        if self.here == 1 {
            say!(sink, "alone {class}");
        }
    }

    /// What speaks for none.
    pub fn tell_none(&self, sights: &[Sight], take: &mut dyn FnMut(&str)) {
        let sink = &mut Sink::new(take);
        let class = self.class;
        let (here, all) = (self.here.min(3), sights.len().min(4));
        say!(sink, "none");
        say!(sink, "none {class}");
        say!(sink, "none {}", self.role);
        say!(sink, "none {here} here");
        say!(sink, "none {all} in all");
        say!(sink, "none definite {} {here} here", self.definite);
        say!(sink, "none {class} definite {} plural {}", self.definite, self.plural);
        say!(sink, "none {} {here} here", self.stand.name());
        say!(sink, "none article {} dateline {}", self.article, self.dateline);
        say!(sink, "none speaks {}", self.speaks);
        if self.international {
            say!(sink, "none international {class}");
        }
    }
}

/// What sort of people the description means: armed, of the state, all others.
pub(super) fn class(sector: Option<&Sector>) -> &'static str {
    use Sector::*;
    match sector {
        Some(Military | Police | Rebel | UnidentifiedArmed | ProGovernmentParamilitary | Criminal | Spy) => {
            "armed"
        }
        Some(Government | Legislature | Judiciary | Party | Opposition | Elite) => "state",
        _ => "people",
    }
}

/// Whether the clause reports speech.
pub(super) fn speaks(sentence: &Sentence, clause: u32) -> bool {
    matches!(
        sentence.lemma(clause),
        "say"
            | "tell"
            | "report"
            | "announce"
            | "add"
            | "warn"
            | "claim"
            | "state"
            | "confirm"
            | "believe"
            | "write"
            | "insist"
            | "admit"
            | "note"
            | "explain"
            | "recall"
            | "recount"
            | "allege"
            | "quote"
            | "suspect"
            | "think"
    )
}
