//! Names that are also something else.

/// One name of each kind.
pub(super) fn names() -> Vec<String> {
    let names = [
        "Amir",
        "<script>alert(1)</script>",
        "<b>Amir</b>",
        "\"><img src=x onerror=\"alert(1)\">",
        "'; DROP TABLE customers; --",
        "{customer.id}",
        "{{ customer.id }} ${id} %(id)s #{id}",
        "=cmd|'/C calc'!A0",
        "@SUM(1+1)*cmd",
        "+1\t-1,\"a\";b",
        "Amir\nBcc: all@example.com",
        "Amir\r\nSubject: hello\r\n\r\nbody",
        "\u{1b}[31mred\u{1b}[0m \u{1b}]8;;http://example.com\u{7}link",
        "\u{8}\u{8}\u{8}\u{7f}",
        "\u{202e}rima\u{2066}\u{200b}\u{200f}",
        "a\u{2028}b\u{2029}c\u{85}d",
        "\u{0}Amir",
        "\\u003cb\\u003e \\n \\x1b",
        "]]> <!-- &amp; &#60;",
        "]]>",
        "\u{feff}\u{fffe}\u{ffff}",
        "\u{e0041}\u{e0042}\u{ad}",
        "- item\n# heading\n```\ncode",
        "https://example.com/?a=1&b=2",
        "../../../etc/passwd",
        "Ünïcødé 客戶 👩‍👩‍👧",
    ];
    let mut names: Vec<String> = names.iter().map(|name| (*name).to_string()).collect();
    names.push("x".repeat(100_000));
    names.push("<".repeat(1_000));
    names.push(format!("a{}", "\u{301}".repeat(1_000)));
    names
}
