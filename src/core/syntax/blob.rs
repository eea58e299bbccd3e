//! The bytes of a model: little-endian numbers and lists behind a magic, a version and a checksum.
//!
//! Invariant: nothing from the bytes is trusted; every length is checked against what is left.

use thiserror::Error;
use xxhash_rust::xxh3::xxh3_64;

const MAGIC: &[u8; 4] = b"DMSX";
/// The version of the format; a reader refuses all others.
pub const VERSION: u32 = 3;
const HEADER: usize = 16;

/// Why bytes are no model.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ModelError {
    /// Another kind of file.
    #[error("not a syntax model: the file does not begin with DMSX; train one with `demarche train syntax`")]
    Magic,
    /// A model of another format.
    #[error(
        "the syntax model has format version {0}, this program reads {VERSION}: train it again with `demarche train syntax`"
    )]
    Version(u32),
    /// Damaged.
    #[error("the syntax model is damaged: its checksum does not match; fetch or train it again")]
    Checksum,
    /// Right checksum, wrong content.
    #[error("the syntax model is damaged: {0}")]
    Content(&'static str),
}

/// Writes a model's bytes.
#[derive(Default)]
pub struct Writer(Vec<u8>);

macro_rules! numbers {
    ($($put:ident $puts:ident $take:ident $takes:ident $type:ty),+) => {
        impl Writer {
            $(/// Appends one number.
            pub fn $put(&mut self, value: $type) { self.0.extend_from_slice(&value.to_le_bytes()); }
            /// Appends a list: its length, then its numbers.
            pub fn $puts(&mut self, values: &[$type]) {
                self.u32(values.len() as u32);
                for value in values { self.$put(*value); }
            })+
        }

        impl Reader<'_> {
            $(/// The next number.
            pub fn $take(&mut self) -> Result<$type, ModelError> {
                const SIZE: usize = std::mem::size_of::<$type>();
                let bytes = self.bytes(SIZE)?;
                bytes.try_into().map(<$type>::from_le_bytes).map_err(|_| ModelError::Content("a number is cut short"))
            }
            /// The next list.
            pub fn $takes(&mut self) -> Result<Vec<$type>, ModelError> {
                const SIZE: usize = std::mem::size_of::<$type>();
                let count = self.u32()? as usize;
                let bytes = self.bytes(count.checked_mul(SIZE).ok_or(ModelError::Content("a list is too long"))?)?;
                Ok(bytes.as_chunks::<SIZE>().0.iter().map(|chunk| <$type>::from_le_bytes(*chunk)).collect())
            })+
        }
    };
}

numbers!(u8 u8s u8 u8s u8, u16 u16s u16 u16s u16, u32 u32s u32 u32s u32, i8 i8s i8 i8s i8, i16 i16s i16 i16s i16, f32 f32s f32 f32s f32);

impl Writer {
    /// Appends a string.
    pub fn text(&mut self, value: &str) {
        self.u8s(value.as_bytes());
    }

    /// The whole file: header, checksum, content.
    pub fn finish(self) -> Vec<u8> {
        let mut file = Vec::with_capacity(self.0.len() + HEADER);
        file.extend_from_slice(MAGIC);
        file.extend_from_slice(&VERSION.to_le_bytes());
        file.extend_from_slice(&xxh3_64(&self.0).to_le_bytes());
        file.extend_from_slice(&self.0);
        file
    }
}

/// Reads a model's bytes.
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Checks magic, version and checksum.
    pub fn new(file: &'a [u8]) -> Result<Reader<'a>, ModelError> {
        let (header, rest) = file.split_at_checked(HEADER).ok_or(ModelError::Magic)?;
        if &header[..4] != MAGIC {
            return Err(ModelError::Magic);
        }
        let version = u32::from_le_bytes([header[4], header[5], header[6], header[7]]);
        if version != VERSION {
            return Err(ModelError::Version(version));
        }
        if header[8..] != xxh3_64(rest).to_le_bytes() {
            return Err(ModelError::Checksum);
        }
        Ok(Reader { rest })
    }

    /// The next `count` bytes.
    pub fn bytes(&mut self, count: usize) -> Result<&'a [u8], ModelError> {
        let (bytes, rest) =
            self.rest.split_at_checked(count).ok_or(ModelError::Content("it ends too early"))?;
        self.rest = rest;
        Ok(bytes)
    }

    /// The next string.
    pub fn text(&mut self) -> Result<&'a str, ModelError> {
        let length = self.u32()? as usize;
        std::str::from_utf8(self.bytes(length)?).map_err(|_| ModelError::Content("a string is not UTF-8"))
    }
}
