//! From the typed form to machine code in memory.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use cranelift_codegen::ir::{AbiParam, InstBuilder, MemFlagsData, Signature, UserFuncName, types};
use cranelift_codegen::isa::{CallConv, OwnedTargetIsa};
use cranelift_codegen::settings::{self, Configurable};
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};
use cranelift_jit::{JITBuilder, JITModule};
use cranelift_module::{FuncId, Linkage, Module, default_libcall_names};

use crate::helpers::Helper;
use crate::lower::{Callees, lower, signature};
use crate::native::{DEPTH, Native};
use crate::typed::Typed;

/// No compiled function may take more of the stack for one call: a thousand calls inside each other fit.
const LARGEST_FRAME: u32 = 2048;

/// Machine code, and what there is to see of its making.
#[derive(Debug)]
pub struct Compiled {
    /// The code, ready to be called.
    pub native: Native,
    /// What became of each function, in the order of the program.
    pub made: Vec<Made>,
    /// How long it took.
    pub times: Times,
}

/// What became of one function.
#[derive(Debug, Clone)]
pub struct Made {
    /// Its name, with the types.
    pub name: String,
    /// Its form in cranelift's own language, before and without optimisation.
    pub ir: String,
    /// Its machine code, as cranelift writes it; empty unless asked for.
    pub assembly: String,
    /// Its machine code, before it was put in its place: addresses of what it calls are missing.
    pub bytes: Vec<u8>,
    /// Whether it calls anything.
    pub calls: bool,
}

/// How long the stages took.
#[derive(Debug, Clone, Copy, Default)]
pub struct Times {
    /// To find the types.
    pub types: Duration,
    /// From the typed form to cranelift's.
    pub lower: Duration,
    /// From that to machine code.
    pub generate: Duration,
    /// To put it into memory that may run.
    pub place: Duration,
}

impl Times {
    /// All of it.
    pub fn total(&self) -> Duration {
        self.types + self.lower + self.generate + self.place
    }
}

/// The target: this processor. Made once, and kept.
fn target() -> Result<OwnedTargetIsa, String> {
    static TARGET: OnceLock<Result<OwnedTargetIsa, String>> = OnceLock::new();
    let make = || {
        let mut flags = settings::builder();
        for (name, value) in
            [("opt_level", "speed"), ("is_pic", "false"), ("use_colocated_libcalls", "false")]
        {
            flags.set(name, value).map_err(|refused| refused.to_string())?;
        }
        let isa = cranelift_native::builder().map_err(ToString::to_string)?;
        isa.finish(settings::Flags::new(flags)).map_err(|refused| refused.to_string())
    };
    TARGET.get_or_init(make).clone()
}

/// Compiles a program of typed functions, of which the first is the one to call.
///
/// With `look`, cranelift also writes down what it does.
///
/// # Errors
///
/// The reason in words, where this processor or this function is not supported.
pub fn compile(program: &[Typed], look: bool) -> Result<Compiled, String> {
    let isa = target()?;
    let mut builder = JITBuilder::with_isa(isa, default_libcall_names());
    for helper in Helper::ALL {
        builder.symbol(helper.name(), helper.function() as *const u8);
    }
    let mut module = JITModule::new(builder);
    let mut times = Times::default();
    let made = functions(&mut module, program, look, &mut times);
    let made = made.and_then(|(ids, made)| {
        let entry = entry(&mut module, &program[0], ids[0], &mut times)?;
        let start = Instant::now();
        module.finalize_definitions().map_err(|refused| refused.to_string())?;
        times.place = start.elapsed();
        Ok((entry, made))
    });
    // The module goes to `Native` in any case, which gives its memory back.
    let (entry, made) = match made {
        Ok((entry, made)) => (Ok(entry), made),
        Err(reason) => (Err(reason), Vec::new()),
    };
    let native = Native::new(module, entry, &program[0])?;
    Ok(Compiled { native, made, times })
}

/// Declares all functions, then defines each.
fn functions(
    module: &mut JITModule,
    program: &[Typed],
    look: bool,
    times: &mut Times,
) -> Result<(Vec<FuncId>, Vec<Made>), String> {
    let mut ids = Vec::new();
    for (number, typed) in program.iter().enumerate() {
        let name = format!("{number} {}", typed.name);
        let declared = module.declare_function(&name, Linkage::Local, &signature(typed));
        ids.push(declared.map_err(|refused| refused.to_string())?);
    }
    let mut scratch = FunctionBuilderContext::new();
    let mut context = module.make_context();
    let mut made = Vec::new();
    for (typed, id) in program.iter().zip(&ids) {
        let start = Instant::now();
        context.set_disasm(look);
        context.func.signature = signature(typed);
        context.func.name = UserFuncName::user(0, id.as_u32());
        let references: Vec<_> =
            ids.iter().map(|id| module.declare_func_in_func(*id, &mut context.func)).collect();
        let helped = helpers(module, &mut context.func)?;
        let callees =
            Callees { functions: &references, helpers: &|helper| helped[helper as usize] };
        let builder = FunctionBuilder::new(&mut context.func, &mut scratch);
        lower(typed, builder, &callees).finalize(module.target_config());
        let ir = if look { context.func.display().to_string() } else { String::new() };
        times.lower += start.elapsed();
        let start = Instant::now();
        module.define_function(*id, &mut context).map_err(|refused| refused.to_string())?;
        times.generate += start.elapsed();
        let code = context.compiled_code().ok_or("cranelift kept no code")?;
        let frame = code.buffer.frame_layout().map_or(0, |frame| frame.frame_to_fp_offset);
        if frame > LARGEST_FRAME {
            return Err(format!("a call of it takes {frame} bytes of the stack"));
        }
        made.push(Made {
            name: typed.name.clone(),
            ir,
            assembly: code.vcode.clone().unwrap_or_default(),
            bytes: code.code_buffer().to_vec(),
            calls: !code.buffer.relocs().is_empty(),
        });
        module.clear_context(&mut context);
    }
    Ok((ids, made))
}

/// The helpers, as a function under way knows them.
fn helpers(
    module: &mut JITModule,
    function: &mut cranelift_codegen::ir::Function,
) -> Result<[cranelift_codegen::ir::FuncRef; 3], String> {
    let mut signature = module.make_signature();
    signature.params = vec![AbiParam::new(types::F64); 2];
    signature.returns = vec![AbiParam::new(types::F64)];
    let mut found = Vec::new();
    for helper in Helper::ALL {
        let id = module.declare_function(helper.name(), Linkage::Import, &signature);
        let id = id.map_err(|refused| refused.to_string())?;
        found.push(module.declare_func_in_func(id, function));
    }
    Ok([found[0], found[1], found[2]])
}

/// The way in from Rust: a function of one argument, the frame that holds everything, which calls the
/// first function and puts the result into the frame.
fn entry(
    module: &mut JITModule,
    typed: &Typed,
    function: FuncId,
    times: &mut Times,
) -> Result<FuncId, String> {
    let start = Instant::now();
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
    let inside: Signature = signature(typed);
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
    times.lower += start.elapsed();
    let start = Instant::now();
    module.define_function(id, &mut context).map_err(|refused| refused.to_string())?;
    times.generate += start.elapsed();
    Ok(id)
}
