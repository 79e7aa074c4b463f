//! Tests that cross stages, one module an area.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::disallowed_methods, reason = "tests look at real files")]

mod bad_input;
mod book;
mod cli;
mod laws;
mod pages;
mod properties;
mod sample;
mod schemas;
mod serve;
mod serve_sockets;
mod web_annotation;
