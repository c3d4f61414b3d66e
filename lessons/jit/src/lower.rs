//! From the typed form to the intermediate form of Cranelift, and on to machine code by Cranelift.

mod control;
mod floats;
mod integers;

use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{self, AbiParam, FuncRef, InstBuilder, Signature, Value, types};
use cranelift_codegen::isa::CallConv;
use cranelift_frontend::{FunctionBuilder, Variable};

use crate::bailout::Cause;
use crate::helpers::Helper;
use crate::typed::{Constant, Register, Step, TypedFunction};
use crate::types::{Part, Steps, Type};
use ::interpreted::Comparison;

/// A block at the head of a loop with at most this many steps is repeated at the loop's end, so that an
/// iteration takes one jump instead of two.
const SHORT: usize = 8;

/// The machine's type of one part.
pub(crate) fn part(part: Part) -> ir::Type {
    match part {
        Part::Whole => types::I64,
        Part::Real => types::F64,
        Part::Truth => types::I8,
    }
}

/// How compiled functions call each other: with the parts of the arguments and how many more calls may be
/// nested; they return the parts of the result, and zero or the reason of a bailout.
pub(crate) fn signature(typed: &TypedFunction) -> Signature {
    // This convention returns up to eight integers in registers: structs need no memory.
    let mut signature = Signature::new(CallConv::Tail);
    let parts = typed.parameters.iter().flat_map(|register| typed.of(*register).parts());
    signature.params.extend(parts.map(|found| AbiParam::new(part(found))));
    signature.params.push(AbiParam::new(types::I64));
    signature
        .returns
        .extend(typed.result.parts().into_iter().map(|found| AbiParam::new(part(found))));
    signature.returns.push(AbiParam::new(types::I64));
    signature
}

/// The functions that a compiled one may call.
pub(crate) struct Callees<'a> {
    /// Those of the same program, by number.
    pub(crate) functions: &'a [FuncRef],
    /// The helpers.
    pub(crate) helpers: &'a dyn Fn(Helper) -> FuncRef,
}

/// Emits the function in Cranelift's form. The builder is at its beginning.
pub(crate) fn lower<'b>(
    typed: &TypedFunction,
    builder: FunctionBuilder<'b>,
    callees: &Callees<'_>,
) -> FunctionBuilder<'b> {
    let mut lowering = Lowering::new(typed, builder, callees);
    let entry = lowering.builder.create_block();
    lowering.builder.append_block_params_for_function_params(entry);
    lowering.builder.switch_to_block(entry);
    let mut arguments = lowering.builder.block_params(entry).to_vec();
    lowering.depth = arguments.pop();
    let mut arguments = arguments.into_iter();
    for register in &typed.parameters {
        for variable in lowering.variables[register.0].clone() {
            let value = arguments.next().expect("the signature has a value for every part");
            lowering.builder.def_var(variable, value);
        }
    }
    let first = lowering.blocks[0];
    lowering.builder.ins().jump(first, &[]);
    for (number, block) in typed.blocks.iter().enumerate() {
        lowering.builder.switch_to_block(lowering.blocks[number]);
        lowering.block(number, block);
    }
    lowering.leave()
}

/// A function under construction.
struct Lowering<'a, 'b> {
    typed: &'a TypedFunction,
    builder: FunctionBuilder<'b>,
    callees: &'a Callees<'a>,
    /// The variables of each register: one a part.
    variables: Vec<Vec<Variable>>,
    blocks: Vec<ir::Block>,
    /// For a block that ends with the next number of a range: the block that takes the number.
    takes: Vec<Option<ir::Block>>,
    /// Where a bailout ends.
    exit: ir::Block,
    /// How many more calls may be nested in this one.
    depth: Option<Value>,
    /// The line of the current step.
    line: u32,
}

impl<'a, 'b> Lowering<'a, 'b> {
    fn new(
        typed: &'a TypedFunction,
        mut builder: FunctionBuilder<'b>,
        callees: &'a Callees<'a>,
    ) -> Self {
        let declare = |(_, kind): &(String, Type)| -> Vec<Variable> {
            kind.parts().into_iter().map(|found| builder.declare_var(part(found))).collect()
        };
        let variables = typed.registers.iter().map(declare).collect();
        let blocks = typed.blocks.iter().map(|_| builder.create_block()).collect();
        let exit = builder.create_block();
        builder.append_block_param(exit, types::I64);
        builder.set_cold_block(exit);
        let takes = vec![None; typed.blocks.len()];
        Lowering { typed, builder, callees, variables, blocks, takes, exit, depth: None, line: 0 }
    }

    /// Emits the exit and seals all blocks.
    fn leave(mut self) -> FunctionBuilder<'b> {
        self.builder.switch_to_block(self.exit);
        let status = self.builder.block_params(self.exit)[0];
        let mut values: Vec<Value> =
            self.typed.result.parts().into_iter().map(|found| self.zero(found)).collect();
        values.push(status);
        self.builder.ins().return_(&values);
        self.builder.seal_all_blocks();
        self.builder
    }

    fn zero(&mut self, found: Part) -> Value {
        match found {
            Part::Whole => self.builder.ins().iconst(types::I64, 0),
            Part::Real => self.builder.ins().f64const(0.0),
            Part::Truth => self.builder.ins().iconst(types::I8, 0),
        }
    }

    /// The values of a register's parts.
    fn parts(&mut self, register: Register) -> Vec<Value> {
        let variables = self.variables[register.0].clone();
        variables.into_iter().map(|variable| self.builder.use_var(variable)).collect()
    }

    /// The value of a register with one part.
    fn value(&mut self, register: Register) -> Value {
        self.builder.use_var(self.variables[register.0][0])
    }

    fn set(&mut self, register: Register, values: &[Value]) {
        for (variable, value) in self.variables[register.0].clone().into_iter().zip(values) {
            self.builder.def_var(variable, *value);
        }
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Constant(result, constant) => {
                let value = match constant {
                    // The lowest 64 bits are the number, signed or not.
                    Constant::Int(number) => self.builder.ins().iconst(types::I64, *number as i64),
                    Constant::Float(number) => self.builder.ins().f64const(*number),
                    Constant::Bool(truth) => {
                        self.builder.ins().iconst(types::I8, i64::from(*truth))
                    }
                    Constant::None => return,
                };
                self.set(*result, &[value]);
            }
            Step::Copy(result, from) => {
                let values = self.parts(*from);
                self.set(*result, &values);
            }
            Step::Binary(result, operator, left, right) => {
                let (a, b) = (self.value(*left), self.value(*right));
                let value = match self.typed.of(*left) {
                    Type::Float => self.floats(*operator, a, b),
                    Type::Unsigned => self.unsigned(*operator, a, b),
                    _ => self.integers(*operator, a, b),
                };
                self.set(*result, &[value]);
            }
            Step::Compare(result, comparison, left, right) => {
                let value = self.compare(*comparison, *left, *right);
                self.set(*result, &[value]);
            }
            Step::Choose(result, comparison, first, second) => {
                let truth = self.compare(*comparison, *first, *second);
                let (first, second) = (self.value(*first), self.value(*second));
                let value = self.builder.ins().select(truth, first, second);
                self.set(*result, &[value]);
            }
            Step::Convert(result, from) => self.convert(*result, *from, false),
            Step::ConvertExactly(result, from) => self.convert(*result, *from, true),
            Step::Negate(result, from) => self.negate(*result, *from),
            Step::Absolute(result, from) => self.absolute(*result, *from),
            Step::Invert(result, from) => {
                let value = self.value(*from);
                let value = self.builder.ins().bnot(value);
                self.set(*result, &[value]);
            }
            Step::Truth(result, from) => {
                let value = self.truth(*from);
                self.set(*result, &[value]);
            }
            Step::Not(result, from) => {
                let value = self.value(*from);
                let value = self.builder.ins().icmp_imm_u(IntCC::Equal, value, 0);
                self.set(*result, &[value]);
            }
            Step::Range(result, [start, stop, step]) => {
                let values = [self.value(*start), self.value(*stop), self.value(*step)];
                if *self.typed.of(*result) == Type::Range(Steps::Unknown) {
                    let zero = self.builder.ins().icmp_imm_s(IntCC::Equal, values[2], 0);
                    self.bail_out_if(zero, Cause::ZeroStep);
                }
                self.set(*result, &values);
            }
            Step::Make(result, fields) => {
                let values: Vec<Value> =
                    fields.iter().flat_map(|field| self.parts(*field)).collect();
                self.set(*result, &values);
            }
            Step::Field(result, from, first) => {
                let values = self.parts(*from);
                self.set(*result, &values[*first..]);
            }
            Step::Call(result, function, arguments) => self.call(*result, *function, arguments),
        }
    }

    fn call(&mut self, result: Register, function: usize, arguments: &[Register]) {
        let depth = self.depth.expect("set before the first step");
        let full = self.builder.ins().icmp_imm_s(IntCC::Equal, depth, 0);
        self.bail_out_if(full, Cause::Depth);
        let mut values: Vec<Value> =
            arguments.iter().flat_map(|argument| self.parts(*argument)).collect();
        values.push(self.builder.ins().iadd_imm_s(depth, -1));
        let call = self.builder.ins().call(self.callees.functions[function], &values);
        let mut results = self.builder.inst_results(call).to_vec();
        let status = results.pop().expect("every function returns its status");
        self.pass_on(status);
        self.set(result, &results);
    }

    fn compare(&mut self, comparison: Comparison, left: Register, right: Register) -> Value {
        let (a, b) = (self.value(left), self.value(right));
        match self.typed.of(left) {
            Type::Float => self.builder.ins().fcmp(float_condition(comparison), a, b),
            Type::Unsigned => {
                self.builder.ins().icmp(integer_condition(comparison).unsigned(), a, b)
            }
            _ => self.builder.ins().icmp(integer_condition(comparison), a, b),
        }
    }
}

fn integer_condition(comparison: Comparison) -> IntCC {
    match comparison {
        Comparison::Less => IntCC::SignedLessThan,
        Comparison::LessEqual => IntCC::SignedLessThanOrEqual,
        Comparison::Equal => IntCC::Equal,
        Comparison::NotEqual => IntCC::NotEqual,
        Comparison::Greater => IntCC::SignedGreaterThan,
        Comparison::GreaterEqual => IntCC::SignedGreaterThanOrEqual,
    }
}

fn float_condition(comparison: Comparison) -> FloatCC {
    match comparison {
        Comparison::Less => FloatCC::LessThan,
        Comparison::LessEqual => FloatCC::LessThanOrEqual,
        Comparison::Equal => FloatCC::Equal,
        Comparison::NotEqual => FloatCC::NotEqual,
        Comparison::Greater => FloatCC::GreaterThan,
        Comparison::GreaterEqual => FloatCC::GreaterThanOrEqual,
    }
}
