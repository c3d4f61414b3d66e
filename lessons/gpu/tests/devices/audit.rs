//! The audit of a shader: whether it takes each term once, whatever its sum is.

use std::fs;

use libtest_mimic::{Failed, Trial};
use testkit::trial;

use super::driver::{Driver, holds, row};

/// The loop of `your_turn.wgsl`, with another line in it.
const SHADER: &str = "
@compute @workgroup_size(256)
fn sum(
    @builtin(global_invocation_id) id: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
) {
    let invocations = groups.x * 256u;
    var mine = vec2(0u, 0u);
    for (var k = id.x; k < job.count; k += invocations) {
        LINE
    }
    add_to_total(mine);
}
";

struct Case {
    name: &'static str,
    line: &'static str,
    verdict: &'static str,
}

const CASES: [Case; 6] = [
    Case {
        name: "a_shader_that_takes_each_term_once_is_right",
        line: "mine = add(mine, term(k));",
        verdict: "right",
    },
    Case {
        name: "a_term_that_is_taken_twice_is_found_though_the_sum_is_right",
        line: "mine = add(mine, term(k)); if k == 0u { mine = add(mine, term(k)); }",
        verdict: "wrong",
    },
    Case {
        name: "a_term_that_is_never_taken_is_found_though_the_sum_is_right",
        line: "if k > 0u { mine = add(mine, term(k)); }",
        verdict: "wrong",
    },
    Case {
        name: "one_taken_twice_and_one_never_is_wrong",
        line: "mine = add(mine, term(max(k, 1u)));",
        verdict: "wrong",
    },
    // Every term is taken, and what is added is not what was got.
    Case {
        name: "numbers_in_the_place_of_terms_are_wrong",
        line: "_ = term(k); mine = add(mine, vec2(k, 0u));",
        verdict: "wrong",
    },
    // Nothing of one sum is left for the next.
    Case {
        name: "partials_begin_with_nothing_in_every_sum",
        line: "mine = add(mine, term(k)); if k == 0u { mine = add(mine, partials[0]); partials[0].x = 7u; }",
        verdict: "right",
    },
];

pub fn trials() -> Vec<Trial> {
    let driver = Driver::Lavapipe;
    let trials = CASES.iter().map(|case| trial(case.name, driver.missing(), || audited(case)));
    trials.collect()
}

fn audited(case: &Case) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("mine.wgsl");
    fs::write(&file, SHADER.replace("LINE", case.line))?;
    let file = file.to_str().ok_or("a plain path")?;
    let few = ["-k", "integers", "-n", "1000", "-w", "1", "--rounds", "1", "--no-baseline"];
    let mine = ["-s", "your-turn", "--your-turn", file, "--json"];
    let ended = Driver::Lavapipe.run(&[&few[..], &mine].concat())?;
    let (verdict, note) = row(&ended, "your-turn")?;
    holds(verdict == case.verdict, &ended)?;
    let code = i32::from(case.verdict == "wrong");
    holds(ended.code() == Some(code) && (code == 0) == note.is_empty(), &ended)
}
