//! Feeds `courtesy_promises::targets::soundness`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| courtesy_promises::targets::soundness(bytes));
