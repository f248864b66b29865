//! Gives each expectation a duty of its own, as many of them as can have one.
//!
//! Input: for each expectation the duties that fit it. Output: its duty, or none. Two expectations never share a
//! duty: who expects two equal duties expects two.

use std::collections::VecDeque;

/// The duty of each expectation.
pub(super) fn match_up(fitting: &[Vec<usize>], duties: usize) -> Vec<Option<usize>> {
    let mut matching = Matching {
        fitting,
        taken_by: vec![None; duties],
        duty_of: vec![None; fitting.len()],
    };
    for expectation in 0..fitting.len() {
        matching.place(expectation);
    }
    matching.duty_of
}

struct Matching<'f> {
    fitting: &'f [Vec<usize>],
    /// By duty: whose it is.
    taken_by: Vec<Option<usize>>,
    /// By expectation: its duty.
    duty_of: Vec<Option<usize>>,
}

impl Matching<'_> {
    /// Finds a duty for the expectation, moving others to other duties where that makes room.
    fn place(&mut self, expectation: usize) {
        let mut reached_from: Vec<Option<usize>> = vec![None; self.taken_by.len()];
        let mut waiting = VecDeque::from([expectation]);
        while let Some(asking) = waiting.pop_front() {
            for duty in self.fitting.get(asking).into_iter().flatten() {
                let Some(reached @ None) = reached_from.get_mut(*duty) else {
                    continue;
                };
                *reached = Some(asking);
                match self.taken_by.get(*duty).copied().flatten() {
                    Some(owner) => waiting.push_back(owner),
                    None => return self.hand_over(*duty, &reached_from),
                }
            }
        }
    }

    /// Gives the duty to who reached it, and what that one had to who reached that, back to the first.
    fn hand_over(&mut self, duty: usize, reached_from: &[Option<usize>]) {
        let mut next = Some(duty);
        while let Some(duty) = next {
            let Some(owner) = reached_from.get(duty).copied().flatten() else {
                return;
            };
            next = self.duty_of.get(owner).copied().flatten();
            if let (Some(taken_by), Some(duty_of)) =
                (self.taken_by.get_mut(duty), self.duty_of.get_mut(owner))
            {
                *taken_by = Some(owner);
                *duty_of = Some(duty);
            }
        }
    }
}
