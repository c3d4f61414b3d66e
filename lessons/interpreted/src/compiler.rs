//! From a tree to instructions: one function for each kind of statement and expression.

mod depth;
mod expression;
mod jump;
mod scope;
mod statement;
mod table;

use std::cell::Cell;
use std::collections::HashSet;
use std::rc::Rc;

use crate::syntax::{Constant, Module, Statement};
use crate::{Code, Instruction, Span, SyntaxError, Value};
use scope::Scope;
use table::{Exact, Table};

/// The most nested loops, as in CPython (CO_MAXBLOCKS).
const LOOPS: usize = 20;

/// Compiles a program.
///
/// # Errors
///
/// What Python's compiler refuses (`return` outside a function, for example), and functions that use the
/// variables of an enclosing function, which this language does not have.
///
/// # Examples
///
/// ```
/// let module = interpreted::parse("total = 1 + 2\n")?;
/// let code = interpreted::compile(&module)?;
/// let names: Vec<&str> = code.listing().map(|instruction| instruction.name()).collect();
/// assert_eq!(names[..3], ["LOAD_CONST", "LOAD_CONST", "BINARY_OP"]);
/// # Ok::<(), interpreted::SyntaxError>(())
/// ```
pub fn compile(module: &Module) -> Result<Rc<Code>, SyntaxError> {
    let mut names = Names::of(&module.body);
    let mut compiler = Compiler::new(&mut names, Scope::module());
    compiler.documentation(&module.body);
    compiler.block(&module.body)?;
    let end = module.body.last().map_or(Span::default(), |last| last.span);
    let draft = compiler.finish(end);
    let names: Rc<[String]> = names.table.into_list().into();
    Ok(Rc::new(draft.complete("<module>".to_owned(), &names)))
}

/// The names of the program's global variables.
#[derive(Debug, Default)]
struct Names<'a> {
    table: Table<String>,
    /// Those that the program assigns anywhere outside its functions.
    assigned: HashSet<&'a str>,
    /// Those of them that it has assigned above the current statement.
    above: HashSet<String>,
}

impl<'a> Names<'a> {
    fn of(body: &'a [Statement]) -> Self {
        let mut assigned = HashSet::new();
        scope::collect(body, &mut assigned);
        Names { assigned, ..Names::default() }
    }
}

/// An index in an instruction. A program of four billion of anything does not fit into memory.
fn number(index: usize) -> u32 {
    u32::try_from(index).expect("a table shorter than its source, which is shorter than 4 GB")
}

/// A code under construction.
#[derive(Debug, Default)]
struct Draft {
    name: String,
    line: u32,
    varnames: Table<String>,
    parameters: usize,
    constants: Table<Exact>,
    functions: Vec<Draft>,
    keywords: Vec<Vec<String>>,
    instructions: Vec<Instruction>,
    spans: Vec<Span>,
}

impl Draft {
    fn complete(self, name: String, names: &Rc<[String]>) -> Code {
        let functions = self.functions.into_iter().map(|mut inner| {
            let name = std::mem::take(&mut inner.name);
            Rc::new(inner.complete(name, names))
        });
        let constants = self.constants.into_list();
        Code {
            name,
            line: self.line,
            parameters: self.parameters,
            varnames: self.varnames.into_list(),
            names: names.clone(),
            constants: constants.iter().map(|constant| Value::from(&constant.0)).collect(),
            functions: functions.collect(),
            keywords: self.keywords,
            depth: depth::depth(&self.instructions),
            instructions: self.instructions.into_iter().map(Cell::new).collect(),
            registers: Vec::new(),
            spans: self.spans,
        }
    }
}

/// The compiler of one code.
struct Compiler<'n, 'a> {
    names: &'n mut Names<'a>,
    scope: Scope<'a>,
    draft: Draft,
    loops: Vec<Loop>,
}

/// A loop around the current statement.
#[derive(Debug)]
struct Loop {
    /// Where `continue` jumps to.
    start: Start,
    /// Whether an iterator lies on the stack.
    iterates: bool,
    /// The jumps of its `break`s, whose target is not known yet.
    breaks: Vec<usize>,
}

/// The start of a loop's next iteration.
#[derive(Debug)]
enum Start {
    /// An instruction that is there already.
    Known(u32),
    /// The test after the body: the jumps to it, whose target is not known yet.
    AfterBody(Vec<usize>),
}

impl<'n, 'a> Compiler<'n, 'a> {
    fn new(names: &'n mut Names<'a>, scope: Scope<'a>) -> Self {
        Compiler { names, scope, draft: Draft { line: 1, ..Draft::default() }, loops: Vec::new() }
    }

    /// Ends the code: a function that reaches its end returns `None`.
    fn finish(mut self, end: Span) -> Draft {
        let none = self.constant(Constant::None);
        self.emit(Instruction::LoadConst(none), end);
        self.emit(Instruction::ReturnValue, end);
        self.draft
    }

    fn emit(&mut self, instruction: Instruction, span: Span) -> usize {
        self.draft.instructions.push(instruction);
        self.draft.spans.push(span);
        self.draft.instructions.len() - 1
    }

    /// The index of the next instruction.
    fn here(&self) -> u32 {
        number(self.draft.instructions.len())
    }

    /// Aims a jump at the next instruction.
    fn land(&mut self, jump: usize) {
        let here = self.here();
        self.aim(jump, here);
    }

    fn aim(&mut self, jump: usize, to: u32) {
        let target = self.draft.instructions[jump].target_mut();
        *target.expect("only jumps are aimed") = to;
    }

    fn land_all(&mut self, jumps: Vec<usize>) {
        jumps.into_iter().for_each(|jump| self.land(jump));
    }

    /// The index of a constant.
    fn constant(&mut self, constant: Constant) -> u32 {
        self.draft.constants.number(Exact(constant))
    }
}
