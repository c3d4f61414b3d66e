//! The listing and the counts against tools that others wrote. Where one is missing, its tests are shown
//! as ignored.

use std::collections::HashMap;
use std::process::{Command, ExitCode};

use compiled::{Compiled, Executable, Line, Symbol, innermost, listing, symbols};
use course::Table;
use kernels::{AnyKernel, Integers, Known, Workers};
use libtest_mimic::{Arguments, Failed};
use measure::Context;
use testkit::trial;

const PROGRAM: &str = env!("CARGO_BIN_EXE_compiled");

/// The row and the function that it runs.
const LOOPS: [(&str, &str); 4] = [
    ("unoptimised", "unoptimised::plain::sum"),
    ("cxx-unoptimised", "cxx_unoptimised::sum"),
    ("cxx-optimised", "cxx_optimised::sum"),
    ("masked", "compiled::masked::sum"),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, flag, row, terms] = &arguments[..]
        && flag == "--sum"
    {
        return sum(row, terms.parse().expect("a number of terms"));
    }
    let mut trials = vec![
        trial("the_listing_is_that_of_objdump", missing("objdump"), as_objdump_says),
        trial("objdump_prints_what_the_chapter_shows", missing("objdump"), as_the_chapter_shows),
        trial("without_names_there_is_a_clear_answer", missing("strip"), stripped),
        trial("the_counts_are_those_of_callgrind", missing("valgrind"), as_callgrind_counts),
    ];
    for format in ["zlib", "zlib-gnu", "zstd"] {
        let name = format!("notes_compressed_by_{format}_are_read");
        trials.push(trial(name, cannot_compress(format), move || compressed(format)));
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// Why a test with this tool is not possible here.
fn missing(tool: &str) -> Option<String> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        return Some("the tools are those of Linux on x86-64".into());
    }
    let started = Command::new(tool).arg("--version").output();
    started.is_err().then(|| format!("{tool} is not installed"))
}

/// This test as a program that does nothing but one sum.
fn sum(row: &str, terms: u64) -> ExitCode {
    let kernel = AnyKernel::new(Integers::new(terms).expect("few terms"));
    let table = Compiled::strategies::<AnyKernel>();
    let strategy = table.iter().find(|strategy| strategy.name == row).expect("a row");
    let mut sum = strategy.start(&kernel, &Context::new(Workers::ONE)).expect("it starts");
    let right = sum(&kernel, 0..terms)
        .is_ok_and(|summed| summed.sum.number() == Some(terms * (terms - 1) / 2));
    ExitCode::from(u8::from(!right))
}

/// The functions of this very test, by name, with their instructions.
fn functions(executable: &Executable) -> Result<HashMap<String, (Symbol<'_>, Vec<Line>)>, Failed> {
    let file = executable.file()?;
    let all = symbols(&file)?.into_iter().map(|symbol| {
        let lines = listing(symbol.code, symbol.address)?;
        Ok((symbol.path(), (symbol, lines)))
    });
    all.collect()
}

fn as_objdump_says() -> Result<(), Failed> {
    let executable = Executable::of_this_program()?;
    let all = functions(&executable)?;
    let this = std::env::current_exe()?;
    let mut compared = 0;
    for name in LOOPS.map(|(_, name)| name).into_iter().chain(["compiled::plain::sum"]) {
        let (symbol, lines) = all.get(name).ok_or_else(|| format!("there is no {name}"))?;
        let end = symbol.address + symbol.code.len() as u64;
        let output = Command::new("objdump")
            .args(["-d", "-M", "intel", "--no-show-raw-insn"])
            .arg(format!("--start-address={:#x}", symbol.address))
            .arg(format!("--stop-address={end:#x}"))
            .arg(&this)
            .output()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let theirs: Vec<&str> =
            text.lines().filter_map(|line| line.split_once(":\t")).map(|it| it.1).collect();
        assert_eq!(theirs.len(), lines.len(), "{name}: {text}");
        for (ours, theirs) in lines.iter().zip(theirs) {
            assert_eq!(comparable(&ours.text), comparable(theirs), "{name}");
            compared += 1;
        }
    }
    assert!(compared > 50, "{compared} instructions");
    Ok(())
}

/// The command of the chapter, on the program that it names, prints the block below it.
fn as_the_chapter_shows() -> Result<(), Failed> {
    let chapter = include_str!("../README.md");
    let command = chapter.lines().find(|line| line.starts_with("objdump ")).ok_or("no command")?;
    let after = chapter.split(command).nth(1).ok_or("nothing below it")?;
    let block = after.split("```text\n").nth(1).and_then(|block| block.split("```").next());
    let words: Vec<&str> = command.split_whitespace().collect();
    let [program, arguments @ .., file] = &words[..] else { return Err("no words".into()) };
    assert_eq!(*file, "target/debug/compiled");
    let output = Command::new(program).args(arguments).arg(PROGRAM).output()?;
    let text = String::from_utf8(output.stdout)?;
    let words = |text: &str| -> Vec<String> {
        text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    };
    let (printed, shown) = (words(&text), words(block.ok_or("no block")?));
    assert!(shown.len() > 2, "{shown:?}");
    assert!(printed.windows(shown.len()).any(|lines| lines == shown), "{text}");
    Ok(())
}

/// The text without what both write in ways of their own: places in the program, and how to do nothing.
fn comparable(text: &str) -> String {
    let text = text.to_lowercase();
    let text = text.split(['#', '<']).next().unwrap_or_default().trim();
    let (mnemonic, operands) = text.split_once(' ').unwrap_or((text, ""));
    let jumps = mnemonic.starts_with('j') || mnemonic == "call";
    if jumps || ["nop", "cs", "data16", "xchg"].contains(&mnemonic) {
        return mnemonic.to_owned();
    }
    let operands = operands.trim().replace("ptr [rip", "ptr [@");
    let operands = operands.split('@').next().unwrap_or_default();
    format!("{mnemonic} {operands}")
}

fn stripped() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let bare = folder.path().join("compiled");
    let done =
        Command::new("strip").arg("--strip-all").arg("-o").arg(&bare).arg(PROGRAM).status()?;
    assert!(done.success(), "strip failed");
    let ended = Command::new(&bare).args(["--function", "masked::sum"]).output()?;
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!((ended.status.code(), ended.stdout.len()), (Some(71), 0), "{said}");
    assert!(said.contains("stripped") && said.contains("cargo build -p compiled"), "{said}");
    // The header needs no names.
    let ended = Command::new(&bare).args(["--show", "header"]).output()?;
    let said = String::from_utf8_lossy(&ended.stdout).into_owned();
    assert!(ended.status.success() && said.contains("an executable of Linux"), "{said}");
    // The table is there all the same.
    let ended = Command::new(&bare).args(["-n", "1e5", "--rounds", "1"]).output()?;
    let said = String::from_utf8_lossy(&ended.stdout).into_owned();
    assert_eq!(ended.status.code(), Some(0), "{said}");
    assert!(said.contains("No machine code: the table of names"), "{said}");
    Ok(())
}

/// Why notes cannot be compressed in this way here: an older `objcopy` has not heard of all.
fn cannot_compress(format: &str) -> Option<String> {
    missing("objcopy").or_else(|| {
        let help = Command::new("objcopy").arg("--help").output().ok()?;
        let knows = String::from_utf8_lossy(&help.stdout).contains(format);
        (!knows).then(|| format!("this objcopy does not know {format}"))
    })
}

/// The same lines and variables, however the notes are stored.
fn compressed(format: &str) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let packed = folder.path().join("compiled");
    let option = format!("--compress-debug-sections={format}");
    let done = Command::new("objcopy").arg(option).arg(PROGRAM).arg(&packed).status()?;
    assert!(done.success(), "objcopy failed");
    let shown = |path: &std::path::Path| -> Result<String, Failed> {
        let ended = Command::new(path).args(["--function", "unoptimised::plain::sum"]).output()?;
        assert!(ended.status.success(), "{ended:?}");
        Ok(String::from_utf8(ended.stdout)?)
    };
    let plain = shown(PROGRAM.as_ref())?;
    assert!(plain.contains("while i < n"), "the lines of its source: {plain}");
    assert_eq!(shown(&packed)?, plain);
    Ok(())
}

/// Twice the terms take so many instructions more.
fn as_callgrind_counts() -> Result<(), Failed> {
    let executable = Executable::of_this_program()?;
    let all = functions(&executable)?;
    for (row, name) in LOOPS {
        let (_, lines) = &all[name];
        let found = innermost(lines).and_then(|found| found.per_term());
        let expected = found.ok_or_else(|| format!("{name} has no loop that can be counted"))?;
        let (few, many) = (instructions(row, 200_000)?, instructions(row, 400_000)?);
        let counted = (many - few) / 200_000.0;
        assert!((counted - expected).abs() < 0.05, "{name}: {counted} counted, {expected} read");
    }
    Ok(())
}

/// How many instructions a sum of so many terms takes, start and end of the program included.
fn instructions(row: &str, terms: u64) -> Result<f64, Failed> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe()?)
        .args(["--sum", row, &terms.to_string()])
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let count = said.lines().find_map(|line| line.split_once("Collected : "));
    let count = count.ok_or_else(|| format!("no count: {said}"))?;
    Ok(count.1.trim().parse()?)
}
