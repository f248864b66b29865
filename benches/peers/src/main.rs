//! Courtesy, other engines and hand-written programs on one workload, side by side in one run.
//!
//! `README.md` says what each sub-command measures. The other engines are there with the feature `peers`.

mod answer;
mod child;
mod commands;
mod markdown;
mod measure;
#[cfg(feature = "peers")]
mod peers;
mod programs;
mod results;
mod workload;

const USAGE: &str = "\
verify | decide | end-to-end | growth | compile | cold | ndjson   measure a part, print its table and keep it
table                           goals beside what the kept parts say
machine                         what it was measured on
page FILE…                      write the kept parts between the markers of files
once PART [PROGRAM [COUNT [PURCHASES PROPOSALS]]]
                                run decide, read, write or end-to-end so often, for a profiler
write-cases FILE COUNT FORM     a file of cases or records, one a line";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["verify"] => commands::verify::run(),
        ["decide"] => commands::decide::loaded(),
        ["end-to-end"] => commands::decide::end_to_end(),
        ["growth"] => commands::growth::run(),
        ["compile"] => commands::compile::run(),
        ["cold"] => commands::cold::run(),
        ["cold-start", program] => commands::cold::start(program),
        ["ndjson"] => commands::ndjson::run(),
        ["stream", program, file, limit] => commands::ndjson::stream(program, file, number(limit)),
        ["table"] => commands::table::run(),
        ["machine"] => commands::machine::run(),
        ["page", ref files @ ..] if !files.is_empty() => commands::page::run(files),
        ["once", part, ref how @ ..] => commands::once::run(part, how),
        ["write-cases", file, count, form] => {
            commands::ndjson::write(file, number(count), commands::ndjson::form(form));
        }
        _ => {
            eprintln!("{USAGE}");
            std::process::exit(2);
        }
    }
}

fn number(text: &str) -> usize {
    text.parse()
        .unwrap_or_else(|_| panic!("a number, not {text}"))
}
