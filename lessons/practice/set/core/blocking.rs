//! # Strips that fit a cache
//!
//! One matrix is read along its rows, the other along its columns. How do you fetch each cache line once?
//!
//! Memory comes in lines of 64 bytes or more. Whoever walks down a column uses one number of each line, and when the
//! next column is due, the line is gone: all of the matrix is fetched 16 times. In blocks or strips that fit the
//! cache a line is used up while it is there. Transposes and products of matrices have this problem, and joins of
//! tables.
//!
//! Counts: the sum is right for any size, and each product is asked for once; with 300 rows a model of a cache (128
//! lines of 16 numbers; the one that was not used for the longest time goes first) fetches at most twice as many as
//! there are.
//!
//! Read: [limits, the memory mountain](../../../limits/README.md), [hotspots](../../../hotspots/README.md)

/// The sum of `product(row, column)` for all rows and columns below `size`.
///
/// A product reads the number of one matrix at `row`, `column` and the number of another at `column`, `row`. Both lie
/// in memory row by row.
pub fn sum(size: usize, mut product: impl FnMut(usize, usize) -> u64) -> u64 {
    // HOLE
    /// So many lines of the second matrix are in use at a time.
    const STRIP: usize = 32;
    let mut sum = 0;
    for start in (0..size).step_by(STRIP) {
        for row in 0..size {
            for column in start..size.min(start + STRIP) {
                sum += product(row, column);
            }
        }
    }
    sum
    // SKELETON how: lines were fetched
    //| let mut sum = 0;
    //| for row in 0..size {
    //|     for column in 0..size {
    //|         sum += product(row, column);
    //|     }
    //| }
    //| sum
    // WRONG right: was never asked for
    //| const BLOCK: usize = 32;
    //| let mut sum = 0;
    //| for rows in 0..size / BLOCK {
    //|     for columns in 0..size / BLOCK {
    //|         for row in rows * BLOCK..(rows + 1) * BLOCK {
    //|             for column in columns * BLOCK..(columns + 1) * BLOCK {
    //|                 sum += product(row, column);
    //|             }
    //|         }
    //|     }
    //| }
    //| sum
    // WRONG right: there is no
    //| const BLOCK: usize = 32;
    //| let mut sum = 0;
    //| for rows in (0..size).step_by(BLOCK) {
    //|     for columns in (0..size).step_by(BLOCK) {
    //|         for row in rows..rows + BLOCK {
    //|             for column in columns..columns + BLOCK {
    //|                 sum += product(row, column);
    //|             }
    //|         }
    //|     }
    //| }
    //| sum
    // WRONG how: lines were fetched
    //| // Now the other matrix is read along its columns.
    //| let mut sum = 0;
    //| for column in 0..size {
    //|     for row in 0..size {
    //|         sum += product(row, column);
    //|     }
    //| }
    //| sum
    // WRONG how: lines were fetched
    //| // Blocks, but larger than the cache.
    //| const BLOCK: usize = 150;
    //| let mut sum = 0;
    //| for rows in (0..size).step_by(BLOCK) {
    //|     for columns in (0..size).step_by(BLOCK) {
    //|         for row in rows..size.min(rows + BLOCK) {
    //|             for column in columns..size.min(columns + BLOCK) {
    //|                 sum += product(row, column);
    //|             }
    //|         }
    //|     }
    //| }
    //| sum
    // END
}

// HINT To swap the loops only changes which matrix suffers. Take the first 32 columns only, and go through all rows
// with them; then the next 32.
// HINT Three loops: over the starts of the strips, `(0..size).step_by(32)`; over all rows; over the columns of the
// strip.
// HINT The last strip may be narrower: it ends at `size.min(start + 32)`.
// RULES
/// The cache is a model, so that the verdict is the same on every machine.
pub fn rules() -> Rules {
    Rules::new()
        .right("awkward sizes", |trial| {
            for size in [0, 1, 2, 3, 5, 31, 32, 33, 100, 317] {
                trial.calling(format!("sum with size {size}"));
                let mut rng = trial.rng();
                let products: Vec<u64> =
                    (0..size * size).map(|_| 1 + rng.below(999) as u64).collect();
                let (mut times, mut outside) = (vec![0; size * size], None);
                let sum = attempt::sum(size, |row, column| {
                    if row >= size || column >= size {
                        outside.get_or_insert((row, column));
                        return 0;
                    }
                    times[row * size + column] += 1;
                    products[row * size + column]
                });
                if let Some((row, column)) = outside {
                    return Err(format!("size {size}: there is no product({row}, {column})"));
                }
                if let Some(place) = times.iter().position(|times| *times != 1) {
                    let (row, column) = (place / size, place % size);
                    let times = match times[place] {
                        0 => "was never asked for".to_owned(),
                        times => format!("was asked for {times} times"),
                    };
                    return Err(format!("size {size}: product({row}, {column}) {times}"));
                }
                let right: u64 = products.iter().sum();
                ensure!(sum == right, "size {size}: the sum is {sum}, and {right} is right");
            }
            Ok(())
        })
        .how("with a model of a cache", |trial| {
            const SIZE: usize = 300;
            trial.calling(format!("sum with size {SIZE}, in a cache of {LINES} lines"));
            let mut cache = Cache::default();
            attempt::sum(SIZE, |row, column| {
                cache.read(0, row * SIZE + column);
                cache.read(1, column * SIZE + row);
                1
            });
            let (fetched, lines) = (cache.fetched, 2 * (SIZE * SIZE).div_ceil(NUMBERS));
            ensure!(
                fetched <= 2 * lines,
                "size {SIZE}: {fetched} lines were fetched into a cache of {LINES} lines; \
                 the two matrices have {lines}; asked for: at most twice as many"
            );
            Ok(())
        })
}

/// So many lines are in the cache, with so many numbers each.
const LINES: usize = 128;
const NUMBERS: usize = 16;

#[derive(Default)]
struct Cache {
    /// The lines that are there, by matrix and number: the one that was used last comes last.
    lines: Vec<(usize, usize)>,
    fetched: usize,
}

impl Cache {
    fn read(&mut self, matrix: usize, place: usize) {
        let line = (matrix, place / NUMBERS);
        if let Some(found) = self.lines.iter().rposition(|known| *known == line) {
            self.lines.remove(found);
        } else {
            self.fetched += 1;
            if self.lines.len() == LINES {
                self.lines.remove(0);
            }
        }
        self.lines.push(line);
    }
}
