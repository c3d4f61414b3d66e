use std::rc::Rc;

use ::interpreted::{Form, Script};
use clap::{Arg, ArgAction, ArgMatches, Command, builder::EnumValueParser};
use course::{Document, Lesson, Output};
use kernels::{Integers, Kernel, KernelName, Known};
use measure::{Error, Strategy, row};

use crate::compile::compile;
use crate::inspect::{Stage, stages};
use crate::interpreted::machine;
use crate::point::{adder, point};
use crate::script::{Wishes, run};
use crate::signature::Signature;
use crate::types::Struct;
use crate::{
    below, compiled, compiled_checked, first_call, interpreted, later_calls, total, your_turn,
};

/// The lesson, for the runner: its question and its table.
#[derive(Debug)]
pub struct Jit;

impl Lesson for Jit {
    const NAME: &'static str = "jit";
    const QUESTION: &'static str = "what does compiling at run time cost, and when does it pay?";
    const KERNELS: &'static [KernelName] = &[Integers::NAME];
    const PARALLEL: bool = false;
    const READ_FIRST: Option<&'static str> = Some("later-calls");
    const GUESSED: &'static str = "interpreted";

    fn strategies<K: Kernel>() -> Vec<Strategy<K>> {
        let code = |_: &K, _| total::code();
        let machine = |_: &K, _| machine(Form::Plain);
        let native = |_: &K, _| Ok(total::made(&total::code()?, false)?.1.native);
        let rows = vec![
            row!(interpreted, "the bytecode in the plain machine", standing on machine).per_term(),
            row!(first_call, "types found, compiled, run: all of it each time", standing on code),
            row!(later_calls, "the machine code, which is there already", standing on native),
            row!(compiled_checked, "the same loop in Rust, with the same check"),
            row!(compiled, "the same loop in Rust, without it"),
            row!(your_turn, "yours: lessons/jit/src/your_turn.rs"),
        ];
        rows.into_iter().map(|row| row.only_on(Integers::NAME)).collect()
    }

    fn command(common: Command) -> Command {
        let flag = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
        common
            .arg(Arg::new("program").value_name("PROGRAM").help(
                "Runs this program of yours, and nothing else; - reads it from standard input",
            ))
            .arg(
                Arg::new("inspect")
                    .long("inspect")
                    .value_name("STAGE")
                    .value_parser(EnumValueParser::<Stage>::new())
                    .help("Shows what the functions of the program become, in the place of its output"),
            )
            .arg(
                Arg::new("signature")
                    .long("signature")
                    .value_name("NAME=RESULT(TYPES)")
                    .action(ArgAction::Append)
                    .requires("program")
                    .help("Compiles a function before the program begins, for example total=u64(u64)"),
            )
            .arg(
                Arg::new("struct")
                    .long("struct")
                    .value_name("NAME: FIELD TYPE, ...")
                    .action(ArgAction::Append)
                    .requires("inspect")
                    .conflicts_with("program")
                    .help("Shows how two of these are added, for example 'point: x u64, y u64'"),
            )
            .arg(
                flag("nopython")
                    .requires("program")
                    .help("A function that can't be compiled is an error"),
            )
            .arg(
                flag("statistics")
                    .requires("program")
                    .help("Says at the end what became of each function"),
            )
    }

    fn findings(document: &Document) -> Vec<String> {
        below::findings(document)
    }

    fn below(asked: &ArgMatches, document: &Document) -> String {
        below::below(asked, document)
    }

    fn instead(asked: &ArgMatches, output: Output) -> Option<Result<u8, Error>> {
        let stage = asked.get_one::<Stage>("inspect").copied();
        let path = asked.get_one::<String>("program");
        match (path, stage) {
            (Some(path), stage) => Some(program(path, stage, asked, output)),
            (None, Some(stage)) => Some(example(stage, asked, output)),
            (None, None) => None,
        }
    }
}

fn program(
    path: &str,
    stage: Option<Stage>,
    asked: &ArgMatches,
    output: Output,
) -> Result<u8, Error> {
    let signatures = asked.get_many::<String>("signature").unwrap_or_default();
    let signatures = signatures.map(|text| Signature::parse(text, &[]));
    let wishes = Wishes {
        strict: asked.get_flag("nopython"),
        stage,
        signatures: signatures.collect::<Result<_, String>>().map_err(Error::Usage)?,
        statistics: asked.get_flag("statistics"),
    };
    run(&Script::read(path)?, &wishes, output)
}

/// The lesson's own functions: the sum, and the sum of two structs.
fn example(stage: Stage, asked: &ArgMatches, output: Output) -> Result<u8, Error> {
    let mut structs = Vec::new();
    for text in asked.get_many::<String>("struct").unwrap_or_default() {
        let read = Struct::parse(text, &structs).map_err(Error::Usage)?;
        structs.push(Rc::new(read));
    }
    let of = structs.pop().unwrap_or_else(point);
    let added = adder(&of).map_err(Error::Usage)?;
    let (program, compiled) = total::made(&total::code()?, true)?;
    let mut text = String::new();
    if !asked.contains_id("struct") {
        text += &stages(&program.functions, &compiled, stage);
    }
    let functions = [added];
    let compiled = compile(&functions, true).map_err(|reason| total::failed(&reason))?;
    text += &stages(&functions, &compiled, stage);
    output.result(&text)?;
    Ok(0)
}
