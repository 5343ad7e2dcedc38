//! The files that lie beside the one that is read, as some formats spread over several.

/// Gives the files that a source names. A format never opens one itself: what may be opened is the
/// matter of whoever knows where the source lies.
pub trait Beside {
    /// The bytes of the file with this name, relative to the folder of the source and with `/`
    /// between folders; nothing where there is none, or none that may be opened.
    fn file(&self, relative: &str) -> Option<Vec<u8>>;
}

/// Nothing lies beside it, as with pasted text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Alone;

impl Beside for Alone {
    fn file(&self, _: &str) -> Option<Vec<u8>> {
        None
    }
}

impl<F: Fn(&str) -> Option<Vec<u8>>> Beside for F {
    fn file(&self, relative: &str) -> Option<Vec<u8>> {
        self(relative)
    }
}
