//! Any bytes as a request message: decoded, checked, and either refused by field or a request that keeps the contract.
#![no_main]

use demarche::grpc::contract::v1::ExtractEventsBulkRequest;
use demarche::grpc::from_proto;
use libfuzzer_sys::fuzz_target;
use prost::Message;

fuzz_target!(|bytes: &[u8]| {
    let mut message = ExtractEventsBulkRequest::default();
    let _ = message.merge(bytes);
    if let Ok(request) = from_proto::request(message.article, message.options, 1000) {
        assert!(!request.article.text.trim().is_empty() && request.article.text.len() <= 1000);
        assert!((0.0..=1.0).contains(&request.options.min_confidence));
    }
});
