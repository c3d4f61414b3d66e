//! Options that no program takes: exit code 2, what was given, what is allowed, and an example.

use crate::Program;

fn assert_usage(program: &Program, arguments: &[&str], words: &[&str]) {
    let ended = program.run(arguments);
    ended.assert_refused(2);
    for word in words {
        assert!(ended.stderr.contains(word), "{arguments:?} without {word}: {}", ended.stderr);
    }
}

/// One for each way in which an option is read.
pub fn bad_options_say_what_was_given_what_is_allowed_and_an_example(program: &Program) {
    let cases = [
        ("--workers", "0"),
        ("--workers", "-1"),
        ("--workers", "abc"),
        ("--workers", "5..2"),
        ("--kernel", "quaternions"),
        ("--strategy", "magic"),
        ("--terms", "-5"),
        ("--terms", "1e-3"),
        ("--terms", ""),
        ("--rounds", "0"),
        ("--budget", "-1"),
        ("--timeout", "0"),
        ("--seed", "-1"),
        ("--seed", "dice"),
    ];
    for (option, value) in cases {
        assert_usage(program, &[option, value], &[&format!("'{value}'"), "for example"]);
    }
}

/// More workers than anybody has.
pub fn more_than_the_most_workers_are_refused_by_name(program: &Program) {
    for list in ["1..1025", "99999999999999999999"] {
        assert_usage(program, &["-w", list], &["1024"]);
    }
}

/// What only this lesson knows: its rows.
pub fn an_unknown_row_is_refused_with_one_that_is_there(program: &Program) {
    assert_usage(program, &["-s", "magic"], &["'magic'", "for example: -s ", "your-turn"]);
}

/// Any program says what is wrong with an option.
pub fn an_unknown_option_is_refused(program: &Program) {
    assert_usage(program, &["--no-such-option"], &["'--no-such-option'"]);
}

/// A lesson that does not sum a kernel names one that it sums.
pub fn other_kernels_are_refused_with_one_of_this_lesson(program: &Program) {
    let own = program.kernel_names();
    let mut other = ["integers", "memory", "pi", "primes"].to_vec();
    other.retain(|kernel| !own.contains(kernel));
    assert!(!other.is_empty(), "it sums everything");
    for kernel in other {
        assert_usage(program, &["-k", kernel], &[&format!("-k {}", own[0])]);
    }
}

/// A row that is for one kernel only names it.
pub fn rows_of_other_kernels_are_refused_with_the_right_one(program: &Program) {
    let names = program.run(&["--list"]).stdout;
    // A long line goes on below, further to the right than any name.
    let mut rows: Vec<String> = Vec::new();
    for line in names.lines() {
        match rows.last_mut().filter(|_| line.starts_with("    ")) {
            Some(row) => *row += &format!(" {}", line.trim_start()),
            None => rows.push(line.to_owned()),
        }
    }
    rows.retain(|row| row.ends_with(" only)"));
    assert!(!rows.is_empty(), "no row is for one kernel only: {names}");
    for line in rows {
        let name = line.split_whitespace().next().expect("a line of the list has a name");
        let only = line.rsplit('(').next().and_then(|end| end.split(' ').next()).expect("a kernel");
        let other = program.kernel_names().into_iter().find(|kernel| *kernel != only);
        let other = other.expect("it sums another kernel, too");
        assert_usage(program, &["-s", name, "-k", other], &[&format!("-k {only} -s {name}")]);
    }
}
