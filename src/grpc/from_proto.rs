//! Requests → core's types. Every field from outside is checked here; what is wrong is told field by field.

use super::contract::v1;
use crate::core::extraction::Options;
use crate::core::ontology::EventType;
use crate::core::text::Article;
use jiff::civil::Date;
use tonic_types::FieldViolation;

/// Longest `article_id`, `language`, and longest `title`, `source` or `url`, in bytes.
const MAX_ID: usize = 512;
const MAX_LANGUAGE: usize = 64;
const MAX_LINE: usize = 8192;

/// A request that keeps the contract.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// What to read.
    pub article: Article,
    /// What to deliver.
    pub options: Options,
    /// The unit of the answer's offsets.
    pub encoding: v1::OffsetEncoding,
}

/// Checks a request. `max_text` is the longest text in bytes.
///
/// # Errors
/// Every field that breaks the contract, by its path.
pub fn request(
    article: Option<v1::Article>,
    options: Option<v1::ExtractionOptions>,
    max_text: usize,
) -> Result<Request, Vec<FieldViolation>> {
    let mut faults = Faults::default();
    let article = match article {
        Some(article) => read_article(article, max_text, &mut faults),
        None => {
            faults.add("article", "is required".to_owned());
            Article::default()
        }
    };
    let (options, encoding) = read_options(options.unwrap_or_default(), &mut faults);
    if faults.0.is_empty() { Ok(Request { article, options, encoding }) } else { Err(faults.0) }
}

#[derive(Default)]
struct Faults(Vec<FieldViolation>);

impl Faults {
    fn add(&mut self, field: &str, description: String) {
        self.0.push(FieldViolation::new(field, description));
    }

    fn check_length(&mut self, field: &str, value: &str, limit: usize) {
        if value.len() > limit {
            self.add(field, format!("has {} bytes; at most {limit} are allowed", value.len()));
        }
    }
}

fn read_article(article: v1::Article, max_text: usize, faults: &mut Faults) -> Article {
    if article.text.trim().is_empty() {
        faults.add("article.text", "is empty; give the body of the article".to_owned());
    }
    faults.check_length("article.text", &article.text, max_text);
    faults.check_length("article.article_id", &article.article_id, MAX_ID);
    if article.article_id.chars().any(char::is_control) {
        faults.add("article.article_id", "holds control characters".to_owned());
    }
    faults.check_length("article.title", &article.title, MAX_LINE);
    faults.check_length("article.source", &article.source, MAX_LINE);
    faults.check_length("article.url", &article.url, MAX_LINE);
    let language_ok = article.language.len() <= MAX_LANGUAGE
        && article.language.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !language_ok {
        faults.add("article.language", "is no BCP 47 tag such as `en` or `en-GB`".to_owned());
    }
    let published = published(&article, faults);
    Article {
        id: article.article_id,
        title: article.title,
        text: article.text,
        published,
        language: article.language,
        source: article.source,
        url: article.url,
    }
}

fn published(article: &v1::Article, faults: &mut Faults) -> Option<Date> {
    let day = article.published_at.as_ref().and_then(|timestamp| {
        let day = day_of(timestamp.seconds, timestamp.nanos);
        if day.is_none() {
            let message =
                format!("{} s {} ns lies outside the years 1 to 9999", timestamp.seconds, timestamp.nanos);
            faults.add("article.published_at", message);
        }
        day
    });
    if article.published_date.is_empty() {
        return day;
    }
    match article.published_date.parse::<Date>() {
        Ok(date) if date.year() >= 1 && article.published_date.len() == "2023-05-10".len() => Some(date),
        _ => {
            faults.add("article.published_date", "is no calendar day as YYYY-MM-DD".to_owned());
            None
        }
    }
}

/// The UTC day of a protobuf timestamp, whose range is the years 1 to 9999.
fn day_of(seconds: i64, nanos: i32) -> Option<Date> {
    if !(0..1_000_000_000).contains(&nanos) {
        return None;
    }
    let days = i32::try_from(seconds.div_euclid(86_400)).ok()?;
    let day = Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
    (1..=9999).contains(&day.year()).then_some(day)
}

fn read_options(options: v1::ExtractionOptions, faults: &mut Faults) -> (Options, v1::OffsetEncoding) {
    let mut event_types = Vec::new();
    for (at, &number) in options.event_types.iter().enumerate() {
        match v1::EventType::try_from(number).ok().and_then(event_type) {
            // A filter is a set: what is named twice is kept once, so that its length is bounded by the ontology.
            Some(found) if event_types.contains(&found) => {}
            Some(found) => event_types.push(found),
            None => {
                let message = format!("{number} is no event type; GetServiceInfo lists them");
                faults.add(&format!("options.event_types[{at}]"), message);
                break;
            }
        }
    }
    if !(0.0..=1.0).contains(&options.min_confidence) {
        faults.add("options.min_confidence", format!("is {}; it must lie in 0..1", options.min_confidence));
    }
    let encoding = v1::OffsetEncoding::try_from(options.offset_encoding).unwrap_or_else(|_| {
        faults.add("options.offset_encoding", format!("{} is no offset encoding", options.offset_encoding));
        v1::OffsetEncoding::Unspecified
    });
    let options = Options {
        event_types,
        include_statements: options.include_statements,
        include_negated: options.include_negated,
        include_historical: options.include_historical.unwrap_or(true),
        min_confidence: options.min_confidence as f32,
        explain: options.explain,
    };
    (options, encoding)
}

/// The type of that enum value; none for UNSPECIFIED.
fn event_type(value: v1::EventType) -> Option<EventType> {
    EventType::parse(value.as_str_name().strip_prefix("EVENT_TYPE_")?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use pbjson_types::Timestamp;

    fn article(text: &str) -> v1::Article {
        v1::Article { text: text.to_owned(), ..Default::default() }
    }

    /// The fields that are refused.
    fn refused(article: Option<v1::Article>, options: v1::ExtractionOptions) -> Vec<String> {
        match request(article, Some(options), 1000) {
            Ok(_) => Vec::new(),
            Err(faults) => faults.into_iter().map(|fault| fault.field).collect(),
        }
    }

    fn timestamp(seconds: i64, nanos: i32) -> v1::Article {
        v1::Article { published_at: Some(Timestamp { seconds, nanos }), ..article("x") }
    }

    #[test]
    fn the_text_is_all_that_is_needed() {
        let read = request(Some(article("Envoys met.")), None, 1000).expect("valid");
        assert_eq!(read.article.text, "Envoys met.");
        assert_eq!(read.article.published, None);
        assert_eq!(read.options, Options::default());
        assert_eq!(read.encoding, v1::OffsetEncoding::Unspecified);
    }

    #[test]
    fn every_fault_is_named_by_its_field() {
        let bad = v1::Article {
            article_id: "a\u{0}".to_owned(),
            text: " \n".to_owned(),
            language: "not a tag".to_owned(),
            published_date: "2023-02-30".to_owned(),
            ..Default::default()
        };
        let options = v1::ExtractionOptions {
            event_types: vec![2, 99],
            min_confidence: f64::NAN,
            offset_encoding: 7,
            ..Default::default()
        };
        assert_eq!(
            refused(Some(bad), options),
            [
                "article.text",
                "article.article_id",
                "article.language",
                "article.published_date",
                "options.event_types[1]",
                "options.min_confidence",
                "options.offset_encoding"
            ]
        );
        assert_eq!(refused(None, Default::default()), ["article"]);
        assert_eq!(refused(Some(article(&"x".repeat(1001))), Default::default()), ["article.text"]);
        let unspecified = v1::ExtractionOptions { event_types: vec![0], ..Default::default() };
        assert_eq!(refused(Some(article("x")), unspecified), ["options.event_types[0]"]);
    }

    #[test]
    fn days_are_those_of_utc_between_the_years_1_and_9999() {
        assert_eq!(day_of(0, 0), Some(date(1970, 1, 1)));
        assert_eq!(day_of(-1, 999_999_999), Some(date(1969, 12, 31)));
        assert_eq!(day_of(1_683_763_199, 0), Some(date(2023, 5, 10)));
        assert_eq!(day_of(-62_135_596_800, 0), Some(date(1, 1, 1)));
        assert_eq!(day_of(253_402_300_799, 0), Some(date(9999, 12, 31)));
        for (seconds, nanos) in
            [(-62_135_596_801, 0), (253_402_300_800, 0), (i64::MAX, 0), (i64::MIN, 0), (0, -1)]
        {
            assert_eq!(
                refused(Some(timestamp(seconds, nanos)), Default::default()),
                ["article.published_at"]
            );
        }
    }

    #[test]
    fn the_publishers_own_day_wins() {
        let mut article = timestamp(0, 0);
        article.published_date = "1969-12-31".to_owned();
        let read = request(Some(article), None, 1000).expect("valid");
        assert_eq!(read.article.published, Some(date(1969, 12, 31)));
    }

    #[test]
    fn each_enum_value_means_the_type_of_that_name() {
        for &kind in EventType::ALL {
            let value = v1::EventType::from_str_name(&format!("EVENT_TYPE_{}", kind.name()));
            assert_eq!(value.and_then(event_type), Some(kind));
        }
    }
}
