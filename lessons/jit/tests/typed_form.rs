//! The typed form, written by hand, compiled and called.

use std::time::Instant;
use jit::compile::compile;
use jit::native::{DEPTH, Frame};
use jit::typed::{Block, Constant, End, Register, Step, Typed};
use jit::types::{Steps, Type};
use interpreted::Operator;

fn total() -> Typed {
    let (n, s, i, r, z, one) = (Register(0), Register(1), Register(2), Register(3), Register(4), Register(5));
    Typed {
        name: "total(i64)".into(),
        parameters: vec![n],
        result: Type::Int, notes: vec![],
        registers: vec![("n".into(), Type::Int), ("s".into(), Type::Int), ("i".into(), Type::Int), ("range".into(), Type::Range(Steps::By(1))), ("z".into(), Type::Int), ("one".into(), Type::Int)],
        blocks: vec![
            Block { steps: vec![(2, Step::Constant(s, Constant::Int(0))), (3, Step::Constant(z, Constant::Int(0))), (3, Step::Constant(one, Constant::Int(1))), (3, Step::Range(r, [z, n, one]))], end: (3, End::Jump(1)) },
            Block { steps: vec![], end: (3, End::Next { range: r, number: i, body: 2, done: 3 }) },
            Block { steps: vec![(4, Step::Binary(s, Operator::Add, s, i))], end: (4, End::Jump(1)) },
            Block { steps: vec![], end: (5, End::Return(s)) },
        ],
    }
}

#[test]
fn a_loop() {
    for _ in 0..3 {
        let start = Instant::now();
        let compiled = compile(&[total()], false).unwrap();
        eprintln!("{:?} {:?}", start.elapsed(), compiled.times);
    }
    let compiled = compile(&[total()], true).unwrap();
    eprintln!("{}\n{}", compiled.made[0].ir, compiled.made[0].assembly);
    let mut frame: Frame = [0; 16];
    frame[DEPTH] = 1000;
    let mask = std::hint::black_box(0);
    let mut best = [f64::MAX; 3];
    for _ in 0..60 {
    frame[0] = 10_000_000;
    let start = Instant::now();
    compiled.native.call(&mut frame).unwrap();
    best[0] = best[0].min(start.elapsed().as_secs_f64());
    let n = std::hint::black_box(10_000_000i64);
    let start = Instant::now();
    let mut s = 0i64;
    for i in 0..n { s = s.checked_add(std::hint::black_box(0) ^ i).unwrap(); }
    std::hint::black_box(s);
    best[1] = best[1].min(start.elapsed().as_secs_f64());
    let start = Instant::now();
    let mut s = 0i64;
    for i in 0..n { s = s.checked_add(mask ^ i).unwrap(); }
    std::hint::black_box(s);
    best[2] = best[2].min(start.elapsed().as_secs_f64());
    }
    eprintln!("{best:?}");
}
