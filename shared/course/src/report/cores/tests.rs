//! On machines that were made up: a hybrid laptop, an SMT server, two sockets, one core, a busy core.

use kernels::{Known, Memory};

use super::*;
use crate::made_up::{control, document, integers, run, says, silent};

/// A document of a machine with so many cores, behind so many physical ones, whose workers had these speeds
/// and were on a core for these parts of the time.
fn machine(physical: usize, smt: Option<bool>, speeds: &[f64], on_core: &[f64]) -> Document {
    let best = run("self-scheduled", speeds.len().max(2), 0.0020);
    let mut document = integers(vec![best]);
    document.machine.usable_cores = speeds.len();
    document.machine.logical_cores = speeds.len();
    document.machine.physical_cores = physical;
    document.machine.smt = smt;
    let rates: Vec<f64> = speeds.iter().zip(on_core).map(|(speed, part)| speed * part).collect();
    document.controls = Some(vec![control(&rates, on_core)]);
    let cores: f64 = rates.iter().sum();
    let share = &mut document.runs[0].of_control;
    *share = Some(crate::made_up::exactly(0.99 * 5.0 / cores.max(5.0)));
    document
}

fn hybrid_laptop() -> Document {
    let speeds = [[1.0; 4], [0.4; 4]].concat();
    machine(8, Some(false), &speeds, &[1.0; 8])
}

#[test]
fn on_a_quiet_machine_of_equal_cores_nothing_is_said() {
    for document in [
        integers(vec![run("scoped", 2, 0.0051)]),
        machine(16, Some(false), &[0.97; 16], &[0.99; 16]),
    ] {
        silent(cores_taken, &document);
        silent(cores_unlike, &document);
        silent(cores_hinder_each_other, &document);
        assert_eq!(uneven_note(&document, document.machine.usable_cores), None);
    }
}

#[test]
fn a_hybrid_laptop_has_unlike_cores() {
    let laptop = hybrid_laptop();
    let words =
        ["did 0.40 of what", "several kinds", "use 3.20 of the 5.60 cores", "self-scheduled used"];
    says(cores_unlike, &laptop, &words);
    silent(cores_taken, &laptop);
    silent(cores_hinder_each_other, &laptop);
    assert_eq!(
        uneven_note(&laptop, 8).as_deref(),
        Some("8 workers were given 5.60 cores; the slowest got 0.40, so equal ranges can use 3.20")
    );
}

#[test]
fn the_threads_of_one_core_hinder_each_other() {
    // Eight pairs, sixteen workers: all alike, and each slower than one alone.
    let all = machine(8, Some(true), &[0.65; 16], &[1.0; 16]);
    says(cores_hinder_each_other, &all, &["16 workers", "10.4", "hardware threads of one core"]);
    silent(cores_unlike, &all);
    silent(cores_taken, &all);
    // Twelve workers: four have a core of their own.
    let mut some = machine(8, Some(true), &[[1.0; 4].as_slice(), &[0.65; 8]].concat(), &[1.0; 12]);
    some.machine.logical_cores = 16;
    says(cores_unlike, &some, &["0.65 of what", "share a core", "7.80 of the 9.20 cores"]);
    silent(cores_hinder_each_other, &some);
}

/// Two sockets whose clock is lower with all cores busy; and two whose memory is the limit.
#[test]
fn two_sockets_are_not_told_to_be_hardware_threads() {
    let compute = machine(16, Some(false), &[0.8; 16], &[1.0; 16]);
    says(cores_hinder_each_other, &compute, &["12.8", "the clock is lower"]);
    let said = cores_hinder_each_other(&compute).expect("it speaks");
    assert!(!said.contains("hardware thread") && !said.contains("memory"), "{said}");
    silent(cores_unlike, &compute);

    let mut memory = document("threads", Memory::NAME, vec![run("scoped", 16, 0.004)]);
    memory.machine = compute.machine.clone();
    memory.controls = Some(vec![control(&[0.3; 16], &[1.0; 16])]);
    says(cores_hinder_each_other, &memory, &["4.80", "all wait for memory"]);
}

#[test]
fn a_busy_core_is_one_that_others_had() {
    let mut busy = machine(2, Some(false), &[1.0, 1.0], &[1.0, 0.51]);
    says(cores_taken, &busy, &["for 76 % of the time", "least for 51 %", "1.51 cores, not with 2"]);
    silent(cores_unlike, &busy);
    silent(cores_hinder_each_other, &busy);
    assert!(uneven_note(&busy, 2).is_some_and(|note| note.contains("the slowest got 0.51")));
    let mut slowed = busy.clone();
    slowed.controls = Some(vec![control(&[2.3, 1.03], &[1.0, 1.0])]);
    assert_eq!(uneven_note(&slowed, 2), None, "two cores are not 3.33: one alone was slowed down");
    // Seen after one round: "2 workers were given 0.32 cores; the slowest got 0.000".
    slowed.controls = Some(vec![control(&[0.32, 0.0002], &[1.0, 1.0])]);
    slowed.controls.as_mut().expect("controls")[0].cores = crate::made_up::exactly(0.32);
    assert_eq!(uneven_note(&slowed, 2), None, "one round is not sure");
    // A slow core that is also busy: nobody can say how slow.
    busy.controls = Some(vec![control(&[1.0, 0.2], &[1.0, 0.5])]);
    says(cores_taken, &busy, &["1.20 cores"]);
    silent(cores_unlike, &busy);
}

#[test]
fn one_core_gives_one_core() {
    let one = machine(1, Some(false), &[1.0], &[1.0]);
    for finding in [cores_taken, cores_unlike, cores_hinder_each_other] {
        silent(finding, &one);
    }
    assert_eq!(uneven_note(&one, 1), None);
}

#[test]
fn where_the_system_tells_no_time_on_core_no_cause_is_named() {
    let mut laptop = hybrid_laptop();
    laptop.controls.as_mut().expect("controls")[0].on_core = None;
    for finding in [cores_taken, cores_unlike, cores_hinder_each_other] {
        silent(finding, &laptop);
    }
    assert!(uneven_note(&laptop, 8).is_some(), "that they are uneven was measured");
}

#[test]
fn a_virtual_machine_may_lend_its_cores_unevenly() {
    let mut laptop = hybrid_laptop();
    laptop.machine.virtual_machine = Some(true);
    says(cores_unlike, &laptop, &["the host of this virtual machine"]);
}
