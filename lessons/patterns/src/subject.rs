use std::ops::Range;
use std::sync::Arc;

use kernels::{Integers, Kernel, Known, Spec};
use measure::audit::Audit;
use measure::{Capacity, Context, Error, Ruling, Summed, Weights, capacity, time};

use crate::pattern::{Info, Pattern, Strategy};
use crate::recorder::{Recording, Silent};
use crate::tiling;

/// The work of one table, whatever its pattern: what the session measures.
pub(crate) trait Subject: Send + Sync {
    /// Its rows, in reading order; the first is the baseline.
    fn rows(&self) -> Vec<Info>;

    /// How many terms there are.
    fn terms(&self) -> u64;

    /// One number that stands for the known results.
    fn answer(&self) -> u64;

    /// The same with another number of terms.
    fn with_terms(&self, terms: u64) -> Result<Box<dyn Subject>, Error>;

    /// Runs the row of that name. The time is that of the row alone; its results are looked at afterwards, and
    /// the number is 0 if they are all right.
    fn timed(&self, row: &str, context: &Context) -> Result<Summed, Error>;

    /// What such a number says.
    fn rule(&self, number: Option<u64>) -> Ruling;

    /// Runs the row of that name while somebody looks on.
    fn audited(&self, row: &str, context: &Context) -> Result<Seen, Error>;

    /// What the machine gives to the workers of `context` just now, where the baseline takes `alone` seconds.
    fn control(&self, context: &Context, alone: f64) -> Result<Capacity, Error>;

    /// The first half of what some rows do: the sum of all terms.
    fn sum_only(&self) -> Option<u64>;
}

/// What an audited run showed.
#[derive(Debug)]
pub(crate) struct Seen {
    /// Who wrote what.
    pub(crate) audit: Audit,
    /// How many terms were added up without writing anything.
    pub(crate) summed: u64,
    /// What is wrong, in words.
    pub(crate) fault: Option<String>,
}

/// The subject of a pattern.
#[derive(Debug)]
pub(crate) struct Of<P>(pub(crate) Arc<P>);

impl<P> Clone for Of<P> {
    fn clone(&self) -> Self {
        Of(Arc::clone(&self.0))
    }
}

impl<P: Pattern> Of<P> {
    /// The subject of this data.
    pub(crate) fn new(pattern: P) -> Self {
        Of(Arc::new(pattern))
    }

    fn strategy(name: &str) -> Strategy<P> {
        let found = P::rows().into_iter().find(|strategy| strategy.info.name() == name);
        found.expect("names are those of its rows")
    }

    /// Runs `strategy` while somebody looks on.
    pub(crate) fn look_at(&self, strategy: &Strategy<P>, context: &Context) -> Result<Seen, Error> {
        let (pattern, recording) = (&self.0, Recording::new()?);
        pattern.clear();
        (strategy.audited)(&pattern.view(&recording), context)?;
        let (audit, summed) = recording.finish(context.workers());
        let tiles = tiling::fault(&audit, pattern.terms(), P::WORDS);
        let wrong = pattern.first_wrong().map(|place| pattern.wrong(place));
        let fault = match (wrong, tiles) {
            (None, None) => None,
            (None, Some(tiles)) => Some(format!("the results are right, but {tiles}")),
            (Some(wrong), Some(tiles)) => Some(format!("{wrong}: {tiles}")),
            (Some(wrong), None) => {
                Some(format!("{wrong}, though each {} was {} once", P::WORDS.one, P::WORDS.done))
            }
        };
        Ok(Seen { audit, summed, fault })
    }
}

impl<P: Pattern> Subject for Of<P> {
    fn rows(&self) -> Vec<Info> {
        P::rows().iter().map(|strategy| strategy.info).collect()
    }

    fn terms(&self) -> u64 {
        self.0.terms()
    }

    fn answer(&self) -> u64 {
        self.0.answer()
    }

    fn with_terms(&self, terms: u64) -> Result<Box<dyn Subject>, Error> {
        Ok(Box::new(Of::new(self.0.with_terms(terms)?)))
    }

    fn timed(&self, row: &str, context: &Context) -> Result<Summed, Error> {
        let strategy = Self::strategy(row);
        self.0.clear();
        let view = self.0.view(&Silent);
        let (done, took) = time(|| (strategy.timed)(&view, context));
        done?;
        let wrong = self.0.first_wrong().map_or(0, |place| place + 1);
        Ok(Summed { sum: wrong.into(), took: Some(took) })
    }

    fn rule(&self, number: Option<u64>) -> Ruling {
        match number {
            Some(0) => Ruling::Right { shown: self.answer().to_string(), same_bits: true },
            // Only where it lies is known: the results are another run's by now.
            Some(place) => Ruling::Wrong(format!(
                "{} {} is wrong; fix the code of this strategy",
                P::RESULT,
                units::grouped(place - 1)
            )),
            None => Ruling::Wrong("it gave no number".to_owned()),
        }
    }

    fn audited(&self, row: &str, context: &Context) -> Result<Seen, Error> {
        self.look_at(&Self::strategy(row), context)
    }

    fn control(&self, context: &Context, alone: f64) -> Result<Capacity, Error> {
        capacity(self, &Weights::new(0..self.terms()), context, alone)
    }

    fn sum_only(&self) -> Option<u64> {
        self.0.sum_only()
    }
}

/// For the control, which lets workers go round the terms: what the baseline does to a range.
impl<P: Pattern> Kernel for Of<P> {
    type Partial = u64;

    fn sum(&self, range: Range<u64>) -> u64 {
        self.0.work_on(range)
    }

    fn term(&self, i: u64) -> u64 {
        self.0.work_on(i..i + 1)
    }

    fn grain(&self) -> u64 {
        1 << 16
    }

    /// No other process ever makes it.
    fn spec(&self) -> Spec {
        Spec { kernel: Integers::NAME, terms: self.0.terms(), data: None }
    }
}

#[cfg(test)]
mod tests;
