use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{BlockArg, InstBuilder, Value, types};

use super::Lowering;
use crate::bailout::Cause;
use crate::typed::Register;
use crate::types::Type;
use ::interpreted::Operator;

impl Lowering<'_, '_> {
    /// Arithmetic of signed integers; bails out where the result does not fit.
    pub(super) fn integers(&mut self, operator: Operator, a: Value, b: Value) -> Value {
        // ANCHOR: add
        let (value, overflow) = match operator {
            Operator::Add => self.builder.ins().sadd_overflow(a, b),
            // ANCHOR_END: add
            Operator::Subtract => self.builder.ins().ssub_overflow(a, b),
            Operator::Multiply => self.builder.ins().smul_overflow(a, b),
            Operator::FloorDivide => return self.floor(a, b).0,
            Operator::Remainder => return self.floor(a, b).1,
            Operator::Power => return self.power(a, b, false),
            Operator::And => return self.builder.ins().band(a, b),
            Operator::Or => return self.builder.ins().bor(a, b),
            Operator::Xor => return self.builder.ins().bxor(a, b),
            Operator::LeftShift => {
                let count = self.shift(b, 62);
                let shifted = self.builder.ins().ishl(a, count);
                let back = self.builder.ins().sshr(shifted, count);
                let lost = self.builder.ins().icmp(IntCC::NotEqual, back, a);
                (shifted, lost)
            }
            Operator::RightShift => {
                let count = self.shift(b, 63);
                return self.builder.ins().sshr(a, count);
            }
            Operator::TrueDivide => unreachable!("it divides floats"),
        };
        self.bail_out_if(overflow, Cause::Overflow);
        value
    }

    /// Arithmetic of unsigned integers; bails out where the result is negative or does not fit.
    pub(super) fn unsigned(&mut self, operator: Operator, a: Value, b: Value) -> Value {
        let (value, overflow) = match operator {
            // A sum that is smaller than one of its parts has wrapped. Comparing costs one instruction
            // less than reading the carry flag.
            Operator::Add => {
                let sum = self.builder.ins().iadd(a, b);
                (sum, self.builder.ins().icmp(IntCC::UnsignedLessThan, sum, b))
            }
            Operator::Subtract => self.builder.ins().usub_overflow(a, b),
            Operator::Multiply => self.builder.ins().umul_overflow(a, b),
            Operator::FloorDivide => {
                self.no_zero_divisor(b);
                return self.builder.ins().udiv(a, b);
            }
            Operator::Remainder => {
                self.no_zero_divisor(b);
                return self.builder.ins().urem(a, b);
            }
            Operator::Power => return self.power(a, b, true),
            Operator::And => return self.builder.ins().band(a, b),
            Operator::Or => return self.builder.ins().bor(a, b),
            Operator::Xor => return self.builder.ins().bxor(a, b),
            Operator::LeftShift => {
                let large = self.builder.ins().icmp_imm_s(IntCC::UnsignedGreaterThan, b, 63);
                self.bail_out_if(large, Cause::Overflow);
                let shifted = self.builder.ins().ishl(a, b);
                let back = self.builder.ins().ushr(shifted, b);
                let lost = self.builder.ins().icmp(IntCC::NotEqual, back, a);
                (shifted, lost)
            }
            Operator::RightShift => {
                let shifted = self.builder.ins().ushr(a, b);
                let large = self.builder.ins().icmp_imm_s(IntCC::UnsignedGreaterThan, b, 63);
                let zero = self.builder.ins().iconst(types::I64, 0);
                return self.builder.ins().select(large, zero, shifted);
            }
            Operator::TrueDivide => unreachable!("it divides floats"),
        };
        self.bail_out_if(overflow, Cause::Overflow);
        value
    }

    /// The count of a shift; bails out below zero. One above `most` bails out, or counts as `most`.
    fn shift(&mut self, count: Value, most: i64) -> Value {
        let negative = self.builder.ins().icmp_imm_s(IntCC::SignedLessThan, count, 0);
        self.bail_out_if(negative, Cause::Shift);
        let large = self.builder.ins().icmp_imm_s(IntCC::SignedGreaterThan, count, most);
        if most < 63 {
            self.bail_out_if(large, Cause::Overflow);
            return count;
        }
        let most = self.builder.ins().iconst(types::I64, most);
        self.builder.ins().select(large, most, count)
    }

    fn no_zero_divisor(&mut self, divisor: Value) {
        let zero = self.builder.ins().icmp_imm_s(IntCC::Equal, divisor, 0);
        self.bail_out_if(zero, Cause::ZeroDivision);
    }

    /// Quotient and remainder. The processor rounds towards zero, Python down: where there is a remainder and
    /// the signs differ, the quotient is one less and the remainder one divisor more.
    fn floor(&mut self, a: Value, b: Value) -> (Value, Value) {
        self.no_zero_divisor(b);
        let smallest = self.builder.ins().icmp_imm_s(IntCC::Equal, a, i64::MIN);
        let minus_one = self.builder.ins().icmp_imm_s(IntCC::Equal, b, -1);
        let outgrown = self.builder.ins().band(smallest, minus_one);
        self.bail_out_if(outgrown, Cause::Overflow);
        let quotient = self.builder.ins().sdiv(a, b);
        let product = self.builder.ins().imul(quotient, b);
        let rest = self.builder.ins().isub(a, product);
        let signs = self.builder.ins().bxor(rest, b);
        let differ = self.builder.ins().icmp_imm_s(IntCC::SignedLessThan, signs, 0);
        let some = self.builder.ins().icmp_imm_s(IntCC::NotEqual, rest, 0);
        let down = self.builder.ins().band(differ, some);
        let less = self.builder.ins().iadd_imm_s(quotient, -1);
        let more = self.builder.ins().iadd(rest, b);
        let quotient = self.builder.ins().select(down, less, quotient);
        (quotient, self.builder.ins().select(down, more, rest))
    }

    /// A power by repeated squaring: one multiplication per bit of the exponent, and one more per 1 bit.
    fn power(&mut self, base: Value, exponent: Value, unsigned: bool) -> Value {
        if !unsigned {
            // A negative exponent makes a float.
            let negative = self.builder.ins().icmp_imm_s(IntCC::SignedLessThan, exponent, 0);
            self.bail_out_if(negative, Cause::Inexact);
        }
        let [head, odd, square, on, done] = [(); 5].map(|()| self.builder.create_block());
        for block in [head, square] {
            for _ in 0..3 {
                self.builder.append_block_param(block, types::I64);
            }
        }
        self.builder.append_block_param(on, types::I64);
        let one = self.builder.ins().iconst(types::I64, 1);
        self.builder.ins().jump(head, &[one, base, exponent].map(BlockArg::Value));

        self.builder.switch_to_block(head);
        let &[result, base, exponent] = self.builder.block_params(head) else {
            unreachable!("three parameters were appended")
        };
        let lowest = self.builder.ins().band_imm_s(exponent, 1);
        let as_it_is = [result, base, exponent].map(BlockArg::Value);
        self.builder.ins().brif(lowest, odd, &[], square, &as_it_is);

        self.builder.switch_to_block(odd);
        let product = self.product(result, base, unsigned);
        self.builder.ins().jump(square, &[product, base, exponent].map(BlockArg::Value));

        self.builder.switch_to_block(square);
        let &[result, base, exponent] = self.builder.block_params(square) else {
            unreachable!("three parameters were appended")
        };
        let half = self.builder.ins().ushr_imm_u(exponent, 1);
        self.builder.ins().brif(half, on, &[BlockArg::Value(half)], done, &[]);

        self.builder.switch_to_block(on);
        let half = self.builder.block_params(on)[0];
        let squared = self.product(base, base, unsigned);
        self.builder.ins().jump(head, &[result, squared, half].map(BlockArg::Value));

        self.builder.switch_to_block(done);
        result
    }

    fn product(&mut self, a: Value, b: Value, unsigned: bool) -> Value {
        let (value, overflow) = if unsigned {
            self.builder.ins().umul_overflow(a, b)
        } else {
            self.builder.ins().smul_overflow(a, b)
        };
        self.bail_out_if(overflow, Cause::Overflow);
        value
    }

    /// Minus the value.
    pub(super) fn negate(&mut self, result: Register, from: Register) {
        let value = self.value(from);
        let negated = match self.typed.of(from) {
            Type::Float => self.builder.ins().fneg(value),
            Type::Unsigned => {
                let more = self.builder.ins().icmp_imm_s(IntCC::NotEqual, value, 0);
                self.bail_out_if(more, Cause::Overflow);
                value
            }
            _ => {
                self.no_smallest(value);
                self.builder.ins().ineg(value)
            }
        };
        self.set(result, &[negated]);
    }

    /// The value without its sign.
    pub(super) fn absolute(&mut self, result: Register, from: Register) {
        let value = self.value(from);
        let without = match self.typed.of(from) {
            Type::Float => self.builder.ins().fabs(value),
            Type::Unsigned => value,
            _ => {
                self.no_smallest(value);
                self.builder.ins().iabs(value)
            }
        };
        self.set(result, &[without]);
    }

    /// The smallest integer has no positive counterpart.
    fn no_smallest(&mut self, value: Value) {
        let smallest = self.builder.ins().icmp_imm_s(IntCC::Equal, value, i64::MIN);
        self.bail_out_if(smallest, Cause::Overflow);
    }
}
