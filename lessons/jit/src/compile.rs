//! From the typed form to machine code in memory.

mod entry;

use std::rc::Rc;
use std::sync::OnceLock;
use std::time::Duration;

use ::interpreted::Code;
use cranelift_codegen::ir::{AbiParam, UserFuncName, types};
use cranelift_codegen::isa::OwnedTargetIsa;
use cranelift_codegen::settings::{self, Configurable};
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};
use cranelift_jit::{JITBuilder, JITModule};
use cranelift_module::{FuncId, Linkage, Module, default_libcall_names};

use measure::time;

use crate::helpers::Helper;
use crate::infer::{Refusal, Scope, TypedProgram, infer};
use crate::lower::{Callees, lower, signature};
use crate::native::NativeCode;
use crate::typed::TypedFunction;
use crate::types::Type;
use entry::entry;

/// The most stack that one call may take, in bytes: a thousand nested calls have to fit.
const LARGEST_FRAME: u32 = 2048;

/// Machine code, and what `--inspect` shows of it.
#[derive(Debug)]
pub struct Compilation {
    /// The code, ready to be called.
    pub native: NativeCode,
    /// Its functions, in the order of the program.
    pub functions: Vec<CompiledFunction>,
    /// How long it took.
    pub times: Times,
}

/// One compiled function.
#[derive(Debug, Clone)]
pub struct CompiledFunction {
    /// Its name, with the types.
    pub name: String,
    /// Its form in Cranelift's own language, before optimisation.
    pub ir: String,
    /// Cranelift's listing of its machine code; empty unless asked for.
    pub assembly: String,
    /// Its machine code before relocation: the addresses of what it calls are missing.
    pub bytes: Vec<u8>,
    /// Whether it calls anything.
    pub calls: bool,
}

/// How long the stages took.
#[derive(Debug, Clone, Copy, Default)]
pub struct Times {
    /// To infer the types.
    pub types: Duration,
    /// From the typed form to Cranelift's.
    pub lower: Duration,
    /// From that to machine code.
    pub generate: Duration,
    /// To put it into executable memory.
    pub place: Duration,
}

impl Times {
    /// All of it.
    pub fn total(&self) -> Duration {
        self.types + self.lower + self.generate + self.place
    }
}

/// Runs a stage and adds its time to `total`.
fn timed<T>(total: &mut Duration, stage: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    let (result, elapsed) = time(stage);
    *total += elapsed;
    result
}

/// The target: this processor. Built once.
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

/// Infers the types of a call and compiles every function that it may run.
pub fn compile_call(
    code: &Rc<Code>,
    arguments: &[Type],
    names: &dyn Scope,
    look: bool,
) -> Result<(TypedProgram, Compilation), Refusal> {
    let (program, types) = time(|| infer(code, arguments, names));
    let program = program?;
    let mut compiled = compile(&program.functions, look).map_err(|reason| Refusal {
        function: code.name.clone(),
        line: code.line,
        reason,
    })?;
    compiled.times.types = types;
    Ok((program, compiled))
}

/// Compiles a program of typed functions, of which the first is the one to call.
///
/// With `look`, Cranelift also keeps its own listings. The error is the reason why this processor or one
/// of the functions is not supported.
pub fn compile(program: &[TypedFunction], look: bool) -> Result<Compilation, String> {
    let isa = target()?;
    let mut builder = JITBuilder::with_isa(isa, default_libcall_names());
    for helper in Helper::ALL {
        builder.symbol(helper.name(), helper.function() as *const u8);
    }
    let mut module = JITModule::new(builder);
    let mut times = Times::default();
    let defined = functions(&mut module, program, look, &mut times);
    let defined = defined.and_then(|(ids, functions)| {
        let entry = entry(&mut module, &program[0], ids[0], &mut times)?;
        timed(&mut times.place, || {
            module.finalize_definitions().map_err(|refused| refused.to_string())
        })?;
        Ok((entry, functions))
    });
    // The module goes to `NativeCode` in any case, which frees its memory.
    let (entry, functions) = match defined {
        Ok((entry, functions)) => (Ok(entry), functions),
        Err(reason) => (Err(reason), Vec::new()),
    };
    let native = NativeCode::new(module, entry, &program[0])?;
    Ok(Compilation { native, functions, times })
}

/// Declares all functions, then defines each.
fn functions(
    module: &mut JITModule,
    program: &[TypedFunction],
    look: bool,
    times: &mut Times,
) -> Result<(Vec<FuncId>, Vec<CompiledFunction>), String> {
    let mut ids = Vec::new();
    for (number, typed) in program.iter().enumerate() {
        let name = format!("{number} {}", typed.name);
        let declared = module.declare_function(&name, Linkage::Local, &signature(typed));
        ids.push(declared.map_err(|refused| refused.to_string())?);
    }
    let mut scratch = FunctionBuilderContext::new();
    let mut context = module.make_context();
    let mut functions = Vec::new();
    for (typed, id) in program.iter().zip(&ids) {
        let ir = timed(&mut times.lower, || {
            context.set_disasm(look);
            context.func.signature = signature(typed);
            context.func.name = UserFuncName::user(0, id.as_u32());
            let references: Vec<_> =
                ids.iter().map(|id| module.declare_func_in_func(*id, &mut context.func)).collect();
            let helpers = helpers(module, &mut context.func)?;
            let callees =
                Callees { functions: &references, helpers: &|helper| helpers[helper as usize] };
            let builder = FunctionBuilder::new(&mut context.func, &mut scratch);
            lower(typed, builder, &callees).finalize(module.target_config());
            Ok(if look { context.func.display().to_string() } else { String::new() })
        })?;
        timed(&mut times.generate, || {
            module.define_function(*id, &mut context).map_err(|refused| refused.to_string())
        })?;
        let code = context.compiled_code().ok_or("Cranelift kept no code")?;
        let frame = code.buffer.frame_layout().map_or(0, |frame| frame.frame_to_fp_offset);
        if frame > LARGEST_FRAME {
            return Err(format!("a call of it takes {frame} bytes of the stack"));
        }
        functions.push(CompiledFunction {
            name: typed.name.clone(),
            ir,
            assembly: code.vcode.clone().unwrap_or_default(),
            bytes: code.code_buffer().to_vec(),
            calls: !code.buffer.relocs().is_empty(),
        });
        module.clear_context(&mut context);
    }
    Ok((ids, functions))
}

/// Imports the helpers into the function under construction.
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
