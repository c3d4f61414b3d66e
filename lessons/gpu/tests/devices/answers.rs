//! Every row at awkward sizes, in ranges beyond 32 bits, and with one, few and many workgroups.

use std::ops::Range;
use std::process::ExitCode;

use clap::{Args, Command, FromArgMatches};
use course::Table;
use gpu::Gpu;
use kernels::{
    AnyKernel, AnyKnown, Home, Integers, Kernel, KernelName, Known, Memory, Primes, Workers,
};
use libtest_mimic::{Failed, Trial};
use measure::audit::Audited;
use measure::{Context, Error, Strategy};
use testkit::{finish, trial};

use super::driver::{Driver, holds};

const ASKED: &str = "--answers";

const KERNELS: [KernelName; 3] = [Integers::NAME, Memory::NAME, Primes::NAME];

/// The workgroups with which all is tested. More and fewer are for the rows that loop.
const FEW: &str = "3";

/// What a device need not offer.
const MAY_LACK: [&str; 2] = ["subgroup", "int64"];

const TERM_EACH: [&str; 3] = ["one-atomic", "group-atomic", "tree"];

const SIZES: [u64; 10] = [0, 1, 2, 3, 255, 256, 257, 65_535, 65_536, 65_537];

/// Where the low half of a term wraps.
const WRAPS: u64 = 1 << 32;

/// More terms than one workgroup may take in a dispatch.
const ROUNDS: u64 = 65_600 * 256;

pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for driver in Driver::ALL {
        for kernel in KERNELS {
            let name = format!("every_row_is_right_on_{kernel}_with_{}", driver.name());
            trials.push(trial(name, driver.missing(), move || given(driver, kernel)));
        }
    }
    trials
}

/// Asks this program once more, to which `driver` is the only one.
fn given(driver: Driver, kernel: KernelName) -> Result<(), Failed> {
    let this = std::env::current_exe()?;
    let this = this.to_str().ok_or("a plain path")?;
    let ended = finish(driver.command(this, &[ASKED, driver.name(), kernel.as_str()]).spawn()?);
    holds(ended.code() == Some(0), &ended)
}

/// Sums with every row, where this process was started for that.
pub fn given_if_asked() -> Option<ExitCode> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, asked, driver, kernel] = &arguments[..] else { return None };
    if asked != ASKED {
        return None;
    }
    let driver = Driver::ALL.into_iter().find(|one| one.name() == driver).expect("a driver");
    let kernel = KERNELS.into_iter().find(|one| one.as_str() == kernel).expect("a kernel");
    // SwiftShader takes a second for what lavapipe does in some milliseconds.
    let (groups, most) = match driver {
        Driver::Lavapipe => (&[FEW, "1", "64"][..], 1_000_000),
        Driver::SwiftShader => (&[FEW][..], 65_537),
    };
    for groups in groups {
        check(kernel, groups, most);
    }
    Some(ExitCode::SUCCESS)
}

fn check(name: KernelName, groups: &str, most: u64) {
    let options = options(&["--workgroups", groups]);
    options.ask().expect("nothing is read");
    let most = if name == Primes::NAME { most.min(100_003) } else { most };
    for row in Gpu::strategies_for::<AnyKernel>(&options) {
        let loops = !TERM_EACH.contains(&row.name.as_str());
        if row.only.is_some_and(|only| only != name) || groups != FEW && !loops {
            continue;
        }
        // The marks are of no driver's making, so one is enough.
        if groups == FEW && most > 65_537 {
            audit(&row, name);
        }
        let few = SIZES.into_iter().chain([most]).map(|terms| 0..terms);
        ranges(&row, name, most, few.chain([7..1000, most - 300..most]), groups);
        if name == Integers::NAME {
            let most = Integers::LARGEST;
            let far = [WRAPS - 7..WRAPS + 1000, WRAPS..WRAPS + 1, most - 70_001..most];
            ranges(&row, name, most, far.into_iter(), groups);
            // As many rounds as one dispatch may have, and some more.
            if groups == "1" {
                ranges(&row, name, ROUNDS, std::iter::once(0..ROUNDS), groups);
            }
        }
    }
}

/// Sums each of `ranges` of `terms` terms, once ready for all of them.
fn ranges(
    row: &Strategy<AnyKernel>,
    name: KernelName,
    terms: u64,
    ranges: impl Iterator<Item = Range<u64>>,
    groups: &str,
) {
    let kernel = AnyKnown::with_home(name, terms, Home::Private).expect("few terms");
    let kernel = kernel.kernel();
    let mut sum = match row.start(&kernel, &Context::new(Workers::ONE)) {
        Err(Error::Missing { .. }) if MAY_LACK.contains(&row.name.as_str()) => return,
        started => started.expect(&row.name),
    };
    for range in ranges {
        let right = kernel.sum(range.clone()).number();
        let came = sum(&kernel, range.clone()).expect(&row.name).sum.number();
        let what = format!("{} of {name}, {range:?}, {groups} workgroups", row.name);
        assert!(right.is_some() && came == right, "{what}: {came:?} for {right:?}");
    }
}

/// The row takes each term once, by the marks of its own invocations.
fn audit(row: &Strategy<AnyKernel>, name: KernelName) {
    const TERMS: u64 = 10_003;
    let kernel = AnyKnown::with_home(name, TERMS, Home::Private).expect("few terms").kernel();
    let recorded = Audited::new(kernel);
    let audited = AnyKernel::new(recorded.clone());
    let mut sum = match row.start_audited(&audited, &Context::new(Workers::ONE)) {
        Err(Error::Missing { .. }) if MAY_LACK.contains(&row.name.as_str()) => return,
        started => started.expect(&row.name),
    };
    sum(&audited, 0..TERMS).expect(&row.name);
    let audit = recorded.finish(Workers::ONE);
    // The first row is one of the cores.
    assert_eq!(audit.by_device, row.name != "self-scheduled", "{}", row.name);
    assert!(audit.tiles(TERMS), "{} of {name}: {:?}", row.name, audit.spans);
}

/// The options of the lesson, as from its command line.
fn options(arguments: &[&str]) -> <Gpu as Table>::Options {
    type Options = <Gpu as Table>::Options;
    let command = Options::augment_args(Command::new("gpu"));
    let matches = command.get_matches_from([&["gpu"], arguments].concat());
    Options::from_arg_matches(&matches).expect("they are right")
}
