//! `courtesy completions` and `courtesy man`.

use super::support::Place;

#[test]
fn every_shell_gets_completions_that_know_every_command() {
    let place = Place::empty();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = place.run(&["completions", shell]).ends_with(0);
        for word in ["apply", "decide", "explain", "quarantine"] {
            assert!(run.stdout.contains(word), "{shell}: {word}");
        }
    }
    let unknown = place.run(&["completions", "basj"]).ends_with(2);
    assert!(
        unknown.stderr.contains("a similar value exists: 'bash'"),
        "{unknown:#?}"
    );
}

#[test]
fn bash_takes_its_completions() {
    let place = Place::empty();
    let script = place.run(&["completions", "bash"]).ends_with(0).stdout;
    place.write("courtesy.bash", script);
    let asked = "source courtesy.bash && COMP_WORDS=(courtesy dec) && COMP_CWORD=1 && \
        _courtesy courtesy dec courtesy && echo \"${COMPREPLY[@]}\"";
    let Ok(output) = std::process::Command::new("bash")
        .args(["-c", asked])
        .current_dir(place.path(""))
        .output()
    else {
        eprintln!("skipped: no bash on this machine");
        return;
    };
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "decide\n",
        "{output:?}"
    );
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    let place = Place::empty();
    place.run(&["man", "pages/man1"]).ends_with(0);
    for page in ["courtesy.1", "courtesy-check.1", "courtesy-schema-infer.1"] {
        let text = String::from_utf8(place.read(&format!("pages/man1/{page}"))).unwrap();
        assert!(text.contains(".SH SYNOPSIS"), "{page}: {text}");
    }
}
