//! # Eight lanes
//!
//! How do you write a dot product of floats so that one instruction adds several products?
//!
//! A wide register holds four or eight floats side by side, in lanes. The compiler uses it only where each addition
//! keeps its place in the order that you wrote. So write an order with lanes: eight sums in an array, of which number
//! 3 adds the products 3, 11, 19 and so on. It takes no intrinsics, no unsafe code, and no particular processor.
//!
//! Counts: the result is right for any number of values (they are whole numbers, so no order of additions rounds);
//! and it is at least 3 times as fast as one sum in order. All on one core.
//!
//! Read: [sequential, "Wider instructions"](../../../sequential/README.md#why)

/// The sum of the products of the first two numbers, the second two, and so on. Both have as many numbers.
pub fn dot(left: &[f32], right: &[f32]) -> f32 {
    // HOLE
    let (left, left_rest) = left.as_chunks::<8>();
    let (right, right_rest) = right.as_chunks::<8>();
    let mut lanes = [0.0; 8];
    for (left, right) in left.iter().zip(right) {
        for lane in 0..8 {
            lanes[lane] += left[lane] * right[lane];
        }
    }
    let rest = left_rest.iter().zip(right_rest).map(|(left, right)| left * right);
    lanes.into_iter().chain(rest).sum()
    // SKELETON fast: asked for
    //| left.iter().zip(right).map(|(left, right)| left * right).sum()
    // WRONG right: dot(&[1.0], &[2.0]) is
    //| let mut lanes = [0.0; 8];
    //| for (left, right) in left.chunks_exact(8).zip(right.chunks_exact(8)) {
    //|     for lane in 0..8 {
    //|         lanes[lane] += left[lane] * right[lane];
    //|     }
    //| }
    //| lanes.iter().sum()
    // WRONG right: it panicked
    //| let mut lanes = [0.0; 8];
    //| for (left, right) in left.chunks(8).zip(right.chunks(8)) {
    //|     for lane in 0..8 {
    //|         lanes[lane] += left[lane] * right[lane];
    //|     }
    //| }
    //| lanes.iter().sum()
    // WRONG fast: asked for
    //| // The products are made in lanes; the sums still wait for one another.
    //| let mut sum = 0.0;
    //| for (left, right) in left.chunks(8).zip(right.chunks(8)) {
    //|     let mut products = [0.0; 8];
    //|     for (product, (left, right)) in products.iter_mut().zip(left.iter().zip(right)) {
    //|         *product = left * right;
    //|     }
    //|     for product in products {
    //|         sum += product;
    //|     }
    //| }
    //| sum
    // END
}

// HINT `as_chunks::<8>()` (or `chunks_exact(8)`) of both, zipped. The compiler knows the length of these chunks, so
// no access is checked. That of `chunks(8)` it does not know.
// HINT Inside, a loop `for lane in 0..8` over an array `lanes` of eight sums: it becomes one or two wide
// instructions.
// HINT At the end `lanes.into_iter().chain(products of the rest).sum()`.
// RULES
/// Whole numbers, so small that a sum of 100,003 products is exact in 24 bits.
pub fn rules() -> Rules {
    const VALUES: usize = 2048;
    const REPEATS: u64 = 128;
    let of_round = |dot: fn(&[f32], &[f32]) -> f32| {
        let inputs = [VALUES, VALUES + 3, VALUES + 7].map(|count| {
            let mut rng = Rng::new(count as u64);
            (values(&mut rng, count), values(&mut rng, count))
        });
        move |round: usize| {
            let (left, right) = &inputs[round];
            let dot = |_| dot(std::hint::black_box(left), std::hint::black_box(right)) as u64;
            (0..REPEATS).map(dot).sum()
        }
    };
    Rules::new()
        .right("awkward numbers of values", |trial| {
            for count in [0, 1, 2, 3, 5, 7, 8, 9, 16, 1000, 100_003] {
                let (left, right): (Vec<f32>, Vec<f32>) = if count < 6 {
                    (1..=count).map(|value| (value as f32, (value + 1) as f32)).unzip()
                } else {
                    (values(&mut trial.rng(), count), values(&mut Rng::new(trial.seed + 1), count))
                };
                let call = if count < 6 {
                    format!("dot(&{left:?}, &{right:?})")
                } else {
                    format!("dot of twice {count} values")
                };
                trial.calling(&call);
                let dot = attempt::dot(&left, &right);
                let products =
                    left.iter().zip(&right).map(|(left, right)| *left as u64 * *right as u64);
                let right = products.sum::<u64>() as f32;
                ensure!(dot == right, "{call} is {dot:?}, and {right:?} is right");
            }
            Ok(())
        })
        .fast(
            Race::new(
                3.0,
                of_round(attempt::dot),
                of_round(solution::dot),
                of_round(skeleton::dot),
            )
            .additions(VALUES as u64 * REPEATS),
        )
}

fn values(rng: &mut Rng, count: usize) -> Vec<f32> {
    (0..count).map(|_| rng.below(10) as f32).collect()
}
