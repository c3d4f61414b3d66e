//! The instructions of x86-64, in Intel's notation: what `objdump -d -M intel` shows. The crate iced-x86
//! decodes them.

use iced_x86::{
    Decoder, DecoderOptions, FlowControl, Formatter, InstructionInfoFactory, IntelFormatter,
    MemorySizeOptions, Mnemonic, OpAccess, OpKind, Register as Name,
};

use super::{Flow, Instruction, Meaning};
use crate::place::{Place, Register};

/// The general registers in the order of DWARF's numbers.
const GENERAL: [Name; 16] = [
    Name::RAX,
    Name::RDX,
    Name::RCX,
    Name::RBX,
    Name::RSI,
    Name::RDI,
    Name::RBP,
    Name::RSP,
    Name::R8,
    Name::R9,
    Name::R10,
    Name::R11,
    Name::R12,
    Name::R13,
    Name::R14,
    Name::R15,
];

/// DWARF's number of the first vector register; here all 32 follow it.
const VECTORS: u16 = 17;

pub(super) fn decode(code: &[u8], address: u64) -> Vec<Instruction> {
    let (mut formatter, mut factory) = (formatter(), InstructionInfoFactory::new());
    let decoder = Decoder::with_ip(64, code, address, DecoderOptions::NONE);
    let read = decoder.into_iter().map(|instruction| {
        let flow = flow(&instruction);
        let mut text = String::new();
        formatter.format(&instruction, &mut text);
        let mnemonic = text.split(' ').next().unwrap_or_default().to_owned();
        Instruction {
            address: instruction.ip(),
            length: instruction.len(),
            meaning: Meaning {
                flow,
                adds: adds(&instruction),
                counts: counts(&instruction),
                multiplies: multiplies(&instruction),
                fills: matches!(mnemonic.as_str(), "int3" | "nop"),
                writes: writes(&instruction, &mut factory),
                touches: touches(&instruction),
            },
            text: if flow.target().is_some() { mnemonic } else { text },
        }
    });
    read.collect()
}

fn formatter() -> IntelFormatter {
    let mut formatter = IntelFormatter::new();
    let options = formatter.options_mut();
    options.set_hex_prefix("0x");
    options.set_hex_suffix("");
    options.set_uppercase_hex(false);
    options.set_small_hex_numbers_in_decimal(false);
    options.set_memory_size_options(MemorySizeOptions::Always);
    options.set_always_show_scale(true);
    options.set_rip_relative_addresses(true);
    formatter
}

fn flow(instruction: &iced_x86::Instruction) -> Flow {
    let near = instruction.near_branch_target();
    let target = (near != 0).then_some(near);
    match instruction.flow_control() {
        FlowControl::Call => Flow::Call(target),
        FlowControl::IndirectCall => Flow::Call(None),
        FlowControl::ConditionalBranch => Flow::Branch(target),
        FlowControl::UnconditionalBranch => Flow::Jump(target),
        FlowControl::IndirectBranch => Flow::Jump(None),
        FlowControl::Return => Flow::Return,
        _ => Flow::Next,
    }
}

/// An addition of what is in registers or in memory, but for the stack pointer and the constants at fixed
/// places of the program.
fn adds(instruction: &iced_x86::Instruction) -> Option<Vec<Register>> {
    match instruction.mnemonic() {
        Mnemonic::Add | Mnemonic::Paddd | Mnemonic::Paddq | Mnemonic::Vpaddd | Mnemonic::Vpaddq => {
            let mut registers = Vec::new();
            for operand in 0..instruction.op_count() {
                match instruction.op_kind(operand) {
                    OpKind::Register => {
                        let name = instruction.op_register(operand).full_register();
                        registers.push(number(name).filter(|_| name != Name::RSP)?);
                    }
                    OpKind::Memory if instruction.memory_base() != Name::RIP => {}
                    _ => return None,
                }
            }
            Some(registers)
        }
        // It is meant to compute addresses, and adds two registers into a third.
        Mnemonic::Lea => (instruction.memory_index() != Name::None
            && instruction.memory_index_scale() == 1
            && instruction.memory_displacement64() == 0)
            .then(Vec::new),
        _ => None,
    }
}

/// A constant is added to a plain register, or to a place in memory. Vectors have counters of their own,
/// which do not count here.
fn counts(instruction: &iced_x86::Instruction) -> Option<u64> {
    let into_counter = instruction.op0_kind() == OpKind::Memory
        || (instruction.op0_register().is_gpr()
            && instruction.op0_register().full_register() != Name::RSP);
    let constant = match instruction.mnemonic() {
        _ if !into_counter => return None,
        Mnemonic::Inc | Mnemonic::Dec => 1,
        Mnemonic::Add | Mnemonic::Sub => match instruction.op1_kind() {
            OpKind::Register | OpKind::Memory => return None,
            _ => (instruction.immediate(1) as i64).unsigned_abs(),
        },
        // `lea rax,[rdx+0x1]` adds, too.
        Mnemonic::Lea if instruction.memory_index() == Name::None => {
            (instruction.memory_displacement64() as i64).unsigned_abs()
        }
        _ => return None,
    };
    (constant > 0).then_some(constant)
}

fn multiplies(instruction: &iced_x86::Instruction) -> bool {
    matches!(instruction.mnemonic(), Mnemonic::Mul | Mnemonic::Imul | Mnemonic::Mulx)
}

fn writes(
    instruction: &iced_x86::Instruction,
    factory: &mut InstructionInfoFactory,
) -> Vec<Register> {
    let used = factory.info(instruction).used_registers().iter();
    let written = used.filter(|used| {
        !matches!(used.access(), OpAccess::Read | OpAccess::CondRead | OpAccess::NoMemAccess)
    });
    written.filter_map(|used| number(used.register().full_register())).collect()
}

fn touches(instruction: &iced_x86::Instruction) -> Vec<Place> {
    let place = |operand| match instruction.op_kind(operand) {
        OpKind::Register => general(instruction.op_register(operand)).map(Place::Register),
        OpKind::Memory if instruction.memory_index() == Name::None => {
            let base = general(instruction.memory_base())?;
            let displacement = instruction.memory_displacement64() as i64;
            Some(Place::Slot { base, displacement })
        }
        _ => None,
    };
    (0..instruction.op_count()).filter_map(place).collect()
}

/// The number of a whole register.
fn number(name: Name) -> Option<Register> {
    let vector = || {
        let place = name.is_vector_register().then(|| name.number())?;
        Some(Register(VECTORS + u16::try_from(place).ok()?))
    };
    general(name).or_else(vector)
}

fn general(name: Name) -> Option<Register> {
    let place = GENERAL.iter().position(|general| *general == name.full_register())?;
    Some(Register(u16::try_from(place).ok()?))
}
