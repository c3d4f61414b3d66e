use kernels::{Integers, KernelName, Known, Memory, Primes};

use super::*;
use crate::made_up::{control, document, exactly, integers, run};

/// Both sentences on a guess of the speedup with two workers.
fn said(ratio: f64, document: &Document) -> String {
    let guess = Prediction { question: Question::Faster { workers: 2 }, ratio };
    compared(&guess, document, Some("scoped"), None).join(" ")
}

#[test]
fn a_good_guess_is_called_one() {
    let scoped = integers(vec![run("spawned", 2, 0.006), run("scoped", 2, 0.005)]);
    let good = said(1.9, &scoped);
    assert!(good.contains("1.90x; scoped was 2.00x as fast as one core: 5 % too low"), "{good}");
    assert!(good.contains("good guess"), "{good}");
    assert!(said(2.0, &scoped).contains("right on the spot"));
}

#[test]
fn a_bad_guess_is_told_why() {
    let scoped = |seconds| integers(vec![run("scoped", 2, seconds)]);
    let high = said(16.0, &scoped(0.005));
    assert!(high.contains("700 % too high") && high.contains("2 cores at most"), "{high}");
    assert!(said(1.0, &scoped(0.005)).contains("50 % too low. The machine gave 2.00 cores"));
    let shared = said(1.8, &scoped(0.0075));
    assert!(shared.contains("made use of 67 %"), "{shared}");
    assert!(said(400.0, &scoped(0.005)).contains("200x too high"));

    let mut small = scoped(0.0001);
    small.baseline.as_mut().expect("made with one").seconds = exactly(0.00005);
    small.runs[0].speedup = Some(exactly(0.5));
    let high = said(2.0, &small);
    assert!(high.contains("2.0x slower than one core: 300 % too high"), "{high}");
    assert!(high.contains("needs only 50.0 us") && high.contains("than it saves"), "{high}");

    let mut narrow = scoped(0.010);
    narrow.machine.usable_cores = 1;
    assert!(said(2.0, &narrow).contains("2 workers, but only 1 core for"));

    let mut imbalanced = document("work-stealing", Primes::NAME, vec![run("scoped", 2, 0.008)]);
    imbalanced.runs[0].imbalance = Some(1.5);
    assert!(said(1.9, &imbalanced).contains("1.50x the mean"));
    imbalanced.kernel.name = Integers::NAME;
    assert!(!said(1.9, &imbalanced).contains("the mean"), "equal terms are equal work");
}

/// With fewer cores than workers, and a row that made use of `share` of them.
fn fewer_cores(kernel: KernelName, share: f64) -> Document {
    let mut taken = document("threads", kernel, vec![run("scoped", 2, 0.010 / (1.5 * share))]);
    taken.controls = Some(vec![control(&[0.75, 0.75], &[0.75, 0.75])]);
    taken.runs[0].of_control = Some(exactly(share));
    taken
}

#[test]
fn a_control_that_got_less_explains_a_row_that_reached_it() {
    let reached = said(1.9, &fewer_cores(Integers::NAME, 0.97));
    assert!(reached.contains("only 1.50 cores, so there was no more to be had."), "{reached}");
    // As seen: "there was no more to be had" of a row at 64 % of the control.
    let below = said(1.9, &fewer_cores(Integers::NAME, 0.64));
    assert!(below.contains("only 1.50 cores; and this row made use of 64 %"), "{below}");
    // Of a kernel that reads, the cores may have been there and waited.
    let reader = said(1.9, &fewer_cores(Memory::NAME, 0.97));
    assert!(reader.contains("memory may be what they waited for"), "{reader}");
}

#[test]
fn a_low_guess_is_told_what_was_used() {
    let mut less = integers(vec![run("scoped", 2, 0.0077)]);
    less.runs[0].of_control = Some(exactly(0.65));
    let low = said(1.0, &less);
    assert!(low.contains("gave 2.00 cores, and 65 % of them were of use"), "{low}");
    assert!(said(1.0, &integers(vec![run("scoped", 2, 0.0051)])).contains("cost little"));
}

#[test]
fn a_share_that_cannot_be_explains_nothing() {
    let mut odd = integers(vec![run("scoped", 2, 0.007)]);
    odd.runs[0].of_control = Some(exactly(1.7));
    assert!(said(1.9, &odd).contains("these numbers do not tell"));
}

#[test]
fn in_doubt_no_reason_is_given() {
    let question = Question::Faster { workers: 2 };
    let scoped = integers(vec![run("scoped", 2, 0.005)]);
    let guess = Prediction { question, ratio: 1.9 };
    let said = compared(&guess, &scoped, None, Some(Doubt::FewRounds(3)));
    assert!(said[0].contains("5 % too low") && said[1].contains("may be off"), "{said:?}");
}

#[test]
fn without_a_right_row_nobody_can_say() {
    assert!(said(1.8, &integers(Vec::new())).contains("no row can say"));
}

#[test]
fn a_slow_row_is_compared_with_the_best() {
    let rows = vec![run("term-by-term", 1, 0.04), run("simd", 1, 0.01)];
    let document = document("sequential", Integers::NAME, rows);
    let said = |ratio| {
        let question = Question::Slower { strategy: "term-by-term".to_owned() };
        compared(&Prediction { question, ratio }, &document, None, None).join(" ")
    };
    let low = said(2.0);
    assert!(low.contains("term-by-term took 4.00x as long as simd: 50 % too low"), "{low}");
    assert!(low.contains("0.40 ns in term-by-term and 0.10 ns in simd"), "{low}");
    assert!(said(4.2).contains("good guess"));
}
