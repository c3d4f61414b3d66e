//! The lesson as its reader runs it.

use std::fs;
use std::sync::OnceLock;

use course::made_up;
use serde_json::Value;
use testkit::{Ended, Program};

const PROGRAM: Program = Program::without_table::<limits::Limits>(
    env!("CARGO_BIN_EXE_limits"),
    &["simulate", "--even", "50us", "--machine", NODE, "--blocks", "100", "-w", "4"],
    &["compare", "--rounds", "1000"],
);

testkit::ends!(PROGRAM);

/// A machine whose file says everything, so that nothing has to be measured.
const NODE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/machines/node.txt");

/// A run that must have gone well.
fn good(arguments: &[&str]) -> Ended {
    let ended = PROGRAM.run(arguments);
    ended.assert_good();
    ended
}

fn json(arguments: &[&str]) -> Value {
    let document = good(&[arguments, &["--json"]].concat()).document();
    assert_eq!((&document["schema"], &document["lesson"]), (&2.into(), &"limits".into()));
    document
}

/// Blocks and a machine that are made up: the same everywhere.
const ON_PAPER: [&str; 6] = ["simulate", "--even", "50us", "--machine", NODE, "--blocks"];

fn on_paper(blocks: &str, more: &[&str]) -> Value {
    json(&[&ON_PAPER, [blocks].as_slice(), more].concat())["simulation"].clone()
}

fn assert_narrow(text: &str) {
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{} columns: {line}", line.chars().count());
    }
    assert!(!text.contains('\u{1b}'), "no colours in a pipe");
}

#[test]
fn every_text_fits_80_columns() {
    let few = ["compare", "-n", "1e5", "--rounds", "6"];
    let wide = [&ON_PAPER, ["1e4", "-w", "1,2,4,8,16,64,256,1000,4096"].as_slice()].concat();
    let questions: [&[&str]; 7] = [
        &["machine"],
        &["laws"],
        &few,
        &["break-even", "-k", "pi"],
        &wide,
        &["simulate", "-n", "1e5", "-w", "3", "--slow", "1:4", "--vanish", "2@1ms"],
        &["--help"],
    ];
    for question in questions {
        assert_narrow(&good(question).stdout);
    }
}

/// The document of the tour, which takes some seconds: once for all tests that read it.
fn tour() -> &'static Value {
    static TOUR: OnceLock<Value> = OnceLock::new();
    TOUR.get_or_init(|| json(&[]))
}

#[test]
fn a_tour_asks_every_question() {
    for part in ["machine", "laws", "simulation", "comparison", "break_even"] {
        assert!(tour()[part].is_object(), "{part}");
    }
}

/// What only shows itself where cores meet, which a busy machine may not let them.
const OF_MANY_CORES: [&str; 2] = ["lock_contended", "add_contended"];

#[test]
fn the_machine_is_measured() {
    let machine = &tour()["machine"];
    assert!(machine["sources"].as_array().expect("a list").len() >= 9);
    for slope in machine["mountain"]["slopes"].as_array().expect("a list") {
        assert!(slope["bytes_per_second"][0].as_f64().expect("a number") > 0.0, "{slope}");
    }
    let prices = machine["prices"].as_object().expect("an object");
    assert!(prices.len() >= 14 && OF_MANY_CORES.iter().all(|price| prices.contains_key(*price)));
    for (price, seconds) in prices {
        let never_met = seconds.is_null() && OF_MANY_CORES.contains(&price.as_str());
        let measured = seconds.as_f64().is_some_and(|seconds| seconds >= 0.0);
        assert!(measured || never_met, "{price}: {seconds}");
    }
    assert_eq!(machine["roofline"].as_array().expect("a list").len(), 4);
}

#[test]
fn the_description_of_this_machine_can_be_read_back() {
    let described = good(&["machine", "--describe"]).stdout;
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    fs::write(file.path(), &described).expect("it can be written");
    let path = file.path().to_str().expect("a plain path");
    let read = json(&["simulate", "--even", "1us", "--blocks", "10", "--machine", path]);
    assert_eq!(read["simulation"]["machine"]["name"], "this machine", "{described}");
}

#[test]
fn the_same_seed_gives_the_same_document() {
    let twice =
        || on_paper("5000", &["-w", "64", "--at-one", "--seed", "7", "-s", "stealing-half"]);
    assert_eq!(twice(), twice());
    let other = on_paper("5000", &["-w", "64", "--at-one", "--seed", "8", "-s", "stealing-half"]);
    assert_ne!(other["runs"][0]["schedule"]["misses"], twice()["runs"][0]["schedule"]["misses"]);
}

#[test]
fn a_million_blocks_on_1024_workers_are_all_summed() {
    let simulation = on_paper("1e6", &["-w", "1024"]);
    let runs = simulation["runs"].as_array().expect("a list");
    assert_eq!(runs.len(), 5);
    for run in runs {
        let blocks = run["schedule"]["blocks"].as_array().expect("a list");
        assert_eq!(
            blocks.iter().map(|one| one.as_u64().expect("a whole number")).sum::<u64>(),
            1_000_000
        );
        let (makespan, best) = (&run["schedule"]["makespan"], &run["bounds"]["best"]);
        assert!(makespan.as_f64().expect("a number") >= best.as_f64().expect("a number"));
    }
}

#[test]
fn no_work_is_done_at_once() {
    for nothing in [["--even", "0ns"], ["-n", "0"]] {
        let question = [&["simulate", "--machine", NODE, "-w", "1,4"], nothing.as_slice()].concat();
        let text = good(&question).stdout;
        assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
        assert_narrow(&text);
    }
}

#[test]
fn a_slow_core_hurts_equal_ranges_most() {
    let run = |more: &[&str]| {
        let all = [&["-w", "8", "-s", "equal-ranges,stealing-half"], more].concat();
        let runs = on_paper("8000", &all)["runs"].clone();
        [0, 1].map(|row| runs[row]["speedup"].as_f64().expect("a number"))
    };
    let ([even, stealing], [slow, slow_stealing]) = (run(&[]), run(&["--slow", "3:4"]));
    assert!(slow < even / 3.0, "{even} {slow}");
    assert!(slow_stealing > stealing * 0.85, "{stealing} {slow_stealing}");
}

#[test]
fn limited_bandwidth_stops_scaling() {
    let simulation = on_paper("8000", &["-w", "1,4,64", "--ceiling", "4", "-s", "stealing-half"]);
    let speedups: Vec<f64> = simulation["runs"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|run| run["speedup"].as_f64().expect("a number"))
        .collect();
    assert!(speedups[1] > 3.8 && speedups[2] > 3.8 && speedups[2] <= 4.001, "{speedups:?}");
}

#[test]
fn pictures_describe_themselves() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("new").join("pictures");
    let svg = path.to_str().expect("a plain path");
    let simulated = [&ON_PAPER, ["500", "-w", "8", "--svg", svg].as_slice()].concat();
    assert!(good(&simulated).stdout.contains("timeline-stealing-half.svg"));
    good(&["machine", "--svg", svg]);
    let mut names = Vec::new();
    for file in fs::read_dir(&path).expect("a folder") {
        let file = file.expect("an entry").path();
        names.push(file.file_name().expect("a name").to_str().expect("a plain path").to_owned());
        let text = fs::read_to_string(&file).expect("a file of text");
        let document = roxmltree::Document::parse(&text).expect("good XML");
        let root = document.root_element();
        let child = |name| root.children().find(|node| node.has_tag_name(name));
        let ids: Vec<&str> =
            root.attribute("aria-labelledby").expect("it has a name").split(' ').collect();
        for (tag, id) in [("title", ids[0]), ("desc", ids[1])] {
            let said = child(("http://www.w3.org/2000/svg", tag)).expect("it says what it is");
            assert_eq!(said.attribute("id"), Some(id));
            assert!(said.text().is_some_and(|text| text.len() > 10), "{names:?}");
        }
        assert!(!text.contains("NaN") && !text.contains("inf"), "{names:?}");
    }
    for name in ["mountain.svg", "roofline.svg", "timeline-equal-ranges.svg"] {
        assert!(names.iter().any(|one| one == name), "{names:?}");
    }
    let drawn = |name: &str| fs::read_to_string(path.join(name)).expect("it is drawn");
    assert!(drawn("roofline.svg").contains(">integers, reads nothing</text>"), "outside");
    assert!(drawn("timeline-stealing-half.svg").contains(">summing a stolen block</text>"));
    assert!(!drawn("timeline-equal-ranges.svg").contains("stolen"));
    // One axis of time for all, so that half the time is half the width.
    let axis = |name: &str| {
        let text = drawn(name);
        let ticks = text.split("class=\"soft small mid\"").skip(1);
        ticks.map(|tick| tick.split("</text>").next().unwrap_or("").to_owned()).collect::<Vec<_>>()
    };
    let of = |name: &str| {
        axis(name).into_iter().map(|tick| tick.rsplit('>').next().unwrap_or("").to_owned())
    };
    assert!(of("timeline-equal-ranges.svg").eq(of("timeline-stealing-half.svg")));
}

/// A document of `scoped` on a machine with so many usable cores, where a tenth of the work is serial.
fn curve(usable_cores: usize, counts: &[usize]) -> tempfile::NamedTempFile {
    let run = |workers: &usize| {
        let time = 0.1 + 0.9 / *workers as f64;
        let mut run = made_up::run("scoped", *workers, time);
        let samples = (0..6).map(|step| time * (1.0 + 1e-4 * f64::from(step)));
        run.seconds.as_mut().expect("it was timed").samples = samples.collect();
        run
    };
    let mut document = made_up::integers(counts.iter().map(run).collect());
    document.machine.usable_cores = usable_cores;
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    fs::write(file.path(), document.to_json()).expect("it can be written");
    file
}

#[test]
fn a_curve_from_a_file_is_read_and_its_last_point_held_back() {
    let file = curve(32, &[1, 2, 4, 8, 16, 32]);
    let path = file.path().to_str().expect("a plain path");
    let laws = &json(&["laws", "--from", path])["laws"];
    let curve = &laws["curves"][0];
    assert_eq!((&laws["made_up"], &curve["held_out"]["workers"]), (&false.into(), &32.into()));
    let serial = curve["amdahl"]["contention"]["value"].as_f64().expect("a number");
    assert!((serial - 0.1).abs() < 0.001, "{serial}");
    let predicted = curve["held_out"]["predicted"]["value"].as_f64().expect("a number");
    assert!((predicted - 1.0 / (0.1 + 0.9 / 32.0)).abs() < 0.1, "{predicted}");
    assert_narrow(&good(&["laws", "--from", path]).stdout);
}

#[test]
fn worker_counts_beyond_the_usable_cores_are_left_out_of_a_fit() {
    let file = curve(4, &[1, 2, 3, 4, 8, 16]);
    let path = file.path().to_str().expect("a plain path");
    let curve = &json(&["laws", "--from", path])["laws"]["curves"][0];
    let points = curve["points"].as_array().expect("a list");
    let counts: Vec<_> = points.iter().map(|point| point["workers"].as_u64()).collect();
    assert_eq!(counts, [1, 2, 3, 4].map(Some));
    assert_eq!(curve["left_out"], serde_json::json!([8, 16]));
    let text = good(&["laws", "--from", path]).stdout;
    assert!(text.contains("Left out: 8, 16 workers. They took turns on 4 cores"), "{text}");
}

#[test]
fn another_machine_stands_beside_a_curve() {
    let file = curve(4, &[1, 2, 4]);
    let path = file.path().to_str().expect("a plain path");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let svg = folder.path().to_str().expect("a plain path");
    let beside = ["laws", "--from", path, "--beside", "two-core-vm"];
    let text = good(&[&beside[..], &["--svg", svg]].concat()).stdout;
    let head = |line: &str| line.contains("universal") && line.ends_with("there");
    assert!(text.lines().any(head) && text.contains("curve.svg"), "{text}");
    assert!(text.contains("There: scoped on a virtual machine with 2 cores"), "{text}");
    assert!(text.contains("Compare the shapes"), "{text}");
    assert_narrow(&text);
    let picture = fs::read_to_string(folder.path().join("curve.svg")).expect("a picture");
    let name = picture.split("class=\"behind").nth(1).expect("another curve, in grey");
    assert!(name.contains("scoped on AMD EPYC, 2 cores"), "{picture}");
    let curve = &json(&beside)["laws"]["curves"][0];
    assert_eq!(curve["beside"]["kind"], "two-core-vm");
    assert_eq!(curve["beside"]["curve"]["points"][1]["workers"], 2);
    assert!(json(&["laws", "--from", path])["laws"]["curves"][0]["beside"].is_null());
    let alone = good(&["laws", "--from", path]).stdout;
    assert!(!alone.contains("There:") && !alone.lines().any(head), "{alone}");
    for (kind, said) in [("mainframe", "one of two-core-vm"), ("arm-board", "there is two-core-vm")]
    {
        let refused = PROGRAM.run(&["laws", "--from", path, "--beside", kind]);
        assert_eq!(refused.code(), Some(2), "{refused:?}");
        assert!(refused.stderr.contains(said), "{refused:?}");
    }
}

#[test]
fn the_comparison_prints_its_error() {
    let comparison = &tour()["comparison"];
    let runs = comparison["runs"].as_array().expect("a list");
    assert!(runs.len() >= 4);
    for run in runs {
        assert!(run["error"]["median"].as_f64().is_some_and(f64::is_finite), "{run}");
    }
}

#[test]
fn another_machine_has_another_break_even() {
    let answer = &json(&["break-even", "-k", "primes", "--machine", NODE])["break_even"];
    assert_eq!(answer["machine"]["cores"], 64);
    for row in answer["rows"].as_array().expect("a list") {
        assert!(row["elsewhere"].is_object(), "{row}");
    }
}

#[test]
fn bad_input_is_refused() {
    let cases: [(&[&str], &str); 21] = [
        (&["nonsense"], "nonsense"),
        (&["simulate", "-w", "0"], "for example: -w"),
        (&["simulate", "-w", "5000"], "from 1 to 4096"),
        (&["simulate", "-k", "magic"], "for example: -k pi"),
        (&["simulate", "-n", "-5"], "for example"),
        (&["simulate", "-s", "magic"], "for example: -s stealing-half"),
        (&["simulate", "--blocks", "0"], "for example: --blocks"),
        (&["simulate", "--even", "50"], "for example: 50us"),
        (&["simulate", "--even", "1us", "-n", "5"], "cannot be used with"),
        (&["simulate", "--slow", "1:0.5"], "for example: --slow 3:2.5"),
        (&["simulate", "--vanish", "1"], "for example: --vanish 3@2ms"),
        (&["simulate", "--ceiling", "0"], "for example: --ceiling"),
        (&["simulate", "--distance", "0.5"], "for example: --distance"),
        (&["simulate", "--even", "1us", "-w", "4", "--slow", "4:2"], "worker 4 is none of them"),
        (&["simulate", "--even", "1us", "-w", "1", "--vanish", "0@1us"], "nobody is left"),
        (&["simulate", "--even", "1us", "-w", "2", "--nodes", "3"], "each node has a core"),
        (
            &["simulate", "--even", "1us", "--blocks", "1e6", "-w", "1024", "--at-one"],
            "for example: -s stealing-half --at-one",
        ),
        (&["laws", "-s", "scoped"], "--from"),
        (&["compare", "--rounds", "0"], "for example: --rounds"),
        (&["prices", "--rounds", "0"], "for example: --rounds"),
        (&["prices", "--seed", "x"], "for example: --seed 7"),
    ];
    for (arguments, said) in cases {
        let ended = PROGRAM.run(arguments);
        assert_eq!(
            (ended.code(), ended.stdout.as_str()),
            (Some(2), ""),
            "{arguments:?}: {ended:?}"
        );
        assert!(ended.stderr.contains(said), "{arguments:?}: {}", ended.stderr);
    }
    let too_many = PROGRAM.run(&["simulate", "-k", "integers", "-n", "1e30"]);
    assert_eq!(too_many.code(), Some(65), "{too_many:?}");
}

#[test]
fn a_file_that_is_wrong_is_named_with_its_line() {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    let path = file.path().to_str().expect("a plain path");
    let cases = [
        ("cores = 4\nsteel = 3 ns\n", ", line 2: `steel` is no key; the keys are name, cores"),
        (
            "cores = 4\n# x\n\nsteal = 3\n",
            ", line 4: `steal` is `3`, and must be a time with its unit",
        ),
        ("name = x\n", ": it does not say how many cores"),
        ("\u{0}\u{1}", ", line 1: "),
    ];
    for (text, said) in cases {
        fs::write(file.path(), text).expect("it can be written");
        let ended = PROGRAM.run(&["simulate", "--even", "1us", "--machine", path]);
        assert_eq!((ended.code(), ended.stdout.as_str()), (Some(65), ""), "{text}: {ended:?}");
        assert!(ended.stderr.contains(said), "{}", ended.stderr);
        assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
    }
    fs::write(file.path(), [0xFF, 0xFE]).expect("it can be written");
    assert_eq!(PROGRAM.run(&["break-even", "--machine", path]).code(), Some(66));
    for arguments in [["laws", "--from"], ["simulate", "--machine"], ["prices", "--beside"]] {
        let ended = PROGRAM.run(&[arguments.as_slice(), &["/no/such/file"]].concat());
        assert_eq!(ended.code(), Some(66), "{ended:?}");
        assert!(ended.stderr.contains("/no/such/file cannot be read"), "{}", ended.stderr);
    }
    fs::write(file.path(), "{}").expect("it can be written");
    let ended = PROGRAM.run(&["laws", "--from", path]);
    assert_eq!(ended.code(), Some(65), "{ended:?}");
    assert!(ended.stderr.contains("no result of a lesson"), "{}", ended.stderr);
}

#[test]
fn pictures_that_cannot_be_written_are_an_error() {
    let ended = PROGRAM.run(&[PROGRAM.short, &["--svg", "/dev/full/x"]].concat());
    assert_eq!(ended.code(), Some(74), "{ended:?}");
}

/// A few rounds of everything that has a price, and the same things beside them.
#[test]
fn everything_has_a_price_or_a_reason_and_is_held_against_another_list() {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    let path = file.path().to_str().expect("a plain path");
    let document = json(&["prices", "--rounds", "6", "--seed", "7"]);
    let section = &document["prices"];
    assert_eq!((&section["kind"], &section["seed"]), (&"prices".into(), &7.into()));
    assert!(section["machine"]["usable_cores"].as_u64().expect("a number") > 0);
    let prices = section["prices"].as_array().expect("a list");
    assert!(prices.len() >= 30, "{}", prices.len());
    for price in prices {
        assert!(price["name"].is_string() && price["unit"] == "seconds", "{price}");
        let of = |key: &str| price["seconds"][key].as_f64();
        match of("median") {
            Some(median) => {
                let (low, high) = (of("low").unwrap_or(median), of("high").unwrap_or(median));
                assert!(0.0 < low && low <= median && median <= high, "{price}");
                assert!(price["samples"].as_u64().expect("a number") >= 3, "{price}");
            }
            None => assert!(price["why_not"].as_str().is_some_and(|why| why.len() > 10), "{price}"),
        }
    }
    // What only meets on a quiet machine, or is nearly nothing, may have none.
    let priced = prices.iter().filter(|price| price["seconds"].is_object()).count();
    assert!(priced >= 25, "{section:#}");

    fs::write(file.path(), document.to_string()).expect("it can be written");
    let text = good(&["prices", "--rounds", "1", "--beside", path]).stdout;
    assert!(text.contains("There: ") && text.contains("here/there"), "{text}");
    assert_narrow(&text);
}

/// On one core nobody meets, and nobody hangs.
#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "needs `taskset`, which only Linux has")]
fn with_one_core_nothing_is_shared() {
    let alone = ["-c", "0", PROGRAM.path, "prices", "--rounds", "1", "--json"];
    let ended = testkit::run("taskset", &alone);
    ended.assert_good();
    let document = ended.document();
    let prices = document["prices"]["prices"].as_array().expect("a list");
    let shared: Vec<&Value> = prices.iter().filter(|price| price["group"] == "shared").collect();
    assert!(shared.len() >= 5, "{shared:?}");
    for price in shared {
        assert!(price["seconds"].is_null() && price["why_not"] == "there is one usable core");
    }
    assert!(prices.iter().filter(|price| price["seconds"].is_object()).count() > 20);
}

/// What `prices` prints with these arguments where the program `gpu` beside it is this script, and `there.json` this
/// list; `None` for no program.
fn prices_beside(gpu: Option<&str>, there: &str, arguments: &[&str]) -> Ended {
    let folder = PROGRAM.folder("dispatch");
    let place = |name: &str| folder.path().join(name).to_str().expect("a plain path").to_owned();
    // Other processes write both programs: none is started that a child of this one has open for writing.
    let shell = |line: &str, text: &str| {
        let arguments = ["-c", line, &place("limits"), &place("gpu"), text];
        testkit::run("sh", &arguments).assert_good();
    };
    shell("cp \"$2\" \"$0\"", PROGRAM.path);
    if let Some(gpu) = gpu {
        shell("printf '#!/bin/sh\\n%s\\n' \"$2\" > \"$1\" && chmod +x \"$1\"", gpu);
    }
    let list = place("there.json");
    fs::write(&list, there).expect("it can be written");
    let beside: &[&str] = if there.is_empty() { &[] } else { &["--beside", &list] };
    let ended =
        testkit::run(&place("limits"), &[&["prices", "--rounds", "1"], beside, arguments].concat());
    ended.assert_good();
    ended
}

/// The answer of a program `gpu` whose device is of this `kind`.
fn answering(kind: &str) -> String {
    let answer = serde_json::json!({
        "schema": 2, "lesson": "gpu", "device": {"name": format!("a {kind} card"), "kind": kind},
        "dispatch": {"median": 3e-5, "low": 2.9e-5, "high": 3.1e-5}, "rounds": 15, "missing": null,
    });
    format!("[ \"$*\" = 'price --json' ] && echo '{answer}'")
}

/// The price of the dispatch, which is the last of them.
fn of_dispatch(document: &Value) -> &Value {
    let prices = document["prices"]["prices"].as_array().expect("a list");
    assert!(prices.iter().filter(|price| price["seconds"].is_object()).count() > 20);
    prices.last().expect("a price")
}

#[test]
#[cfg_attr(not(unix), ignore = "needs a shell, whose scripts are programs")]
fn the_dispatch_is_asked_of_the_program_beside_this_one() {
    let (card, emulator) = (answering("discrete"), answering("software"));
    let list = prices_beside(Some(&card), "", &["--json"]).stdout;
    let document: Value = serde_json::from_str(&list).expect("a document");
    let price = of_dispatch(&document);
    assert_eq!(
        (&price["name"], &price["group"]),
        (&"dispatch to the GPU".into(), &"system".into())
    );
    assert_eq!((&price["seconds"]["median"], &price["samples"]), (&3e-5.into(), &15.into()));
    assert_eq!(price["device"]["name"], "a discrete card");

    // Held against that list: the same device, one in software, none, and a program that fails.
    let fails = "echo gpu: error: the card is lost >&2; exit 70";
    for (gpu, row, is_compared) in [
        (Some(card.as_str()), "dispatch to the GPU 30.0 us 30.0 us 1.00 (0.94 to 1.07)", true),
        (Some(emulator.as_str()), "dispatch, GPU in software 30.0 us Medians", false),
        (
            None,
            "- not measured: only the lesson gpu can ask one; build it with: cargo build -p gpu",
            false,
        ),
        (
            Some(fails),
            "- not measured: the program gpu failed: gpu: error: the card is lost",
            false,
        ),
    ] {
        let ended = prices_beside(gpu, &list, &[]);
        assert_narrow(&ended.stdout);
        let text = ended.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(row), "{row}: {text}");
        let document = prices_beside(gpu, &list, &["--json"]).document();
        assert_eq!(of_dispatch(&document)["seconds"].is_null(), row.starts_with("- "));
        let compared = document["prices"]["beside"].as_array().expect("a list");
        let names = compared.iter().filter_map(|one| one["name"].as_str());
        assert_eq!(
            names.filter(|name| name.starts_with("dispatch")).count() == 1,
            is_compared,
            "{row}"
        );
    }
}

#[test]
fn prices_that_are_foreign_or_damaged_are_refused_before_any_measurement() {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    let path = file.path().to_str().expect("a plain path");
    let cases = [
        ("{", "no result of a lesson"),
        (r#"{"schema": 2, "lesson": "limits", "laws": {}}"#, "has no prices"),
        (r#"{"schema": 1, "lesson": "limits"}"#, "schema 1"),
        (
            r#"{"lesson": "limits", "prices": {"kind": "prices", "schema": 2}}"#,
            "its prices are of schema 2",
        ),
    ];
    for (text, said) in cases {
        fs::write(file.path(), text).expect("it can be written");
        let ended = PROGRAM.run(&["prices", "--rounds", "1000", "--beside", path]);
        assert_eq!((ended.code(), ended.stdout.as_str()), (Some(65), ""), "{text}: {ended:?}");
        assert!(ended.stderr.contains(said), "{}", ended.stderr);
        assert!(ended.stderr.contains("limits -- prices --json"), "{}", ended.stderr);
    }
}

#[test]
fn the_process_that_does_nothing_says_nothing() {
    let ended = good(&["--nothing"]);
    assert_eq!(ended.stdout, "");
}

#[test]
fn what_a_command_finds_is_handed_in() {
    let arguments = ["simulate", "-w", "1,2", "--json"];
    let (mut hand_in, ended) = testkit::hand_in::handed_in(&PROGRAM, &arguments);
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    let machine = |document: &mut Value| document.as_object_mut()?.remove("machine");
    let machine = hand_in.document.as_mut().and_then(machine).expect("a machine in any case");
    assert!(machine["cpu"].is_string(), "{machine}");
    assert_eq!(hand_in.document, Some(ended.document()));
    let ended = PROGRAM.run(&["machine", "--describe", "--hand-in", "alice.json"]);
    ended.assert_refused(2);
}
