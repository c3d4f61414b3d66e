use course::Document;
use kernels::{Known, Primes};
use measure::counters::Counters;
use units::three_digits;

/// What the counters say of the same: how many instructions a term takes.
pub(super) fn fewer_instructions(document: &Document) -> Option<String> {
    let of = |name| {
        let run = document.main_run(name)?;
        Some(run.counters?.per(run.terms))
    };
    let (plain, simd) = (of("term-by-term")?, of("simd")?);
    let (many, few) = (plain.instructions?, simd.instructions?);
    if !document.kernel.is_wide() || many.low? < 1.2 * few.high? {
        return None;
    }
    let fewer_at_a_time = |alone: Counters| {
        let (more, fewer) = (alone.instructions_per_cycle()?, simd.instructions_per_cycle()?);
        let quicker = alone.cycles?.low? > simd.cycles?.high?;
        (quicker && more > 1.1 * fewer).then(|| {
            format!(
                ", which completes fewer of them in a cycle ({} and {}) and needs fewer cycles",
                three_digits(more),
                three_digits(fewer)
            )
        })
    };
    Some(format!(
        "By the counters a term takes {} instructions in term-by-term, and {} in simd{}.",
        three_digits(many.median),
        three_digits(few.median),
        fewer_at_a_time(plain).unwrap_or_default()
    ))
}

/// More than one wrong guess in so many terms is seen in their time.
const OFTEN: f64 = 0.05;

/// After which divisor a term is done depends on the term.
pub(super) fn wrong_guesses(document: &Document) -> Option<String> {
    let run = document.main_run("simd").filter(|_| document.kernel.name == Primes::NAME)?;
    let wrong = run.counters?.per(run.terms).branch_misses?;
    wrong.is_above(OFTEN).then(|| {
        format!(
            "In 1,000 terms the core guessed {} times wrong where a branch goes, and threw away what it had \
             begun: after which divisor a number is done changes from one to the next.",
            three_digits(1000.0 * wrong.median)
        )
    })
}

#[cfg(test)]
mod tests {
    use course::Run;
    use course::made_up::{CountersOfATerm, counted, document, integers, run, says, silent};

    use super::*;

    #[test]
    fn instructions_are_compared_where_they_were_counted() {
        let row = |name, seconds, cycles, instructions| {
            let of = CountersOfATerm { cycles, instructions, ..Default::default() };
            counted(run(name, 1, seconds), of)
        };
        let plain = || row("term-by-term", 0.030, 0.6, 2.4);
        let counts = |simd: Run| integers(vec![plain(), simd]);
        let words =
            ["2.40 instructions in term-by-term, and 0.40 in simd, which", "(4.00 and 2.00)"];
        says(fewer_instructions, &counts(row("simd", 0.010, 0.2, 0.4)), &words);
        let as_busy = fewer_instructions(&counts(row("simd", 0.010, 0.1, 0.4)));
        assert!(as_busy.is_some_and(|said| said.ends_with("0.40 in simd.")));
        silent(fewer_instructions, &counts(row("simd", 0.010, 0.2, 2.3)));
        silent(fewer_instructions, &counts(run("simd", 1, 0.010)));
        let mut narrow = counts(row("simd", 0.010, 0.2, 0.4));
        narrow.kernel.simd = "sse2".to_owned();
        silent(fewer_instructions, &narrow);
    }

    #[test]
    fn wrong_guesses_are_told_where_they_are_many() {
        let row = |branch_misses| {
            let of = CountersOfATerm { branch_misses, ..Default::default() };
            vec![counted(run("simd", 1, 0.010), of)]
        };
        let primes = |runs| document("sequential", Primes::NAME, runs);
        says(wrong_guesses, &primes(row(0.8)), &["guessed 800 times wrong"]);
        silent(wrong_guesses, &primes(row(0.01)));
        silent(wrong_guesses, &primes(vec![run("simd", 1, 0.010)]));
        silent(wrong_guesses, &integers(row(0.8)));
    }
}
