//! How calls fail: canonical codes with google.rpc details, as the contract promises them.

use super::contract::google::rpc;
use prost::Message;
use std::time::Duration;
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, FieldViolation, StatusExt};

/// The domain of every ErrorInfo.
pub const DOMAIN: &str = "demarche.v1";

/// Fields of the request that break the contract: INVALID_ARGUMENT with BadRequest.
pub fn invalid(violations: Vec<FieldViolation>) -> Status {
    let message = match violations.first() {
        Some(first) => format!("{}: {}", first.field, first.description),
        None => "invalid request".to_owned(),
    };
    Status::with_error_details(Code::InvalidArgument, message, ErrorDetails::with_bad_request(violations))
}

/// No room: RESOURCE_EXHAUSTED with the delay after which to try again. `reason` is a stable word, e.g. `QUEUE_FULL`.
pub fn exhausted(reason: &str, message: &str, retry: Duration) -> Status {
    let mut details =
        ErrorDetails::with_error_info(reason, DOMAIN, [("limit".to_owned(), reason.to_owned())]);
    details.set_retry_info(Some(retry));
    Status::with_error_details(Code::ResourceExhausted, message, details)
}

/// The server drains before it stops: UNAVAILABLE; another server may take the call at once.
pub fn draining() -> Status {
    let mut details =
        ErrorDetails::with_error_info("DRAINING", DOMAIN, [("limit".to_owned(), "DRAINING".to_owned())]);
    details.set_retry_info(Some(Duration::from_secs(1)));
    Status::with_error_details(Code::Unavailable, "the server is shutting down; try another one", details)
}

/// The call's metadata are too long: RESOURCE_EXHAUSTED, as gRPC asks for; no retry helps.
pub fn long_head(limit: usize) -> Status {
    let details = ErrorDetails::with_error_info(
        "max_header_bytes",
        DOMAIN,
        [("limit".to_owned(), "max_header_bytes".to_owned())],
    );
    let message = format!("the metadata are longer than {limit} bytes; send less");
    Status::with_error_details(Code::ResourceExhausted, message, details)
}

/// No credential, or a wrong one. Says nothing about which.
pub fn unauthenticated() -> Status {
    Status::unauthenticated("a valid bearer token is needed: send metadata `authorization: Bearer TOKEN`")
}

/// The client's deadline passed.
pub fn deadline_exceeded() -> Status {
    Status::deadline_exceeded("the deadline passed; work on the article was stopped")
}

/// A defect of ours: INTERNAL with the id under which the log tells more.
pub fn internal(incident: &str) -> Status {
    let details =
        ErrorDetails::with_error_info("INCIDENT", DOMAIN, [("incident".to_owned(), incident.to_owned())]);
    let message =
        format!("a defect of the server stopped this article; the log tells more under incident {incident}");
    Status::with_error_details(Code::Internal, message, details)
}

/// The same failure as a message, for one article of many.
pub fn to_rpc(status: &Status) -> rpc::Status {
    // tonic-types keeps a whole encoded google.rpc.Status in the details.
    match rpc::Status::decode(status.details()) {
        Ok(full) if full.code != 0 => full,
        _ => rpc::Status {
            code: status.code() as i32,
            message: status.message().to_owned(),
            details: Vec::new(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_and_its_message_tell_the_same() {
        let status = exhausted("QUEUE_FULL", "full", Duration::from_millis(250));
        assert_eq!(
            status.get_details_retry_info().and_then(|info| info.retry_delay),
            Some(Duration::from_millis(250))
        );
        let message = to_rpc(&status);
        assert_eq!((message.code, message.message.as_str(), message.details.len()), (8, "full", 2));
        let plain = to_rpc(&deadline_exceeded());
        assert_eq!((plain.code, plain.details.len()), (4, 0));
    }

    #[test]
    fn an_invalid_request_names_its_field() {
        let status = invalid(vec![FieldViolation::new("article.text", "is empty")]);
        assert_eq!(status.message(), "article.text: is empty");
        assert_eq!(status.get_details_bad_request().map(|bad| bad.field_violations.len()), Some(1));
    }
}
