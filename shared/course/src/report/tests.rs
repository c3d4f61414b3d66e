//! All that is said of four machines that were made up: a hybrid laptop, a server whose cores have two threads each,
//! two sockets, and one core.

use kernels::{KernelName, Known, Memory, Pi};

use super::{cores, doubt, findings, header};
use crate::made_up::{control, document, nearly, run};
use crate::{Control, Document, Run};

/// A machine with so many usable cores behind so many physical ones, with a control for each list of rates.
struct Machine {
    usable: usize,
    physical: usize,
    smt: bool,
    rates: Vec<Vec<f64>>,
}

impl Machine {
    /// Strategies, the numbers of their workers, and what these gained.
    fn ran(&self, kernel: KernelName, gains: &[(&str, usize, f64)]) -> Document {
        let of_all = |rates: &Vec<f64>| control(rates, &vec![1.0; rates.len()]);
        let controls: Vec<Control> = self.rates.iter().map(of_all).collect();
        let row = |(strategy, workers, gain): &(&str, usize, f64)| {
            let given = controls.iter().find(|control| control.workers == *workers);
            let cores = given.map_or(1.0, |control| control.cores.median);
            Run { of_control: Some(nearly(gain / cores)), ..run(strategy, *workers, 0.010 / gain) }
        };
        let runs = gains.iter().map(row).collect();
        let mut document = document("threads", kernel, runs);
        let machine = &mut document.machine;
        (machine.usable_cores, machine.logical_cores) = (self.usable, self.usable);
        (machine.physical_cores, machine.smt) = (self.physical, Some(self.smt));
        machine.virtual_machine = Some(false);
        let all = controls.iter().find(|control| control.workers == self.usable);
        machine.kinds = all.map(Control::kinds).unwrap_or_default();
        document.controls = Some(controls);
        document
    }
}

/// What is said above the table, and below it: the note on cores that were unequal, and all sentences.
fn said(document: &Document) -> Vec<String> {
    assert_eq!(doubt(document), None, "it is quiet");
    assert!(document.runs.iter().all(|run| run.share_of_control().is_some()));
    let header = header::header(document, true).replace('\n', " ");
    let cores = header.split(" on ").nth(1).and_then(|rest| rest.split(", AVX2").next());
    let note = cores::uneven_note(document, document.machine.usable_cores);
    let above = cores.map(str::to_owned).into_iter().chain(note);
    above.chain(findings::chosen(document, &[], None, 9)).collect()
}

#[test]
fn a_hybrid_laptop() {
    let laptop = Machine {
        usable: 8,
        physical: 8,
        smt: false,
        rates: vec![vec![1.0; 2], vec![1.0; 4], [[1.0; 4], [0.4; 4]].concat()],
    };
    let gains = [("scoped", 1, 1.0), ("scoped", 8, 3.19), ("self-scheduled", 8, 5.54)];
    assert_eq!(
        said(&laptop.ran(Pi::NAME, &gains)),
        [
            "8 usable cores (4, and 4 at 0.40)",
            "8 workers were given 5.60 cores; the slowest got 0.40, so equal ranges can use 3.20",
            "On a core all the time, the slowest of 8 workers did 0.40 of what the fastest did: either the cores \
             are of several kinds or some run at a lower clock. Equal ranges wait for it and can use 3.20 of the \
             5.60 cores; self-scheduled used 99 % of them.",
            "8 workers gave 5.5x (self-scheduled); 8 independent sums would have given 5.60x: there is little \
             left to gain.",
        ]
    );
    // Half of the cores is not unlike, and equal ranges use them.
    let gains = [("scoped", 1, 1.0), ("scoped", 4, 3.9)];
    assert_eq!(
        said(&laptop.ran(Pi::NAME, &gains)).last().map(String::as_str),
        Some(
            "4 workers gave 3.9x (scoped); 4 independent sums would have given 4.00x: there is little left to gain."
        )
    );
}

#[test]
fn a_server_with_two_threads_a_core() {
    let server = |rate: f64| Machine {
        usable: 16,
        physical: 8,
        smt: true,
        rates: vec![vec![1.0; 4], vec![1.0; 8], vec![rate; 16]],
    };
    let gains = [("scoped", 1, 1.0), ("scoped", 8, 7.9), ("scoped", 16, 10.2)];
    let hindered = "On a core all the time, 16 workers did the work of 10.4 such cores alone: either two hardware \
                    threads of one core share its units or the clock is lower while all are busy. So compare with \
                    that, not with 16.";
    let gained = "16 workers gave 10.2x (scoped); 16 independent sums would have given 10.4x: there is little left \
                  to gain.";
    assert_eq!(
        said(&server(0.65).ran(Pi::NAME, &gains)),
        ["16 usable cores (8 physical)", hindered, gained]
    );
    // Where the second threads bring next to nothing, that is said, too.
    let gains = [("scoped", 1, 1.0), ("scoped", 8, 7.9), ("scoped", 16, 8.2)];
    let last = said(&server(0.53).ran(Pi::NAME, &gains)).pop().unwrap_or_default();
    assert!(
        last.starts_with("16 workers on 8 cores with two threads each got 8.48 cores'"),
        "{last}"
    );
}

#[test]
fn two_sockets() {
    let sockets = |half: f64, all: f64| Machine {
        usable: 32,
        physical: 32,
        smt: false,
        rates: vec![vec![1.0; 2], vec![half; 16], vec![all; 32]],
    };
    let gains = [("scoped", 1, 1.0), ("scoped", 32, 24.8)];
    assert_eq!(
        said(&sockets(1.0, 0.8).ran(Pi::NAME, &gains)),
        [
            "32 usable cores",
            "On a core all the time, 32 workers did the work of 25.6 such cores alone: perhaps the clock is lower \
             while all are busy. So compare with that, not with 32.",
            "32 workers gave 24.8x (scoped); 32 independent sums would have given 25.6x: there is little left to \
             gain.",
        ]
    );
    // One core reads 8 GB/s and all together 80: the memory of both sockets is the limit.
    let gains = [("scoped", 1, 1.0), ("scoped", 32, 9.5)];
    let mut memory = sockets(0.5, 0.31).ran(Memory::NAME, &gains);
    memory.kernel.bytes_per_term = 8;
    memory.machine.ceilings.read_bytes_per_second = 8e10;
    for run in &mut memory.runs {
        run.bytes_per_second = run.speedup.map(|gain| 8e9 * gain.median);
    }
    assert_eq!(
        said(&memory),
        [
            "32 usable cores",
            "On a core all the time, 32 workers did the work of 9.92 such cores alone: either all wait for memory \
             or the clock is lower while all are busy. So compare with that, not with 32.",
            "scoped reads 76.0 of the 80.0 GB/s that 32 cores can read together: more workers here would only wait \
             for the memory.",
            "32 workers gave 9.5x (scoped); 32 independent sums would have given 9.92x: there is little left to \
             gain.",
        ]
    );
    // What is nearer to one socket makes equal cores unlike.
    let mut far = Machine { rates: vec![[[0.5; 16], [0.3; 16]].concat()], ..sockets(1.0, 1.0) }
        .ran(Memory::NAME, &[("scoped", 1, 1.0), ("scoped", 32, 9.5)]);
    far.machine.kinds.clear();
    let said = said(&far);
    assert!(said[2].contains("or memory is nearer to some cores"), "{said:?}");
}

#[test]
fn one_core() {
    let one = Machine { usable: 1, physical: 1, smt: false, rates: vec![] };
    let gains = [("scoped", 1, 0.99), ("self-scheduled", 1, 0.98)];
    assert_eq!(said(&one.ran(Pi::NAME, &gains)), ["1 usable core"]);
    // Two workers take turns on it: nothing is there to be gained, and no control for two.
    let gains = [("scoped", 1, 0.99), ("scoped", 2, 0.97)];
    assert_eq!(said(&one.ran(Pi::NAME, &gains)), ["1 usable core"]);
}
