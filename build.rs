//! Lists the data files of `assets` and `profiles` into tables, and makes man page and completions
//! from the command line's definition, so that a new theme or sample is one file and no code. Packs
//! the largest font and the longest lists of words. For Windows it adds icons and the like.

use clap::CommandFactory as _;
use flate2::{Compression, write::ZlibEncoder};
use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs,
    io::{self, Write as _},
    path::Path,
};

#[path = "src/cli/args.rs"]
#[expect(unreachable_pub, reason = "only the definition of the command line is of use here")]
mod args;

#[expect(clippy::disallowed_methods, reason = "what is built has no old content to be lost")]
fn main() -> Result<(), Box<dyn Error>> {
    let root = env::var("CARGO_MANIFEST_DIR")?;
    let out = env::var("OUT_DIR")?;
    let (root, out) = (Path::new(&root), Path::new(&out));
    for (folder, ending, table) in [
        ("assets/themes", ".ron", "themes.rs"),
        ("assets/locales", ".ron", "locales.rs"),
        ("assets/icons", ".svg", "icons.rs"),
        ("profiles", ".cv.ron", "samples.rs"),
    ] {
        println!("cargo:rerun-if-changed={folder}");
        fs::write(out.join(table), list(&root.join(folder), ending)?)?;
    }
    for (folder, file) in [
        ("assets/fonts", "WenQuanYiMicroHei.ttc"),
        ("assets/dictionaries", "en_US.dic"),
        ("assets/dictionaries", "en-common.txt"),
    ] {
        fs::write(out.join(format!("{file}.z")), packed(&root.join(folder).join(file))?)?;
    }
    println!("cargo:rerun-if-changed=src/cli/args.rs");
    let mut command = args::Args::command();
    command.build();
    for shell in [clap_complete::Shell::Bash, clap_complete::Shell::Zsh, clap_complete::Shell::Fish]
    {
        let mut text = vec![];
        clap_complete::generate(shell, &mut command, "vitae", &mut text);
        fs::write(out.join(format!("vitae.{shell}")), text)?;
    }
    fs::write(out.join("vitae.1"), man_page(&command)?)?;
    if env::var("CARGO_CFG_TARGET_OS")? == "windows" {
        resources()?;
    }
    Ok(())
}

/// A file, compressed.
fn packed(file: &Path) -> io::Result<Vec<u8>> {
    println!("cargo:rerun-if-changed={}", file.display());
    let mut packed = ZlibEncoder::new(vec![], Compression::best());
    packed.write_all(&fs::read(file)?)?;
    packed.finish()
}

/// What Windows wants inside a program: icons (its own first, then its documents'), version,
/// manifest.
fn resources() -> io::Result<()> {
    for file in ["app/app.ico", "app/document.ico", "windows/vitae.manifest"] {
        println!("cargo:rerun-if-changed=assets/{file}");
    }
    winresource::WindowsResource::new()
        .set_icon_with_id("assets/app/app.ico", "1")
        .set_icon_with_id("assets/app/document.ico", "2")
        .set_manifest_file("assets/windows/vitae.manifest")
        .set("ProductName", "Vitae")
        .set("FileDescription", "Vitae")
        .set("OriginalFilename", "vitae.exe")
        .set("LegalCopyright", "The Vitae authors")
        .compile_for("vitae")
}

/// One man page for the program and all its commands.
fn man_page(command: &clap::Command) -> Result<String, Box<dyn Error>> {
    let mut head = vec![];
    let man = clap_mangen::Man::new(command.clone());
    man.render_title(&mut head)?;
    man.render_name_section(&mut head)?;
    man.render_synopsis_section(&mut head)?;
    man.render_options_section(&mut head)?;
    let mut page = without_preambles(&head)?;
    page.insert_str(0, PREAMBLE);
    page += ".SH COMMANDS\n";
    for sub in command.get_subcommands().filter(|c| !c.is_hide_set() && c.get_name() != "help") {
        let mut part = vec![];
        let man = clap_mangen::Man::new(sub.clone());
        man.render_description_section(&mut part)?;
        part.extend(b".PP\n");
        man.render_synopsis_section(&mut part)?;
        man.render_options_section(&mut part)?;
        writeln!(page, ".SS {}", sub.get_name())?;
        let part = without_preambles(&part)?;
        for line in part.lines().filter(|line| !line.starts_with(".SH ")) {
            writeln!(page, "{line}")?;
        }
    }
    page += ".SH EXIT STATUS\n";
    let statuses = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    for (status, meaning) in statuses.lines().filter_map(|l| l.trim().split_once("  ")) {
        writeln!(page, ".TP\n\\fB{status}\\fR\n{meaning}")?;
    }
    Ok(page)
}

/// What every rendered piece starts with, and a page needs once: how an apostrophe is written.
const PREAMBLE: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";

fn without_preambles(roff: &[u8]) -> Result<String, Box<dyn Error>> {
    Ok(std::str::from_utf8(roff)?.replace(PREAMBLE, ""))
}

/// A table `FILES: &[(stem, content)]` of the files with that ending, sorted by name.
fn list(folder: &Path, ending: &str) -> Result<String, Box<dyn Error>> {
    let mut names = vec![];
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(ending).map(str::to_owned));
    }
    names.sort();
    let mut table = String::from("static FILES: &[(&str, &str)] = &[\n");
    for name in names {
        let path = folder.join(format!("{name}{ending}"));
        writeln!(table, "    ({name:?}, include_str!({:?})),", path.display().to_string())?;
    }
    table += "];\n";
    Ok(table)
}
