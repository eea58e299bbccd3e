//! Compiles the contract (no protoc needed) and writes down what the program is built from: commit, tables, models.

#[cfg(feature = "server")]
use std::path::Path;
use std::path::PathBuf;
#[cfg(feature = "server")]
use std::process::Command;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    println!("cargo:rerun-if-changed=build.rs");
    #[cfg(feature = "server")]
    {
        contract(&out)?;
        build_info(&out)?;
    }
    let _ = out;
    Ok(())
}

/// The Rust types of proto/, their JSON mapping, and the descriptors that reflection serves.
#[cfg(feature = "server")]
fn contract(out: &Path) -> Result<(), Failure> {
    use prost::Message;
    const SERVICE: &str = "demarche/v1/extraction_service.proto";
    println!("cargo:rerun-if-changed=proto");
    let descriptors = protox::compile([SERVICE], ["proto"])?;
    let encoded = descriptors.encode_to_vec();
    std::fs::write(out.join("descriptors.bin"), &encoded)?;
    // Both settings are needed together: the well-known types come from pbjson-types, which knows their JSON.
    tonic_prost_build::configure()
        // src/grpc/service.rs is the server: it answers a message that does not decode without ending its stream.
        .build_server(false)
        .compile_well_known_types(true)
        .extern_path(".google.protobuf", "::pbjson_types")
        .compile_fds(descriptors)?;
    pbjson_build::Builder::new().register_descriptors(&encoded)?.build(&[".demarche.v1", ".google.rpc"])?;
    Ok(())
}

/// Constants for `GetServiceInfo`. Outside a git repository, dates and commit stay empty; hashes never do.
#[cfg(feature = "server")]
fn build_info(out: &Path) -> Result<(), Failure> {
    println!("cargo:rerun-if-changed=data");
    println!("cargo:rerun-if-changed=models");
    if let Some(head) = git(&["rev-parse", "--git-path", "logs/HEAD"]) {
        println!("cargo:rerun-if-changed={head}");
    }
    let mut code = String::new();
    for (name, value) in [
        ("COMMIT", git(&["rev-parse", "--short=12", "HEAD"])),
        ("COMMIT_DATE", git(&["log", "-1", "--format=%cs"])),
        ("TARGET", std::env::var("TARGET").ok()),
        ("COMPILER", compiler()),
    ] {
        code += &format!("pub const {name}: &str = {:?};\n", value.unwrap_or_default());
    }
    for (name, folder) in [("TABLES", "data"), ("MODELS", "models")] {
        code += &format!("pub const {name}: &[(&str, u64, u64, &str)] = &[\n");
        for path in files_below(Path::new(folder))? {
            let bytes = std::fs::read(&path)?;
            let name = path.to_string_lossy().replace('\\', "/");
            let date = git(&["log", "-1", "--format=%cs", "--", &name]).unwrap_or_default();
            let hash = xxhash_rust::xxh3::xxh3_64(&bytes);
            code += &format!("    ({name:?}, {hash:#018x}, {}, {date:?}),\n", bytes.len());
        }
        code += "];\n";
    }
    std::fs::write(out.join("build_info.rs"), code)?;
    Ok(())
}

/// Every table or model below `folder`, sorted; none where the folder is missing. Texts for people are left out.
#[cfg(feature = "server")]
fn files_below(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension != "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(feature = "server")]
fn compiler() -> Option<String> {
    let output = Command::new(std::env::var("RUSTC").ok()?).arg("--version").output().ok()?;
    Some(String::from_utf8(output.stdout).ok()?.split(" (").next()?.trim().to_owned())
}

#[cfg(feature = "server")]
fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !text.is_empty()).then_some(text)
}
