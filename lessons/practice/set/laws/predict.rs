//! # A tenth is serial
//!
//! A tenth of your sum can be done by one worker only. How fast is it with a hundred workers?
//!
//! Less than ten times as fast. The serial part takes as long as ever, and only the rest is shared. With a hundred
//! workers nearly all of the time is the serial part, and a thousand workers change next to nothing. That is
//! Amdahl's law of 1967. Whoever buys cores should know it first.
//!
//! Counts: the speedup is within a billionth of what the law says, from one worker to a million, and for any serial
//! part from 0 to 1.
//!
//! Read: [limits](../../../limits/README.md), [a recorded run](../../../recorded/README.md)

/// How many times as fast as one worker so many `workers` are, if this part of the work is serial:
/// 0.1 is a tenth.
pub fn speedup(serial: f64, workers: u32) -> f64 {
    // HOLE
    let shared = 1.0 - serial;
    // The time of one worker, which is 1, divided by that of all.
    1.0 / (serial + shared / f64::from(workers))
    // SKELETON right: one worker is as fast as itself
    //| let shared = 1.0 - serial;
    //| shared * f64::from(workers)
    // WRONG right: no number of workers
    //| let shared = 1.0 - serial;
    //| serial + shared * f64::from(workers)
    // WRONG right: a speedup of 0.6
    //| 1.0 / (serial + 1.0 / f64::from(workers))
    // END
}

// HINT Do not calculate with speeds. Say that one worker takes 1 second. How many seconds do both parts take with all
// workers?
// HINT The serial part takes `serial` seconds. The rest takes `(1.0 - serial) / workers`. The speedup is the old
// time divided by the new one.
// RULES
/// The law, and what follows from it.
pub fn rules() -> Rules {
    Rules::new().right("the law", |trial| {
        let called = |serial: f64, workers: u32| {
            let call = format!("speedup({serial}, {workers})");
            trial.calling(&call);
            (attempt::speedup(serial, workers), call)
        };
        for serial in [0.5, 0.1, 0.0, 1.0] {
            let (speedup, call) = called(serial, 1);
            ensure!(
                is_near(speedup, 1.0),
                "{call} is a speedup of {speedup:.3}, but one worker is as fast as itself: 1"
            );
        }
        for (serial, part) in [(0.5, "half"), (0.1, "a tenth"), (0.01, "a hundredth")] {
            let (speedup, call) = called(serial, 1_000_000);
            ensure!(
                speedup < 1.0 / serial,
                "{call} is a speedup of {speedup:.3}, but no number of workers makes it more than \
                 {:.0} times as fast: the serial part alone takes {part} of the time",
                1.0 / serial
            );
        }
        let mut rng = trial.rng();
        for _ in 0..1000 {
            let (serial, workers) = (rng.below(1001) as f64 / 1000.0, 1 + rng.below(1000) as u32);
            let (speedup, call) = called(serial, workers);
            let right = solution::speedup(serial, workers);
            // A billionth is seen in the tenth digit only.
            let digits = if (speedup - right).abs() < 0.001 { 10 } else { 3 };
            ensure!(
                is_near(speedup, right),
                "{call} is a speedup of {speedup:.digits$}, and {right:.digits$} is right"
            );
        }
        Ok(())
    })
}

fn is_near(speedup: f64, right: f64) -> bool {
    (speedup - right).abs() <= 1e-9 * right
}
