//! # Enough workers
//!
//! The sum is fastest with 16 workers, and nearly as fast with twelve. How many do you take?
//!
//! More workers wait more for each other, and at some number each further worker makes all of them slower. Near
//! this peak the curve is flat: the last four workers bring next to nothing, and their cores could have done
//! something else. So take the smallest number that is fast enough.
//!
//! And believe no single step. Two workers may share a core and gain nothing, and four then have two cores: who
//! stops at the first step that brings little, stops too early.
//!
//! Counts: it is the smallest number of workers in the table whose time is within 5 % of the shortest, for curves
//! with a peak and without, and for tables in any order. No time lies right at these 5 %.
//!
//! Read: [limits, *Laws*](../../../limits/README.md), [threads](../../../threads/README.md)

/// The smallest number of workers that is fast enough. `times` holds at least one row: a number of workers, and
/// the seconds that they took.
pub fn choose(times: &[(u32, f64)]) -> u32 {
    // HOLE
    let shortest = times.iter().map(|(_, seconds)| *seconds).fold(f64::INFINITY, f64::min);
    let is_enough = |seconds: f64| seconds <= 1.05 * shortest;
    let enough = times.iter().filter(|(_, seconds)| is_enough(*seconds));
    enough.map(|(workers, _)| *workers).min().expect("the fastest is always fast enough")
    // SKELETON right: : 12 chosen, which is too slow
    //| times.iter().map(|(workers, _)| *workers).max().expect("there is at least one row")
    // WRONG right: too many
    //| let fastest = times.iter().min_by(|one, other| one.1.total_cmp(&other.1));
    //| fastest.expect("there is at least one row").0
    // WRONG right: : 2 chosen, which is too slow
    //| let mut rows = times.to_vec();
    //| rows.sort_by_key(|(workers, _)| *workers);
    //| let last = rows.windows(2).find(|rows| rows[1].1 > rows[0].1 / 1.05);
    //| last.map_or(rows[rows.len() - 1], |rows| rows[0]).0
    // WRONG right: a curve in another order
    //| let shortest = times.iter().map(|(_, seconds)| *seconds).fold(f64::INFINITY, f64::min);
    //| let mut enough = times.iter().filter(|(_, seconds)| *seconds <= 1.05 * shortest);
    //| enough.next().expect("the fastest is always fast enough").0
    // END
}

// HINT It takes two passes: the first finds the shortest time, the second looks who comes near it.
// HINT `f64` has no `Ord`, for a float may be no number. `fold(f64::INFINITY, f64::min)` finds the smallest all the
// same.
// RULES
/// Curves of the universal scalability law, and some that follow no law.
pub fn rules() -> Rules {
    Rules::new().right("curves", |trial| {
        let asked = |what: &str, times: &[(u32, f64)]| {
            let text = shown(times);
            trial.calling(format!("choose({text})"));
            let (chosen, right) = (attempt::choose(times), solution::choose(times));
            let shortest = times.iter().map(|(_, seconds)| *seconds).fold(f64::INFINITY, f64::min);
            let of = format!("{what}, {text}: {chosen} chosen");
            let Some((_, seconds)) = times.iter().find(|(workers, _)| *workers == chosen) else {
                return Err(format!("{of}, which are not in the table"));
            };
            let beyond = 100.0 * (seconds / shortest - 1.0);
            ensure!(
                beyond <= 5.01,
                "{of}, which is too slow: {beyond:.0} % above the shortest time"
            );
            ensure!(
                chosen == right,
                "{of}, which is too many: {right} are within 5 % of the shortest time, too"
            );
            Ok(())
        };
        let step = [(1, 8.0), (2, 4.2), (3, 4.15), (4, 2.2), (6, 1.5), (8, 1.45), (12, 1.9)];
        asked("a curve with a step", &step)?;
        // Which part waits in line, and what each pair of workers costs.
        let mut curves = vec![(0.02, 0.004), (0.0, 0.02), (0.05, 0.0), (0.0, 0.0)];
        let mut rng = trial.rng();
        let mut draw = || rng.below(1000) as f64 / 1000.0;
        curves.extend((0..50).map(|_| (0.1 * draw(), 0.02 * draw())));
        for (number, (waits, talks)) in curves.into_iter().enumerate() {
            let time = |workers: u32| {
                let more = f64::from(workers - 1);
                let workers = f64::from(workers);
                2.0 * (1.0 + waits * more + talks * workers * more) / workers
            };
            let mut times =
                [1, 2, 4, 8, 12, 16, 20, 24].map(|workers| (workers, time(workers))).to_vec();
            let shortest = times.iter().map(|row| row.1).fold(f64::INFINITY, f64::min);
            // Nobody is to argue about a hair.
            times.retain(|(_, seconds)| !(1.045..1.055).contains(&(seconds / shortest)));
            if number < 4 {
                asked("a curve", &times)?;
                continue;
            }
            rng.shuffle(&mut times);
            asked("a curve in another order", &times)?;
        }
        asked("a single row", &[(3, 1.0)])
    })
}

/// `1: 8.00 s, 2: 4.50 s`.
fn shown(times: &[(u32, f64)]) -> String {
    let rows = times.iter().map(|(workers, seconds)| format!("{workers}: {seconds:.2} s"));
    rows.collect::<Vec<_>>().join(", ")
}
