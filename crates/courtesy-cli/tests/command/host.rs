//! `courtesy NAME` for programs of their own.

use super::support::Place;

#[test]
fn a_word_that_is_no_command_gets_the_near_one() {
    let place = Place::empty();
    let told = |words: &[&str]| place.run(words).ends_with(2).stderr;
    assert_eq!(
        told(&["chek"]),
        "error: there is no command `chek`; did you mean `courtesy check`?\n"
    );
    assert_eq!(
        told(&["dance"]),
        "error: there is no command `dance`; `courtesy help` lists the commands\n"
    );
}

#[cfg(unix)]
#[test]
fn a_program_on_the_search_path_is_run_with_what_follows() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::empty();
    place.write(
        "bin/courtesy-hello",
        "#!/bin/sh\necho \"hello $2\"\nexit \"$1\"\n",
    );
    let program = place.path("bin/courtesy-hello");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    for code in [0, 1, 3] {
        let mut command = place.command(&["hello", &code.to_string(), "you"]);
        let path =
            std::env::join_paths([place.path("bin"), "/bin".into(), "/usr/bin".into()]).unwrap();
        let output = command.env("PATH", path).output().unwrap();
        assert_eq!(output.status.code(), Some(code));
        assert_eq!(String::from_utf8_lossy(&output.stdout), "hello you\n");
    }
}
