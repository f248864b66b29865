//! `courtesy completions`: what a shell needs to complete the command's words.

use crate::outcome::{Failure, Outcome};
use crate::report;
use clap::CommandFactory;
use clap_complete::Shell;

/// Writes the completions of the command for a shell
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  courtesy completions bash > ~/.local/share/bash-completion/completions/courtesy\n  courtesy completions zsh > ~/.zfunc/_courtesy\n  courtesy completions fish > ~/.config/fish/completions/courtesy.fish"
)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    /// Runs the command.
    ///
    /// # Errors
    /// When stdout cannot be written.
    pub(crate) fn run(&self) -> Result<Outcome, Failure> {
        let mut script = Vec::new();
        let mut command = crate::Arguments::command();
        clap_complete::generate(self.shell, &mut command, "courtesy", &mut script);
        report::print(&String::from_utf8_lossy(&script))?;
        Ok(Outcome::Well)
    }
}
