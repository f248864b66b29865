//! Times of the thread's CPU, taken in rounds.
//!
//! Each round runs every entry for a moment, one after the other, so that what disturbs the machine disturbs all of
//! them; a ratio is taken within its round, and the median over the rounds is told.

/// CPU time of this thread, in seconds: what else runs on the machine does not count.
pub fn cpu() -> f64 {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: the pointer is to a value of the right type that lives through the call.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

/// What is run, again and again.
pub type Run<'a> = Box<dyn FnMut() + 'a>;

/// How often.
#[derive(Clone, Copy)]
pub struct Rounds {
    pub rounds: usize,
    /// The rounds of what takes longer than [`SLOW`] a call.
    pub slow_rounds: usize,
    /// How long an entry runs in a round, at the least once.
    pub seconds: f64,
}

const SLOW: f64 = 0.1;

/// Seconds a call, for each entry its rounds.
pub fn rounds(entries: &mut [Run<'_>], how: Rounds) -> Vec<Vec<f64>> {
    let calls: Vec<Calls> = entries
        .iter_mut()
        .map(|run| Calls::find(run, how))
        .collect();
    let mut times = vec![Vec::new(); entries.len()];
    for round in 0..how.rounds {
        for ((run, calls), times) in entries.iter_mut().zip(&calls).zip(&mut times) {
            if round < calls.rounds {
                // What ran in between has taken its place in the caches.
                run();
                times.push(average(run, calls.in_a_round));
            }
        }
    }
    times
}

/// How often one entry is called.
struct Calls {
    in_a_round: u32,
    rounds: usize,
}

impl Calls {
    fn find(run: &mut Run<'_>, how: Rounds) -> Calls {
        let first = average(run, 1);
        if first > SLOW {
            return Calls {
                in_a_round: 1,
                rounds: how.slow_rounds,
            };
        }
        let warm = if first < 1e-3 { 16 } else { 1 };
        let one = average(run, warm).max(1e-8);
        Calls {
            in_a_round: ((how.seconds / one) as u32).clamp(1, 1_000_000),
            rounds: how.rounds,
        }
    }
}

fn average(run: &mut Run<'_>, calls: u32) -> f64 {
    let start = cpu();
    (0..calls).for_each(|_| run());
    (cpu() - start) / f64::from(calls)
}

/// The one in the middle.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

/// The median over the rounds of one entry's time by another's in the same round.
pub fn ratio(times: &[f64], base: &[f64]) -> f64 {
    let ratios: Vec<f64> = times
        .iter()
        .zip(base)
        .map(|(one, base)| one / base)
        .collect();
    median(&ratios)
}
