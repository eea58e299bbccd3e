//! Reads data/ and models/ into typed, immutable tables. The only room that opens files; errors carry file and line.
