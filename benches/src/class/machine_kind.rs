use measure::machine::Machine;
use units::count;

use crate::text::{cut, readable};

/// No processor has cores of more kinds.
const MOST_KINDS: usize = 3;

/// A processor's name is no longer than this.
const LONGEST: usize = 60;

/// A machine, as far as it matters beside others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineKind {
    /// How many cores a program may use.
    pub cores: usize,
    /// What it is called together with all that are alike: `8 cores, x86-64`.
    pub name: String,
    /// Its own processor.
    pub cpu: String,
    /// Its system.
    pub os: String,
}

impl MachineKind {
    /// The kind of `machine`: how many cores there are to share work among, of what kinds, and whose they are. Two
    /// processors of one kind may be of different speeds: no time is compared with that of another machine.
    pub(super) fn of(machine: &Machine) -> Self {
        let kinds = match machine.kinds.len() {
            several @ 2..=MOST_KINDS => format!(" of {several} kinds"),
            // More of them are noise.
            _ => String::new(),
        };
        let arch = match machine.arch.as_str() {
            "x86_64" => "x86-64".to_owned(),
            "aarch64" => "Arm".to_owned(),
            other => short(other, 12),
        };
        let lent = if machine.virtual_machine == Some(true) { ", virtual" } else { "" };
        let cores = machine.usable_cores;
        MachineKind {
            cores,
            name: format!("{}{kinds}, {arch}{lent}", count(cores as u64, "core")),
            cpu: short(&machine.cpu, LONGEST),
            os: short(&machine.os, 12),
        }
    }
}

fn short(text: &str, width: usize) -> String {
    cut(readable(text).trim(), width)
}
