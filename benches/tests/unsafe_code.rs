//! Every piece of unsafe code in one place, with its reason. One that appears or goes without being
//! listed here fails the test.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// File, line and reason.
const LISTED: [(&str, &str, &str); 24] = [
    (
        "lessons/compiled/src/cxx.rs",
        "unsafe extern \"C\" {",
        "says what the functions in C++ look like, which build.rs compiles from the same folder",
    ),
    (
        "lessons/ffi/src/bridge.rs",
        "unsafe extern \"C++\" {",
        "says what the functions in C++ look like; the crate cxx has both compilers check it",
    ),
    (
        "lessons/ffi/src/c.rs",
        "unsafe extern \"C\" {",
        "says what the functions of c/kernels.h look like, which build.rs compiles",
    ),
    (
        "lessons/ffi/src/c.rs",
        "unsafe { declared::c_memory(numbers.as_ptr(), numbers.len()) }",
        "gives the address and the length of a slice to C, which reads that many numbers",
    ),
    (
        "lessons/ffi/src/mistakes.rs",
        "unsafe extern \"C\" {",
        "says what the functions of c/mistakes.h look like; what they do wrong is checked by \
         summing",
    ),
    (
        "lessons/ffi/src/texts.rs",
        "Ok(unsafe { text_length(ended.as_ptr()) })",
        "gives a text that ends in NUL to C",
    ),
    (
        "lessons/ffi/src/texts.rs",
        "unsafe extern \"C\" {",
        "says what two functions of c/mistakes.h look like",
    ),
    (
        "lessons/ffi/src/texts.rs",
        "unsafe { text_name(bytes.as_mut_ptr().cast(), bytes.len()) };",
        "has C write into a buffer, no further than its length",
    ),
    (
        "lessons/ffi/src/trampoline.rs",
        "let answer = unsafe { c_callback(terms.start, terms.end, answer::<F>, address, &mut sum) };",
        "has C call a function for each term, with the address of what that function needs",
    ),
    (
        "lessons/ffi/src/trampoline.rs",
        "let context = unsafe { &mut *context.cast::<Context<F>>() };",
        "takes that address back from C, as what it was",
    ),
    (
        "lessons/ffi/src/trampoline.rs",
        "unsafe extern \"C\" {",
        "says what the function of c/kernels.h looks like that calls back",
    ),
    (
        "lessons/ffi/summing/src/border.rs",
        "#[unsafe(no_mangle)]",
        "gives a function for C its plain name; no other has it",
    ),
    (
        "lessons/ffi/summing/src/guard.rs",
        "#[unsafe(no_mangle)]",
        "the same for all functions that are written with the macro `for_c`",
    ),
    (
        "lessons/ffi/summing/src/pointers.rs",
        "Ok(unsafe { &mut *self.0 })",
        "follows a pointer from C, which is neither null nor misaligned; the header says what C \
         promises",
    ),
    (
        "lessons/ffi/summing/src/pointers.rs",
        "Ok(unsafe { slice::from_raw_parts(self.0, count) })",
        "the same, for several things beside each other; their length was checked as well",
    ),
    (
        "lessons/ffi/summing/src/pointers.rs",
        "unsafe { self.0.write(value) };",
        "writes through such a pointer",
    ),
    (
        "lessons/jit/src/native.rs",
        "native.entry = unsafe { std::mem::transmute::<*const u8, Entry>(address) };",
        "takes the address of compiled code for a function: the code was made with this very signature",
    ),
    (
        "lessons/jit/src/native.rs",
        "unsafe { module.free_memory() };",
        "frees the memory of compiled code that nobody can call any more",
    ),
    (
        "lessons/python/rungs/pyo3/src/lib.rs",
        "let numbers = unsafe { slice::from_raw_parts(first, buffer.item_count()) };",
        "reads memory that Python lends: its type, address and length were checked, and its owner can't take it \
         back before the sum is done",
    ),
    (
        "shared/src/environment.rs",
        "unsafe { std::env::remove_var(name) };",
        "takes variables that Rust itself obeys out of the environment, before there is a second \
         thread that could read it",
    ),
    (
        "shared/src/kernel/memory.rs",
        "unsafe { options.map(file) }",
        "maps the numbers, read-only, from a file that nobody can change or shorten: on Linux it is \
         sealed, elsewhere it has no name",
    ),
    (
        "shared/src/kernel/simd.rs",
        "$crate::kernel::simd::Set::Avx2 => unsafe { avx2($($argument),*) },",
        "calls the copy of a loop that is compiled for AVX2; the processor was asked whether it has it",
    ),
    (
        "shared/src/kernel/simd.rs",
        "$crate::kernel::simd::Set::Avx512 => unsafe { avx512($($argument),*) },",
        "the same for AVX-512",
    ),
    (
        "shared/src/signals.rs",
        "let _ = unsafe { signal_hook::low_level::register(signal_hook::consts::SIGABRT, say) };",
        "says what there is to do when memory or stack has run out: one system call in a signal handler",
    ),
];

/// The files in which the lint against unsafe code is off: the one above, and those in which a macro
/// of `simd.rs` puts its calls. Everywhere else the compiler refuses such code.
const LINT_IS_OFF: [&str; 17] = [
    "lessons/compiled/src/cxx.rs",
    "lessons/ffi/src/bridge.rs",
    "lessons/ffi/src/c.rs",
    "lessons/ffi/src/mistakes.rs",
    "lessons/ffi/src/texts.rs",
    "lessons/ffi/src/trampoline.rs",
    "lessons/ffi/summing/src/border.rs",
    "lessons/ffi/summing/src/pointers.rs",
    "lessons/ffi/summing/src/total.rs",
    "lessons/jit/src/native.rs",
    "lessons/python/rungs/pyo3/src/lib.rs",
    "shared/src/environment.rs",
    "shared/src/kernel/integers.rs",
    "shared/src/kernel/memory.rs",
    "shared/src/kernel/pi.rs",
    "shared/src/machine/ceilings.rs",
    "shared/src/signals.rs",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("benches lie in the workspace")
}

/// All Rust files of the workspace but this one, which is full of what it looks for.
fn sources() -> Vec<(String, String)> {
    let mut folders: Vec<PathBuf> =
        ["lessons", "shared", "benches"].map(|room| root().join(room)).into();
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            let name = path.strip_prefix(root()).expect("inside").to_string_lossy().into_owned();
            // Slashes on every system.
            let name = name.replace('\\', "/");
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".rs") && name != "benches/tests/unsafe_code.rs" {
                found.push((name, fs::read_to_string(&path).expect("a source file")));
            }
        }
    }
    assert!(found.len() > 100, "{} files", found.len());
    found
}

/// The lines that hold the keyword, with their places: not in a comment, a string or a longer word.
fn unsafe_lines(source: &str) -> impl Iterator<Item = (usize, &str)> {
    source.lines().map(str::trim).enumerate().filter(|(_, line)| {
        let code = line.split("//").next().unwrap_or_default();
        // Every other part of a line, cut at its quotes, is text.
        let code: String = code.split('"').step_by(2).collect();
        let word = |letter: char| letter.is_alphanumeric() || letter == '_';
        code.split(|letter| !word(letter)).any(|found| found == "unsafe")
    })
}

#[test]
fn all_unsafe_code_is_listed() {
    let sources = sources();
    let mut found: Vec<(&str, &str)> = sources
        .iter()
        .flat_map(|(name, source)| unsafe_lines(source).map(|(_, line)| (name.as_str(), line)))
        .collect();
    found.sort_unstable();
    let listed: Vec<(&str, &str)> = LISTED.iter().map(|(name, line, _)| (*name, *line)).collect();
    assert_eq!(found, listed, "list it in {} with its reason, or take it out", file!());
    assert!(LISTED.iter().all(|(_, _, reason)| reason.len() > 10));
}

#[test]
fn every_block_says_who_guarantees_what() {
    for (name, source) in sources() {
        let lines: Vec<&str> = source.lines().collect();
        for (place, line) in unsafe_lines(&source) {
            let before = lines[place.saturating_sub(4)..place].join("\n");
            assert!(before.contains("SAFETY:"), "{name}:{}: {line}", place + 1);
        }
    }
}

#[test]
fn the_lint_is_off_only_where_it_is_listed() {
    let sources = sources();
    let switches = ["expect(", "allow(", "warn("];
    let off: BTreeSet<&str> = sources
        .iter()
        .filter(|(_, source)| {
            let dense: String = source.split_whitespace().collect();
            switches.iter().any(|switch| dense.contains(&format!("{switch}unsafe_code")))
        })
        .map(|(name, _)| name.as_str())
        .collect();
    assert!(off.iter().eq(&LINT_IS_OFF), "{off:?}");
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the workspace");
    assert!(manifest.contains("unsafe_code = \"deny\""), "the lint is on for the workspace");
}

#[test]
fn words_and_texts_are_told_from_code() {
    let lines = |source| unsafe_lines(source).count();
    for code in
        ["unsafe { f() }", "x => unsafe{f()},", "pub unsafe fn f() {}", "unsafe impl Send for X {}"]
    {
        assert_eq!(lines(code), 1, "{code}");
    }
    for other in [
        "fn unsafe_code() {}",
        "// unsafe { }",
        "let text = \"unsafe {\";",
        "#![deny(unsafe_code)]",
    ] {
        assert_eq!(lines(other), 0, "{other}");
    }
}
