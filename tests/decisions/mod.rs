//! Packages and cases under `tests/decisions`: files in, decisions out.

use crate::support::read_case;

/// The decision as people read it, then as JSON.
#[test]
fn decisions_are_as_their_snapshots_say() {
    insta::glob!(".", "*/*.case.json", |path| {
        let (engine, case) = read_case(path);
        let decision = engine.decide(&case);
        let json = decision.to_json_pretty();
        let json = json.replace(engine.fingerprint(), "FINGERPRINT");
        insta::assert_snapshot!(format!("{}\n{json}", decision.to_text()));
    });
}
