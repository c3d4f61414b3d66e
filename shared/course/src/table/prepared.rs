use std::collections::BTreeMap;
use std::marker::PhantomData;

use kernels::{AnyKernel, AnyKnown, Home, KernelName, Known, Partial, Visitor};
use measure::check::{Reach, TERMS};
use measure::{BoundStrategy, Complaint, Error, Strategy, Subject, seconds_of_a_term};

use crate::Table;

/// A row that pays for every term runs on this many at most, where one term costs little.
const TERMS_OF_A_SLOW_ROW: u64 = 1_000_000;

/// Where partials are no numbers, it may take one core this long for all of them, but for a few.
const SECONDS_OF_A_SLOW_ROW: f64 = 0.05;
const FEW_TERMS: u64 = 1000;

/// A strategy is checked on so many terms, whatever they take.
const FEWEST_TERMS: u64 = 5;

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
    /// No strategy is checked on more terms.
    pub(super) most_terms: u64,
    /// What the check found against a strategy, by its name; and which are not for this kernel.
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
        let fewer = slow_row(&kernel, self.terms);
        let small = fewer.map(|fewer| K::with_home(fewer, Home::Private)).transpose()?;
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
            match small.as_ref().zip(fewer).filter(|_| strategy.per_term) {
                Some((small, fewer)) => strategy.bind(small.clone(), fewer, seed),
                None => strategy.bind(kernel.clone(), self.terms, seed),
            }
        };
        let unmet = |strategy: &Strategy<K>| {
            let why = strategy.needs.unmet(&kernel, self.terms)?;
            Some((strategy.name.clone(), Complaint::Missing(why)))
        };
        Ok(Prepared {
            most_terms: most_terms(&kernel, self.terms),
            complaints: strategies.iter().filter_map(unmet).collect(),
            strategies: strategies.into_iter().map(bind).collect(),
            audited: T::strategies_for(self.options),
            small: small
                .zip(fewer)
                .map(|(small, fewer)| learned(Subject::new(AnyKnown::new(small), fewer))),
            subject: Subject::new(AnyKnown::new(kernel.clone()), self.terms),
        })
    }
}

/// On how many terms a strategy is checked at most: on all numbers, or on so few that take as long as a slow row.
fn most_terms<K: Known>(kernel: &K, terms: u64) -> u64 {
    if K::Partial::IS_NUMBER || terms == 0 {
        return u64::MAX;
    }
    ((SECONDS_OF_A_SLOW_ROW / seconds_of_a_term(kernel, terms)) as u64).max(FEWEST_TERMS)
}

/// On how many terms a row that pays for every one runs; `None`: on all.
fn slow_row<K: Known>(kernel: &K, terms: u64) -> Option<u64> {
    let most = if K::Partial::IS_NUMBER {
        let cheap = kernel.grain() > GRAIN_OF_CHEAP_TERMS;
        if cheap { TERMS_OF_A_SLOW_ROW } else { u64::MAX }
    } else if terms > FEW_TERMS {
        let affordable = SECONDS_OF_A_SLOW_ROW / seconds_of_a_term(kernel, terms);
        (affordable as u64).clamp(FEW_TERMS, TERMS_OF_A_SLOW_ROW)
    } else {
        u64::MAX
    };
    (terms > most).then_some(most)
}
