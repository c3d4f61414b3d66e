//! Instructions in the layout of Python's `dis`.

use crate::cpython::{output, version};
use crate::object::repr;
use crate::{Code, Instruction, Source};

/// The instructions of a program and of the functions in it, with the lines that they come from.
pub fn listing(code: &Code, source: &Source) -> String {
    let mut text = String::new();
    let mut lands = vec![false; code.instructions.len() + 1];
    for target in code.listing().filter_map(Instruction::target) {
        lands[target as usize] = true;
    }
    let mut line = 0;
    for (index, (instruction, span)) in code.listing().zip(&code.spans).enumerate() {
        let mut number = String::new();
        if span.line != line {
            line = span.line;
            number = line.to_string();
            let blank = if index > 0 { "\n" } else { "" };
            text += &format!("{blank}{:>3}  # {}\n", "", source.line(line).trim());
        }
        let mark = if lands[index] { ">>" } else { "" };
        let offset = index * 2;
        let name = instruction.name();
        let entry = match argument(code, index, instruction) {
            Some((argument, meaning)) => format!("{name:<24} {argument:>4}{meaning}"),
            None => name.to_owned(),
        };
        text += &format!("{number:>3} {mark:>6} {offset:>6} {entry}\n");
    }
    for inner in &code.functions {
        let (name, line) = (&inner.name, inner.line);
        text += &format!("\nDisassembly of {name}, line {line}:\n{}", listing(inner, source));
    }
    text
}

/// The number behind an instruction, and what it means.
fn argument(code: &Code, index: usize, instruction: Instruction) -> Option<(u32, String)> {
    let named = |number: u32, name: &str| Some((number, format!(" ({name})")));
    if let Some(target) = instruction.target() {
        let distance = target.abs_diff(u32::try_from(index + 1).unwrap_or(u32::MAX));
        return named(distance, &format!("to {}", target * 2));
    }
    match instruction {
        Instruction::LoadConst(number) => {
            let value = &code.constants[number as usize];
            named(number, &repr(value).unwrap_or_else(|_| "a very large number".to_owned()))
        }
        Instruction::LoadFast(number) | Instruction::StoreFast(number) => {
            named(number, &code.varnames[number as usize])
        }
        Instruction::LoadGlobal(number)
        | Instruction::LoadName(number)
        | Instruction::StoreName(number) => named(number, &code.names[number as usize]),
        Instruction::BinaryOp(operator, false) => named(operator as u32, operator.symbol()),
        Instruction::BinaryOp(operator, true) => {
            named(operator as u32 + 13, &format!("{}=", operator.symbol()))
        }
        Instruction::CompareOp(comparison) => named(comparison as u32, comparison.symbol()),
        Instruction::MakeFunction(number) => named(number, &code.functions[number as usize].name),
        Instruction::KwNames(number) => named(number, &code.keywords[number as usize].join(", ")),
        Instruction::Copy(number) | Instruction::Swap(number) | Instruction::Call(number) => {
            Some((number, String::new()))
        }
        _ => None,
    }
}

/// What the Python of this machine makes of the same text, with its name; `None` where there is none.
pub fn of_python(source: &str) -> Option<String> {
    let name = version()?;
    let program = "import dis, sys\ndis.dis(compile(sys.stdin.read(), 'program', 'exec'))";
    let text = output(&["-c", program], source).filter(|text| !text.is_empty())?;
    let opcode = ["BINARY_OP", "BINARY_ADD", "INPLACE_ADD"];
    let found: Vec<&str> = opcode.into_iter().filter(|name| text.contains(name)).collect();
    let adds = match found.as_slice() {
        [] => String::new(),
        found => format!(" (it adds with {})", found.join(" and ")),
    };
    Some(format!("{name} makes this of it{adds}:\n\n{text}"))
}
