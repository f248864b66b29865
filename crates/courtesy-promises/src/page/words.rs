//! The words of the page of promises.

use super::{Figures, grouped, percent};

/// A promise, the job that could break it, and what else the job counts.
pub(super) struct Promise {
    pub(super) title: &'static str,
    pub(super) job: &'static str,
    pub(super) text: &'static str,
    pub(super) more: fn(&Figures<'_>) -> Vec<String>,
}

pub(super) const HEAD: &str = "# What Courtesy promises

Each promise has a job that could break it. The jobs share one generator of random packages and cases
(`crates/courtesy-promises`): packages of every verb, clause, operator and type, and cases near the edges of what they
compare with. `scripts/promises.sh` runs them all in their long form, writes `promises.json` and makes this page from
it; `scripts/promises.sh quick` is what every change must pass; `scripts/promises.sh JOB… [--cases N] [--seed S]` runs
some. A find is one line that `--replay` tries again and makes small.
";

pub(super) const PROMISES: [Promise; 14] = [
    Promise {
        title: "What checks never fails",
        job: "soundness",
        text: "A package that checks decides every case that fits: nothing panics, every proposal has a verdict, the decision is
JSON that reads again, deciding again gives the same bytes, and so does deciding with an explanation or a trace.",
        more: coverage,
    },
    Promise {
        title: "The language decides, not the program",
        job: "parity",
        text: "A second evaluator, small and naive, was written from the language reference alone. It shares only the syntax tree and
the values with the engine. Both give the same decision, but for `package` and `until`.",
        more: nothing,
    },
    Promise {
        title: "What must not matter does not",
        job: "relations",
        text: "The order of files, declarations and clauses, and the names of files change no byte. Other names of variables,
parameters, definitions and tables, one more policy that never fires, one more field and one more input that nobody
reads change no decision. With every date 400 years later, a whole round of the calendar, verdicts are the same and
boundaries as much later; zones, shares and years by number are left out of this. A batch decides each case as if it were
alone.",
        more: relations,
    },
    Promise {
        title: "What is wrong is refused, in its place",
        job: "mistakes",
        text: "One mistake at a time is planted in a package that checks. Each is refused, with a message whose place touches what was
planted. One mistake should get one message; how often it got more is counted.",
        more: mistakes,
    },
    Promise {
        title: "Doubt means less contact",
        job: "less-contact",
        text: "One `optional` field of a case is left out. If a proposal that was blocked or limited is allowed then, the package asks
about that field by name: its name stands somewhere before `is known`, `is unknown` or `otherwise`, or alone in a
`define` of what may be missing. A package that compares whole records, of which the field is a part, is left out of
this: a record without the field is another record.",
        more: contact,
    },
    Promise {
        title: "The cost is known beforehand",
        job: "cost",
        text: "`courtesy check --cost` states the most steps that a decision takes, in the lengths of the lists. A metered copy of the
program counts the steps of real cases: never more than stated. Random cases are seldom the worst; worst cases built by
hand reach at least a third of what is stated (`src/cost/tests`).",
        more: cost,
    },
    Promise {
        title: "Until when",
        job: "until",
        text: "Beside `blocked` and `limited` stands a boundary. The second evaluator, which knows of no boundaries, is asked at random
instants before it, where the verdict must be the same, and there and one nanosecond behind it, where it must be another.",
        more: until,
    },
    Promise {
        title: "Formatting changes no meaning",
        job: "formatting",
        text: "A formatted package checks, has the same fingerprint, keeps every comment, decides its cases with the same bytes, and is
not changed by formatting it again. The cases here are files.",
        more: nothing,
    },
    Promise {
        title: "The same share for ever",
        job: "holdouts",
        text: "Slots are those of the 1,000 published vectors (`tests/vectors/slots.json`), which another program worked out. Over
consecutive ids they spread evenly: the chi-square of 100 classes lies between its quantiles of 0.001 and 0.999. A
share that grows holds everybody whom it held.",
        more: holdouts,
    },
    Promise {
        title: "Time grows as the text does",
        job: "growth",
        text: "Files of many shapes, sound and hostile, are parsed, checked and formatted, and a case is decided and explained in
full, at four sizes, each twice the one before. The exponent with which the time of a step grows is at most 1.2. The cases are a step over a shape; the times are those of
the machine that ran it.",
        more: growth,
    },
    Promise {
        title: "A file is whole, or as it was",
        job: "crash",
        text: "Every call of the command that changes a file fails once in every way: the process dies before it, in its middle or
after it, the disk is full, the call is interrupted. Then `apply` is killed at random moments. No file is torn, what was
read is decided or quarantined, and a second run leaves the bytes of a whole one.",
        more: crash,
    },
    Promise {
        title: "What is private is not told",
        job: "canaries",
        text: "A canary stands in a private field of every type and in every place. It is looked for, in every form in which its value
could be written, in all that the commands print and that hosts may log. It may stand in what is declared to go out,
`with` and `because`, and in the quarantine's own copy of a record. The cases are texts that were searched.",
        more: nothing,
    },
    Promise {
        title: "Text from a record is data",
        job: "names",
        text: "Names that are markup, templates, headers and commands, or steer a terminal, go through every output: JSON gives them
back as they were, pages and reports hold no foreign tag, and in a text the parts that came from the record stand
apart, so that a host can escape them. The cases are outputs that were looked at.",
        more: nothing,
    },
    Promise {
        title: "The same bytes wherever it runs",
        job: "surroundings",
        text: "The cases of every example are decided, explained and run as a batch on other numbers of threads, in other time zones,
languages and folders, with colour and logs asked for, and with the files written in another order. All print the same
bytes. The cases are packages in such surroundings.",
        more: nothing,
    },
];

pub(super) const FOUND: &str = "
## What the hunt found

- A `limit` that is `report only` took room for what it would have refused, so it reported more than it would have
  refused in force. It counts as if it were in force now.
- A misspelt action after `never` or `always` got a second message, about the fields of the action that was meant, or
  about an override of it. It gets one.
- The zone behind a phrase is that of the whole phrase, says the reference; in `today at 10:00 in \"Asia/Kolkata\"` the day
  was the package's. It is Kolkata's now.
- Of a `single` action, a duty `on fewer than N` could be held beside another one, and an equal one was owed twice. It
  joins its equal now, or gives way.
- A list that is empty on one side of an `if` had no type, and what was compared with it printed nothing. The other side
  gives the type now.
- A trace decided otherwise than the engine where a policy's only reading of the candidate could be folded away
  (`0 hours is at least 1 second`): it was judged for the case, and for the candidate under a trace. It is judged for
  each candidate now (`--replay \"soundness 08ca378997f0c00f 0\"`).
- The second evaluator did not know what the `where` of a witness found itself (`any order in … where any item in …`), in
  four packages of ten thousand. It does now (`--replay \"parity fb4a4dc8819d2daa 0\"`).
- What a misspelt name may have meant was looked for among all names, for each mistake anew: the time of checking grew
  with an exponent of 1.56 in misspelt names. What is looked through is bounded now.
- `within 19 days of now in \"Europe/London\"` is refused, though `19 days after now in \"Europe/London\"` is not: write
  `(now)`. Not mended yet.
- Within the first and the last days of the years 1 to 9999, where a window would leave them, `within last 0 days` and
  `within this week` leave out the moment itself: at `now` 0001-01-01T00:00:00Z, west of Greenwich. The reference
  evaluator counts it in. Not mended yet; the generator decides at no moment so near to the ends.
- `count of customer.orders + 1` counts `customer.orders + 1`, and the message speaks of a list and a Number. Brackets
  around the count are what it should offer. Not mended yet.
";

fn cost(job: &Figures<'_>) -> Vec<String> {
    let shares = job.starting("").into_iter();
    let shares = shares.filter(|(name, _)| name.ends_with("of the stated cost"));
    let each: Vec<String> = shares
        .map(|(name, count)| format!("{name}: {}", grouped(count)))
        .collect();
    let refused = grouped(job.figure("packages refused"));
    vec![
        String::new(),
        format!("- Cases by what they took: {}.", each.join("; ")),
        format!(
            "- {refused} of {} packages could take too many steps and were refused.",
            grouped(job.figure("packages"))
        ),
    ]
}

fn nothing(_: &Figures<'_>) -> Vec<String> {
    Vec::new()
}

fn coverage(job: &Figures<'_>) -> Vec<String> {
    let packages = job.figure("packages");
    let uses = job.starting("uses: ");
    let least = uses.iter().min_by_key(|(_, count)| *count);
    let least = least.map_or(String::new(), |(name, count)| {
        format!("the rarest, `{name}`, in {}", percent(*count, packages))
    });
    vec![
        String::new(),
        format!(
            "- {} packages, of which the checker refused {}; {} of the cases did not fit.",
            grouped(packages),
            job.percent("packages refused", "packages"),
            grouped(job.figure("cases that do not fit"))
        ),
        format!(
            "- {} parts of the language are used, {least} of the packages.",
            uses.len()
        ),
        format!(
            "- {} policies; each asked in every case of its package, they fired in {}. {} fired in 20 to 80 % of the cases, {} never.",
            grouped(job.figure("policies")),
            job.percent("policies × cases fired", "policies × cases"),
            job.percent("policies fired in 20 to 80 %", "policies"),
            job.percent("policies that never fired", "policies")
        ),
        format!(
            "- {} proposals were allowed, {} blocked, {} limited; {} duties were owed, {} withheld.",
            grouped(job.figure("proposals allowed")),
            grouped(job.figure("proposals blocked")),
            grouped(job.figure("proposals limited")),
            grouped(job.figure("duties")),
            grouped(job.figure("duties withheld"))
        ),
    ]
}

fn relations(job: &Figures<'_>) -> Vec<String> {
    let names = [
        "order",
        "files",
        "names",
        "silent policy",
        "unread",
        "later",
        "batch",
    ];
    let each = names.map(|name| format!("{name} {}", grouped(job.figure(name))));
    vec![
        String::new(),
        format!("Cases by relation: {}.", each.join(", ")),
    ]
}

fn mistakes(job: &Figures<'_>) -> Vec<String> {
    let kinds = job.starting("planted: ");
    let more = job.starting("more than one message: ");
    let more: Vec<String> = more
        .iter()
        .map(|(kind, count)| format!("{kind} ({})", grouped(*count)))
        .collect();
    let more = if more.is_empty() {
        "none".to_string()
    } else {
        more.join("; ")
    };
    vec![
        String::new(),
        format!(
            "- {} kinds of mistakes; {} messages in all.",
            kinds.len(),
            grouped(job.figure("messages"))
        ),
        format!("- More than one message: {more}."),
    ]
}

fn contact(job: &Figures<'_>) -> Vec<String> {
    let by_name = grouped(job.figure("no turned into yes, by name"));
    vec![
        String::new(),
        format!(
            "A no turned into a yes {by_name} times, where the package asks by name or compares records."
        ),
    ]
}

fn until(job: &Figures<'_>) -> Vec<String> {
    let refused = grouped(job.figure("blocked or limited"));
    vec![
        String::new(),
        format!(
            "{refused} proposals were blocked or limited; the cases are those with a boundary."
        ),
    ]
}

fn growth(job: &Figures<'_>) -> Vec<String> {
    let mut grown = job.starting("exponent × 100: ");
    grown.sort_by_key(|(_, exponent)| std::cmp::Reverse(*exponent));
    let largest = grown.iter().take(5);
    let largest: Vec<String> = largest
        .map(|(what, exponent)| format!("{}.{:02} ({what})", exponent / 100, exponent % 100))
        .collect();
    vec![
        String::new(),
        format!("The largest exponents: {}.", largest.join(", ")),
    ]
}

fn crash(job: &Figures<'_>) -> Vec<String> {
    vec![
        String::new(),
        format!(
            "{} calls that change a file; {} runs were killed on the way, {} had ended before.",
            grouped(job.figure("calls that change a file")),
            grouped(job.figure("killed on the way")),
            grouped(job.figure("killed too late"))
        ),
    ]
}

fn holdouts(job: &Figures<'_>) -> Vec<String> {
    let squares = job.starting("chi-square × 1000 under ");
    let squares: Vec<String> = squares
        .iter()
        .map(|(name, square)| format!("{}.{:03} under {name}", square / 1_000, square % 1_000))
        .collect();
    vec![
        String::new(),
        format!(
            "Chi-square (99 degrees of freedom): {}.",
            squares.join(", ")
        ),
    ]
}
