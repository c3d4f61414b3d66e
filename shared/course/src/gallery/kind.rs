use std::fmt;
use std::str::FromStr;

use measure::machine::Machine;
use serde::{Deserialize, Serialize};

/// What a machine stands for: the kinds that learners sit at, and those that they hear of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A virtual machine with 2 cores.
    TwoCoreVm,
    /// A virtual machine with 8 cores or more.
    ManyCoreVm,
    /// A Mac with an Arm processor: fast cores and slow ones.
    ArmMac,
    /// A PC with fast and slow cores.
    HybridPc,
    /// A desktop with 8 equal cores or more.
    Desktop,
    /// A PC with Windows, whatever its cores are.
    Windows,
    /// A server with two sockets.
    TwoSockets,
    /// An Arm server with 8 cores or more.
    ArmServer,
    /// A small Arm board with 4 cores.
    ArmBoard,
}

impl Kind {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Kind; 9] = [
        Kind::TwoCoreVm,
        Kind::ManyCoreVm,
        Kind::ArmMac,
        Kind::HybridPc,
        Kind::Desktop,
        Kind::Windows,
        Kind::TwoSockets,
        Kind::ArmServer,
        Kind::ArmBoard,
    ];

    /// Its name on the command line, and that of its file.
    pub fn name(self) -> &'static str {
        match self {
            Kind::TwoCoreVm => "two-core-vm",
            Kind::ManyCoreVm => "many-core-vm",
            Kind::ArmMac => "arm-mac",
            Kind::HybridPc => "hybrid-pc",
            Kind::Desktop => "desktop",
            Kind::Windows => "windows",
            Kind::TwoSockets => "two-sockets",
            Kind::ArmServer => "arm-server",
            Kind::ArmBoard => "arm-board",
        }
    }

    /// What it is, in a few words.
    pub fn title(self) -> &'static str {
        match self {
            Kind::TwoCoreVm => "a virtual machine with 2 cores",
            Kind::ManyCoreVm => "a virtual machine with 8 cores or more",
            Kind::ArmMac => "a Mac with fast and slow cores (Arm)",
            Kind::HybridPc => "a PC with fast and slow cores",
            Kind::Desktop => "a desktop with 8 equal cores or more",
            Kind::Windows => "a PC with Windows",
            Kind::TwoSockets => "a server with two sockets",
            Kind::ArmServer => "an Arm server with 8 cores or more",
            Kind::ArmBoard => "an Arm board with 4 cores",
        }
    }

    /// The name of its file in the folder of a gallery.
    pub fn file_name(self) -> String {
        format!("{}.json", self.name())
    }

    /// Whether the facts of a machine allow it to stand for this kind. How many sockets there are is no fact of a run:
    /// whoever adds the machine has to know.
    pub fn fits(self, machine: &Machine) -> bool {
        let is_virtual = machine.virtual_machine == Some(true);
        let kinds = machine.core_kinds.as_ref().map_or(0, Vec::len).max(machine.kinds.len());
        let (cores, arm) = (machine.usable_cores, machine.arch == "aarch64");
        let has_many = machine.physical_cores >= 8 && cores >= 8;
        match self {
            Kind::TwoCoreVm => is_virtual && cores == 2,
            Kind::ManyCoreVm => is_virtual && cores >= 8,
            Kind::ArmMac => machine.os == "macos" && arm,
            Kind::HybridPc => !is_virtual && !arm && machine.os != "macos" && kinds > 1,
            Kind::Desktop => !is_virtual && !arm && has_many && kinds < 2,
            Kind::Windows => machine.os == "windows",
            Kind::TwoSockets => !is_virtual && has_many && kinds < 2,
            Kind::ArmServer => machine.os == "linux" && arm && cores >= 8,
            Kind::ArmBoard => machine.os == "linux" && arm && cores == 4 && !is_virtual,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let named = Kind::ALL.into_iter().find(|kind| kind.name() == text);
        named.ok_or_else(|| {
            let names = Kind::ALL.map(Kind::name).join(", ");
            format!("a kind of machine is one of {names}; for example: two-core-vm")
        })
    }
}
