//! What the process tells of itself: log lines on standard error, for people or machines. Never the text of an article,
//! unless the configuration asks for it.

use crate::config::{Invalid, Log, LogFormat};
use std::io::IsTerminal;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt};

/// Starts telling. Once for the process; a second call changes nothing.
///
/// # Errors
/// `log.level` that is no list of directives.
pub fn start(log: &Log) -> Result<(), Invalid> {
    let filter = EnvFilter::try_new(&log.level)
        .map_err(|error| Invalid::one(format!("log.level: `{}`: {error}", log.level)))?;
    let lines = match log.format {
        LogFormat::Text => {
            let colour = std::io::stderr().is_terminal();
            fmt::layer().with_writer(std::io::stderr).with_ansi(colour).with_target(false).boxed()
        }
        LogFormat::Json => fmt::layer().json().flatten_event(true).with_writer(std::io::stderr).boxed(),
    };
    let _ = tracing_subscriber::registry().with(lines.with_filter(filter)).try_init();
    quiet_panics();
    Ok(())
}

/// Panics are told by their place alone: the message of a slice out of range quotes the text that it cut.
fn quiet_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let thread = std::thread::current().name().unwrap_or("unnamed").to_owned();
        tracing::error!(place, thread, "panic");
    }));
}
