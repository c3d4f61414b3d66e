use measure::audit::{Audit, AuditedSpan};
use units::grouped;

/// What a run did with its terms: the words of a complaint.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words {
    /// `element`.
    pub(crate) one: &'static str,
    /// `written`.
    pub(crate) done: &'static str,
}

/// What is wrong with who did what, in words; `None` where each of `terms` terms was done exactly once.
///
/// The picture: the spans lie side by side like tiles, in the order of their terms. A gap was done by nobody,
/// and where two lie on each other, two did the same.
pub(crate) fn fault(audit: &Audit, terms: u64, words: Words) -> Option<String> {
    if !audit.complete {
        return None; // Not all was kept: the answer has to do.
    }
    let Words { one, done } = words;
    let mut last: Option<&AuditedSpan> = None;
    for span in &audit.spans {
        let (reached, start) = (last.map_or(0, |last| last.range.end), span.range.start);
        if let Some(before) = last.filter(|_| start < reached) {
            return Some(twice(audit, before, span, words));
        }
        if start > reached {
            return Some(never(reached, start, words));
        }
        last = Some(span);
    }
    let reached = last.map_or(0, |last| last.range.end);
    if reached < terms {
        return Some(never(reached, terms, words));
    }
    (reached > terms)
        .then(|| format!("{one} {} was {done}, which is beyond the last", grouped(terms)))
}

fn never(lo: u64, hi: u64, Words { one, done }: Words) -> String {
    match hi - lo {
        1 => format!("{one} {} was never {done}", grouped(lo)),
        _ => format!("{one}s {}..{} were never {done}", grouped(lo), grouped(hi)),
    }
}

fn twice(audit: &Audit, one: &AuditedSpan, other: &AuditedSpan, words: Words) -> String {
    let id = |span: &AuditedSpan| audit.workers[span.worker].id.as_str();
    let (what, done, place) = (words.one, words.done, grouped(other.range.start));
    if one.worker == other.worker {
        format!("{what} {place} was {done} twice by {}", id(one))
    } else {
        format!("{what} {place} was {done} by {} and {}", id(one), id(other))
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use kernels::Workers;

    use super::*;
    use crate::recorder::{Act, Recorder, Recording};

    const WRITTEN: Words = Words { one: "element", done: "written" };

    /// Each list is what one thread does.
    fn of(threads: &[&[(u64, u64)]], terms: u64) -> Option<String> {
        let recording = Recording::new().expect("no terms");
        for ranges in threads {
            let write = |(lo, hi): &(u64, u64)| recording.record(Act::Write, *lo..*hi, || ());
            let work = || ranges.iter().for_each(write);
            thread::scope(|scope| drop(scope.spawn(work).join()));
        }
        fault(&recording.finish(Workers::ONE).0, terms, WRITTEN)
    }

    #[test]
    fn tiles_in_any_order_are_fine() {
        assert_eq!(of(&[&[(5, 10)], &[(0, 5)]], 10), None);
        assert_eq!(of(&[], 0), None);
    }

    #[test]
    fn what_was_done_twice_names_its_place_and_who() {
        let said = of(&[&[(0, 5000)], &[(4711, 10_000)]], 10_000);
        assert_eq!(said.as_deref(), Some("element 4,711 was written by thread 1 and thread 2"));
        let said = of(&[&[(0, 10), (3, 4)]], 10);
        assert_eq!(said.as_deref(), Some("element 3 was written twice by thread 1"));
    }

    #[test]
    fn what_nobody_did_is_named() {
        let said = of(&[&[(0, 10)], &[(20, 30)]], 30);
        assert_eq!(said.as_deref(), Some("elements 10..20 were never written"));
        let said = of(&[&[(0, 9)]], 10);
        assert_eq!(said.as_deref(), Some("element 9 was never written"));
        assert_eq!(of(&[], 3).as_deref(), Some("elements 0..3 were never written"));
        assert!(
            of(&[&[(0, 12)]], 10)
                .is_some_and(|said| said.contains("element 10 was written, which"))
        );
    }
}
