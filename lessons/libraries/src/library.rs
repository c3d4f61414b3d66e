use std::ops::Range;

use kernels::{AnyKernel, Kernel};
use measure::{Context, Error, Strategy, row};
use threads::HotTeam;
use work_stealing::{ChiliPool, Deques, ParalightPool, RayonPool};

use crate::costs::delays;
use crate::{
    OrxPool, TokioPool, chili, deques, hot_team, orx_parallel, paralight_fixed, paralight_stealing,
    rayon_join, scoped, tokio_blocking, tokio_tasks,
};

/// A library: the row of it, and how it sums where a task asks for a sum.
pub(crate) struct Library<K: Kernel> {
    pub(crate) row: Strategy<K>,
    pub(crate) nested: Nested<K>,
    /// How late timers of a runtime are while it sums; `None` where nobody asks.
    pub(crate) timers: Option<Timers>,
}

/// A sum within a task.
pub(crate) enum Nested<K: Kernel> {
    /// The same pool can be asked.
    Row(Strategy<K>),
    /// It cannot, for this reason.
    Never(&'static str),
}

/// How late a timer is at worst, in seconds: in a runtime that has nothing else to do, and beside this sum.
pub(crate) type Timers = fn(&AnyKernel, Range<u64>, &Context) -> Result<[f64; 2], Error>;

const ONE_CALLER: &str = "the caller is a worker, and a pool has one";
const BORROWED: &str = "a sum borrows the whole pool, so a second one does not compile";

/// All of them, in reading order: the simplest first.
pub(crate) fn libraries<K: Kernel>() -> Vec<Library<K>> {
    use Nested::{Never, Row};
    let quiet = |row, nested| Library { row, nested, timers: None };
    vec![
        quiet(
            row!(scoped, "the standard library: threads for every sum"),
            Row(Strategy::new("scoped", "", scoped::nested)),
        ),
        quiet(
            row!(hot_team, "for comparison: threads that wait awake, of threads", on HotTeam::start),
            Never(ONE_CALLER),
        ),
        Library {
            row: row!(rayon_join, "rayon: halves of halves, and idle threads steal", on RayonPool::start),
            nested: Row(Strategy::pool(
                "rayon_join",
                "",
                RayonPool::start,
                |kernel, terms, pool| rayon_join::nested(kernel, terms, pool),
            )),
            timers: Some(|kernel, terms, context| {
                // The runtime of a server, which has left the sum to rayon.
                let (pool, beside) =
                    (RayonPool::start(kernel, context)?, TokioPool::start(kernel, context)?);
                delays(&beside, &mut || rayon_join(kernel, terms.clone(), &pool).map(drop))
            }),
        },
        quiet(
            row!(chili, "chili: halves, offered to others now and then", on ChiliPool::start)
                .unpinned("chili starts its threads itself, and offers no way in"),
            Row(Strategy::pool("chili", "", ChiliPool::start, chili::nested)),
        ),
        quiet(
            row!(paralight_fixed, "paralight: one range of blocks each", on ParalightPool::fixed),
            Never(BORROWED),
        ),
        quiet(
            row!(
                paralight_stealing,
                "the same call, and idle threads steal",
                on ParalightPool::stealing
            )
            .in_any_order(),
            Never(BORROWED),
        ),
        quiet(
            row!(orx_parallel, "orx-parallel: chunks of one shared iterator", on OrxPool::start)
                .in_any_order()
                .unpinned("orx-parallel starts its threads itself, and offers no way in"),
            Row(Strategy::pool("orx_parallel", "", OrxPool::start, |kernel, terms, pool| {
                orx_parallel::nested(kernel, terms, pool)
            })),
        ),
        quiet(
            row!(deques, "for comparison: the scheduler of work-stealing", on Deques::start)
                .in_any_order(),
            Never(ONE_CALLER),
        ),
        Library {
            row: row!(tokio_blocking, "tokio: a range each, where one may block", on TokioPool::start),
            nested: Row(Strategy::pool(
                "tokio_blocking",
                "",
                TokioPool::start,
                |kernel, terms, pool| tokio_blocking::nested(kernel, terms, pool),
            )),
            timers: Some(|kernel, terms, context| {
                let pool = TokioPool::start(kernel, context)?;
                delays(&pool, &mut || tokio_blocking(kernel, terms.clone(), &pool).map(drop))
            }),
        },
        Library {
            row: row!(tokio_tasks, "the mistake: tasks that compute and never await", on TokioPool::start),
            nested: Row(Strategy::pool(
                "tokio_tasks",
                "",
                TokioPool::start,
                |kernel, terms, pool| tokio_tasks::nested(kernel, terms, pool),
            )),
            timers: Some(|kernel, terms, context| {
                let pool = TokioPool::start(kernel, context)?;
                delays(&pool, &mut || tokio_tasks(kernel, terms.clone(), &pool).map(drop))
            }),
        },
    ]
}
