//! What the tests of the command line share: the program itself, run in a folder with some files,
//! and profiles for it.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "what is not as expected fails the test"
)]

use std::{
    fs,
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

/// A small profile.
pub(crate) const SMALL: &str = r#"// cv-profile 1
#![enable(implicit_some, unwrap_variant_newtypes)]
Profile(
    person: (name: "Zofia Example", emails: ["zofia@example.org"]),
    sections: [
        Education(entries: [
            (institution: "Baltic Institute", date: "2022 – 2026"),
        ]),
    ],
    variants: [(name: "industry", headline: "Engineer")],
)
"#;

/// How a run ended.
pub(crate) struct Run {
    /// The exit status.
    pub(crate) status: i32,
    /// Standard output.
    pub(crate) out: Vec<u8>,
    /// Standard error.
    pub(crate) err: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let err = String::from_utf8(output.stderr).unwrap();
        // A library's word about its own data, in development builds only.
        let err: String =
            err.lines().filter(|l| !l.starts_with("ICU4X")).map(|l| format!("{l}\n")).collect();
        Self { status: output.status.code().unwrap(), out: output.stdout, err }
    }
}

/// A run in `folder`, to its end.
pub(crate) fn vitae(folder: &TempDir, args: &[&str]) -> Run {
    command(folder, args).output().unwrap().into()
}

/// A run in `folder`, to be started; no window can open in it.
pub(crate) fn command(folder: &TempDir, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vitae"));
    command.args(args).current_dir(folder.path()).stdin(Stdio::null());
    // Earlier versions and locks of tests do not belong into anybody's home.
    command.env("XDG_STATE_HOME", env!("CARGO_TARGET_TMPDIR"));
    // Nor do the settings of somebody change what tests find.
    command.env("XDG_CONFIG_HOME", env!("CARGO_TARGET_TMPDIR"));
    for screen in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        command.env_remove(screen);
    }
    command
}

/// A folder with these files.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// A profile of a page and a half.
pub(crate) fn long_profile() -> String {
    let bullet = "\"Measured what nobody had measured before, and wrote down with care what came of it in the end\",";
    let entry =
        format!("(organization: \"Laboratory\", date: \"2024\", bullets: [{}]),", bullet.repeat(9));
    format!(
        "#![enable(implicit_some, unwrap_variant_newtypes)]\nProfile(person: (name: \"Zofia Example\"), \
         sections: [Experience(entries: [{}])])",
        entry.repeat(9)
    )
}
