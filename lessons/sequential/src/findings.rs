use course::Document;
use units::{instructions, three_digits};

/// The sentences that only this lesson can say of its numbers.
pub(crate) fn findings(document: &Document) -> Vec<String> {
    wider_instructions(document).into_iter().collect()
}

fn wider_instructions(document: &Document) -> Option<String> {
    let (plain, simd) = (document.main_run("term-by-term")?, document.main_run("simd")?);
    let ratio = plain.time() / simd.time();
    (ratio > 1.3).then(|| {
        format!(
            "simd is {}x as fast as the same loop in term-by-term: both are one loop in Rust, but \
             simd may use {} and the other only what every such processor has.",
            three_digits(ratio),
            instructions(&document.kernel.simd)
        )
    })
}

#[cfg(test)]
mod tests {
    use course::made_up::{integers, run, says, silent};

    use super::*;

    #[test]
    fn wider_instructions_may_be_faster() {
        let loops = |plain| integers(vec![run("term-by-term", 1, plain), run("simd", 1, 0.010)]);
        says(wider_instructions, &loops(0.030), &["3.00x", "AVX2"]);
        silent(wider_instructions, &loops(0.011));
    }
}
