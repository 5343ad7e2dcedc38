//! Workers that go on after a panic: it is a fault of this program and must not take the user's
//! work with it.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// What the user is told when work failed by a fault of the program.
pub(super) const FAULT: &str = "Vitae made a mistake, which is not yours";

/// Runs `work`, and once more when it panics; `None` when it panics again. What `work` holds must be
/// sound when it is begun anew.
pub(super) fn twice<T>(mut work: impl FnMut() -> T) -> Option<T> {
    const TRIES: usize = 2;
    (0..TRIES).find_map(|_| catch_unwind(AssertUnwindSafe(&mut work)).ok())
}

/// Runs `work`; `None` when it panics.
pub(super) fn once<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// The panics that a test asks for. The program itself meets none.
#[derive(Clone, Debug, Default)]
pub(super) struct Faults {
    #[cfg(test)]
    left: std::sync::Arc<std::sync::atomic::AtomicU32>,
}

impl Faults {
    /// Panics if a test has asked for it.
    pub(super) fn meet(&self) {
        let Self { .. } = self;
        #[cfg(test)]
        {
            use std::sync::atomic::Ordering::SeqCst;
            let met = self.left.fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1));
            assert!(met.is_err(), "a fault that a test has asked for");
        }
    }

    /// Asks for so many panics.
    #[cfg(test)]
    pub(super) fn ask_for(&self, count: u32) {
        self.left.store(count, std::sync::atomic::Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_costs_one_try() {
        let faults = Faults::default();
        let mut tries = 0;
        for (count, expected) in [(0, Some(7)), (1, Some(7)), (2, None)] {
            faults.ask_for(count);
            let done = twice(|| {
                tries += 1;
                faults.meet();
                7
            });
            assert_eq!(done, expected);
        }
        assert_eq!(tries, 5);
        faults.ask_for(1);
        assert_eq!(once(|| faults.meet()), None);
        assert_eq!(once(|| faults.meet()), Some(()));
    }
}
