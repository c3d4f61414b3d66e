//! The instructions of A64, in Arm's notation: close to what `objdump -d` shows.
//!
//! The crate yaxpeax-arm decodes them: Rust alone, built in seconds, its operands are data. On all of glibc's
//! and libstdc++'s instructions, some 126,000 of them with NEON and floating point, its text means what
//! `objdump` says, but for one that is put right below; the vectors of any length (SVE) it does not know.

use yaxpeax_arch::{Decoder, U8Reader};
use yaxpeax_arm::armv8::a64::{InstDecoder, Instruction as Decoded, Opcode, Operand};
use yaxpeax_arm::armv8::a64::{ShiftStyle, SizeCode};

use super::{Flow, Instruction, Meaning};
use crate::place::{Place, Register};

/// Every instruction has four bytes.
const LENGTH: usize = 4;

/// In some places the stack pointer, in others a register that is always zero.
const SP: u16 = 31;

/// DWARF's number of the first vector register.
const VECTORS: u16 = 64;

pub(super) fn decode(code: &[u8], address: u64) -> Vec<Instruction> {
    let addresses = (address..).step_by(LENGTH);
    let read =
        code.chunks(LENGTH).zip(addresses).map(|(bytes, address)| {
            match InstDecoder::default().decode(&mut U8Reader::new(bytes)) {
                Ok(decoded) => instruction(extended(decoded), address),
                Err(_) => unknown(bytes, address),
            }
        });
    read.collect()
}

/// The crate takes `uxtw` for `lsl`: no register of 32 bits is added to one of 64 without being extended.
fn extended(mut decoded: Decoded) -> Decoded {
    if let [
        Operand::RegisterOrSP(SizeCode::X, _),
        _,
        Operand::RegShift(shift, _, SizeCode::W, _),
        _,
    ] = &mut decoded.operands
        && *shift == ShiftStyle::LSL
    {
        *shift = ShiftStyle::UXTW;
    }
    decoded
}

/// What is data, or too new for the decoder.
fn unknown(bytes: &[u8], address: u64) -> Instruction {
    let number: String = bytes.iter().rev().map(|byte| format!("{byte:02x}")).collect();
    let (length, text) = (bytes.len(), format!(".word 0x{number}"));
    Instruction { address, length, text, meaning: Meaning::default() }
}

fn instruction(decoded: Decoded, address: u64) -> Instruction {
    let text = decoded.to_string();
    let (before, offset) = match (text.split_once('$'), decoded.operands.iter().find_map(offset)) {
        (Some((before, _)), Some(offset)) => (before.trim_end(), Some(offset)),
        _ => (text.as_str(), None),
    };
    let flow = flow(decoded.opcode, offset.map(|offset| address.wrapping_add_signed(offset)));
    let text = match (offset, flow.target()) {
        (None, _) => text,
        (Some(_), Some(_)) => before.to_owned(),
        (Some(offset), None) => {
            // `adrp` counts in pages of 4096 bytes.
            let from = if decoded.opcode == Opcode::ADRP { address & !0xfff } else { address };
            format!("{before} {:#x}", from.wrapping_add_signed(offset))
        }
    };
    let meaning = Meaning {
        flow,
        adds: adds(&decoded),
        counts: counts(&decoded),
        multiplies: multiplies(decoded.opcode),
        fills: text == "nop" || decoded.opcode == Opcode::UDF,
        writes: writes(&decoded, &text),
        touches: touches(&decoded),
    };
    Instruction { address, length: LENGTH, text, meaning }
}

fn offset(operand: &Operand) -> Option<i64> {
    if let Operand::PCOffset(offset) = operand { Some(*offset) } else { None }
}

fn flow(opcode: Opcode, target: Option<u64>) -> Flow {
    match opcode {
        Opcode::BL => Flow::Call(target),
        Opcode::BLR | Opcode::BLRAA | Opcode::BLRAAZ | Opcode::BLRAB | Opcode::BLRABZ => {
            Flow::Call(None)
        }
        Opcode::B => Flow::Jump(target),
        Opcode::BR | Opcode::BRAA | Opcode::BRAAZ | Opcode::BRAB | Opcode::BRABZ => {
            Flow::Jump(None)
        }
        Opcode::Bcc(_)
        | Opcode::BCcc(_)
        | Opcode::CBZ
        | Opcode::CBNZ
        | Opcode::TBZ
        | Opcode::TBNZ => Flow::Branch(target),
        Opcode::RET | Opcode::RETAA | Opcode::RETAB => Flow::Return,
        _ => Flow::Next,
    }
}

/// An addition of what is in registers, but for the stack pointer.
fn adds(decoded: &Decoded) -> Option<Vec<Register>> {
    let [_, operands @ ..] = &decoded.operands;
    let operands = match decoded.opcode {
        Opcode::ADD
        | Opcode::ADDS
        | Opcode::ADDP
        | Opcode::ADDV
        | Opcode::UADDW
        | Opcode::UADDW2
        | Opcode::SADDW
        | Opcode::SADDW2 => operands,
        // It adds the product of two to a third.
        Opcode::MADD | Opcode::UMADDL | Opcode::SMADDL => &operands[2..],
        _ => return None,
    };
    let given = operands.iter().filter(|operand| **operand != Operand::Nothing);
    given
        .map(|operand| match operand {
            Operand::RegisterOrSP(_, SP) => None,
            Operand::RegShift(ShiftStyle::LSL | ShiftStyle::UXTW, 0, _, number)
            | Operand::Register(_, number)
            | Operand::RegisterOrSP(_, number) => general(*number),
            other => vector(other),
        })
        .collect()
}

/// A constant is added to a plain register, or taken away from it.
fn counts(decoded: &Decoded) -> Option<u64> {
    let adds = [Opcode::ADD, Opcode::ADDS, Opcode::SUB, Opcode::SUBS].contains(&decoded.opcode);
    let [into, from, constant, _] = &decoded.operands;
    match (into, from) {
        _ if !adds => return None,
        // A comparison, or an address on the stack.
        (Operand::Register(_, SP) | Operand::RegisterOrSP(_, SP), _)
        | (_, Operand::RegisterOrSP(_, SP)) => return None,
        _ => {}
    }
    let constant = match constant {
        Operand::Immediate(constant) => u64::from(*constant),
        Operand::ImmShift(constant, shift) => u64::from(*constant) << shift,
        _ => return None,
    };
    (constant > 0).then_some(constant)
}

fn multiplies(opcode: Opcode) -> bool {
    matches!(
        opcode,
        Opcode::MADD
            | Opcode::MSUB
            | Opcode::UMADDL
            | Opcode::SMADDL
            | Opcode::UMULH
            | Opcode::SMULH
            | Opcode::MUL
            | Opcode::MLA
            | Opcode::UMULL
            | Opcode::UMULL2
            | Opcode::SMULL
            | Opcode::SMULL2
    )
}

/// The first register is the one that changes, but where an instruction only reads.
fn writes(decoded: &Decoded, text: &str) -> Vec<Register> {
    let mnemonic = text.split(' ').next().unwrap_or_default();
    let reads = mnemonic.starts_with("st")
        || matches!(mnemonic, "cbz" | "cbnz" | "tbz" | "tbnz" | "br" | "blr" | "ret")
        || matches!(mnemonic, "prfm" | "prfum" | "msr" | "ccmp" | "ccmn")
        || matches!(mnemonic, "fcmp" | "fcmpe" | "fccmp" | "fccmpe");
    let results = match decoded.opcode {
        _ if reads => 0,
        Opcode::LDP | Opcode::LDNP | Opcode::LDPSW => 2,
        _ => 1,
    };
    let written = decoded.operands.iter().enumerate().filter_map(|(number, operand)| {
        match operand {
            // The base of an address that moves on.
            Operand::RegPreIndex(base, _, true)
            | Operand::RegPostIndex(base, _)
            | Operand::RegPostIndexReg(base, _) => general(*base),
            _ if number >= results => None,
            Operand::Register(_, number) | Operand::RegisterOrSP(_, number) => general(*number),
            other => vector(other),
        }
    });
    written.collect()
}

fn touches(decoded: &Decoded) -> Vec<Place> {
    let mut places = Vec::new();
    for operand in &decoded.operands {
        match operand {
            Operand::Register(_, number)
            | Operand::RegisterOrSP(_, number)
            | Operand::RegShift(_, _, _, number) => {
                places.extend(general(*number).map(Place::Register));
            }
            Operand::RegPreIndex(base, displacement, false) => {
                let (base, displacement) = (Register(*base), i64::from(*displacement));
                places.push(Place::Slot { base, displacement });
                // The second of a pair lies behind the first.
                let pair = matches!(decoded.opcode, Opcode::STP | Opcode::LDP);
                if let (true, Operand::Register(size, _)) = (pair, decoded.operands[1]) {
                    let behind = if size == SizeCode::X { 8 } else { 4 };
                    places.push(Place::Slot { base, displacement: displacement + behind });
                }
            }
            _ => {}
        }
    }
    places
}

fn general(number: u16) -> Option<Register> {
    (number != SP).then_some(Register(number))
}

fn vector(operand: &Operand) -> Option<Register> {
    match operand {
        Operand::SIMDRegister(_, number)
        | Operand::SIMDRegisterElements(_, number, _)
        | Operand::SIMDRegisterElementsLane(_, number, ..)
        | Operand::SIMDRegisterElementsMultipleLane(_, number, ..)
        | Operand::SIMDRegisterGroup(_, number, ..)
        | Operand::SIMDRegisterGroupLane(number, ..) => Some(Register(VECTORS + number)),
        _ => None,
    }
}
