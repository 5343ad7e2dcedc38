//! What can be said on the command line; `build.rs` makes the man page and the completions from it,
//! so it needs clap alone.

use clap::{Parser, Subcommand, ValueEnum, ValueHint};
use std::path::PathBuf;

const EXIT: &str = "\
Exit status:
  0  done
  1  the profile has an error, or does not fit on its pages; nothing was written
  2  wrong usage
  3  something could not be read, parsed or written, or there is no screen for the window";

/// A profile in a readable file becomes a well-set CV of one page.
#[derive(Debug, Parser)]
#[command(name = "vitae", version, about, long_about = None, after_help = EXIT, args_conflicts_with_subcommands = true)]
#[command(subcommand_value_name = "COMMAND")]
pub struct Args {
    /// What to do; without a command, the editor opens.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Profiles to open in the editor; write ./export for a file named like a command
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
}

/// One command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write a profile as a PDF, or in another format
    #[command(after_help = EXIT)]
    Export(Export),
    /// Read a profile and say what is wrong with it, without writing anything
    #[command(after_help = EXIT)]
    Check(Check),
    /// Say what makes a profile fit on its pages, and do it
    #[command(after_help = EXIT)]
    Fit(Fit),
    /// Take a CV or publications over from another program's file into a profile
    #[command(after_help = EXIT)]
    Import(Import),
    /// Write a new profile to fill in
    #[command(after_help = EXIT)]
    New(New),
    /// List what a profile held before each save, or bring one of these versions back
    #[command(after_help = EXIT)]
    Versions(Versions),
    /// List the themes
    Themes {
        /// List the fonts that a look can name instead
        #[arg(long)]
        fonts: bool,
    },
    /// Draw the first page as a small PNG picture, as file managers ask for it
    #[command(after_help = EXIT)]
    Thumbnail(Thumbnail),
    /// Print the man page or the completions of a shell
    #[command(hide = true)]
    Generate {
        /// Which of them
        #[arg(value_enum)]
        what: Generated,
    },
}

/// The arguments of `export`.
#[derive(Debug, clap::Args)]
pub struct Export {
    /// The profile
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Where to write; its ending chooses the format, `-` is standard output [default: beside the
    /// profile, x.pdf for x.cv.ron, x-NAME.pdf for its variant NAME]
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// The format, by the ending of its files, whatever OUT is called [default: by the ending of
    /// OUT, else pdf]
    #[arg(long, value_name = "EXT")]
    pub format: Option<String>,
    /// Lay the Markdown out as a homepage: with the photo, a link to the PDF, entries as lists, and
    /// papers led by their venues [the format is then md by default]
    #[arg(long, value_enum, ignore_case = true)]
    pub layout: Option<Layout>,
    /// Put the profile into the PDF, so that Vitae can open it again: what is shown, or all of the
    /// file, with everything hidden and every comment
    #[arg(long, value_enum, value_name = "shown|all", num_args = 0..=1, require_equals = true, default_missing_value = "shown")]
    pub with_profile: Option<Inside>,
    /// Show the profile as this variant of it
    #[arg(long, value_name = "NAME")]
    pub variant: Option<String>,
    /// Use this theme (see `vitae themes`)
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
    /// Print on this paper
    #[arg(long, value_enum, ignore_case = true)]
    pub paper: Option<Paper>,
    /// The smallest size of the text, in points, from 5 to 16
    #[arg(long, value_name = "PT", value_parser = size)]
    pub min_size: Option<f64>,
    /// How many pages there may be
    #[arg(long, value_enum, ignore_case = true, value_name = "N|any")]
    pub pages: Option<Pages>,
    /// What to do with a profile that is too long: say so and write nothing, let the text shrink
    /// below its smallest size (to 5 pt at the least), or go on to further pages
    #[arg(long, value_enum, default_value_t)]
    pub overflow: Overflow,
    /// Print one JSON object on standard output instead of messages
    #[arg(long)]
    pub json: bool,
}

/// The arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct Check {
    /// The profile
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Check what this variant of it shows
    #[arg(long, value_name = "NAME")]
    pub variant: Option<String>,
    /// Also tell the words that no dictionary has
    #[arg(long)]
    pub spelling: bool,
    /// Print one JSON object on standard output instead of messages
    #[arg(long)]
    pub json: bool,
}

/// The arguments of `fit`.
#[derive(Debug, clap::Args)]
pub struct Fit {
    /// The profile
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Do what the plan with this number says, and write the profile
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..))]
    pub plan: Option<u8>,
    /// Where to write; one that exists is left alone [default: FILE itself, whose old state is kept
    /// among its earlier versions]
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::FilePath, requires = "plan")]
    pub output: Option<PathBuf>,
    /// Make this variant of it fit
    #[arg(long, value_name = "NAME")]
    pub variant: Option<String>,
    /// Print one JSON object on standard output instead of messages
    #[arg(long)]
    pub json: bool,
}

/// The arguments of `import`.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// The file to read; its format is recognised by what it holds
    #[arg(value_name = "IN", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// The profile to write; one that exists is left alone [default: IN with the ending .cv.ron, or
    /// the profile given to --into]
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Add to this profile: what is new comes in, what the source has changed is changed, what you
    /// edited stays
    #[arg(long, value_name = "PROFILE", value_hint = ValueHint::FilePath)]
    pub into: Option<PathBuf>,
    /// Print the lines of a CV as its reader sees them, and write nothing
    #[arg(long, conflicts_with_all = ["output", "into", "json"])]
    pub outline: bool,
    /// Print one JSON object on standard output instead of messages
    #[arg(long)]
    pub json: bool,
}

/// The arguments of `new`.
#[derive(Debug, clap::Args)]
pub struct New {
    /// The file to write; one that exists is left alone
    #[arg(value_name = "OUT", value_hint = ValueHint::FilePath)]
    pub output: PathBuf,
    /// Start from this sample instead of the commented starter
    #[arg(long, value_name = "NAME")]
    pub sample: Option<String>,
}

/// The arguments of `versions`.
#[derive(Debug, clap::Args)]
pub struct Versions {
    /// The profile; it may be damaged, empty or gone
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Put the version of that number back into the file; what the file holds becomes a version
    /// itself
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub restore: Option<u32>,
    /// Print one JSON object on standard output instead of messages
    #[arg(long)]
    pub json: bool,
}

/// The arguments of `thumbnail`.
#[derive(Debug, clap::Args)]
pub struct Thumbnail {
    /// The profile
    #[arg(value_name = "IN", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Where to write the picture
    #[arg(value_name = "OUT", value_hint = ValueHint::FilePath)]
    pub output: PathBuf,
    /// Its longer side, in pixels, from 16 to 4096
    #[arg(value_name = "SIZE", value_parser = clap::value_parser!(u16).range(16..=4096))]
    pub size: u16,
}

/// How much of the profile goes into the PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Inside {
    /// What is printed
    Shown,
    /// The whole file
    All,
}

/// Another layout of a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Layout {
    /// Of a researcher's homepage
    Homepage,
}

/// A size of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Paper {
    /// 210 mm by 297 mm
    A4,
    /// 8.5 in by 11 in
    Letter,
}

/// What happens to a profile that is too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Overflow {
    /// Say how many lines too long it is and write nothing
    #[default]
    Error,
    /// Let the text shrink below its smallest size
    Shrink,
    /// Go on to further pages
    Paginate,
}

/// How many pages there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Pages {
    /// One page
    #[value(name = "1")]
    One,
    /// At most two
    #[value(name = "2")]
    Two,
    /// At most three
    #[value(name = "3")]
    Three,
    /// As many as it takes
    Any,
}

/// A text that is made when the program is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Generated {
    /// The man page, in roff
    Man,
    /// Completions for bash
    Bash,
    /// Completions for zsh
    Zsh,
    /// Completions for fish
    Fish,
}

fn size(text: &str) -> Result<f64, String> {
    match text.trim_end_matches("pt").trim().parse::<f64>() {
        Ok(points) if (5.0..=16.0).contains(&points) => Ok(points),
        _ => Err("expected a size in points from 5 to 16, like `8.5`".to_owned()),
    }
}
