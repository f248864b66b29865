//! The jobs: each holds one promise against what the library does, over many generated or hostile cases.
//!
//! Input: how many cases, and a seed. Output: what was tried and found, for the results file.
