//! Duties for too little being left, beside the plain ones that were settled before them.
//!
//! Input: what is owed late, and the plain duties. Output: the late ones, settled; apart from them those that equal
//! a plain one, which are to join it. Of a `single` action none is held beside a plain one that is: that one stays,
//! whoever overrides whom, as it has its room already.
//! Invariant: a plain duty keeps its verdict and its place among what others belong to.

use super::duties::Owed;
use super::judge::Judge;
use super::limits::Rooms;
use super::merge::{Dropped, Settled, SettledDuty, join, merge, settle_merged};

/// Late duties that equal plain ones: each with the place of the other among those that are held or withheld.
#[derive(Debug, Default)]
pub(super) struct Joining {
    held: Vec<(usize, SettledDuty)>,
    withheld: Vec<(usize, SettledDuty)>,
}

/// Settles late duties beside the plain ones.
pub(super) fn settle_late(
    judge: &mut Judge<'_, '_>,
    rooms: &mut Rooms,
    duties: Vec<Owed>,
    plain: &Settled,
) -> (Settled, Joining) {
    let mut joining = Joining::default();
    let mut dropped = Vec::new();
    let mut late = Vec::new();
    for duty in merge(judge, duties) {
        if let Some(place) = place_of_equal(&plain.held, &duty) {
            joining.held.push((place, duty));
        } else if let Some(place) = place_of_equal(&plain.withheld, &duty) {
            joining.withheld.push((place, duty));
        } else if let Some(loses) = loses_against(judge, &plain.held, &duty) {
            dropped.push(loses);
        } else {
            late.push(duty);
        }
    }
    let mut settled = settle_merged(judge, rooms, late);
    settled.dropped.append(&mut dropped);
    (settled, joining)
}

/// Where the equal of a duty stands; a duty that is blocked and one that is not stay apart.
fn place_of_equal(settled: &[SettledDuty], duty: &SettledDuty) -> Option<usize> {
    settled.iter().position(|other| other.equals(duty))
}

/// What is said of a duty of a `single` action where a plain one is held.
fn loses_against(
    judge: &Judge<'_, '_>,
    held: &[SettledDuty],
    duty: &SettledDuty,
) -> Option<Dropped> {
    let action = judge.moment.program().schema.action(duty.action)?;
    let may_be_held = action.single && !duty.hearing.is_blocked();
    let rival = held.iter().filter(|_| may_be_held);
    let rival = rival
        .into_iter()
        .find(|other| other.action == duty.action)?;
    rival.dropping(duty)
}

impl Joining {
    /// Makes each duty one with its equal.
    pub(super) fn into_plain(self, judge: &Judge<'_, '_>, plain: &mut Settled) {
        let lists = [
            (self.held, &mut plain.held),
            (self.withheld, &mut plain.withheld),
        ];
        for (joining, settled) in lists {
            for (place, duty) in joining {
                if let Some(first) = settled.get_mut(place) {
                    join(first, duty, judge.moment.zone());
                }
            }
        }
    }
}
