//! The layout of policy files: each file of `tests/format` with what becomes of it.
//!
//! What holds for every file, that nothing is lost and nothing means something
//! else, is tested beside the formatter itself.

use std::fs;

#[test]
fn files_are_laid_out_as_their_snapshots_say() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::glob!("*.courtesy", |path| {
            let source = fs::read_to_string(path).expect("a file");
            let result = courtesy::format(&source).expect("a file that reads");
            insta::assert_snapshot!(format!("{source}\n{:=<80}\n\n{result}", ""));
        });
    });
}

#[test]
fn the_examples_are_formatted() {
    insta::glob!("../../examples", "**/*.courtesy", |path| {
        let source = fs::read_to_string(path).expect("a file");
        assert_eq!(courtesy::format(&source).as_deref(), Ok(source.as_str()));
    });
}
