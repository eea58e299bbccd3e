//! Messages from the wire, broken ones included: one that does not decode arrives with its fault, so that one bad article
//! does not end a stream of good ones.

use prost::Message;
use prost::bytes::Buf;
use std::marker::PhantomData;
use tonic::Status;
use tonic::codec::{Codec, DecodeBuf, Decoder};
use tonic_prost::ProstEncoder;

/// A message as far as it could be read.
#[derive(Debug)]
pub struct Received<T> {
    /// The fields before the fault; all fields where there is none.
    pub message: T,
    /// Why it is no message of this type.
    pub fault: Option<String>,
}

/// Encodes `Out` strictly and decodes `In` as [`Received`].
#[derive(Debug)]
pub struct LenientCodec<Out, In>(PhantomData<(Out, In)>);

impl<Out, In> Default for LenientCodec<Out, In> {
    fn default() -> Self {
        LenientCodec(PhantomData)
    }
}

impl<Out, In> Codec for LenientCodec<Out, In>
where
    Out: Message + Send + 'static,
    In: Message + Default + Send + 'static,
{
    type Encode = Out;
    type Decode = Received<In>;
    type Encoder = ProstEncoder<Out>;
    type Decoder = LenientDecoder<In>;

    fn encoder(&mut self) -> Self::Encoder {
        ProstEncoder::default()
    }

    fn decoder(&mut self) -> Self::Decoder {
        LenientDecoder(PhantomData)
    }
}

/// Decodes one message, never failing.
#[derive(Debug)]
pub struct LenientDecoder<In>(PhantomData<In>);

impl<In: Message + Default> Decoder for LenientDecoder<In> {
    type Item = Received<In>;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<Self::Item>, Status> {
        let mut message = In::default();
        let fault = message.merge(&mut *buffer).err().map(|error| error.to_string());
        // After a fault the rest of this message is passed over; the next one begins behind it.
        buffer.advance(buffer.remaining());
        Ok(Some(Received { message, fault }))
    }
}
