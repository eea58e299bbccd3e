//! Which countries an article speaks of, as a whole and sentence by sentence: what a name that several places bear is judged by.

use super::gazetteer::Gazetteer;
use rustc_hash::{FxHashMap, FxHashSet};

/// How strongly the article speaks of each country.
#[derive(Default)]
pub(super) struct Company {
    countries: FxHashMap<u16, f32>,
    sentences: FxHashMap<u32, Vec<(u16, f32)>>,
    /// First-level divisions of the towns that it names.
    pub divisions: FxHashSet<u16>,
}

impl Company {
    /// A sentence speaks of a country once more.
    pub fn note(&mut self, country: Option<u16>, sentence: u32, weight: f32) {
        let Some(country) = country else { return };
        *self.countries.entry(country).or_default() += weight;
        let here = self.sentences.entry(sentence).or_default();
        match here.iter_mut().find(|(known, _)| *known == country) {
            Some((_, sum)) => *sum += weight,
            None => here.push((country, weight)),
        }
    }

    /// The country that the sentence speaks of about twice as much as of any other; where it speaks of none, the article's.
    pub fn foremost(&self, sentence: u32) -> Option<u16> {
        match self.sentences.get(&sentence) {
            Some(here) => lead(here.iter().copied()).or_else(|| self.of_article()),
            None => self.of_article(),
        }
    }

    fn of_article(&self) -> Option<u16> {
        lead(self.countries.iter().map(|(&country, &weight)| (country, weight)))
    }

    /// 0 for a country that nothing speaks of, up to about 4. `own` is what the name at hand said itself, in the article and in the
    /// sentence: a name is no company for itself.
    pub fn support(&self, gazetteer: &Gazetteer, country: u16, sentence: u32, own: (f32, f32)) -> f32 {
        let grown = |weight: f32, own: f32| (1.0 + (weight - own).max(0.0)).ln();
        let article = self.countries.get(&country).map_or(0.0, |&w| grown(w, own.0));
        let here = self.sentences.get(&sentence).and_then(|here| here.iter().find(|(c, _)| *c == country));
        let here = here.map_or(0.0, |&(_, w)| grown(w, own.1));
        let beside = gazetteer.country_at(country).map_or(0.0, |c| {
            let near = c
                .neighbours
                .iter()
                .filter_map(|n| gazetteer.country(n))
                .filter_map(|n| self.countries.get(&n));
            near.fold(0.0f32, |best, w| best.max((1.0 + w).ln())) * 0.25
        });
        (1.2 * article).min(2.2) + (1.8 * here).min(2.4) + beside
    }
}

/// The heaviest, if it outweighs the next by far; ties go to the lower index.
fn lead(weights: impl Iterator<Item = (u16, f32)>) -> Option<u16> {
    let heavier = |a: (u16, f32), b: (u16, f32)| a.1 > b.1 || (a.1 == b.1 && a.0 < b.0);
    let (mut first, mut second): (Option<(u16, f32)>, f32) = (None, 0.0);
    for one in weights {
        match first {
            Some(best) if !heavier(one, best) => second = second.max(one.1),
            _ => {
                second = second.max(first.map_or(0.0, |best| best.1));
                first = Some(one);
            }
        }
    }
    first.filter(|best| best.1 >= 1.8 * second).map(|best| best.0)
}
