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
    for code in [0, 1, 2, 3, 77] {
        let mut command = place.command(&["hello", &code.to_string(), "you"]);
        let path =
            std::env::join_paths([place.path("bin"), "/bin".into(), "/usr/bin".into()]).unwrap();
        let output = command.env("PATH", path).output().unwrap();
        assert_eq!(output.status.code(), Some(code));
        assert_eq!(String::from_utf8_lossy(&output.stdout), "hello you\n");
    }
}

#[test]
fn a_program_of_the_project_that_is_missing_is_offered() {
    let place = Place::empty();
    for name in ["lsp", "serve"] {
        let program = std::path::Path::new(env!("CARGO_BIN_EXE_courtesy"));
        if program.with_file_name(format!("courtesy-{name}")).exists() {
            // It has been built, and is found beside the command.
            continue;
        }
        let mut command = place.command(&[name]);
        let output = command.env("PATH", place.path("")).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let told = String::from_utf8_lossy(&output.stderr);
        let way = format!("`cargo install --path crates/courtesy-{name}`");
        assert!(told.contains(&way), "{told}");
    }
}

/// What is sent to the command while a program of its own runs reaches that program.
#[cfg(unix)]
#[test]
fn a_signal_reaches_the_program() {
    use std::os::unix::fs::PermissionsExt;
    use std::process::Stdio;
    let place = Place::empty();
    place.write(
        "bin/courtesy-wait",
        "#!/bin/sh\ntrap 'echo stopping; exit 5' TERM\necho ready\nwhile :; do sleep 0.05; done\n",
    );
    let program = place.path("bin/courtesy-wait");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = std::env::join_paths([place.path("bin"), "/bin".into(), "/usr/bin".into()]).unwrap();
    let mut command = place.command(&["wait"]);
    let mut child = command
        .env("PATH", path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = std::io::BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    std::io::BufRead::read_line(&mut told, &mut line).unwrap();
    assert_eq!(line, "ready\n");
    let id = child.id().to_string();
    std::process::Command::new("kill")
        .args(["-TERM", &id])
        .status()
        .unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(5));
    line.clear();
    std::io::BufRead::read_line(&mut told, &mut line).unwrap();
    assert_eq!(line, "stopping\n");
}
