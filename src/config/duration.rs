//! Lengths of time as people write them: `250ms`, `20s`, `5m`, `2h`, `1h 30m`; `0` is none.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A length of time, not negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span(std::time::Duration);

impl Span {
    /// So many seconds.
    pub const fn seconds(seconds: u64) -> Span {
        Span(std::time::Duration::from_secs(seconds))
    }

    /// So many milliseconds.
    pub const fn milliseconds(milliseconds: u64) -> Span {
        Span(std::time::Duration::from_millis(milliseconds))
    }

    /// As the standard library's type.
    pub const fn get(self) -> std::time::Duration {
        self.0
    }

    /// As the standard library's type; `None` for zero, which means no limit.
    pub fn limit(self) -> Option<std::time::Duration> {
        (!self.0.is_zero()).then_some(self.0)
    }

    fn parse(text: &str) -> Result<Span, String> {
        let wrong = || format!("`{text}` is no length of time such as `250ms`, `20s` or `5m`");
        if text.trim() == "0" {
            return Ok(Span::seconds(0));
        }
        let length: jiff::SignedDuration = text.parse().map_err(|_| wrong())?;
        std::time::Duration::try_from(length).map(Span).map_err(|_| wrong())
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}ms", self.0.as_millis()))
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Span, D::Error> {
        /// Text, or the number 0, which needs no unit.
        struct Either;
        impl de::Visitor<'_> for Either {
            type Value = Span;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a length of time such as `250ms`, `20s` or `5m`")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Span, E> {
                Span::parse(text).map_err(E::custom)
            }
            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Span, E> {
                Span::parse(&number.to_string()).map_err(E::custom)
            }
            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Span, E> {
                Span::parse(&number.to_string()).map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Either)
    }
}
