//! Lists the data files of `assets` and `profiles` into tables, and makes man page and completions from the
//! command line's definition, so that a new theme or sample is one file and no code.

use clap::CommandFactory as _;
use std::{env, error::Error, fmt::Write as _, fs, path::Path};

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
    println!("cargo:rerun-if-changed=src/cli/args.rs");
    let mut command = args::Args::command();
    command.build();
    for shell in [clap_complete::Shell::Bash, clap_complete::Shell::Zsh, clap_complete::Shell::Fish]
    {
        let mut text = vec![];
        clap_complete::generate(shell, &mut command, "vitae", &mut text);
        fs::write(out.join(format!("vitae.{shell}")), text)?;
    }
    let mut page = vec![];
    clap_mangen::Man::new(command).render(&mut page)?;
    fs::write(out.join("vitae.1"), page)?;
    Ok(())
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
