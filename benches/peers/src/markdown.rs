//! Tables in Markdown, and figures in the units that people read.

/// A table that grows row by row.
pub struct Table {
    text: String,
}

impl Table {
    /// The first column is text, the others are figures.
    pub fn new(columns: &[&str]) -> Table {
        let line = format!("| {} |\n| --- |", columns.join(" | "));
        let figures = " ---: |".repeat(columns.len() - 1);
        Table {
            text: format!("{line}{figures}\n"),
        }
    }

    pub fn row(&mut self, cells: &[String]) {
        self.text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }

    pub fn finish(self) -> String {
        self.text
    }
}

/// A time with three digits that count.
pub fn time(seconds: f64) -> String {
    let (value, unit) = match seconds {
        s if s < 1e-6 => (s * 1e9, "ns"),
        s if s < 1e-3 => (s * 1e6, "µs"),
        s if s < 1.0 => (s * 1e3, "ms"),
        s => (s, "s"),
    };
    format!("{} {unit}", digits(value))
}

/// A ratio.
pub fn times(ratio: f64) -> String {
    format!("{} ×", digits(ratio))
}

/// A number with about three digits that count.
pub fn digits(value: f64) -> String {
    match value {
        v if v < 0.001 => format!("{v:.4}"),
        v if v < 0.1 => format!("{v:.3}"),
        v if v < 10.0 => format!("{v:.2}"),
        v if v < 100.0 => format!("{v:.1}"),
        v => whole(v),
    }
}

/// A whole number with its thousands apart.
pub fn whole(value: f64) -> String {
    let plain = format!("{value:.0}");
    let mut text = String::new();
    for (place, digit) in plain.chars().enumerate() {
        if place > 0 && (plain.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
