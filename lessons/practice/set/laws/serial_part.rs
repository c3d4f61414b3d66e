//! # Which part is serial
//!
//! You have measured how long a sum takes with one, two, four and eight workers. Which part of it is serial?
//!
//! Nobody finds that part by reading code: it is a lock here, a start of threads there, memory that all share. But
//! the times show it. By Amdahl's law they are `serial + shared / workers` seconds. Over `1 / workers`, that is a
//! straight line, and where it meets the axis there are endlessly many workers, and only the serial seconds are
//! left.
//!
//! Real times are noisy. A sum that is a little more than twice as fast with two workers, as caches allow, would
//! have a serial part below zero.
//!
//! Counts: the serial part is within 1e-9 for tables that follow the law, whatever worker counts they have; within
//! 0.02 for tables of 20 rows in which each time is off by up to 1 %, and two of them by 10 %; and it is never below
//! 0 or above 1.
//!
//! Read: [limits, *Laws*](../../../limits/README.md), [a recorded run](../../../recorded/README.md)

/// Which part of the work is serial: 0.1 is a tenth. `times` holds numbers of workers, at least two different
/// ones, each with the seconds that they took. The same number may be there several times.
pub fn serial_part(times: &[(u32, f64)]) -> f64 {
    // HOLE
    let points = || times.iter().map(|(workers, seconds)| (1.0 / f64::from(*workers), *seconds));
    let count = times.len() as f64;
    let mean_x = points().map(|(x, _)| x).sum::<f64>() / count;
    let mean_y = points().map(|(_, y)| y).sum::<f64>() / count;
    // The line with the least squares: a slope, and where it meets the axis.
    let xy: f64 = points().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    let xx: f64 = points().map(|(x, _)| (x - mean_x) * (x - mean_x)).sum();
    let shared = xy / xx;
    let serial = mean_y - shared * mean_x;
    // One worker takes both. Noise may push the line below the axis, or tilt it the wrong way.
    (serial / (serial + shared)).clamp(0.0, 1.0)
    // SKELETON right: a table that follows the law
    //| let (_, one) = times[0];
    //| let (_, all) = times[times.len() - 1];
    //| all / one
    // WRONG right: a table that begins with 2 workers
    //| let (_, one) = times[0];
    //| let (workers, all) = times[times.len() - 1];
    //| let part = 1.0 / f64::from(workers);
    //| ((all / one - part) / (1.0 - part)).clamp(0.0, 1.0)
    // WRONG right: below zero
    //| let (first, slow) = times[0];
    //| let (last, fast) = times[times.len() - 1];
    //| let (x, y) = (1.0 / f64::from(first), 1.0 / f64::from(last));
    //| let shared = (slow - fast) / (x - y);
    //| let serial = slow - shared * x;
    //| serial / (serial + shared)
    // WRONG right: a table with noise
    //| let (one, two) = (times[0], times[times.len() - 1]);
    //| let (x, y) = (1.0 / f64::from(one.0), 1.0 / f64::from(two.0));
    //| let shared = (one.1 - two.1) / (x - y);
    //| let serial = one.1 - shared * x;
    //| (serial / (serial + shared)).clamp(0.0, 1.0)
    // WRONG right: a table with noise
    //| let one = times[0];
    //| let two = *times.iter().find(|row| row.0 != one.0).expect("two are different");
    //| let (x, y) = (1.0 / f64::from(one.0), 1.0 / f64::from(two.0));
    //| let shared = (one.1 - two.1) / (x - y);
    //| let serial = one.1 - shared * x;
    //| (serial / (serial + shared)).clamp(0.0, 1.0)
    // END
}

// HINT Two points make a line. Take `x = 1 / workers` and `y = seconds` of the first row and the last: the slope is
// the shared part in seconds, and what is left at `x = 0` is the serial part in seconds.
// HINT The least squares use all rows: the slope is the sum of `(x - mean_x) * (y - mean_y)`, divided by that of
// `(x - mean_x)` squared, and the line goes through both means.
// HINT One worker takes `serial + shared` seconds. The part is `serial / (serial + shared)`, and `clamp(0.0, 1.0)`
// keeps it where a part can be.
// RULES
/// Tables made by the law, some of them with noise.
pub fn rules() -> Rules {
    Rules::new().right("tables", |trial| {
        let of = |serial: f64, seconds: f64, counts: &[u32]| -> Vec<(u32, f64)> {
            let time = |workers: u32| seconds * (serial + (1.0 - serial) / f64::from(workers));
            counts.iter().map(|workers| (*workers, time(*workers))).collect()
        };
        let asked = |what: &str, times: &[(u32, f64)], right: f64, within: f64| {
            let what = format!("a table {what}");
            let text = shown(times);
            trial.calling(format!("serial_part({text})"));
            let part = attempt::serial_part(times);
            ensure!(
                !(part < 0.0),
                "{what}, {text}: the serial part is {part:.4}; no part is below zero"
            );
            ensure!(
                (part - right).abs() <= within,
                "{what}, {text}: the serial part is {part:.4}, and {right} is right"
            );
            Ok(())
        };
        for serial in [0.25, 0.1, 0.01, 0.0, 1.0] {
            asked("that follows the law", &of(serial, 8.0, &[1, 2, 4, 8]), serial, 1e-9)?;
        }
        asked("that begins with 2 workers", &of(0.2, 3.0, &[2, 3, 6]), 0.2, 1e-9)?;
        let more = [(1, 8.0), (2, 3.9), (4, 1.95), (8, 0.97)];
        asked("that is faster than perfect", &more, 0.0, 1e-9)?;
        let slower = [(1, 1.0), (2, 1.1), (4, 1.2)];
        asked("that is slower with more workers", &slower, 1.0, 1e-9)?;
        let mut rng = trial.rng();
        for number in 0..30 {
            let serial = [0.3, 0.2, 0.1][number % 3];
            let mut times = of(serial, 2.0, &[1, 2, 4, 8, 16].map(|workers| [workers; 4]).concat());
            for (_, seconds) in &mut times {
                *seconds *= 0.99 + 0.02 * rng.below(1001) as f64 / 1000.0;
            }
            // Something else ran on the machine. Noise has bounds here: so a line through the first
            // row and one of these is always off by more than is allowed where 0.3 is serial, and
            // the best line is off by no more than half of that.
            for row in [4, 19] {
                times[row].1 *= 1.1;
            }
            asked("with noise", &times, serial, 0.02)?;
        }
        Ok(())
    })
}

/// `1: 8.000 s, 2: 4.500 4.510 s`.
fn shown(times: &[(u32, f64)]) -> String {
    let same = times.chunk_by(|one, other| one.0 == other.0).map(|rows| {
        let seconds: Vec<String> =
            rows.iter().map(|(_, seconds)| format!("{seconds:.3}")).collect();
        format!("{}: {} s", rows[0].0, seconds.join(" "))
    });
    same.collect::<Vec<_>>().join(", ")
}
