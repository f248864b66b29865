//! The sub-commands: each measures one part, prints its table in Markdown and keeps its figures.

pub mod cold;
pub mod compile;
pub mod decide;
pub mod growth;
pub mod machine;
pub mod ndjson;
pub mod once;
pub mod page;
pub mod table;
pub mod verify;
