//! The lesson as its reader runs it, with the rungs that need nothing but Python: the program is one that
//! nothing was set up for. The other rungs are tested in `outside`, and take longer.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use testkit::Program;

const PROGRAM: Program = testkit::program!(python::Python).folding(&["numba"]);

testkit::smoke!(alone());
testkit::checks! {
    alone();
    bad_options::other_kernels_are_refused_with_one_of_this_lesson,
    bad_options::rows_of_other_kernels_are_refused_with_the_right_one,
}

/// The program, copied into a target folder of its own.
fn alone() -> Program {
    static ALONE: OnceLock<String> = OnceLock::new();
    let path = ALONE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("alone");
        fs::create_dir_all(&folder).expect("a folder can be made");
        // By this file the program knows a target folder.
        fs::write(folder.join("CACHEDIR.TAG"), "").expect("a file can be written");
        let copy = folder.join("python");
        // One that runs just now can't be written to, but replaced.
        let new = folder.join(format!("python-{}", std::process::id()));
        fs::copy(PROGRAM.path, &new).and_then(|_| fs::rename(&new, &copy)).expect("a copy");
        copy.to_str().expect("a plain path").to_owned()
    });
    Program { path, ..PROGRAM }
}

#[test]
fn without_a_setup_annotate_says_what_to_run() {
    let ended = alone().run(&["annotate"]);
    // It looks for a Python first, which may take a while.
    assert_eq!((ended.code(), ended.stdout.as_str()), (Some(71), ""), "{ended:?}");
    assert!(ended.stderr.contains("cargo run -p python -- setup"), "{ended:?}");
}
