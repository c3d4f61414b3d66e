//! Arithmetic against exact rules, and texts that are no programs.

use clap::ValueEnum;
use interpreted::{Form, Value, Vm, compile, float_text, parse};
use num_bigint::BigInt;
use num_integer::Integer;
use proptest::prelude::*;

/// The value that a function of two parameters gives, in a form of the machine.
fn value(body: &str, form: Form, arguments: &[Value]) -> Result<Value, String> {
    let source = format!("def f(a, b):\n    return {body}\n");
    let code = compile(&parse(&source).expect(body)).expect(body);
    let mut output = Vec::new();
    let mut machine = Vm::new(&code, form, &mut output);
    machine.run().expect("a definition");
    let function = machine.globals().by_name("f").expect("it is defined").clone();
    machine.call(&function, arguments).map_err(|exception| exception.to_string())
}

fn number() -> impl Strategy<Value = BigInt> {
    prop_oneof![
        (-300i64..300).prop_map(BigInt::from),
        any::<i64>().prop_map(BigInt::from),
        any::<i128>().prop_map(BigInt::from),
        (any::<i128>(), any::<i128>()).prop_map(|(a, b)| BigInt::from(a) * BigInt::from(b)),
    ]
}

proptest! {
    #[test]
    fn whole_numbers_are_exact(a in number(), b in number()) {
        let arguments = [Value::big(a.clone()), Value::big(b.clone())];
        for form in Form::value_variants() {
            let exact = |body: &str| value(body, *form, &arguments).map(|value| value.as_big());
            prop_assert_eq!(exact("a + b"), Ok(Some(&a + &b)));
            prop_assert_eq!(exact("a - b"), Ok(Some(&a - &b)));
            prop_assert_eq!(exact("a * b"), Ok(Some(&a * &b)));
            prop_assert_eq!(exact("a ^ b | a & b"), Ok(Some((&a ^ &b) | (&a & &b))));
            if b != BigInt::ZERO {
                prop_assert_eq!(exact("a // b"), Ok(Some(a.div_floor(&b))));
                prop_assert_eq!(exact("a % b"), Ok(Some(a.mod_floor(&b))));
                prop_assert_eq!(exact("a // b * b + a % b"), Ok(Some(a.clone())));
            } else {
                prop_assert!(exact("a // b").is_err());
            }
            prop_assert_eq!(exact("a < b"), Ok(Some(BigInt::from(u8::from(a < b)))));
        }
    }

    #[test]
    fn a_quotient_is_the_nearest_float(a in any::<i64>(), b in 1i64..i64::MAX) {
        // Doubles that are exact have an exact quotient to compare with: rounded once by the processor.
        let (a, b) = (a >> 11, (b >> 11).max(1));
        let given = value("a / b", Form::Plain, &[Value::int(a), Value::int(b)]);
        prop_assert_eq!(given.map(|value| value.as_f64()), Ok(Some(a as f64 / b as f64)));
        // The same quotient of numbers that no float holds.
        let factor = BigInt::from(3).pow(100);
        let large = [Value::big(&factor * a), Value::big(&factor * b)];
        let given = value("a / b", Form::Plain, &large);
        prop_assert_eq!(given.map(|value| value.as_f64()), Ok(Some(a as f64 / b as f64)));
    }

    #[test]
    fn floats_are_those_of_the_machine_and_read_back(a in any::<f64>(), b in any::<f64>()) {
        let arguments = [Value::float(a), Value::float(b)];
        let same = |body: &str, exact: f64| {
            let given = value(body, Form::Registers, &arguments).expect("floats add");
            let given = given.as_f64().expect("a float");
            given.to_bits() == exact.to_bits() || given.is_nan() && exact.is_nan()
        };
        prop_assert!(same("a + b", a + b));
        prop_assert!(same("a - b", a - b));
        prop_assert!(same("a * b", a * b));
        if !a.is_nan() {
            prop_assert_eq!(float_text(a).parse::<f64>().expect("a number"), a);
        }
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in "(?s).{0,200}") {
        let _ = parse(&text).and_then(|module| compile(&module));
    }

    #[test]
    fn no_words_make_the_parser_panic(
        words in prop::collection::vec(
            prop_oneof![
                Just("if"), Just("else"), Just("def"), Just("for"), Just("in"), Just("not"),
                Just("while"), Just("return"), Just("("), Just(")"), Just(":"), Just("\n"),
                Just("    "), Just("x"), Just("1"), Just("'a'"), Just("+"), Just("="), Just(","),
                Just("=="), Just("and"), Just("break"), Just("**"), Just("-"), Just("range(3)"),
            ],
            0..60,
        )
    ) {
        let _ = parse(&words.join(" ")).and_then(|module| compile(&module));
        let _ = parse(&words.concat()).and_then(|module| compile(&module));
    }
}
