use cranelift_codegen::Context;
use cranelift_codegen::ir::{AbiParam, InstBuilder, MemFlagsData, types};
use cranelift_codegen::isa::CallConv;
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};
use cranelift_jit::JITModule;
use cranelift_module::{FuncId, Linkage, Module};

use super::{Times, timed};
use crate::lower::signature;
use crate::native::DEPTH;
use crate::typed::TypedFunction;

/// Defines the entry point for Rust: a function of one argument, the frame, which calls the first function
/// with the arguments in the frame and puts the result there.
pub(super) fn entry(
    module: &mut JITModule,
    typed: &TypedFunction,
    function: FuncId,
    times: &mut Times,
) -> Result<FuncId, String> {
    let (id, mut context) = timed(&mut times.lower, || build(module, typed, function))?;
    timed(&mut times.generate, || {
        module.define_function(id, &mut context).map_err(|refused| refused.to_string())
    })?;
    Ok(id)
}

fn build(
    module: &mut JITModule,
    typed: &TypedFunction,
    function: FuncId,
) -> Result<(FuncId, Context), String> {
    let mut outside = module.make_signature();
    outside.params.push(AbiParam::new(module.target_config().pointer_type()));
    outside.returns.push(AbiParam::new(types::I64));
    debug_assert_ne!(outside.call_conv, CallConv::Tail, "Rust does not know that one");
    let id = module.declare_function("entry", Linkage::Export, &outside);
    let id = id.map_err(|refused| refused.to_string())?;
    let mut context = module.make_context();
    context.func.signature = outside;
    let mut scratch = FunctionBuilderContext::new();
    let callee = module.declare_func_in_func(function, &mut context.func);
    let mut builder = FunctionBuilder::new(&mut context.func, &mut scratch);
    let block = builder.create_block();
    builder.append_block_params_for_function_params(block);
    builder.switch_to_block(block);
    let frame = builder.block_params(block)[0];
    let inside = signature(typed);
    let offset = |place: usize| place as i32 * 8;
    let flags = MemFlagsData::trusted();
    let mut arguments = Vec::new();
    for (place, parameter) in inside.params.iter().enumerate() {
        let last = place + 1 == inside.params.len();
        let place = if last { DEPTH } else { place };
        arguments.push(builder.ins().load(parameter.value_type, flags, frame, offset(place)));
    }
    let call = builder.ins().call(callee, &arguments);
    let mut results = builder.inst_results(call).to_vec();
    let status = results.pop().ok_or("a compiled function returns its status")?;
    for (place, result) in results.into_iter().enumerate() {
        builder.ins().store(flags, result, frame, offset(place));
    }
    builder.ins().return_(&[status]);
    builder.seal_all_blocks();
    builder.finalize(module.target_config());
    Ok((id, context))
}
