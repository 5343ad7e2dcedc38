//! What a file may be called: names that mean something else to Windows.

use std::path::{Path, PathBuf};

/// Names of devices, with whatever ending.
/// Source: "Naming Files, Paths, and Namespaces" of Microsoft.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

/// Names of devices that a digit follows.
const NUMBERED: [&str; 2] = ["COM", "LPT"];

/// The last endings of profiles, without dots.
pub const PROFILES: [&str; 2] = ["ron", "cvron"];

/// Why Windows has no file of that name; nothing where it may have one.
#[must_use]
pub fn refusal(name: &str) -> Option<&'static str> {
    if is_device(name) {
        Some("the name of a device")
    } else if name.contains(':') {
        Some("a colon, which would hide it behind another file")
    } else if name.contains(['<', '>', '"', '|', '?', '*', '/', '\\'])
        || name.chars().any(char::is_control)
    {
        Some("a sign that no name may have")
    } else if name.ends_with(['.', ' ']) {
        Some("a dot or a space at its end")
    } else {
        None
    }
}

/// Whether a file is called as profiles are: `me.cv.ron`, `me.ron`, or `me.cvron`, which is for
/// systems that see no more of a name than its last ending.
#[must_use]
pub fn is_profile(path: &Path) -> bool {
    let is = |ending: &&str| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(ending));
    PROFILES.iter().any(is)
}

/// A name with the whole ending of a profile, for one that a system's chooser has ended in the last
/// part of it alone: `me.cv.ron` for `me.ron`.
#[must_use]
pub fn with_whole_ending(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?;
    let dot = name.len().checked_sub(".ron".len())?;
    let (stem, ending) = name.split_at_checked(dot)?;
    let is_cut = ending.eq_ignore_ascii_case(".ron") && !stem.to_ascii_lowercase().ends_with(".cv");
    is_cut.then(|| path.with_file_name(format!("{stem}.cv.ron")))
}

/// The same for the last name of a path, on Windows; elsewhere every name goes.
pub(super) fn refused_here(path: &Path) -> Option<&'static str> {
    let name = path.file_name()?.to_str()?;
    if cfg!(windows) { refusal(name) } else { None }
}

/// `stem` as the beginning of a name that each system takes: what a program makes out of somebody's
/// words may be sent to another system.
#[must_use]
pub fn mended(stem: &str) -> String {
    let odd = |c: char| c.is_control() || r#"/\:*?"<>|"#.contains(c);
    let stem = stem.trim_start().replace(odd, "-");
    if is_device(&stem) { format!("{stem}_") } else { stem }
}

/// Whether what stands before the first dot is the name of a device.
fn is_device(name: &str) -> bool {
    let stem = name.split(['.', ':']).next().unwrap_or_default().trim_end_matches(' ');
    let is = |device: &&str| stem.eq_ignore_ascii_case(device);
    let is_numbered = || {
        let digit = stem.chars().next_back()?;
        let word = stem.strip_suffix(digit)?;
        // The superscripts count as digits there, too.
        let is_digit = matches!(digit, '0'..='9' | '¹' | '²' | '³');
        Some(is_digit && NUMBERED.iter().any(|device| word.eq_ignore_ascii_case(device)))
    };
    DEVICES.iter().any(is) || is_numbered().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_windows_takes_otherwise() {
        for name in [
            "con",
            "NUL",
            "nul.pdf",
            "Aux.cv.ron",
            "com1",
            "LPT9.txt",
            "com²",
            "con .pdf",
            "a:b.pdf",
            "x.pdf:y",
            "a?b",
            "a<b",
            "a|b",
            "x.pdf.",
            "x ",
            "a\tb",
            "conin$",
        ] {
            assert!(refusal(name).is_some(), "{name}");
        }
        for name in [
            "cv.pdf",
            "console.pdf",
            "me.cv.ron",
            "com.pdf",
            "com10.pdf",
            "nul-CV.pdf",
            ".hidden",
            "Constance.pdf",
            "日本.pdf",
            "a b.pdf",
            "auxiliary",
            "Lpt.pdf",
            "é1",
        ] {
            assert_eq!(refusal(name), None, "{name}");
        }
    }

    #[test]
    fn profiles_are_known_by_their_endings() {
        for (name, expected) in [
            ("me.cv.ron", true),
            ("me.RON", true),
            ("me.cvron", true),
            ("me.CvRon", true),
            ("me.cvrons", false),
            ("ron", false),
            ("me.ron.pdf", false),
        ] {
            assert_eq!(is_profile(Path::new(name)), expected, "{name}");
        }
    }

    #[test]
    fn an_ending_that_was_cut_is_made_whole() {
        for (name, expected) in [
            ("a/me.ron", Some("a/me.cv.ron")),
            ("me.RON", Some("me.cv.ron")),
            ("日.ron", Some("日.cv.ron")),
            ("me.cv.ron", None),
            ("me.CV.ron", None),
            ("me.cvron", None),
            ("ron", None),
            ("日本", None),
            ("me", None),
        ] {
            let whole = with_whole_ending(Path::new(name));
            assert_eq!(whole.as_deref(), expected.map(Path::new), "{name}");
        }
    }

    #[test]
    fn what_is_made_is_a_name_on_every_system() {
        for (stem, expected) in [
            ("me", "me"),
            ("Con", "Con_"),
            ("nul", "nul_"),
            ("Com1", "Com1_"),
            (" a:b", "a-b"),
            ("a/b\\c", "a-b-c"),
            ("Aux-CV", "Aux-CV"),
        ] {
            assert_eq!(mended(stem), expected);
            assert_eq!(refusal(&format!("{expected}.pdf")), None, "{expected}");
        }
    }
}
