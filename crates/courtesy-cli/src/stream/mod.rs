//! Many records: from a file of lines to decisions in the same order.
//!
//! [`open`] finds out what a file is and unpacks it, [`lines`] cuts it into
//! blocks of lines, [`ordered`] hands them to worker threads and brings the
//! answers back in order, [`quarantine`] writes down what did not fit. Memory is
//! bounded by the blocks in flight, never by the length of the file.

pub(crate) mod lines;
pub(crate) mod open;
pub(crate) mod ordered;
pub(crate) mod quarantine;
