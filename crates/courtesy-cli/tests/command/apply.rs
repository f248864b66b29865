//! `courtesy apply`: nothing lost, nothing reordered, the same bytes always.

use super::support::{NOW, Place, customers, gzip, json_lines};

/// `apply` on stdin, each line a customer, to stdout.
const PIPED: [&str; 8] = [
    "apply",
    "shop",
    "--records",
    "-",
    "--as",
    "customer",
    "--now",
    NOW,
];

fn piped_and<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&PIPED[..], more].concat()
}

#[test]
fn every_record_is_decided_in_order() {
    let place = Place::new();
    let run = place
        .run_with(&PIPED, customers(1000).as_bytes())
        .ends_with(0);
    assert!(
        run.stderr
            .starts_with("1,000 records: 1,000 decided, 0 quarantined in "),
        "{run:#?}"
    );
    let decisions = json_lines(run.stdout.as_bytes());
    assert_eq!(decisions.len(), 1000);
    for (index, decision) in decisions.iter().enumerate() {
        let (id, age) = (index + 1, (index + 1) % 100);
        let greeting = decision["duties"][0]["with"]["text"].as_str();
        let expected = (age >= 65).then(|| format!("Good day, c{id}!"));
        assert_eq!(greeting, expected.as_deref());
    }
}

#[test]
fn the_bytes_are_the_same_for_any_number_of_threads_zone_and_language() {
    let place = Place::new();
    place.write(
        "proposals.json",
        r#"[ { "id": "p", "action": "sell", "with": { "what": "wine" } } ]"#,
    );
    let records = customers(3000).replace("\"c77\"", "77");
    place.write("records", &records);
    let mut seen = Vec::new();
    for (jobs, zone, language) in [
        ("1", "UTC", "C"),
        ("2", "Asia/Kolkata", "de_DE.UTF-8"),
        ("7", "nonsense", "tr_TR"),
    ] {
        let mut command = place.command(&[
            "apply",
            "shop",
            "--records",
            "records",
            "--as",
            "customer",
            "--now",
            NOW,
            "--jobs",
            jobs,
            "--propose",
            "proposals.json",
            "--out",
            "out",
            "--quarantine",
            "bad",
            "--summary",
            "summary",
        ]);
        let status = command
            .env("TZ", zone)
            .env("LANG", language)
            .env("LC_ALL", language)
            .status()
            .unwrap();
        assert_eq!(status.code(), Some(3));
        seen.push((place.read("out"), place.read("bad"), place.read("summary")));
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
    let summary: serde_json::Value = serde_json::from_slice(&seen[0].2).unwrap();
    assert_eq!(summary["records"], 3000);
    assert_eq!(summary["decided"], 2999);
    assert_eq!(summary["quarantined"], 1);
    assert_eq!(summary["actions"]["sell"]["blocked"], 540);
}

#[test]
fn poison_is_quarantined_byte_for_byte_and_its_neighbours_survive() {
    let place = Place::new();
    let deep = [vec![b'['; 100_000], vec![b']'; 100_000]].concat();
    let hostile: [&[u8]; 16] = [
        b"{",
        b"null",
        b"[]",
        b"\"customer\"",
        b"{\"id\":\"a\"}",
        b"{\"id\":\"a\",\"age\":\"old\"}",
        b"{\"id\":\"a\",\"age\":1,\"age\":2}",
        b"{\"id\":\"a\",\"age\":1} {}",
        b"{\"id\":\"a\",\"age\":1}\x00",
        b"{\"id\":\"\xff\xfe\",\"age\":1}",
        b"{\"id\":\"\xed\xa0\x80\",\"age\":1}",
        b"{\"id\":\"\\ud800\",\"age\":1}",
        b"{\"id\":null,\"age\":1}",
        b"\xef\xbb\xbf{}",
        b"{'id': \"\x1b[31m\x7f\t\"}\r",
        &deep,
    ];
    let mut records = Vec::new();
    for (index, poison) in hostile.iter().enumerate() {
        records.extend_from_slice(format!("{{\"id\":\"good {index}\",\"age\":70}}\n").as_bytes());
        records.extend_from_slice(poison);
        records.push(b'\n');
    }
    // What ends with CR would lose it to a line end of CR LF, so it has one more.
    let crs = b"\"}\r\n".as_slice();
    let at = records.windows(4).position(|window| window == crs).unwrap();
    records.insert(at + 2, b'\r');

    let run = place
        .run_with(&piped_and(&["--quarantine", "bad"]), &records)
        .ends_with(3);
    let decisions = json_lines(run.stdout.as_bytes());
    assert_eq!(decisions.len(), hostile.len());
    for (index, decision) in decisions.iter().enumerate() {
        assert_eq!(
            decision["duties"][0]["with"]["text"],
            format!("Good day, good {index}!")
        );
    }
    let bad = json_lines(&place.read("bad"));
    assert_eq!(bad.len(), hostile.len());
    for (index, (entry, poison)) in bad.iter().zip(hostile).enumerate() {
        assert_eq!(entry["line"], 2 * index + 2);
        assert!(entry["path"].as_str().unwrap().starts_with('$'), "{entry}");
        assert!(
            !entry["code"].as_str().unwrap().is_empty()
                && !entry["message"].as_str().unwrap().is_empty()
        );
        match std::str::from_utf8(poison) {
            Ok(text) => assert_eq!(entry["record"], text),
            Err(_) => assert!(entry["record"].is_null() && entry["record_base64"].is_string()),
        }
    }
    assert_eq!(bad[9]["record_base64"], "eyJpZCI6Iv/+IiwiYWdlIjoxfQ==");
    run.says("32 records: 16 decided, 16 quarantined to `bad` in ");
}

#[test]
fn without_a_quarantine_file_the_first_few_are_shown() {
    let place = Place::new();
    let records = format!("{}{}", customers(1), "[]\n".repeat(12));
    let run = place.run_with(&PIPED, records.as_bytes()).ends_with(3);
    assert_eq!(
        run.stderr
            .lines()
            .filter(|line| line.starts_with("line "))
            .count(),
        10
    );
    assert!(run.stderr.starts_with("line 2, `$`: "), "{run:#?}");
    run.says("... and 2 more\n")
        .says("12 quarantined (--quarantine FILE keeps them) in ");
}

#[test]
fn line_ends_blank_lines_and_marks_are_no_records() {
    let place = Place::new();
    let records = "\u{feff}{\"id\":\"a\",\"age\":70}\r\n\n  \t\r\n{\"id\":\"b\",\"age\":70}";
    let run = place.run_with(&PIPED, records.as_bytes()).ends_with(0);
    assert_eq!(run.stdout.lines().count(), 2);
    let nothing = place.run_with(&PIPED, b"").ends_with(0);
    assert_eq!(nothing.stdout, "");
    nothing.says("0 records: 0 decided, 0 quarantined");
}

#[test]
fn gzip_is_seen_by_its_bytes_in_several_members_too() {
    let place = Place::new();
    let plain = place
        .run_with(&PIPED, customers(40).as_bytes())
        .ends_with(0);
    let records = customers(40);
    // Cut in the middle of a line: the members are one stream.
    let (first, second) = records.split_at(333);
    let members = [gzip(first.as_bytes()), gzip(b""), gzip(second.as_bytes())].concat();
    let packed = place.run_with(&PIPED, &members).ends_with(0);
    assert_eq!(packed.stdout, plain.stdout);
    place.write("records", &members);
    let file = place.run(&[
        "apply",
        "shop",
        "--records",
        "records",
        "--as",
        "customer",
        "--now",
        NOW,
    ]);
    assert_eq!(file.ends_with(0).stdout, plain.stdout);
}

#[test]
fn torn_gzip_leaves_no_file() {
    let place = Place::new();
    let whole = gzip(customers(20_000).as_bytes());
    let mut flipped = whole.clone();
    let checksum = flipped.len() - 6;
    flipped[checksum] ^= 1;
    let with_junk = [&whole[..], b"junk"].concat();
    for torn in [
        &whole[..whole.len() - 1],
        &whole[..whole.len() / 2],
        &whole[..5],
        &flipped,
        &with_junk,
    ] {
        place.write("records", torn);
        let run = place.run(&[
            "apply",
            "shop",
            "--records",
            "records",
            "--as",
            "customer",
            "--now",
            NOW,
            "--out",
            "out",
            "--quarantine",
            "bad",
            "--summary",
            "summary",
        ]);
        run.ends_with(2).says("cannot read `records`: ");
        assert_eq!(place.names(), ["records", "shop"]);
    }
}

#[test]
fn other_formats_are_refused_by_name() {
    let place = Place::new();
    let zstandard = [0x28, 0xb5, 0x2f, 0xfd, 0];
    for (bytes, format) in [
        (&zstandard[..], "zstd"),
        (b"PAR1....", "Parquet"),
        (b"\xff\xfe{\0", "UTF-16"),
    ] {
        let run = place.run_with(&PIPED, bytes).ends_with(2);
        run.says(&format!(
            "`stdin` is {format}; records are accepted as NDJSON"
        ));
    }
    place.write("records.csv", "id,age\n");
    place
        .run(&["apply", "shop", "--records", "records.csv"])
        .ends_with(2)
        .says("`records.csv` is CSV; ");
}

#[test]
fn no_file_is_read_and_written_or_written_twice() {
    let place = Place::new();
    place.write("records", customers(3));
    let apply = [
        "apply",
        "shop",
        "--records",
        "records",
        "--as",
        "customer",
        "--now",
        NOW,
    ];
    for more in [
        ["--out", "records", "--quarantine", "bad"],
        ["--out", "same", "--summary", "same"],
        ["--out", "same", "--quarantine", "./shop/../same"],
        ["--quarantine", "bad", "--summary", ".bad.courtesy-partial"],
        ["--quarantine", "bad", "--propose", "bad"],
    ] {
        place
            .run(&[&apply[..], &more].concat())
            .ends_with(2)
            .says("both name");
    }
    place
        .run(&[&apply[..], &["--quarantine", "-"]].concat())
        .ends_with(2)
        .says("needs the name of a file");
    place
        .run(&[&apply[..], &["--out", "shop"]].concat())
        .ends_with(2)
        .says("is a folder");
    place
        .run(&[&apply[..], &["--out", "no/such/out"]].concat())
        .ends_with(2)
        .says("cannot write");
    assert_eq!(place.read("records"), customers(3).as_bytes());
    assert_eq!(place.names(), ["records", "shop"]);
}

#[test]
fn lines_may_be_whole_cases() {
    let place = Place::new();
    let timeless = r#"{"inputs":{"customer":{"id":"a","age":70}}}"#;
    let dated = r#"{"now":"2020-02-02T02:02:02Z","inputs":{"customer":{"id":"b","age":3}}}"#;
    let records = format!("{timeless}\n{dated}\n");
    let run = place.run_with(
        &["apply", "shop", "--records", "-", "--now", NOW],
        records.as_bytes(),
    );
    let decisions = json_lines(run.ends_with(0).stdout.as_bytes());
    assert_eq!(decisions[0]["now"], NOW);
    assert_eq!(decisions[1]["now"], "2020-02-02T02:02:02Z");
    let clock = place
        .run_with(&["apply", "shop", "--records", "-"], records.as_bytes())
        .ends_with(0);
    clock.says("the clock gives `now` of every case that has none; --now ");
}

#[test]
fn options_that_do_not_fit_and_wrong_packages_decide_nothing() {
    let place = Place::new();
    place.write("records", customers(3));
    let run = place.run(&[
        "apply",
        "shop",
        "--records",
        "records",
        "--as",
        "custmer",
        "--now",
        NOW,
        "--out",
        "out",
    ]);
    run.ends_with(2).says("the options do not fit the package");
    place.write(
        "shop/wrong.courtesy",
        "policy \"Wrong\"\n  never sell\n  when customer.nonsense is 1\n",
    );
    let run = place.run(&[
        "apply",
        "shop",
        "--records",
        "records",
        "--as",
        "customer",
        "--now",
        NOW,
        "--out",
        "out",
    ]);
    assert_eq!(run.stdout, "");
    run.ends_with(1);
    assert_eq!(place.names(), ["records", "shop"]);
}
