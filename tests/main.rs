//! What can be seen from outside the library, in one binary: a folder for each
//! concern, with its corpus and its snapshots.

mod codes;
mod layers;
mod messages;
mod stories;
mod support;
mod ten_mistakes;
