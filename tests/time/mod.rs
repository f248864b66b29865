//! What expressions about time come to, seen from outside: golden rows that
//! another program wrote, working calendars and shares over whole packages.

mod asking;
mod calendars;
mod golden;
