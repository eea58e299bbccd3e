//! The layers in their order, and the faults by their keys.

use super::*;

fn flags(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

fn fault(pairs: &[(&str, &str)]) -> String {
    Config::load(None, &flags(pairs)).expect_err("must be refused").to_string()
}

#[test]
fn the_defaults_work() {
    assert_eq!(Config::load(None, &[]).expect("valid"), Config::default());
}

#[test]
fn flags_win_over_the_file() {
    let folder = std::env::temp_dir().join(format!("demarche-config-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("demarche.toml");
    std::fs::write(&file, "[server]\nthreads = 3\ndrain_time = \"90s\"\n[limits]\nrate = 2\n")
        .expect("a file");
    let config = Config::load(Some(&file), &flags(&[("server.threads", "5")])).expect("valid");
    assert_eq!(config.server.threads, 5);
    assert_eq!(config.server.drain_time, Duration::seconds(90));
    assert_eq!(config.limits.rate, 2.0);

    std::fs::write(&file, "[limits]\nqueue_lenght = 3\n").expect("a file");
    let message = Config::load(Some(&file), &[]).expect_err("unknown key").to_string();
    assert!(message.contains("limits.queue_lenght") && message.contains("demarche.toml"), "{message}");
    std::fs::remove_dir_all(folder).expect("cleaned up");
}

#[test]
fn each_fault_names_its_key() {
    assert!(fault(&[("server.listen", "here")]).contains("server.listen: "));
    assert!(fault(&[("limits.queue_length", "0")]).contains("limits.queue_length: is 0"));
    assert!(fault(&[("limits.article_time", "soon")]).contains("limits.article_time: "));
    assert!(fault(&[("limits.article_time", "0")]).contains("limits.article_time: must be longer"));
    assert!(fault(&[("limits.rate", "-1")]).contains("limits.rate: "));
    assert!(fault(&[("tls.certificate", "/nowhere/a.pem")]).contains("tls.key: is missing"));
    assert!(fault(&[("auth.tokens", "/nowhere/tokens")]).contains("/nowhere/tokens: no such file"));
    assert!(fault(&[("nope.x", "1")]).contains("\n  nope: unknown field"));
    assert!(fault(&[("limits.nope", "1")]).contains("\n  limits.nope: unknown field"));
    assert!(fault(&[("limits.nope", "1")]).contains("from the command line"));
    assert!(fault(&[("log.format", "xml")]).contains("log.format: "));
    assert!(fault(&[("traces.endpoint", "https://far.example:4317")]).contains("traces.endpoint: "));
    assert!(fault(&[("traces.endpoint", "http://")]).contains("traces.endpoint: "));
    assert!(fault(&[("traces.sample", "1.5")]).contains("traces.sample: is 1.5"));
    let both = fault(&[("limits.bulk_window", "0"), ("limits.max_streams", "0")]);
    assert!(both.contains("limits.bulk_window") && both.contains("limits.max_streams"), "{both}");
}

#[test]
fn beyond_loopback_somebody_must_be_known() {
    assert!(fault(&[("server.listen", "0.0.0.0:50051")]).contains("auth.tokens"));
    let open = flags(&[("server.listen", "0.0.0.0:50051"), ("auth.anonymous", "true")]);
    assert!(Config::load(None, &open).is_ok());
    assert!(Config::load(None, &flags(&[("server.listen", "[::1]:0")])).is_ok());
}
