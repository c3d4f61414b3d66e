//! # Along the rows
//!
//! Both loops add the same numbers. Why is one of them several times slower?
//!
//! A table lies in memory row by row. Memory comes to a core in lines of 64 or 128 bytes: a line that is fetched for
//! one number brings its neighbours along. A loop that walks down a column uses one number of each line, and by the
//! time it needs the next one, the line has long left the cache. Image filters, matrices and database tables are slow
//! for this reason again and again, and the cure is to swap two loops.
//!
//! Counts: there is one total for each column, in order, and each is right. It has to be 1.5 times as fast as the
//! skeleton on a table of 2,048 columns.
//!
//! Read: [sequential](../../../sequential/README.md), [threads, cache lines](../../../threads/README.md)

/// The total of each column of `table`, which holds one row of so many `columns` after the other.
pub fn column_totals(table: &[u32], columns: usize) -> Vec<u64> {
    // HOLE
    let mut totals = vec![0; columns];
    for row in table.chunks_exact(columns) {
        for (total, number) in totals.iter_mut().zip(row) {
            *total += u64::from(*number);
        }
    }
    totals
    // SKELETON fast: asked for
    //| let rows = table.len() / columns;
    //| let mut totals = vec![0; columns];
    //| for column in 0..columns {
    //|     for row in 0..rows {
    //|         totals[column] += u64::from(table[row * columns + column]);
    //|     }
    //| }
    //| totals
    // WRONG right: gives 2 totals
    //| table.chunks_exact(columns).map(|row| row.iter().copied().map(u64::from).sum()).collect()
    // WRONG fast: asked for
    //| let down = |column| table.iter().skip(column).step_by(columns).copied().map(u64::from).sum();
    //| (0..columns).map(down).collect()
    // WRONG right: column 0 is
    //| let mut totals = vec![0; columns];
    //| for row in table.chunks_exact(columns) {
    //|     for (total, number) in totals.iter_mut().zip(row) {
    //|         *total = u64::from(*number);
    //|     }
    //| }
    //| totals
    // END
}

// HINT Which of the two loops has to be the inner one, so that two numbers that are read one after the other lie side
// by side in memory?
// HINT All totals grow at the same time: keep one for each column, and add a whole row to them.
// HINT `table.chunks_exact(columns)` gives the rows; `zip` walks along a row and the totals together.
// RULES
/// Small tables by hand, a large one beside the skeleton.
pub fn rules() -> Rules {
    Rules::new()
        .right("small tables", |trial| {
            let mut rng = trial.rng();
            for (rows, columns) in [(2, 3), (1, 1), (5, 1), (1, 7), (100, 30), (0, 4)] {
                let table: Vec<u32> = (0..rows * columns).map(|_| rng.below(100) as u32).collect();
                let call = format!("column_totals of {rows} rows and {columns} columns");
                trial.calling(&call);
                let totals = attempt::column_totals(&table, columns);
                ensure!(
                    totals.len() == columns,
                    "{call} gives {} totals; asked for: one for each column",
                    totals.len()
                );
                for (column, total) in totals.into_iter().enumerate() {
                    let right: u64 =
                        (0..rows).map(|row| u64::from(table[row * columns + column])).sum();
                    ensure!(
                        total == right,
                        "{call}: the total of column {column} is {right}, and not {total}"
                    );
                }
            }
            Ok(())
        })
        .right("totals beyond 32 bits", |trial| {
            let table = vec![u32::MAX; 6];
            trial.calling("column_totals of large numbers");
            let totals = attempt::column_totals(&table, 2);
            let right = 3 * u64::from(u32::MAX);
            ensure!(
                totals == [right, right],
                "the totals of large numbers are {totals:?}, and not twice {right}"
            );
            Ok(())
        })
        .fast(race())
}

/// A table of a few MiB, which no cache near a core holds, with other numbers in each round.
fn race() -> Race {
    const COLUMNS: usize = 2048;
    const ROWS: usize = 1024;
    let of_round = |round: usize| -> Vec<u32> {
        let mut rng = Rng::new(round as u64);
        (0..ROWS * COLUMNS).map(|_| rng.bits() as u32).collect()
    };
    let tables: std::sync::Arc<Vec<Vec<u32>>> = std::sync::Arc::new((0..3).map(of_round).collect());
    let runner = |totals: fn(&[u32], usize) -> Vec<u64>| {
        let tables = std::sync::Arc::clone(&tables);
        // Each column counts for another factor, so that none can take the place of another.
        move |round: usize| {
            let numbered = totals(&tables[round], COLUMNS).into_iter().zip(1..);
            numbered
                .map(|(total, number): (u64, u64)| total.wrapping_mul(number))
                .fold(0, u64::wrapping_add)
        }
    };
    Race::new(
        1.5,
        runner(attempt::column_totals),
        runner(solution::column_totals),
        runner(skeleton::column_totals),
    )
    .additions((ROWS * COLUMNS) as u64)
}
