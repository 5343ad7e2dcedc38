//! Access lists and other extended attributes: a file that takes the place of another one has the
//! same.

use rustix::{
    fs::{XattrFlags, fgetxattr, flistxattr, fremovexattr, fsetxattr},
    io::Errno,
};
use std::{
    ffi::{CStr, CString},
    fs::File,
    io,
};

/// Gives `new` the extended attributes of `old`, access list and all, and takes away what it has
/// from its folder and `old` has not: a folder may give more people rights than its file had.
///
/// # Errors
/// When one cannot be carried over; `new` must not take the place of `old` then.
pub(super) fn carry(old: &File, new: &File) -> io::Result<()> {
    let (wanted, found) = (names(old)?, names(new)?);
    for name in found.iter().filter(|name| !wanted.contains(name) && !is_systems(name)) {
        fremovexattr(new, name.as_c_str()).map_err(forbidden)?;
    }
    for name in wanted.iter().filter(|name| !is_systems(name)) {
        let value = value(old, name)?;
        fsetxattr(new, name.as_c_str(), &value, XattrFlags::empty()).map_err(forbidden)?;
    }
    Ok(())
}

/// Whether the system gives every file its own: its labels of security, for one.
fn is_systems(name: &CStr) -> bool {
    name.to_bytes().starts_with(b"security.")
}

/// The largest list of names and the largest value that Linux has.
const LARGEST: usize = 65_536;

fn names(file: &File) -> io::Result<Vec<CString>> {
    let mut buffer = vec![0_u8; LARGEST];
    match flistxattr(file, &mut buffer[..]) {
        Ok(length) => {
            let list = buffer.get(..length).unwrap_or_default();
            let names = list.split_inclusive(|byte| *byte == 0);
            let names = names.filter_map(|name| CStr::from_bytes_with_nul(name).ok());
            Ok(names.map(CStr::to_owned).collect())
        }
        // A file system without any.
        Err(Errno::NOTSUP | Errno::NOSYS) => Ok(vec![]),
        Err(error) => Err(forbidden(error)),
    }
}

fn value(file: &File, name: &CStr) -> io::Result<Vec<u8>> {
    let mut buffer = vec![0_u8; LARGEST];
    let length = fgetxattr(file, name, &mut buffer[..]).map_err(forbidden)?;
    buffer.truncate(length);
    Ok(buffer)
}

/// Whatever the reason: the file can then only be written in place.
fn forbidden(error: Errno) -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An access list: `user::rw-`, `user:12345:rw-`, `group::---`, `mask::rw-`, `other::---`.
    fn list() -> Vec<u8> {
        let mut bytes = 2_u32.to_le_bytes().to_vec();
        const NOBODY: u32 = u32::MAX;
        for (tag, rights, id) in [
            (1_u16, 6_u16, NOBODY),
            (2, 6, 12_345),
            (4, 0, NOBODY),
            (16, 6, NOBODY),
            (32, 0, NOBODY),
        ] {
            bytes.extend(tag.to_le_bytes());
            bytes.extend(rights.to_le_bytes());
            bytes.extend(id.to_le_bytes());
        }
        bytes
    }

    #[test]
    fn attributes_are_those_of_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| File::create(folder.path().join(name)).unwrap();
        let (old, new) = (file("old"), file("new"));
        let set = |file: &File, name: &CStr, value: &[u8]| {
            fsetxattr(file, name, value, XattrFlags::empty())
        };
        if set(&old, c"user.note", b"mine").is_err() {
            return; // This file system has none.
        }
        let acl = set(&old, c"system.posix_acl_access", &list());
        set(&new, c"user.other", b"from elsewhere").unwrap();
        carry(&old, &new).unwrap();
        assert_eq!(names(&new).unwrap(), names(&old).unwrap());
        for name in names(&old).unwrap() {
            assert_eq!(value(&new, &name).unwrap(), value(&old, &name).unwrap());
        }
        // One that has none, in a folder that gives some.
        let bare = file("bare");
        if acl.is_ok() {
            set(&new, c"system.posix_acl_access", &list()).unwrap();
        }
        carry(&bare, &new).unwrap();
        assert_eq!(names(&new).unwrap(), names(&bare).unwrap());
    }
}
