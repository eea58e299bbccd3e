//! What a load run measured: how many, how fast, how late, and what failed.

use hdrhistogram::Histogram;
use std::collections::BTreeMap;
use std::time::Duration;
use tonic::Code;

/// Counts and latencies. Latencies are kept to three digits, up to a minute.
#[derive(Debug)]
pub struct Figures {
    /// Articles that were answered whole.
    pub answered: u64,
    /// The whole run.
    pub length: Duration,
    micros: Histogram<u64>,
    failures: BTreeMap<String, u64>,
}

impl Default for Figures {
    fn default() -> Self {
        let micros = Histogram::new_with_bounds(1, 60_000_000, 3);
        Figures {
            answered: 0,
            length: Duration::ZERO,
            // Bounds that are constants: they fit or no run would ever begin.
            micros: micros.unwrap_or_else(|_| unreachable!("constant bounds")),
            failures: BTreeMap::new(),
        }
    }
}

impl Figures {
    /// An article was answered whole so long after it was due.
    pub fn answered(&mut self, latency: Duration) {
        self.answered += 1;
        self.micros.saturating_record(latency.as_micros() as u64);
    }

    /// An article, or a call, failed.
    pub fn failed(&mut self, code: Code) {
        *self.failures.entry(format!("{code:?}")).or_default() += 1;
    }
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let rate = self.answered as f64 / self.length.as_secs_f64().max(1e-9);
        let at = |quantile: f64| self.micros.value_at_quantile(quantile) as f64 / 1e3;
        write!(f, "articles {} seconds {:.1} rate {rate:.1}/s", self.answered, self.length.as_secs_f64())?;
        write!(
            f,
            " ms p50 {:.2} p90 {:.2} p99 {:.2} p99.9 {:.2} max {:.2}",
            at(0.5),
            at(0.9),
            at(0.99),
            at(0.999),
            self.micros.max() as f64 / 1e3
        )?;
        let failures: Vec<String> =
            self.failures.iter().map(|(code, count)| format!("{code}={count}")).collect();
        write!(f, " failures {}", if failures.is_empty() { "0".to_owned() } else { failures.join(",") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_one_line() {
        let mut figures = Figures { length: Duration::from_secs(2), ..Figures::default() };
        for milliseconds in 1..=100 {
            figures.answered(Duration::from_millis(milliseconds));
        }
        figures.failed(Code::Unavailable);
        let line = figures.to_string();
        assert!(line.starts_with("articles 100 seconds 2.0 rate 50.0/s ms p50 50.0"), "{line}");
        assert!(line.ends_with("failures Unavailable=1"), "{line}");
    }
}
