//! `--help` and `--list`.

use crate::Program;

const FIRST: [&str; 5] = ["--terms", "--kernel", "--workers", "--strategy", "--json"];
const MORE: [&str; 14] = [
    "--rounds",
    "--budget",
    "--timeout",
    "--no-baseline",
    "--pin",
    "--counters",
    "--predict",
    "--trace",
    "--save",
    "--hand-in",
    "--check",
    "--seed",
    "--color",
    "--list",
];

/// Five options are enough to begin with.
pub fn help_shows_five_options_and_more(program: &Program) {
    let help = program.run(&["--help"]);
    help.assert_good();
    let (first, more) = help.stdout.split_once("\nMore:").expect("a second part");
    for option in FIRST {
        assert!(first.contains(option), "{option}: {first}");
    }
    for option in MORE {
        assert!(more.contains(option) && !first.contains(option), "{option}");
    }
}

/// The question of the lesson comes first.
pub fn the_help_begins_with_the_question(program: &Program) {
    let help = program.run(&["--help"]);
    let words: Vec<&str> = help.stdout.split_whitespace().collect();
    assert!(words.join(" ").starts_with(program.question), "{}", help.stdout);
}

/// The kernels and the rows of this lesson.
pub fn the_list_has_the_kernels_and_your_turn(program: &Program) {
    let list = program.run(&["--list"]);
    list.assert_good();
    for name in program.kernel_names().into_iter().chain(["your-turn", program.name]) {
        assert!(list.stdout.contains(name), "{name}: {}", list.stdout);
    }
    let wide = list.stdout.lines().find(|line| line.chars().count() > 80);
    assert_eq!(wide, None, "a line of more than 80 columns");
}
