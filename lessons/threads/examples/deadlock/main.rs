//! A deadlock: make it, see it hide, let a watcher name it, and fix it in three ways.

mod totals;

use std::io::{self, Write};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use course::Stdout;
use totals::{End, MOVES, Totals};

// ANCHOR: deadlock
/// The fault: worker 0 locks total 0 and then total 1, worker 1 the other way round.
fn two_orders(totals: &Totals, me: usize) {
    let mut from = totals.lock(me, me);
    totals.meet(me);
    let mut to = totals.lock(me, 1 - me);
    *from -= 1;
    *to += 1;
}
// ANCHOR_END: deadlock

// ANCHOR: order
/// The first fix: every worker takes the locks in the same order.
fn one_order(totals: &Totals, me: usize) {
    let mut zero = totals.lock(me, 0);
    totals.meet(me);
    let mut one = totals.lock(me, 1);
    let amount = if me == 0 { 1 } else { -1 };
    *zero -= amount;
    *one += amount;
}
// ANCHOR_END: order

// ANCHOR: one
/// The second fix: one lock for both totals.
fn one_lock(totals: &Totals, me: usize) {
    let mut both = totals.both.lock().expect("no worker panics");
    both[me] -= 1;
    both[1 - me] += 1;
}
// ANCHOR_END: one

// ANCHOR: back-off
/// The third fix: whoever cannot have the second lock gives the first one back and tries again later.
fn back_off(totals: &Totals, me: usize) {
    loop {
        let mut from = totals.lock(me, me);
        totals.meet(me);
        if let Ok(mut to) = totals.each[1 - me].try_lock() {
            *from -= 1;
            *to += 1;
            return;
        }
        drop(from);
        // Not the same time for both: they could go on giving way to each other.
        thread::sleep(Duration::from_micros(100) * (1 + me as u32));
    }
}
// ANCHOR_END: back-off

/// Two workers make their moves. They are not joined: those of a deadlock end with this program.
fn run(moves: fn(&Totals, usize), meet: bool) -> End {
    let totals = Arc::new(Totals::new(meet));
    for me in 0..2 {
        let totals = Arc::clone(&totals);
        thread::spawn(move || {
            for _ in 0..MOVES {
                moves(&totals, me);
                totals.moved(me);
            }
        });
    }
    totals.watch()
}

fn main() -> io::Result<()> {
    let mut out = Stdout::lock();
    writeln!(
        out,
        "two workers, two totals: worker 0 moves {MOVES} terms from total 0 to total 1,"
    )?;
    writeln!(out, "and worker 1 as many back\n")?;
    writeln!(out, "the locks             left alone  made to meet")?;
    let mut row = |name, moves| {
        let (alone, met) = (run(moves, false), run(moves, true));
        writeln!(out, "{name:<20}  {alone:>10}  {met:>12}")?;
        io::Result::Ok(met)
    };
    let met = row("two orders", two_orders)?;
    row("one order", one_order)?;
    row("one lock for both", one_lock)?;
    row("try, and back off", back_off)?;
    if let End::Deadlock { notes, after } = met {
        writeln!(out, "\nWith two orders, after {} ms:", after.as_millis())?;
        for (me, note) in notes.iter().enumerate() {
            writeln!(out, "  worker {me} {note}")?;
        }
        writeln!(out, "Each waits for the other, so neither will ever go on.")?;
    }
    Ok(())
}
