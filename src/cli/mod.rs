//! The command line: what each command does, and how it speaks.

pub mod args;
mod check;
#[cfg(windows)]
mod console;
mod export;
mod fit;
mod format;
mod generate;
mod hold;
mod import;
mod job;
mod new;
mod output;
mod report;
mod themes;
mod thumbnail;
mod versions;

use crate::value::nearest::nearest;
use args::{Args, Command};
use clap::{CommandFactory as _, Parser as _};
use output::say;
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::{ExitCode, Termination},
};

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// All is done.
    Done,
    /// The profile has an error or does not fit; nothing was written.
    Profile,
    /// The command line asks for something that does not exist.
    Usage,
    /// Something could not be read, parsed or written.
    File,
}

impl Termination for Status {
    fn report(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Done => 0,
            Self::Profile => 1,
            Self::Usage => 2,
            Self::File => 3,
        })
    }
}

/// Does what `line` asks for, the program's own name first. Without a command the files go to
/// `window`.
pub fn run(
    line: impl IntoIterator<Item = OsString>,
    window: impl FnOnce(Vec<PathBuf>) -> Result<(), String>,
) -> Status {
    #[cfg(windows)]
    console::attach();
    let args = match Args::try_parse_from(line) {
        Ok(args) => args,
        Err(answer) => {
            if answer.use_stderr() {
                // It repeats what was typed, which must not reach the terminal as it is.
                say(answer.render().to_string().trim_end());
                return Status::Usage;
            }
            // Help and version come this way, too. Nobody is left to hear that the answer was not
            // heard.
            answer.print().ok();
            return Status::Done;
        }
    };
    match args.command {
        Some(Command::Export(args)) => export::run(&args),
        Some(Command::Check(args)) => check::run(&args),
        Some(Command::Fit(args)) => fit::run(&args),
        Some(Command::Import(args)) => import::run(&args),
        Some(Command::New(args)) => new::run(&args),
        Some(Command::Versions(args)) => versions::run(&args),
        Some(Command::Themes { fonts: false }) => themes::run(),
        Some(Command::Themes { fonts: true }) => themes::fonts(),
        Some(Command::Thumbnail(args)) => thumbnail::run(&args),
        Some(Command::Generate { what }) => generate::run(what),
        None => editor(args.files, window),
    }
}

/// Opens the window.
fn editor(files: Vec<PathBuf>, window: impl FnOnce(Vec<PathBuf>) -> Result<(), String>) -> Status {
    if let Some(word) = files.first().and_then(|f| f.to_str()).filter(|word| is_mistyped(word)) {
        let message = format!("there is no command or file `{word}`");
        let command = Args::command();
        let commands: Vec<&str> =
            command.get_subcommands().filter(|c| !c.is_hide_set()).map(|c| c.get_name()).collect();
        let hint = nearest(word, &commands).map_or_else(
            || "`vitae --help` lists the commands".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        say(&format!("vitae: {message}\n  hint: {hint}"));
        return Status::Usage;
    }
    match window(files) {
        Ok(()) => Status::Done,
        Err(why) => {
            say(&format!(
                "vitae: the window cannot open: {why}\n  \
                 hint: `vitae export FILE` makes a PDF without a window, `vitae --help` lists what else it does"
            ));
            Status::File
        }
    }
}

/// Whether a word that stands where a command or a file belongs was meant as a command.
fn is_mistyped(word: &str) -> bool {
    !word.contains(['.', '/', '\\']) && !Path::new(word).exists()
}
