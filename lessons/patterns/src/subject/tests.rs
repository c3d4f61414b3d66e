//! Rows that are wrong, each in its own way, and what the audit says of them.

use kernels::{Workers, split};
use threads::on_threads;

use super::*;
use crate::histogram::{Drawn, HistogramData};
use crate::pattern::row;
use crate::scan::ScanData;
use crate::{Histogram, Recorder, Scan};

/// What is wrong with a row that is given to two workers.
fn fault<P: Pattern>(pattern: P, strategy: &Strategy<P>) -> Option<String> {
    let context = Context::new(Workers::new(2).expect("two"));
    Of::new(pattern).look_at(strategy, &context).expect("it ends").fault
}

fn scan(strategy: &Strategy<ScanData>) -> Option<String> {
    fault(ScanData::new(10_000, 7).expect("few terms"), strategy)
}

fn histogram(strategy: &Strategy<HistogramData>) -> Option<String> {
    let drawn = Drawn { bins: 16, skew: 0 };
    fault(HistogramData::new(10_000, drawn, 7).expect("few terms"), strategy)
}

/// Both workers write the middle. Whoever comes last leaves the right sums, so that the answer tells nothing.
fn overlaps<R: Recorder>(scan: &Scan<'_, R>, context: &Context) -> Result<(), Error> {
    let begin = scan.sum(0..4711);
    on_threads(context, &|worker| match worker {
        0 => scan.write_sums(0..6000, 0),
        _ => scan.write_sums(4711..10_000, begin),
    })?;
    Ok(())
}

/// The last terms of the first range are nobody's.
fn leaves_a_gap<R: Recorder>(scan: &Scan<'_, R>, context: &Context) -> Result<(), Error> {
    let before = scan.sum(0..5000);
    on_threads(context, &|worker| match worker {
        0 => scan.write_sums(0..4990, 0),
        _ => scan.write_sums(5000..10_000, before),
    })?;
    Ok(())
}

/// Local running sums first, which are then corrected.
fn corrects<R: Recorder>(scan: &Scan<'_, R>, _: &Context) -> Result<(), Error> {
    scan.write_sums(5000..10_000, 0);
    let before = scan.write_sums(0..5000, 0);
    scan.write_sums(5000..10_000, before);
    Ok(())
}

/// The worker of the second range reads what the first has not written yet.
fn begins_too_early<R: Recorder>(scan: &Scan<'_, R>, context: &Context) -> Result<(), Error> {
    let ranges: Vec<_> = split::ranges(&scan.terms(), context.workers()).collect();
    on_threads(context, &|worker| scan.write_sums(ranges[worker].clone(), 0))?;
    Ok(())
}

/// One sum at a time, and the last one in the place of another.
fn writes_elsewhere<R: Recorder>(scan: &Scan<'_, R>, _: &Context) -> Result<(), Error> {
    let last = scan.terms().end - 1;
    let mut total = 0;
    for i in scan.terms() {
        total += scan.number(i);
        scan.write(if i == last { 0 } else { i }, total);
    }
    Ok(())
}

#[test]
fn who_writes_what_another_writes_is_refused_although_the_sums_are_right() {
    let said = scan(&row!(ScanData: overlaps, ""));
    let words = "the results are right, but element 4,711 was written by thread 1 and thread 2";
    assert_eq!(said.as_deref(), Some(words));
    let said = scan(&row!(ScanData: corrects, "")).expect("a fault");
    assert!(said.ends_with("but element 5,000 was written twice by thread 1"), "{said}");
}

#[test]
fn what_nobody_writes_is_named() {
    let said = scan(&row!(ScanData: leaves_a_gap, ""));
    let words = "element 4,990 is missing: elements 4,990..5,000 were never written";
    assert_eq!(said.as_deref(), Some(words));
    let said = scan(&row!(ScanData: writes_elsewhere, "")).expect("a fault");
    assert!(said.ends_with(": element 0 was written twice by thread 1"), "{said}");
}

#[test]
fn sums_that_begin_too_early_are_too_small() {
    let said = scan(&row!(ScanData: begins_too_early, "")).expect("a fault");
    assert!(said.starts_with("element 5,000 is ") && said.contains(" too small"), "{said}");
    assert!(said.ends_with("though each element was written once"), "{said}");
}

/// Both workers count the keys in the middle.
fn counts_twice<R: Recorder>(keys: &Histogram<'_, R>, context: &Context) -> Result<(), Error> {
    on_threads(context, &|worker| {
        let range = if worker == 0 { 0..6000 } else { 4000..10_000 };
        keys.each(range, |key| keys.add(key, 1));
    })?;
    Ok(())
}

/// The second table never gets to the caller.
fn loses_a_table<R: Recorder>(keys: &Histogram<'_, R>, context: &Context) -> Result<(), Error> {
    let ranges: Vec<_> = split::ranges(&keys.terms(), context.workers()).collect();
    let tables = on_threads(context, &|worker| {
        let mut table = vec![0; keys.bins()];
        keys.each(ranges[worker].clone(), |key| table[key] += 1);
        table
    })?;
    (0..).zip(&tables[0]).for_each(|(bin, count)| keys.add(bin, *count));
    Ok(())
}

#[test]
fn keys_that_are_counted_twice_are_named() {
    let said = histogram(&row!(HistogramData: counts_twice, "")).expect("a fault");
    assert!(said.contains("(all bins together: 12,000 of 10,000)"), "{said}");
    assert!(said.ends_with(": key 4,000 was counted by thread 1 and thread 2"), "{said}");
}

#[test]
fn counts_that_never_arrive_are_missed() {
    let said = histogram(&row!(HistogramData: loses_a_table, "")).expect("a fault");
    assert!(said.contains("too few (all bins together: 5,000 of 10,000)"), "{said}");
    assert!(said.ends_with("though each key was counted once"), "{said}");
}

/// Every row of both patterns, with more workers than terms and with terms that divide badly.
#[test]
fn all_rows_are_right() {
    fn right(subject: &dyn Subject) {
        for row in subject.rows() {
            for workers in if row.alone { 1..=1 } else { 1..=4 } {
                let context = Context::new(Workers::new(workers).expect("a small number"));
                let seen = subject.audited(&row.name(), &context).expect("it ends");
                assert_eq!(seen.fault, None, "{row:?} with {workers} workers");
                let timed = subject.timed(&row.name(), &context).expect("it ends");
                assert_eq!(timed.sum.number(), Some(0), "{row:?} with {workers} workers");
            }
        }
    }
    for terms in [0, 1, 2, 3, 1003] {
        right(&Of::new(ScanData::new(terms, 7).expect("few terms")));
        let drawn = Drawn { bins: 17, skew: 1 };
        right(&Of::new(HistogramData::new(terms, drawn, 7).expect("few terms")));
    }
}

/// What the bound of the table rests on.
#[test]
fn the_audit_counts_the_additions() {
    let subject = Of::new(ScanData::new(9000, 7).expect("few terms"));
    let context = Context::new(Workers::new(2).expect("two"));
    let summed = |row| subject.audited(row, &context).expect("it ends").summed;
    assert_eq!(summed("scan-sequential"), 0);
    assert_eq!(summed("scan-three-phases"), 9000);
    assert_eq!(summed("scan-one-range-more"), 3000);
    assert_eq!(summed("scan-look-back"), 9000);
}
