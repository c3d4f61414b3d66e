//! Programs behave under this compiler as they do in the interpreter: the same output, the same error.

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use interpreted::{Code, Form, Vm, compile, parse};
use jit::Engine;
use proptest::prelude::*;

/// What a program prints, and the error that it ends with, with all its places.
fn outcome(code: &Rc<Code>, engine: Option<&mut Engine>) -> (String, Option<String>) {
    let mut output = Vec::new();
    let mut vm = Vm::new(code, Form::Plain, &mut output);
    if let Some(engine) = engine {
        vm = vm.with_hook(engine);
    }
    let error = vm.run().err().map(|error| format!("{error} {:?}", error.traceback));
    drop(vm);
    (String::from_utf8(output).expect("programs print text"), error)
}

/// Runs the source both ways and returns the engine.
fn same_both_ways(name: &str, source: &str) -> Engine {
    let code = compile(&parse(source).expect(name)).expect(name);
    let plain = outcome(&code, None);
    let mut engine = Engine::new(false, false);
    let compiled = outcome(&code, Some(&mut engine));
    assert_eq!(compiled, plain, "{name}\n{source}\n{}", engine.cache.statistics());
    engine
}

/// The programs in a folder, in the order of their names.
fn programs(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = fs::read_dir(&folder).expect("the folder of the programs");
    let mut paths: Vec<PathBuf> = files
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "py"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "no programs in {}", folder.display());
    paths
}

/// Whether a program is one that Python itself refuses to compile: its `.err` says so.
fn is_refused(path: &Path) -> bool {
    let error = fs::read_to_string(path.with_extension("err")).unwrap_or_default();
    let kinds = ["SyntaxError", "IndentationError", "TabError"];
    error.lines().any(|line| kinds.iter().any(|kind| line.starts_with(kind)))
}

#[test]
fn programs_print_the_same_and_end_the_same() {
    let mut compiled = 0;
    for folder in ["tests/programs", "../interpreted/tests/programs"] {
        for path in programs(folder) {
            let (name, source) = (path.display(), fs::read_to_string(&path).expect("a program"));
            match parse(&source).and_then(|module| compile(&module)) {
                Ok(_) => {
                    let engine = same_both_ways(&name.to_string(), &source);
                    compiled += engine.cache.versions().iter().filter(|it| it.hits > 0).count();
                }
                Err(error) => assert!(is_refused(&path), "{name}: {error}"),
            }
        }
    }
    // A compiler that refused every function would agree with the interpreter, too.
    assert!(compiled >= 60, "only {compiled} functions ran as machine code");
}

#[test]
fn each_signature_is_compiled_once_and_kept() {
    let source = "def add(a, b):\n    return a + b\n\
                  print(add(1, 2), add(3, 4), add(1.5, 2.5), add(1, 2.5), add(5, 6))\n";
    let engine = same_both_ways("signatures", source);
    let versions: Vec<(String, u64)> =
        engine.cache.versions().iter().map(|version| (version.name(), version.hits)).collect();
    let expected = [("add(i64, i64)", 3), ("add(f64, f64)", 1), ("add(i64, f64)", 1)];
    assert_eq!(versions, expected.map(|(name, hits)| (name.to_owned(), hits)));
}

#[test]
fn what_cannot_be_compiled_is_left_to_the_interpreter_with_the_reason() {
    for (body, reason) in [
        ("print(n)\n    return n", "line 2, in f: what `print` has written can't be taken back"),
        ("s = 'text'\n    return s", "line 2, in f: a value of type str"),
        ("if n > 1:\n        return n\n    return None", "line 4, in f: it returns none here"),
        ("return f(n)", "line 1, in f: it calls itself on every way"),
        ("for i in n:\n        return i", "line 2, in f: only ranges are iterated, not i64"),
    ] {
        let source = format!("def f(n):\n    {body}\nprint(1)\n");
        let code = compile(&parse(&source).expect("a program")).expect("a program");
        let mut engine = Engine::new(false, false);
        let signature = jit::signature::Signature::parse("f=i64(i64)").expect("a signature");
        let refused = engine.prepare(&code, &signature).expect_err(body);
        assert!(refused.contains(reason), "{body}: {refused}");
    }
}

#[test]
fn functions_that_are_too_large_for_it_are_left_to_the_interpreter() {
    let long = "    n = n * 3 % 1000\n".repeat(1000);
    let names: Vec<String> = (0..16).map(|number| format!("a{number}")).collect();
    let (names, branches) = (names.join(", "), "    if n > 1:\n        n = n - 1\n".repeat(300));
    for (source, reason) in [
        (
            format!("def f(n):\n{long}    return n\nprint(f(7))\n"),
            "instructions, and 4000 is the most",
        ),
        (
            format!("def f({names}):\n    return a0\nprint(f({names}))\n"),
            "16 words, and 15 is the most",
        ),
        (
            format!("def f(n):\n{branches}    return n\nprint(f(7))\n"),
            "too many types come together",
        ),
    ] {
        let numbers: String = (0..16).map(|number| format!("a{number} = {number}\n")).collect();
        let engine = same_both_ways("large", &(numbers + &source));
        let statistics = engine.cache.statistics();
        assert!(statistics.contains(reason), "{statistics}");
    }
}

#[test]
fn a_version_that_keeps_bailing_out_is_left_alone() {
    let source = "def f(n):\n    return n * n\n\
                  for i in range(10):\n    print(f(2 ** 40 + i))\n";
    let engine = same_both_ways("bailing out", source);
    let version = &engine.cache.versions()[0];
    assert_eq!((version.bailouts, version.hits, version.misses), (3, 0, 7));
    let statistics = engine.cache.statistics();
    assert!(statistics.contains("called 3 times, of which 3 bailed out"), "{statistics}");
}

/// An expression of `a` and `b`.
fn expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        3 => Just("a".to_owned()),
        3 => Just("b".to_owned()),
        1 => prop_oneof![Just("0"), Just("1"), Just("2"), Just("7"), Just("-3"), Just("2.5")]
            .prop_map(str::to_owned),
        1 => prop_oneof![Just("True"), Just("4611686018427387904"), Just("1e300")]
            .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let operators = prop_oneof![
            Just("+"),
            Just("-"),
            Just("*"),
            Just("//"),
            Just("%"),
            Just("/"),
            Just("<"),
            Just("<="),
            Just("=="),
            Just("!="),
            Just(">"),
            Just(">="),
            Just("and"),
            Just("or")
        ];
        let bits = prop_oneof![Just("&"), Just("|"), Just("^")];
        let (one, other) = (inner.clone(), inner.clone());
        prop_oneof![
            8 => (one.clone(), operators, other.clone())
                .prop_map(|(left, operator, right)| format!("({left} {operator} {right})")),
            1 => (one.clone(), bits, other.clone())
                .prop_map(|(left, operator, right)| format!("({left} {operator} {right})")),
            1 => one.clone().prop_map(|value| format!("(-{value})")),
            1 => one.clone().prop_map(|value| format!("(not {value})")),
            1 => one.clone().prop_map(|value| format!("abs({value})")),
            1 => (one.clone(), other.clone())
                .prop_map(|(left, right)| format!("max({left}, {right})")),
            1 => (inner.clone(), one, other)
                .prop_map(|(test, value, or)| format!("({value} if {test} else {or})")),
        ]
    })
}

/// A number at which something happens.
fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        (-10_i64..10).prop_map(|number| number.to_string()),
        any::<i64>().prop_map(|number| number.to_string()),
        prop_oneof![
            Just("9223372036854775807"),
            Just("(-9223372036854775807 - 1)"),
            Just("4294967296"),
            Just("9007199254740993"),
            Just("0"),
            Just("-1"),
            Just("True"),
            Just("0.0"),
            Just("-0.0"),
            Just("1.5"),
            Just("-2.5e10"),
            Just("1e308"),
            Just("9223372036854775808")
        ]
        .prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_function_gives_the_same_for_any_arguments(
        expression in expression(),
        arguments in prop::collection::vec((number(), number()), 1..5),
    ) {
        for (a, b) in arguments {
            let source = format!("def f(a, b):\n    return {expression}\nprint(f({a}, {b}))\n");
            same_both_ways("generated", &source);
        }
    }

    #[test]
    fn any_loop_gives_the_same(
        expression in expression(),
        (first, end) in (-5_i64..5, -5_i64..12),
        step in prop_oneof![Just(1_i64), Just(2), Just(-1), Just(-3)],
    ) {
        let source = format!(
            "def f(a, n):\n    b = 1\n    for i in range({first}, n, {step}):\n        b = {expression}\n\
             \x20       if i == 3:\n            continue\n        a = a + i\n        if a == 20:\n\
             \x20           break\n    return a\nprint(f({first}, {end}))\nprint(f({end}, {first}))\n"
        );
        same_both_ways("generated", &source);
    }
}
