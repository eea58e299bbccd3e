//! The gazetteer: places under all their names, found by the words of the text in one probe a word.
//!
//! Invariant: `names` is sorted by hash; an index into `places`, `countries` or `divisions` is always valid.

use super::name::{NameHash, hash_of};
use super::{PlaceEntry, PlacePrecision};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

/// What sort of place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A sovereign state or territory with a code.
    Country,
    /// A first-level division: state, province, oblast.
    Division,
    /// Another region: Donbas, Kashmir.
    Region,
    /// A town or city.
    City,
    /// A building, camp, crossing, base, dam, island.
    Site,
    /// A sea, strait, river, canal.
    Sea,
    /// A part of the world: the Sahel, the Middle East.
    Area,
}

/// What kind of seat a city is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Seat {
    /// None that counts.
    #[default]
    None,
    /// Of a first-level division.
    Division,
    /// Of a country.
    Country,
}

/// One place.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Canonical name.
    pub name: SmolStr,
    /// Index of its country; `None` for what crosses borders.
    pub country: Option<u16>,
    /// Index of its first-level division.
    pub division: Option<u16>,
    /// Degrees north, WGS 84; NaN where unknown.
    pub latitude: f32,
    /// Degrees east.
    pub longitude: f32,
    /// GeoNames id; 0 where it has none.
    pub geonames: u32,
    /// Inhabitants; 0 where unknown.
    pub population: u32,
    /// What sort.
    pub kind: Kind,
    /// Capital?
    pub seat: Seat,
}

/// A country's code and neighbours.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Country {
    /// ISO 3166-1 alpha-3; Kosovo is KOS.
    pub code: SmolStr,
    /// Codes of the countries it borders on.
    pub neighbours: Vec<SmolStr>,
}

/// All places.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    places: Vec<Place>,
    countries: Vec<Country>,
    country_index: FxHashMap<SmolStr, u16>,
    /// Names of the first-level divisions.
    divisions: Vec<SmolStr>,
    /// (hash of a name, place, whether it is the place's first name), sorted.
    names: Vec<(u64, u32, bool)>,
    /// The place that a country itself is, and its capital, by the country's index.
    lands: Vec<(Option<u32>, Option<u32>)>,
    /// For the first word of any name: the most words a name that starts so has.
    starts: FxHashMap<u64, u8>,
}

/// A place that bears a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bearer<'g> {
    pub index: u32,
    pub place: &'g Place,
    /// Whether the name is the place's usual one.
    pub usual: bool,
}

impl Gazetteer {
    /// Adds a country's code. Countries come before places.
    pub fn add_country(&mut self, country: Country) -> u16 {
        let index = self.countries.len() as u16;
        self.country_index.insert(country.code.clone(), index);
        self.countries.push(country);
        index
    }

    /// Adds a first-level division's name.
    pub fn add_division(&mut self, name: impl Into<SmolStr>) -> u16 {
        self.divisions.push(name.into());
        (self.divisions.len() - 1) as u16
    }

    /// The index of a country.
    pub fn country(&self, code: &str) -> Option<u16> {
        self.country_index.get(code).copied()
    }

    /// The country of an index.
    pub fn country_at(&self, index: u16) -> Option<&Country> {
        self.countries.get(usize::from(index))
    }

    /// Adds a place under its names, the usual one first, and gives its index. Call [`Gazetteer::finish`] after the last.
    pub fn add<'n>(&mut self, place: Place, names: impl IntoIterator<Item = &'n str>) -> u32 {
        let index = self.places.len() as u32;
        self.places.push(place);
        for (i, name) in names.into_iter().enumerate() {
            self.name(index, name, i == 0);
        }
        index
    }

    /// More names of a place that was added before.
    pub fn rename<'n>(&mut self, index: u32, names: impl IntoIterator<Item = &'n str>) {
        for name in names {
            self.name(index, name, false);
        }
    }

    /// More names of a country, the usual English one first.
    pub fn rename_country<'n>(&mut self, country: u16, names: impl IntoIterator<Item = &'n str>) {
        let Some(index) =
            self.places.iter().position(|p| p.kind == Kind::Country && p.country == Some(country))
        else {
            return;
        };
        for (i, name) in names.into_iter().enumerate() {
            if i == 0 {
                self.places[index].name = name.into();
            }
            self.name(index as u32, name, true);
        }
    }

    fn name(&mut self, index: u32, name: &str, usual: bool) {
        let (count, first, whole) = hash_of(name);
        if count == 0 {
            return;
        }
        self.names.push((whole.value(), index, usual));
        let longest = self.starts.entry(first.value()).or_default();
        *longest = (*longest).max(count.min(8) as u8);
    }

    /// Sorts the names; look-ups work from here on.
    pub fn finish(&mut self) {
        self.names.sort_unstable_by_key(|(hash, place, usual)| (*hash, *place, !*usual));
        self.names.dedup_by_key(|(hash, place, _)| (*hash, *place));
        self.names.shrink_to_fit();
        self.places.shrink_to_fit();
        self.lands = vec![(None, None); self.countries.len()];
        for (index, place) in self.places.iter().enumerate() {
            let Some(land) = place.country.and_then(|c| self.lands.get_mut(usize::from(c))) else { continue };
            match (place.kind, place.seat) {
                (Kind::Country, _) => land.0 = land.0.or(Some(index as u32)),
                (_, Seat::Country) => land.1 = land.1.or(Some(index as u32)),
                _ => {}
            }
        }
    }

    /// How many words the longest name has that starts with this word; 0 for none.
    pub(super) fn reach(&self, first: NameHash) -> usize {
        self.starts.get(&first.value()).map_or(0, |&n| usize::from(n))
    }

    /// All places that bear exactly this name.
    pub(super) fn bearers(&self, name: NameHash) -> impl Iterator<Item = Bearer<'_>> {
        let hash = name.value();
        let from = self.names.partition_point(|(h, _, _)| *h < hash);
        self.names[from..].iter().take_while(move |(h, _, _)| *h == hash).filter_map(|&(_, index, usual)| {
            let place = self.places.get(index as usize)?;
            Some(Bearer { index, place, usual })
        })
    }

    /// The place of that index.
    pub(super) fn place(&self, index: u32) -> Option<&Place> {
        self.places.get(index as usize)
    }

    /// The place that a country is.
    pub(super) fn country_place(&self, country: u16) -> Option<&Place> {
        self.lands.get(usize::from(country))?.0.and_then(|index| self.place(index))
    }

    /// The index of a country's capital.
    pub(super) fn capital_index(&self, country: u16) -> Option<u32> {
        self.lands.get(usize::from(country))?.1
    }

    /// What the pipeline hands on of a place.
    pub(super) fn entry(&self, place: &Place) -> PlaceEntry {
        let known = !place.latitude.is_nan();
        PlaceEntry {
            name: place.name.clone(),
            country: place.country.and_then(|c| self.country_at(c)).map(|c| c.code.clone()),
            admin1: place.division.and_then(|d| self.divisions.get(usize::from(d))).cloned(),
            coordinates: known.then(|| (degrees(place.latitude), degrees(place.longitude))),
            geonames_id: (place.geonames != 0).then_some(place.geonames),
            precision: match place.kind {
                Kind::Country => PlacePrecision::Country,
                Kind::Division | Kind::Region => PlacePrecision::Region,
                Kind::City => PlacePrecision::City,
                Kind::Site => PlacePrecision::Site,
                Kind::Sea | Kind::Area => PlacePrecision::Area,
            },
        }
    }

    /// How many places.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Bytes that the tables take in memory, by their lengths.
    pub fn bytes(&self) -> usize {
        let long = |name: &SmolStr| if name.is_heap_allocated() { name.len() } else { 0 };
        self.places.capacity() * size_of::<Place>()
            + self.names.capacity() * size_of::<(u64, u32, bool)>()
            + self.starts.capacity() * (size_of::<(u64, u8)>() + 1)
            + self.divisions.capacity() * size_of::<SmolStr>()
            + self.places.iter().map(|place| long(&place.name)).sum::<usize>()
    }
}

/// Three decimals are all that the tables know.
fn degrees(value: f32) -> f64 {
    (f64::from(value) * 1000.0).round() / 1000.0
}

/// Kilometres between two places on a sphere.
pub(super) fn distance(a: &Place, b: &Place) -> f32 {
    let (la, lb) = (a.latitude.to_radians(), b.latitude.to_radians());
    let half = |x: f32| (x / 2.0).sin().powi(2);
    let h = half(lb - la) + la.cos() * lb.cos() * half((b.longitude - a.longitude).to_radians());
    12_742.0 * h.sqrt().min(1.0).asin()
}
