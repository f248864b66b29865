//! Fixed limits on what the library takes in.
//!
//! They are numbers of the language, not of the machine: the same package is
//! accepted or refused everywhere, and the host's stack or memory never decides.
//! Each is checked where its input enters, before anything recurses over it.

/// Deepest nesting of brackets, braces, texts and `not`/`if` in a policy file.
pub const NESTING: usize = 64;

/// Largest policy file, in bytes.
pub const FILE_BYTES: usize = 4 * 1024 * 1024;

/// Largest package, in bytes over all its files.
pub const PACKAGE_BYTES: usize = 32 * 1024 * 1024;

/// Longest single word, number or text of a policy file, in bytes.
pub const TOKEN_BYTES: usize = 16 * 1024;

/// Most diagnostics a package reports before the rest is only counted.
pub const DIAGNOSTICS: usize = 500;

/// Most nodes an expression may have once every `define` in it is written out.
pub const EXPANDED_NODES: u64 = 100_000;

/// Most factors that may be multiplied together in one expression, every
/// `define` in it written out: it bounds the digits of an exact product.
pub const FACTORS: u64 = 64;

/// Deepest nesting of quantifiers and aggregates, every `define` written out.
pub const QUANTIFIER_DEPTH: u64 = 6;

/// How far ahead a boundary is looked for until which something stays blocked or limited, in days of 24 hours.
pub const UNTIL_DAYS: i64 = 400;

/// How many boundaries are looked at for it; what changes more often than that within the time has none.
pub const UNTIL_LOOKS: usize = 2_000;

/// Most working time that a shift counts, in weeks of its calendar.
pub const WORKING_WEEKS: i64 = 1_000;

/// Most rows of a decision table.
pub const TABLE_ROWS: usize = 1_000;

/// Most columns of a decision table.
pub const TABLE_COLUMNS: usize = 64;

/// Most comparisons of cells (64 cases of a column at a time) that may be made to see whether the tables of a
/// package cover every case.
pub const TABLE_WORK: u64 = 20_000_000;

/// Longest record or case, in bytes.
pub const CASE_BYTES: usize = 64 * 1024 * 1024;

/// Most proposals of one case.
pub const PROPOSALS: usize = 100_000;

/// Longest reader's text quoted in a message, in characters.
pub const QUOTED_CHARACTERS: usize = 60;

/// Longest reader's text repeated in a help, in characters.
pub const HELPED_CHARACTERS: usize = 160;
