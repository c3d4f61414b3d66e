mod counted;

use course::Document;
use measure::Interval;
use units::{instructions, three_digits};

use self::counted::{fewer_instructions, wrong_guesses};

/// The sentences that only this lesson can say of its numbers.
pub(crate) fn findings(document: &Document) -> Vec<String> {
    // One finding, where there are both: what the clock saw, and why.
    let wider = [wider_instructions(document), fewer_instructions(document)];
    let wider = wider.into_iter().flatten().reduce(|clock, counters| format!("{clock} {counters}"));
    let all = [wider, three_ways(document), wrong_guesses(document), order_matters(document)];
    all.into_iter().flatten().collect()
}

/// The same vectors by the compiler, by a library and by hand.
fn three_ways(document: &Document) -> Option<String> {
    let simd = document.main_run("simd")?;
    let ratio = |name| document.main_run(name)?.times_as_long_as(simd);
    let (lanes, intrinsics) = (ratio("lanes")?, ratio("intrinsics")?);
    let level = |ratio: &Interval| {
        ratio.low.is_some_and(|low| low > 0.95) && ratio.high.is_some_and(|high| high < 1.05)
    };
    if level(&lanes) && level(&intrinsics) {
        return Some(
            "simd, lanes and intrinsics take the same time within 5 %: vectors by the compiler, by a library and by hand. \
             Write the one that is easiest to read."
                .to_owned(),
        );
    }
    let named = [("lanes", lanes), ("intrinsics", intrinsics)];
    let (name, ratio) =
        named.into_iter().find(|(_, ratio)| ratio.is_above(1.05) || ratio.is_below(0.95))?;
    let (times, than) =
        if ratio.median > 1.0 { (ratio.median, "simd") } else { (1.0 / ratio.median, name) };
    let slower = if than == "simd" { name } else { "simd" };
    Some(format!(
        "{slower} takes {}x as long as {than}, for the same vectors: look at the machine code of both.",
        three_digits(times)
    ))
}

/// Where the kernel's own loop uses wider instructions than every such processor has.
fn wider_instructions(document: &Document) -> Option<String> {
    let (plain, simd) = (document.main_run("term-by-term")?, document.main_run("simd")?);
    let ratio = plain.times_as_long_as(simd)?;
    (document.kernel.is_wide() && ratio.is_above(1.3)).then(|| {
        format!(
            "simd is {}x as fast as the same loop in term-by-term: both are one loop in Rust, but \
             simd may use {} and the other only what every such processor has.",
            three_digits(ratio.median),
            instructions(&document.kernel.simd)
        )
    })
}

/// The same floats in another order. Floats are compared with floats: that they end in other bits than the
/// fixed-point rows may come from the rounding of these.
fn order_matters(document: &Document) -> Option<String> {
    let sum = |name| document.main_run(name)?.sum.as_deref();
    let (in_order, pairwise) = (sum("f64-in-order")?, sum("f64-pairwise")?);
    (in_order != pairwise).then(|| {
        format!(
            "f64-in-order gives {in_order}, f64-pairwise {pairwise}: the same floats in another \
             order. Floats do not add associatively."
        )
    })
}

#[cfg(test)]
mod tests {
    use course::Run;
    use course::made_up::{document, integers, run, says, silent};
    use kernels::{Known, Pi};

    use super::*;

    #[test]
    fn wider_instructions_may_be_faster() {
        let loops = |plain| integers(vec![run("term-by-term", 1, plain), run("simd", 1, 0.010)]);
        says(wider_instructions, &loops(0.030), &["3.00x", "AVX2"]);
        silent(wider_instructions, &loops(0.011));
        // `primes` keeps to SSE2: what is quicker there is quicker by chance.
        let mut narrow = loops(0.030);
        narrow.kernel.simd = "sse2".to_owned();
        silent(wider_instructions, &narrow);
    }

    #[test]
    fn three_ways_to_write_vectors_are_level_or_not() {
        let ways = |lanes, intrinsics| {
            integers(vec![
                run("simd", 1, 0.010),
                run("lanes", 1, lanes),
                run("intrinsics", 1, intrinsics),
            ])
        };
        says(three_ways, &ways(0.0101, 0.0099), &["the same time within 5 %"]);
        says(three_ways, &ways(0.010, 0.020), &["intrinsics takes 2.00x as long as simd"]);
        says(three_ways, &ways(0.008, 0.010), &["simd takes 1.25x as long as lanes"]);
        silent(three_ways, &integers(vec![run("simd", 1, 0.010), run("lanes", 1, 0.010)]));
    }

    #[test]
    fn floats_are_compared_with_floats() {
        let float = |name, sum: &str| Run {
            same_bits: false,
            sum: Some(sum.to_owned()),
            ..run(name, 1, 0.010)
        };
        let floats = |pairwise| {
            let rows =
                [float("f64-in-order", "3.1415926535904264"), float("f64-pairwise", pairwise)];
            document("sequential", Pi::NAME, [&rows[..], &[run("simd", 1, 0.010)]].concat())
        };
        let words = ["3.1415926535904264", "another order", "associatively"];
        says(order_matters, &floats("3.1415926535897936"), &words);
        // One term: no addition, and all float rows agree against the fixed-point one.
        silent(order_matters, &floats("3.1415926535904264"));
    }
}
