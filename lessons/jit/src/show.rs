//! The typed form as text, for `--inspect types`.

use std::fmt;

use crate::typed::{Constant, End, Register, Step, TypedFunction};

impl fmt::Display for TypedFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} -> {}", self.name, self.result)?;
        let mut before = 0;
        for (number, block) in self.blocks.iter().enumerate() {
            let note = self.notes.get(number).filter(|note| !note.is_empty());
            match note {
                Some(note) => writeln!(f, "block {number}, where {note}")?,
                None => writeln!(f, "block {number}")?,
            }
            let steps = block.steps.iter().map(|(line, step)| (*line, self.step(step)));
            for (line, text) in steps.chain([(block.end.0, self.end(&block.end.1))]) {
                if line == before {
                    writeln!(f, "            {text}")?;
                } else {
                    writeln!(f, "  line {line:<4} {text}")?;
                    before = line;
                }
            }
        }
        Ok(())
    }
}

impl TypedFunction {
    fn name(&self, register: Register) -> &str {
        self.registers.get(register.0).map_or("?", |(name, _)| name)
    }

    fn names(&self, registers: &[Register]) -> String {
        registers.iter().map(|register| self.name(*register)).collect::<Vec<_>>().join(", ")
    }

    fn step(&self, step: &Step) -> String {
        let name = |register: &Register| self.name(*register);
        let (result, what) = match step {
            Step::Constant(result, constant) => (result, constant_text(constant)),
            Step::Copy(result, from) => (result, name(from).to_owned()),
            Step::Binary(result, operator, left, right) => {
                (result, format!("{} {} {}", name(left), operator.symbol(), name(right)))
            }
            Step::Compare(result, comparison, left, right) => {
                (result, format!("{} {} {}", name(left), comparison.symbol(), name(right)))
            }
            Step::Convert(result, from) => (result, format!("{} converted", name(from))),
            Step::ConvertExactly(result, from) => {
                (result, format!("{} converted, if exact", name(from)))
            }
            Step::Negate(result, from) => (result, format!("-{}", name(from))),
            Step::Absolute(result, from) => (result, format!("abs({})", name(from))),
            Step::Invert(result, from) => (result, format!("~{}", name(from))),
            Step::Truth(result, from) => (result, format!("bool({})", name(from))),
            Step::Not(result, from) => (result, format!("not {}", name(from))),
            Step::Choose(result, comparison, first, second) => {
                let (first, second) = (name(first), name(second));
                (
                    result,
                    format!("{first} if {first} {} {second} else {second}", comparison.symbol()),
                )
            }
            Step::Range(result, bounds) => (result, format!("range({})", self.names(bounds))),
            Step::Make(result, fields) => {
                (result, format!("{}({})", self.of(*result), self.names(fields)))
            }
            Step::Field(result, from, first) => (result, format!("part {first} of {}", name(from))),
            Step::Call(result, function, arguments) => {
                (result, format!("function {function}({})", self.names(arguments)))
            }
        };
        format!("{}: {} = {what}", name(result), self.of(*result))
    }

    fn end(&self, end: &End) -> String {
        match end {
            End::Jump(to) => format!("go on with block {to}"),
            End::Branch(truth, then, otherwise) => {
                format!("if {}: block {then}, else block {otherwise}", self.name(*truth))
            }
            End::Next { range, number, body, done } => format!(
                "{}: {} = the next of {}: block {body}; at its end: block {done}",
                self.name(*number),
                self.of(*number),
                self.name(*range)
            ),
            End::BailOut(cause) => format!("bail out: {}", cause.describe()),
            End::Return(register) => format!("return {}", self.name(*register)),
        }
    }
}

fn constant_text(constant: &Constant) -> String {
    match constant {
        Constant::Int(number) => number.to_string(),
        Constant::Float(number) => ::interpreted::float_text(*number),
        Constant::Bool(true) => "True".to_owned(),
        Constant::Bool(false) => "False".to_owned(),
        Constant::None => "None".to_owned(),
    }
}
