//! The library stands on few crates: at most a dozen that it names, all of them from the registry.
//!
//! Licences and what stands below those are cargo-deny's affair (`scripts/supply-chain.sh`).

use std::fs;
use std::path::Path;

/// Most crates that the library may name.
const DIRECT: usize = 12;

/// The lines of `[dependencies]`, each `name = …`.
fn dependencies(manifest: &str) -> Vec<&str> {
    let section = manifest
        .lines()
        .skip_while(|line| line.trim() != "[dependencies]");
    let section = section
        .skip(1)
        .take_while(|line| !line.trim_start().starts_with('['));
    section
        .filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
        .collect()
}

#[test]
fn the_library_names_at_most_a_dozen_crates_of_the_registry() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let manifest = fs::read_to_string(manifest).expect("the manifest");
    let found = dependencies(&manifest);
    assert!(!found.is_empty(), "no dependencies were found");
    assert!(found.len() <= DIRECT, "{} crates: {found:#?}", found.len());
    for line in found {
        let elsewhere = ["git =", "path =", "registry =", "= \"*\""];
        assert!(elsewhere.iter().all(|word| !line.contains(word)), "{line}");
    }
    for table in ["[dependencies.", "[target.", "[build-dependencies"] {
        assert!(
            !manifest.contains(table),
            "`{table}` is not counted here: write it under [dependencies]"
        );
    }
    let optional = ["optional = true", "\"dep:"];
    assert!(
        optional.iter().all(|word| !manifest.contains(word)),
        "a feature brings no crate with it"
    );
}

#[test]
fn the_lines_of_the_section_are_counted_and_no_others() {
    let manifest = "[package]\nname = \"x\"\n[dependencies]\n# why\na = \"1\"\n\nb = { version = \"2\" }\n[dev-dependencies]\nc = \"3\"\n";
    assert_eq!(
        dependencies(manifest),
        ["a = \"1\"", "b = { version = \"2\" }"]
    );
}
