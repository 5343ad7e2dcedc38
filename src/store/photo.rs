//! Photos on disk: read from the folder of the profile or from the profile itself, and written
//! beside it.

use super::{
    atomic::{self, Safety},
    document::stem,
    read,
};
use crate::{
    at::At,
    finding::{Code, Finding},
    value::photo::{self, Photo},
};
use base64::{
    Engine as _,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use std::{
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

/// What a photo inside the profile begins with.
const INSIDE: &str = "data:";
/// The same for the ones that we write.
const OURS: &str = "data:image/jpeg;base64,";
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Why a photo cannot be had. The messages go on after the name of the picture.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such file.
    #[error("is not there")]
    Missing,
    /// The profile has no folder yet.
    #[error("is looked for beside the profile, which is not saved yet")]
    Unsaved,
    /// An absolute path, one through `..`, one on another machine, or a link out of the folder.
    #[error("does not lie in the folder of the profile, and nothing else is read")]
    Outside,
    /// An address on the web.
    #[error("is an address on the web, and nothing is fetched from there")]
    Web,
    /// A folder, a pipe, a device …
    #[error("is {0}, expected a JPEG or PNG picture")]
    NotAFile(&'static str),
    /// More than [`read::LARGEST`] bytes.
    #[error("has more than 16 MB")]
    TooLarge,
    /// The rights do not allow it.
    #[error("may not be read by you")]
    Forbidden,
    /// Anything else that the system says.
    #[error("cannot be read: {0}")]
    Io(io::Error),
    /// What stands in the profile is no base64 text.
    #[error("is damaged: it is not the text that a picture is written as")]
    NotBase64,
    /// It is no picture that can be printed.
    #[error(transparent)]
    Picture(#[from] photo::Error),
}

impl Error {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Missing => "put the picture into the folder of the profile, or choose it again",
            Self::Unsaved => "save the profile first",
            Self::Outside | Self::Web => {
                "copy the picture into the folder of the profile and give its name alone, as in `me.jpg`"
            }
            Self::NotAFile(_) => "give the name of the picture itself, as in `me.jpg`",
            Self::TooLarge | Self::Picture(photo::Error::Large { .. }) => {
                "make it smaller first, in any picture viewer: 600 × 800 pixels are enough"
            }
            Self::Forbidden => "change its permissions, or choose another picture",
            Self::Picture(photo::Error::Kind(_)) => {
                "save it as JPEG in any picture viewer, and choose that"
            }
            Self::Io(_) | Self::NotBase64 | Self::Picture(photo::Error::Damaged) => {
                "choose the picture again"
            }
        }
    }

    fn code(&self) -> Code {
        match self {
            Self::Missing | Self::Unsaved => Code::PhotoMissing,
            Self::Outside | Self::Web => Code::PhotoOutside,
            Self::NotAFile(_)
            | Self::TooLarge
            | Self::Forbidden
            | Self::Io(_)
            | Self::NotBase64
            | Self::Picture(_) => Code::PhotoUnreadable,
        }
    }
}

/// The photo that `person.photo` holds or names; nothing when it is blank. `folder` is that of the
/// profile.
///
/// Reads and scales the picture each time: keep the result until the field or the file changes.
///
/// # Errors
/// A warning when there is no such picture.
pub fn load(field: &str, folder: Option<&Path>) -> Result<Option<Photo>, Finding> {
    let field = field.trim();
    if field.is_empty() {
        return Ok(None);
    }
    let (name, bytes) = match is_inside(field) {
        true => ("inside the profile".to_owned(), decoded(field)),
        false => (quoted(field), find(field, folder).and_then(|path| bytes(&path))),
    };
    let photo = bytes.and_then(|bytes| Ok(photo::prepare(&bytes, None)?));
    photo.map(Some).map_err(|error| {
        let at = At::root().field("person").field("photo");
        let message = format!("the photo {name} {error}: the page has no photo");
        Finding::warning(error.code(), at, message).hint(error.hint())
    })
}

/// Reads the bytes of a picture that the user has chosen, wherever it lies; see [`photo::prepare`].
///
/// # Errors
/// When it is no file that can be read.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Error> {
    let (bytes, _) = read::bytes(path).map_err(|error| match error {
        read::Error::Missing(_) => Error::Missing,
        read::Error::NotAFile { what, .. } => Error::NotAFile(what),
        read::Error::TooLarge(..) => Error::TooLarge,
        read::Error::Forbidden(_) => Error::Forbidden,
        read::Error::Io { source, .. } => Error::Io(source),
        read::Error::NotText(_) => Error::Picture(photo::Error::Damaged),
    })?;
    Ok(bytes)
}

/// Whether `person.photo` holds the picture itself.
#[must_use]
pub fn is_inside(field: &str) -> bool {
    field.get(..INSIDE.len()).is_some_and(|start| start.eq_ignore_ascii_case(INSIDE))
}

/// What `person.photo` holds for a photo that is kept inside the profile.
#[must_use]
pub fn inside(photo: &Photo) -> String {
    let mut field = OURS.to_owned();
    BASE64.encode_string(&photo.jpeg, &mut field);
    field
}

/// Where a photo is kept beside its profile, unless something else has that name: `x-photo.jpg` for
/// `x.cv.ron`.
#[must_use]
pub fn beside(profile: &Path) -> PathBuf {
    numbered(profile, 1)
}

/// Writes a photo beside its profile, under a name that is free or holds the same picture already.
/// Gives what `person.photo` shall hold.
///
/// # Errors
/// When it cannot be written.
pub fn save(photo: &Photo, profile: &Path) -> Result<String, atomic::Error> {
    let mut number = 1;
    loop {
        let path = numbered(profile, number);
        let free = path.symlink_metadata().is_err();
        if free {
            atomic::write(&path, &photo.jpeg, Safety::default())?;
        }
        if free || read::bytes(&path).is_ok_and(|(found, _)| *found == *photo.jpeg) {
            return Ok(path.file_name().unwrap_or_default().to_string_lossy().into_owned());
        }
        number += 1;
    }
}

fn numbered(profile: &Path, number: usize) -> PathBuf {
    // The name must read back as a name, on every system.
    let odd = |c: char| c.is_control() || r#"/\:*?"<>|"#.contains(c);
    let stem = stem(profile).trim_start().replace(odd, "-");
    profile.with_file_name(match number {
        1 => format!("{stem}-photo.jpg"),
        _ => format!("{stem}-photo-{number}.jpg"),
    })
}

/// The file that `field` names, which lies in the folder of the profile or below.
fn find(field: &str, folder: Option<&Path>) -> Result<PathBuf, Error> {
    if field.contains("://") {
        return Err(Error::Web);
    }
    let mut inner = PathBuf::new();
    for part in field.split(['/', '\\']) {
        // Empty at the start of `/x` and `\\host\x`; with a colon in `C:\x`.
        if part.is_empty() || part == ".." || part.contains([':', '\0']) {
            return Err(Error::Outside);
        }
        inner.push(part);
    }
    let folder = match folder.ok_or(Error::Unsaved)? {
        folder if folder.as_os_str().is_empty() => Path::new("."),
        folder => folder,
    };
    let real = |path: &Path| {
        path.canonicalize().map_err(|error| match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Error::Missing,
            ErrorKind::PermissionDenied => Error::Forbidden,
            _ => Error::Io(error),
        })
    };
    let folder = real(folder)?;
    let path = real(&folder.join(inner))?;
    if path.starts_with(&folder) { Ok(path) } else { Err(Error::Outside) }
}

/// The bytes of the picture that `field` holds.
fn decoded(field: &str) -> Result<Vec<u8>, Error> {
    let (head, body) = field.split_once(',').ok_or(Error::NotBase64)?;
    if !head.trim_end().to_ascii_lowercase().ends_with(";base64") {
        return Err(Error::NotBase64);
    }
    let body: String = body.chars().filter(|c| !c.is_whitespace()).collect();
    BASE64.decode(body).or(Err(Error::NotBase64))
}

/// What the user wrote, short enough for a message.
fn quoted(field: &str) -> String {
    const LONGEST: usize = 60;
    if field.chars().count() <= LONGEST {
        return format!("`{field}`");
    }
    format!("`{}…`", field.chars().take(LONGEST - 1).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{File, create_dir};
    use std::io::Write as _;

    /// A small PNG, 2 × 3 pixels: red, and nothing else.
    const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAIAAAA2iEnWAAAAEElEQVR4nGM4oaEBRAwoFABIvQaRikDLogAAAABJRU5ErkJggg==";

    fn png() -> Vec<u8> {
        BASE64.decode(PNG).unwrap()
    }

    fn put(path: &Path, bytes: &[u8]) {
        File::create(path).unwrap().write_all(bytes).unwrap();
    }

    fn files(folder: &Path) -> Vec<String> {
        let entries = folder.read_dir().unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn only_the_folder_of_the_profile_is_read() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("cv");
        create_dir(&folder).unwrap();
        create_dir(folder.join("pictures")).unwrap();
        put(&outer.path().join("secret.png"), &png());
        put(&folder.join("me.png"), &png());
        put(&folder.join("pictures/me.png"), &png());
        put(&folder.join("me.txt"), b"words");
        File::create(folder.join("large.png")).unwrap().set_len(read::LARGEST + 1).unwrap();
        let absolute = folder.join("me.png").display().to_string();
        #[cfg(unix)]
        std::os::unix::fs::symlink("../secret.png", folder.join("link.png")).unwrap();
        let told = |field: &str, folder: Option<&Path>| match load(field, folder) {
            Ok(photo) => photo.map_or("none".to_owned(), |p| format!("{} × {}", p.width, p.height)),
            Err(finding) => {
                assert_eq!(finding.at.to_string(), "person.photo");
                assert!(!finding.hint.is_empty() && !finding.hint.ends_with('.'));
                format!("{}: {}", finding.code, finding.message)
            }
        };
        for (field, expected) in [
            ("", "none"),
            (" \n", "none"),
            ("me.png", "2 × 3"),
            (" ./me.png ", "2 × 3"),
            ("pictures/me.png", "2 × 3"),
            ("pictures\\me.png", "2 × 3"),
            ("you.png", "photo-missing: the photo `you.png` is not there"),
            ("me.png/me.png", "photo-missing: "),
            (
                "../secret.png",
                "photo-outside: the photo `../secret.png` does not lie in the folder",
            ),
            ("pictures/../../secret.png", "photo-outside: "),
            ("..\\secret.png", "photo-outside: "),
            ("//host/share/me.png", "photo-outside: "),
            (r"\\host\share\me.png", "photo-outside: "),
            (r"C:\me.png", "photo-outside: "),
            ("C:me.png", "photo-outside: "),
            (&absolute, "photo-outside: "),
            ("file:///etc/passwd", "photo-outside: "),
            (
                "https://example.org/me.png",
                "photo-outside: the photo `https://example.org/me.png` is an address on the web",
            ),
            ("pictures", "photo-unreadable: the photo `pictures` is a folder, expected"),
            ("me.txt", "photo-unreadable: the photo `me.txt` is no picture, expected"),
            ("large.png", "photo-unreadable: the photo `large.png` has more than 16 MB"),
            ("data:", "photo-unreadable: the photo inside the profile is damaged"),
            ("data:image/png,abc", "photo-unreadable: "),
            ("data:image/png;base64,!", "photo-unreadable: "),
            (
                "data:image/png;base64,AAAA",
                "photo-unreadable: the photo inside the profile is no picture",
            ),
            (&format!("data:image/png;base64,{PNG}"), "2 × 3"),
            (&format!("DATA:image/png;BASE64, \n{}", PNG.trim_end_matches('=')), "2 × 3"),
            #[cfg(unix)]
            ("link.png", "photo-outside: "),
        ] {
            let told = told(field, Some(&folder));
            assert!(told.starts_with(expected), "{field}: {told}");
        }
        assert!(told("me.png", None).starts_with("photo-missing: "));
        let long = "x".repeat(5000);
        assert!(told(&long, Some(&folder)).len() < 250);
    }

    #[test]
    #[cfg(unix)]
    fn devices_are_refused_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("me.jpg");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let told = load("me.jpg", Some(folder.path())).unwrap_err();
        assert!(told.message.contains("is a socket, expected"), "{}", told.message);
    }

    #[test]
    fn photos_are_saved_beside_the_profile_and_never_over_another_file() {
        let folder = tempfile::tempdir().unwrap();
        let profile = folder.path().join("me.cv.ron");
        let photo = photo::prepare(&png(), None).unwrap();
        assert_eq!(beside(&profile), folder.path().join("me-photo.jpg"));
        put(&beside(&profile), b"a picture of somebody else");
        create_dir(folder.path().join("me-photo-2.jpg")).unwrap();
        for _ in 0..2 {
            assert_eq!(save(&photo, &profile).unwrap(), "me-photo-3.jpg");
        }
        assert_eq!(files(folder.path()), ["me-photo-2.jpg", "me-photo-3.jpg", "me-photo.jpg"]);
        let other = Photo { jpeg: b"other".as_slice().into(), ..photo.clone() };
        assert_eq!(save(&other, &profile).unwrap(), "me-photo-4.jpg");
        let odd = folder.path().join(" a:b.ron");
        let name = save(&photo, &odd).unwrap();
        assert_eq!(name, "a-b-photo.jpg");
        assert_eq!(load(&name, Some(folder.path())).unwrap().map(|p| p.width), Some(2));
        assert!(save(&photo, &folder.path().join("none/me.cv.ron")).is_err());
    }

    #[test]
    fn a_photo_inside_reads_back() {
        let photo = photo::prepare(&png(), None).unwrap();
        let field = inside(&photo);
        assert!(is_inside(&field) && !is_inside("me.jpg") && !is_inside("é"));
        assert_eq!(*decoded(&field).unwrap(), *photo.jpeg);
        let read = load(&field, None).unwrap().unwrap();
        assert_eq!((read.width, read.height), (photo.width, photo.height));
    }
}
