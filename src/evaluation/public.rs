//! The public data sets beside the gold corpus: which there are, where they lie, how each is scored.

use super::report::Table;
use crate::core::pipeline::Pipeline;
use std::path::Path;

/// A public data set.
pub struct Set {
    /// Its name on the command line (`--only`).
    pub name: &'static str,
    /// A path under the data folder whose presence says that the set is there.
    pub path: &'static str,
    /// Scores it; the first argument is the data folder.
    pub score: fn(&Path, &Pipeline) -> Result<Vec<Table>, String>,
}

/// All of them, in the order in which they are printed.
pub const SETS: &[Set] = &[
    Set { name: "syntax", path: "syntax/ewt-test.conllu", score: super::syntax::score },
    Set {
        name: "leaders",
        path: "actors/reign_leaders_to_2021-03.csv",
        score: super::actors::leaders::score,
    },
    Set {
        name: "petrarch2",
        path: "actors/petrarch2/Phoenix.Countries.actors.txt",
        score: super::actors::names::score,
    },
    Set { name: "participants", path: "events/plv_train.tsv", score: super::actors::participants::pairs },
    Set { name: "links", path: "raw/wp_current_events.jsonl", score: super::actors::links::score },
    Set { name: "wikigold", path: "ner/wikigold.conll", score: super::actors::wikigold::score },
    Set { name: "status", path: "status/uds_ih2-test.jsonl", score: super::status::score },
    Set { name: "time", path: "time/recognizers_text", score: super::time::score },
    Set { name: "geovirus", path: "place/geovirus.xml", score: super::place::geovirus },
    Set { name: "links", path: "raw/wp_current_events.jsonl", score: super::place::links },
];
