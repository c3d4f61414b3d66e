//! Scaling laws, and what a measured curve says about them.
//!
//! Three laws say what N workers can give. Each knows one more reason why it is not N times.
//!
//! - **Amdahl's law**: a part of the work is *serial*. One worker does it while the others wait, so
//!   the speedup of a sum of fixed size has a limit: [`amdahl`], [`amdahl_limit`].
//! - **Gustafson's law**: more workers are often given more work. Where the sum grows with the
//!   workers, the serial part does not grow with it, and there is no limit: [`gustafson`].
//! - **The universal scalability law**: workers also keep each other up to date, and every worker
//!   talks to every other. The speedup has a peak, and falls after it: [`universal`],
//!   [`universal_peak`]. Without that talk, it is Amdahl's law.
//!
//! [`karp_flatt`] reads the serial fraction off one speedup.
//!
//! # From a measured curve to a law
//!
//! A [`Curve`] holds the times of one strategy over the number of workers. [`Reading::of`] looks for
//! the law that comes nearest to it, and [`WeakReading::of`] does so where the work grew with the
//! workers. Both answer with sentences.
//!
//! ```
//! use laws::{Curve, Reading};
//! // Made up: 5 % of one second is serial. Each worker count was timed six times.
//! let time = |workers: usize| 0.05 + 0.95 / workers as f64;
//! let noise = [0.998, 0.999, 1.0, 1.0, 1.001, 1.002];
//! let timed = |workers| (workers, noise.map(|factor| factor * time(workers)).to_vec());
//! let reading = Reading::of(&Curve::new([1, 2, 4, 8].map(timed).to_vec()));
//!
//! let amdahl = reading.amdahl.fit().expect("four worker counts are enough");
//! assert!((amdahl.contention.value - 0.05).abs() < 1e-9);
//! assert!(amdahl.predict(16).low <= 9.15 && 9.14 <= amdahl.predict(16).high);
//! assert!(reading.sentences()[0].starts_with("Amdahl: 5.0 % of the work is serial"));
//! ```
//!
//! # How far to believe it
//!
//! A law has unknowns, and a curve with as many points as unknowns always fits: such a fit says
//! nothing. So each law asks for one worker count more than it has unknowns, and answers
//! [`Outcome::CannotTell`] below that.
//!
//! Every number comes with an interval. Two things make it wide:
//!
//! - *Noise*: the samples of one worker count differ. They are drawn again, a thousand times, and
//!   the law is fitted to each draw (the bootstrap; Efron 1979).
//! - *Misfit*: the law does not go through the points, and noise is not the reason. Then each draw
//!   also moves every point by as much as the points stand off. One curve shows little of that
//!   scatter when it has few points, so few points mean a wide interval (Student 1908).
//!
//! Tried on made-up curves of 3 to 12 points that follow their law: with noise alone, 94 to 100 of
//! 100 intervals held the truth; where every point also stood off by a step of its own, 82 to 98.
//!
//! The laws are fitted over the cores that the workers were given ([`Round`]), not over their number: a
//! slow core is no serial part of a program.
//!
//! Still, an interval only says where the law lies *if it is the right law*. It cannot know of a
//! kink: two hardware threads on one core, a second memory, a core that slows down when its
//! neighbours work. [`Fit::misfit`] tells how far the law stands off the worst point, and whether
//! noise explains that; a prediction beyond the last measured count is a guess that the same
//! reasons go on.

#![warn(missing_docs)]

mod bootstrap;
pub mod break_even;
mod curve;
mod estimate;
mod fit;
mod formulas;
mod law;
mod noise;
mod phrases;
mod reading;
mod squares;
mod weak;
mod words;

#[cfg(test)]
mod tests;

pub use curve::{Curve, Round};
pub use estimate::Estimate;
pub use fit::{Fit, Misfit};
pub use formulas::{
    amdahl, amdahl_limit, amdahl_of_parts, gustafson, gustafson_serial, karp_flatt, universal,
    universal_peak,
};
pub use law::Law;
pub use reading::{Choice, Outcome, Reading};
pub use weak::{WeakPoint, WeakReading};
