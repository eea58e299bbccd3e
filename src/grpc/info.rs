//! What the server is made of, for `GetServiceInfo`: build, tables, models, and the ontology as core knows it.

use super::contract::v1;
use super::to_proto::event_type;
use crate::core::ontology::{Context, EventType, Sector};

/// Written by build.rs.
#[allow(missing_docs)]
mod build {
    include!(concat!(env!("OUT_DIR"), "/build_info.rs"));
}

/// The version of the program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The answer to `GetServiceInfo` of a server with these limits; `own` are the user's tables that lie over the built-in ones.
pub fn service_info(limits: v1::ServiceLimits, own: &[v1::Resource]) -> v1::GetServiceInfoResponse {
    v1::GetServiceInfoResponse {
        version: VERSION.to_owned(),
        build: Some(v1::BuildInfo {
            commit: build::COMMIT.to_owned(),
            commit_date: build::COMMIT_DATE.to_owned(),
            target: build::TARGET.to_owned(),
            compiler: build::COMPILER.to_owned(),
        }),
        tables: tables().into_iter().chain(own.iter().cloned()).collect(),
        models: models(),
        limits: Some(limits),
        ontology: Some(ontology()),
        languages: vec!["en".to_owned()],
    }
}

/// The commit that the program was built from, abbreviated; empty if unknown.
pub fn commit() -> &'static str {
    build::COMMIT
}

/// The hand-kept tables inside the program.
pub fn tables() -> Vec<v1::Resource> {
    resources(build::TABLES)
}

/// A user's table as it was read: its path, hash and size.
pub fn own_table(path: &str, text: &str) -> v1::Resource {
    v1::Resource {
        name: path.to_owned(),
        hash: format!("{:016x}", xxhash_rust::xxh3::xxh3_64(text.as_bytes())),
        size: text.len() as u64,
        date: String::new(),
    }
}

/// The trained models inside the program.
pub fn models() -> Vec<v1::Resource> {
    resources(build::MODELS)
}

fn resources(list: &[(&str, u64, u64, &str)]) -> Vec<v1::Resource> {
    let resource = |&(name, hash, size, date): &(&str, u64, u64, &str)| v1::Resource {
        name: name.to_owned(),
        hash: format!("{hash:016x}"),
        size,
        date: date.to_owned(),
    };
    list.iter().map(resource).collect()
}

fn ontology() -> v1::Ontology {
    let type_info = |&kind: &EventType| v1::EventTypeInfo {
        r#type: event_type(kind).into(),
        name: kind.name().to_owned(),
        quad_class: kind.quad_class() as i32,
        intensity: kind.intensity().into(),
        modes: kind
            .modes()
            .iter()
            .map(|&(mode, intensity)| v1::ModeInfo {
                name: mode.name().to_owned(),
                intensity: intensity.into(),
            })
            .collect(),
    };
    v1::Ontology {
        event_types: EventType::ALL.iter().map(type_info).collect(),
        contexts: Context::ALL.iter().map(|context| context.name().to_owned()).collect(),
        sectors: Sector::ALL.iter().map(|sector| sector.name().to_owned()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_ontology_is_told() {
        let info = service_info(v1::ServiceLimits::default(), &[]);
        let ontology = info.ontology.expect("always there");
        assert_eq!(ontology.event_types.iter().map(|kind| kind.modes.len()).sum::<usize>(), 67);
        assert_eq!(ontology.contexts.len(), 37);
        assert_eq!(ontology.sectors.len(), 25);
    }
}
