//! The paths of the service and the types behind each: what a generated server would be, with a codec that lets a broken
//! message through to the handler, so that it can be answered in its place.

use super::codec::{LenientCodec, Received};
use super::contract::{SERVICE_NAME, v1};
use futures_util::Stream;
use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tonic::codec::CompressionEncoding;
use tonic::server::Grpc;
use tonic::{Request, Response, Status, Streaming};
use tower::service_fn;

/// The messages of one call, as they come.
pub type Inbound<T> = Streaming<Received<T>>;
/// The answers of one call.
pub type Outbound<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;
type Answer<T> = Result<Response<Outbound<T>>, Status>;

/// What a server does with each call.
pub trait Handler: Send + Sync + 'static {
    /// One article.
    fn extract_events(
        &self,
        call: Request<Inbound<v1::ExtractEventsRequest>>,
    ) -> impl Future<Output = Answer<v1::ExtractEventsResponse>> + Send;

    /// Many articles.
    fn extract_events_bulk(
        &self,
        call: Request<Inbound<v1::ExtractEventsBulkRequest>>,
    ) -> impl Future<Output = Answer<v1::ExtractEventsBulkResponse>> + Send;

    /// What the server is.
    fn service_info(&self) -> v1::GetServiceInfoResponse;
}

/// The service for tonic's router.
#[derive(Debug)]
pub struct ExtractionService<H> {
    handler: Arc<H>,
    max_message_bytes: usize,
}

impl<H> ExtractionService<H> {
    /// Serves by `handler`; request messages longer than the limit end their call.
    pub fn new(handler: Arc<H>, max_message_bytes: usize) -> Self {
        ExtractionService { handler, max_message_bytes }
    }

    fn grpc<C: tonic::codec::Codec>(&self, codec: C) -> Grpc<C> {
        Grpc::new(codec)
            .accept_compressed(CompressionEncoding::Gzip)
            .max_decoding_message_size(self.max_message_bytes)
    }
}

impl<H> Clone for ExtractionService<H> {
    fn clone(&self) -> Self {
        ExtractionService { handler: self.handler.clone(), max_message_bytes: self.max_message_bytes }
    }
}

impl<H> tonic::server::NamedService for ExtractionService<H> {
    const NAME: &'static str = SERVICE_NAME;
}

impl<H: Handler> tower::Service<http::Request<tonic::body::Body>> for ExtractionService<H> {
    type Response = http::Response<tonic::body::Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<tonic::body::Body>) -> Self::Future {
        let service = self.clone();
        Box::pin(async move {
            let handler = service.handler.clone();
            let method =
                request.uri().path().strip_prefix("/demarche.v1.ExtractionService/").unwrap_or_default();
            Ok(match method {
                "ExtractEvents" => {
                    let call = service_fn(move |call| {
                        let handler = handler.clone();
                        async move { handler.extract_events(call).await }
                    });
                    service.grpc(LenientCodec::default()).streaming(call, request).await
                }
                "ExtractEventsBulk" => {
                    let call = service_fn(move |call| {
                        let handler = handler.clone();
                        async move { handler.extract_events_bulk(call).await }
                    });
                    service.grpc(LenientCodec::default()).streaming(call, request).await
                }
                "GetServiceInfo" => {
                    let call = service_fn(move |_: Request<v1::GetServiceInfoRequest>| {
                        let info = handler.service_info();
                        async move { Ok::<_, Status>(Response::new(info)) }
                    });
                    service.grpc(tonic_prost::ProstCodec::default()).unary(call, request).await
                }
                _ => Status::unimplemented("ExtractionService has no such method").into_http(),
            })
        })
    }
}
