//! Any bytes as a request message: decoded, checked, and either refused by field or a request that keeps the contract.

use demarche::grpc::contract::v1::ExtractEventsBulkRequest;
use demarche::grpc::from_proto;
use prost::Message;

pub fn check(bytes: &[u8]) {
    let mut message = ExtractEventsBulkRequest::default();
    let _ = message.merge(bytes);
    match from_proto::request(message.article, message.options, 1000) {
        Ok(request) => {
            assert!(!request.article.text.trim().is_empty() && request.article.text.len() <= 1000);
            assert!((0.0..=1.0).contains(&request.options.min_confidence));
        }
        Err(faults) => assert!(!faults.is_empty() && faults.iter().all(|fault| !fault.field.is_empty())),
    }
}
