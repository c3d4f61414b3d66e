use std::fs::File;
use std::ops::Range;
use std::sync::Arc;

use crate::simd::Level;
use crate::{
    Error, Event, Expected, Home, Kernel, KernelName, Known, Partial, Spec, Total, Visitor,
};

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

/// A kernel with a known answer, whose type is not known when the program is compiled.
#[derive(Debug, Clone)]
pub struct AnyKnown {
    name: KernelName,
    known: Arc<dyn ErasedKnown>,
}

impl AnyKnown {
    /// The same kernel with its type hidden.
    pub fn new<K: Known>(kernel: K) -> Self {
        AnyKnown { name: K::NAME, known: Arc::new(Hidden(kernel)) }
    }

    /// The kernel of this name with `terms` terms and its data, if any, in `home`.
    ///
    /// # Errors
    ///
    /// Where the sum would not fit, or the data would not.
    pub fn with_home(kernel: KernelName, terms: u64, home: Home) -> Result<Self, Error> {
        kernel.visit(Make { terms, home })
    }

    /// Its name.
    pub fn name(&self) -> KernelName {
        self.name
    }

    /// The same kernel, without its answer.
    pub fn kernel(&self) -> AnyKernel {
        AnyKernel(Arc::clone(&self.known) as Arc<dyn Erased>)
    }

    /// The known answer.
    pub fn expected(&self) -> Expected {
        self.known.expected()
    }

    /// The known answer as a reader wants it.
    pub fn answer(&self) -> String {
        match self.expected() {
            Expected::Exact(sum) => self.show(&sum),
            Expected::Near { value, .. } => value.to_string(),
        }
    }

    /// A sum as a reader wants it.
    pub fn show(&self, sum: &Total) -> String {
        self.known.show(sum)
    }

    /// The numbers that it reads from memory, if it does.
    pub fn numbers(&self) -> Option<&[u64]> {
        self.known.numbers()
    }

    /// Which instructions its hot loop uses.
    pub fn level(&self) -> Level {
        self.known.level()
    }
}

struct Make {
    terms: u64,
    home: Home,
}

impl Visitor for Make {
    type Output = Result<AnyKnown, Error>;

    fn visit<K: Known>(self) -> Self::Output {
        K::with_home(self.terms, self.home).map(AnyKnown::new)
    }
}

/// What [`Known`] adds to it.
trait ErasedKnown: Erased {
    fn expected(&self) -> Expected;
    fn show(&self, sum: &Total) -> String;
    fn numbers(&self) -> Option<&[u64]>;
    fn level(&self) -> Level;
}

impl<K: Known> ErasedKnown for Hidden<K> {
    fn expected(&self) -> Expected {
        self.0.expected()
    }

    fn show(&self, sum: &Total) -> String {
        self.0.show(&K::Partial::of(sum))
    }

    fn numbers(&self) -> Option<&[u64]> {
        self.0.numbers()
    }

    fn level(&self) -> Level {
        self.0.level()
    }
}

/// What [`Kernel`] does, without what keeps it from being a trait object.
trait Erased: Send + Sync + std::fmt::Debug {
    fn sum(&self, range: Range<u64>) -> Total;
    fn term(&self, i: u64) -> Total;
    fn grain(&self) -> u64;
    fn spec(&self) -> Spec;
    fn record(&self, event: Event);
    fn decode(&self, bytes: &[u8]) -> Option<Total>;
}

struct Hidden<K>(K);

impl<K: Kernel> std::fmt::Debug for Hidden<K> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.spec().fmt(f)
    }
}

impl<K: Kernel> Erased for Hidden<K> {
    fn sum(&self, range: Range<u64>) -> Total {
        self.0.sum(range).erased()
    }

    fn term(&self, i: u64) -> Total {
        self.0.term(i).erased()
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

    fn decode(&self, bytes: &[u8]) -> Option<Total> {
        self.0.decode(bytes).map(Partial::erased)
    }
}

impl Kernel for AnyKernel {
    type Partial = Total;

    fn sum(&self, range: Range<u64>) -> Total {
        self.0.sum(range)
    }

    fn term(&self, i: u64) -> Total {
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

    fn decode(&self, bytes: &[u8]) -> Option<Total> {
        self.0.decode(bytes)
    }
}
