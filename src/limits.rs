//! Fixed limits on what the library takes in.
//!
//! They are numbers of the language, not of the machine: the same package is
//! accepted or refused everywhere, and the host's stack or memory never decides.
//! Each is checked where its input enters, before anything recurses over it.
//!
//! What follows from them for a package that checks and a case in which no list
//! has more than `n` elements and no text more than `t` bytes:
//!
//! - **Steps.** `Package::cost` says for each package the most steps of a decision as a formula in the lengths of
//!   its lists (`src/cost`); a policy that could take more than [`DECISION_STEPS`] for lists of the stated lengths is
//!   refused. Quantifiers and aggregates still go no more than [`QUANTIFIER_DEPTH`] deep: what bounds the work are the
//!   steps, so the depth stays as high as short lists allow. A list that an expression makes is never longer than one
//!   that the case brings or the package writes out.
//!   Where a verdict would end is looked for at up to [`UNTIL_LOOKS`] moments.
//! - **Digits.** A number of a case has at most 27 digits, a quotient 18 more behind
//!   the point, a sum over `n` elements as many more as `n` has. A product of
//!   [`FACTORS`] such numbers, each a sum over lists in lists, stays within
//!   [`FACTORS`] × (50 + [`QUANTIFIER_DEPTH`] × 8) digits, about 6,300, for lists of up
//!   to 10^8 elements.
//! - **Stack.** Nothing recurses further than [`NESTING`] over what is written, nor than [`EXPANDED_DEPTH`] over
//!   what is worked out. On a stack of 256 KiB a debug build, whose parser takes some 16 KiB a level, refuses files
//!   that nest more than about 12 levels (`too-deep`); with 1 MiB it reads all that the language allows.
//! - **Texts.** A text has at most [`TEXT_BYTES`] + [`COPIES`] × `t` bytes (for `t` the
//!   longest value as it is printed), once more `n` times for each list printed
//!   inside it, of which there are at most [`QUANTIFIER_DEPTH`] in one another. A text
//!   in small letters can have up to three times the bytes.

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

/// Most names of a package that are looked through for those that misspelt ones may have meant, counted anew for each
/// mistake. Mistakes behind them are told without an offer.
pub const NAMES_LOOKED_THROUGH: usize = 1_000_000;

/// Most definitions that may stand inside one another.
pub const DEFINE_DEPTH: u64 = 16;

/// Most values and operations an expression may have once every `define` in it is
/// written out: it bounds the steps of one evaluation, list by list.
pub const EXPANDED_NODES: u64 = 100_000;

/// Most values and operations that may stand inside one another, every `define` in them written out: it bounds the
/// stack that an evaluation takes, which stays within 256 KiB in a debug build (`tests/stack`). The deepest of the
/// examples has 13.
pub const EXPANDED_DEPTH: u64 = 96;

/// As [`EXPANDED_NODES`], for all policies of a package together.
pub const PACKAGE_NODES: u64 = 10_000_000;

/// Most numbers that may be multiplied together or divided by one another in one
/// expression, every `define` and every variable in it written out: it bounds the
/// digits of an exact product.
pub const FACTORS: u64 = 64;

/// Deepest nesting of quantifiers and aggregates, every `define` written out.
pub const QUANTIFIER_DEPTH: u64 = 6;

/// Most steps that one policy may add to a decision, for lists of the lengths that the schema states, where it
/// states none of [`LIST_LENGTH`] and [`INNER_LIST_LENGTH`], and for [`PROPOSALS_STATED`] proposals. It is some minutes
/// of one core: no policy that anybody waits for comes near it (two lists inside one another, gone through for
/// each proposal, do not), and one that does says in its schema that its lists are shorter.
pub const DECISION_STEPS: u64 = 10_000_000_000;

/// How many elements a list is taken to have where the schema does not say how many it may have.
pub const LIST_LENGTH: u64 = 1_000;

/// The same of a list in an element of another list, or in a proposal.
pub const INNER_LIST_LENGTH: u64 = 50;

/// How many proposals a case is taken to have when the cost of a decision is stated.
pub const PROPOSALS_STATED: u64 = 100;

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

/// Most values of the case that may be put together into one text, list or
/// record for each element of a list, every `define` written out.
pub const COPIES: u64 = 1_024;

/// Most text of the policies themselves that may be put together into one text,
/// list or record for each element of a list, every `define` written out, in bytes.
pub const TEXT_BYTES: u64 = 1024 * 1024;

/// Longest record or case, in bytes.
pub const CASE_BYTES: usize = 64 * 1024 * 1024;

/// Most proposals of one case.
pub const PROPOSALS: usize = 100_000;

/// Longest reader's text quoted in a message, in characters.
pub const QUOTED_CHARACTERS: usize = 60;

/// Longest reader's text repeated in a help, in characters.
pub const HELPED_CHARACTERS: usize = 160;
