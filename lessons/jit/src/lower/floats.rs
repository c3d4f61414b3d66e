use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{InstBuilder, Value, types};

use super::Lowering;
use crate::bailout::Cause;
use crate::helpers::Helper;
use crate::typed::Register;
use crate::types::Type;
use ::interpreted::Operator;

/// Up to here a float holds every integer.
const EXACT: i64 = 1 << 53;

/// The first float above all `i64`.
const ABOVE: f64 = 9_223_372_036_854_775_808.0;

impl Lowering<'_, '_> {
    /// Arithmetic of floats.
    pub(super) fn floats(&mut self, operator: Operator, a: Value, b: Value) -> Value {
        match operator {
            Operator::Add => self.builder.ins().fadd(a, b),
            Operator::Subtract => self.builder.ins().fsub(a, b),
            Operator::Multiply => self.builder.ins().fmul(a, b),
            Operator::TrueDivide => {
                self.no_zero(b);
                self.builder.ins().fdiv(a, b)
            }
            Operator::FloorDivide => {
                self.no_zero(b);
                self.help(Helper::FloorDivide, a, b)
            }
            Operator::Remainder => {
                self.no_zero(b);
                self.help(Helper::Remainder, a, b)
            }
            Operator::Power => {
                // Zero and below have rules of their own, and so do results that are too large.
                let zero = self.builder.ins().f64const(0.0);
                let special = self.builder.ins().fcmp(FloatCC::UnorderedOrLessThanOrEqual, a, zero);
                self.bail_out_if(special, Cause::Inexact);
                let power = self.help(Helper::Power, a, b);
                let infinite = self.builder.ins().f64const(f64::INFINITY);
                let large = self.builder.ins().fcmp(
                    FloatCC::UnorderedOrGreaterThanOrEqual,
                    power,
                    infinite,
                );
                self.bail_out_if(large, Cause::Inexact);
                power
            }
            _ => unreachable!("floats have no bits in Python"),
        }
    }

    fn no_zero(&mut self, divisor: Value) {
        let zero = self.builder.ins().f64const(0.0);
        let is_zero = self.builder.ins().fcmp(FloatCC::Equal, divisor, zero);
        self.bail_out_if(is_zero, Cause::ZeroDivision);
    }

    fn help(&mut self, helper: Helper, a: Value, b: Value) -> Value {
        let function = (self.callees.helpers)(helper);
        let call = self.builder.ins().call(function, &[a, b]);
        self.builder.inst_results(call)[0]
    }

    /// A value as another type.
    pub(super) fn convert(&mut self, result: Register, from: Register, exactly: bool) {
        let value = self.value(from);
        let (source, target) = (self.typed.of(from), self.typed.of(result));
        let converted = match (source, target) {
            (Type::Bool, Type::Float) => {
                let whole = self.builder.ins().uextend(types::I64, value);
                self.builder.ins().fcvt_from_sint(types::F64, whole)
            }
            (Type::Bool, _) => self.builder.ins().uextend(types::I64, value),
            (Type::Int, Type::Float) => {
                if exactly {
                    let moved = self.builder.ins().iadd_imm_s(value, EXACT);
                    self.no_larger(moved, 2 * EXACT);
                }
                self.builder.ins().fcvt_from_sint(types::F64, value)
            }
            (Type::Unsigned, Type::Float) => {
                if exactly {
                    self.no_larger(value, EXACT);
                }
                self.builder.ins().fcvt_from_uint(types::F64, value)
            }
            (Type::Float, Type::Int) => {
                let size = self.builder.ins().fabs(value);
                let above = self.builder.ins().f64const(ABOVE);
                let large =
                    self.builder.ins().fcmp(FloatCC::UnorderedOrGreaterThanOrEqual, size, above);
                self.bail_out_if(large, Cause::Overflow);
                self.builder.ins().fcvt_to_sint_sat(types::I64, value)
            }
            _ => unreachable!("{source} is not made a {target}"),
        };
        self.set(result, &[converted]);
    }

    fn no_larger(&mut self, value: Value, bound: i64) {
        let large = self.builder.ins().icmp_imm_s(IntCC::UnsignedGreaterThan, value, bound);
        self.bail_out_if(large, Cause::Inexact);
    }

    /// The truth of a value.
    pub(super) fn truth(&mut self, from: Register) -> Value {
        match self.typed.of(from) {
            Type::Float => {
                let (value, zero) = (self.value(from), self.builder.ins().f64const(0.0));
                self.builder.ins().fcmp(FloatCC::NotEqual, value, zero)
            }
            Type::Int | Type::Unsigned => {
                let value = self.value(from);
                self.builder.ins().icmp_imm_s(IntCC::NotEqual, value, 0)
            }
            Type::Bool => self.value(from),
            Type::None => self.builder.ins().iconst(types::I8, 0),
            Type::Struct(_) | Type::Range(_) => self.builder.ins().iconst(types::I8, 1),
        }
    }
}
