//! Tests that cross stages, one module an area.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::disallowed_methods, reason = "tests look at real files")]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

mod bad_input;
mod book;
mod chromium;
mod cli;
#[path = "../../benches/corpus/mod.rs"]
mod corpus;
mod laws;
mod pages;
mod properties;
mod sample;
mod schemas;
mod serve;
mod serve_browser;
mod serve_sockets;
mod shards;
mod web_annotation;
