//! What the lesson shows beside its table, on the program itself.

use super::PROGRAM;

/// Whether the program is made for x86-64; otherwise for AArch64.
const X86: bool = cfg!(target_arch = "x86_64");

fn shown(arguments: &[&str]) -> String {
    let ended = PROGRAM.run(arguments);
    assert_eq!((ended.code(), ended.stderr.as_str()), (Some(0), ""), "{arguments:?}: {ended:?}");
    for line in ended.stdout.lines() {
        assert!(line.chars().count() <= 80, "{arguments:?}: {line}");
    }
    ended.stdout
}

fn refused(arguments: &[&str]) -> String {
    let ended = PROGRAM.run(arguments);
    assert_eq!((ended.code(), ended.stdout.as_str()), (Some(2), ""), "{arguments:?}: {ended:?}");
    ended.stderr
}

#[test]
fn the_variables_of_the_addition_are_named_and_it_is_pointed_out() {
    let text = shown(&["--show", "addition"]);
    let (rust, cxx) = text.split_once("cxx_unoptimised::addition").expect("two functions");
    for listing in [rust, cxx] {
        assert_eq!(listing.matches("<- an addition").count(), 1, "{listing}");
        let named = |name: &str| {
            let store = if X86 { "mov dword ptr [" } else { "str w" };
            let stores = listing.lines().filter(|line| line.contains(store));
            stores.filter(|line| line.ends_with(name)).count()
        };
        assert!(named(" a") == 1 && named(" b") == 1, "{listing}");
        assert!(listing.contains("c = a + b;"), "its source: {listing}");
    }
    assert!(text.contains("2 + 3 is 5 in Rust and 5 in C++"), "{text}");
}

#[test]
fn the_optimised_twins_are_shorter() {
    let text = shown(&["--show", "twins"]);
    let counts: Vec<Vec<usize>> = text
        .lines()
        .filter(|line| line.contains(" instructions, "))
        .map(|line| line.split(' ').filter_map(|word| word.parse().ok()).collect())
        .collect();
    assert_eq!(counts.len(), 4, "{text}");
    assert!(counts.iter().all(|pair| pair[1] < pair[0]), "{counts:?}");
}

#[test]
fn the_plain_loop_is_folded_and_the_masked_one_is_a_loop_of_vectors() {
    let text = shown(&["--show", "fold"]);
    let (plain, masked) = text.split_once("compiled::masked::sum").expect("two functions");
    assert!(plain.contains("The machine code has none") && plain.contains("mul "), "{plain}");
    assert!(!plain.contains("<- back"), "{plain}");
    let vector = if X86 { "xmm" } else { ".2d" };
    assert!(masked.contains("<- back: the loop") && masked.contains(vector), "{masked}");
}

#[test]
fn the_header_names_the_architecture_and_another_one_has_other_instructions() {
    let header = shown(&["--show", "header"]);
    let (name, number) = if X86 { ("x86-64", "3e 00") } else { ("AArch64", "b7 00") };
    assert!(header.contains(name), "{header}");
    let marks = match () {
        () if cfg!(windows) => ["4d 5a", "50 45 00 00"],
        () if cfg!(target_os = "macos") => ["cf fa ed fe", ""],
        () => ["7f 45 4c 46", number],
    };
    assert!(marks.iter().all(|mark| header.contains(mark)), "{header}");
    let elsewhere = shown(&["--show", "elsewhere"]);
    let other = if X86 { "add  w0, w0, w1" } else { "lea eax,[rdi+rsi*1]" };
    assert!(elsewhere.contains(other) && elsewhere.contains("compiled ahead"), "{elsewhere}");
}

#[test]
fn any_function_can_be_shown_with_its_bytes() {
    for name in ["masked::sum", "compiled::masked::sum", "your-turn", "cxx_optimised::sum"] {
        let text = shown(&["--function", name]);
        assert!(text.lines().any(|line| line.trim_end().ends_with("ret")), "{text}");
        let with_bytes = shown(&["--function", name, "--bytes"]);
        assert_eq!(text.lines().count(), with_bytes.lines().count(), "{name}");
        let ret = if X86 { "  c3 " } else { "  c0 03 5f d6 " };
        assert!(with_bytes.contains(ret), "{with_bytes}");
    }
    let all = shown(&["--functions"]);
    for name in all.lines().filter(|name| name.contains("::sum")) {
        assert!(shown(&["--function", name]).starts_with(name), "{name}");
    }
}

#[test]
fn unknown_names_are_refused_with_what_is_near() {
    let near = refused(&["--function", "maskd::sum"]);
    assert!(near.contains("compiled::masked::sum") && near.contains("for example"), "{near}");
    let several = refused(&["--function", "sum"]);
    assert!(several.contains("compiled::plain::sum or "), "{several}");
    for odd in ["", "-1", "::", "\u{1f600}", "xyzzyxyzzy"] {
        let text = refused(&["--function", odd]);
        assert!(text.contains("for example"), "{odd}: {text}");
    }
    assert!(refused(&["--show", "nothing"]).contains("addition"));
    refused(&["--bytes"]);
}

#[test]
fn the_table_has_the_instructions_of_every_row() {
    let text = shown(&["-n", "1e6", "--rounds", "1"]);
    let (_, counts) = text.split_once("in machine code").expect("a second table");
    for row in ["unoptimised", "cxx-unoptimised", "folded", "cxx-optimised", "masked", "your-turn"]
    {
        assert!(counts.lines().any(|line| line.starts_with(row)), "{row}: {counts}");
    }
    assert!(counts.contains("no loop"), "{counts}");
}
