use course::Document;
use units::{instructions, three_digits};

/// The sentences that only this lesson can say of its numbers.
pub(crate) fn findings(document: &Document) -> Vec<String> {
    [wider_instructions(document), order_matters(document)].into_iter().flatten().collect()
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
