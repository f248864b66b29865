//! Random packages and cases: one generator for every test, fuzz target and bench.
//!
//! Input: a seed. Output: the files of a package and cases for it, the same for the same seed everywhere.
