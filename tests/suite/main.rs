//! Tests that cross stages, one module an area.

mod bad_input;
mod book;
mod laws;
mod pages;
