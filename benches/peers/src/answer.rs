//! What every program must answer, and the one writer for all but Courtesy, which writes its own decisions.

use std::io::Write;

/// Each proposal with each policy that speaks against it (all of them, not only the first: a decision is explained),
/// and the duties, all by the number of the policy.
#[derive(Default, PartialEq, Eq, Debug, Clone)]
pub struct Answer {
    pub proposals: u32,
    pub blocked: Vec<(u32, u32)>,
    pub duties: Vec<u32>,
}

impl Answer {
    pub fn clear(&mut self) {
        self.proposals = 0;
        self.blocked.clear();
        self.duties.clear();
    }

    /// In one order, whichever the program found them in.
    pub fn sort(&mut self) {
        self.blocked.sort_unstable();
        self.duties.sort_unstable();
    }

    /// Writes the answer as JSON: verdicts with the numbers of the policies, and the duties with their texts.
    pub fn write(&self, name: Option<&str>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"proposals\":[");
        let mut reasons = self.blocked.iter().peekable();
        for proposal in 0..self.proposals {
            separate(proposal > 0, out);
            write!(out, "{{\"id\":\"p{proposal}\",\"reasons\":[").unwrap();
            let mut count = 0;
            while let Some((_, policy)) = reasons.next_if(|(of, _)| *of == proposal) {
                separate(count > 0, out);
                write!(out, "{policy}").unwrap();
                count += 1;
            }
            let verdict = if count == 0 { "allowed" } else { "blocked" };
            write!(out, "],\"verdict\":\"{verdict}\"}}").unwrap();
        }
        out.extend_from_slice(b"],\"duties\":[");
        for (place, duty) in self.duties.iter().enumerate() {
            separate(place > 0, out);
            match duty {
                9 => write!(
                    out,
                    "{{\"text\":\"Welcome back, {}!\"}}",
                    name.unwrap_or_default()
                )
                .unwrap(),
                _ => out.extend_from_slice(b"{\"amount\":5}"),
            }
        }
        out.extend_from_slice(b"]}\n");
    }
}

fn separate(needed: bool, out: &mut Vec<u8>) {
    if needed {
        out.push(b',');
    }
}
