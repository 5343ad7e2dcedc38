//! The address of a place in a profile: what spans are to a compiler.

use std::{fmt, sync::Arc};

/// One step from a record to something inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A field, by the name it has in the file.
    Field(&'static str),
    /// An element of a list, counted from 0.
    Index(usize),
}

/// A path from the profile down to a field, as `sections[1].entries[0].title`. Cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At(Arc<[Step]>);

impl At {
    /// The profile itself.
    #[must_use]
    pub fn root() -> Self {
        Self(Arc::new([]))
    }

    /// The field `name` of what `self` names.
    #[must_use]
    pub fn field(&self, name: &'static str) -> Self {
        self.step(Step::Field(name))
    }

    /// Element `index` (from 0) of the list that `self` names.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.step(Step::Index(index))
    }

    /// The steps from the profile downwards.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Whether `self` is `other` or lies inside it.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0)
    }

    /// The thing that holds this place; the profile for the profile.
    #[must_use]
    pub fn parent(&self) -> Self {
        let keep = self.0.len().saturating_sub(1);
        Self(self.0.iter().take(keep).copied().collect())
    }

    fn step(&self, step: Step) -> Self {
        Self(self.0.iter().copied().chain([step]).collect())
    }
}

impl Default for At {
    fn default() -> Self {
        Self::root()
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            match step {
                Step::Field(name) if i == 0 => write!(f, "{name}")?,
                Step::Field(name) => write!(f, ".{name}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

impl fmt::Debug for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "At({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_like_a_path() {
        let at = At::root().field("sections").index(2).field("title");
        assert_eq!(at.to_string(), "sections[2].title");
        assert!(at.is_within(&at.parent()));
        assert!(!at.parent().is_within(&at));
        assert_eq!(At::root().parent(), At::root());
    }
}
