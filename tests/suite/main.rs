//! Tests that cross stages, one module an area.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::disallowed_methods, reason = "tests look at real files")]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

mod absence;
mod archived;
mod bad_input;
mod book;
mod check;
mod chromium;
mod claims;
mod claims_sample;
mod cli;
mod complete;
#[path = "../../benches/corpus/mod.rs"]
mod corpus;
mod desk;
mod front_matter;
mod git_server;
mod guide;
mod import;
mod import_archives;
mod import_fetch;
mod import_kinds;
mod import_registries;
mod init;
mod languages;
mod laws;
mod manual;
mod mend;
mod named_in;
mod names;
mod names_book;
mod names_explained;
#[path = "../../benches/names/mod.rs"]
mod names_kit;
mod names_suggest;
mod names_wrong;
mod outline;
mod pages;
mod policy;
mod properties;
mod publish;
mod publish_desk;
mod publish_http;
mod publish_killed;
mod random_books;
mod redirects;
mod revisions;
mod runner;
mod sample;
mod schemas;
mod serve;
mod serve_browser;
mod serve_edits;
mod serve_sockets;
mod serve_watch;
mod shards;
mod stamps;
mod stamps_changes;
mod terminal;
mod texts;
mod texts_blocks;
mod texts_html;
mod texts_links;
mod tidy;
mod web_annotation;
mod workflows;
mod writer;
