use std::collections::BTreeMap;
use std::marker::PhantomData;

use kernels::{AnyKernel, AnyKnown, Home, KernelName, Known, Visitor};
use measure::check::{Reach, TERMS};
use measure::{BoundStrategy, Complaint, Error, Strategy, Subject};

use crate::Table;

/// A row that pays for every term runs on this many at most, where one term costs little.
const TERMS_OF_A_SLOW_ROW: u64 = 1_000_000;

/// A term of a kernel with a larger grain costs less than 50 nanoseconds.
const GRAIN_OF_CHEAP_TERMS: u64 = 1000;

/// A kernel, and the strategies of a lesson that are for it, ready to be measured.
pub(super) struct Prepared {
    pub(super) subject: Subject,
    /// The same kernel with fewer terms, for rows that pay for every one.
    small: Option<Subject>,
    pub(super) strategies: Vec<BoundStrategy>,
    /// The same strategies once more, to be audited.
    audited: Vec<Strategy<AnyKernel>>,
    /// What the check found against a strategy, by its name.
    pub(super) complaints: BTreeMap<String, Complaint>,
}

impl Prepared {
    /// The kernel of that name with `terms` terms, and those strategies of lesson `T` that `wanted` names.
    pub(super) fn new<T: Table>(
        kernel: KernelName,
        terms: u64,
        options: &T::Options,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<Self, Error> {
        kernel.visit(Prepare { terms, options, wanted, lesson: PhantomData::<T> })
    }

    /// What a strategy sums.
    pub(super) fn subject_of(&self, per_term: bool) -> &Subject {
        self.small.as_ref().filter(|_| per_term).unwrap_or(&self.subject)
    }

    /// The same kernel with so few terms that any strategy can be audited on them.
    pub(super) fn fewer_terms(&self) -> Result<Subject, Error> {
        self.with_terms(TERMS_OF_A_SLOW_ROW.min(self.subject.terms()), Home::Private)
    }

    /// The same kernel with `terms` terms, whose data is at `home`.
    pub(super) fn with_terms(&self, terms: u64, home: Home) -> Result<Subject, Error> {
        let kernel = AnyKnown::with_home(self.subject.kernel().name(), terms, home)?;
        Ok(learned(Subject::new(kernel, terms)))
    }

    /// The strategy of that name, to be audited.
    pub(super) fn audited(&self, name: &str) -> Option<&Strategy<AnyKernel>> {
        self.audited.iter().find(|strategy| strategy.name == name)
    }
}

/// The subject, which knows the bits of its exact sum.
fn learned(subject: Subject) -> Subject {
    subject.learn(&subject.sum());
    subject
}

struct Prepare<'p, T: Table> {
    terms: u64,
    options: &'p T::Options,
    wanted: &'p dyn Fn(&str) -> bool,
    lesson: PhantomData<T>,
}

impl<T: Table> Visitor for Prepare<'_, T> {
    type Output = Result<Prepared, Error>;

    fn visit<K: Known>(self) -> Self::Output {
        let kernel = K::with_home(self.terms, T::HOME)?;
        let cheap = kernel.grain() > GRAIN_OF_CHEAP_TERMS;
        let small = (cheap && self.terms > TERMS_OF_A_SLOW_ROW)
            .then(|| K::with_home(TERMS_OF_A_SLOW_ROW, Home::Private))
            .transpose()?;
        let wanted = |name: &str, only: Option<KernelName>| {
            only.is_none_or(|only| only == K::NAME) && (self.wanted)(name)
        };
        let mut strategies = T::strategies_for::<K>(self.options);
        strategies.retain(|strategy| wanted(&strategy.name, strategy.only));
        let seed = self.options.as_ref().seed;
        let bind = |strategy: Strategy<K>| {
            // Workers that live as long as one sum would be started for each of these.
            let first = T::REACH == Reach::Processes && strategy.is_pool;
            let strategy = if first { strategy.with_first_sums(&TERMS) } else { strategy };
            match small.as_ref().filter(|_| strategy.per_term) {
                Some(small) => strategy.bind(small.clone(), TERMS_OF_A_SLOW_ROW, seed),
                None => strategy.bind(kernel.clone(), self.terms, seed),
            }
        };
        Ok(Prepared {
            strategies: strategies.into_iter().map(bind).collect(),
            audited: T::strategies_for(self.options),
            complaints: BTreeMap::new(),
            small: small
                .clone()
                .map(|small| learned(Subject::new(AnyKnown::new(small), TERMS_OF_A_SLOW_ROW))),
            subject: Subject::new(AnyKnown::new(kernel.clone()), self.terms),
        })
    }
}
