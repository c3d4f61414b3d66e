use std::fs::File;
use std::ops::Range;
use std::sync::Arc;

use crate::{Error, Event, Kernel, KernelName, Known, Spec, Visitor};

/// A kernel whose type is not known when the program is compiled.
///
/// Code that is generic over kernels is compiled for it once, and not once for each kernel. The price is
/// an indirect call for each range, or for each term: nothing in an audit, too much in a timed run of
/// single terms.
#[derive(Debug, Clone)]
pub struct AnyKernel(Arc<dyn Erased>);

impl AnyKernel {
    /// The same kernel with its type hidden.
    pub fn new<K: Kernel>(kernel: K) -> Self {
        AnyKernel(Arc::new(Hidden(kernel)))
    }

    /// The kernel of this name with `terms` terms, over the data in `file` if another process laid it
    /// out there.
    ///
    /// # Errors
    ///
    /// Where the sum would not fit, or the data cannot be had.
    pub fn attach(kernel: KernelName, terms: u64, file: Option<Arc<File>>) -> Result<Self, Error> {
        kernel.visit(Attach { terms, file })
    }
}

struct Attach {
    terms: u64,
    file: Option<Arc<File>>,
}

impl Visitor for Attach {
    type Output = Result<AnyKernel, Error>;

    fn visit<K: Known>(self) -> Self::Output {
        K::attach(self.terms, self.file).map(AnyKernel::new)
    }
}

/// What [`Kernel`] does, without what keeps it from being a trait object.
trait Erased: Send + Sync + std::fmt::Debug {
    fn sum(&self, range: Range<u64>) -> u64;
    fn term(&self, i: u64) -> u64;
    fn grain(&self) -> u64;
    fn spec(&self) -> Spec;
    fn record(&self, event: Event);
    fn is_recording(&self) -> bool;
}

struct Hidden<K>(K);

impl<K: Kernel> std::fmt::Debug for Hidden<K> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.spec().fmt(f)
    }
}

impl<K: Kernel> Erased for Hidden<K> {
    fn sum(&self, range: Range<u64>) -> u64 {
        self.0.sum(range)
    }

    fn term(&self, i: u64) -> u64 {
        self.0.term(i)
    }

    fn grain(&self) -> u64 {
        self.0.grain()
    }

    fn spec(&self) -> Spec {
        self.0.spec()
    }

    fn record(&self, event: Event) {
        self.0.record(event);
    }

    fn is_recording(&self) -> bool {
        self.0.is_recording()
    }
}

impl Kernel for AnyKernel {
    fn sum(&self, range: Range<u64>) -> u64 {
        self.0.sum(range)
    }

    fn term(&self, i: u64) -> u64 {
        self.0.term(i)
    }

    fn grain(&self) -> u64 {
        self.0.grain()
    }

    fn spec(&self) -> Spec {
        self.0.spec()
    }

    fn record(&self, event: Event) {
        self.0.record(event);
    }

    fn is_recording(&self) -> bool {
        self.0.is_recording()
    }
}
