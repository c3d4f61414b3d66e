use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use kernels::{AnyKnown, Home, KernelName};

use crate::lock::locked;
use crate::{Error, Subject};

/// A kernel with various numbers of terms: each is made once for a whole table, when it is first asked for.
#[derive(Debug)]
pub struct Subjects {
    kernel: KernelName,
    home: Home,
    made: Mutex<BTreeMap<u64, Arc<Subject>>>,
}

impl Subjects {
    /// Those of `kernel`, which keeps its data in `home`.
    pub fn new(kernel: KernelName, home: Home) -> Self {
        Subjects { kernel, home, made: Mutex::default() }
    }

    /// The one with `terms` terms. It knows the bits of its exact sum.
    ///
    /// # Errors
    ///
    /// Where its data cannot be had.
    pub(super) fn of(&self, terms: u64) -> Result<Arc<Subject>, Error> {
        let mut made = locked(&self.made);
        if let Some(subject) = made.get(&terms) {
            return Ok(Arc::clone(subject));
        }
        let subject = Subject::new(AnyKnown::with_home(self.kernel, terms, self.home)?, terms);
        subject.learn(&subject.sum());
        let subject = Arc::new(subject);
        made.insert(terms, Arc::clone(&subject));
        Ok(subject)
    }
}
