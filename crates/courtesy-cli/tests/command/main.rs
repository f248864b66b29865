//! The built command, as a shell sees it: exit codes, streams and files.

mod apply;
mod check;
mod crash;
mod decide;
mod explain;
mod fmt;
mod new;
mod support;
mod test;
mod why;
