#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| dateline_fuzz::front_matter(text));
